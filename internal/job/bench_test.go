package job

import (
	"context"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// BenchmarkJobs enqueues a job and waits until it is done: what a queue costs
// beside the work.
func BenchmarkJobs(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			if err := d.Migrate(b.Context(), Room, Schema()); err != nil {
				b.Fatal(err)
			}
			err := d.Write(b.Context(), func(tx *db.Tx) error {
				for i := range b.N {
					if _, err := Enqueue(tx, "a", i); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			done := make(chan struct{}, b.N)
			q := newQueue(d, &clock{}, Handler{Kind: "a", Run: func(context.Context, *Work) error { done <- struct{}{}; return nil }})
			ctx, cancel := context.WithCancel(b.Context())
			ended := make(chan error, 1)
			b.ResetTimer()
			start := time.Now()
			go func() { ended <- q.Run(ctx) }()
			for range b.N {
				<-done
			}
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "jobs/s")
			cancel()
			if err := <-ended; err != nil {
				b.Fatal(err)
			}
		})
	}
}
