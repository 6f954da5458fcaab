package plant

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Ratio is a count of a count.
type Ratio struct{ Good, Of int }

// Share is Good/Of, and 1 of nothing.
func (r Ratio) Share() float64 {
	if r.Of == 0 {
		return 1
	}
	return float64(r.Good) / float64(r.Of)
}

func (r *Ratio) add(good bool) {
	r.Of++
	if good {
		r.Good++
	}
}

// Scores say how well the lists match the truth. Higher is better for ratios;
// plain counts are faults.
type Scores struct {
	PersonRecall    Ratio // residents with data beyond a bare name, listed strong or likely
	OutsideRecall   Ratio // the same of people on no register
	SignalRecall    Ratio // people with any signal, listed strong or likely
	SafetyRecall    Ratio // people with one of the first five
	PersonSignal    Ratio // each expected signal of each of those people, on their row
	ExtraSignals    Ratio // signals on rows that are right (Good) of all on rows of known people
	WrongStrong     Ratio // strong rows whose person is named in no item (Good counts the wrong ones)
	WrongLinks      Ratio // person and item pairs of strong rows that are wrong
	Merged          int   // rows that join register records of several people
	Split           int   // rows that are a second row of somebody
	Unknown         int   // rows on no register that fit nobody's values
	KindRecall      Ratio // each kind of each person
	KindPrecision   Ratio
	ElementPrecise  Ratio            // findings of confidence A or B that were planted, of that person
	ElementRecall   Ratio            // planted values with a form that were found with A or B
	DecoysAB        int              // findings of confidence A or B that are decoys
	LinkRecall      Ratio            // person and item pairs that should be likely or better
	PriorityFaults  int              // rows that stand before a more urgent one
	LateSafety      int              // people with a safety signal listed after someone without
	SafeContact     int              // people with a safety signal who could be written to
	ContactFaults   int              // others whose safe_contact is not the expected one
	SealedFaults    int              // sealed people listed as not sealed
	Items           Ratio            // items listed once with a right status
	ExtraItems      int              // items listed that are not there
	ByStyle, ByForm map[string]Ratio // LinkRecall by style and by form of name or number
	ByOrigin        map[string]Ratio // PersonRecall by origin of name
	ByType          map[string]Ratio // LinkRecall by document type
	ByFormat        map[string]Ratio // LinkRecall by file format
	ByKind          map[string]Ratio // ElementRecall by kind
	WrongKind       map[string]Ratio // ElementPrecise by kind and rule
	Misses          []Miss
}

// Miss is one thing that is wrong; it holds keys and forms, no values.
type Miss struct {
	Measure string // which figure it lowers
	Person  string
	Item    string
	Detail  string
}

// Score compares printed lists with the truth. It changes neither.
func Score(t *Truth, l Lists) *Scores {
	s := &scoring{Truth: t, Lists: l, out: &Scores{ByStyle: map[string]Ratio{}, ByForm: map[string]Ratio{}, ByOrigin: map[string]Ratio{}, ByType: map[string]Ratio{},
		ByFormat: map[string]Ratio{}, ByKind: map[string]Ratio{}, WrongKind: map[string]Ratio{}}}
	s.index()
	s.match()
	s.people()
	s.rows()
	s.links()
	s.findings()
	s.values()
	s.order()
	s.items()
	return s.out
}

// scoring is the state of one comparison.
type scoring struct {
	*Truth
	Lists
	out     *Scores
	who     map[string]*PersonTruth    // by reference
	notes   map[string]*ItemTruth      // by item
	facts   map[string][]*Fact         // by item and kind
	exact   map[string][]*Fact         // by item, kind and canonical value
	planted map[[2]string]bool         // person reference, item
	kinds   map[string]map[string]bool // by person reference: all kinds ever planted
	rowOf   map[string]*PersonRow      // best row of a person reference
	refOf   map[string]string          // printed person to reference
	tierOf  map[string]reeve.Tier      // printed person to tier
}

func (s *scoring) miss(measure, person, item, detail string) {
	s.out.Misses = append(s.out.Misses, Miss{measure, person, item, detail})
}

func (s *scoring) index() {
	s.who, s.notes = map[string]*PersonTruth{}, map[string]*ItemTruth{}
	s.facts, s.exact = map[string][]*Fact{}, map[string][]*Fact{}
	s.planted, s.kinds = map[[2]string]bool{}, map[string]map[string]bool{}
	for i := range s.Truth.People {
		s.who[s.Truth.People[i].Person] = &s.Truth.People[i]
	}
	for i := range s.Truth.Items {
		s.notes[s.Truth.Items[i].Item] = &s.Truth.Items[i]
	}
	for i := range s.Facts {
		f := &s.Facts[i]
		at := f.Item + "\x00" + string(f.Kind)
		s.facts[at] = append(s.facts[at], f)
		at += "\x00" + canonical(f.Kind, f.Value)
		s.exact[at] = append(s.exact[at], f)
		if f.Person == "" {
			continue
		}
		s.planted[[2]string{f.Person, f.Item}] = true
		if s.kinds[f.Person] == nil {
			s.kinds[f.Person] = map[string]bool{}
		}
		s.kinds[f.Person][string(f.Kind)] = true
	}
}

// match finds out whom each printed row means: by its register records, or by
// the planted values that its findings are.
func (s *scoring) match() {
	s.rowOf, s.refOf, s.tierOf = map[string]*PersonRow{}, map[string]string{}, map[string]reeve.Tier{}
	byKey := map[string]string{}
	for _, p := range s.Truth.People {
		for _, k := range p.Records {
			for _, id := range append([]string{k.ID}, k.Also...) {
				byKey[keyText(k.System, id)] = p.Person
			}
		}
	}
	votes := s.votes()
	for i := range s.Lists.People {
		row := &s.Lists.People[i]
		s.tierOf[row.Person] = row.Tier
		ref := s.identify(row, byKey, votes[row.Person])
		if ref == "" {
			continue
		}
		s.refOf[row.Person] = ref
		if have := s.rowOf[ref]; have != nil {
			s.out.Split++
			s.miss("split", ref, "", row.Person)
			if tierRank[have.Tier] >= tierRank[row.Tier] {
				continue
			}
		}
		s.rowOf[ref] = row
	}
}

func (s *scoring) identify(row *PersonRow, byKey map[string]string, votes map[string]int) string {
	count := map[string]int{}
	for _, k := range row.Records {
		if ref := byKey[keyText(k.System, k.ID)]; ref != "" {
			count[ref]++
		}
	}
	if len(count) > 1 {
		s.out.Merged++
		s.miss("merged", most(count), "", fmt.Sprintf("%d people in %s", len(count), row.Person))
	}
	if ref := most(count); ref != "" {
		return ref
	}
	if ref := most(votes); ref != "" {
		return ref
	}
	s.out.Unknown++
	s.miss("unknown", "", "", row.Person)
	return ""
}

// votes counts, for each printed person, whose planted values its findings are.
func (s *scoring) votes() map[string]map[string]int {
	votes := map[string]map[string]int{}
	for i := range s.Lists.Findings {
		f := &s.Lists.Findings[i]
		if f.Person == "" {
			continue
		}
		for _, fact := range s.like(f) {
			if fact.Person == "" {
				continue
			}
			if votes[f.Person] == nil {
				votes[f.Person] = map[string]int{}
			}
			votes[f.Person][fact.Person]++
		}
	}
	return votes
}

// like are the planted values that a finding may be: those that are equal, else
// those of which it is a part, or which are a part of it.
func (s *scoring) like(f *FindingRow) []*Fact {
	at := f.Item + "\x00" + string(f.Kind)
	if same := s.exact[at+"\x00"+canonical(f.Kind, f.Value)]; same != nil {
		return same
	}
	var list []*Fact
	for _, fact := range s.facts[at] {
		if sameValue(f.Kind, fact.Value, f.Value) {
			list = append(list, fact)
		}
	}
	return list
}

// most is the key with the highest count, the smallest of equals.
func most(count map[string]int) string {
	best := ""
	for _, k := range sortedKeys(count) {
		if best == "" || count[k] > count[best] {
			best = k
		}
	}
	return best
}

func sortedKeys[V any](m map[string]V) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// keyText is a register key as letters and digits, since systems punctuate
// their numbers in different ways.
func keyText(system, id string) string {
	squash := func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}
	return strings.Map(squash, strings.ToUpper(system)) + "/" + strings.Map(squash, strings.ToUpper(id))
}

func tally(m map[string]Ratio, key string, good bool) {
	r := m[key]
	r.add(good)
	m[key] = r
}
