package review

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) personSection() web.Section {
	return web.Section{
		Title: "People", Path: "/people", Order: 30, Object: web.ObjectPerson,
		Links: []web.Link{{Title: "People", Path: "/people"}, {Title: "Set aside", Path: "/stops", Object: web.ObjectStop}},
		Routes: []web.Route{
			{Pattern: "GET /people", Verb: web.See, Object: web.ObjectPerson, Do: m.people},
			{Pattern: "GET /people/{id}", Verb: web.See, Object: web.ObjectPerson, Do: m.person},
			{Pattern: "POST /people/{id}/decide", Verb: web.Judge, Object: web.ObjectPerson, Do: m.decide},
			{Pattern: "POST /people/{id}/undo", Verb: web.Judge, Object: web.ObjectPerson, Do: m.undecide},
		},
	}
}

var (
	peoplePage = web.NewPage[peopleView](pages, "people.html")
	personPage = web.NewPage[personView](pages, "person.html")
)

// peopleView is one page of the list of people.
type peopleView struct {
	Rows    []personLine `json:"people"`
	Next    string       `json:"next"`
	Filters []filter     `json:"-"`
	Text    string       `json:"-"`
	Any     bool         `json:"-"` // something is filtered
	First   string       `json:"-"` // the first page, "" on it
}

// personLine is a row of the list with its words.
type personLine struct {
	sweep.PersonLine
	Words lineWords `json:"-"`
}

type lineWords struct{ Lane, Band, Tier, Signals, Kinds, Contact, LaneColour, BandColour string }

// filter is one choice of the list's form.
type filter struct {
	Name, Label string
	Choices     []filterChoice
}

type filterChoice struct {
	Value, Words string
	Chosen       bool
}

func (v peopleView) Columns() []string {
	return []string{"person", "name", "date_of_birth", "postcode", "tier", "probability", "lane", "band", "severity", "signals", "kinds", "items",
		"incomplete", "data_from", "data_to", "controller", "safe_contact"}
}

// EachRow gives the rows of the page.
func (v peopleView) EachRow(emit func(...any) error) error {
	for _, p := range v.Rows {
		err := emit(p.ID, p.Name, p.Born, p.Postcode, p.Tier, p.Probability, p.Lane, p.Band, p.Severity, strings.Join(p.Signals, ";"),
			strings.Join(p.Kinds, ";"), p.Items, p.Incomplete, p.DataFrom, p.DataTo, strings.Join(p.Controllers, ";"), p.SafeContact)
		if err != nil {
			return err
		}
	}
	return nil
}

const peopleOnPage = 50

func (m *Room) people(r *web.Request) (web.Answer, error) {
	q := sweep.PeopleQuery{Scope: scopeOf(r.Visitor), Lane: reeve.Lane(r.Ask("lane")), Band: reeve.Band(r.Ask("band")), Tier: reeve.Tier(r.Ask("tier")),
		Signal: reeve.Signal(r.Ask("signal")), Council: r.Ask("council"), Text: strings.TrimSpace(r.Ask("text")), After: r.Ask("after"), Limit: peopleOnPage}
	page, err := m.kase.People(r.Context(), q)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	if err := m.noteSealed(r, sealedIn(page.People)...); err != nil {
		return nil, err
	}
	v := peopleView{Text: q.Text}
	if v.Rows, err = m.personLines(r, page.People); err != nil {
		return nil, err
	}
	if v.Filters, err = m.peopleFilters(r, q); err != nil {
		return nil, err
	}
	asked := r.URL.Query()
	asked.Del("after")
	v.Any = len(asked) > 0
	if q.After != "" {
		v.First = "/people?" + asked.Encode()
	}
	if page.Next != "" {
		asked.Set("after", page.Next)
		v.Next = "/people?" + asked.Encode()
	}
	return peoplePage.With("People", v), nil
}

// personLines puts words to rows and leaves out whoever was set aside, unless
// the visitor decides about that.
func (m *Room) personLines(r *web.Request, rows []sweep.PersonLine) ([]personLine, error) {
	ids := make([]string, len(rows))
	for i, p := range rows {
		ids[i] = p.ID
	}
	var hidden map[string]bool
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		hidden, err = stoppedPeople(tx, ids, r.Visitor.ID, r.May(mayDecideStops))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	var lines []personLine
	for _, p := range rows {
		if !hidden[p.ID] {
			lines = append(lines, personLine{p, wordsOfLine(&p)})
		}
	}
	return lines, nil
}

func wordsOfLine(p *sweep.PersonLine) lineWords {
	signals, kinds := make([]string, len(p.Signals)), make([]string, len(p.Kinds))
	for i, s := range p.Signals {
		signals[i] = signalWords(reeve.Signal(s))
	}
	for i, k := range p.Kinds {
		kinds[i] = kindWords(reeve.Kind(k))
	}
	return lineWords{Lane: laneWords(reeve.Lane(p.Lane)), Band: bandWords(reeve.Band(p.Band)), Tier: tierWords(reeve.Tier(p.Tier)),
		Signals: enumerate(signals, enough), Kinds: enumerate(kinds, enough), Contact: contactWords(reeve.SafeContact(p.SafeContact)),
		LaneColour: laneColour(reeve.Lane(p.Lane)), BandColour: bandColour(reeve.Band(p.Band))}
}

// Colours go with words, never alone.
func laneColour(l reeve.Lane) string {
	switch l {
	case reeve.LaneSafety:
		return "red"
	case reeve.LaneChild, reeve.LaneAdultAtRisk:
		return "purple"
	case reeve.LaneFraud:
		return "orange"
	}
	return "grey"
}

func bandColour(b reeve.Band) string {
	switch b {
	case reeve.BandVeryHigh:
		return "red"
	case reeve.BandHigh:
		return "orange"
	case reeve.BandMedium:
		return "yellow"
	}
	return "grey"
}

func (m *Room) peopleFilters(r *web.Request, q sweep.PeopleQuery) ([]filter, error) {
	filters := []filter{
		{"lane", "Lane", filterChoices(string(q.Lane), []reeve.Lane{reeve.LaneSafety, reeve.LaneChild, reeve.LaneAdultAtRisk, reeve.LaneFraud, reeve.LaneOther}, laneWords)},
		{"band", "Severity", filterChoices(string(q.Band), reeve.Bands, bandWords)},
		{"tier", "How sure who it is", filterChoices(string(q.Tier), []reeve.Tier{reeve.TierStrong, reeve.TierLikely, reeve.TierPossible}, tierWords)},
		{"signal", "Circumstance", filterChoices(string(q.Signal), reeve.Signals, signalWords)},
	}
	councils := r.Visitor.Councils
	if councils == nil {
		err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			councils, err = councilsOf(tx)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list councils: %w", err)
		}
	}
	if len(councils) > 1 {
		filters = append(filters, filter{"council", "Council that held the data", filterChoices(q.Council, councils, func(c string) string { return c })})
	}
	return filters, nil
}

func filterChoices[K ~string](chosen string, all []K, words func(K) string) []filterChoice {
	list := []filterChoice{{"", "Any", chosen == ""}}
	for _, k := range all {
		list = append(list, filterChoice{string(k), sentence(words(k)), chosen == string(k)})
	}
	return list
}

// personPath is a person's page.
func personPath(id string) string { return "/people/" + url.PathEscape(id) }

// hasSpecial reports whether categories hold a special one.
func hasSpecial(categories []string) bool { return slices.ContainsFunc(categories, special) }
