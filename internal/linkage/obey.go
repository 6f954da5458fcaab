package linkage

import "slices"

// cappedUnsure is the highest posterior of a link that a human called unsure.
const cappedUnsure = 0.8999

// applyGroups lets the mentions that a human joined share one verdict, and
// keeps those that a human held apart from one person.
func (r *resolver) applyGroups(hard bars) {
	for g := range r.groups {
		group := &r.groups[g]
		v := r.linked[group.profile]
		if len(group.persons) > 0 {
			v.state, v.at, v.p, v.decided = stateLinked, group.persons[0], 1, true
		} else if len(group.mentions) > 1 && v.state == stateLinked {
			v.decided = true
		}
		r.spread(g, v)
	}
	for r.separateOne(hard) {
	}
	r.soften(r.barred(r.rulings.soft))
}

// spread gives the verdict of a group to its mentions; a mention that stands
// alone in its group keeps its own unless a person was decided.
func (r *resolver) spread(g int, v verdict) {
	group := &r.groups[g]
	r.linked[group.profile] = v
	if len(group.mentions) == 1 && len(group.persons) == 0 {
		r.linked[group.profile] = r.linked[group.mentions[0]]
		return
	}
	for _, m := range group.mentions {
		own := r.linked[m].contest
		r.linked[m] = v
		r.linked[m].contest = own
	}
}

// separateOne finds one pair of groups that a human held apart and that went to
// one person, and takes the person from the weaker. Each call removes one
// candidate of one group, so repeating it ends.
func (r *resolver) separateOne(hard bars) bool {
	for g := range r.groups {
		for _, other := range hard.groups[g] {
			a, b := &r.linked[r.groups[g].profile], &r.linked[r.groups[other].profile]
			if g == other || a.state != stateLinked || b.state != stateLinked || a.at != b.at {
				continue
			}
			weaker := other
			if len(r.groups[other].persons) > 0 || len(r.groups[g].persons) == 0 && a.p < b.p {
				weaker = g
			}
			r.withdraw(weaker)
			return true
		}
	}
	return false
}

// withdraw takes the present person from a group and decides again.
func (r *resolver) withdraw(g int) {
	group := &r.groups[g]
	person := r.linked[group.profile].at
	for _, m := range append(slices.Clone(group.mentions), uint32(group.profile)) {
		v := &r.linked[m]
		v.contest.remove(person)
		v.state, v.p, v.decided = stateFree, 0, false
	}
	v := &r.linked[group.profile]
	if v.contest.n > 0 && !r.mentions.bare(group.profile) {
		r.decide(group.profile)
	}
	for _, m := range group.mentions {
		own := r.linked[m].contest
		r.linked[m] = *v
		r.linked[m].contest = own
	}
}

func (c *contest) remove(person uint32) {
	kept := slices.DeleteFunc(slices.Clone(c.best[:c.n]), func(x candidate) bool { return x.person == person })
	c.best = [keptCandidates]candidate{}
	c.n = uint8(copy(c.best[:], kept))
}

// soften lowers the links that a human called unsure below "likely".
func (r *resolver) soften(soft bars) {
	for g := range r.groups {
		v := &r.linked[r.groups[g].profile]
		unsure := slices.Contains(soft.persons[g], v.at)
		for _, other := range soft.groups[g] {
			o := &r.linked[r.groups[other].profile]
			unsure = unsure || o.state == stateLinked && o.at == v.at
		}
		if v.state != stateLinked || !unsure || v.decided {
			continue
		}
		for _, m := range r.groups[g].mentions {
			r.linked[m].p = min(r.linked[m].p, cappedUnsure)
		}
	}
}

// ruledMentions are the pairs of mentions that decisions join or hold apart,
// for the clustering of people on no register.
func (r *resolver) ruledMentions() (ruled pairsRuled) {
	for g := range r.groups {
		list := r.groups[g].mentions
		for i := 1; i < len(list); i++ {
			ruled.must = append(ruled.must, [2]uint32{list[0], list[i]})
		}
	}
	for _, aparts := range [][]apart{r.rulings.apart, r.rulings.soft} {
		b := r.barred(aparts)
		for g := range r.groups {
			for _, other := range b.groups[g] {
				ruled.cannot = append(ruled.cannot, crossPairs(r.groups[g].mentions, r.groups[other].mentions)...)
			}
		}
	}
	slices.SortFunc(ruled.cannot, func(a, b [2]uint32) int { return slices.Compare(a[:], b[:]) })
	ruled.cannot = slices.Compact(ruled.cannot)
	return ruled
}

func crossPairs(as, bs []uint32) [][2]uint32 {
	var out [][2]uint32
	for _, a := range as {
		for _, b := range bs {
			if a != b {
				out = append(out, [2]uint32{min(a, b), max(a, b)})
			}
		}
	}
	return out
}
