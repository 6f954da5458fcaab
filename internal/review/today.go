package review

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) todaySection() web.Section {
	return web.Section{
		Title: "Act today", Path: "/today", Order: 10, Object: web.ObjectPerson,
		Routes: []web.Route{
			{Pattern: "GET /today", Verb: web.See, Object: web.ObjectPerson, Do: m.today},
			{Pattern: "GET /today/{sort}/{id}", Verb: web.See, Object: web.ObjectPerson, Do: m.matterPage},
			{Pattern: "POST /today/{sort}/{id}/owner", Verb: web.Write, Object: web.ObjectPerson, Do: m.ownMatter},
			{Pattern: "POST /today/{sort}/{id}/calls", Verb: web.Write, Object: web.ObjectPerson, Do: m.recordCall},
			{Pattern: "POST /today/{sort}/{id}/calls/{call}/withdraw", Verb: web.Write, Object: web.ObjectPerson, Do: m.takeBackCall},
		},
		Cards: []web.Card{{Object: web.ObjectPerson, Order: 10, Make: m.todayCard}},
	}
}

var todayPage = web.NewPage[todayView](pages, "today.html")

// todayView is who could be hurt and which documents are worst, the most urgent
// first.
type todayView struct {
	People    []personMatter   `json:"people"`
	Next      string           `json:"next"` // address of the next page of people, "" on the last
	First     bool             `json:"-"`    // this is the first page
	Documents []documentMatter `json:"documents"`
	Sealed    string           `json:"sealed"` // how many people are sealed in the whole case, as it may be told
	Waiting   int64            `json:"waiting"`
	Told      int64            `json:"told"`
	All       int64            `json:"all"` // people in the safety lane
}

// personMatter is a person with what is being done.
type personMatter struct {
	sweep.PersonLine
	Contact route  `json:"contact"`
	Matter  matter `json:"matter"`
}

func (p personMatter) Harm() string    { return harmOf(signalsOf(p.Signals), kindsOf(p.Kinds)) }
func (p personMatter) Exposed() string { return exposedWords(p.PersonLine) }
func (p personMatter) Route() string {
	return p.Contact.Words(contactWords(reeve.SafeContact(p.SafeContact)))
}
func (p personMatter) Sure() string  { return sentence(tierWords(reeve.Tier(p.Tier))) }
func (p personMatter) Why() []string { return whyWords(p.Signals) }

// documentMatter is a document with what is being done.
type documentMatter struct {
	sweep.TriageRow
	Matter matter `json:"matter"`
}

func (d documentMatter) Harm() string  { return harmOfDocument(d.Reasons) }
func (d documentMatter) Why() []string { return each(d.Reasons, triageWords) }
func (d documentMatter) Read() string  { return statusWords(reeve.Status(d.Status)) }
func (d documentMatter) Now() bool     { return d.Level == levelNow }

// levelNow and levelToday are the levels of triage that stand on this page.
const (
	levelNow   = "now"
	levelToday = "today"
)

func signalsOf(codes []string) []reeve.Signal {
	return each(codes, func(c string) reeve.Signal { return reeve.Signal(c) })
}

// whyWords says signals, those of safety first.
func whyWords(codes []string) []string {
	signals := signalsOf(codes)
	slices.SortStableFunc(signals, func(a, b reeve.Signal) int { return slices.Index(reeve.Signals, a) - slices.Index(reeve.Signals, b) })
	return each(signals, signalWords)
}

func kindsOf(codes []string) []reeve.Kind {
	return each(codes, func(c string) reeve.Kind { return reeve.Kind(c) })
}

// plainest are kinds that say least of a life: they are named last.
var plainest = []reeve.Kind{reeve.KindName, reeve.KindPostcode, reeve.KindUPRN, reeve.KindCaseRef, reeve.KindLocalRef, reeve.KindElectoralNumber}

// exposedWords says what of a person was exposed, the gravest kinds first: what
// is said of a life in words, then money and values that open or identify, then
// the rest.
func exposedWords(p sweep.PersonLine) string {
	kinds := kindsOf(p.Kinds)
	weight := func(k reeve.Kind) int {
		switch {
		case k.Category() == reeve.CategoryCircumstances:
			return 0
		case k.Circumstance() && k.Category() != reeve.CategoryFinancial:
			return 1
		case k.Category() != reeve.CategoryBasic || k.UniqueID():
			return 2
		case slices.Contains(plainest, k):
			return 4
		}
		return 3
	}
	slices.SortStableFunc(kinds, func(a, b reeve.Kind) int { return cmp.Compare(weight(a), weight(b)) })
	return sentence(enumerate(each(kinds, kindWords), mostKinds))
}

// mostKinds is how many kinds a line names.
const mostKinds = 8

// Bounds of the page.
const (
	todayPeople    = 25
	todayDocuments = 25
)

func (m *Room) today(r *web.Request) (web.Answer, error) {
	scope := scopeOf(r.Visitor)
	page, err := m.kase.People(r.Context(), sweep.PeopleQuery{Scope: scope, Lane: reeve.LaneSafety, After: r.Ask("after"), Limit: todayPeople})
	if err != nil {
		return nil, err
	}
	v := todayView{First: r.Ask("after") == ""}
	if page.Next != "" {
		v.Next = "/today?after=" + url.QueryEscape(page.Next)
	}
	if err := m.noteSealed(r, sealedIn(page.People)...); err != nil {
		return nil, err
	}
	for _, p := range page.People {
		v.People = append(v.People, personMatter{PersonLine: p, Contact: route{reeve.SafeContact(p.SafeContact), "lists"}})
	}
	if err := m.urgentDocuments(r, scope, &v); err != nil {
		return nil, err
	}
	if err := m.todayCounts(r.Context(), scope, &v); err != nil {
		return nil, err
	}
	if err := m.fillMatters(r.Context(), &v); err != nil {
		return nil, err
	}
	return todayPage.With("Act today", v), nil
}

// urgentDocuments puts the worst documents on the first page.
func (m *Room) urgentDocuments(r *web.Request, scope sweep.Scope, v *todayView) error {
	if !v.First {
		return nil
	}
	rows, err := m.kase.Triage(r.Context(), scope, todayDocuments)
	if err != nil {
		return err
	}
	stopped, err := m.aside(r, each(rows, func(row sweep.TriageRow) int64 { return row.Item }))
	if err != nil {
		return err
	}
	for _, row := range rows {
		if (row.Level == levelNow || row.Level == levelToday) && !stopped[row.Item] {
			v.Documents = append(v.Documents, documentMatter{TriageRow: row})
		}
	}
	return nil
}

func (m *Room) todayCounts(ctx context.Context, scope sweep.Scope, v *todayView) error {
	standing, err := m.kase.Standing(ctx, scope)
	if err != nil {
		return err
	}
	v.Sealed = standing.Sealed
	v.All = countOf(standing.Lanes, string(reeve.LaneSafety))
	err = m.db.Read(ctx, func(tx *db.Tx) (err error) {
		v.Told, err = countToldIn(tx, scope, reeve.LaneSafety)
		return err
	})
	v.Waiting = max(0, v.All-v.Told)
	return err
}

// countOf is how many have a value.
func countOf(counts []sweep.Count, value string) int64 {
	for _, c := range counts {
		if c.Value == value {
			return c.N
		}
	}
	return 0
}

// fillMatters adds what is being done about everything on the page.
func (m *Room) fillMatters(ctx context.Context, v *todayView) error {
	var things, people []string
	for _, p := range v.People {
		things, people = append(things, personThing(p.ID)), append(people, p.ID)
	}
	for _, d := range v.Documents {
		things = append(things, itemThing(d.Item))
	}
	var all map[string]matter
	var contacts map[string]route
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		if contacts, err = readContacts(tx, people); err != nil {
			return err
		}
		all, err = readMatters(tx, things)
		return err
	})
	if err != nil {
		return fmt.Errorf("read matters: %w", err)
	}
	of := func(thing string) matter {
		x := all[thing]
		x.Thing = thing
		return x
	}
	for i := range v.People {
		p := &v.People[i]
		p.Matter = of(personThing(p.ID))
		if r, ok := contacts[p.ID]; ok {
			p.Contact = r
		}
	}
	for i := range v.Documents {
		v.Documents[i].Matter = of(itemThing(v.Documents[i].Item))
	}
	return nil
}

// todayCard says on the start page how many wait to be told.
func (m *Room) todayCard(ctx context.Context, visitor *web.Visitor) (web.CardText, error) {
	var v todayView
	if err := m.todayCounts(ctx, scopeOf(visitor), &v); err != nil {
		return web.CardText{}, err
	}
	text := "Nobody is in the safety lane."
	if v.All > 0 {
		text = count(v.Waiting, "person", "people") + " could be in danger and " + isAre(v.Waiting) + " not told yet."
	}
	return web.CardText{Title: "Act today", Big: digits(v.Waiting), Text: text, Path: "/today", Alarm: v.Waiting > 0}, nil
}

func isAre(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// Columns and EachRow make the people of the page a table.
func (v todayView) Columns() []string {
	return []string{"person", "priority", "name", "signals", "kinds", "severity", "safe_contact", "owner", "state", "last_call"}
}

func (v todayView) EachRow(emit func(...any) error) error {
	for _, p := range v.People {
		var last int64
		if c := p.Matter.Latest(); c != nil {
			last = c.At
		}
		err := emit(p.ID, p.Number, p.Name, joined(p.Signals), joined(p.Kinds), p.Severity, string(p.Contact.Value), p.Matter.OwnerName, p.Matter.State(), last)
		if err != nil {
			return err
		}
	}
	return nil
}
