package linkage

import (
	"cmp"
	"math"
	"slices"
)

// candidate is a person that could be the human of a mention.
type candidate struct {
	person uint32
	weight int32 // hundredths of a bit, without any prior
}

const keptCandidates = 4

// contest is what competes for one mention: the best candidates, heaviest first,
// and the weight of all others together.
type contest struct {
	best  [keptCandidates]candidate
	n     uint8
	named bool  // the best candidate agrees in nothing but the name
	rest  int32 // weight of the others' odds summed; noWeight if none
}

const noWeight = math.MinInt32 / 2

// lookup finds and scores the candidates of mentions.
type lookup struct {
	words    *words
	persons  *profiles
	mentions *profiles
	exact    *keyIndex
	fuzzy    *keyIndex
	hinted   func(i int, out []uint32) []uint32 // persons that a scan saw for mention i
	unborn   func(i int, person uint32) bool    // the document is older than the person
}

// worker is the state of one goroutine of a lookup.
type worker struct {
	*comparer
	keys    []key
	ids     []uint32
	found   []candidate
	seen    map[uint32]bool
	skipped skips
}

func newWorker(c *comparer) *worker { return &worker{comparer: c, seen: map[uint32]bool{}} }

// contest looks up mention i by the exact keys, and by the fuzzy ones too if
// those leave it unresolved.
func (l *lookup) contest(w *worker, i int, prior priors) contest {
	c := l.search(w, i, prior)
	if c.n > 0 {
		var v vector
		w.compare(l.mentions, i, l.persons, int(c.best[0].person), &v)
		c.named = w.weights.beyondName(&v) <= 0
	}
	return c
}

func (l *lookup) search(w *worker, i int, prior priors) contest {
	w.ids, w.found = w.ids[:0], w.found[:0]
	clear(w.seen)
	if l.hinted != nil {
		w.ids = l.hinted(i, w.ids)
	}
	l.collect(w, i, l.exact, exactKeys)
	c := rank(l.score(w, i))
	if _, p := prior.winner(&c); p >= 0.99 || l.mentions.bare(i) {
		return c
	}
	w.ids = w.ids[:0]
	l.collect(w, i, l.fuzzy, fuzzyKeys)
	return rank(l.score(w, i))
}

// collect appends the persons that share a key with mention i.
func (l *lookup) collect(w *worker, i int, ix *keyIndex, set keySet) {
	w.keys = keysOf(l.words, l.mentions, i, set, w.keys[:0])
	for _, k := range w.keys {
		if !set.has(k.kind) {
			continue
		}
		block := ix.find(k.hash)
		if len(block) > k.kind.cap() {
			w.skipped[k.kind]++
			continue
		}
		w.ids = append(w.ids, block...)
	}
}

// score compares mention i with the persons collected and adds them to found.
func (l *lookup) score(w *worker, i int) []candidate {
	slices.Sort(w.ids)
	w.ids = slices.Compact(w.ids)
	var v vector
	idless := len(l.mentions.idsOf(i)) == 0
	for _, p := range w.ids {
		if w.seen[p] {
			continue
		}
		w.seen[p] = true
		w.names(l.mentions.namesOf(i), l.persons.namesOf(int(p)), &v)
		if idless && nameVetoed(v[fieldName]) {
			continue
		}
		weight := w.compareRest(l.mentions, i, l.persons, int(p), &v)
		if v[fieldBorn] == missing && l.unborn != nil && l.unborn(i, p) {
			continue
		}
		if !vetoed(&v) {
			w.found = append(w.found, candidate{p, weight})
		}
	}
	return w.found
}

// nameVetoed reports names that only an agreeing identifier can overcome: a
// relative's, or a stranger's.
func nameVetoed(level byte) bool { return level == nameGivenConflict || level == nameElse }

// vetoed reports levels that no other evidence outweighs: two different
// National Insurance or NHS numbers, dates of birth more than one edit apart,
// another given name with the same surname (a relative), or another name
// altogether without an identifier that agrees. An agreeing unique identifier
// lifts the veto: then one of the values is wrong.
func vetoed(v *vector) bool {
	if v[fieldNINO] == idSame || v[fieldNHS] == idSame || v[fieldUnique] == idSame {
		return v[fieldNINO] == idElse && v[fieldNHS] == idElse
	}
	if v[fieldNINO] == idElse || v[fieldNHS] == idElse {
		return true
	}
	if (v[fieldNINO] == idNear || v[fieldNHS] == idNear) && (v[fieldName] != nameExact || v[fieldBorn] > bornEdit) {
		return true // twins are often numbered one after the other
	}
	switch v[fieldBorn] {
	case bornYear, bornDecade, bornElse:
		return true
	}
	return v[fieldName] == nameGivenConflict || v[fieldName] == nameElse && v[fieldEmail] != idSame && v[fieldPhone] != idSame && v[fieldRef] != idSame
}

// rank orders candidates by weight, then by person, and keeps the best.
func rank(found []candidate) contest {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.person, b.person))
	})
	c := contest{rest: noWeight}
	c.n = uint8(copy(c.best[:], found))
	if len(found) > keptCandidates {
		sum := 0.0
		for _, f := range found[keptCandidates:] {
			sum += odds(f.weight)
		}
		c.rest = int32(math.Round(100 * math.Log2(sum)))
	}
	return c
}

// priors are what is believed of a mention before it is compared: the weight
// for each single person of the registers against "nobody on a register".
type priors struct{ each int32 }

// priorOf spreads the share of mentions whose human is on a register evenly
// over the persons.
func priorOf(onRegister float64, persons int) priors {
	onRegister = max(0.001, min(0.999, onRegister))
	return priors{each: hundredthsWide(onRegister / (1 - onRegister) / float64(max(persons, 1)))}
}

func hundredthsWide(ratio float64) int32 { return int32(math.Round(100 * math.Log2(ratio))) }

// posteriors gives the probability of each kept candidate and of nobody.
func (p priors) posteriors(c *contest) (each [keptCandidates]float64, nobody float64) {
	total := 1.0
	for i := range c.n {
		each[i] = odds(c.best[i].weight + p.each)
		total += each[i]
	}
	if c.rest != noWeight {
		total += odds(c.rest + p.each)
	}
	for i := range c.n {
		each[i] /= total
	}
	return each, 1 / total
}

// winner gives the best candidate and its posterior; -1 when there is none.
func (p priors) winner(c *contest) (int, float64) {
	if c.n == 0 {
		return -1, 0
	}
	each, _ := p.posteriors(c)
	return int(c.best[0].person), each[0]
}
