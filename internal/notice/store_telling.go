package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// callPlace is where a call stands: in which run, under which number.
type callPlace struct{ run, n int64 }

// ofCouncils narrows runs r to those that a visitor may see: SQL with its
// arguments.
func ofCouncils(v *web.Visitor) (where string, args []any) {
	if v.Councils == nil {
		return "", nil
	}
	if len(v.Councils) == 0 {
		return " AND 1 = 0", nil
	}
	for _, c := range v.Councils {
		args = append(args, c)
	}
	return " AND r.council IN (" + marks(len(args)) + ")", args
}

// callsWaiting is a SELECT of the calls that nobody has, of running runs that a
// visitor may see. Sealed people are not among them.
func callsWaiting(v *web.Visitor) (text string, args []any) {
	where, args := ofCouncils(v)
	return `SELECT m.run AS run, m.n AS n, ` + riskOf + ` AS risk, ` + triesOfMessage + ` AS tries, ` + dueOfMessage + ` AS due
		FROM notice_run r JOIN notice_message m ON m.run = r.id AND m.state = 'ready'
		WHERE r.way = 'call' AND r.state = 'sending' AND m.n > 0 AND m.person NOT IN (SELECT id FROM case_sealed_ids)` + where, args
}

// callsDue gives calls to be made now, in the order in which they are to be made:
// whoever stands at highest risk first, then whose turn it is.
func callsDue(tx *db.Tx, v *web.Visitor, now int64, limit int) ([]callPlace, error) {
	text, args := callsWaiting(v)
	return db.All(tx, func(row db.Row) (c callPlace, err error) { return c, row.Scan(&c.run, &c.n) },
		"SELECT run, n FROM ("+text+") AS waiting WHERE due <= ? ORDER BY risk, due, tries, run, n LIMIT ?", append(args, now, limit)...)
}

// countCalls tells how many calls are to be made now, and how many later.
func countCalls(tx *db.Tx, v *web.Visitor, now int64) (due, later int64, err error) {
	text, args := callsWaiting(v)
	err = tx.One([]any{&due, &later}, "SELECT COALESCE(SUM(CASE WHEN due <= ? THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN due > ? THEN 1 ELSE 0 END), 0) FROM ("+text+") AS waiting",
		append([]any{now, now}, args...)...)
	return due, later, err
}

// callDay is how the calls go: since when the one that waits longest has waited
// for its next try, UTC seconds, 0 for none; and what came of those of a day.
type callDay struct {
	Since int64 `json:"waiting_since"`
	Tried int64 `json:"tried_today"`
	Told  int64 `json:"told_today"`
}

// callFigures reckons a day from its first second. A call that waits for a day
// that somebody asked for does not count as waiting before that.
func callFigures(tx *db.Tx, v *web.Visitor, day, now int64) (d callDay, err error) {
	text, args := callsWaiting(v)
	err = tx.One([]any{&d.Since}, `SELECT COALESCE(MIN(CASE WHEN w.due > 0 THEN w.due ELSE COALESCE((SELECT MAX(a.at) FROM notice_attempt a WHERE a.run = w.run AND a.n = w.n AND a.outcome NOT IN ('verified', 'given-back', 'withdrawn')), r.started_at) END), 0)
		FROM (`+text+") AS w JOIN notice_run r ON r.id = w.run WHERE w.due <= ?", append(args, now)...)
	if err != nil {
		return d, err
	}
	where, args := ofCouncils(v)
	err = tx.One([]any{&d.Tried, &d.Told}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN a.outcome = 'told' THEN 1 ELSE 0 END), 0) FROM notice_attempt a JOIN notice_run r ON r.id = a.run
		WHERE a.way = 'call' AND a.at >= ? AND a.at <= ? AND a.outcome NOT IN ('verified', 'given-back', 'withdrawn')`+where, append([]any{day, now}, args...)...)
	return d, err
}

// callOf gives the call that a user has; reeve.NotFound for none.
func callOf(tx *db.Tx, user string) (c callPlace, err error) {
	all, err := db.All(tx, func(row db.Row) (c callPlace, err error) { return c, row.Scan(&c.run, &c.n) },
		`SELECT m.run, m.n FROM notice_run r JOIN notice_message m ON m.run = r.id AND m.state = 'leaving'
		WHERE r.way = 'call' AND m.n > 0 AND m.sender = ? ORDER BY m.claimed, m.run, m.n LIMIT 1`, byUser(user))
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find call: %w", reeve.NotFound)
	}
	if err != nil {
		return c, err
	}
	return all[0], nil
}

// isSealed tells whether a person is sealed now.
func isSealed(tx *db.Tx, person string) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM case_sealed_ids WHERE id = ?", person)
	return n > 0, err
}

// lettersLine is how many letters of a run wait to be handed over.
type lettersLine struct{ run, letters int64 }

// lettersWaiting gives the runs with letters for the next round, oldest first.
func lettersWaiting(tx *db.Tx, v *web.Visitor) ([]lettersLine, error) {
	where, args := ofCouncils(v)
	return db.All(tx, func(row db.Row) (l lettersLine, err error) { return l, row.Scan(&l.run, &l.letters) },
		`SELECT m.run, COUNT(*) FROM notice_run r JOIN notice_message m ON m.run = r.id AND m.state = 'ready'
		WHERE r.way = 'hand' AND r.state = 'sending' AND m.n > 0 AND m.person NOT IN (SELECT id FROM case_sealed_ids)`+where+" GROUP BY m.run ORDER BY m.run", args...)
}

// roundTakenBy gives the round that a user took themself and has not ended;
// reeve.NotFound for none.
func roundTakenBy(tx *db.Tx, user string) (round, error) {
	all, err := db.All(tx, scanRound, "SELECT "+roundColumns+` FROM notice_round o WHERE o.taken_by = ?
		AND EXISTS (SELECT 1 FROM notice_message m WHERE m.run = o.run AND m.state = 'leaving' AND m.sender = 'round:' || o.id) ORDER BY o.id LIMIT 1`, user)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find round: %w", reeve.NotFound)
	}
	if err != nil {
		return round{}, err
	}
	return all[0], nil
}

// lettersOut gives the letters of a round that have no outcome yet, in the order
// of their places, those about sealed people too: whoever has such a letter in
// hand is to bring it back.
func lettersOut(tx *db.Tx, o *round) ([]frozenMessage, error) {
	return db.All(tx, scanMessage, "SELECT "+of("m")+` FROM notice_carried c JOIN notice_message m ON m.run = c.run AND m.n = c.n
		WHERE c.round = ? AND m.state = 'leaving' AND m.sender = ? ORDER BY m.place, m.n`, o.ID, o.sender())
}
