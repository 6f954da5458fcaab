package db_test

import (
	"strconv"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// BenchmarkLoad loads rows as a sweep does: nine columns, about 85 bytes, one
// transaction.
func BenchmarkLoad(b *testing.B) {
	const schema = `CREATE TABLE found (document INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, norm TEXT NOT NULL,
		rule TEXT NOT NULL, clump INTEGER NOT NULL, confidence INTEGER NOT NULL, said INTEGER NOT NULL)`
	open := map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			d := open[name](b)
			if err := d.Migrate(b.Context(), "found", []string{schema}); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			err := d.Write(b.Context(), func(tx *db.Tx) error {
				load := tx.Load("found", "document", "place", "kind", "value", "norm", "rule", "clump", "confidence", "said")
				for i := range b.N {
					n := strconv.Itoa(i)
					if err := load.Add(i/20, i, "nhs_number", "999 000 "+n, "999000"+n, "nhs_number/1", i/7, 66, 20010305); err != nil {
						return err
					}
				}
				return load.Close()
			})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
