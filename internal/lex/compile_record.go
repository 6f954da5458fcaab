package lex

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// maxForms bounds the given names and surnames taken of one record.
const maxForms = 8

// addRecord puts everything by which text may point to the record into the index.
func (ix *Index) addRecord(rec uint32, r *reeve.Record) {
	ix.addNames(rec, r)
	ix.addIdentifiers(rec, r)
	if pc, ok := NormPostcode(r.Postcode); ok {
		ix.postcodes.add(hashWord(strings.ReplaceAll(pc, " ", "")), rec)
	}
	if r.Born.Full() {
		ix.births.add(uint64(r.Born.Number()), rec)
	}
	a := ParseAddress(r.Address...)
	for _, key := range addressKeys(a) {
		ix.addresses.add(key, rec)
	}
}

func (ix *Index) addNames(rec uint32, r *reeve.Record) {
	given := GivenForms(r.Forename)
	for _, w := range GivenForms(r.KnownAs) {
		if w != Fold(r.Surname) {
			given = append(given, w)
		}
	}
	given = given[:min(len(given), maxForms)]
	surnames := SurnameForms(r.Surname)
	surnames = append(surnames, SurnameForms(r.PreviousSurname)...)
	surnames = surnames[:min(len(surnames), maxForms)]
	ix.pairStart = append(ix.pairStart, uint32(len(ix.pairOf)))
	for _, s := range surnames {
		ix.surname.add(uint64(ix.token(s, isSurname)), rec)
	}
	for _, g := range given {
		if len(g) < 2 {
			continue
		}
		id := ix.token(g, isGiven)
		ix.given.add(uint64(id), rec)
		for _, s := range surnames {
			key := pairKey(id, ix.token(s, isSurname))
			ix.pairs.add(key, rec)
			ix.pairOf = append(ix.pairOf, key)
		}
	}
}

func pairKey(given, surname uint32) uint64 { return uint64(given)<<32 | uint64(surname) }

// pairsOf gives the keys of the name pairs of a record.
func (ix *Index) pairsOf(rec uint32) []uint64 {
	end := uint32(len(ix.pairOf))
	if int(rec)+1 < len(ix.pairStart) {
		end = ix.pairStart[rec+1]
	}
	return ix.pairOf[ix.pairStart[rec]:end]
}

// addNicknames gives each given name of the dictionary the ids of its other
// forms that are given names of a register.
func (ix *Index) addNicknames() {
	l := shipped()
	ix.nick = make([][]uint32, len(ix.text))
	for i, w := range ix.text {
		if l.nickname[w] == nil {
			continue
		}
		for _, other := range Nicknames(w) {
			if id, flags := ix.lookup(other); flags&isGiven != 0 {
				ix.nick[i] = append(ix.nick[i], id)
			}
		}
	}
}

// lookup finds a folded word without the filter, which is made last.
func (ix *Index) lookup(folded string) (uint32, tokenFlags) {
	h := hashWord(folded)
	mask := uint64(len(ix.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := &ix.slots[at]
		if s.id == 0 || s.hash == h {
			return s.id, s.flags
		}
	}
}

// minRef is the least number of letters and digits of a reference that is worth
// looking for by value.
const minRef = 5

func (ix *Index) addIdentifiers(rec uint32, r *reeve.Record) {
	nino := Squeeze(r.NINO)
	if len(nino) >= 8 { // the suffix is no part of what makes a NINO unique
		ix.addValue(reeve.KindNINO, nino[:8], rec)
	}
	ix.addValue(reeve.KindNHSNumber, Digits(r.NHS), rec)
	ix.addValue(reeve.KindUPN, Squeeze(r.UPN), rec)
	ix.addEmail(r.Email, rec)
	ix.addValue(reeve.KindPhone, NormPhone(r.Phone), rec)
	ix.addValue(reeve.KindPhone, NormPhone(r.Phone2), rec)
	ix.addValue(reeve.KindUPRN, strings.TrimLeft(Digits(r.UPRN), "0"), rec)
	if sort, last := Digits(r.SortCode), Digits(r.AccountLast4); len(sort) == 6 && len(last) == 4 {
		ix.addValue(reeve.KindBankAccount, accountKey(sort, last), rec)
	}
	for _, ref := range r.Refs {
		switch {
		case ref.Kind == reeve.KindEmail:
			ix.addEmail(ref.Value, rec)
		case ref.Kind == reeve.KindPhone:
			ix.addValue(reeve.KindPhone, NormPhone(ref.Value), rec)
		default:
			ix.addValue(ref.Kind, Squeeze(ref.Value), rec)
		}
	}
}

// accountKey is a form that no squeezed value has.
func accountKey(sort, last4 string) string { return sort + "/" + last4 }

func (ix *Index) addEmail(s string, rec uint32) {
	if s = strings.TrimSpace(s); strings.Contains(s, "@") {
		ix.addValue(reeve.KindEmail, s, rec)
	}
}

// addValue adds an identifying value. A value without a digit is a word, not a
// reference, unless it is an e-mail address.
func (ix *Index) addValue(kind reeve.Kind, value string, rec uint32) {
	if len(value) < minRef || kind != reeve.KindEmail && Digits(value) == "" {
		return
	}
	h := hashWord(value)
	id := ix.values.id(h)
	if int(id) > len(ix.kinds) {
		ix.kinds = append(ix.kinds, kind)
	}
	if ix.kinds[id-1] == kind {
		ix.values.adds = append(ix.values.adds, posting{id, rec})
		return
	}
	for _, other := range ix.alike[id] {
		if ix.kinds[other-1] == kind {
			ix.values.adds = append(ix.values.adds, posting{other, rec})
			return
		}
	}
	other := ix.values.add(chain(h, hashWord(string(kind))), rec)
	if int(other) > len(ix.kinds) {
		ix.kinds = append(ix.kinds, kind)
	}
	ix.alike[id] = append(ix.alike[id], other)
}

// NormPhone gives the digits of a UK phone number in national form, with its
// leading 0: +44 (0)20 7946 0123 is 02079460123. Numbers of other countries keep
// their digits. An empty string: too short or too long to be a phone number.
func NormPhone(s string) string {
	d := Digits(s)
	switch {
	case strings.HasPrefix(d, "0044"):
		d = "0" + strings.TrimPrefix(d[4:], "0")
	case strings.HasPrefix(d, "44") && len(d) >= 11:
		d = "0" + strings.TrimPrefix(d[2:], "0")
	case len(d) == 10 && (d[0] == '7' || d[0] == '1' || d[0] == '2'): // the leading 0 lost in a spreadsheet
		d = "0" + d
	}
	if len(d) < 9 || len(d) > 15 {
		return ""
	}
	return d
}

// addressKeys gives the keys under which an address is found by number and
// street: its digits alone, and both ends of a range.
func addressKeys(a reeve.Address) []uint64 {
	if a.Number == "" || a.Street == "" || !isDigit(a.Number[0]) {
		return nil
	}
	keys := []uint64{addressKey(leadingNumber(a.Number), a.Street)}
	if _, high, ok := strings.Cut(a.Number, "-"); ok {
		keys = append(keys, addressKey(leadingNumber(high), a.Street))
	}
	return keys
}

func addressKey(number int, street string) uint64 {
	h := addressSeed(number)
	for _, w := range fields(street) {
		h = chain(h, hashWord(streetWord(w)))
	}
	return h
}

// streetWord writes a street type out; St may be either word, so Saint is
// keyed as Street.
func streetWord(w string) string {
	if w == "saint" {
		return "street"
	}
	if full := streetTypes[w]; full != "" {
		return full
	}
	return w
}

func addressSeed(number int) uint64 { return chain(mix1, uint64(number)) }
