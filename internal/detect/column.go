package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/uk"
)

// column is one column of a table, typed.
type column struct {
	heading
	header  string // as written; "" where the values alone typed it
	slot    int32  // index into table.slots
	notes   bool   // free text: read as prose
	guessed bool   // typed by its values alone

	filled, valid int // over the whole table: cells with a value, cells whose value passed
}

// Shares of valid cells. A typed column must hold most of what its header says;
// a column that only its values type must be nearly pure, and long enough that
// chance is out of the question (eight values that pass a sum modulo 11 by
// chance: one column in a hundred million).
const (
	typedShare = 0.5
	guessShare = 0.9
	guessCells = 8
)

// learnRows is how many rows type a column.
const learnRows = reeve.MaxBlockRows

// settle keeps or drops the type that a header gave, by the share of values
// that pass.
func (c *column) settle(cells func(yield func(string) bool)) {
	if !c.known() || c.part == partNote || c.part == partOther || c.part == partText {
		return
	}
	filled, valid := tally(c.field, cells)
	if filled < 3 || float64(valid) >= typedShare*float64(filled) {
		return
	}
	numbered := &field{kind: numberOf(c.heading.slot.key)}
	numbered.detector = detectorOf(numbered.kind)
	bare := c.bare
	c.heading = heading{}
	if !bare {
		return
	}
	if _, valid := tally(numbered, cells); float64(valid) >= guessShare*float64(filled) {
		c.heading = heading{field: numbered}
	}
}

// numberOf is the kind of reference that a column holds which is headed by a
// word for a person and filled with numbers: "EMPLOYEE" above E30019.
func numberOf(key string) reeve.Kind {
	switch key {
	case "elector":
		return reeve.KindElectoralNumber
	case "tenant", "lead tenant", "main tenant":
		return reeve.KindRentRef
	case "claimant":
		return reeve.KindBenefitRef
	case "client", "service user", "customer", "child", "patient", "person":
		return reeve.KindCaseRef
	}
	return reeve.KindLocalRef
}

func tally(f *field, cells func(yield func(string) bool)) (filled, valid int) {
	for s := range cells {
		if blank(s) {
			continue
		}
		filled++
		if _, ok := f.valueOf(s); ok {
			valid++
		}
	}
	return filled, valid
}

// guesses are the kinds that values alone can type, in the order asked. The
// forms must be so narrow that a column of them is nothing else.
var guesses = []*field{
	{kind: reeve.KindNINO, detector: &nino},
	{kind: reeve.KindUPN, detector: &upn},
	{kind: reeve.KindNHSNumber, detector: &nhsNumber},
	{kind: reeve.KindEmail, detector: &email},
	{kind: reeve.KindPostcode, detector: &postcode},
	{kind: reeve.KindPaymentCard, detector: &paymentCard},
	{kind: reeve.KindIBAN, detector: &iban},
	{kind: reeve.KindPhone, detector: &phone},
	{kind: reeve.KindVehicleRegistration, detector: &vehicleRegistration},
	{kind: reeve.KindEthnicity, part: partText, detector: &ethnicity},
	{kind: reeve.KindReligion, part: partText, detector: &religion},
}

// guess types a column without a known header by its values alone.
func guess(cells func(yield func(string) bool)) *field {
	n, total := 0, 0
	for s := range cells {
		if !blank(s) {
			n++
			total += len(s)
		}
	}
	if n < guessCells || total > 64*n {
		return nil
	}
	for _, f := range guesses {
		valid := 0
		for s := range cells {
			if !blank(s) && f.fits(s) {
				valid++
			}
		}
		if float64(valid) >= guessShare*float64(n) {
			return f
		}
	}
	return nil
}

// guessNames types the columns of names, and of births beside them, in a table
// without a header: a column of given names, the surnames next to it, whole names,
// and dates that spread over as many years as lives do.
func (t *table) guessNames(cells func(c int) func(yield func(string) bool)) {
	named := false
	for c := range t.columns {
		if t.columns[c].known() {
			continue
		}
		switch given, whole, n := nameShares(cells(c)); {
		case n < guessCells:
		case given >= givenShare*float64(n):
			t.columns[c].take(&field{part: partGiven, kind: reeve.KindName, detector: &name})
			named = true
			for _, o := range [...]int{c - 1, c + 1} {
				if o >= 0 && o < len(t.columns) && !t.columns[o].known() && surnames(cells(o)) {
					t.columns[o].take(&field{part: partSurname, kind: reeve.KindName, detector: &name})
					break
				}
			}
		case whole >= givenShare*float64(n):
			t.columns[c].take(fullName)
			named = true
		}
	}
	for c := range t.columns {
		if named && !t.columns[c].known() && births(cells(c)) {
			t.columns[c].take(&field{kind: reeve.KindDateOfBirth, detector: &dateOfBirth})
			return
		}
	}
}

func (c *column) take(f *field) { c.field, c.notes, c.guessed = f, false, true }

// givenShare is the share of cells that must hold a given name that is widely
// known: many are not.
const givenShare = 0.6

// nameShares counts cells that are one well-known given name, and cells of two
// to four words that begin or end with one.
func nameShares(cells func(yield func(string) bool)) (given, whole float64, n int) {
	for s := range cells {
		s = strings.TrimSpace(s)
		if blank(s) {
			continue
		}
		n++
		if !nameLike(s) {
			continue
		}
		g, last := splitName(s, false)
		switch {
		case !strings.Contains(s, " "):
			if _, ok := lex.IsGivenName(s); ok {
				given++
			}
		default:
			_, first := lex.IsGivenName(g)
			if _, second := lex.IsGivenName(last); first || second {
				whole++
			}
		}
	}
	return given, whole, n
}

// surnames reports whether nearly all cells can be surnames: a word or two of
// letters, many different ones, no ordinary words.
func surnames(cells func(yield func(string) bool)) bool {
	n, good := 0, 0
	seen := make(map[string]bool)
	for s := range cells {
		s = strings.TrimSpace(s)
		if blank(s) {
			continue
		}
		n++
		if nameLike(s) && strings.Count(s, " ") <= 2 && !isLower(s[0]) && !lex.IsCommonWord(s) {
			good++
		}
		seen[s] = true
	}
	return n >= guessCells && float64(good) >= guessShare*float64(n)*0.9 && len(seen)*3 >= min(n, 60)
}

// births reports whether nearly all cells are dates that spread over the years
// of lives, not of a report.
func births(cells func(yield func(string) bool)) bool {
	n, good := 0, 0
	years := make(map[int16]bool)
	for s := range cells {
		if blank(s) {
			continue
		}
		n++
		if day := dateIn(strings.TrimSpace(s)); day.Full() {
			good++
			years[day.Year] = true
		}
	}
	return n >= guessCells && float64(good) >= guessShare*float64(n) && len(years) >= min(8, n*2/3)
}

// fits is valueOf with with stricter rules where the label is missing.
func (f *field) fits(s string) bool {
	switch f.kind {
	case reeve.KindEthnicity:
		return ethnicCodes[lowerASCII(strings.TrimSpace(s))]
	case reeve.KindReligion:
		return religions[lowerASCII(strings.TrimSpace(s))]
	case reeve.KindNINO:
		return uk.ValidNINO(s)
	case reeve.KindPhone:
		_, digits := count(s)
		t := strings.TrimSpace(s)
		_, ok := f.valueOf(s)
		return ok && digits >= 10 && (t[0] == '0' || t[0] == '+' || t[0] == '(')
	}
	_, ok := f.valueOf(s)
	return ok
}

// ethnicCodes are the wordings of the census questions of 2001, 2011 and 2021
// and the codes that health and school systems give them.
var ethnicCodes = wordSet(`white british|white irish|white other|any other white background|white - british|white - irish|white - any other white background|white: british|english welsh scottish northern irish or british|
	white english|white scottish|white welsh|gypsy or irish traveller|gypsy/roma|traveller of irish heritage|roma|white and black caribbean|white and black african|white and asian|
	any other mixed background|mixed - white and black caribbean|mixed - white and black african|mixed - white and asian|mixed white and black caribbean|mixed white and black african|
	mixed white and asian|other mixed|indian|pakistani|bangladeshi|chinese|any other asian background|asian - indian|asian - pakistani|asian - bangladeshi|asian or asian british - indian|
	asian or asian british - pakistani|asian or asian british - bangladeshi|other asian|caribbean|african|any other black background|black caribbean|black african|black - caribbean|
	black - african|black or black british - caribbean|black or black british - african|other black|arab|any other ethnic group|any other ethnic background|other ethnic group|
	wbri|wiri|wirt|woth|wrom|mwbc|mwba|mwas|moth|aind|apkn|aban|aoth|bcrb|bafr|both|chne|ooth|wb|wi|wo|british|irish|not stated|refused|not known|obtained|nobt|refu|
	a1|a2|a3|b1|b2|b3|b4|c1|c2|c3|c4|d1|d2|d3|e1|e2|f1`)

var religions = wordSet(`christian|muslim|hindu|sikh|jewish|buddhist|no religion|catholic|roman catholic|church of england|none|other religion|jain|atheist|agnostic|pagan|rastafarian|islam|christianity|
	hinduism|sikhism|judaism|buddhism|methodist|baptist|orthodox|protestant|jehovahs witness|jehovah's witness|not stated|other|humanist|quaker|bahai|pentecostal`)
