package db_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

var family = []string{`
CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, photo BLOB) STRICT;
CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id), above INTEGER REFERENCES child (n), n INTEGER PRIMARY KEY, weight REAL) STRICT;`}

func fillFamily(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Migrate(t.Context(), "family", family); err != nil {
		t.Fatal(err)
	}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range 50 {
			if _, err := tx.Exec("INSERT INTO parent (id, name, photo) VALUES (?, ?, ?)", i, fmt.Sprint("Ångström ", i), bytes.Repeat([]byte{byte(i)}, i)); err != nil {
				return err
			}
			above := any(nil)
			if i > 0 {
				above = i - 1
			}
			if _, err := tx.Exec("INSERT INTO child (parent, above, n, weight) VALUES (?, ?, ?, ?)", i, above, i, float64(i)/3); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func familyText(t *testing.T, d *db.DB) string {
	t.Helper()
	var b strings.Builder
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(r db.Row) error {
			var name string
			var photo []byte
			var weight float64
			if err := r.Scan(&name, &photo, &weight); err != nil {
				return err
			}
			fmt.Fprintln(&b, name, photo, weight)
			return nil
		}, "SELECT name, photo, weight FROM parent JOIN child ON child.parent = parent.id ORDER BY n")
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCopyWhileWriting(t *testing.T) {
	d := dbtest.SQLite(t)
	fillFamily(t, d)
	want := familyText(t, d)
	path := filepath.Join(t.TempDir(), "copy.db")
	err := d.Write(t.Context(), func(tx *db.Tx) error { // a writer in the middle of its work
		if _, err := tx.Exec("UPDATE parent SET name = 'half done'"); err != nil {
			return err
		}
		return d.Copy(t.Context(), path)
	})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("copy: %v, %v", info, err)
	}
	c, err := db.Open(t.Context(), path, db.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got := familyText(t, c); got != want {
		t.Errorf("copy holds\n%s", got)
	}
	if err := d.Copy(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestDumpAndFill(t *testing.T) {
	from := dbtest.Postgres(t)
	fillFamily(t, from)
	type table struct {
		head string
		bytes.Buffer
	}
	var tables []*table
	err := from.Dump(t.Context(), func(head string) (io.WriteCloser, error) {
		x := &table{head: head}
		tables = append(tables, x)
		return closer{x}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	to := dbtest.Postgres(t)
	if err := to.Migrate(t.Context(), "family", family); err != nil {
		t.Fatal(err)
	}
	next := func() (string, io.Reader, error) {
		if len(tables) == 0 {
			return "", nil, io.EOF
		}
		x := tables[0]
		tables = tables[1:]
		return x.head, x, nil
	}
	if err := to.Fill(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if got, want := familyText(t, to), familyText(t, from); got != want {
		t.Errorf("filled with\n%s", got)
	}
	err = to.Write(t.Context(), func(tx *db.Tx) error { // numbered behind what was filled in
		var id int64
		return tx.One([]any{&id}, "INSERT INTO parent (name) VALUES ('new') RETURNING id")
	})
	if err != nil {
		t.Error(err)
	}
	tables = []*table{{head: "stranger(id)"}}
	if err := to.Fill(t.Context(), next); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a table of another version: %v", err)
	}
	if got := familyText(t, to); got == "" {
		t.Error("what could not be filled was emptied")
	}
}

type closer struct{ io.Writer }

func (closer) Close() error { return nil }

// TestCopyBeforeSteps: a database of an older version is copied before it is
// changed for good; on PostgreSQL somebody has to say that it was copied.
func TestCopyBeforeSteps(t *testing.T) {
	more := append(family[:1:1], "ALTER TABLE parent ADD COLUMN age INTEGER")
	t.Run("sqlite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "case.db")
		d, err := db.Open(t.Context(), path, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		fillFamily(t, d)
		want := familyText(t, d)
		if err := errors.Join(d.Migrate(t.Context(), "family", more), d.Close()); err != nil {
			t.Fatal(err)
		}
		c, err := db.Open(t.Context(), path+".before-family-2", db.Options{MustExist: true})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if got := familyText(t, c); got != want {
			t.Errorf("copy holds\n%s", got)
		}
		if err := c.Migrate(t.Context(), "family", family); err != nil {
			t.Errorf("the older version cannot open the copy: %v", err)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		d := dbtest.Postgres(t)
		fillFamily(t, d)
		if err := d.Migrate(t.Context(), "family", more); !errors.Is(err, reeve.Conflict) || !strings.Contains(reeve.HintOf(err), "pg_dump") {
			t.Errorf("%v", err)
		}
		t.Setenv("REEVE_MIGRATE", "yes")
		if err := d.Migrate(t.Context(), "family", more); err != nil {
			t.Error(err)
		}
	})
}
