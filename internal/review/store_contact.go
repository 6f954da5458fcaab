package review

import (
	"maps"
	"slices"

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
	Unsafe   bool            `json:"unsafe"`       // somebody who tried to tell them found that it was not safe
	Doubted  int64           `json:"doubted"`      // when a notice last made the way doubtful, UTC seconds; 0: none did
	place    int64
}

// doubted is the value by which the queue is asked for people of whom a notice
// made the way doubtful.
const doubted = "doubted"

// contactsToAssess gives people in scope, most urgent first, whom the lists put
// on hold or do not assess and about whom nothing stands that was said before the
// hold, and those of whom a notice made the way doubtful since; of one value, or
// doubted alone, unless it is "". Sealed people are never in it.
func contactsToAssess(tx *db.Tx, s sweep.Scope, value, user string, after int64, limit int) ([]contactRow, error) {
	condition, more := inScope(s)
	listed, args := "p.safe_contact IN ('hold', 'not-assessed')", []any{after}
	switch value {
	case "":
	case doubted:
		listed = "1 = 0"
	default:
		listed, args = "p.safe_contact = ?", append(args, value)
	}
	args = append(append(args, more...), user, limit)
	return db.All(tx, func(row db.Row) (c contactRow, err error) {
		var name, postcode string
		var waiting, unsafe int64
		err = row.Scan(&c.ID, &name, &postcode, &c.Lane, &c.Band, &c.Signals, &c.Listed, &c.place, &unsafe, &c.Doubted, &waiting)
		c.Name, c.Postcode, c.Waiting, c.Unsafe = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindPostcode, postcode), waiting > 0, unsafe > 0
		return c, err
	}, `SELECT p.id, p.name, p.postcode, p.lane, p.band, p.signals, p.safe_contact, p.place, COALESCE(d.unsafe, 0), COALESCE(d.at, 0),
		(SELECT COUNT(*) FROM verdict_now w WHERE w.about = 'contact' AND w.thing = p.id AND w.state IN ('waiting', 'conflict'))
		FROM case_people p LEFT JOIN (SELECT person, MAX(at) AS at, MAX(CASE WHEN why = 'not-safe' THEN 1 ELSE 0 END) AS unsafe FROM review_doubt GROUP BY person) d ON d.person = p.id
		WHERE p.place > ? AND (`+toAssess(value)+listed+`
		AND NOT EXISTS (SELECT 1 FROM verdict_now n JOIN verdict v ON v.id = n.verdict WHERE n.about = 'contact' AND n.thing = p.id AND n.state = 'stands'
			AND NOT (p.safe_contact = 'hold' AND v.seen <> 'hold' AND n.value NOT IN ('hold', 'worker')))
		AND NOT EXISTS (SELECT 1 FROM review_screened s WHERE s.person = p.id)) AND `+condition+`
		AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.person = p.id AND x.who IN ('', ?)) ORDER BY p.place LIMIT ?`, args...)
}

// toAssess begins the condition of the queue: people of whom a notice made the
// way doubtful are in it whatever the lists say, unless one value is asked for.
func toAssess(value string) string {
	if value == "" || value == doubted {
		return "d.person IS NOT NULL OR "
	}
	return ""
}

// doubtRow is a notice that made a way doubtful.
type doubtRow struct {
	How string `json:"how"`
	Why string `json:"why"`
	Run int64  `json:"run"`
	At  int64  `json:"at"`
}

// doubtsOn gives what made ways to a person doubtful since they were assessed
// last, newest first.
func doubtsOn(tx *db.Tx, person string) ([]doubtRow, error) {
	former, err := formerly(tx, person)
	if err != nil {
		return nil, err
	}
	ids := append(slices.Sorted(maps.Keys(former)), person)
	return db.All(tx, func(row db.Row) (d doubtRow, err error) { return d, row.Scan(&d.How, &d.Why, &d.Run, &d.At) },
		`SELECT DISTINCT how, why, run, at FROM notice_doubt WHERE person IN (`+marks(len(ids))+`)
		AND at >= COALESCE((SELECT MAX(v.at) FROM verdict_now v WHERE v.about = 'contact' AND v.thing = ? AND v.state = 'stands'), 0)
		ORDER BY at DESC, run DESC, how`, append(arguments(ids), person)...)
}

// contactNow is how a person may be contacted, with what says so.
type contactNow struct {
	Value string `json:"value"`
	Basis string `json:"basis"` // assessed, screened, flag, merged, unsafe, returned, lists
	By    string `json:"by"`
	At    int64  `json:"at"`
}

// contactOf gives how a person may be contacted now.
func contactOf(tx *db.Tx, person string) (c contactNow, err error) {
	return c, tx.One([]any{&c.Value, &c.Basis, &c.By, &c.At}, "SELECT value, basis, by, at FROM review_contact WHERE person = ?", person)
}
