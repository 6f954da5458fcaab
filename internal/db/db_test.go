package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// things is a room's schema with every type and a foreign key.
var things = []string{`
CREATE TABLE thing (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE, -- the TEXT in a comment
	size INTEGER NOT NULL DEFAULT 0,
	body BLOB,
	note TEXT NOT NULL DEFAULT 'INTEGER; TEXT?'
) STRICT;
CREATE TABLE part (
	thing INTEGER NOT NULL REFERENCES thing(id),
	place INTEGER NOT NULL,
	PRIMARY KEY (thing, place)
) STRICT, WITHOUT ROWID;`}

func ready(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Migrate(t.Context(), "things", things); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, d *db.DB, use func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), use); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, d *db.DB, query string, args ...any) []string {
	t.Helper()
	var all []string
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.All(tx, func(r db.Row) (string, error) {
			var s string
			return s, r.Scan(&s)
		}, query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRoundTrip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		write(t, d, func(tx *db.Tx) error {
			var id int64
			if err := tx.One([]any{&id}, "INSERT INTO thing (name, size, body) VALUES (?, ?, ?) RETURNING id", "a?'", int64(1)<<40, []byte{0, 1}); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO thing (name, size) VALUES (?, ?)", reeve.KindNINO, reeve.CapacityAuthor); err != nil {
				return err
			}
			_, err := tx.Exec("INSERT INTO thing (name, size) VALUES (?, ?)", "bad \xff\x00 text", true)
			return err
		})
		var size int64
		var body []byte
		var note string
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.One([]any{&size, &body, &note}, "SELECT size, body, note FROM thing WHERE name = ? AND '?' <> name", "a?'")
		})
		if err != nil || size != 1<<40 || string(body) != "\x00\x01" || note != "INTEGER; TEXT?" {
			t.Errorf("read back %d %q %q, %v", size, body, note, err)
		}
		want := []string{"a?'", "bad \uFFFD\uFFFD text", "nino"}
		if got := names(t, d, "SELECT name FROM thing ORDER BY name"); !slices.Equal(got, want) {
			t.Errorf("names %q, want %q", got, want)
		}
		err = d.Read(t.Context(), func(tx *db.Tx) error { return tx.One([]any{&size}, "SELECT size FROM thing WHERE name = ?", "none") })
		if !errors.Is(err, reeve.NotFound) {
			t.Errorf("no row: %v", err)
		}
	})
}

func TestTextIsOrderedBytewise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		want := []string{"A", "B", "Z", "_", "a", "a b", "a-c", "aB", "ab", "é"}
		write(t, d, func(tx *db.Tx) error {
			b := tx.Load("thing", "name")
			for i := range want {
				if err := b.Add(want[(i*7)%len(want)]); err != nil {
					return err
				}
			}
			return b.Close()
		})
		if got := names(t, d, "SELECT name FROM thing ORDER BY name"); !slices.Equal(got, want) {
			t.Errorf("order %q, want %q", got, want)
		}
	})
}

func TestUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		stop := errors.New("stop")
		add := func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO thing (name) VALUES (?)", "x")
			return err
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error { return errors.Join(add(tx), stop) })
		if !errors.Is(err, stop) {
			t.Errorf("error of the caller got lost: %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = d.Write(t.Context(), func(tx *db.Tx) error { _ = add(tx); panic("x") })
		}()
		if err := d.Read(t.Context(), add); err == nil {
			t.Error("a reading transaction could write")
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = d.Write(ctx, func(tx *db.Tx) error { cancel(); return add(tx) })
		if err == nil {
			t.Error("a cancelled transaction was kept")
		}
		if got := names(t, d, "SELECT name FROM thing"); len(got) != 0 {
			t.Errorf("kept %q", got)
		}
		if err := d.WriteDurable(t.Context(), add); err != nil {
			t.Error(err)
		}
		if got := names(t, d, "SELECT name FROM thing"); len(got) != 1 {
			t.Errorf("durable write kept %q", got)
		}
	})
}

func TestErrorsHaveKindsAndNoValues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		const secret = "QQ123456C"
		cases := []struct {
			name string
			kind error
			do   func(tx *db.Tx) error
		}{
			{"double", reeve.Conflict, func(tx *db.Tx) error {
				_, err := tx.Exec("INSERT INTO thing (name) VALUES (?), (?)", secret, secret)
				return err
			}},
			{"no parent", reeve.Conflict, func(tx *db.Tx) error {
				_, err := tx.Exec("INSERT INTO part (thing, place) VALUES (99, 1)")
				return err
			}},
			{"hidden value", reeve.Invalid, func(tx *db.Tx) error {
				_, err := tx.Exec("INSERT INTO thing (name) VALUES (?)", reeve.Private(reeve.KindNINO, secret))
				return err
			}},
			{"scan", reeve.Invalid, func(tx *db.Tx) error {
				if _, err := tx.Exec("INSERT INTO thing (name) VALUES (?)", secret); err != nil {
					return err
				}
				var n int64
				return tx.One([]any{&n}, "SELECT name FROM thing")
			}},
		}
		for _, c := range cases {
			err := d.Write(t.Context(), c.do)
			if !errors.Is(err, c.kind) {
				t.Errorf("%s: %v, want %v", c.name, err, c.kind)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error tells the value: %v", c.name, err)
			}
		}
	})
}

func TestBulk(t *testing.T) {
	const rows = 20*300 + 7
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		write(t, d, func(tx *db.Tx) error {
			b := tx.Load("thing", "id", "name", "size", "body")
			row := make([]any, 4) // reused: a load must not keep the caller's slice
			for i := range rows {
				row[0], row[1], row[2], row[3] = i+1, "n"+strconv.Itoa(i), i, []byte{byte(i)}
				if err := b.Add(row...); err != nil {
					return err
				}
			}
			return errors.Join(b.Close(), b.Close())
		})
		var count, sum, distinct int64
		sums := func(tx *db.Tx) error {
			return tx.One([]any{&count, &sum, &distinct}, "SELECT COUNT(*), CAST(SUM(size) AS INTEGER), COUNT(DISTINCT name) FROM thing")
		}
		if err := d.Read(t.Context(), sums); err != nil || count != rows || distinct != rows || sum != rows*(rows-1)/2 {
			t.Errorf("loaded %d rows, %d names, sum %d, %v", count, distinct, sum, err)
		}
		write(t, d, func(tx *db.Tx) error {
			b := tx.Upsert("thing", []string{"id"}, []string{"id", "name", "size"})
			for i := range 50 {
				if err := b.Add(i+rows-24, "new"+strconv.Itoa(i), 0); err != nil {
					return err
				}
			}
			return b.Close()
		})
		if err := d.Read(t.Context(), sums); err != nil || count != rows+25 {
			t.Errorf("upsert left %d rows, want %d, %v", count, rows+25, err)
		}
		write(t, d, func(tx *db.Tx) error {
			b := tx.LoadNew("thing", "id", "name")
			return errors.Join(b.Add(1, "other"), b.Add(rows+1000, "last"), b.Close())
		})
		if got := names(t, d, "SELECT name FROM thing WHERE id = 1 OR name = ?", "last"); len(got) != 2 || got[0] == "other" {
			t.Errorf("LoadNew left %q", got)
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error { return tx.Load("thing", "id", "name").Add(1) })
		if err == nil {
			t.Error("a row that is too short was taken")
		}
	})
}

func TestMigrate(t *testing.T) {
	t.Setenv("REEVE_MIGRATE", "yes") // PostgreSQL asks; see TestCopyBeforeSteps
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		ready(t, d)
		two := append(slices.Clone(things), "ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
		for range 2 {
			if err := d.Migrate(ctx, "things", two); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Migrate(ctx, "other", []string{"CREATE TABLE other (id INTEGER PRIMARY KEY)"}); err != nil {
			t.Errorf("a second room: %v", err)
		}
		err := d.Migrate(ctx, "things", things)
		if !errors.Is(err, reeve.Invalid) || reeve.HintOf(err) == "" {
			t.Errorf("older program on newer tables: %v", err)
		}
		if err := d.Migrate(ctx, "things", []string{two[0] + " ", two[1]}); !errors.Is(err, reeve.Invalid) {
			t.Errorf("changed step: %v", err)
		}
		broken := append(slices.Clone(two), "CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER)")
		if err := d.Migrate(ctx, "things", broken); err == nil {
			t.Error("a broken step ran")
		}
		if err := d.Migrate(ctx, "things", append(slices.Clone(two), "CREATE TABLE half (id INTEGER)")); err != nil {
			t.Errorf("after a broken step: %v", err)
		}
	})
}

func TestClaim(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, id := range []string{"one", "one"} {
			if err := d.Claim(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Claim(t.Context(), "two"); !errors.Is(err, reeve.Conflict) || reeve.HintOf(err) == "" {
			t.Errorf("another case: %v", err)
		}
	})
}

func TestLock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		release, err := d.Lock(t.Context(), "sweep")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Lock(t.Context(), "sweep"); !errors.Is(err, reeve.Conflict) || reeve.HintOf(err) == "" {
			t.Errorf("second lock: %v", err)
		}
		other, err := d.Lock(t.Context(), "serve")
		if err != nil {
			t.Errorf("lock of another name: %v", err)
		} else if err := other(); err != nil {
			t.Error(err)
		}
		if err := release(); err != nil {
			t.Error(err)
		}
		if release, err = d.Lock(t.Context(), "sweep"); err != nil {
			t.Fatalf("lock after release: %v", err)
		}
		if err := release(); err != nil {
			t.Error(err)
		}
	})
}

func TestSerialise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ready(t, d)
		write(t, d, func(tx *db.Tx) error { _, err := tx.Exec("INSERT INTO thing (name) VALUES ('counter')"); return err })
		done := make(chan error, 4)
		for range cap(done) {
			go func() {
				var err error
				for range 10 {
					err = errors.Join(err, d.Write(context.Background(), func(tx *db.Tx) error {
						if err := tx.Serialise("counter"); err != nil {
							return err
						}
						var n int64
						if err := tx.One([]any{&n}, "SELECT size FROM thing WHERE name = 'counter'"); err != nil {
							return err
						}
						_, err := tx.Exec("UPDATE thing SET size = ? WHERE name = 'counter'", n+1)
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
		if got := names(t, d, "SELECT name FROM thing WHERE size = 40"); len(got) != 1 {
			t.Error("updates got lost")
		}
	})
}

func TestSQLiteFileIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes mean nothing on Windows")
	}
	path := filepath.Join(t.TempDir(), "case's # db.db")
	if _, err := db.Open(t.Context(), path, db.Options{MustExist: true}); !errors.Is(err, reeve.NotFound) {
		t.Errorf("file that must be there: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ready(t, d)
	files, err := filepath.Glob(filepath.Dir(path) + "/*")
	if err != nil || len(files) < 2 {
		t.Fatalf("files %q, %v", files, err)
	}
	for _, f := range files {
		if st, err := os.Stat(f); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", f, st.Mode(), err)
		}
	}
}

func TestSQLiteSettings(t *testing.T) {
	d := dbtest.SQLite(t)
	want := map[string]string{"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "secure_delete": "1", "temp_store": "1"}
	for pragma, value := range want {
		if got := names(t, d, "PRAGMA "+pragma); len(got) != 1 || got[0] != value {
			t.Errorf("%s is %q, want %q", pragma, got, value)
		}
	}
	if got := names(t, d, "PRAGMA temp_store_directory"); len(got) != 1 || got[0] == "" {
		t.Errorf("temporary files go to %q", got)
	}
}

func TestSQLiteWrongFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(t.Context(), path, db.Options{}); !errors.Is(err, reeve.Invalid) || reeve.HintOf(err) == "" {
		t.Errorf("wrong file: %v", err)
	}
	if _, err := db.Open(t.Context(), filepath.Join(path, "x.db"), db.Options{}); err == nil || reeve.HintOf(err) == "" {
		t.Errorf("path below a file: %v", err)
	}
}

func TestPostgresWrongAddress(t *testing.T) {
	_, err := db.Open(t.Context(), "postgres://reeve:hunter2@/none?host="+t.TempDir(), db.Options{})
	if !errors.Is(err, reeve.Unavailable) || reeve.HintOf(err) == "" || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("no server: %v", err)
	}
	_, err = db.Open(t.Context(), "postgres://reeve:hunter2@host:port/x", db.Options{})
	if !errors.Is(err, reeve.Invalid) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("bad address: %v", err)
	}
	address := dbtest.PostgresAddress(t)
	_, err = db.Open(t.Context(), strings.Replace(address, "reeve_test", "other", 1), db.Options{})
	if !errors.Is(err, reeve.NotFound) || reeve.HintOf(err) == "" {
		t.Errorf("no such database: %v", err)
	}
}
