package report

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Span is how many of something: at least, likely and at most. The ICO takes
// the largest as the number affected while it is not known.
type Span struct {
	Least  int64 `json:"least"`
	Likely int64 `json:"likely"`
	Most   int64 `json:"most"`
}

// sure is how sure it is that one person belongs to a count.
type sure int

const (
	sureOut     sure = iota // a person judged that it is not theirs, or not personal
	surePerhaps             // possible, or a reviewer is unsure
	sureLikely
	sureStrong // strong, or confirmed by a verdict
)

// add counts n under how sure it is.
func (s *Span) add(how sure, n int64) {
	if how >= sureStrong {
		s.Least += n
	}
	if how >= sureLikely {
		s.Likely += n
	}
	if how >= surePerhaps {
		s.Most += n
	}
}

// slice is one line of a split.
type slice struct {
	Name string `json:"name"`
	Span
}

// figures are the counts of a return, all from the rows of one list version.
// People are the living; a person stands in one line of Taken and may stand in
// several of Categories and Types, so only Taken adds up.
type figures struct {
	List     int64   `json:"list"`   // number of the list version
	Digest   string  `json:"digest"` // over all of its rows
	State    string  `json:"state"`  // of the version when the figures were taken
	MadeAt   int64   `json:"made_at"`
	Council  string  `json:"council"` // whose people; "" for the whole incident
	People   Span    `json:"people"`
	Records  Span    `json:"records"` // one is one person's data in one item
	Deceased Span    `json:"deceased"`
	Maybe    int64   `json:"suspected_deceased"` // among People
	Out      int64   `json:"judged_out"`         // left out by a verdict
	Taken    []slice `json:"taken"`
	Category []slice `json:"categories"`
	Type     []slice `json:"types"`
	Red      []check `json:"red"` // what was not in order when the list was frozen
}

// check is one thing that was red when a list was frozen, with the reason that
// who froze it signed.
type check struct {
	Words string `json:"words"`
	Why   string `json:"why"`
}

// listed is what of a row of a list version the figures are made from.
type listed struct {
	Tier, Verdict, Deceased, Role, Lane, Taken string
	Signals, Categories                        string // joined with ";"
	Items                                      int64
}

// sure tells how sure it is that the row is of somebody concerned: the verdict
// of a person goes before the machine's tier.
func (l listed) sure() sure {
	switch l.Verdict {
	case "not-theirs", "not-personal":
		return sureOut
	case "confirmed":
		return sureStrong
	case "unsure":
		return surePerhaps
	}
	switch reeve.Tier(l.Tier) {
	case reeve.TierStrong:
		return sureStrong
	case reeve.TierLikely:
		return sureLikely
	}
	return surePerhaps
}

// The types of people of the ICO that a list can tell apart.
const (
	typeChildren   = "children"
	typeVulnerable = "vulnerable adults"
	typeEmployees  = "employees"
	typeCustomers  = "customers or prospective"
	typeOther      = "other" // suppliers, landlords
)

// takenWords say how sure it is that something was taken, the surest first.
var takenWords = []struct {
	taken reeve.Taken
	words string
}{
	{reeve.TakenProven, "Proven taken"}, {reeve.TakenLikely, "Likely taken"}, {reeve.TakenInReach, "Within reach of the attackers"}, {reeve.TakenUnknown, "Not known whether taken"},
}

// types gives the ICO's types of one person; somebody can be of several.
func (l listed) types() []string {
	var all []string
	signals := strings.Split(l.Signals, ";")
	child := slices.Contains(signals, string(reeve.SignalMinor)) || l.Lane == string(reeve.LaneChild)
	switch {
	case child:
		all = append(all, typeChildren)
	case slices.ContainsFunc(signals, vulnerable):
		all = append(all, typeVulnerable)
	}
	switch reeve.Role(l.Role) {
	case reeve.RoleStaff, reeve.RoleCouncillor:
		all = append(all, typeEmployees)
	case reeve.RoleSupplier, reeve.RoleLandlord:
		all = append(all, typeOther)
	case reeve.RoleUnknown, reeve.RoleOther, "":
		if len(all) == 0 {
			all = append(all, icoUnknown)
		}
	default:
		all = append(all, typeCustomers)
	}
	return all
}

// vulnerable reports whether a signal makes an adult one whom the ICO calls
// vulnerable.
func vulnerable(signal string) bool {
	s := reeve.Signal(signal)
	return s.Known() && s != reeve.SignalMinor && s != reeve.SignalOffender
}

// counter gathers figures row by row; it holds no row.
type counter struct {
	f                figures
	taken            map[string]*Span
	categories, kind map[string]*Span
}

func newCounter() *counter {
	return &counter{taken: make(map[string]*Span), categories: make(map[string]*Span), kind: make(map[string]*Span)}
}

// add counts one row.
func (c *counter) add(l listed) {
	how := l.sure()
	switch {
	case how == sureOut:
		c.f.Out++
		return
	case l.Deceased == "yes":
		c.f.Deceased.add(how, 1)
		return
	case l.Deceased == "suspected":
		c.f.Maybe++
	}
	c.f.People.add(how, 1)
	c.f.Records.add(how, max(l.Items, 1))
	count(c.taken, l.Taken, how)
	for _, t := range l.types() {
		count(c.kind, t, how)
	}
	for _, category := range slices.Compact(slices.Sorted(slices.Values(strings.Split(l.Categories, ";")))) {
		if category == "" {
			category = icoUnknown
		}
		count(c.categories, category, how)
	}
}

func count(in map[string]*Span, name string, how sure) {
	s := in[name]
	if s == nil {
		s = new(Span)
		in[name] = s
	}
	s.add(how, 1)
}

// end gives the figures, each split in the order of its vocabulary.
func (c *counter) end() figures {
	f := c.f
	for i, t := range takenWords {
		s := c.taken[string(t.taken)]
		if i == len(takenWords)-1 && s == nil {
			s = c.taken[""]
		}
		if s != nil {
			f.Taken = append(f.Taken, slice{t.words, *s})
		}
	}
	f.Category = ordered(c.categories, append(slices.Clone(icoCategories), string(reeve.CategoryCircumstances)))
	f.Type = ordered(c.kind, []string{typeChildren, typeVulnerable, typeEmployees, typeCustomers, typeOther, icoUnknown})
	return f
}

func ordered(in map[string]*Span, order []string) (all []slice) {
	for _, name := range order {
		if s := in[name]; s != nil {
			all = append(all, slice{name, *s})
		}
	}
	return all
}

// categories gives the ICO's words for the categories that were found, as an
// answer: social circumstances, which is no category of the ICO's, is "other".
func (f figures) categories() string {
	var all []string
	for _, s := range f.Category {
		name := s.Name
		if name == string(reeve.CategoryCircumstances) {
			name = "other"
		}
		all = append(all, name)
	}
	return strings.Join(all, "\n")
}
