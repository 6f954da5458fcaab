package notice

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// TestDoubtIsLookedUpByPerson: whoever joins the doubts about a person reads that
// person's notices, not everybody's.
func TestDoubtIsLookedUpByPerson(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	var plan []string
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var id, parent, spare int64
			var detail string
			err := row.Scan(&id, &parent, &spare, &detail)
			plan = append(plan, detail)
			return err
		}, "EXPLAIN QUERY PLAN SELECT s.person FROM notice_suppression s WHERE EXISTS (SELECT 1 FROM notice_doubt n WHERE n.person = s.person AND n.why = 'not-safe')")
	})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(plan, "\n")
	if strings.Contains(text, "SCAN m") || !strings.Contains(text, "SEARCH m USING INDEX notice_message_person") {
		t.Errorf("the plan:\n%s", text)
	}
}
