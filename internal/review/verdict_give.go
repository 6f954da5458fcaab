package review

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// target is what a verdict is about, as the lists have it now.
type target struct {
	About  string
	Thing  string
	Person string // whom it concerns; "" for nobody
	Mark   string // of a link
	Item   int64  // of a document
	Judged judged
	Seen   string
	Sealed bool // the person's record is sealed and opened to the visitor
}

// errNoThing is the one answer to a thing that is not there and one of which
// the visitor may not know.
var errNoThing = fmt.Errorf("find what is judged: %w", reeve.NotFound)

// targetOf reads what a verdict is about, within what a visitor may see.
func (m *Room) targetOf(r *web.Request, about, thing string) (t target, err error) {
	t = target{About: about, Thing: thing}
	if about == aboutDocument {
		if t.Item, err = strconv.ParseInt(thing, 10, 64); err != nil || strconv.FormatInt(t.Item, 10) != thing {
			return t, errNoThing
		}
		if _, err = m.kase.Item(r.Context(), t.Item, scopeOf(r.Visitor)); isNotFound(err) {
			return t, errNoThing
		} else if err != nil {
			return t, err
		}
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return t.read(tx, scopeOf(r.Visitor)) })
	if isNotFound(err) {
		err = errNoThing
	}
	return t, err
}

// read fills a target in one transaction.
func (t *target) read(tx *db.Tx, scope sweep.Scope) (err error) {
	switch t.About {
	case aboutPerson, aboutContact, aboutController:
		t.Person = t.Thing
	case aboutLink:
		var ok bool
		if t.Mark, t.Person, ok = strings.Cut(t.Thing, ":"); !ok {
			return errNoThing
		}
		if err := linkHolds(tx, t.Mark, t.Person); err != nil {
			return err
		}
	case aboutFinding:
		var document, n int64
		if _, err := fmt.Sscanf(t.Thing, "%d.%d", &document, &n); err != nil || fmt.Sprintf("%d.%d", document, n) != t.Thing {
			return errNoThing
		}
		if t.Person, err = findingHolder(tx, document, n); err != nil || t.Person == "" {
			return errors.Join(err, errNoThing)
		}
	case aboutDocument:
		danger, err := dangerIn(tx, t.Item)
		if danger {
			t.Judged.Signals = []reeve.Signal{reeve.SignalDomesticAbuse} // any safety signal: whose is not said
		}
		return err
	default:
		return errNoThing
	}
	sights, err := sightsOf(tx, []string{t.Person}, scope)
	if err != nil {
		return err
	}
	if sights[t.Person] != sightOpen {
		return errNoThing
	}
	t.Sealed = len(scope.Opened) > 0
	t.Judged, t.Seen, err = judgedPerson(tx, t.Person)
	if err == nil && t.About == aboutContact {
		t.Seen, err = listedContact(tx, t.Person)
	}
	return err
}

// object is the target as the record names it.
func (t *target) object() string {
	if t.About == aboutDocument {
		return itemThing(t.Item)
	}
	return t.About + ":" + t.Thing
}

// path is the page of a thing's verdicts.
func verdictPath(about, thing string) string {
	return "/verdicts/" + about + "/" + url.PathEscape(thing)
}

// give keeps a verdict on a target that is as the visitor saw it. A verdict on a
// link for which one person is enough is obeyed by the lists before the answer
// goes out; one that waits is obeyed when a second person agrees.
func (m *Room) give(r *web.Request, t *target, v *verdict, seen int64) error {
	v.About, v.Thing, v.Seen = t.About, t.Thing, t.Seen
	v.By, v.ByName, v.At = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	v.Needs = ""
	if !v.Settles {
		v.Needs = secondFor(t.About, v.Value, t.Judged)
	}
	if t.About == aboutLink && v.Needs == "" {
		if err := m.unchanged(r, t, seen); err != nil {
			return err
		}
		var err error
		if v.Decision, err = m.obeyLink(r, t, v.Value, v.Why); err != nil {
			return err
		}
	}
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := beginVerdict(tx, t.About, t.Thing, seen); err != nil {
			return record.Leaf{}, err
		}
		if err := addVerdict(tx, v); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "judge", Object: t.object(), Line: fmt.Sprintf("verdict %d: %s", v.ID, v.Value)}, dropClaim(tx, t.About, t.Thing)
	})
	if err != nil && v.Decision > 0 {
		_, undo := m.kase.Undecide(r.Context(), v.Decision, "the verdict was not kept", r.Visitor.ID)
		err = errors.Join(err, undo)
	}
	return err
}

// unchanged makes sure, before the lists change, that a thing is as it was seen.
func (m *Room) unchanged(r *web.Request, t *target, seen int64) error {
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		now, err := verdictOf(tx, t.About, t.Thing)
		if err == nil && now.Version != seen {
			err = fmt.Errorf("judge: %w", reeve.Conflict)
		}
		return err
	})
}

// obeyLink makes the lists obey a verdict on a link, and gives the number of
// the decision; 0 where the verdict decides nothing.
func (m *Room) obeyLink(r *web.Request, t *target, value, why string) (int64, error) {
	what, person := decideSame, t.Person
	switch other, ok := strings.CutPrefix(value, saysTheirs); {
	case ok:
		person = other
	case value == saysNotTheirs:
		what = decideDifferent
	case value != saysConfirmed:
		return 0, nil
	}
	if why == "" {
		why = "judged by looking at the passages: " + value
	}
	change, err := m.kase.Rule(r.Context(), sweep.Ruling{What: what, A: person, B: t.Mark, Why: why, Actor: r.Visitor.ID, Sealed: t.Sealed})
	if err != nil {
		return 0, err
	}
	return change.Decision.ID, m.carry(r, change)
}

// secondVerdict keeps what a second person says of a verdict.
func (m *Room) secondVerdict(r *web.Request, t *target, v *verdict, s *second) error {
	s.By, s.ByName, s.At = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	switch {
	case s.By == v.By:
		return reeve.WithHint(fmt.Errorf("second a verdict: %w", reeve.Denied), "You gave this verdict yourself: somebody else must look at it.")
	case v.Needs == "" || v.Second != nil || v.Gone != nil:
		return fmt.Errorf("second a verdict: %w", reeve.Conflict)
	}
	if t.About == aboutLink && s.Agreed {
		var err error
		if s.Decision, err = m.obeyLink(r, t, v.Value, v.Why); err != nil {
			return err
		}
	}
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := tx.Serialise("review: verdicts"); err != nil {
			return record.Leaf{}, err
		}
		now, err := readVerdict(tx, v.ID)
		if err != nil {
			return record.Leaf{}, err
		}
		verb := "agree"
		if !s.Agreed {
			verb = "disagree"
		}
		return record.Leaf{Verb: verb, Object: t.object(), Line: fmt.Sprintf("verdict %d: %s", v.ID, v.Value)}, addSecond(tx, &now, s)
	})
	if err != nil && s.Decision > 0 {
		_, undo := m.kase.Undecide(r.Context(), s.Decision, "the agreement was not kept", r.Visitor.ID)
		err = errors.Join(err, undo)
	}
	return err
}

// withdrawVerdict takes a verdict back, and the decision that it led to.
func (m *Room) withdrawVerdict(r *web.Request, v *verdict, why string) error {
	if v.Gone != nil {
		return fmt.Errorf("withdraw a verdict: %w", reeve.Conflict)
	}
	if err := m.undoDecisions(r, v, why); err != nil {
		return err
	}
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := tx.Serialise("review: verdicts"); err != nil {
			return record.Leaf{}, err
		}
		now, err := readVerdict(tx, v.ID)
		if err == nil {
			err = withdraw(tx, &now, &withdrawn{Cause: causeWithdrawn, Why: why, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()})
		}
		if err == nil && v.By == r.Visitor.ID { // their next card is the one they took back
			err = dropCards(tx, v.By, r.Now.Unix())
		}
		t := target{About: v.About, Thing: v.Thing}
		t.Item, _ = strconv.ParseInt(v.Thing, 10, 64)
		return record.Leaf{Verb: "withdraw-verdict", Object: t.object(), Line: fmt.Sprintf("verdict %d taken back", v.ID)}, err
	})
}

// undoDecisions takes back what the lists obeyed for a verdict. A decision that
// somebody took back before is no fault.
func (m *Room) undoDecisions(r *web.Request, v *verdict, why string) error {
	decisions := []int64{v.Decision}
	if v.Second != nil {
		decisions = append(decisions, v.Second.Decision)
	}
	for _, id := range decisions {
		if id == 0 {
			continue
		}
		if _, err := m.kase.Undecide(r.Context(), id, why, r.Visitor.ID); err != nil && !errors.Is(err, reeve.Conflict) {
			return err
		}
	}
	return nil
}

// carry keeps the queue's marks over a change of the lists.
func (m *Room) carry(r *web.Request, change sweep.Change) error {
	return m.db.Write(r.Context(), func(tx *db.Tx) error { return carryMarks(tx, change.Stamp.Lists, change.After) })
}

// personIn is the person that a thing names, "" for documents and findings.
func personIn(about, thing string) string {
	switch about {
	case aboutPerson, aboutContact, aboutController:
		return thing
	case aboutLink:
		_, person, _ := strings.Cut(thing, ":")
		return person
	}
	return ""
}

func isConflict(err error) bool { return errors.Is(err, reeve.Conflict) }
