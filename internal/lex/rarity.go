package lex

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// Rarity says how many register records bear a name. Expected is the number of
// records that would bear the pair by chance, given × surname / records: the
// smaller it is, the more a pair found in text says by itself.
type Rarity struct {
	Given, Surname, Pair int
	Expected             float64
}

// Size is the number of records in the index.
func (ix *Index) Size() int { return ix.records }

// Rarity counts the bearers of a name's parts; for a double name the rarest of
// its forms counts.
func (ix *Index) Rarity(n reeve.Name) Rarity {
	var best Rarity
	for _, s := range SurnameForms(n.Surname) {
		sid, _ := ix.find(hashWord(s))
		surname := ix.surname.count(ix.surname.find(uint64(sid)))
		for _, g := range GivenForms(n.Given) {
			gid, _ := ix.find(hashWord(g))
			r := ix.rarity(ix.given.count(ix.given.find(uint64(gid))), surname, ix.pairs.count(ix.pairs.find(pairKey(gid, sid))))
			if best == (Rarity{}) || r.Pair > 0 && (best.Pair == 0 || r.Expected < best.Expected) {
				best = r
			}
		}
	}
	return best
}

// PairRarity is the Rarity of a MarkName.
func (ix *Index) PairRarity(m Mark) Rarity {
	if m.Kind != MarkName || m.ID == 0 || int(m.ID) > len(ix.pairs.keys) {
		return Rarity{}
	}
	key := ix.pairs.keys[m.ID-1]
	return ix.rarity(ix.given.count(ix.given.find(key>>32)), ix.surname.count(ix.surname.find(key&(1<<32-1))), ix.pairs.count(m.ID))
}

func (ix *Index) rarity(given, surname, pair int) Rarity {
	return Rarity{given, surname, pair, float64(given) * float64(surname) / float64(max(ix.records, 1))}
}

// GivenCount is the number of records with a given name, in any of its words.
func (ix *Index) GivenCount(s string) int {
	id, _ := ix.find(hashWord(Fold(s)))
	return ix.given.count(ix.given.find(uint64(id)))
}

// SurnameCount is the number of records with a surname; a double name counts
// closed up.
func (ix *Index) SurnameCount(s string) int {
	id, _ := ix.find(hashWord(strings.ReplaceAll(Fold(s), " ", "")))
	return ix.surname.count(ix.surname.find(uint64(id)))
}

// PostcodeCount is the number of records at a postcode.
func (ix *Index) PostcodeCount(s string) int {
	pc, _ := NormPostcode(s)
	return ix.postcodes.count(ix.postcodes.find(hashWord(strings.ReplaceAll(pc, " ", ""))))
}

// BirthCount is the number of records born on a day.
func (ix *Index) BirthCount(d reeve.Date) int {
	return ix.births.count(ix.births.find(uint64(d.Number())))
}

// Records gives the records that a mark points to, in order: those that bear a
// MarkName's pair, hold a MarkRef's or MarkEmail's value, live or lived at a
// MarkAddress or MarkPostcode, were born on a MarkDate. Nil for other marks. The
// slice is the caller's.
func (ix *Index) Records(m Mark) []reeve.RecordID {
	recs := ix.postingsOf(m)
	if len(recs) == 0 {
		return nil
	}
	out := make([]reeve.RecordID, len(recs))
	for i, r := range recs {
		out[i] = reeve.RecordID(r)
	}
	return out
}

// Count is len(Records(m)) without the slice.
func (ix *Index) Count(m Mark) int { return len(ix.postingsOf(m)) }

func (ix *Index) postingsOf(m Mark) []uint32 {
	switch m.Kind {
	case MarkName:
		return ix.pairs.records(m.ID)
	case MarkRef, MarkEmail:
		return ix.values.records(m.ID)
	case MarkPostcode:
		return ix.postcodes.records(m.ID)
	case MarkAddress:
		return ix.addresses.records(m.ID)
	case MarkDate:
		return ix.births.records(ix.births.find(uint64(m.ID)))
	}
	return nil
}

// RefKind is the kind of value that a MarkRef (or a MarkEmail of a register)
// stands for, "" for other marks.
func (ix *Index) RefKind(m Mark) reeve.Kind {
	if m.Kind != MarkRef && m.Kind != MarkEmail || m.ID == 0 || int(m.ID) > len(ix.kinds) {
		return ""
	}
	return ix.kinds[m.ID-1]
}
