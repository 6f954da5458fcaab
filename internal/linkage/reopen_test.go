package linkage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
)

// shelf is a store in memory of what a resolve keeps.
type shelf struct {
	in    Input
	pages map[shelfPage][]byte
}

func (s *shelf) Keep(name string, page int, data []byte) error {
	s.pages[shelfPage{name, page}] = slices.Clone(data)
	return nil
}

func (s *shelf) Page(name string, page int) ([]byte, error) {
	data, ok := s.pages[shelfPage{name, page}]
	if !ok {
		return nil, errKept
	}
	return data, nil
}

func (s *shelf) Record(id reeve.RecordID) (*reeve.Record, error) { return &s.in.Records[id], nil }

func (s *shelf) Mentions(marks []string) (map[string]*reeve.Mention, error) {
	out := map[string]*reeve.Mention{}
	for i := range s.in.Mentions {
		if m := &s.in.Mentions[i]; slices.Contains(marks, m.ID) {
			out[m.ID] = m
		}
	}
	return out, nil
}

// standing is what a result says of each mention and of each register person.
func standing(res *Result, records []reeve.Record) map[string]string {
	out := map[string]string{}
	for i := range res.People {
		p := &res.People[i]
		var keys []string
		for _, id := range p.Records {
			keys = append(keys, records[id].Key())
		}
		slices.Sort(keys)
		keys = slices.Compact(keys)
		for _, k := range keys {
			out["r:"+k] = fmt.Sprint(p.ID, keys)
		}
		for _, l := range p.Links {
			out["m:"+l.Mention] = fmt.Sprintf("%+v", l)
		}
	}
	for _, p := range res.Placed {
		out["m:"+p.Mention] = fmt.Sprintf("%+v", p)
	}
	return out
}

// households gives those of everybody with links.
func households(res *Result) map[string]string {
	out := map[string]string{}
	for i := range res.People {
		if p := &res.People[i]; len(p.Links) > 0 {
			out[p.ID] = strings.Join(p.Households, " ")
		}
	}
	return out
}

// TestNeighbourhoodEqualsWhole makes random decisions, and takes some back, and
// checks after each that resolving its neighbourhood alone gives what resolving
// everything gives, and that nothing else has moved.
func TestNeighbourhoodEqualsWhole(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			walkDecisions(t, seed, 14)
		})
	}
}

func walkDecisions(t *testing.T, seed uint64, steps int) {
	in := smallTown(t, seed)
	kept := &shelf{in: in, pages: map[shelfPage][]byte{}}
	in.Keep = kept
	whole, err := Resolve(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	in.Keep, in.Params = nil, &whole.Params
	dice := &town{seed: seed + 7}
	for step := range steps {
		before := slices.Clone(in.Decisions)
		if len(before) > 0 && dice.chance(25) {
			n := dice.draw(len(before))
			in.Decisions = slices.Delete(slices.Clone(before), n, n+1)
		} else {
			in.Decisions = append(slices.Clone(before), randomDecision(dice, whole, in.Records, int64(step)+1))
		}
		in.Known = whole.Assignments
		was := standing(whole, in.Records)
		wasAt := households(whole)
		if whole, err = Resolve(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		checkHood(t, kept, in, before, whole, was, wasAt)
		if t.Failed() {
			t.Fatalf("seed %d step %d: %+v", seed, step, changed(before, in.Decisions))
		}
	}
}

// randomDecision decides on two of the people and mentions that have something
// to do with each other, or on any two.
func randomDecision(dice *town, res *Result, records []reeve.Record, id int64) reeve.Decision {
	what := []string{decidedSame, decidedDifferent, decidedDifferent, decidedUnsure}[dice.draw(4)]
	side := func() []string {
		p := &res.People[dice.draw(len(res.People))]
		for range 20 {
			if len(p.Links) > 0 {
				break
			}
			p = &res.People[dice.draw(len(res.People))]
		}
		if len(p.Links) > 0 && dice.chance(50) {
			l := &p.Links[dice.draw(len(p.Links))]
			return []string{MentionKey(l.Mention)}
		}
		return Keys(p, records)
	}
	d := reeve.Decision{ID: id, What: what, KeysA: side(), KeysB: side()}
	if dice.chance(60) { // a mention and the person it is tied to, or a rival
		for range 50 {
			p := &res.People[dice.draw(len(res.People))]
			if len(p.Links) == 0 {
				continue
			}
			l := &p.Links[dice.draw(len(p.Links))]
			d.KeysA, d.KeysB = []string{MentionKey(l.Mention)}, Keys(p, records)
			if len(p.Records) > 1 && dice.chance(40) {
				d.KeysA = []string{"r:" + records[p.Records[0]].Key()}
				d.KeysB = []string{"r:" + records[p.Records[len(p.Records)-1]].Key()}
			}
			break
		}
	}
	return d
}

func checkHood(t *testing.T, kept *shelf, in Input, before []reeve.Decision, whole *Result, was, wasAt map[string]string) {
	t.Helper()
	h, err := Reopen(t.Context(), kept, in.Params, before, in.Decisions)
	if err != nil {
		t.Fatal(err)
	}
	var known []IDAssignment
	keys := h.Keys()
	for _, k := range in.Known {
		if slices.Contains(keys, k.Key) {
			known = append(known, k)
		}
	}
	part, err := h.Solve(t.Context(), known, func(id string) bool {
		return slices.ContainsFunc(in.Known, func(k IDAssignment) bool { return k.ID == id })
	})
	if err != nil {
		t.Fatal(err)
	}
	now, here := standing(whole, in.Records), standing(part, h.Records())
	for _, k := range keys {
		delete(was, k)
		if here[k] != "" {
			was[k] = here[k]
		}
	}
	if diff := cmp.Diff(now, was); diff != "" {
		t.Errorf("neighbourhood (+) and whole (-) differ:\n%s", diff)
	}
	wantAt := households(whole)
	for i := range whole.People {
		p := &whole.People[i]
		at := slices.IndexFunc(part.People, func(q reeve.Person) bool { return q.ID == p.ID })
		if at < 0 || len(p.Links) == 0 {
			continue
		}
		var marks []string
		for _, l := range p.Links {
			marks = append(marks, l.Mention)
		}
		homes, err := h.Homes(&part.People[at], marks)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, home := range homes {
			ids = append(ids, home.ID)
		}
		wasAt[p.ID] = strings.Join(ids, " ")
	}
	for id := range wasAt {
		if wantAt[id] == "" && !slices.ContainsFunc(whole.People, func(p reeve.Person) bool { return p.ID == id && len(p.Links) > 0 }) {
			delete(wasAt, id)
		}
	}
	if diff := cmp.Diff(wantAt, wasAt); diff != "" {
		t.Errorf("households (+) and those of the whole (-) differ:\n%s", diff)
	}
	if diff := cmp.Diff(redirectsOf(whole), redirectsOf(part)); diff != "" {
		t.Errorf("redirects (+) and those of the whole (-) differ:\n%s", diff)
	}
}

func redirectsOf(res *Result) []Redirect { return slices.Clone(res.Redirects) }
