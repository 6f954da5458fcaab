package incident

import (
	"context"
	"errors"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
)

// importKept is how long a file that was read waits for somebody to take it.
const importKept = 7 * 24 * time.Hour

// entryJobs look every minute which new acts belong into the timeline, and drop
// files that nobody took.
func (m *Room) entryJobs() []job.Handler {
	return []job.Handler{
		{Kind: "incident.acts", Every: time.Minute, Run: func(ctx context.Context, _ *job.Work) error { return m.noteActs(ctx) }},
		{Kind: "incident.imports", Every: 24 * time.Hour, Run: func(ctx context.Context, _ *job.Work) error { return m.dropImports(ctx) }},
	}
}

// noteActs looks at all acts that nobody has looked at, in pieces, so that
// nobody waits.
func (m *Room) noteActs(ctx context.Context) error {
	for n := 1; n > 0; {
		err := m.db.Write(ctx, func(tx *db.Tx) (err error) {
			n, err = noteActs(tx, 2_000)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) dropImports(ctx context.Context) error {
	return m.db.Write(ctx, func(tx *db.Tx) error {
		old, err := oldBatches(tx, m.Now().Add(-importKept).Unix())
		if err != nil {
			return err
		}
		for _, id := range old {
			if err := errors.Join(endBatch(tx, id, batchDropped), dropRows(tx, id)); err != nil {
				return err
			}
		}
		return nil
	})
}
