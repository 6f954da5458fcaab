package record_test

import (
	"context"
	"errors"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
)

// TestActs: an act and its leaf stand or fall together, and only a job may find
// that there is nothing to say.
func TestActs(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	by := record.By{Actor: "u1", Time: 1_700_000_000}
	leaf := record.Leaf{Actor: "somebody else", Verb: "look", Object: "thing:1"}
	failed := errors.New("failed")
	act, work := record.Act, record.Work
	for _, c := range []struct {
		name string
		run  func(context.Context, *db.DB, record.By, func(*db.Tx) (record.Leaf, error)) error
		leaf record.Leaf
		err  error
		ok   bool
		left int64
	}{
		{"an act", act, leaf, nil, true, 1},
		{"an act that failed", act, leaf, failed, false, 1},
		{"an act that says nothing", act, record.Leaf{}, nil, false, 1},
		{"a job", work, leaf, nil, true, 2},
		{"a job with nothing to do", work, record.Leaf{}, nil, true, 2},
		{"a job that failed", work, leaf, failed, false, 2},
	} {
		err := c.run(t.Context(), d, by, func(*db.Tx) (record.Leaf, error) { return c.leaf, c.err })
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		read(t, d, func(tx *db.Tx) error {
			head, err := record.Root(tx)
			if head.Size != c.left {
				t.Errorf("after %s there are %d leaves, want %d", c.name, head.Size, c.left)
			}
			return err
		})
	}
	read(t, d, func(tx *db.Tx) error {
		all, err := record.Lines(tx, 0, 10)
		for _, l := range all {
			if l.Actor != by.Actor || l.Time != by.Time || l.Verb != leaf.Verb {
				t.Errorf("a leaf says %s at %d: %s", l.Actor, l.Time, l.Verb)
			}
		}
		return err
	})
}
