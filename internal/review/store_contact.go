package review

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// contactRow is a person whose contact is to be assessed.
type contactRow struct {
	ID       string          `json:"person"`
	Name     reeve.Sensitive `json:"name"`
	Postcode reeve.Sensitive `json:"postcode"`
	Lane     string          `json:"lane"`
	Band     string          `json:"band"`
	Signals  string          `json:"signals"`
	Listed   string          `json:"safe_contact"` // as the lists say
	Waiting  bool            `json:"waiting"`      // for a second person, or in conflict
	place    int64
}

// contactsToAssess gives people in scope, most urgent first, whom the lists put
// on hold or do not assess and about whom nothing stands that was said before the
// hold; of one value unless it is "". Sealed people are never in it.
func contactsToAssess(tx *db.Tx, s sweep.Scope, value, user string, after int64, limit int) ([]contactRow, error) {
	condition, more := inScope(s)
	listed, args := "p.safe_contact IN ('hold', 'not-assessed')", []any{after}
	if value != "" {
		listed, args = "p.safe_contact = ?", append(args, value)
	}
	args = append(append(args, more...), user, limit)
	return db.All(tx, func(row db.Row) (c contactRow, err error) {
		var name, postcode string
		var waiting int64
		err = row.Scan(&c.ID, &name, &postcode, &c.Lane, &c.Band, &c.Signals, &c.Listed, &c.place, &waiting)
		c.Name, c.Postcode, c.Waiting = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindPostcode, postcode), waiting > 0
		return c, err
	}, `SELECT p.id, p.name, p.postcode, p.lane, p.band, p.signals, p.safe_contact, p.place,
		(SELECT COUNT(*) FROM verdict_now w WHERE w.about = 'contact' AND w.thing = p.id AND w.state IN ('waiting', 'conflict'))
		FROM case_people p WHERE p.place > ? AND `+listed+" AND "+condition+`
		AND NOT EXISTS (SELECT 1 FROM verdict_now n JOIN verdict v ON v.id = n.verdict WHERE n.about = 'contact' AND n.thing = p.id AND n.state = 'stands'
			AND NOT (p.safe_contact = 'hold' AND v.seen <> 'hold' AND n.value NOT IN ('hold', 'worker')))
		AND NOT EXISTS (SELECT 1 FROM review_screened s WHERE s.person = p.id)
		AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.person = p.id AND x.who IN ('', ?)) ORDER BY p.place LIMIT ?`, args...)
}

// contactNow is how a person may be contacted, with what says so.
type contactNow struct {
	Value string `json:"value"`
	Basis string `json:"basis"` // assessed, screened, flag, merged, lists
	By    string `json:"by"`
	At    int64  `json:"at"`
}

// contactOf gives how a person may be contacted now.
func contactOf(tx *db.Tx, person string) (c contactNow, err error) {
	return c, tx.One([]any{&c.Value, &c.Basis, &c.By, &c.At}, "SELECT value, basis, by, at FROM review_contact WHERE person = ?", person)
}
