package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func TestSQLiteFull(t *testing.T) {
	d := dbtest.SQLite(t)
	ready(t, d)
	write(t, d, func(tx *db.Tx) error {
		return tx.Each(func(r db.Row) error { var n int; return r.Scan(&n) }, "PRAGMA max_page_count = 40")
	})
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO thing (name, body) VALUES ('big', zeroblob(1000000))")
		return err
	})
	if !errors.Is(err, reeve.Unavailable) || !strings.Contains(reeve.HintOf(err), "free space") {
		t.Errorf("a full disk: %v, hint %q", err, reeve.HintOf(err))
	}
}

// TestSQLiteSortsInsideTheCase: what SQLite sorts on disk may be personal and
// must not lie in the system's folder for temporary files.
func TestSQLiteSortsInsideTheCase(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("looks at the open files of the process, as Linux shows them")
	}
	dir := t.TempDir()
	temp := filepath.Join(dir, "it's temp")
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), filepath.Join(dir, "case.db"), db.Options{Temp: temp})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	looked, outside, inside := false, 0, 0
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(db.Row) error {
			if looked {
				return nil
			}
			looked = true
			files, err := filepath.Glob("/proc/self/fd/*")
			for _, f := range files {
				target, _ := os.Readlink(f)
				switch {
				case strings.HasPrefix(target, temp+"/"):
					inside++
				case strings.Contains(target, "etilqs"):
					outside++
				}
			}
			return err
		}, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 200000) SELECT hex(zeroblob(60)) || (x * 7919 % 100003) AS y FROM c ORDER BY y")
	})
	if err != nil || inside == 0 || outside != 0 {
		t.Errorf("temporary files: %d inside, %d outside, %v", inside, outside, err)
	}
}

func TestNoStatementWhileReading(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			return tx.Each(func(db.Row) error { _, err := tx.Exec("SELECT 1"); return err }, "SELECT 1")
		})
		if !errors.Is(err, reeve.Invalid) {
			t.Errorf("a statement inside Each: %v", err)
		}
	})
}

func TestCancelledCommit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		if err := d.Write(ctx, func(*db.Tx) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled before the commit: %v", err)
		}
	})
}

// TestPostgresErrors raises the server's errors by their codes.
func TestPostgresErrors(t *testing.T) {
	d := dbtest.Postgres(t)
	const secret = "QQ123456C"
	for code, want := range map[string]error{
		"53100": reeve.Unavailable, "53300": reeve.Unavailable, "57P01": reeve.Unavailable, "58030": reeve.Unavailable, "08006": reeve.Unavailable,
		"25006": reeve.Unavailable, "55P03": reeve.Unavailable, "40001": reeve.Unavailable, "40P01": reeve.Unavailable,
		"28P01": reeve.Denied, "28000": reeve.Denied, "42501": reeve.Denied, "3D000": reeve.NotFound, "23505": reeve.Conflict, "22P02": reeve.Invalid,
	} {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("DO $$ BEGIN RAISE EXCEPTION '" + secret + "' USING ERRCODE = '" + code + "'; END $$")
			return err
		})
		if !errors.Is(err, want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v, want %v", code, err, want)
		}
		if c := code[:2]; c != "22" && c != "23" && reeve.HintOf(err) == "" {
			t.Errorf("%s: no hint", code)
		}
	}
}

// TestPostgresLost: whatever is tried on a connection that is gone says so, and
// what to do.
func TestPostgresLost(t *testing.T) {
	d := dbtest.Postgres(t)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("SELECT pg_terminate_backend(pg_backend_pid())"); !errors.Is(err, reeve.Unavailable) {
			t.Errorf("the end of the connection: %v", err)
		}
		_, err := tx.Exec("SELECT 1")
		return err
	})
	if !errors.Is(err, reeve.Unavailable) || reeve.HintOf(err) == "" {
		t.Errorf("after it: %v, hint %q", err, reeve.HintOf(err))
	}
}
