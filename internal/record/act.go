package record

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
)

// By is who acts and when, in UTC seconds.
type By struct {
	Actor string
	Time  int64
}

// Act runs an act in one transaction that survives a power cut, and appends the
// leaf that do returns last, by whom and when filled in. The line of a leaf names
// objects by id: not all of its readers may see them.
func Act(ctx context.Context, d *db.DB, by By, do func(tx *db.Tx) (Leaf, error)) error {
	return d.WriteDurable(ctx, func(tx *db.Tx) error { return by.Put(tx, do) })
}

// Work is Act for a job, which may find that there is nothing to do: a leaf
// without a verb is not written.
func Work(ctx context.Context, d *db.DB, by By, do func(tx *db.Tx) (Leaf, error)) error {
	return d.WriteDurable(ctx, func(tx *db.Tx) error {
		leaf, err := do(tx)
		if err != nil || leaf.Verb == "" {
			return err
		}
		return by.append(tx, leaf)
	})
}

// Put is Act within a transaction that is another's.
func (by By) Put(tx *db.Tx, do func(tx *db.Tx) (Leaf, error)) error {
	leaf, err := do(tx)
	if err != nil {
		return err
	}
	return by.append(tx, leaf)
}

func (by By) append(tx *db.Tx, leaf Leaf) error {
	leaf.Actor, leaf.Time = by.Actor, by.Time
	_, err := Append(tx, leaf)
	return err
}
