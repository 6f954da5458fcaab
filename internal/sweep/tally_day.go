package sweep

import (
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// What is counted of items, day by day.
const (
	tallyItem     = "item" // by status
	tallyUnread   = "pages-unread"
	tallyPersonal = "items-personal"
)

// today is the number of a day as tally_day keeps it.
func today() int64 { return int64(reeve.DateOf(time.Now()).Number()) }

// keepDay keeps the figures as they stand as those of today; whatever was kept
// of today before is replaced, so that a day ends with its last figures.
func keepDay(tx *db.Tx) error {
	day := today()
	if _, err := tx.Exec("DELETE FROM tally_day WHERE day = ?", day); err != nil {
		return err
	}
	for _, q := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO tally_day (day, councils, what, value, n) SELECT ?, councils, what, value, n FROM tally WHERE what IN (?, ?, ?, ?, ?)`,
			[]any{day, tallyPeople, tallyHouseholds, tallyTier, tallyBand, tallyLane}},
		{`INSERT INTO tally_day (day, councils, what, value, n) SELECT ?, '', ?, status, SUM(items) FROM folder_tally GROUP BY status`, []any{day, tallyItem}},
		{`INSERT INTO tally_day (day, councils, what, value, n) SELECT ?, '', ?, '', COALESCE(SUM(unread), 0) FROM folder_tally`, []any{day, tallyUnread}},
		{`INSERT INTO tally_day (day, councils, what, value, n) SELECT ?, '', ?, '', COALESCE(SUM(personal), 0) FROM folder_tally`, []any{day, tallyPersonal}},
	} {
		if _, err := tx.Exec(q.text, q.args...); err != nil {
			return err
		}
	}
	return nil
}
