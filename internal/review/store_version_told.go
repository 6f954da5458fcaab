package review

import (
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// toldNow is everybody who was told, as the lists have them now: by their own id
// or the one that it leads to. Sealed people are left out by whoever asks.
const toldNow = ` FROM (SELECT DISTINCT person FROM review_told) t LEFT JOIN case_people o ON o.id = t.person
	LEFT JOIN (SELECT old, MIN(new_) AS new_ FROM case_redirects GROUP BY old) r ON r.old = t.person AND o.id IS NULL
	LEFT JOIN case_people p ON p.id = COALESCE(o.id, r.new_)
	LEFT JOIN review_verdicts v ON v.about = 'person' AND v.thing = p.id`

const toldState = `COALESCE(p.lane, ''), COALESCE(p.band, ''), COALESCE(p.severity, 0), COALESCE(v.value, ''), COALESCE(p.controller, ''), CASE WHEN p.id IS NULL THEN 1 ELSE 0 END`

// markTold keeps how those stand who were told and of whom that is not kept yet,
// and gives how many.
func markTold(tx *db.Tx, at int64) (int64, error) {
	return tx.Exec(`INSERT INTO told_mark (person, at, lane, band, severity, verdict, controller, gone) SELECT t.person, ?, `+toldState+toldNow+`
		WHERE NOT EXISTS (SELECT 1 FROM told_mark m WHERE m.person = t.person)`, at)
}

// remarkTold keeps how one of them stands now.
func remarkTold(tx *db.Tx, person string, at int64) error {
	if _, err := tx.Exec("DELETE FROM told_mark WHERE person = ?", person); err != nil {
		return err
	}
	_, err := markTold(tx, at)
	return err
}

// addToldAnswer keeps what somebody did about an alarm.
func addToldAnswer(tx *db.Tx, person string, a toldAlarm, why, user, name string, at int64) error {
	var id int64
	if err := tx.One([]any{&id}, "SELECT COALESCE(MAX(id), 0) + 1 FROM told_answer"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO told_answer (id, person, alarm, why, user_, user_name, at) VALUES (?, ?, ?, ?, ?, ?, ?)", id, person, a.Words(), why, user, name, at)
	return err
}

// toldAnswers are the newest answers to alarms about people in scope.
func toldAnswers(tx *db.Tx, s sweep.Scope, limit int) ([]toldAnswer, error) {
	condition, args := toldScope(s)
	return db.All(tx, func(row db.Row) (a toldAnswer, err error) {
		return a, row.Scan(&a.Person, &a.Alarm, &a.Why, &a.ByName, &a.At)
	}, "SELECT a.person, a.alarm, a.why, a.user_name, a.at FROM told_answer a JOIN told_mark m ON m.person = a.person WHERE "+condition+" ORDER BY a.id DESC LIMIT ?",
		append(args, limit)...)
}

// toldScope is the condition that somebody with a mark m may be seen: never who
// is sealed. Councils are those at the time of the mark, as somebody who left has
// none now.
func toldScope(s sweep.Scope) (condition string, args []any) {
	condition = "m.person NOT IN (SELECT id FROM case_sealed_ids)"
	switch {
	case s.Councils == nil:
		return condition, nil
	case len(s.Councils) == 0:
		return "1 = 0", nil
	}
	condition += " AND (1 = 0"
	for _, c := range s.Councils {
		condition += " OR ';' || m.controller || ';' LIKE '%;' || ? || ';%'"
		args = append(args, c)
	}
	return condition + ")", args
}

const bandRank = `CASE %.band WHEN 'very-high' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END`
const laneRank = `CASE %.lane WHEN 'safety' THEN 4 WHEN 'child' THEN 3 WHEN 'adult-at-risk' THEN 2 WHEN 'fraud' THEN 1 ELSE 0 END`

// alarmed is that somebody with a mark m stands worse, as p and v, than when they
// were told, or stands on no list any more.
var alarmed = `(p.id IS NULL AND m.gone = 0 OR p.id IS NOT NULL AND (m.gone = 1 OR ` + of(bandRank, "p") + " > " + of(bandRank, "m") + " OR " +
	of(laneRank, "p") + " > " + of(laneRank, "m") + ` OR COALESCE(v.value, '') IN ('not-theirs', 'not-personal') AND COALESCE(v.value, '') <> m.verdict))`

// toldAlarms are the people told who have left the list, or stand worse, since.
func toldAlarms(tx *db.Tx, s sweep.Scope, limit int) ([]toldAlarm, error) {
	condition, args := toldScope(s)
	return db.All(tx, func(row db.Row) (a toldAlarm, err error) {
		var gone, was int64
		err = row.Scan(&a.Person, &a.Marked, &a.Was.Lane, &a.Was.Band, &a.Was.Verdict, &was, &a.Now, &a.Is.Lane, &a.Is.Band, &a.Is.Verdict, &gone)
		a.Gone, a.WasGone = gone != 0, was != 0
		return a, err
	}, `SELECT m.person, m.at, m.lane, m.band, m.verdict, m.gone, COALESCE(p.id, ''), COALESCE(p.lane, ''), COALESCE(p.band, ''), COALESCE(v.value, ''),
		CASE WHEN p.id IS NULL THEN 1 ELSE 0 END`+toldNow+" JOIN told_mark m ON m.person = t.person WHERE "+condition+" AND "+alarmed+
		" ORDER BY CASE WHEN p.lane = 'safety' THEN 0 ELSE 1 END, m.person LIMIT ?", append(args, limit)...)
}
