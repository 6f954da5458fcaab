package linkage

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// units are the register persons by definition: the rows of one
// (source_system, source_person_id).
type units struct {
	first    []uint32    // first row of each unit, plus one past the end
	editions [][]edition // the register files that list each
	adult    []adulthood
	sealed   []bool
	asOf     int32 // the day that ages are reckoned on, YYYYMMDD, 0 if unknown
	profiles *profiles
}

// adulthood is that a register of adults alone lists somebody: in the year that
// the register is of, 0 where it is the one that ages are reckoned on.
type adulthood struct {
	listed bool
	year   int16
}

// add notes a row of a register; the earliest year counts.
func (a *adulthood) add(m *recordMeta) {
	switch {
	case !m.adult:
	case !a.listed:
		a.listed, a.year = true, m.edition
	case m.edition != 0 && (a.year == 0 || m.edition < a.year):
		a.year = m.edition
	}
}

// unite makes one profile of the rows that share a key. Rows are in order of
// key; rows that name no human (address lists) are left out.
func (in *Intake) unite() (u units, unitOf []uint32) {
	u.profiles = newProfiles(len(in.recMeta), 0)
	unitOf = make([]uint32, len(in.recMeta))
	editions := in.editions()
	var rows []uint32
	for i := 0; i < len(in.recMeta); {
		end := i + 1
		for end < len(in.recMeta) && in.recMeta[end].key == in.recMeta[i].key {
			end++
		}
		rows = rows[:0]
		for r := i; r < end; r++ {
			unitOf[r] = noUnit
			if !in.recMeta[r].place {
				rows = append(rows, uint32(r))
			}
		}
		if len(rows) > 0 {
			n := u.profiles.join(in.records, rows)
			for _, r := range rows {
				unitOf[r] = uint32(n)
			}
			u.describe(in, rows, editions)
		}
		i = end
	}
	return u, unitOf
}

const noUnit = ^uint32(0)

// edition is one file of one source system. Each edition of an electoral
// register is one: two rows of it are two people, a row of this year's and one
// of an earlier year's may well be one.
type edition struct{ system, file uint32 }

// editions tells the files of each system apart. Records are numbered by
// (register, file, line), so a line number that does not rise starts a file.
func (in *Intake) editions() []edition {
	out := make([]edition, len(in.recMeta))
	systems := map[string]uint32{}
	file, line := map[uint32]uint32{}, map[uint32]int{}
	for _, i := range order(len(in.recMeta), func(i, j int) int { return cmp.Compare(in.recMeta[i].id, in.recMeta[j].id) }) {
		m := &in.recMeta[i]
		name, _, _ := strings.Cut(m.key, "\x00")
		system, ok := systems[name]
		if !ok {
			system = uint32(len(systems))
			systems[name] = system
		}
		if m.line > 0 {
			if m.line < line[system] {
				file[system]++
			}
			line[system] = m.line
		}
		out[i] = edition{system, file[system]}
	}
	return out
}

// describe notes what else the rows of a new unit say of it.
func (u *units) describe(in *Intake, rows []uint32, editions []edition) {
	u.first = append(u.first, rows[0])
	var listed []edition
	var adult adulthood
	sealed := false
	for _, r := range rows {
		m := &in.recMeta[r]
		sealed = sealed || m.sealed
		adult.add(m)
		if !slices.Contains(listed, editions[r]) {
			listed = append(listed, editions[r])
		}
	}
	u.sealed, u.adult, u.editions = append(u.sealed, sealed), append(u.adult, adult), append(u.editions, listed)
}

// pick gives some units as if there were no others.
func (u *units) pick(list []uint32) units {
	out := units{asOf: u.asOf, profiles: newProfiles(len(list), 0)}
	for _, n := range list {
		out.profiles.join(u.profiles, []uint32{n})
		out.first, out.editions = append(out.first, u.first[n]), append(out.editions, u.editions[n])
		out.adult, out.sealed = append(out.adult, u.adult[n]), append(out.sealed, u.sealed[n])
	}
	return out
}

// together reports that one edition of a register lists both.
func (u *units) together(a, b uint32) bool {
	return slices.ContainsFunc(u.editions[a], func(e edition) bool { return slices.Contains(u.editions[b], e) })
}

// youngestAdult is the age from which electoral registers (attainers) and
// council tax accounts list people.
const youngestAdult = 16

// tooYoung reports a row of a register of adults beside somebody who was a child
// when it was made: the son who has his father's name.
func (u *units) tooYoung(a, b uint32) bool {
	return u.childBeside(b, u.adult[a]) || u.childBeside(a, u.adult[b])
}

func (u *units) childBeside(x uint32, a adulthood) bool {
	on := u.asOf
	if last := endOf(int32(a.year)); a.year != 0 && (on == 0 || last < on) {
		on = last
	}
	return a.listed && on != 0 && slices.ContainsFunc(u.profiles.bornOf(int(x)), func(born int32) bool { return born > on-youngestAdult*10_000 })
}

// endOf is the last day of a year, YYYYMMDD.
func endOf(year int32) int32 { return year*10_000 + 12_31 }

// pairsRuled are the pairs that human decisions join or hold apart.
type pairsRuled struct{ must, cannot [][2]uint32 }

// duplicateThreshold is the posterior weight, in hundredths of a bit, above
// which two register persons are one human: 2^7, a little over 0.99.
const duplicateThreshold = 700

// keptEvidence is how far below even odds a scored pair still counts against
// joining its clusters.
const keptEvidence = -2000

// leastWeightOf is the weight below which a scored pair is left out where two
// taken at random are one human with this probability.
func leastWeightOf(match float64) int32 { return keptEvidence - hundredthsWide(match) }

// mostPartners bounds, when the prior is fitted, how many other records a person
// has on average.
const mostPartners = 8

func weightsOf(edges []edge) []int32 {
	var out []int32
	for _, e := range edges {
		if e.weight > vetoWeight {
			out = append(out, e.weight)
		}
	}
	return out
}

func shiftEdges(edges []edge, by int32) {
	for i := range edges {
		if edges[i].weight > vetoWeight {
			edges[i].weight += by
		}
	}
}

// joinDuplicates finds the register persons that are one human; pairs lighter
// than least are left out. It returns for each unit the smallest unit of its
// human.
func joinDuplicates(ctx context.Context, in *Intake, u units, c func() *comparer, p *Params, ruled pairsRuled, least int32, skipped *skips, workers int) ([]uint32, error) {
	n := u.profiles.len()
	set := exactKeys | 1<<keyGivenBorn | 1<<keySurnameBorn | 1<<keyUPRN | 1<<keyInitialDoor
	set &^= 1 << keyName
	pairs, err := scorePairs(ctx, in.words, u.profiles, set, c, skipped, workers, func(a, b uint32, v *vector, weight int32) (int32, bool) {
		if u.apart(a, b, v) {
			return vetoWeight, true
		}
		return weight, weight > least
	})
	if err != nil {
		return nil, err
	}
	if p.Match == 0 {
		p.Match = fitPrior(weightsOf(pairs), n, mostPartners)
	}
	shiftEdges(pairs, hundredthsWide(p.Match)-duplicateThreshold)
	own := c()
	conflict := own.test(u.profiles, u.apart)
	g := &guard{edges: dropAmbiguous(pairs, n, conflict, own.test(u.profiles, sureBeyondHome)), must: ruled.must, cannot: ruled.cannot, conflict: conflict}
	return g.cluster(n), nil
}

// apart reports two register persons that the machine never joins.
func (u *units) apart(a, b uint32, v *vector) bool {
	return vetoed(v) || (u.sealed[a] || u.sealed[b]) && !sameIdentity(v) || u.together(a, b) && !sureBeyondHome(a, b, v) || u.tooYoung(a, b)
}

// sameIdentity reports rows that give the same name and the same birth date or
// number, so that joining them cannot link an old identity of a protected person
// with a new one.
func sameIdentity(v *vector) bool {
	same := v[fieldBorn] == bornExact || v[fieldNINO] == idSame || v[fieldNHS] == idSame
	return v[fieldName] == nameExact && same || v[fieldName] == nameExact && v[fieldBorn] == missing && v[fieldHome] == homeSame
}

// sureBeyondHome reports that more than name and address speaks for one human: a
// birth date or an identifier agrees. Name and address alone may be father and
// son.
func sureBeyondHome(_, _ uint32, v *vector) bool {
	return v[fieldBorn] <= bornEdit || v[fieldNINO] == idSame || v[fieldNHS] == idSame || v[fieldUnique] == idSame
}

// test makes a question about two profiles of one about their comparison.
func (c *comparer) test(p *profiles, is func(a, b uint32, v *vector) bool) func(a, b uint32) bool {
	return func(a, b uint32) bool {
		var v vector
		c.compare(p, int(a), p, int(b), &v)
		return is(a, b, &v)
	}
}

// scorePairs compares all pairs of profiles that share a key. keep turns a
// level vector and its weight into the weight of an edge.
func scorePairs(ctx context.Context, w *words, p *profiles, set keySet, c func() *comparer, skipped *skips, workers int,
	keep func(a, b uint32, v *vector, weight int32) (int32, bool)) ([]edge, error) {
	ix := indexKeys(w, p, set)
	parts := make([][]edge, (p.len()+chunk-1)/chunk)
	losses := make([]skips, len(parts))
	err := ranges(ctx, p.len(), workers, func() *worker { return newWorker(c()) }, func(s *worker, from, to int) {
		var out []edge
		s.skipped = skips{}
		for i := from; i < to; i++ {
			out = s.pairsOf(w, p, i, set, ix, keep, out)
		}
		parts[from/chunk], losses[from/chunk] = out, s.skipped
	})
	var all []edge
	for i := range parts {
		all = append(all, parts[i]...)
		skipped.add(&losses[i])
	}
	return all, err
}

// pairsOf scores profile i against those after it.
func (s *worker) pairsOf(w *words, p *profiles, i int, set keySet, ix *keyIndex, keep func(a, b uint32, v *vector, weight int32) (int32, bool), out []edge) []edge {
	s.ids = s.ids[:0]
	s.keys = keysOf(w, p, i, set, s.keys[:0])
	for _, k := range s.keys {
		if !set.has(k.kind) {
			continue
		}
		block := ix.find(k.hash)
		at, _ := slices.BinarySearch(block, uint32(i)+1)
		rest := block[at:]
		if len(block) > k.kind.cap() {
			s.skipped[k.kind]++
			rest = sparse(k.kind, at-1, rest)
		}
		s.ids = append(s.ids, rest...)
	}
	slices.Sort(s.ids)
	s.ids = slices.Compact(s.ids)
	var v vector
	for _, j := range s.ids {
		weight := s.compare(p, i, p, int(j), &v)
		if weight, ok := keep(uint32(i), j, &v, weight); ok {
			out = append(out, edge{uint32(i), j, weight})
		}
	}
	return out
}

// How a block over its cap is compared where it stands for an identifier: its
// first members with all, every other with its next ones. One who is named in a
// thousand documents stays one.
const (
	hubs     = 24
	hubReach = 20_000
	nextOnes = 12
)

// sparse gives those of the rest of a large block that its nth member (from 0)
// is compared with.
func sparse(kind keyKind, n int, rest []uint32) []uint32 {
	switch {
	case kind != keyID && kind != keyContact:
		return nil
	case n < hubs:
		return rest[:min(len(rest), hubReach)]
	}
	return rest[:min(len(rest), nextOnes)]
}

// ambiguity is how close, in hundredths of a bit, the two best partners of a
// node may be when they cannot both be it: closer, and it stays alone.
const ambiguity = 400

// mostPartnersWeighed bounds the partners of a node that are held against each
// other.
const mostPartnersWeighed = 16

// dropAmbiguous leaves a node alone whose best partners weigh about the same and
// exclude each other: father and son of one name, and a third row that could be
// either. It keeps the pairs of such a node that more than name and address
// speaks for: a partner's partner would lead it to one of the two all the same.
func dropAmbiguous(edges []edge, n int, conflict, sure func(a, b uint32) bool) []edge {
	of := make([][]edge, n)
	for _, e := range edges {
		if e.weight >= 0 {
			of[e.a] = append(of[e.a], e)
			of[e.b] = append(of[e.b], edge{e.b, e.a, e.weight})
		}
	}
	drop := map[[2]uint32]bool{}
	for node, list := range of {
		slices.SortFunc(list, func(x, y edge) int { return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.b, y.b)) })
		if !ambiguous(list[:min(len(list), mostPartnersWeighed)], conflict) {
			continue
		}
		for _, e := range list {
			if !sure(e.a, e.b) {
				drop[[2]uint32{min(uint32(node), e.b), max(uint32(node), e.b)}] = true
			}
		}
	}
	return slices.DeleteFunc(edges, func(e edge) bool { return drop[[2]uint32{e.a, e.b}] })
}

// ambiguous reports partners, heaviest first, of which two that weigh about as
// much as the best exclude each other. Every two are held against each other, not
// each against the best alone: father and son may stand twice, in the registers of
// two years.
func ambiguous(list []edge, conflict func(a, b uint32) bool) bool {
	near := 0
	for near < len(list) && list[0].weight-list[near].weight <= ambiguity {
		near++
	}
	for i, x := range list[:near] {
		for _, y := range list[i+1 : near] {
			if conflict(x.b, y.b) {
				return true
			}
		}
	}
	return false
}
