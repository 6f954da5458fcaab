package notice

import (
	"github.com/reeve-council/reeve/internal/db"
)

// merged is an id under which somebody was listed before they were merged, and
// who they are now.
type merged struct{ old, now string }

// knownOfPeople is known for people, and for who they were before they were
// merged: whoever was told, or is never to be written to, under a former id is
// the same human now.
func knownOfPeople(tx *db.Tx, people []string, query string, more ...any) (map[string]int64, error) {
	return knownThrough(tx, "why = 'merged'", people, query, more...)
}

// knownOfAny is knownOfPeople for what is kept of them when they were one person
// with somebody else, too: whoever is never to be written to may be either half.
func knownOfAny(tx *db.Tx, people []string, query string, more ...any) (map[string]int64, error) {
	return knownThrough(tx, "why IN ('merged', 'split')", people, query, more...)
}

func knownThrough(tx *db.Tx, why string, people []string, query string, more ...any) (map[string]int64, error) {
	former, err := formerIDs(tx, why, people)
	if err != nil {
		return nil, err
	}
	asked := people[:len(people):len(people)]
	for _, f := range former {
		asked = append(asked, f.old)
	}
	found, err := known(tx, asked, query, more...)
	for _, f := range former {
		if n, ok := found[f.old]; ok {
			found[f.now] = max(found[f.now], n)
		}
	}
	return found, err
}

// formerIDs gives the former ids of some people, through redirects of redirects of
// the sort that why names: those nearest first.
func formerIDs(tx *db.Tx, why string, people []string) (all []merged, err error) {
	seen := make(map[merged]bool)
	now := make(map[string][]string, len(people)) // of the ids of this step, whom they lead to
	for _, p := range people {
		now[p] = []string{p}
	}
	for step := people; len(step) > 0 && err == nil; {
		args := make([]any, len(step))
		for i, p := range step {
			args[i] = p
		}
		next, reached := []string(nil), make(map[string][]string)
		err = tx.Each(func(row db.Row) error {
			var old, to string
			err := row.Scan(&old, &to)
			for _, person := range now[to] {
				if f := (merged{old, person}); !seen[f] && old != person {
					seen[f] = true
					all = append(all, f)
					if reached[old] == nil {
						next = append(next, old)
					}
					reached[old] = append(reached[old], person)
				}
			}
			return err
		}, "SELECT old, new_ FROM case_redirects WHERE "+why+" AND new_ IN ("+marks(len(step))+") ORDER BY old, new_", args...)
		step, now = next, reached
	}
	return all, err
}
