package notice

import (
	"fmt"
	"maps"
	"slices"

	"github.com/reeve-council/reeve/internal/db"
)

// fate is how many notices of a run ended in one way. Why is the reason of what
// did not arrive, in the code of the channel, of the guard or of a try.
type fate struct {
	Run     int64  `json:"run"`
	Title   string `json:"title"`
	Way     Way    `json:"way"`
	Council string `json:"council"`
	State   string `json:"state"`
	Outcome string `json:"outcome"`
	Why     string `json:"why"`
	N       int64  `json:"n"`
}

// whyNot is the reason of a message m that has not arrived; ” for one that has,
// or may.
const whyNot = `CASE WHEN m.outcome IN ('returned', 'failed') THEN m.status WHEN m.state IN ('refused', 'faulty', 'unsure', 'unreached') THEN m.why ELSE '' END`

// countedWhy is whyNot where it is counted: a small number of people who are on no
// list now could tell that one of them is sealed, so they are among those whom
// the notice does not mean.
const countedWhy = "CASE WHEN m.state = 'refused' AND m.why = 'not-listed' THEN 'other-role' ELSE " + whyNot + " END"

// fates counts how notices ended, by run, newest first; of one run unless it is 0.
func fates(tx *db.Tx, run int64) ([]fate, error) {
	where, args := "", []any{}
	if run != 0 {
		where, args = " AND m.run = ?", append(args, run)
	}
	return db.All(tx, func(row db.Row) (f fate, err error) {
		return f, row.Scan(&f.Run, &f.Title, &f.Way, &f.Council, &f.State, &f.Outcome, &f.Why, &f.N)
	}, "SELECT m.run, r.title, r.way, r.council, m.state, m.outcome, "+countedWhy+`, SUM(m.many) FROM (SELECT run, state, outcome, why, status, COUNT(*) AS many
		FROM notice_message m WHERE n > 0`+where+` GROUP BY run, state, outcome, why, status) m JOIN notice_run r ON r.id = m.run`+
		" GROUP BY m.run, r.title, r.way, r.council, m.state, m.outcome, "+countedWhy+" ORDER BY m.run DESC, m.state, m.outcome, "+countedWhy, args...)
}

// deliveryLine is a notice that has told nobody and will not by itself, or told
// somebody who should not have been.
type deliveryLine struct {
	Run       int64  `json:"run"`
	N         int64  `json:"n"`
	Way       Way    `json:"way"`
	Person    string `json:"person"`
	Reference string `json:"reference"`
	State     string `json:"state"`
	Outcome   string `json:"outcome"`
	Why       string `json:"why"`
	Words     string `json:"words"`
	At        int64  `json:"at"`
	Council   string `json:"council"`
}

// troubled gives notices that need somebody, the newest run first; of one run
// unless it is 0. Whoever was told in another run needs nobody. Among them are
// people who were told though the guard said that they should not be. Sealed
// people are not among them.
func troubled(tx *db.Tx, run int64, limit int) ([]deliveryLine, error) {
	where, args := "", []any{}
	if run != 0 {
		where, args = " AND r.id = ?", append(args, run, run, run)
	}
	return db.All(tx, func(row db.Row) (l deliveryLine, err error) {
		return l, row.Scan(&l.Run, &l.N, &l.Way, &l.Person, &l.Reference, &l.State, &l.Outcome, &l.Why, &l.At, &l.Council)
	}, `SELECT m.run, m.n, r.way, m.person, m.reference, m.state, m.outcome, CASE WHEN m.state = 'left' AND m.outcome = 'arrived' THEN 'told-against' ELSE `+whyNot+` END, m.status_at, m.council
		FROM (`+fmt.Sprintf(troubledKeys, where, where, where)+`) t JOIN notice_message m ON m.run = t.run AND m.n = t.n JOIN notice_run r ON r.id = m.run
		WHERE m.n > 0
		AND m.person NOT IN (SELECT id FROM case_sealed_ids)
		AND NOT EXISTS (SELECT 1 FROM notice_message k WHERE k.person = m.person AND k.person <> '' AND k.run <> m.run AND k.n > 0 AND k.state = 'left' AND k.outcome NOT IN ('returned', 'failed'))
		ORDER BY m.run DESC, m.n LIMIT ?`, append(args, limit)...)
}

// troubledKeys finds them each by an index of its own: most of a run is in none.
const troubledKeys = `SELECT x.run AS run, x.n AS n FROM notice_run r JOIN notice_message x ON x.run = r.id AND x.outcome IN ('returned', 'failed')%s
	UNION SELECT x.run, x.n FROM notice_run r JOIN notice_message x ON x.run = r.id AND x.state IN ('refused', 'unsure', 'faulty', 'unreached')%s
	UNION SELECT f.run, f.n FROM notice_refusal f JOIN notice_run r ON r.id = f.run JOIN notice_message x ON x.run = f.run AND x.n = f.n AND x.state = 'left'%s`

// countGone counts notices that came back or failed.
func countGone(tx *db.Tx) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_gone")
}

// keepHeldBack keeps which letters that were written may not leave any more, each
// once: where one was printed before, somebody has to look at the case.
func keepHeldBack(tx *db.Tx, run int64, held map[int64]heldLetter, at int64) error {
	for _, n := range slices.Sorted(maps.Keys(held)) {
		x := held[n]
		_, err := tx.Exec(`INSERT INTO notice_refusal (id, run, n, person, reason, at) SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM notice_refusal), ?, ?, ?, ?, ?
			WHERE NOT EXISTS (SELECT 1 FROM notice_refusal f WHERE f.run = ? AND f.n = ?)`, run, n, x.person, string(x.reason), at, run, n)
		if err != nil {
			return err
		}
	}
	return nil
}
