package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// TestCompact: what was deleted is in no file any more, and copies beside it are
// gone.
func TestCompact(t *testing.T) {
	const secret = "QUILLFEATHER-IN-THE-FILE"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Migrate(t.Context(), "compact", []string{"CREATE TABLE compact_test (id INTEGER NOT NULL PRIMARY KEY, words TEXT NOT NULL);"})
		if err == nil {
			err = d.Write(t.Context(), func(tx *db.Tx) error {
				for i := range 200 {
					if _, err := tx.Exec("INSERT INTO compact_test (id, words) VALUES (?, ?)", i, secret); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err == nil {
			err = d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM compact_test"); return err })
		}
		if err == nil {
			err = d.Compact(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("file", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "case.db")
		d, err := db.Open(t.Context(), path, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		step := "CREATE TABLE compact_test (id INTEGER NOT NULL PRIMARY KEY, words TEXT NOT NULL); INSERT INTO compact_test (id, words) VALUES (1, '" + secret + "');"
		if err := d.Migrate(t.Context(), "compact", []string{step}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".before-compact-2", []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM compact_test"); return err }); err != nil {
			t.Fatal(err)
		}
		if err := d.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s still holds it", filepath.Base(f))
			}
		}
	})
}
