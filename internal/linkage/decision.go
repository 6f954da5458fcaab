package linkage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// What a human can decide of two people or mentions.
const (
	decidedSame      = "same"
	decidedDifferent = "different"
	decidedUnsure    = "unsure"
)

// RecordKey is the fingerprint by which a decision and a given id remember a
// register person; it survives re-runs and re-loads.
func RecordKey(system, sourceID string) string { return "r:" + system + "\x00" + sourceID }

// MentionKey is the fingerprint of a mention.
func MentionKey(id string) string { return "m:" + id }

// Keys are the fingerprints of a person as it stands: its register persons, or
// for someone on no register its mentions. A decision keeps them.
func Keys(p *reeve.Person, records []reeve.Record) []string {
	var out []string
	for _, id := range p.Records {
		if int(id) < len(records) {
			out = append(out, "r:"+records[id].Key())
		}
	}
	if len(p.Records) == 0 {
		for _, l := range p.Links {
			out = append(out, MentionKey(l.Mention))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Contradiction is a decision that could not be obeyed because it would break
// others; it is shown, never silently solved. A "same" yields to a "different":
// a false merge shows one human another's data.
type Contradiction struct {
	Decision int64
	With     []int64 // sorted
}

// rulings are the human decisions, closed over "same".
type rulings struct {
	group          map[string]int // of a key that some decision names
	keys           [][]string     // of each group
	apart          []apart
	soft           []apart // unsure
	Contradictions []Contradiction
}

type apart struct {
	a, b     int // groups
	decision int64
}

// rule reads the decisions. Of several on the same two sets of keys the last
// one holds.
func rule(decisions []reeve.Decision) *rulings {
	last := lastWord(decisions)
	forest := &keyForest{parent: map[string]string{}}
	for _, d := range last {
		forest.touch(d.KeysA)
		forest.touch(d.KeysB)
	}
	r := &rulings{group: map[string]int{}}
	for _, d := range last {
		if d.What == decidedSame {
			r.merge(forest, d, last)
		}
	}
	r.groups(forest)
	for _, d := range last {
		if d.What == decidedSame || len(d.KeysA) == 0 || len(d.KeysB) == 0 {
			continue
		}
		r.separate(forest, d)
	}
	return r
}

func (r *rulings) separate(f *keyForest, d reeve.Decision) {
	for _, a := range f.roots(d.KeysA) {
		for _, b := range f.roots(d.KeysB) {
			ga, gb := r.group[a], r.group[b]
			switch {
			case ga == gb && d.What == decidedDifferent:
				r.contradict(d.ID, nil)
			case ga == gb:
			case d.What == decidedDifferent:
				r.apart = append(r.apart, apart{ga, gb, d.ID})
			default:
				r.soft = append(r.soft, apart{ga, gb, d.ID})
			}
		}
	}
}

// lastWord sorts decisions by id and drops those that a later one on the same
// pair replaced. Keys are filled in from a mention id typed by hand.
func lastWord(decisions []reeve.Decision) []reeve.Decision {
	list := slices.Clone(decisions)
	for i := range list {
		list[i].KeysA, list[i].KeysB = keysOrTyped(list[i].KeysA, list[i].A), keysOrTyped(list[i].KeysB, list[i].B)
	}
	slices.SortStableFunc(list, func(a, b reeve.Decision) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.At, b.At), strings.Compare(a.A, b.A), strings.Compare(a.B, b.B), strings.Compare(a.What, b.What))
	})
	final := map[string]int{}
	pair := func(d reeve.Decision) string {
		a, b := strings.Join(d.KeysA, "\x01"), strings.Join(d.KeysB, "\x01")
		return min(a, b) + "\x02" + max(a, b)
	}
	for i, d := range list {
		final[pair(d)] = i
	}
	out := list[:0]
	for i, d := range list {
		if final[pair(d)] == i {
			out = append(out, d)
		}
	}
	return out
}

func keysOrTyped(keys []string, typed string) []string {
	if len(keys) == 0 && strings.HasPrefix(typed, "M") {
		return []string{MentionKey(typed)}
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// merge obeys a "same" unless it would join what a "different" holds apart.
func (r *rulings) merge(f *keyForest, d reeve.Decision, all []reeve.Decision) {
	before := f.clone()
	keys := append(slices.Clone(d.KeysA), d.KeysB...)
	for _, k := range keys[min(1, len(keys)):] {
		f.union(keys[0], k)
	}
	var with []int64
	for _, other := range all {
		if other.What == decidedDifferent && f.meet(other.KeysA, other.KeysB) && !before.meet(other.KeysA, other.KeysB) {
			with = append(with, other.ID)
		}
	}
	if with != nil {
		*f = *before
		r.contradict(d.ID, with)
	}
}

func (r *rulings) contradict(decision int64, with []int64) {
	slices.Sort(with)
	r.Contradictions = append(r.Contradictions, Contradiction{decision, slices.Compact(with)})
}

func (r *rulings) groups(f *keyForest) {
	all := make([]string, 0, len(f.parent))
	for k := range f.parent {
		all = append(all, k)
	}
	slices.Sort(all)
	for _, k := range all {
		root := f.root(k)
		g, ok := r.group[root]
		if !ok {
			g = len(r.keys)
			r.keys = append(r.keys, nil)
			r.group[root] = g
		}
		r.group[k] = g
		r.keys[g] = append(r.keys[g], k)
	}
}

// keyForest is a union-find over keys.
type keyForest struct{ parent map[string]string }

func (f *keyForest) touch(keys []string) {
	for _, k := range keys {
		if _, ok := f.parent[k]; !ok {
			f.parent[k] = k
		}
	}
}

func (f *keyForest) root(k string) string {
	for f.parent[k] != k {
		k = f.parent[k]
	}
	return k
}

func (f *keyForest) union(a, b string) {
	ra, rb := f.root(a), f.root(b)
	f.parent[max(ra, rb)] = min(ra, rb)
}

func (f *keyForest) roots(keys []string) []string {
	var out []string
	for _, k := range keys {
		out = append(out, f.root(k))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (f *keyForest) meet(a, b []string) bool {
	ra := f.roots(a)
	for _, k := range f.roots(b) {
		if slices.Contains(ra, k) {
			return true
		}
	}
	return false
}

func (f *keyForest) clone() *keyForest {
	c := &keyForest{parent: make(map[string]string, len(f.parent))}
	for k, v := range f.parent {
		c.parent[k] = v
	}
	return c
}
