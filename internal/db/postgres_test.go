package db_test

import (
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// Compiling one statement over the wide views takes longer than a hundred of them.
func TestStatementsAreNotCompiled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect() != "postgres" {
			t.Skip("SQLite compiles nothing to machine code")
		}
		for range 3 { // whatever connection it comes by
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				var jit string
				err := tx.One([]any{&jit}, "SELECT current_setting('jit')")
				if jit != "off" {
					t.Errorf("jit is %q", jit)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
