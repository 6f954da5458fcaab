package sweep

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
)

// clearUnfinished removes the rows of documents that an earlier run began and
// did not finish: numbers below the highest in use that no document bears.
func (c *Case) clearUnfinished(ctx context.Context, d *docs) error {
	used := make(map[int64]bool, len(d.known))
	for _, s := range d.known {
		used[s.id] = true
	}
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		highest := d.nextID
		for _, q := range []string{"SELECT COALESCE(MAX(document), 0) FROM content", "SELECT COALESCE(MAX(document), 0) FROM finding",
			"SELECT COALESCE(MAX(document), 0) FROM mention", "SELECT COALESCE(MAX(container), 0) FROM member"} {
			var n int64
			if err := tx.One([]any{&n}, q); err != nil {
				return err
			}
			highest = max(highest, n)
		}
		for id := int64(1); id <= highest; id++ {
			if used[id] {
				continue
			}
			if err := clearDocument(tx, id); err != nil {
				return err
			}
		}
		d.nextID = highest
		return nil
	})
	if err != nil {
		return fmt.Errorf("clear what an earlier run left: %w", err)
	}
	return nil
}
