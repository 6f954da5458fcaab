package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// aware is the moment from which the council was aware, as somebody set it.
type aware struct {
	Version int64  `json:"version"` // 0: nobody has set it
	At      int64  `json:"at"`
	Why     string `json:"why"`
	User    string `json:"user"`
	Name    string `json:"user_name"`
	Kept    int64  `json:"kept"`
}

// readAware gives every version, the newest first.
func readAware(tx *db.Tx) ([]aware, error) {
	return db.All(tx, func(row db.Row) (a aware, err error) {
		return a, row.Scan(&a.Version, &a.At, &a.Why, &a.User, &a.Name, &a.Kept)
	}, "SELECT version, at, why, user_id, user_name, kept FROM review_aware ORDER BY version DESC")
}

// addAware keeps the next version; reeve.Conflict if the newest is not the one
// that was seen.
func addAware(tx *db.Tx, seen int64, a aware) error {
	if err := tx.Serialise("review: aware"); err != nil {
		return err
	}
	var newest int64
	if err := tx.One([]any{&newest}, "SELECT COALESCE(MAX(version), 0) FROM review_aware"); err != nil {
		return err
	}
	if newest != seen {
		return fmt.Errorf("set when the council was aware: %w", reeve.Conflict)
	}
	_, err := tx.Exec("INSERT INTO review_aware (version, at, why, user_id, user_name, kept) VALUES (?, ?, ?, ?, ?, ?)", newest+1, a.At, a.Why, a.User, a.Name, a.Kept)
	return err
}

// countJudged counts the people in scope whose exposure somebody has judged.
func countJudged(tx *db.Tx, s sweep.Scope) (n int64, err error) {
	condition, args := inScope(s)
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM review_verdicts v JOIN case_people p ON p.id = v.thing WHERE v.about = 'person' AND "+condition, args...)
	return n, err
}

// readContacts gives how people may be contacted as assessed or screened, by
// id; those of whom the lists alone say it are left out.
func readContacts(tx *db.Tx, people []string) (map[string]route, error) {
	all := make(map[string]route)
	if len(people) == 0 {
		return all, nil
	}
	return all, tx.Each(func(row db.Row) error {
		var id, value string
		var r route
		err := row.Scan(&id, &value, &r.Basis)
		r.Value = reeve.SafeContact(value)
		all[id] = r
		return err
	}, "SELECT person, value, basis FROM review_contact WHERE basis <> 'lists' AND person IN ("+marks(len(people))+")", arguments(people)...)
}
