package sweep

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// stillHolds notes that a value found is what a register holds of the person
// now. all are the values of all records, which hold this one; an address that
// has ended is among them and does not count.
func (s *subject) stillHolds(all heldValues, f findingRow) {
	if f.negated {
		return
	}
	if s.current == nil {
		s.current = all
		if now := slices.DeleteFunc(slices.Clone(s.input.Records), ended); len(now) < len(s.input.Records) {
			s.current = newHeldValues(now)
		}
	}
	if !s.current.has(f.kind, f.norm) {
		return
	}
	if s.still == nil {
		s.still = make(map[reeve.Kind]bool)
	}
	s.still[f.kind] = true
}

// ended reports whether a register row is about an address that is no more.
func ended(r reeve.Record) bool {
	return !r.AddressTo.IsZero() || r.AddressType == "previous" || r.AddressType == "forwarding"
}

// wardOf is the ward that the newest register row names in a column of that
// name; "" where none does.
func wardOf(records []reeve.Record) string {
	ward := func(r *reeve.Record) string {
		for _, ref := range r.Refs {
			if h := lex.Fold(strings.ReplaceAll(ref.Header, "_", " ")); h == "ward" || h == "ward name" || h == "electoral ward" {
				return strings.TrimSpace(ref.Value)
			}
		}
		return ""
	}
	if rec := newestRecord(records, func(r *reeve.Record) bool { return !ended(*r) && ward(r) != "" }); rec != nil {
		return ward(rec)
	}
	return ""
}
