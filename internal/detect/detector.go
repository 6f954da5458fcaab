package detect

import "github.com/reeve-council/reeve"

// Detector is all that Reeve knows about one kind of value. The kinds that have
// a form set Shape and Check; those said in words (health, offence …) leave both
// out, and their wordings stand in circumstance_table.go.
type Detector struct {
	Kind  reeve.Kind
	Rule  string // "nino/1": the name and the version, raised when its findings change
	Label string // plain English for the person it is about: "your National Insurance number"

	// Near lists words that make a value of the form this kind, parted by "|" and
	// folded as lex folds text. Headers lists column headers and form labels.
	Near    string
	Headers string

	Shape Shape
	// Check gives the normal form of a value, or false when form or check digit
	// refuse it. It is asked about text of the Shape and about whole cells.
	Check func(s string) (norm string, ok bool)
	// Lone is the confidence of a value that passes Check with nothing beside it
	// that names the kind: D, or 0 to leave it out. NearPerson is the same with a
	// person in the sentence.
	Lone, NearPerson reeve.Confidence

	// Hits are texts that hold a value, in braces; Misses are texts that hold none
	// at B. The braces are taken out before the text is read.
	Hits, Misses []string
}

// Shape says which marks of lex a detector looks at: bit n of Digits for a run
// of n digits, bit n of Mixed for a run of n letters and digits.
type Shape struct{ Digits, Mixed uint64 }

// lengths is the set of the given lengths.
func lengths(ns ...int) uint64 {
	var set uint64
	for _, n := range ns {
		set |= 1 << n
	}
	return set
}

// span is the set of the lengths from..to.
func span(from, to int) uint64 {
	var set uint64
	for n := from; n <= to; n++ {
		set |= 1 << n
	}
	return set
}

// formed reports whether the kind has a form that can be checked.
func (d *Detector) formed() bool { return d.Check != nil }
