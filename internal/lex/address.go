package lex

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// ParseAddress reads an address as written, in one or several lines, and gives
// its normal form, which is equal for the usual spellings of one address:
//
//   - Postcode as NormPostcode gives it.
//   - Unit: the flat, room or floor, folded: "Flat 2" is "2", "First Floor Flat"
//     is "1f", "Flat A First Floor" is "a 1f", "Basement Flat" is "basement".
//   - Number: the house number ("14", "14-16"), or the house name, folded. The
//     letter of "14B" is the Unit unless there is another: flats are written
//     both ways.
//   - Street: folded, its type written out ("acacia road"); localities, towns
//     and counties after it are dropped.
//
// UPRN stays empty.
func ParseAddress(lines ...string) reeve.Address {
	var p addressParser
	for _, line := range lines {
		p.take(line)
	}
	return p.address()
}

// addressToken is one word of an address with the comma or line end before it.
type addressToken struct {
	word  string // folded; a range of numbers keeps its hyphen
	first bool   // first of its comma-separated part
}

type addressParser struct {
	tokens   []addressToken
	postcode string
}

const maxAddressTokens = 64

// take adds the words of a line; the last postcode in it is put apart.
func (p *addressParser) take(line string) {
	line = p.cutPostcode(addressMarks.Replace(line))
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == '\n' || r == ';' || r == '\r' || r == '\t' }) {
		first := true
		for _, w := range strings.Fields(part) {
			for _, word := range addressWords(w) {
				if len(p.tokens) < maxAddressTokens {
					p.tokens = append(p.tokens, addressToken{word, first})
					first = false
				}
			}
		}
	}
}

// addressMarks writes a range in one word and "&" in letters.
var addressMarks = strings.NewReplacer(" - ", "-", "–", "-", " – ", "-", "&", " and ")

// addressWords folds one written word; 14-16 stays one, Flat2 becomes two.
func addressWords(w string) []string {
	if f := strings.ToLower(strings.Trim(w, ".()")); isRange(f) {
		return []string{f}
	}
	return fields(Fold(w))
}

func isRange(w string) bool {
	a, b, ok := strings.Cut(w, "-")
	return ok && isHouseNumber(a) && isHouseNumber(b)
}

// isHouseNumber reports one to four digits with at most one letter after.
func isHouseNumber(w string) bool {
	n := 0
	for n < len(w) && isDigit(w[n]) {
		n++
	}
	return n > 0 && n <= 5 && (n == len(w) || n+1 == len(w) && isLower(w[n]))
}

func (p *addressParser) cutPostcode(line string) string {
	words := strings.Fields(line)
	for i := len(words) - 1; i >= 0; i-- {
		last := strings.Trim(words[i], ",.;()")
		if i > 0 {
			if pc, ok := NormPostcode(strings.Trim(words[i-1], ",.;()") + last); ok && len(last) == 3 {
				p.postcode = pc
				return strings.Join(slices.Delete(words, i-1, i+1), " ")
			}
		}
		if pc, ok := NormPostcode(last); ok && len(last) >= 5 {
			p.postcode = pc
			return strings.Join(slices.Delete(words, i, i+1), " ")
		}
	}
	return line
}

func (p *addressParser) address() reeve.Address {
	a := reeve.Address{Postcode: p.postcode}
	unit := p.takeUnit()
	at, end := p.street()
	number := -1
	for i := 0; i < at; i++ {
		if p.numberAt(i) {
			number = i
		}
	}
	switch {
	case number >= 0:
		a.Number = p.tokens[number].word
		a.Street = p.words(number+1, end)
	case at < end:
		at = max(at, p.afterBuilding(at, end))
		a.Number, a.Street = p.words(0, at), p.words(at, end)
	default:
		a.Number = p.words(0, p.partEnd(0))
	}
	a.Number, unit = splitNumberLetter(a.Number, unit)
	a.Unit = strings.Join(unit, " ")
	return a
}

// afterBuilding gives where the street begins when a named house stands before
// it without a comma: "Rose Cottage Church Lane".
func (p *addressParser) afterBuilding(from, end int) int {
	for i := end - 3; i > from; i-- {
		if buildings[p.tokens[i].word] {
			return i + 1
		}
	}
	return from
}

// splitNumberLetter moves the letter of 14b into the unit where there is none.
func splitNumberLetter(number string, unit []string) (string, []string) {
	if n := len(number); n > 1 && len(unit) == 0 && isHouseNumber(number) && isLower(number[n-1]) {
		return number[:n-1], []string{number[n-1:]}
	}
	return number, unit
}

// street gives the tokens of the street: the first run of words that ends in a
// street type, from the first word of its part or after the number.
func (p *addressParser) street() (from, to int) {
	for i, t := range p.tokens {
		if full := streetTypes[t.word]; full != "" && i > 0 && !t.first && !p.numberAt(i-1) {
			from = i
			for from > 0 && !p.tokens[from].first && !p.numberAt(from-1) {
				from--
			}
			p.tokens[i].word = full
			if p.tokens[from].word == "st" {
				p.tokens[from].word = "saint"
			}
			return from, i + 1
		}
	}
	for i, t := range p.tokens { // a street without a type: what stands after a number
		if i+1 < len(p.tokens) && (isHouseNumber(t.word) || isRange(t.word)) {
			return i + 1, p.partEnd(i + 1)
		}
	}
	return 0, 0
}

func (p *addressParser) numberAt(i int) bool {
	return isHouseNumber(p.tokens[i].word) || isRange(p.tokens[i].word)
}

// partEnd is the end of the comma-separated part that holds token i.
func (p *addressParser) partEnd(i int) int {
	for i++; i < len(p.tokens) && !p.tokens[i].first; i++ {
	}
	return min(i, len(p.tokens))
}

func (p *addressParser) words(from, to int) string {
	var words []string
	for ; from < to; from++ {
		words = append(words, p.tokens[from].word)
	}
	return strings.Join(words, " ")
}

// takeUnit takes flat, room and floor words out of the tokens.
func (p *addressParser) takeUnit() []string {
	var unit []string
	kept := p.tokens[:0:0]
	first := false
	for i := 0; i < len(p.tokens); i++ {
		t := p.tokens[i]
		t.first = t.first || first
		n, words := p.unitAt(i, len(unit) > 0)
		if n == 0 {
			kept = append(kept, t)
			first = false
			continue
		}
		unit = append(unit, words...)
		first = t.first
		i += n - 1
	}
	p.tokens = kept
	return unit
}

// unitAt gives how many tokens at i speak of a unit, and its normal words.
// named: a flat or floor was found before.
func (p *addressParser) unitAt(i int, named bool) (int, []string) {
	w, next := p.tokens[i].word, p.wordAt(i+1)
	switch {
	case floorShort[w] != "":
		return 1, []string{floorShort[w]}
	case floors[w] != "" && isFloorWord(next):
		return 2, []string{floors[w]}
	case floors[w] != "" && next == "and" && floors[p.wordAt(i+2)] != "" && isFloorWord(p.wordAt(i+3)):
		return 4, []string{floors[w], floors[p.wordAt(i+2)]}
	case w == "lower" && next == "ground":
		if isFloorWord(p.wordAt(i + 2)) {
			return 3, []string{"basement"}
		}
		return 2, []string{"basement"}
	case places[w] != "" && (unitWords[next] || i > 0 && unitWords[p.tokens[i-1].word]):
		return 1, []string{places[w]}
	case unitWords[w] && len(next) == 1 && isLower(next[0]):
		return 2, []string{next}
	case unitWords[w] && isHouseNumber(next) && (p.otherHouse(i+2, named) || p.houseBefore(i)):
		return 2, []string{next}
	case unitWords[w]:
		return 1, nil
	}
	return 0, nil
}

func isFloorWord(w string) bool { return w == "floor" || w == "floors" || w == "flr" }

func (p *addressParser) wordAt(i int) string {
	if i < len(p.tokens) {
		return p.tokens[i].word
	}
	return ""
}

// houseBefore reports a house number before token i: "25 Flat 45 Kings Road".
func (p *addressParser) houseBefore(i int) bool {
	for j := range i {
		if p.numberAt(j) && (j == 0 || !unitWords[p.tokens[j-1].word]) {
			return true
		}
	}
	return false
}

// otherHouse reports that the number before token i is a flat's, because a
// house number or the name of a building follows: not so in "First Floor Flat
// 21 Kings Road".
func (p *addressParser) otherHouse(i int, named bool) bool {
	for ; i < len(p.tokens); i++ {
		if p.numberAt(i) || !named && buildings[p.tokens[i].word] || p.tokens[i].first && !named {
			return true
		}
	}
	return false
}

// AddressLevel is how near two addresses in normal form are, best last.
type AddressLevel uint8

const (
	AddressOther    AddressLevel = iota // different, or too little to say
	AddressStreet                       // the same street and postcode district
	AddressBuilding                     // the same number and street; units differ, or one is not given
	AddressNear                         // as AddressSame, but for a slip in the street, a number inside a range, or a unit that one says more fully
	AddressSame                         // the same unit, number, street; postcodes do not contradict
)

// CompareAddresses gives the level of two addresses in normal form. A UPRN that
// both carry decides alone.
func CompareAddresses(a, b reeve.Address) AddressLevel {
	if a.UPRN != "" && b.UPRN != "" {
		if a.UPRN == b.UPRN {
			return AddressSame
		}
		return AddressOther
	}
	if a.Number == "" && a.Street == "" || b.Number == "" && b.Street == "" || !postcodesAgree(a.Postcode, b.Postcode) {
		return AddressOther
	}
	street := a.Street == b.Street
	near := !street && nearStreets(a, b)
	number := a.Number == b.Number
	nearNumber := !number && (inRange(a.Number, b.Number) || sameHouseName(a.Number, b.Number))
	switch {
	case !street && !near:
		return AddressOther
	case !number && !nearNumber:
		return AddressStreet
	case a.Unit != b.Unit && !unitsShare(a.Unit, b.Unit):
		return AddressBuilding
	case near || nearNumber || a.Unit != b.Unit:
		return AddressNear
	}
	return AddressSame
}

// nearStreets: a few edits, or another type of street after the same words; a
// street without a type (Kingsway) may have a locality after it, so its first
// word counts.
func nearStreets(a, b reeve.Address) bool {
	if a.Street == "" || b.Street == "" {
		return false
	}
	if len(a.Street) > 4 && Distance(a.Street, b.Street, 2) <= 1+min(len(a.Street), len(b.Street))/12 {
		return true
	}
	baseA, typeA := streetBase(a.Street)
	baseB, typeB := streetBase(b.Street)
	if typeA && typeB {
		return baseA == baseB && baseA != ""
	}
	firstA, _, _ := strings.Cut(a.Street, " ")
	firstB, _, _ := strings.Cut(b.Street, " ")
	return !typeA && !typeB && firstA == firstB && len(firstA) >= 5 && a.Postcode == b.Postcode
}

// streetBase cuts the type off a street.
func streetBase(s string) (string, bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 || streetTypes[s[i+1:]] == "" {
		return s, false
	}
	return s[:i], true
}

// sameHouseName: all words of the shorter name stand in the longer one.
func sameHouseName(a, b string) bool {
	if a == "" || b == "" || isDigit(a[0]) || isDigit(b[0]) {
		return false
	}
	return unitsShare(strings.TrimPrefix(a, "the "), strings.TrimPrefix(b, "the "))
}

// unitsShare: all words of one stand in the other, which says more: "1f" and
// "a 1f 2f".
func unitsShare(a, b string) bool {
	wa, wb := fields(a), fields(b)
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	for _, w := range wa {
		if !slices.Contains(wb, w) {
			return false
		}
	}
	return len(wa) > 0
}

// postcodesAgree: equal, one missing, or one edit apart within one district.
func postcodesAgree(a, b string) bool {
	return a == "" || b == "" || a == b || Distance(a, b, 1) <= 1
}

// inRange reports that one number lies in the range that the other is.
func inRange(a, b string) bool {
	if !strings.Contains(a, "-") {
		a, b = b, a
	}
	low, high, ok := strings.Cut(a, "-")
	if !ok || strings.Contains(b, "-") {
		return false
	}
	n := leadingNumber(b)
	return n >= leadingNumber(low) && n <= leadingNumber(high)
}

func leadingNumber(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return number(s[:n])
}
