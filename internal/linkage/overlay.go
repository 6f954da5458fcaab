package linkage

import (
	"context"
	"math"
	"slices"
)

// overlay lays what humans decided over what the machine made up its mind to.
// It touches the register persons, mentions and strangers that decisions name,
// and the mentions that compete for those persons; of each it depends on what
// the machine found for it and on the decisions alone. Reopen relies on that.
func (r *resolver) overlay(ctx context.Context) error {
	if len(r.rulings.group) == 0 {
		r.groupOf = map[uint32]int{}
		return nil
	}
	parts, err := r.rulePersons(ctx)
	if err != nil {
		return err
	}
	r.joinMentions()
	was := r.freeBefore()
	o := &overlay{resolver: r, parts: parts, hard: r.barred(r.rulings.apart), c: r.comparer(), redo: make([]bool, len(r.menMeta))}
	o.contests()
	o.verdicts()
	r.applyGroups(o.hard)
	return o.regroup(ctx, was)
}

// overlay is the state of one overlay.
type overlay struct {
	*resolver
	parts map[uint32][]uint32 // the persons that units of a person ruled anew are in now
	hard  bars
	c     *comparer
	redo  []bool // of each mention: a decision touches its contest
}

// rulePersons joins and parts register persons as decided. The machine's
// persons that a decision ties together are clustered afresh, all units of them
// and no others. It gives for each person that changed the new ones; all others
// have only been renumbered.
func (r *resolver) rulePersons(ctx context.Context) (map[uint32][]uint32, error) {
	ruled := r.ruledUnits()
	tied := newTies()
	for _, list := range [][][2]uint32{ruled.must, ruled.cannot} {
		for _, pair := range list {
			tied.tie(r.personOf[pair[0]], r.personOf[pair[1]])
		}
	}
	changed := map[uint32]bool{}
	var fresh [][]uint32
	for _, set := range tied.sets() {
		groups, err := r.rejoin(ctx, set, ruled)
		if err != nil {
			return nil, err
		}
		if slices.EqualFunc(groups, set, func(g []uint32, p uint32) bool { return slices.Equal(g, r.members[p]) }) {
			continue
		}
		for _, p := range set {
			changed[p] = true
		}
		fresh = append(fresh, groups...)
	}
	return r.renumber(changed, fresh), nil
}

// rejoin clusters the units of some persons, by the pairs that decisions rule.
// Groups are ascending, and in order of their first unit.
func (r *resolver) rejoin(ctx context.Context, persons []uint32, ruled pairsRuled) ([][]uint32, error) {
	var list []uint32
	for _, p := range persons {
		list = append(list, r.members[p]...)
	}
	slices.Sort(list)
	some := r.units.pick(list)
	root, err := joinDuplicates(ctx, r.Intake, some, r.comparer, &r.params, ruled.within(list), leastWeightOf(r.params.Match), &skips{}, 1)
	if err != nil {
		return nil, err
	}
	return groupsOf(list, root), nil
}

// groupsOf turns the roots of a list into groups of its members.
func groupsOf(list, root []uint32) [][]uint32 {
	at := map[uint32]int{}
	var out [][]uint32
	for i, first := range root {
		g, ok := at[first]
		if !ok {
			g = len(out)
			at[first] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], list[i])
	}
	return out
}

// within keeps the pairs of which both are in a sorted list, as places in it.
func (p pairsRuled) within(list []uint32) (out pairsRuled) {
	narrow := func(pairs [][2]uint32) (kept [][2]uint32) {
		for _, pair := range pairs {
			a, okA := slices.BinarySearch(list, pair[0])
			b, okB := slices.BinarySearch(list, pair[1])
			if okA && okB {
				kept = append(kept, [2]uint32{uint32(a), uint32(b)})
			}
		}
		return kept
	}
	return pairsRuled{narrow(p.must), narrow(p.cannot)}
}

// renumber replaces the persons changed by fresh ones and brings every number
// of a person up to date.
func (r *resolver) renumber(changed map[uint32]bool, fresh [][]uint32) map[uint32][]uint32 {
	parts := map[uint32][]uint32{}
	if len(changed) == 0 {
		return parts
	}
	list := fresh
	old := r.members
	for p, units := range old {
		if !changed[uint32(p)] {
			list = append(list, units)
		}
	}
	slices.SortFunc(list, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
	r.populate(list)
	r.moveIn()
	now := make([]uint32, len(old))
	for p, units := range old {
		now[p] = r.personOf[units[0]]
		if !changed[uint32(p)] {
			continue
		}
		for _, u := range units {
			if q := r.personOf[u]; !slices.Contains(parts[uint32(p)], q) {
				parts[uint32(p)] = append(parts[uint32(p)], q)
			}
		}
	}
	for i := range r.linked {
		if v := &r.linked[i]; v.state == stateLinked {
			v.at = now[v.at]
		}
	}
	r.linkedTo = now
	return parts
}

// contests looks again at every mention whose candidates a decision changed.
func (o *overlay) contests() {
	for i := range o.menMeta {
		k := &o.linked[i].contest
		group, named := o.groupOf[uint32(i)]
		o.redo[i] = named
		for _, c := range k.best[:k.n] {
			o.redo[i] = o.redo[i] || o.parts[c.person] != nil
		}
		if !o.redo[i] {
			o.renumbered(k)
			continue
		}
		var found []candidate
		for _, c := range k.best[:k.n] {
			if now := o.parts[c.person]; now != nil {
				found = o.weigh(i, now, found)
			} else {
				found = append(found, candidate{o.now(c.person), c.weight})
			}
		}
		if named {
			found = slices.DeleteFunc(found, func(c candidate) bool { return slices.Contains(o.hard.persons[group], c.person) })
		}
		o.linked[i].contest = o.settled(i, found, k.rest)
	}
	for g := range o.groups {
		o.groupContest(&o.groups[g], o.hard.persons[g])
	}
}

// now is the present number of a person that was not changed.
func (o *overlay) now(person uint32) uint32 {
	if o.linkedTo == nil {
		return person
	}
	return o.linkedTo[person]
}

func (o *overlay) renumbered(k *contest) {
	for c := range k.n {
		k.best[c].person = o.now(k.best[c].person)
	}
}

// weigh adds those of some persons that profile i could be.
func (o *overlay) weigh(i int, persons []uint32, found []candidate) []candidate {
	var v vector
	for _, p := range persons {
		if slices.ContainsFunc(found, func(c candidate) bool { return c.person == p }) {
			continue
		}
		weight := o.c.compare(o.mentions, i, o.persons, int(p), &v)
		if !vetoed(&v) && (v[fieldBorn] != missing || !o.unborn(i, p)) {
			found = append(found, candidate{p, weight})
		}
	}
	return found
}

// settled makes a contest of candidates and of the rest that the machine found.
func (o *overlay) settled(i int, found []candidate, rest int32) contest {
	k := rank(found)
	switch {
	case k.rest == noWeight:
		k.rest = rest
	case rest != noWeight:
		k.rest = int32(math.Round(100 * math.Log2(odds(k.rest)+odds(rest))))
	}
	if k.n > 0 {
		var v vector
		o.c.compare(o.mentions, i, o.persons, int(k.best[0].person), &v)
		k.named = o.c.weights.beyondName(&v) <= 0
	}
	return k
}

// groupContest lets the candidates of a group's mentions compete for all of
// them together.
func (o *overlay) groupContest(g *mentionGroup, barred []uint32) {
	var persons []uint32
	rest := int32(noWeight)
	for _, m := range g.mentions {
		k := &o.linked[m].contest
		rest = max(rest, k.rest)
		for _, c := range k.best[:k.n] {
			if !slices.Contains(persons, c.person) && !slices.Contains(barred, c.person) {
				persons = append(persons, c.person)
			}
		}
	}
	v := verdict{prior: priorOf(o.params.OnRegister, o.params.Persons)}
	v.contest = o.settled(g.profile, o.weigh(g.profile, persons, nil), rest)
	o.linked = append(o.linked, v)
}

// verdicts decides again on what decisions touched.
func (o *overlay) verdicts() {
	prior := priorOf(o.params.OnRegister, o.params.Persons)
	for i := range o.linked {
		if i < len(o.menMeta) && !o.redo[i] {
			continue
		}
		v := &o.linked[i]
		v.state, v.at, v.p, v.decided = stateFree, 0, 0, false
		if o.mentions.bare(i) {
			o.decideBare(i)
			continue
		}
		v.prior = prior
		o.decide(i)
	}
}

// freeBefore gives for each mention that the machine left to the strangers the
// number of its group there, counted from 1.
func (r *resolver) freeBefore() []uint32 {
	of := make([]uint32, len(r.menMeta))
	for g, list := range r.strange {
		for _, m := range list {
			of[m] = uint32(g) + 1
		}
	}
	return of
}

// regroup clusters again the strangers that decisions touch: the machine's
// groups that they tie together, with the mentions that they set free and
// without those that they gave to somebody.
func (o *overlay) regroup(ctx context.Context, was []uint32) error {
	groups := uint32(len(o.strange))
	tied, touched, ruled := newTies(), map[uint32]bool{}, o.ruledMentions()
	free := map[uint32]bool{}
	element := func(m uint32) uint32 { // a group of the machine's, or a mention set free
		if was[m] != 0 {
			return was[m] - 1
		}
		return groups + m
	}
	for i := range o.menMeta {
		m := uint32(i)
		if !o.redo[i] {
			continue
		}
		g, named := o.groupOf[m]
		joined := named && len(o.groups[g].mentions) > 1 // a human says that it is somebody
		free[m] = o.linked[i].state == stateFree && (joined || o.realness(i) > 0)
		if free[m] != (was[m] != 0) {
			touched[element(m)] = true
		}
		if was[m] != 0 || free[m] {
			tied.tie(element(m), element(m))
		}
	}
	for _, pairs := range [][][2]uint32{ruled.must, ruled.cannot} {
		for _, pair := range pairs {
			if (was[pair[0]] != 0 || free[pair[0]]) && (was[pair[1]] != 0 || free[pair[1]]) {
				touched[element(pair[0])] = true
			}
		}
	}
	o.tieDecided(tied, func(m uint32) (uint32, bool) { return element(m), was[m] != 0 || free[m] })
	return o.recluster(ctx, tied, touched, free, ruled)
}

// tieDecided ties the elements that one chain of decisions names.
func (o *overlay) tieDecided(tied *ties, element func(m uint32) (uint32, bool)) {
	chain := newTies()
	for _, list := range [][]apart{o.rulings.apart, o.rulings.soft} {
		for _, a := range list {
			chain.tie(uint32(a.a), uint32(a.b))
		}
	}
	first := map[uint32]uint32{}
	for _, g := range o.groups {
		link := chain.root(uint32(o.rulings.group[MentionKey(o.menMeta[g.mentions[0]].id)]))
		for _, m := range g.mentions {
			e, ok := element(m)
			if !ok {
				continue
			}
			if other, met := first[link]; met {
				tied.tie(other, e)
			} else {
				first[link] = e
			}
		}
	}
}

// recluster replaces the touched sets of elements by their new groups.
func (o *overlay) recluster(ctx context.Context, tied *ties, touched map[uint32]bool, free map[uint32]bool, ruled pairsRuled) error {
	groups := uint32(len(o.strange))
	gone := map[uint32]bool{}
	var fresh [][]uint32
	for _, set := range tied.sets() {
		if !slices.ContainsFunc(set, func(e uint32) bool { return touched[e] }) {
			continue
		}
		var list []uint32
		for _, e := range set {
			if e >= groups {
				list = append(list, e-groups)
				continue
			}
			gone[e] = true
			list = append(list, o.strange[e]...)
		}
		list = slices.DeleteFunc(list, func(m uint32) bool { return o.redo[m] && !free[m] })
		slices.Sort(list)
		some, err := clusterStrangers(ctx, o.Intake, list, o.comparer, &o.params, ruled, leastWeightOf(o.params.Stranger), &skips{}, 1)
		if err != nil {
			return err
		}
		fresh = append(fresh, some...)
	}
	for g, list := range o.strange {
		if !gone[uint32(g)] {
			fresh = append(fresh, list)
		}
	}
	slices.SortFunc(fresh, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
	o.strange = fresh
	return nil
}

// ties is a union-find over numbers that are few among many.
type ties struct{ parent map[uint32]uint32 }

func newTies() *ties { return &ties{parent: map[uint32]uint32{}} }

func (t *ties) root(x uint32) uint32 {
	for {
		up, ok := t.parent[x]
		if !ok || up == x {
			return x
		}
		x = up
	}
}

func (t *ties) tie(a, b uint32) {
	a, b = t.root(a), t.root(b)
	t.parent[max(a, b)] = min(a, b)
	if _, ok := t.parent[min(a, b)]; !ok {
		t.parent[min(a, b)] = min(a, b)
	}
}

// sets are the numbers tied together, each set ascending, in order of its first.
func (t *ties) sets() [][]uint32 {
	all := make([]uint32, 0, len(t.parent))
	for x := range t.parent {
		all = append(all, x)
	}
	slices.Sort(all)
	root := make([]uint32, len(all))
	for i, x := range all {
		root[i] = t.root(x)
	}
	return groupsOf(all, root)
}
