package record_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func prepare(t testing.TB, d *db.DB) {
	t.Helper()
	if err := d.Migrate(t.Context(), record.Room, record.Schema()); err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, d *db.DB, use func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), use); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, d *db.DB, use func(*db.Tx) error) {
	t.Helper()
	if err := d.Read(t.Context(), use); err != nil {
		t.Fatal(err)
	}
}

// fill appends count leaves, several to a transaction, and gives the head after
// each transaction.
func fill(t testing.TB, d *db.DB, count int) []record.Head {
	t.Helper()
	var heads []record.Head
	for done := 0; done < count; {
		write(t, d, func(tx *db.Tx) error {
			for range min(7, count-done) {
				_, err := record.Append(tx, record.Leaf{Time: 1_700_000_000 + int64(done), Actor: "u1", Verb: "decide", Object: "P1", Line: "Decided that two mentions are one person"})
				if err != nil {
					return err
				}
				done++
			}
			h, err := record.Root(tx)
			heads = append(heads, h)
			return err
		})
	}
	return heads
}

func audit(t testing.TB, d *db.DB) (r record.Report) {
	t.Helper()
	read(t, d, func(tx *db.Tx) (err error) { r, err = record.Audit(tx); return err })
	return r
}

func TestAppendProveGrow(t *testing.T) {
	const leaves = 100
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		if r := audit(t, d); r.Err() != nil || r.Head.Size != 0 {
			t.Errorf("empty record: %+v", r)
		}
		heads := fill(t, d, leaves)
		last := heads[len(heads)-1]
		if r := audit(t, d); r.Err() != nil || r.Head != last || last.Size != leaves {
			t.Errorf("audit says %+v, head is %+v", r, last)
		}
		read(t, d, func(tx *db.Tx) error {
			for sequence := range int64(leaves) {
				p, err := record.ProveLeaf(tx, sequence)
				if err != nil {
					return err
				}
				if err := p.Check(last); err != nil {
					t.Error(err)
				}
				p.Leaf[len(p.Leaf)/2] ^= 1
				if err := p.Check(last); !errors.Is(err, record.ErrTampered) {
					t.Errorf("changed leaf %d passed: %v", sequence, err)
				}
			}
			for _, old := range append(heads, record.Head{}) {
				p, err := record.ProveGrowth(tx, old)
				if err != nil {
					return err
				}
				if err := p.Check(); err != nil {
					t.Error(err)
				}
				old.Root[3] ^= 1
				if old.Size == 0 {
					continue
				}
				if p, err = record.ProveGrowth(tx, old); err != nil {
					return err
				}
				if err := p.Check(); !errors.Is(err, record.ErrTampered) {
					t.Errorf("growth from a head that never was, size %d: %v", old.Size, err)
				}
			}
			if _, err := record.ProveGrowth(tx, record.Head{Size: leaves + 1}); !errors.Is(err, record.ErrTampered) {
				t.Errorf("record that shrank: %v", err)
			}
			if _, err := record.ProveLeaf(tx, leaves); !errors.Is(err, reeve.NotFound) {
				t.Errorf("leaf that is not there: %v", err)
			}
			return nil
		})
	})
}

func TestUndoneWithItsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		heads := fill(t, d, 5)
		stop := errors.New("stop")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := record.Append(tx, record.Leaf{Actor: "u1", Verb: "x"})
			return errors.Join(err, stop)
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if r := audit(t, d); r.Err() != nil || r.Head != heads[0] {
			t.Errorf("after a transaction that was undone: %+v", r)
		}
	})
}

func TestAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				var err error
				for range 5 {
					err = errors.Join(err, d.Write(t.Context(), func(tx *db.Tx) error {
						_, err := record.Append(tx, record.Leaf{Actor: "job", Verb: "send", Rows: 12, Digest: "ab"})
						return err
					}))
				}
				done <- err
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if r := audit(t, d); r.Err() != nil || r.Head.Size != 20 {
			t.Errorf("appended at once: %+v", r)
		}
	})
}

func TestLines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		want := record.Leaf{Time: 1_764_000_000, Actor: "u1", Verb: "reveal", Object: "list:people", Rows: 3, Digest: "00ff", Line: "Printed \"values\" <of> 3 people:\x00 \xff"}
		write(t, d, func(tx *db.Tx) error { _, err := record.Append(tx, want); return err })
		before := time.Now().Unix()
		write(t, d, func(tx *db.Tx) error { _, err := record.Append(tx, record.Leaf{Actor: "u2", Verb: "x"}); return err })
		if r := audit(t, d); r.Err() != nil {
			t.Errorf("text that is no text: %+v", r)
		}
		write(t, d, func(tx *db.Tx) error { return record.Destroy(tx, 0, "u3", "retention rule 4") })
		var lines []record.Line
		read(t, d, func(tx *db.Tx) (err error) { lines, err = record.Lines(tx, 0, 10); return err })
		if len(lines) != 3 {
			t.Fatalf("%d lines", len(lines))
		}
		want.Line = ""
		if lines[0].Leaf != want || !lines[0].Destroyed {
			t.Errorf("destroyed line reads %+v", lines[0])
		}
		if lines[1].Time < before || lines[1].Destroyed {
			t.Errorf("line without time reads %+v", lines[1])
		}
		if l := lines[2]; l.Verb != "destroy-line" || l.Object != "record:0" || l.Line != "retention rule 4" || l.Sequence != 2 {
			t.Errorf("destruction reads %+v", l)
		}
		if r := audit(t, d); r.Err() != nil || r.Destroyed != 1 {
			t.Errorf("after a destruction: %+v", r)
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error { return record.Destroy(tx, 0, "u3", "again") })
		if !errors.Is(err, reeve.NotFound) {
			t.Errorf("second destruction: %v", err)
		}
	})
}

// TestTampering changes the tables behind the room's back.
func TestTampering(t *testing.T) {
	for _, statement := range []string{
		"UPDATE record_leaf SET leaf = (SELECT leaf FROM record_leaf WHERE sequence = 3) WHERE sequence = 4",
		"UPDATE record_leaf SET leaf = CAST(REPLACE(CAST(leaf AS TEXT), 'decide', 'delete') AS BLOB) WHERE sequence = 9",
		"UPDATE record_line SET line = 'Decided otherwise' WHERE sequence = 11",
		"UPDATE record_line SET salt = (SELECT salt FROM record_line WHERE sequence = 0) WHERE sequence = 1",
		"UPDATE record_hash SET hash = (SELECT hash FROM record_hash WHERE place = 1) WHERE place = 2",
		"DELETE FROM record_hash WHERE place = (SELECT MAX(place) FROM record_hash)",
		"DELETE FROM record_line WHERE sequence = 19; DELETE FROM record_leaf WHERE sequence = 19",
		"DELETE FROM record_line WHERE sequence = 7; DELETE FROM record_leaf WHERE sequence = 7",
		"INSERT INTO record_leaf (sequence, leaf) VALUES (20, CAST('x' AS BLOB))",
	} {
		d := dbtest.SQLite(t)
		prepare(t, d)
		fill(t, d, 20)
		write(t, d, func(tx *db.Tx) error {
			for part := range strings.SplitSeq(statement, "; ") {
				if n, err := tx.Exec(part); err != nil || n == 0 {
					t.Fatalf("%s: %d rows, %v", part, n, err)
				}
			}
			return nil
		})
		r := audit(t, d)
		if err := r.Err(); !errors.Is(err, record.ErrTampered) || reeve.HintOf(err) == "" {
			t.Errorf("%s: audit says %v", statement, err)
		}
	}
}

func TestBadLeaves(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	for _, l := range []record.Leaf{{}, {Actor: "u1"}, {Verb: "x"}, {Actor: "u1", Verb: "x", Time: -1}, {Actor: "u1", Verb: "x", Rows: -1},
		{Actor: "u1", Verb: "x", Line: strings.Repeat("x", 65<<10)}, {Actor: "u1", Verb: "x", Object: strings.Repeat("x", 501)}} {
		err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := record.Append(tx, l); return err })
		if !errors.Is(err, reeve.Invalid) {
			t.Errorf("%.80v: %v", l, err)
		}
	}
}

func TestHeadText(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	for _, h := range append(fill(t, d, 10), record.Head{}) {
		text := h.Text("reeve case 7")
		origin, got, err := record.ParseHead(text)
		if err != nil || got != h || origin != "reeve case 7" {
			t.Errorf("%q reads %q %+v, %v", text, origin, got, err)
		}
	}
	for _, bad := range []string{"", "a\n1\n", "a\n-1\nAAAA\n", "a\n01\nAAAA\n", "a\n1\n!\n", "\n1\n" + record.Head{}.Text("x")[4:]} {
		if _, _, err := record.ParseHead(bad); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	open := map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			d := open[name](b)
			prepare(b, d)
			b.ResetTimer()
			write(b, d, func(tx *db.Tx) error {
				for range b.N {
					if _, err := record.Append(tx, record.Leaf{Time: 1, Actor: "u1", Verb: "decide", Object: "P1", Line: "Decided that two mentions are one person"}); err != nil {
						return err
					}
				}
				return nil
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
		})
	}
}

func TestLastOf(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	write(t, d, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Time: 1_700_000_000, Actor: "u1", Verb: "backup"})
		return err
	})
	fill(t, d, 1500)
	read(t, d, func(tx *db.Tx) error {
		if last, err := record.LastOf(tx, "backup"); err != nil || last != 1_700_000_000 {
			t.Errorf("backup at %d, %v", last, err)
		}
		if _, err := record.LastOf(tx, "never"); !errors.Is(err, reeve.NotFound) {
			t.Errorf("what was never done: %v", err)
		}
		return nil
	})
}
