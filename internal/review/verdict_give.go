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
	keep := func(tx *db.Tx) (record.Leaf, error) {
		if err := beginVerdict(tx, t.About, t.Thing, seen); err != nil {
			return record.Leaf{}, err
		}
		if err := addVerdict(tx, v); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "judge", Object: t.object(), Line: fmt.Sprintf("verdict %d: %s", v.ID, v.Value)}, dropClaim(tx, t.About, t.Thing)
	}
	if ask, ok := linkRuling(r, t, v.Value, v.Why); ok && v.Needs == "" {
		return m.obey(r, ask, &v.Decision, keep)
	}
	return m.act(r, keep)
}

// linkRuling is what a verdict on a link asks of the lists, if it does.
func linkRuling(r *web.Request, t *target, value, why string) (sweep.Ruling, bool) {
	ask := sweep.Ruling{What: decideSame, A: t.Person, B: t.Mark, Why: why, Actor: r.Visitor.ID, Sealed: t.Sealed}
	switch other, theirs := strings.CutPrefix(value, saysTheirs); {
	case t.About != aboutLink:
		return ask, false
	case theirs:
		ask.A = other
	case value == saysNotTheirs:
		ask.What = decideDifferent
	case value != saysConfirmed:
		return ask, false
	}
	if why == "" {
		ask.Why = "judged by looking at the passages: " + value
	}
	return ask, true
}

// obey makes the lists obey a verdict in the transaction that keeps it, and
// gives the number of the decision: a crash leaves both or neither.
func (m *Room) obey(r *web.Request, ask sweep.Ruling, decision *int64, keep func(*db.Tx) (record.Leaf, error)) error {
	ask.With = func(tx *db.Tx, change sweep.Change) error {
		*decision = change.Decision.ID
		return putCarried(tx, r, change, keep)
	}
	_, err := m.kase.Rule(r.Context(), ask)
	return err
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
	keep := func(tx *db.Tx) (record.Leaf, error) {
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
	}
	if ask, ok := linkRuling(r, t, v.Value, v.Why); ok && s.Agreed {
		return m.obey(r, ask, &s.Decision, keep)
	}
	return m.act(r, keep)
}

// putCarried puts an act beside a change of the lists, over which the queue's
// marks are kept.
func putCarried(tx *db.Tx, r *web.Request, change sweep.Change, keep func(*db.Tx) (record.Leaf, error)) error {
	if err := carryMarks(tx, change.Stamp.Lists, change.After); err != nil {
		return err
	}
	return put(tx, r, keep)
}

// withdrawVerdict takes a verdict back, and with it the decision that it led to.
func (m *Room) withdrawVerdict(r *web.Request, v *verdict, cause, why string) error {
	if v.Gone != nil {
		return fmt.Errorf("withdraw a verdict: %w", reeve.Conflict)
	}
	keep := func(tx *db.Tx) (record.Leaf, error) {
		if err := tx.Serialise("review: verdicts"); err != nil {
			return record.Leaf{}, err
		}
		now, err := readVerdict(tx, v.ID)
		if err == nil {
			err = withdraw(tx, &now, &withdrawn{Cause: cause, Why: why, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()})
		}
		if err == nil && v.By == r.Visitor.ID { // their next card is the one they took back
			err = dropCards(tx, v.By, r.Now.Unix())
		}
		t := target{About: v.About, Thing: v.Thing}
		t.Item, _ = strconv.ParseInt(v.Thing, 10, 64)
		return record.Leaf{Verb: "withdraw-verdict", Object: t.object(), Line: fmt.Sprintf("verdict %d taken back", v.ID)}, err
	}
	id := v.obeyed()
	if id == 0 {
		return m.act(r, keep)
	}
	_, err := m.kase.UndecideWith(r.Context(), id, why, r.Visitor.ID, func(tx *db.Tx, change sweep.Change) error {
		return putCarried(tx, r, change, keep)
	})
	if errors.Is(err, sweep.TakenBack) { // by itself, on the page of the person
		return m.act(r, keep)
	}
	return err
}

// obeyed is the number of the decision by which the lists obey a verdict, 0 for
// none: its own, or that of who agreed to it.
func (v *verdict) obeyed() int64 {
	if v.Second != nil && v.Second.Decision > 0 {
		return v.Second.Decision
	}
	return v.Decision
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
