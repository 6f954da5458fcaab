package review

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// marks are n placeholders for a list.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// arguments makes a list what a statement takes.
func arguments[T any](list []T) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

// readMatters gives what is being done about things, by thing; those that
// nobody has touched are left out. What was done about somebody before they were
// merged into a person is of that person: their calls all, and who sees to it
// where nobody else does.
func readMatters(tx *db.Tx, things []string) (map[string]matter, error) {
	all := make(map[string]matter, len(things))
	if len(things) == 0 {
		return all, nil
	}
	now, err := thingsNow(tx, things)
	if err != nil {
		return nil, err
	}
	asked := slices.Sorted(maps.Keys(now))
	in, args := marks(len(asked)), arguments(asked)
	err = tx.Each(func(row db.Row) error {
		var x matter
		err := row.Scan(&x.Thing, &x.Owner, &x.OwnerName, &x.Note, &x.Version, &x.Changed)
		if to := now[x.Thing]; to != x.Thing {
			x.Thing, x.Version = to, 0
		}
		if y := all[x.Thing]; y.Version > 0 { // their own stands
			if y.Owner == "" {
				y.Owner, y.OwnerName, y.Note = x.Owner, x.OwnerName, x.Note
			}
			x = y
		} else if x.Owner == "" {
			x.Owner, x.OwnerName, x.Note = y.Owner, y.OwnerName, y.Note
		}
		all[x.Thing] = x
		return err
	}, "SELECT thing, owner, owner_name, note, version, changed FROM review_matter WHERE thing IN ("+in+") ORDER BY changed, thing", args...)
	if err != nil {
		return nil, err
	}
	err = tx.Each(func(row db.Row) error {
		var thing string
		var c call
		err := row.Scan(&thing, &c.ID, &c.At, &c.Caller, &c.CallerName, &c.Route, &c.Outcome, &c.Note, &c.Withdrawn, &c.WithdrawnWhy)
		x := all[now[thing]]
		x.Thing = now[thing]
		x.Calls = append(x.Calls, c)
		all[now[thing]] = x
		return err
	}, "SELECT thing, id, at, caller, caller_name, route, outcome, note, withdrawn, withdrawn_why FROM review_call WHERE thing IN ("+in+") ORDER BY at DESC, id DESC", args...)
	return all, err
}

// thingsNow gives some things, and those that people among them were before they
// were merged, each with the thing that it is now.
func thingsNow(tx *db.Tx, things []string) (map[string]string, error) {
	now := make(map[string]string, len(things))
	var people []string
	for _, t := range things {
		now[t] = t
		if id, ok := strings.CutPrefix(t, personThing("")); ok {
			people = append(people, id)
		}
	}
	before, err := formerly(tx, people...)
	for old, to := range before {
		now[personThing(old)] = personThing(to)
	}
	return now, err
}

// touchMatter makes sure that a matter is as the visitor saw it, and gives it
// the next version; reeve.Conflict if somebody else was quicker.
func touchMatter(tx *db.Tx, thing string, seen int64, who string, at int64) error {
	if err := tx.Serialise("review: today"); err != nil {
		return err
	}
	var version int64
	err := tx.One([]any{&version}, "SELECT version FROM review_matter WHERE thing = ?", thing)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	switch {
	case err != nil:
		return err
	case version != seen:
		return fmt.Errorf("act on a matter: %w", reeve.Conflict)
	case version > 0:
		_, err = tx.Exec("UPDATE review_matter SET version = version + 1, changed = ?, changed_by = ? WHERE thing = ?", at, who, thing)
		return err
	}
	_, err = tx.Exec("INSERT INTO review_matter (thing, owner, owner_name, note, version, changed, changed_by) VALUES (?, '', '', '', 1, ?, ?)", thing, at, who)
	return err
}

func setOwner(tx *db.Tx, thing string, to Colleague, note string) error {
	_, err := tx.Exec("UPDATE review_matter SET owner = ?, owner_name = ?, note = ? WHERE thing = ?", to.ID, to.Name, note, thing)
	return err
}

// addCall keeps a call and gives it its number.
func addCall(tx *db.Tx, thing string, c *call, kept int64) error {
	if err := tx.One([]any{&c.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM review_call"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO review_call (id, thing, at, caller, caller_name, route, outcome, note, kept, withdrawn, withdrawn_why)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')`, c.ID, thing, c.At, c.Caller, c.CallerName, c.Route, c.Outcome, c.Note, kept)
	return err
}

// withdrawCall marks a call of a thing as wrong; reeve.NotFound if none of that
// number stands.
func withdrawCall(tx *db.Tx, thing string, id, at int64, why string) error {
	now, err := thingsNow(tx, []string{thing})
	if err != nil {
		return err
	}
	asked := slices.Sorted(maps.Keys(now))
	n, err := tx.Exec("UPDATE review_call SET withdrawn = ?, withdrawn_why = ? WHERE id = ? AND withdrawn = 0 AND thing IN ("+marks(len(asked))+")",
		append([]any{at, why, id}, arguments(asked)...)...)
	if err == nil && n == 0 {
		err = fmt.Errorf("withdraw call: %w", reeve.NotFound)
	}
	return err
}

// inScope is the condition that a row p of case_people may be counted for a
// visitor: sealed people never are, opened or not.
func inScope(s sweep.Scope) (condition string, args []any) {
	if s.Councils == nil {
		return "p.sealed = 0", nil
	}
	if len(s.Councils) == 0 {
		return "1 = 0", nil
	}
	return "p.sealed = 0 AND EXISTS (SELECT 1 FROM case_controllers k WHERE k.person = p.id AND k.council IN (" + marks(len(s.Councils)) + "))", arguments(s.Councils)
}

// countTold counts the people in scope whom a call that stands has told, under the
// id that they have now or had before a merge.
func countTold(tx *db.Tx, s sweep.Scope) (n int64, err error) {
	condition, args := inScope(s)
	err = tx.One([]any{&n}, "SELECT COUNT(DISTINCT p.id)"+toldNow+" WHERE "+condition, args...)
	return n, err
}

// countToldIn is countTold of one lane. It looks its people up one by one, which
// is quick where they are few.
func countToldIn(tx *db.Tx, s sweep.Scope, lane reeve.Lane) (n int64, err error) {
	condition, args := inScope(s)
	err = tx.One([]any{&n}, `SELECT COUNT(*) FROM case_people p WHERE `+condition+` AND p.lane = ? AND (`+toldAs("p.id")+` OR EXISTS (SELECT 1 FROM case_redirects r
		WHERE r.new_ = p.id AND NOT EXISTS (SELECT 1 FROM case_people o WHERE o.id = r.old) AND `+toldAs("r.old")+`
		AND NOT EXISTS (SELECT 1 FROM case_redirects x WHERE x.old = r.old AND x.new_ < r.new_)))`, append(args, lane)...)
	return n, err
}

// toldAs is that somebody was told under an id.
func toldAs(id string) string {
	return "(EXISTS (SELECT 1 FROM notice_status n WHERE n.person = " + id + " AND n.outcome NOT IN ('returned', 'failed')) OR EXISTS (SELECT 1 FROM review_call c WHERE c.thing = 'person:' || " + id +
		" AND c.outcome = 'told' AND c.withdrawn = 0))"
}
