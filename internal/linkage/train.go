package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Training moves the shipped parameters towards what the data shows, by
// expectation and maximisation over level patterns (Fellegi and Sunter's model).
// U comes from pairs taken at random, M from several passes over pairs that share
// a key, each learning the fields that its key does not fix. Everything is
// counted in an order of content, so that fitted parameters depend on the data
// alone.

// sample gives pairs to train on: two sets of profiles, which may be one.
type sample struct {
	words *words
	a, b  *profiles
	rows  []uint32 // of a, each different profile once: a letter sent a thousand times teaches once
	same  bool     // a and b are one set: pairs are taken once, and none with itself
}

func newSample(w *words, a, b *profiles) sample {
	s := sample{words: w, a: a, b: b, same: a == b}
	seen := make(map[uint64]bool, a.len())
	for i := range a.len() {
		if h := a.hash(i); !seen[h] || s.same {
			seen[h] = true
			s.rows = append(s.rows, uint32(i))
		}
	}
	return s
}

// belief is how many observations the parameters held so far count for beside
// the data's own.
type belief struct{ m, u float64 }

var (
	councilBelief = belief{m: 400, u: 200_000}
	genericBelief = belief{m: 12, u: 20_000}
)

// trainingPasses are the keys whose blocks are learned from, with the fields
// that each fixes and so cannot teach.
var trainingPasses = []struct {
	key   keyKind
	fixes []int
}{
	{keyID, []int{fieldNINO, fieldNHS, fieldUnique}},
	{keyNameBorn, []int{fieldName, fieldBorn}},
	{keyNamePostcode, []int{fieldName, fieldHome}},
	{keyBornPostcode, []int{fieldBorn, fieldHome}},
	{keyContact, []int{fieldRef, fieldEmail, fieldPhone, fieldAccount}},
	{keySurnameBorn, []int{fieldName, fieldBorn}},
	{keyName, []int{fieldName}},
}

const (
	mostTrainingPairs = 200_000
	mostRandomPairs   = 400_000
	leastMatches      = 30 // expected in a pass; fewer teach nothing
)

// train returns the parameters fitted to a sample.
func train(ctx context.Context, s sample, c *comparer, p Params, trust belief) (Params, error) {
	if s.a.len() == 0 || s.b.len() < 2 {
		return p, nil
	}
	start := p.clone()
	random := s.randomPatterns(c)
	p.learnU(random, start, trust)
	var passes []patterns
	for _, pass := range trainingPasses {
		if err := ctx.Err(); err != nil {
			return p, err
		}
		passes = append(passes, s.passPatterns(c, pass.key, pass.fixes))
	}
	var seen [][]float64
	for range 3 {
		seen = p.learnM(passes, start, trust)
		p.cleanU(random, start, trust, s.matchShare(passes, &p))
	}
	p.repair(seen)
	return p, nil
}

// patterns are level vectors with how often they were seen, sorted.
type patterns struct {
	list  []vector
	count []float64
}

func newPatterns(seen map[vector]int) patterns {
	var p patterns
	for v := range seen {
		p.list = append(p.list, v)
	}
	slices.SortFunc(p.list, func(a, b vector) int { return slices.Compare(a[:], b[:]) })
	for _, v := range p.list {
		p.count = append(p.count, float64(seen[v]))
	}
	return p
}

// randomPatterns compares pairs taken by a fixed stride through both sets.
func (s sample) randomPatterns(c *comparer) patterns {
	seen := map[vector]int{}
	na, nb := uint64(len(s.rows)), uint64(s.b.len())
	n := uint64(mostRandomPairs)
	if total := na * nb; total < n {
		n = total
	}
	var v vector
	for k := range n {
		h := mix(k + 0x9e3779b97f4a7c15)
		i, j := int(s.rows[h>>32%na]), int(h&0xffffffff%nb)
		if s.same && i == j {
			continue
		}
		c.compare(s.a, i, s.b, j, &v)
		v[rarityAt] = 0
		seen[v]++
	}
	return newPatterns(seen)
}

// passPatterns compares the pairs that share a key, spread evenly over the set.
func (s sample) passPatterns(c *comparer, kind keyKind, fixes []int) patterns {
	set := keySet(1) << kind
	ix := indexKeys(s.words, s.b, set)
	seen := map[vector]int{}
	var v vector
	var keys []key
	pairs, stride := 0, 1+len(s.rows)/mostTrainingPairs
	for n := 0; n < len(s.rows) && pairs < mostTrainingPairs; n += stride {
		i := int(s.rows[n])
		keys = keysOf(s.words, s.a, i, set, keys[:0])
		for _, k := range keys {
			if k.kind != kind {
				continue
			}
			block := ix.find(k.hash)
			if len(block) > k.kind.cap() {
				continue
			}
			for _, j := range block {
				if s.same && int(j) <= i {
					continue
				}
				c.compare(s.a, i, s.b, int(j), &v)
				v[rarityAt] = 0
				for _, f := range fixes {
					v[f] = missing
				}
				seen[v]++
				pairs++
			}
		}
	}
	return newPatterns(seen)
}

// learnU counts the levels of random pairs.
func (p *Params) learnU(random patterns, start Params, trust belief) {
	for f := range p.Fields {
		shares, n := random.shares(f, len(p.Fields[f].Levels), nil)
		for l := range shares {
			p.Fields[f].Levels[l].U = (shares[l] + trust.u*start.Fields[f].Levels[l].U) / (n + trust.u)
		}
	}
}

// cleanU takes out of the random pairs those that are one human, which in a
// small set with many duplicates are not few.
func (p *Params) cleanU(random patterns, start Params, trust belief, match float64) {
	for f := range p.Fields {
		shares, n := random.shares(f, len(p.Fields[f].Levels), nil)
		for l := range shares {
			level := &p.Fields[f].Levels[l]
			clean := max(shares[l]-n*match*level.M, shares[l]*0.05)
			level.U = max((clean+trust.u*start.Fields[f].Levels[l].U)/(n+trust.u), 1e-9)
		}
	}
}

// at is the place of a field in a vector.
func at(field int) int {
	if field < fieldCount {
		return field
	}
	return rarityAt + 1 + field - fieldCount
}

// shares sums the counts of each level of a field, weighted if weight is given.
func (ps patterns) shares(field, levels int, weight []float64) ([]float64, float64) {
	out, n := make([]float64, levels), 0.0
	for i, v := range ps.list {
		if l := v[at(field)]; int(l) < levels {
			w := ps.count[i]
			if weight != nil {
				w *= weight[i]
			}
			out[l] += w
			n += w
		}
	}
	return out, n
}

// learnM runs every pass to its fixed point and pools what they teach. It
// returns the matches expected per field and level.
func (p *Params) learnM(passes []patterns, start Params, trust belief) [][]float64 {
	sums := make([][]float64, len(p.Fields))
	for f := range sums {
		sums[f] = make([]float64, len(p.Fields[f].Levels))
	}
	for _, pass := range passes {
		match, expected := p.expect(pass, start, trust)
		if expected < leastMatches {
			continue
		}
		for f := range p.Fields {
			shares, _ := pass.shares(f, len(sums[f]), match)
			for l := range shares {
				sums[f][l] += shares[l]
			}
		}
	}
	for f := range p.Fields {
		p.setM(f, sums[f], start, trust)
	}
	return sums
}

func (p *Params) setM(f int, sums []float64, start Params, trust belief) {
	n := 0.0
	for _, s := range sums {
		n += s
	}
	for l := range sums {
		p.Fields[f].Levels[l].M = max((sums[l]+trust.m*start.Fields[f].Levels[l].M)/(n+trust.m), 1e-5)
	}
}

// expect fits one pass: the probability that each pattern is a match, and the
// number of matches expected.
func (p *Params) expect(pass patterns, start Params, trust belief) ([]float64, float64) {
	q := p.clone()
	match := make([]float64, len(pass.list))
	share, expected := 0.5, 0.0
	for range 20 {
		w := q.weights()
		total := 0.0
		expected = 0
		prior := math.Log2(share / (1 - share))
		for i := range pass.list {
			v := pass.list[i]
			v[rarityAt] = 128
			o := math.Exp2(float64(w.total(&v, len(q.Fields)-fieldCount))/100 + prior)
			match[i] = o / (1 + o)
			expected += match[i] * pass.count[i]
			total += pass.count[i]
		}
		if total == 0 {
			return match, 0
		}
		share = max(0.001, min(0.999, expected/total))
		for f := range q.Fields {
			shares, _ := pass.shares(f, len(q.Fields[f].Levels), match)
			q.setM(f, shares, start, trust)
		}
	}
	return match, expected
}

// matchShare is the share of random pairs that are one human.
func (s sample) matchShare(passes []patterns, p *Params) float64 {
	best := 0.0
	for _, pass := range passes {
		w := p.weights()
		sum := 0.0
		for i := range pass.list {
			v := pass.list[i]
			v[rarityAt] = 128
			sum += probability(w.total(&v, len(p.Fields)-fieldCount)) * pass.count[i]
		}
		best = max(best, sum)
	}
	pairs := float64(len(s.rows)) * float64(s.b.len())
	if s.same {
		pairs /= 2
	} else {
		best = max(best, p.OnRegister*float64(len(s.rows)))
	}
	return min(best/pairs, 0.5)
}

// chains are runs of levels of which each must weigh at least as much as the
// next, whatever a small or odd set of data shows.
var chains = map[int][][]int{
	fieldName: {{nameExact, nameNick, nameBothNear, nameElse}, {nameExact, nameNear, nameBothNear}, {nameExact, namePart, nameBothNear}, {nameExact, nameInitial, nameInitialNear, nameElse},
		{nameExact, nameSurname, nameElse}, {nameGivenChanged, nameElse}, {nameBothNear, nameGivenSound, nameElse}},
	fieldMiddle: {{middleExact, middleInitial, middleElse}},
	fieldBorn:   {{bornExact, bornEdit, bornYear, bornElse}, {bornExact, bornSwapped, bornElse}, {bornEdit, bornDecade, bornElse}, {bornPart, bornElse}, {bornAge, bornAgeNear, bornElse}},
	fieldHome: {{homeSame, homeBuilding, homeStreet, homeElse}, {homeSame, homeDoor, homeNeighbour, homeElse}, {homeSame, homeNear, homePostcodeNear, homeElse},
		{homeSame, homePostcode, homeNeighbour, homeSector, homeDistrict, homeElse}, {homeDoor, homeMisspelt, homeElse}, {homeStreetDoor, homeStreet}},
}

// repair puts right the pairs of levels of which the stronger weighs less: the
// one that was seen more often among matches stands, the other follows it.
func (p *Params) repair(seen [][]float64) {
	for f := range p.Fields {
		list, ok := chains[f]
		if !ok {
			list = [][]int{{0, 1, 2}}
			if f >= fieldCount {
				list = [][]int{{extraSame, extraNear, extraFair, extraElse}}
			}
		}
		for _, chain := range list {
			for k := 1; k < len(chain); k++ {
				hi, lo := &p.Fields[f].Levels[chain[k-1]], &p.Fields[f].Levels[chain[k]]
				switch {
				case lo.M*hi.U <= hi.M*lo.U:
				case seen[f][chain[k-1]] < seen[f][chain[k]]:
					hi.U = hi.M * lo.U / lo.M
				default:
					lo.M = hi.M * lo.U / hi.U
				}
			}
		}
	}
}

// fitPrior finds the odds that a pair taken at random is one human, from the
// scored pairs: at its fixed point the expected number of matches equals the
// share times all pairs. most bounds the expected partners of a profile.
func fitPrior(weights []int32, n int, most float64) float64 {
	slices.SortFunc(weights, func(a, b int32) int { return cmp.Compare(b, a) })
	pairs := float64(n) * float64(n-1) / 2
	share := 0.2 / float64(max(n, 1))
	for range 12 {
		prior, expected := hundredthsWide(share), 0.0
		for _, w := range weights {
			expected += probability(w + prior)
		}
		share = max(0.02*float64(n), min(most*float64(n)/2, expected)) / max(pairs, 1)
	}
	return share
}
