package linkage

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/reeve-council/reeve"
)

// whoIs maps every register and mention key to the person that holds it.
func whoIs(res *Result, records []reeve.Record) map[string]string {
	out := map[string]string{}
	for i := range res.People {
		p := &res.People[i]
		for _, id := range p.Records {
			out["r:"+records[id].Key()] = p.ID
		}
		for _, l := range p.Links {
			out[MentionKey(l.Mention)] = p.ID
		}
	}
	return out
}

func smallTown(t testing.TB, seed uint64) Input {
	t.Helper()
	town := newTown(seed, 150)
	var in Input
	for i := range town.people {
		r := town.record(i)
		in.Records = append(in.Records, r)
		if i%5 == 0 { // a second register knows some of them
			r.System, r.SourceID, r.NINO = "HB", "b"+r.SourceID, ""
			in.Records = append(in.Records, r)
		}
	}
	for n := range 400 {
		m, _ := town.mentionOrStranger(n)
		in.Mentions = append(in.Mentions, m)
	}
	return in
}

// TestDecisionsHold makes random decisions on a random town and checks that no
// result breaks one that is not reported as contradicting another.
func TestDecisionsHold(t *testing.T) {
	for seed := range uint64(25) {
		in := smallTown(t, seed)
		var keys []string
		for i := range in.Records {
			keys = append(keys, "r:"+in.Records[i].Key())
		}
		for i := range in.Mentions {
			keys = append(keys, MentionKey(in.Mentions[i].ID))
		}
		dice := &town{seed: seed + 99}
		for d := range 40 {
			what := decidedSame
			if dice.chance(50) {
				what = decidedDifferent
			}
			a, b := dice.draw(len(keys)), dice.draw(len(keys))
			if a != b {
				in.Decisions = append(in.Decisions, reeve.Decision{ID: int64(d + 1), What: what, A: "a", B: "b", KeysA: []string{keys[a]}, KeysB: []string{keys[b]}})
			}
		}
		res, err := Resolve(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		checkDecisions(t, seed, in, res)
	}
}

func checkDecisions(t *testing.T, seed uint64, in Input, res *Result) {
	t.Helper()
	who := whoIs(res, in.Records)
	for _, d := range lastWord(in.Decisions) {
		if slices.ContainsFunc(res.Contradictions, func(c Contradiction) bool { return c.Decision == d.ID }) {
			continue
		}
		a, b := who[d.KeysA[0]], who[d.KeysB[0]]
		if d.What == decidedSame && a != b {
			t.Errorf("seed %d: decision %d says %q and %q are the same; they are %q and %q", seed, d.ID, d.KeysA[0], d.KeysB[0], a, b)
		}
		if d.What == decidedDifferent && a == b && a != "" {
			t.Errorf("seed %d: decision %d says %q and %q differ; both are %q", seed, d.ID, d.KeysA[0], d.KeysB[0], a)
		}
	}
}

func TestContradiction(t *testing.T) {
	key := func(id string) []string { return []string{RecordKey("HOUSING-X", id)} }
	res := resolveStreet(t, Input{Task: Task{Decisions: []reeve.Decision{
		{ID: 1, What: "same", KeysA: key("1"), KeysB: key("3")},
		{ID: 2, What: "same", KeysA: key("3"), KeysB: key("5")},
		{ID: 3, What: "different", KeysA: key("1"), KeysB: key("5")},
	}}})
	want := []Contradiction{{Decision: 2, With: []int64{3}}}
	if !reflect.DeepEqual(res.Contradictions, want) {
		t.Errorf("contradictions %v, want %v", res.Contradictions, want)
	}
	who := whoIs(res, street())
	if who[key("1")[0]] != who[key("3")[0]] || who[key("1")[0]] == who[key("5")[0]] {
		t.Errorf("the decisions that do not contradict were not obeyed: %v", who)
	}
}

func TestLaterDecisionReplaces(t *testing.T) {
	a, b := []string{RecordKey("HOUSING-X", "3")}, []string{RecordKey("HOUSING-X", "4")}
	res := resolveStreet(t, Input{Task: Task{Decisions: []reeve.Decision{
		{ID: 1, What: "different", KeysA: a, KeysB: b},
		{ID: 2, What: "same", KeysA: b, KeysB: a},
	}}})
	if who := whoIs(res, street()); who[a[0]] != who[b[0]] || len(res.Contradictions) > 0 {
		t.Errorf("the later decision does not hold: %v, contradictions %v", who, res.Contradictions)
	}
}

func TestUnsureLowersLink(t *testing.T) {
	m := mention("M1", reeve.Name{Given: "Piotr", Surname: "Wisniewski"}, born(1975, 11, 30))
	decision := reeve.Decision{ID: 1, What: "unsure", A: "M1", KeysB: []string{RecordKey("HOUSING-X", "5")}}
	res := resolveStreet(t, Input{Mentions: []reeve.Mention{m}, Task: Task{Decisions: []reeve.Decision{decision}}})
	if _, l, ok := linkOf(t, res, "M1"); !ok || l.Posterior >= 0.9 {
		t.Errorf("an unsure link stands at %v (%v), want below 0.9", l.Posterior, ok)
	}
}

// same compares two results but for the record numbers, which follow the input.
func sameResult(t *testing.T, what string, a, b *Result, recordsA, recordsB []reeve.Record) {
	t.Helper()
	flat := func(res *Result, records []reeve.Record) []string {
		var out []string
		for _, p := range res.People {
			var keys []string
			for _, id := range p.Records {
				keys = append(keys, records[id].Key())
			}
			slices.Sort(keys)
			out = append(out, fmt.Sprint(p.ID, keys, p.Households, p.Links))
		}
		for _, h := range res.Households {
			out = append(out, fmt.Sprint(h))
		}
		return append(out, fmt.Sprint(res.Residences, res.Placed, res.Assignments, res.Params, res.Skipped))
	}
	x, y := flat(a, recordsA), flat(b, recordsB)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			t.Fatalf("%s: line %d differs:\n%s\n%s", what, i, x[i], y[i])
		}
	}
	if len(x) != len(y) {
		t.Fatalf("%s: %d and %d lines", what, len(x), len(y))
	}
}

func shuffle[T any](list []T, seed uint64) []T {
	out, dice := slices.Clone(list), &town{seed: seed}
	for i := len(out) - 1; i > 0; i-- {
		j := dice.draw(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func TestOrderDoesNotMatter(t *testing.T) {
	in := smallTown(t, 5)
	in.Decisions = []reeve.Decision{
		{ID: 1, What: "same", KeysA: []string{MentionKey(in.Mentions[3].ID)}, KeysB: []string{MentionKey(in.Mentions[9].ID)}},
		{ID: 2, What: "different", KeysA: []string{MentionKey(in.Mentions[4].ID)}, KeysB: []string{"r:" + in.Records[7].Key()}},
	}
	first, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(4) {
		other := in
		other.Records, other.Mentions, other.Decisions = shuffle(in.Records, seed), shuffle(in.Mentions, seed+7), shuffle(in.Decisions, seed)
		other.Workers = int(seed) + 1
		res, err := Resolve(context.Background(), other)
		if err != nil {
			t.Fatal(err)
		}
		sameResult(t, fmt.Sprintf("order %d", seed), first, res, in.Records, other.Records)
	}
}

// TestDecisionMovesNoWeight checks that a decision changes its own people and
// leaves every other link as it was.
func TestDecisionMovesNoWeight(t *testing.T) {
	in := smallTown(t, 8)
	before, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	in.Params, in.Known = &before.Params, before.Assignments
	in.Decisions = []reeve.Decision{{ID: 1, What: "same", KeysA: []string{MentionKey(in.Mentions[0].ID)}, KeysB: []string{MentionKey(in.Mentions[1].ID)}}}
	after, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before.Params, after.Params) {
		t.Error("the parameters changed with a decision")
	}
	posterior := func(res *Result) map[string]float64 {
		out := map[string]float64{}
		for _, p := range res.People {
			for _, l := range p.Links {
				out[l.Mention] = l.Posterior
			}
		}
		return out
	}
	was, is := posterior(before), posterior(after)
	for _, m := range in.Mentions[2:] {
		if was[m.ID] != is[m.ID] {
			t.Errorf("%s: %v became %v", m.ID, was[m.ID], is[m.ID])
		}
	}
}
