package notice

import (
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// BenchmarkCheckRun checks a frozen run as its job does, from the store and back
// into it: every letter is set, read back and held to all rules, and those that
// the digest chooses are drawn and looked at.
func BenchmarkCheckRun(b *testing.B) {
	eye := testEye(b)
	d, err := db.Open(b.Context(), filepath.Join(b.TempDir(), "case.db"), db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	prepare(b, d, b.N)
	_, channel := practice(b, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Eye: eye})
	r := frozenTestRun(b, m, run{})
	b.ResetTimer()
	spent := processorTime()
	if err := m.checkRun(b.Context(), work(b, r.ID)); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64((processorTime()-spent).Microseconds())/1000/float64(b.N), "cpu-ms/letter")
	var seen looked
	if err := d.Read(b.Context(), func(tx *db.Tx) (err error) { seen, err = readLooked(tx, r.ID); return err }); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(seen.Letters), "drawn")
	if got := reload(b, m, r.ID); got.Checked != int64(b.N) || got.Digest == "" || seen.Faulty > 0 || seen.Letters < int64(b.N)/oneIn {
		b.Errorf("%d letters checked, %+v", got.Checked, seen)
	}
}
