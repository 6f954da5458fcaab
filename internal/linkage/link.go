package linkage

import (
	"context"
	"math"
	"slices"

	"github.com/reeve-council/reeve"
)

// state of a mention after the registers were asked.
type state uint8

const (
	stateFree      state = iota // nobody on a register
	stateLinked                 // a register person
	statePlaced                 // somebody of one household, nobody knows who
	stateUnsettled              // several could be it, or a name alone
)

// verdict is what the registers say of one mention.
type verdict struct {
	contest contest
	prior   priors
	state   state
	at      uint32 // person, or door for statePlaced
	p       float32
	decided bool
}

// mentionGroup is a set of mentions that a human decided are one.
type mentionGroup struct {
	mentions []uint32
	persons  []uint32 // register persons that the same decision names
	profile  int      // of the group, among the mentions' profiles
}

// joinMentions finds the mentions that decisions name and makes one profile of
// each group, to be looked at as one.
func (r *resolver) joinMentions() {
	r.groupOf = map[uint32]int{}
	byRuling := map[int]int{}
	for i := range r.menMeta {
		ruling, ok := r.rulings.group[MentionKey(r.menMeta[i].id)]
		if !ok {
			continue
		}
		g, ok := byRuling[ruling]
		if !ok {
			g = len(r.groups)
			byRuling[ruling] = g
			r.groups = append(r.groups, mentionGroup{})
		}
		r.groups[g].mentions = append(r.groups[g].mentions, uint32(i))
		r.groupOf[uint32(i)] = g
	}
	units := r.unitsByGroup()
	for ruling, g := range byRuling {
		for _, u := range units[ruling] {
			r.groups[g].persons = append(r.groups[g].persons, r.personOf[u])
		}
		slices.Sort(r.groups[g].persons)
		r.groups[g].persons = slices.Compact(r.groups[g].persons)
	}
	for g := range r.groups {
		r.groups[g].profile = r.mentions.join(r.mentions, r.groups[g].mentions)
	}
}

// bars are the persons that decisions keep from a group of mentions, and the
// groups that they keep from each other.
type bars struct {
	persons map[int][]uint32
	groups  map[int][]int
}

// barred turns "different" (hard) or "unsure" (soft) into bars.
func (r *resolver) barred(list []apart) bars {
	b := bars{map[int][]uint32{}, map[int][]int{}}
	units, at := r.unitsByGroup(), map[int]int{}
	for i := range r.groups {
		at[r.rulings.group[MentionKey(r.menMeta[r.groups[i].mentions[0]].id)]] = i
	}
	for _, ap := range list {
		for _, side := range [2][2]int{{ap.a, ap.b}, {ap.b, ap.a}} {
			g, ok := at[side[0]]
			if !ok {
				continue
			}
			for _, u := range units[side[1]] {
				b.persons[g] = append(b.persons[g], r.personOf[u])
			}
			if other, ok := at[side[1]]; ok {
				b.groups[g] = append(b.groups[g], other)
			}
		}
	}
	return b
}

// link looks every mention up in the registers and decides.
func (r *resolver) link(ctx context.Context) error {
	n := len(r.menMeta)
	r.linked = make([]verdict, n)
	for i := range r.linked {
		r.linked[i].contest.rest = noWeight
	}
	if r.persons.len() == 0 {
		return nil
	}
	l := &lookup{words: r.words, persons: r.persons, mentions: r.mentions, hinted: r.hintedPersons(), unborn: r.unborn,
		exact: indexKeys(r.words, r.persons, exactKeys), fuzzy: indexKeys(r.words, r.persons, fuzzyKeys)}
	// The share that the look-ups themselves will show must not decide how far
	// they look, or the same parameters would give other candidates next time.
	prior := priorOf(shippedOnRegister, r.params.Persons)
	parts := make([]skips, (n+chunk-1)/chunk)
	err := ranges(ctx, n, r.task.Workers, func() *worker { return newWorker(r.comparer()) }, func(w *worker, from, to int) {
		w.skipped = skips{}
		for i := from; i < to; i++ {
			if !r.mentions.addressOnly(i) {
				r.linked[i].contest = l.contest(w, i, prior)
			}
		}
		parts[from/chunk] = w.skipped
	})
	for i := range parts {
		r.skipped.add(&parts[i])
	}
	if err != nil {
		return err
	}
	r.hints = nil
	r.estimateShare()
	r.decideAll()
	return nil
}

// unborn reports that the document of a mention bears a date of a year before
// any birth date that registers give for a person: the letter of 2009 was not
// written to the boy of 2016 who has his grandfather's name.
func (r *resolver) unborn(i int, person uint32) bool {
	if i >= len(r.menMeta) || r.menMeta[i].said == 0 {
		return false
	}
	year := r.menMeta[i].said / 10000
	births := r.persons.bornOf(int(person))
	return len(births) > 0 && !slices.ContainsFunc(births, func(b int32) bool { return b/10000 <= year })
}

// hintedPersons looks up the persons of the records that a scan saw.
func (r *resolver) hintedPersons() func(i int, out []uint32) []uint32 {
	most := reeve.RecordID(0)
	for i := range r.recMeta {
		most = max(most, r.recMeta[i].id)
	}
	of := make([]uint32, int(most)+1)
	for i := range of {
		of[i] = noUnit
	}
	for row := range r.recMeta {
		if u := r.unitOf[row]; u != noUnit {
			of[r.recMeta[row].id] = r.personOf[u]
		}
	}
	return func(i int, out []uint32) []uint32 {
		if i >= len(r.menMeta) {
			return out
		}
		m := &r.menMeta[i]
		for _, id := range r.hints[m.hintAt : m.hintAt+uint32(m.hintN)] {
			if int(id) < len(of) && of[id] != noUnit {
				out = append(out, of[id])
			}
		}
		return out
	}
}

// estimateShare fits the share of mentions whose human is on a register, from
// the mentions that hold more than a name. Sums are in millionths, so that their
// order cannot matter.
func (r *resolver) estimateShare() {
	if r.task.Params.usable() {
		return
	}
	share := r.params.OnRegister
	for range 8 {
		prior := priorOf(share, r.params.Persons)
		var sum, count int64
		for i := range r.menMeta {
			if !r.mentions.bare(i) && !r.mentions.addressOnly(i) {
				_, nobody := prior.posteriors(&r.linked[i].contest)
				sum += int64(math.Round((1 - nobody) * 1e6))
				count++
			}
		}
		share = (float64(sum)/1e6 + 60) / (float64(count) + 100)
	}
	r.params.OnRegister = math.Round(share*1e4) / 1e4
}

// decideAll turns contests into verdicts: first what holds more than a name,
// then the bare names, whose prior is what their document and folder showed.
func (r *resolver) decideAll() {
	prior := priorOf(r.params.OnRegister, r.params.Persons)
	local := r.newLocal()
	for i := range r.linked {
		r.linked[i].prior = prior
		if r.mentions.bare(i) {
			continue
		}
		r.decide(i)
		if !r.mentions.addressOnly(i) {
			local.count(i, r.linked[i].state == stateLinked && r.linked[i].p >= 0.9)
		}
	}
	for i := range r.linked {
		if r.mentions.bare(i) {
			r.linked[i].prior = priorOf(local.share(i), r.params.Persons)
			r.decideBare(i)
		}
	}
}

// saidAt is the household of the first address that a mention gives, or that
// the first mention of a group gives; -1 for none.
func (r *resolver) saidAt(i int) int {
	if i >= len(r.menMeta) {
		i = int(r.groups[i-len(r.menMeta)].mentions[0])
	}
	if r.mentions.homeAt[i] == r.mentions.homeAt[i+1] {
		return -1
	}
	return int(r.saidDoor[r.mentions.homeAt[i]])
}

func (r *resolver) decide(i int) {
	v := &r.linked[i]
	if r.mentions.addressOnly(i) {
		v.state = stateUnsettled
		if at := r.saidAt(i); at >= 0 {
			v.state, v.at = statePlaced, uint32(at)
		}
		return
	}
	most := 1.0
	if v.contest.named {
		// Like a bare name, and what else is known speaks rather against it.
		v.prior, most = priorOf(r.params.OnRegister*bareShare, r.params.Persons), mostBare
	}
	person, p := v.prior.winner(&v.contest)
	_, nobody := v.prior.posteriors(&v.contest)
	switch {
	case p >= 0.5:
		v.state, v.at, v.p = stateLinked, uint32(person), float32(min(p, most))
	case nobody >= 0.5 || person < 0:
		v.state = stateFree
	default:
		v.state = stateUnsettled
		if at, ok := r.sharedHome(v); ok {
			v.state, v.at = statePlaced, at
		}
	}
}

// sharedHome finds the household that the likely candidates share, where
// together they carry nearly all the probability.
func (r *resolver) sharedHome(v *verdict) (uint32, bool) {
	each, _ := v.prior.posteriors(&v.contest)
	best, mass := uint32(0), 0.0
	for _, door := range r.homesOf[v.contest.best[0].person] {
		sum := 0.0
		for k := range v.contest.n {
			if slices.Contains(r.homesOf[v.contest.best[k].person], door) {
				sum += each[k]
			}
		}
		if sum > mass {
			best, mass = door, sum
		}
	}
	return best, mass >= 0.8
}

// mostBare is the highest posterior that a name without anything else gets.
const mostBare = 0.95

// surelyNobody is how sure it must be that no resident of that name is meant
// before a bare name makes a person of its own.
const surelyNobody = 0.95

// decideBare decides on a mention that holds nothing to compare but a name. One
// of which the document says nothing else has no person at all; the others have
// one only where the name is rare and its document and folder are about people
// of the registers.
func (r *resolver) decideBare(i int) {
	v := &r.linked[i]
	v.state = stateFree
	if v.contest.n == 0 {
		return
	}
	person, p := v.prior.winner(&v.contest)
	_, nobody := v.prior.posteriors(&v.contest)
	sole := i < len(r.menMeta) && r.menMeta[i].sole
	switch {
	case p >= 0.5 && !sole && r.fullName(i):
		v.state, v.at, v.p = stateLinked, uint32(person), float32(min(p, mostBare))
	case nobody < surelyNobody || sole:
		v.state = stateUnsettled
	}
}

func (r *resolver) fullName(i int) bool {
	return slices.ContainsFunc(r.mentions.namesOf(i), func(n nameForm) bool {
		return n.surname != 0 && n.given != 0 && len(r.words.text[n.given]) > 1
	})
}
