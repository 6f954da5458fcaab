package sweep

import (
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/risk"
)

// A hazard is a reason to put a household on hold: somebody there, now or then,
// has a safety signal, links at `possible` included. They are kept, so that a
// decision finds those of the households it touches.
//
// cause is the key of a register record, whoever it will turn out to be of; the
// id of a person of whom something was found, with everything that is known of
// that person; or noName for anonymous electors.
type hazard struct{ household, cause string }

const noName = "elector"

// findHazards gathers the hazards of everybody, met or not.
func (r *resolution) findHazards() {
	r.perilous = make(map[string]bool)
	register := r.registerHomes()
	for i := range r.result.People {
		p := &r.result.People[i]
		if r.hazardous(p.Records, r.records) {
			r.addHazards(register[p.ID], recordCauses(p.Records, r.records))
		}
		if s := r.people[p.ID]; s.linked && r.inDanger(s) {
			r.addHazards(p.Households, []string{p.ID})
		}
	}
	for _, home := range r.heldDoors() {
		r.addHazards([]string{home}, []string{noName})
	}
}

func (r *resolution) addHazards(homes, causes []string) {
	for _, home := range homes {
		r.perilous[home] = true
		for _, cause := range causes {
			r.hazards = append(r.hazards, hazard{home, cause})
		}
	}
}

// registerHomes are the homes that registers alone give each person.
func (r *resolution) registerHomes() map[string][]string {
	homes := make(map[string][]string)
	for _, res := range r.result.Residences {
		if !res.Said && !slices.Contains(homes[res.Person], res.Household) {
			homes[res.Person] = append(homes[res.Person], res.Household)
		}
	}
	return homes
}

// hazardous reports whether register rows by themselves say a safety signal.
func (r *resolution) hazardous(ids []reeve.RecordID, records []reeve.Record) bool {
	for _, id := range ids {
		if risk.SafetyAtAll(&risk.Input{Records: records[id : id+1]}) {
			return true
		}
	}
	return false
}

// recordCauses are the keys of some records.
func recordCauses(ids []reeve.RecordID, records []reeve.Record) []string {
	var out []string
	for _, id := range ids {
		out = append(out, storeKey(linkage.RecordKey(records[id].System, records[id].SourceID)))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// inDanger reports a safety signal of a person, by registers or by findings.
func (r *resolution) inDanger(s *subject) bool {
	in := s.input
	in.Evidence = r.evidenceOf(s)
	return risk.SafetyAtAll(&in)
}

// near reports a hazard at any household of a subject.
func (r *resolution) near(s *subject) bool {
	return slices.ContainsFunc(s.person.Households, func(h string) bool { return r.perilous[h] }) || r.inDanger(s)
}

// heldDoors are the households of anonymous electors, who have no name.
func (r *resolution) heldDoors() []string {
	var held []string
	for i := range r.result.Households {
		h := &r.result.Households[i]
		if slices.ContainsFunc(r.nameless, func(n reeve.Record) bool { return sameDoor(h.Address, &n) }) {
			held = append(held, h.ID)
		}
	}
	return held
}

func (r *resolution) writeHazards(tx *db.Tx) error {
	slices.SortFunc(r.hazards, func(a, b hazard) int {
		return slices.Compare([]string{a.household, a.cause}, []string{b.household, b.cause})
	})
	load := tx.Load("hazard", "household", "cause")
	for _, h := range slices.Compact(r.hazards) {
		if err := load.Add(h.household, h.cause); err != nil {
			return err
		}
	}
	return load.Close()
}
