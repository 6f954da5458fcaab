package incident

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// Author is who writes something into the book, and when, seconds UTC.
type Author struct {
	ID   string
	Name string
	At   int64
}

func (a Author) sign(k *Kept) { k.ChangedBy, k.ChangedName, k.ChangedAt = a.ID, a.Name, a.At }

// leaf puts what the author did on record.
func (a Author) leaf(tx *db.Tx, l record.Leaf) error {
	l.Actor, l.Time = a.ID, a.At
	_, err := record.Append(tx, l)
	return err
}

// Open opens the incident by a playbook, with the councils that take part, and
// lays out what the playbook holds; reeve.Conflict if it is open.
func Open(tx *db.Tx, a Author, i *Incident, councils ...Council) error {
	p := playbookOf(i.Playbook)
	if p == nil {
		return fmt.Errorf("open incident by playbook %q: %w", i.Playbook, reeve.Invalid)
	}
	a.sign(&i.Kept)
	i.Status = statusOpen
	n, err := begin(tx, i, p, councils)
	if err != nil {
		return err
	}
	return a.leaf(tx, record.Leaf{Verb: "open", Object: leafObject(KindIncident, i.ID), Rows: n, Line: "the incident was opened from playbook " + p.Key})
}

// Put writes the next version of an object into the book as an author left it,
// a new object if it has no id, with the leaf of the act: for programs that
// write in the book beside its pages, which check what people type. What hangs
// together with the object is kept too: citations, the end of a clock.
func Put(tx *db.Tx, a Author, x interface{ kept() *Kept }) error {
	k := x.kept()
	a.sign(k)
	kind, err := a.put(tx, x, k.Version)
	if err != nil {
		return fmt.Errorf("put %s: %w", kind, err)
	}
	return a.leaf(tx, leafOf("write-"+kind, kind, k.ID, "version "+strconv.FormatInt(k.Version, 10)))
}

func (a Author) put(tx *db.Tx, x any, seen int64) (kind string, err error) {
	everybody := Sight{All: true, Levels: TLPs}
	switch x := x.(type) {
	case *Incident:
		return KindIncident, caseShelf.put(tx, x, seen)
	case *Entry:
		return KindEntry, addEntry(tx, x, seen)
	case *Fact:
		return KindFact, putFact(tx, x, seen)
	case *Decision:
		return KindDecision, putDecision(tx, x, seen, everybody)
	case *Task:
		return KindTask, putTask(tx, x, seen)
	case *Handover:
		return KindHandover, handoverShelf.put(tx, x, seen)
	case *RoleHeld:
		return roleShelf.kind, roleShelf.put(tx, x, seen)
	case *Shift:
		return shiftShelf.kind, shiftShelf.put(tx, x, seen)
	case *Plan:
		return planShelf.kind, planShelf.put(tx, x, seen)
	case *Aware:
		return KindAware, awares.put(tx, x, seen)
	case *Clock:
		if x.Due == 0 {
			x.wind()
		}
		return KindClock, clocks.put(tx, x, seen)
	case *Report:
		return KindReport, reports.put(tx, x, seen)
	}
	return a.putOffice(tx, x, seen)
}

// putOffice is put for the objects of the desks of office.go.
func (a Author) putOffice(tx *db.Tx, x any, seen int64) (kind string, err error) {
	switch x := x.(type) {
	case *Agency:
		return KindAgency, agencies.put(tx, x, seen)
	case *Told:
		if err := tolds.put(tx, x, seen); err != nil {
			return KindTold, err
		}
		return KindTold, citeAll(tx, x.Facts, Object{Kind: KindTold, ID: strconv.FormatInt(x.ID, 10), Title: "What was said to " + x.Them, Path: path("/agencies", x.Parent) + "#said",
			Owner: a.ID, OwnerName: a.Name, Mark: x.Mark, At: a.At})
	case *Police:
		return KindPolice, polices.put(tx, x, seen)
	case *Evidence:
		return KindEvidence, evidences.put(tx, x, seen)
	case *Move:
		return KindHandOver, moves.put(tx, x, seen)
	case *Cost:
		x.price()
		return KindCost, costs.put(tx, x, seen)
	case *Forecast:
		return KindForecast, forecasts.put(tx, x, seen)
	case *Profile:
		return KindProfile, profiles.put(tx, x, seen)
	case *Arrangement:
		return KindArrangement, arrangements.put(tx, x, seen)
	case *Clearance:
		return KindClearance, putClearance(tx, x, seen)
	case *Warning:
		return KindWarning, warnings.put(tx, x, seen)
	}
	return "object", fmt.Errorf("%T is none of the book's: %w", x, reeve.Invalid)
}

// ReleaseTo lets a version of a fact be said to audiences. reeve.Denied where
// its label does not let it go there.
func ReleaseTo(tx *db.Tx, a Author, f Fact, to ...Audience) error {
	var k Kept
	a.sign(&k)
	for _, x := range to {
		if !f.TLP.allows(x) {
			return fmt.Errorf("release fact %d to %s: %w", f.ID, x, reeve.Denied)
		}
		if err := release(tx, f.Number, x, k); err != nil {
			return err
		}
		if err := a.leaf(tx, record.Leaf{Verb: "release", Object: leafObject(KindFact, f.ID), Line: fmt.Sprintf("fact %d: version %d released to %s", f.ID, f.Version, x)}); err != nil {
			return err
		}
	}
	return nil
}

// Conflicts gives the topics on which facts that stand, and that may be seen,
// give different answers.
func Conflicts(tx *db.Tx, s Sight) ([]Conflict, error) { return conflictsOf(tx, s) }

// EndClock ends a clock at a moment, in time or late, as reports and answers do.
func EndClock(tx *db.Tx, a Author, c *Clock, at int64) error {
	c.end(at)
	return Put(tx, a, c)
}
