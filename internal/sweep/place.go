package sweep

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/risk"
)

// A person's place is a number that orders the people list: what priority looks
// at, packed from the top bit down, so that a decision changes the places of
// those it moves and of nobody else. It is not the priority that is printed:
// that counts the rows shown. The last bits tell apart the few whose ids begin
// alike.
const (
	placeSeverity = 10 // bits, up to 10.23
	placeKinds    = 6
	placeItems    = 19
	placeLetters  = 4 // of the id, five bits each
	placeTies     = 4 // bits
)

// placeOf packs a person's place, without what tells ties apart.
func placeOf(r risk.Ranked) int64 {
	possible, likely := int64(0), int64(0)
	switch r.Tier {
	case reeve.TierStrong:
	case reeve.TierLikely:
		likely = 1
	default:
		possible = 1
	}
	n := int64(r.Rank)<<1 | possible
	for _, part := range []struct{ value, bits int }{{r.Severity, placeSeverity}, {r.Kinds, placeKinds}, {r.Items, placeItems}} {
		most := 1<<part.bits - 1
		n = n<<part.bits | int64(most-min(part.value, most))
	}
	n = n<<1 | likely
	for i := 1; i <= placeLetters; i++ {
		n = n<<5 | letterOf(r.Person, i)
	}
	return n << placeTies
}

// letterOf is a base32 character of an id as a number that orders as its byte
// does.
func letterOf(id string, at int) int64 {
	if at >= len(id) {
		return 0
	}
	switch c := id[at]; {
	case c >= '2' && c <= '7':
		return int64(c - '2')
	case c >= 'A' && c <= 'Z':
		return int64(c-'A') + 6
	}
	return 0
}

const mostTies = 1<<placeTies - 1

// ranked is what decides a subject's place.
func (s *subject) ranked() risk.Ranked {
	e := &s.exposure
	return risk.Ranked{Person: s.person.ID, Tier: s.tier, Severity: e.Severity, Kinds: len(e.Kinds), Items: e.Items, Rank: risk.RankOf(e.Signals)}
}

// rank gives everybody a place and puts them in order.
func (r *resolution) rank() {
	for _, s := range r.order {
		s.place = placeOf(s.ranked())
	}
	slices.SortFunc(r.order, compareSubjects)
	ties := int64(0)
	for i, s := range r.order {
		if i > 0 && r.order[i-1].place-ties == s.place {
			ties = min(ties+1, mostTies)
		} else {
			ties = 0
		}
		s.place += ties
	}
}

func compareSubjects(a, b *subject) int {
	return cmp.Or(cmp.Compare(a.place, b.place), strings.Compare(a.person.ID, b.person.ID))
}

// settleTies numbers afresh the people whose places differ in the last bits
// alone.
func settleTies(tx *db.Tx, place int64) error {
	first := place &^ mostTies
	type tied struct {
		id    string
		place int64
	}
	list, err := db.All(tx, func(row db.Row) (t tied, err error) { return t, row.Scan(&t.id, &t.place) },
		"SELECT id, place FROM person WHERE place >= ? AND place <= ? ORDER BY id", first, first+mostTies)
	if err != nil {
		return err
	}
	for i, t := range list {
		want := first + min(int64(i), mostTies)
		if t.place == want {
			continue
		}
		if _, err := tx.Exec("UPDATE person SET place = ? WHERE id = ?", want, t.id); err != nil {
			return err
		}
	}
	return nil
}
