package linkage

import (
	"cmp"
	"context"
	"slices"
)

// units are the register persons by definition: the rows of one
// (source_system, source_person_id).
type units struct {
	first    []uint32 // first row of each unit, plus one past the end
	system   []uint32 // a number per source system
	sealed   []bool
	profiles *profiles
}

// unite makes one profile of the rows that share a key. Rows are in order of
// key; rows that name no human (address lists) are left out.
func (in *Intake) unite() (u units, unitOf []uint32) {
	u.profiles = newProfiles(len(in.recMeta), 0)
	unitOf = make([]uint32, len(in.recMeta))
	systems := map[string]uint32{}
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
			u.first = append(u.first, rows[0])
			u.system = append(u.system, systemNumber(systems, in.recMeta[i].key))
			u.sealed = append(u.sealed, slices.ContainsFunc(in.recMeta[i:end], func(m recordMeta) bool { return m.sealed }))
		}
		i = end
	}
	return u, unitOf
}

const noUnit = ^uint32(0)

func systemNumber(systems map[string]uint32, key string) uint32 {
	name := key
	for i := range len(key) {
		if key[i] == 0 {
			name = key[:i]
			break
		}
	}
	n, ok := systems[name]
	if !ok {
		n = uint32(len(systems))
		systems[name] = n
	}
	return n
}

// pairsRuled are the pairs that human decisions join or hold apart.
type pairsRuled struct{ must, cannot [][2]uint32 }

// duplicateThreshold is the posterior weight, in hundredths of a bit, above
// which two register persons are one human: 2^7, a little over 0.99.
const duplicateThreshold = 700

// keptEvidence is how far below the threshold a scored pair still counts
// against joining its clusters.
const keptEvidence = -2000

// joinDuplicates finds the register persons that are one human. It returns for
// each unit the smallest unit of its human.
func joinDuplicates(ctx context.Context, in *Intake, u units, c func() *comparer, p *Params, ruled pairsRuled, skipped *skips, workers int) ([]uint32, error) {
	n := u.profiles.len()
	set := exactKeys | 1<<keyGivenBorn | 1<<keySurnameBorn | 1<<keyUPRN | 1<<keyInitialDoor
	set &^= 1 << keyName
	prior := hundredthsWide(p.Match)
	pairs, err := scorePairs(ctx, in.words, u.profiles, set, c, skipped, workers, func(a, b uint32, v *vector, weight int32) (int32, bool) {
		weight += prior - duplicateThreshold
		if u.apart(a, b, v) {
			return vetoWeight, true
		}
		return weight, weight > keptEvidence
	})
	if err != nil {
		return nil, err
	}
	own := c()
	conflict := func(a, b uint32) bool {
		var v vector
		own.compare(u.profiles, int(a), u.profiles, int(b), &v)
		return u.apart(a, b, &v)
	}
	g := &guard{edges: dropAmbiguous(pairs, n, conflict), must: ruled.must, cannot: ruled.cannot, conflict: conflict}
	return g.cluster(n), nil
}

// apart reports two register persons that the machine never joins.
func (u *units) apart(a, b uint32, v *vector) bool {
	return vetoed(v) || u.sealed[a] || u.sealed[b] || u.system[a] == u.system[b] && !sureInOneSystem(v)
}

// sureInOneSystem reports that two different persons of one register may be a
// duplicate entry: name and address alone may be father and son, so a birth
// date or an identifier must agree too.
func sureInOneSystem(v *vector) bool {
	return v[fieldBorn] <= bornEdit || v[fieldNINO] == idSame || v[fieldNHS] == idSame || v[fieldUnique] == idSame
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
		if len(block) > k.kind.cap() {
			s.skipped[k.kind]++
			continue
		}
		at, _ := slices.BinarySearch(block, uint32(i)+1)
		s.ids = append(s.ids, block[at:]...)
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

// ambiguity is how close, in hundredths of a bit, the two best partners of a
// node may be when they cannot both be it: closer, and it stays alone.
const ambiguity = 400

// dropAmbiguous removes the pairs of a node whose best partners exclude each
// other and weigh about the same: father and son of one name, and a third row
// that could be either.
func dropAmbiguous(edges []edge, n int, conflict func(a, b uint32) bool) []edge {
	of := make([][]edge, n)
	for _, e := range edges {
		if e.weight >= 0 {
			of[e.a] = append(of[e.a], e)
			of[e.b] = append(of[e.b], edge{e.b, e.a, e.weight})
		}
	}
	drop := map[[2]uint32]bool{}
	for node, list := range of {
		if len(list) < 2 {
			continue
		}
		slices.SortFunc(list, func(x, y edge) int { return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.b, y.b)) })
		markAmbiguous(uint32(node), list, conflict, drop)
	}
	return slices.DeleteFunc(edges, func(e edge) bool { return drop[[2]uint32{e.a, e.b}] })
}

func markAmbiguous(node uint32, list []edge, conflict func(a, b uint32) bool, drop map[[2]uint32]bool) {
	best := list[0]
	for _, e := range list[1:min(len(list), 16)] {
		if best.weight-e.weight > ambiguity {
			return
		}
		if conflict(best.b, e.b) {
			drop[[2]uint32{min(node, best.b), max(node, best.b)}] = true
			drop[[2]uint32{min(node, e.b), max(node, e.b)}] = true
		}
	}
}
