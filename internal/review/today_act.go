package review

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

var matterPage = web.NewPage[matterView](pages, "today_matter.html")

// matterView is one person or document with everything that is being done.
// Person or Item is set.
type matterView struct {
	Person     *sweep.PersonView `json:"person"`
	Item       *sweep.ItemView   `json:"item"`
	Matter     matter            `json:"matter"`
	Harm       string            `json:"harm"`
	Exposed    string            `json:"exposed"`
	Why        []string          `json:"why"`
	Contact    string            `json:"contact"`
	Hold       bool              `json:"hold"` // nobody is to contact the person
	Mine       bool              `json:"mine"` // the visitor owns it
	Colleagues []Colleague       `json:"-"`
	Routes     []choice          `json:"-"`
	Outcomes   []choice          `json:"-"`
	Typed      callForm          `json:"-"`
	Errors     []web.FieldError  `json:"-"`
}

// callForm is the form of a call as it was typed.
type callForm struct{ Route, Outcome, Day, Time, Note string }

// matterOf gathers the page of a thing. What the visitor may not see is not
// there.
func (m *Room) matterOf(r *web.Request) (*matterView, error) {
	thing, err := thingOf(r.Part("sort"), r.Part("id"))
	if err != nil {
		return nil, err
	}
	now := r.Now.In(london)
	v := &matterView{Routes: callRoutes, Outcomes: callOutcomes, Typed: callForm{Day: now.Format(time.DateOnly), Time: now.Format("15:04")}}
	if thing, err = m.fillThing(r.Context(), thing, scopeOf(r.Visitor), v); err != nil {
		return nil, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if err := v.fillRoute(tx); err != nil {
			return err
		}
		all, err := readMatters(tx, []string{thing})
		v.Matter = all[thing]
		v.Matter.Thing = thing
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read matter: %w", err)
	}
	v.Mine = v.Matter.Owner == r.Visitor.ID
	if m.Staff != nil {
		v.Colleagues, err = m.Staff.Colleagues(r.Context())
	}
	return v, err
}

// fillThing reads the person or item and gives the thing by the id of now.
func (m *Room) fillThing(ctx context.Context, thing string, scope sweep.Scope, v *matterView) (string, error) {
	if id, ok := strings.CutPrefix(thing, "person:"); ok {
		p, err := m.kase.Person(ctx, id, scope)
		if err != nil {
			return "", err
		}
		v.Person, v.Harm, v.Exposed = p, harmOf(signalsOf(p.Signals), kindsOf(p.Kinds)), exposedWords(p.PersonLine)
		v.Why = whyWords(p.Signals)
		return personThing(p.ID), nil
	}
	var id int64
	if _, err := fmt.Sscanf(thing, "item:%d", &id); err != nil {
		return "", fmt.Errorf("read address: %w", reeve.NotFound)
	}
	item, err := m.kase.Item(ctx, id, scope)
	if err != nil {
		return "", err
	}
	v.Item, v.Harm, v.Why = item, harmOfDocument(item.Reasons), each(item.Reasons, triageWords)
	return thing, nil
}

// fillRoute says how a person may be contacted as things stand.
func (v *matterView) fillRoute(tx *db.Tx) error {
	if v.Person == nil {
		return nil
	}
	contacts, err := readContacts(tx, []string{v.Person.ID})
	r, ok := contacts[v.Person.ID]
	if !ok {
		r = route{reeve.SafeContact(v.Person.SafeContact), "lists"}
	}
	v.Contact, v.Hold = r.Words(v.Person.Contact.Words), r.Held()
	return err
}

func (m *Room) matterPage(r *web.Request) (web.Answer, error) {
	v, err := m.matterOf(r)
	if err != nil {
		return nil, err
	}
	if p := v.Person; p != nil {
		if err := m.noteSealed(r, sealedIn([]sweep.PersonLine{p.PersonLine})...); err != nil {
			return nil, err
		}
		if mayShow(r, v.Matter.Thing, web.ObjectPerson) {
			if err := m.noteSpecial(r, v.Matter.Thing, p.Categories); err != nil {
				return nil, err
			}
		}
	}
	return v.page(r), nil
}

func (v *matterView) page(r *web.Request) *web.View {
	title := "Person to act on"
	if v.Item != nil {
		title = "Document to act on"
	}
	return matterPage.With(title, *v).Show(mayShow(r, v.Matter.Thing, web.ObjectPerson))
}

// ownMatter gives a matter to somebody, by default to who asks.
func (m *Room) ownMatter(r *web.Request) (web.Answer, error) {
	v, f, err := m.matterForm(r)
	if err != nil {
		return nil, err
	}
	to := Colleague{ID: r.Visitor.ID, Name: r.Visitor.Name}
	switch id := f.Text("owner", 100); {
	case id == "" || id == r.Visitor.ID:
	case id == "nobody":
		to = Colleague{}
	default:
		i := slices.IndexFunc(v.Colleagues, func(c Colleague) bool { return c.ID == id })
		if i < 0 {
			f.Fault("owner", "Choose who sees to this")
			break
		}
		to = v.Colleagues[i]
	}
	note := f.Text("note", noteLength)
	if !f.OK() {
		v.Errors = f.Errors
		return v.page(r).Faulty(f), nil
	}
	verb, saying := "assign", "Given to "+to.Name+"."
	if to.ID == "" {
		verb, saying = "unassign", "Nobody has this now."
	}
	err = m.actOnMatter(r, v, f, func(tx *db.Tx) (record.Leaf, error) {
		line := "who sees to " + v.Matter.Thing + ": " + to.ID
		return record.Leaf{Verb: verb, Object: v.Matter.Thing, Line: line}, setOwner(tx, v.Matter.Thing, to, note)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Matter.Path(), saying), nil
}

// noteLength is how many characters a note may have.
const noteLength = 1000

// matterForm reads what is acted on and the form.
func (m *Room) matterForm(r *web.Request) (*matterView, *web.Form, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, nil, err
	}
	v, err := m.matterOf(r)
	return v, f, err
}

// actOnMatter runs an act on a matter that is still as the visitor saw it.
func (m *Room) actOnMatter(r *web.Request, v *matterView, f *web.Form, do func(tx *db.Tx) (record.Leaf, error)) error {
	seen := f.Number("version", "", 0, 1<<53)
	if !f.OK() {
		return fmt.Errorf("act on a matter: %w", reeve.Invalid)
	}
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := touchMatter(tx, v.Matter.Thing, seen, r.Visitor.ID, r.Now.Unix()); err != nil {
			return record.Leaf{}, err
		}
		return do(tx)
	})
}

// recordCall keeps that somebody tried to tell a person.
func (m *Room) recordCall(r *web.Request) (web.Answer, error) {
	v, f, err := m.matterForm(r)
	if err != nil {
		return nil, err
	}
	v.Typed = callForm{Route: f.Said("route"), Outcome: f.Said("outcome"), Day: f.Said("day"), Time: f.Said("time"), Note: f.Said("call_note")}
	c := call{Caller: r.Visitor.ID, CallerName: r.Visitor.Name, Route: f.Choice("route", "Choose how they were reached", values(callRoutes)...),
		Outcome: f.Choice("outcome", "Choose what came of it", values(callOutcomes)...), At: momentIn(f, "day", "time", r.Now), Note: f.Text("call_note", noteLength)}
	if c.Route == "other" && c.Note == "" {
		f.Fault("call_note", "Say how they were reached")
	}
	if v.Hold && c.Outcome == outcomeTold && c.Note == "" {
		f.Fault("call_note", "Say why it was safe: this person is on hold or was not assessed")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return v.page(r).Faulty(f), nil
	}
	err = m.actOnMatter(r, v, f, func(tx *db.Tx) (record.Leaf, error) {
		err := addCall(tx, v.Matter.Thing, &c, r.Now.Unix())
		return record.Leaf{Verb: "call", Object: v.Matter.Thing, Line: fmt.Sprintf("call %d about %s: %s, %s", c.ID, v.Matter.Thing, c.Route, c.Outcome)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Matter.Path(), "The call is on record."), nil
}

// takeBackCall marks a call as recorded in error. It stays, struck through.
func (m *Room) takeBackCall(r *web.Request) (web.Answer, error) {
	id, err := r.Number("call")
	if err != nil {
		return nil, err
	}
	v, f, err := m.matterForm(r)
	if err != nil {
		return nil, err
	}
	field := fmt.Sprintf("why-%d", id)
	why := f.Need(field, noteLength, "Say what was wrong with the call")
	if !f.OK() {
		v.Errors = f.Errors
		return v.page(r).Faulty(f), nil
	}
	err = m.actOnMatter(r, v, f, func(tx *db.Tx) (record.Leaf, error) {
		err := withdrawCall(tx, v.Matter.Thing, id, r.Now.Unix(), why)
		return record.Leaf{Verb: "withdraw-call", Object: v.Matter.Thing, Line: fmt.Sprintf("call %d about %s was recorded in error", id, v.Matter.Thing)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Matter.Path(), "The call is marked as recorded in error."), nil
}
