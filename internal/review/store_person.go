package review

import (
	"cmp"
	"errors"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// sight is what a visitor may know of a person.
type sight int

const (
	sightNone   sight = iota // nobody of that id, or another council's
	sightSealed              // sealed, and not opened to the visitor
	sightOpen
)

// sightsOf tells what a scope may know of some people. Ids that are not there
// are sightNone.
func sightsOf(tx *db.Tx, ids []string, s sweep.Scope) (map[string]sight, error) {
	sights := make(map[string]sight, len(ids))
	for part := range slices.Chunk(ids, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		mine := make(map[string]bool)
		err := tx.Each(func(row db.Row) error {
			var id, council string
			err := row.Scan(&id, &council)
			mine[id] = mine[id] || slices.Contains(s.Councils, council)
			return err
		}, "SELECT person, council FROM case_controllers WHERE person IN ("+places(len(part))+")", args...)
		if err != nil {
			return nil, err
		}
		err = tx.Each(func(row db.Row) error {
			var id string
			var sealed int64
			if err := row.Scan(&id, &sealed); err != nil {
				return err
			}
			switch {
			case s.Councils != nil && !mine[id]:
			case sealed != 0 && !slices.Contains(s.Opened, id):
				sights[id] = sightSealed
			default:
				sights[id] = sightOpen
			}
			return nil
		}, "SELECT id, sealed FROM case_people WHERE id IN ("+places(len(part))+")", args...)
		if err != nil {
			return nil, err
		}
	}
	return sights, nil
}

// markOwner gives the person to whom a mention is linked, "" for none;
// reeve.NotFound for a mention that is not there.
func markOwner(tx *db.Tx, mark string) (person string, err error) {
	err = tx.One([]any{&person}, "SELECT person FROM case_links WHERE mark = ? ORDER BY person DESC", mark)
	return person, err
}

// noteRead keeps that a visitor read something under a grant, and reports
// whether this is the first time under it.
func noteRead(tx *db.Tx, user, thing string, until int64) (first bool, err error) {
	var n int64
	err = tx.One([]any{&n}, "SELECT 1 FROM person_read WHERE user_ = ? AND thing = ? AND until = ?", user, thing, until)
	if !errors.Is(err, reeve.NotFound) {
		return false, err
	}
	_, err = tx.Exec("INSERT INTO person_read (user_, thing, until) VALUES (?, ?, ?)", user, thing, until)
	return true, err
}

// councilsOf are the councils that hold somebody's data in the case. Each is
// found by a step in the index: reading every row to tell a few names apart
// would be the slowest part of the page.
func councilsOf(tx *db.Tx) ([]string, error) {
	return db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, `WITH RECURSIVE step(council) AS (
		SELECT MIN(council) FROM case_controllers UNION ALL
		SELECT (SELECT MIN(k.council) FROM case_controllers k WHERE k.council > step.council) FROM step WHERE step.council IS NOT NULL)
		SELECT council FROM step WHERE council IS NOT NULL ORDER BY council`)
}

// stoppedPeople tells which of some people are set aside for a user. Who
// decides about stops sees all but those they know themselves.
func stoppedPeople(tx *db.Tx, ids []string, user string, decides bool) (map[string]bool, error) {
	hidden := make(map[string]bool)
	for part := range slices.Chunk(ids, 500) {
		args := []any{user}
		for _, id := range part {
			args = append(args, id)
		}
		err := tx.Each(func(row db.Row) error {
			var id, who, why string
			err := row.Scan(&id, &who, &why)
			if !decides || who == user || why == causeImage {
				hidden[id] = true
			}
			return err
		}, "SELECT person, who, why FROM review_stopped WHERE who IN ('', ?) AND person IN ("+places(len(part))+")", args...)
		if err != nil {
			return nil, err
		}
	}
	return hidden, nil
}

// formerly gives the ids under which some people were known before they were
// merged, each with the id that it leads to now. What was done under one of them
// was done about this person.
func formerly(tx *db.Tx, people ...string) (map[string]string, error) {
	now := make(map[string]string)
	for step := people; len(step) > 0; {
		var next []string
		err := tx.Each(func(row db.Row) error {
			var old, to string
			err := row.Scan(&old, &to)
			if now[old] == "" && !slices.Contains(people, old) {
				now[old] = cmp.Or(now[to], to)
				next = append(next, old)
			}
			return err
		}, "SELECT old, new_ FROM case_redirects WHERE why = 'merged' AND new_ IN ("+marks(len(step))+") ORDER BY old, new_", arguments(step)...)
		if err != nil {
			return nil, err
		}
		step = next
	}
	return now, nil
}
