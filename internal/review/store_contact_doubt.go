package review

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
)

// noticesTo gives the notices that left to some people.
func noticesTo(tx *db.Tx, people []string) ([]sentNotice, error) {
	return db.All(tx, func(row db.Row) (n sentNotice, err error) {
		return n, row.Scan(&n.Run, &n.Kind, &n.How, &n.Reference, &n.At, &n.Status, &n.Outcome, &n.StatusAt, &n.Who)
	}, "SELECT run, kind, how, reference, at, status, outcome, status_at, person FROM notice_status WHERE person IN ("+marks(len(people))+") ORDER BY at DESC, reference", arguments(people)...)
}

// triesOn gives the tries to tell some people that told nobody: those that did
// are notices that left.
func triesOn(tx *db.Tx, people []string) ([]historyLine, error) {
	return db.All(tx, func(row db.Row) (l historyLine, err error) {
		var run int64
		var how, outcome, against string
		err = row.Scan(&run, &how, &outcome, &l.Who, &l.At, &against)
		l.What = fmt.Sprintf("Tried to tell them %s, run %d: %s", noticeWays[how], run, tryWords[outcome])
		if against != "" {
			l.What += "; they should not have been tried"
		}
		return l, err
	}, "SELECT run, how, outcome, by_name, at, against FROM notice_tried WHERE outcome <> 'told' AND person IN ("+marks(len(people))+") ORDER BY at DESC", arguments(people)...)
}
