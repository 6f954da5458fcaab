package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// matter is what is being done about one person or document. Version is 0 for
// one that nobody has touched.
type matter struct {
	Thing     string `json:"thing"`
	Owner     string `json:"owner"`
	OwnerName string `json:"owner_name"`
	Note      string `json:"note"`
	Version   int64  `json:"version"`
	Changed   int64  `json:"changed"`
	Calls     []call `json:"calls"` // the newest first
}

// call is one attempt to tell a person, or to act on a document.
type call struct {
	ID           int64  `json:"id"`
	At           int64  `json:"at"`
	Caller       string `json:"caller"`
	CallerName   string `json:"caller_name"`
	Route        string `json:"route"`
	Outcome      string `json:"outcome"`
	Note         string `json:"note"`
	Withdrawn    int64  `json:"withdrawn"`
	WithdrawnWhy string `json:"withdrawn_why"`
}

// choice is one value of a radio or a select, with its words.
type choice struct {
	Value string `json:"value"`
	Words string `json:"words"`
}

func values(choices []choice) []string {
	return each(choices, func(c choice) string { return c.Value })
}

func wordsIn(choices []choice, value string) string {
	if i := slices.IndexFunc(choices, func(c choice) bool { return c.Value == value }); i >= 0 {
		return choices[i].Words
	}
	return value
}

// outcomeTold is the outcome by which a person counts as told.
const outcomeTold = "told"

var callRoutes = []choice{
	{"worker", "Through their named worker"},
	{"phone", "By telephone"},
	{"visit", "In person"},
	{"post", "By letter"},
	{"email", "By email"},
	{"other", "Another way (say which in the note)"},
}

var callOutcomes = []choice{
	{outcomeTold, "Told: they know what was taken and what to do"},
	{"no-answer", "Not reached"},
	{"again", "Reached, but to be told another time"},
	{"not-safe", "Stopped: it was not safe to talk"},
	{"refused", "They did not want to hear it"},
}

func (c call) RouteWords() string   { return wordsIn(callRoutes, c.Route) }
func (c call) OutcomeWords() string { return wordsIn(callOutcomes, c.Outcome) }

// Told reports whether a call that stands has told the person.
func (m matter) Told() bool { return m.last(outcomeTold) != nil }

// last is the newest call that stands and, unless outcome is "", had it.
func (m matter) last(outcome string) *call {
	for i := range m.Calls {
		if c := &m.Calls[i]; c.Withdrawn == 0 && (outcome == "" || c.Outcome == outcome) {
			return c
		}
	}
	return nil
}

// State says whether the person was told.
func (m matter) State() string {
	switch {
	case m.Told():
		return "Told"
	case m.last("") != nil:
		return "Tried, not told yet"
	}
	return "Not told yet"
}

// Colour is the colour of the tag that says State.
func (m matter) Colour() string {
	switch {
	case m.Told():
		return "green"
	case m.last("") != nil:
		return "yellow"
	}
	return "red"
}

// Latest is the newest call that stands, for one line.
func (m matter) Latest() *call { return m.last("") }

// Path is the page of the matter.
func (m matter) Path() string { return matterPath(m.Thing) }

// route is the safe way to a person, and what it rests on: the lists, or what
// people have assessed or signed since.
type route struct {
	Value reeve.SafeContact `json:"value"`
	Basis string            `json:"basis"` // lists, assessed, screened, flag or merged: a warning came after it was assessed
}

// Words is the route for somebody who is about to call. said is what the lists
// say of it.
func (r route) Words(said string) string {
	switch r.Basis {
	case "assessed":
		return wordsOf(assessedTable, r.Value)
	case "screened":
		return "By post, under a screening rule that two people signed"
	case "flag":
		return "Do not contact: a warning has come since one of us assessed it"
	}
	return said
}

// Held reports whether nobody is to contact the person as things stand.
func (r route) Held() bool {
	return r.Value == reeve.ContactHold || r.Value == reeve.ContactNotAssessed
}

// things by the word of their address: /today/people/P…, /today/items/7.
const (
	sortPeople = "people"
	sortItems  = "items"
)

func personThing(id string) string { return "person:" + id }

func itemThing(id int64) string { return fmt.Sprintf("item:%d", id) }

// matterPath is the address of a thing's matter.
func matterPath(thing string) string {
	sort, id, _ := strings.Cut(thing, ":")
	if sort == "person" {
		return "/today/" + sortPeople + "/" + id
	}
	return "/today/" + sortItems + "/" + id
}

// thingOf is the thing of an address; what is none of ours is not there.
func thingOf(sort, id string) (string, error) {
	switch sort {
	case sortPeople:
		return personThing(id), nil
	case sortItems:
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
			return itemThing(n), nil
		}
	}
	return "", fmt.Errorf("read address: %w", reeve.NotFound)
}
