package review

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) verdictSection() web.Section {
	return web.Section{
		Path: "/verdicts", Object: web.ObjectQueue,
		Routes: []web.Route{
			{Pattern: "GET /verdicts/{about}/{thing}", Verb: web.See, Object: web.ObjectQueue, Do: m.verdictPage},
			{Pattern: "POST /verdicts/{about}/{thing}", Verb: web.Judge, Object: web.ObjectQueue, Do: m.judge},
			{Pattern: "POST /verdicts/{about}/{thing}/settle", Verb: web.Approve, Object: web.ObjectQueue, Do: m.settle},
			{Pattern: "POST /queue/second/{id}", Verb: web.Approve, Object: web.ObjectQueue, Do: m.second},
			{Pattern: "POST /queue/withdraw/{id}", Verb: web.Judge, Object: web.ObjectQueue, Do: m.takeBackVerdict},
			{Pattern: "GET /queue/conflicts", Verb: web.See, Object: web.ObjectQueue, Do: m.conflicts},
			{Pattern: "GET /queue/second", Verb: web.See, Object: web.ObjectQueue, Do: m.waiting},
			{Pattern: "GET /queue/acts", Verb: web.See, Object: web.ObjectQueue, Do: m.acts},
			{Pattern: "POST /queue/acts/{id}/undo", Verb: web.Judge, Object: web.ObjectQueue, Do: m.undoMany},
		},
		Cards: []web.Card{{Object: web.ObjectQueue, Order: 40, Make: m.verdictCard}},
	}
}

var (
	verdictPage  = web.NewPage[verdictView](pages, "verdict.html")
	verdictsPage = web.NewPage[thingsView](pages, "verdict_things.html")
	actsPage     = web.NewPage[actsView](pages, "verdict_acts.html")
)

// mayApprove is the right of a second and of a third person.
var mayApprove = web.Act{Verb: web.Approve, Object: web.ObjectQueue}

// verdictView is everything that was said of one thing.
type verdictView struct {
	About    string           `json:"about"`
	Thing    string           `json:"thing"`
	Title    string           `json:"title"`
	Person   string           `json:"person"`
	Place    string           `json:"-"` // the page of the thing
	Path     string           `json:"-"`
	Now      verdictState     `json:"now"`
	Words    string           `json:"words"` // of what holds
	Log      []verdictLine    `json:"log"`   // the newest first
	Values   []choice         `json:"-"`
	Asks     string           `json:"-"` // why policy will ask for a second person
	Judges   bool             `json:"-"`
	Settles  bool             `json:"-"` // the visitor may settle the conflict
	Value    string           `json:"-"`
	Why      string           `json:"-"`
	Contact  bool             `json:"-"` // judged on its own page
	Errors   []web.FieldError `json:"-"`
	Withdraw string           `json:"-"`
}

// verdictLine is a verdict in words.
type verdictLine struct {
	verdict
	Words   string `json:"words"`
	Mine    bool   `json:"-"`
	Seconds bool   `json:"-"` // the visitor may second it
}

func (m *Room) verdictPage(r *web.Request) (web.Answer, error) {
	t, err := m.targetOf(r, r.Part("about"), r.Part("thing"))
	if err != nil {
		return nil, err
	}
	v, err := m.verdictView(r, &t)
	if err != nil {
		return nil, err
	}
	return verdictPage.With(v.Title, v), nil
}

func (m *Room) verdictView(r *web.Request, t *target) (verdictView, error) {
	v := verdictView{About: t.About, Thing: t.Thing, Person: t.Person, Path: verdictPath(t.About, t.Thing), Place: t.place(), Title: t.title(),
		Judges: r.May(web.Act{Verb: web.Judge, Object: web.ObjectQueue}), Contact: t.About == aboutContact}
	v.Values = m.valuesFor(t)
	v.Asks = secondFor(t.About, saysNotTheirs, t.Judged)
	var log []verdict
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Now, err = verdictOf(tx, t.About, t.Thing); err != nil {
			return err
		}
		log, err = verdictsAbout(tx, t.About, t.Thing)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read verdicts: %w", err)
	}
	approves := r.May(mayApprove)
	party := false
	for _, x := range slices.Backward(log) {
		mine := x.By == r.Visitor.ID
		party = party || mine && x.Gone == nil || x.Second != nil && x.Second.By == r.Visitor.ID
		v.Log = append(v.Log, verdictLine{verdict: x, Words: verdictWords(x.About, x.Value), Mine: mine && x.Gone == nil,
			Seconds: approves && !mine && x.Gone == nil && x.Needs != "" && x.Second == nil})
	}
	v.Settles = v.Now.State == stateConflict && approves && !party
	v.Words = stateWords(t.About, v.Now)
	return v, nil
}

// valuesFor are the values that can be said of a target.
func (m *Room) valuesFor(t *target) []choice { return verdictValues[t.About] }

// place is the page of a target.
func (t *target) place() string {
	switch {
	case t.About == aboutContact:
		return contactPath(t.Person)
	case t.About == aboutDocument:
		return documentPath(t.Item)
	}
	return personPath(t.Person)
}

func (t *target) title() string {
	switch t.About {
	case aboutPerson:
		return "Verdicts on person " + t.Person
	case aboutLink:
		return "Is mention " + t.Mark + " person " + t.Person + "?"
	case aboutFinding:
		return "Verdicts on finding " + t.Thing
	case aboutDocument:
		return "Verdicts on item " + t.Thing
	case aboutContact:
		return "Safe contact of person " + t.Person
	}
	return "Which council held the data of person " + t.Person
}

// stateWords says what holds. Only a verdict that stands is called confirmed.
func stateWords(about string, s verdictState) string {
	switch s.State {
	case stateStands:
		return verdictWords(about, s.Value)
	case stateWaiting:
		return "Waits for a second person: " + verdictWords(about, s.Value)
	case stateConflict:
		return "In conflict: two people see it otherwise, and a third settles it"
	}
	return "Nobody has judged this yet"
}

// verdictForm reads a verdict from a form.
func (m *Room) verdictForm(r *web.Request, t *target) (*web.Form, *verdict, int64, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, nil, 0, err
	}
	v := &verdict{Value: f.Choice("value", "Choose a verdict", values(m.valuesFor(t))...), Why: f.Text("why", 1000)}
	if (v.Value == saysNotTheirs || v.Value == saysNotPersonal || v.Value == saysIrrelevant) && v.Why == "" {
		f.Fault("why", "Give the reason: a later reader must be able to follow it")
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, nil, 0, fmt.Errorf("judge: %w", reeve.Invalid)
	}
	return f, v, seen, nil
}

func (m *Room) judge(r *web.Request) (web.Answer, error)  { return m.judgeAs(r, false) }
func (m *Room) settle(r *web.Request) (web.Answer, error) { return m.judgeAs(r, true) }

func (m *Room) judgeAs(r *web.Request, settles bool) (web.Answer, error) {
	t, err := m.targetOf(r, r.Part("about"), r.Part("thing"))
	if err == nil && t.About == aboutContact {
		err = errNoThing // safe contact has its own form, with a basis and evidence
	}
	if err != nil {
		return nil, err
	}
	f, v, seen, err := m.verdictForm(r, &t)
	if err != nil {
		return nil, err
	}
	view, err := m.verdictView(r, &t)
	if err != nil {
		return nil, err
	}
	if settles && !view.Settles {
		return nil, reeve.WithHint(fmt.Errorf("settle: %w", reeve.Denied), "A conflict is settled by somebody who is no part of it.")
	}
	if settles && v.Why == "" {
		f.Fault("why", "Say why: both must be able to follow it")
	}
	if !f.OK() {
		view.Value, view.Why, view.Errors = f.Said("value"), f.Said("why"), f.Errors
		return verdictPage.With(view.Title, view).Faulty(f), nil
	}
	v.Settles = settles
	if err := m.give(r, &t, v, seen); err != nil {
		return nil, err
	}
	return web.Redirect(cmp.Or(localOr(f.Said("back")), view.Path), keptWords(v)), nil
}

// localOr is an address inside the workspace, or "".
func localOr(path string) string {
	if path == "" {
		return ""
	}
	return local(path)
}

func keptWords(v *verdict) string {
	if v.Needs != "" {
		return "Kept. A second person must agree, as " + v.Needs + "."
	}
	return "Kept. It is on record."
}

// verdictByID reads a verdict and what it is about, within the visitor's sight.
// A link that the lists no longer have can still be looked at by its person.
func (m *Room) verdictByID(r *web.Request) (v verdict, t target, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, t, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v, err = readVerdict(tx, id)
		return err
	})
	if err != nil {
		return v, t, err
	}
	t, err = m.targetOf(r, v.About, v.Thing)
	if isNotFound(err) && v.About == aboutLink {
		_, person, _ := strings.Cut(v.Thing, ":")
		if t, err = m.targetOf(r, aboutPerson, person); err == nil {
			t.About, t.Thing = v.About, v.Thing
		} else if isNotFound(err) && v.By == r.Visitor.ID { // nobody is left there: the verdict split them off
			t, err = target{About: v.About, Thing: v.Thing}, nil
		}
	}
	return v, t, err
}

// second agrees with somebody else's verdict, or does not.
func (m *Room) second(r *web.Request) (web.Answer, error) {
	v, t, err := m.verdictByID(r)
	if err != nil {
		return nil, err
	}
	if err := r.Must(secondAct(v.About)); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := &second{Agreed: f.Choice("agrees", "Choose whether you agree", "yes", "no") == "yes", Why: f.Text("why", 1000)}
	if !s.Agreed && s.Why == "" {
		f.Fault("why", "Say why you see it otherwise")
	}
	if !f.OK() {
		view, err := m.verdictView(r, &t)
		if err != nil {
			return nil, err
		}
		view.Errors = f.Errors
		return verdictPage.With(view.Title, view).Faulty(f), nil
	}
	if err := m.secondVerdict(r, &t, &v, s); err != nil {
		return nil, err
	}
	saying := "Agreed. The verdict stands."
	if !s.Agreed {
		saying = "Kept. The two of you differ: a third person settles it."
	}
	return web.Redirect(cmp.Or(localOr(f.Said("back")), "/queue/second"), saying), nil
}

// secondAct is the right to second a verdict about something.
func secondAct(about string) web.Act {
	if about == aboutContact {
		return web.Act{Verb: web.Approve, Object: web.ObjectContact}
	}
	return mayApprove
}

// takeBackVerdict withdraws a verdict of the visitor's own; who approves may
// withdraw anybody's.
func (m *Room) takeBackVerdict(r *web.Request) (web.Answer, error) {
	v, t, err := m.verdictByID(r)
	if err != nil {
		return nil, err
	}
	if v.By != r.Visitor.ID {
		if err := r.Must(mayApprove); err != nil {
			return nil, err
		}
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	field := "why-" + strconv.FormatInt(v.ID, 10)
	why := f.Need(field, 1000, "Say why it is taken back")
	if !f.OK() {
		view, err := m.verdictView(r, &t)
		if err != nil {
			return nil, err
		}
		view.Errors = f.Errors
		return verdictPage.With(view.Title, view).Faulty(f), nil
	}
	if err := m.withdrawVerdict(r, &v, causeWithdrawn, why); err != nil {
		return nil, err
	}
	back := cmp.Or(localOr(f.Said("back")), verdictPath(v.About, v.Thing))
	if t.Person == "" && t.About == aboutLink {
		back = "/queue"
	}
	return web.Redirect(back, "Taken back. It is on record."), nil
}

// thingsView lists what waits for somebody: conflicts, or second opinions.
type thingsView struct {
	Title     string      `json:"title"`
	Lead      string      `json:"-"`
	Things    []thingLine `json:"things"`
	Next      string      `json:"next"`
	Approves  bool        `json:"-"`
	Conflicts bool        `json:"-"`
}

// thingLine is one of them. Mine: the visitor gave the verdict.
type thingLine struct {
	thingState
	Title string `json:"title"`
	Words string `json:"words"`
	Path  string `json:"path"`
	Place string `json:"-"`
	Mine  bool   `json:"-"`
}

const (
	thingsOnPage  = 50
	thingsLooked  = 400 // for one page: a visitor of some councils may see few of them
	thingsAtATime = 100
)

func (m *Room) conflicts(r *web.Request) (web.Answer, error) {
	v, err := m.thingsView(r, stateConflict, "/queue/conflicts")
	v.Title, v.Conflicts = "Conflicts", true
	v.Lead = "Two people judged these and see them otherwise. Somebody who is no part of it settles each."
	return verdictsPage.With(v.Title, v), err
}

func (m *Room) waiting(r *web.Request) (web.Answer, error) {
	v, err := m.thingsView(r, stateWaiting, "/queue/second")
	v.Title = "Second opinions"
	v.Lead = "Policy asks a second person about these: special categories, the safety lane, safe contact, and whoever has a safety signal."
	return verdictsPage.With(v.Title, v), err
}

// thingsView gathers a page of what the visitor may know of.
func (m *Room) thingsView(r *web.Request, state, path string) (v thingsView, err error) {
	from, _ := strconv.ParseInt(r.Ask("from"), 10, 64)
	from = max(0, from)
	v.Approves = r.May(mayApprove)
	for looked := 0; looked < thingsLooked && len(v.Things) < thingsOnPage; looked += thingsAtATime {
		var all []thingState
		err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			all, err = thingsIn(tx, state, from, thingsAtATime)
			return err
		})
		if err != nil {
			return v, fmt.Errorf("list verdicts: %w", err)
		}
		for _, t := range all {
			if len(v.Things) == thingsOnPage {
				break
			}
			from++
			target, err := m.targetOf(r, t.About, t.Thing)
			if isNotFound(err) {
				continue
			} else if err != nil {
				return v, err
			}
			v.Things = append(v.Things, thingLine{thingState: t, Title: target.title(), Words: stateWords(t.About, verdictState{State: state, Value: t.Value}),
				Path: verdictPath(t.About, t.Thing), Place: target.place(), Mine: t.By == r.Visitor.ID})
		}
		if len(all) < thingsAtATime && len(v.Things) < thingsOnPage {
			return v, nil
		}
	}
	v.Next = path + "?" + url.Values{"from": {strconv.FormatInt(from, 10)}}.Encode()
	return v, nil
}

func (v thingsView) Columns() []string { return []string{"about", "thing", "value", "by", "at"} }

func (v thingsView) EachRow(emit func(...any) error) error {
	for _, t := range v.Things {
		if err := emit(t.About, t.Thing, t.Value, t.By, t.At); err != nil {
			return err
		}
	}
	return nil
}

// actsView lists acts on many things, which can be undone as one.
type actsView struct {
	Acts   []verdictAct     `json:"acts"`
	Judges bool             `json:"-"`
	Errors []web.FieldError `json:"-"`
}

const actsShown = 100

func (m *Room) acts(r *web.Request) (web.Answer, error) {
	v := actsView{Judges: r.May(web.Act{Verb: web.Judge, Object: web.ObjectQueue}) && r.Visitor.Councils == nil}
	if r.Visitor.Councils == nil { // counts of acts would count other councils' things
		err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			v.Acts, err = readActs(tx, actsShown)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list acts: %w", err)
		}
	}
	return actsPage.With("Acts on many at once", v), nil
}

// undoMany takes back an act on many things as one.
func (m *Room) undoMany(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Need("why", 1000, "Say why it is undone")
	if !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("undo an act: %w", reeve.Invalid), "Say why it is undone.")
	}
	if r.Visitor.Councils != nil {
		return nil, errNoThing
	}
	var n int64
	gone, err := m.undoObeyed(r, id, why)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := tx.Serialise("review: verdicts"); err != nil {
			return record.Leaf{}, err
		}
		rest, err := undoAct(tx, id, &withdrawn{Cause: causeUndone, Why: why, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()})
		all := slices.Concat(gone, rest)
		n = int64(len(all))
		leaf := record.Leaf{Verb: "undo-verdicts", Object: "act:" + strconv.FormatInt(id, 10), Rows: n, Digest: digestOf(thingsOf(all)),
			Line: fmt.Sprintf("act %d on %d things undone", id, n)}
		return leaf, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/queue/acts", count(n, "verdict was", "verdicts were")+" taken back."), nil
}

// undoObeyed takes back those verdicts of an act that the lists obey, each with
// its decision. Where it is broken off, the act still stands with the rest, and
// undoing it again goes on.
func (m *Room) undoObeyed(r *web.Request, act int64, why string) (gone []verdict, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		gone, err = obeyedIn(tx, act)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("undo an act: %w", err)
	}
	for i := range gone {
		if err := m.withdrawVerdict(r, &gone[i], causeUndone, why); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// verdictHistory are a person's verdicts as lines of their history.
func verdictHistory(_ *Room, tx *db.Tx, _ *web.Request, p *sweep.PersonView) (lines []historyLine, err error) {
	before, err := formerly(tx, p.ID)
	if err != nil {
		return nil, err
	}
	var all []verdict
	for _, id := range append([]string{p.ID}, slices.Sorted(maps.Keys(before))...) {
		for _, about := range []string{aboutPerson, aboutContact, aboutController} {
			some, err := verdictsAbout(tx, about, id)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
	}
	links, err := linkVerdicts(tx, p.ID)
	for _, v := range append(all, links...) {
		what := verdictWords(v.About, v.Value)
		if v.About == aboutContact {
			what = "Safe contact: " + contactWords(reeve.SafeContact(v.Value))
		}
		if before[v.Thing] != "" {
			what += " (of " + v.Thing + ", before the two were merged)"
		}
		lines = append(lines, historyLine{At: v.At, Who: v.ByName, What: "Verdict: " + what, Why: reeve.Private(sweep.KindText, v.Why)})
		if v.Second != nil {
			said := "Agreed with the verdict: "
			if !v.Second.Agreed {
				said = "Did not agree with the verdict: "
			}
			lines = append(lines, historyLine{At: v.Second.At, Who: v.Second.ByName, What: said + what, Why: reeve.Private(sweep.KindText, v.Second.Why)})
		}
		if v.Gone != nil && v.Gone.Cause != causeReplaced {
			lines = append(lines, historyLine{At: v.Gone.At, Who: v.Gone.ByName, What: "Verdict " + v.Gone.Cause + ": " + what, Why: reeve.Private(sweep.KindText, v.Gone.Why)})
		}
	}
	return lines, err
}
