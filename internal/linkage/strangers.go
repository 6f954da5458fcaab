package linkage

import (
	"context"
	"slices"

	"github.com/reeve-council/reeve"
)

// twins are mentions with exactly the same profile: scored once, they keep a
// value that stands in a thousand documents from making a million pairs.
type twins struct {
	members [][]uint32 // mentions of each node, ascending
}

// collapse groups the mentions given into nodes. A bare name is never the same
// human in two documents, so it always stays a node of its own.
func collapse(p *profiles, mentions []uint32) twins {
	byHash := map[uint64][]int{}
	var t twins
	for _, m := range mentions {
		if p.bare(int(m)) || !p.tied(int(m)) {
			t.members = append(t.members, []uint32{m})
			continue
		}
		h := p.hash(int(m))
		at := -1
		for _, n := range byHash[h] {
			if p.same(int(t.members[n][0]), int(m)) {
				at = n
				break
			}
		}
		if at < 0 {
			at = len(t.members)
			byHash[h] = append(byHash[h], at)
			t.members = append(t.members, nil)
		}
		t.members[at] = append(t.members[at], m)
	}
	return t
}

// tied reports that a profile holds enough for two equal ones to be one human:
// an id, or a full name with a birth date or an address.
func (p *profiles) tied(i int) bool {
	for _, id := range p.idsOf(i) {
		if id.field <= fieldUnique {
			return true
		}
	}
	full := slices.ContainsFunc(p.namesOf(i), func(n nameForm) bool { return n.given != 0 && n.surname != 0 })
	return full && (len(p.bornOf(i)) > 0 || len(p.homesOf(i)) > 0 || len(p.idsOf(i)) > 0)
}

func (p *profiles) hash(i int) uint64 {
	h := uint64(14695981039346656037)
	fold := func(x uint32) { h = mix(h ^ uint64(x)) }
	for _, n := range p.namesOf(i) {
		fold(n.given)
		fold(n.middle)
		fold(n.surname)
	}
	for _, b := range p.bornOf(i) {
		fold(uint32(b))
	}
	for _, a := range p.homesOf(i) {
		fold(a.uprn)
		fold(a.number)
		fold(a.street)
		fold(a.postcode)
	}
	for _, id := range p.idsOf(i) {
		fold(id.value)
	}
	return h
}

func (p *profiles) same(i, j int) bool {
	return slices.Equal(p.namesOf(i), p.namesOf(j)) && slices.Equal(p.bornOf(i), p.bornOf(j)) && slices.Equal(p.homesOf(i), p.homesOf(j)) &&
		slices.Equal(p.idsOf(i), p.idsOf(j)) && p.ages[i] == p.ages[j]
}

// strangerThreshold is the posterior weight above which two mentions that no
// register claims are one human: 2^3.5, a probability of 0.92.
const strangerThreshold = 350

// leastStrangers is the number of people outside the registers that the prior
// reckons with at least.
const leastStrangers = 200

// clusterStrangers joins the mentions that nobody on a register claims. It
// returns groups of mentions, each ascending, in order of their first mention.
// Pairs lighter than least are left out; 0 chooses it by their number.
func clusterStrangers(ctx context.Context, in *Intake, mentions []uint32, c func() *comparer, p *Params, ruled pairsRuled, least int32, skipped *skips, workers int) ([][]uint32, error) {
	t := collapse(in.mentions, mentions)
	t.split(ruled.cannot)
	node := map[uint32]uint32{}
	profs := newProfiles(len(t.members), 0)
	for n, members := range t.members {
		profs.join(in.mentions, members[:1])
		for _, m := range members {
			node[m] = uint32(n)
		}
	}
	n := len(t.members)
	if least == 0 {
		least = leastWeightOf(1 / float64(max(n, 1)))
	}
	pairs, err := scorePairs(ctx, in.words, profs, acrossKeys|1<<keyInitialDoor|1<<keyGivenBorn, c, skipped, workers, func(a, b uint32, v *vector, weight int32) (int32, bool) {
		if vetoed(v) {
			return vetoWeight, true
		}
		return weight, weight > least
	})
	if err != nil {
		return nil, err
	}
	if p.Stranger == 0 {
		p.Stranger = fitPrior(weightsOf(pairs), max(n, leastStrangers), mostPartners)
	}
	shiftEdges(pairs, hundredthsWide(p.Stranger)-strangerThreshold)
	own := c()
	conflict := own.test(profs, func(_, _ uint32, v *vector) bool { return vetoed(v) })
	g := &guard{edges: dropAmbiguous(pairs, n, conflict, own.test(profs, sureBeyondHome)), must: nodePairs(ruled.must, node), cannot: nodePairs(ruled.cannot, node), conflict: conflict}
	return t.groups(g.cluster(n)), nil
}

// split takes the mentions that a decision holds apart out of a common node.
func (t *twins) split(cannot [][2]uint32) {
	out := map[uint32]bool{}
	for _, c := range cannot {
		out[c[0]], out[c[1]] = true, true
	}
	if len(out) == 0 {
		return
	}
	var lone [][]uint32
	for n, members := range t.members {
		if len(members) == 1 {
			continue
		}
		t.members[n] = slices.DeleteFunc(slices.Clone(members), func(m uint32) bool {
			if out[m] {
				lone = append(lone, []uint32{m})
			}
			return out[m]
		})
	}
	t.members = append(slices.DeleteFunc(t.members, func(m []uint32) bool { return len(m) == 0 }), lone...)
	slices.SortFunc(t.members, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
}

// nodePairs turns pairs of mentions into pairs of nodes.
func nodePairs(pairs [][2]uint32, node map[uint32]uint32) [][2]uint32 {
	var out [][2]uint32
	for _, p := range pairs {
		a, okA := node[p[0]]
		b, okB := node[p[1]]
		if okA && okB && a != b {
			out = append(out, [2]uint32{a, b})
		}
	}
	return out
}

func (t *twins) groups(root []uint32) [][]uint32 {
	at := map[uint32]int{}
	var out [][]uint32
	for n, r := range root {
		g, ok := at[r]
		if !ok {
			g = len(out)
			at[r] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], t.members[n]...)
	}
	for _, g := range out {
		slices.Sort(g)
	}
	slices.SortFunc(out, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
	return out
}

// Probabilities that a mention on no register is one real human, by what it
// holds. Only a valid unique id beside a name is strong (contract).
const (
	realWithID      = 0.995
	realIDAlone     = 0.93
	realTied        = 0.95 // full name with birth date, address or contact
	realPartial     = 0.70 // surname or initial with one of these
	realNameAndSaid = 0.55 // a full name of which the document says more than the name
)

// realness is the probability that mention i is one human, 0 when it is too
// little to make a person of.
func (in *Intake) realness(i int) float64 {
	p, m := in.mentions, &in.menMeta[i]
	full, some := false, false
	for _, n := range p.namesOf(i) {
		full = full || n.surname != 0 && n.given != 0 && len(in.words.text[n.given]) > 1
		some = true
	}
	unique := slices.ContainsFunc(p.idsOf(i), func(id idValue) bool { return id.field <= fieldUnique })
	more := len(p.bornOf(i)) > 0 || len(p.homesOf(i)) > 0 || len(p.idsOf(i)) > 0
	switch {
	case unique && some:
		return realWithID
	case unique:
		return realIDAlone
	case !some:
		return 0
	case full && more:
		return realTied
	case more:
		return realPartial
	case full && !m.sole && (m.capacity == reeve.CapacitySubject || m.capacity == reeve.CapacityRelative):
		return realNameAndSaid
	}
	return 0
}
