package sweep

import (
	"context"
	"fmt"
	"iter"
	"os"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/evidence"
)

var listedList = List{
	Name:    "listed",
	Columns: []string{"path", "size", "digest", "state"},
	Numbers: []string{"size"},
	rows: func(v *view, emit func([]string) error) error {
		return v.tx.Each(func(row db.Row) error {
			var path, digest, state string
			var size int64
			if err := row.Scan(&path, &size, &digest, &state); err != nil {
				return err
			}
			shown := ""
			if size >= 0 {
				shown = strconv.FormatInt(size, 10)
			}
			return emit([]string{v.hide(path), shown, digest, state})
		}, "SELECT path, size, digest, state FROM listed ORDER BY path")
	},
}

// compareListing holds a listing of what is known to have been taken against
// what the exhibits hold, and keeps the files that are not held or differ.
func (c *Case) compareListing(ctx context.Context, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return reeve.WithHint(fmt.Errorf("open listing: %w: %w", stripPath(err), reeve.Invalid), "Give a file with one path a line, or CSV with path and size.")
	}
	defer f.Close()
	listing, err := evidence.ReadListing(f)
	if err != nil {
		return err
	}
	held, err := c.heldFiles(ctx)
	if err != nil {
		return err
	}
	gaps := listing.Compare(held)
	err = c.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM listed"); err != nil {
			return err
		}
		load := tx.LoadNew("listed", "path", "size", "digest", "state")
		for _, g := range gaps {
			if err := load.Add(g.Path, g.Size, g.Digest, g.What); err != nil {
				return err
			}
		}
		return load.Close()
	})
	if err != nil {
		return fmt.Errorf("compare listing: %w", err)
	}
	return nil
}

func (c *Case) heldFiles(ctx context.Context) (iter.Seq[evidence.Held], error) {
	var held []evidence.Held
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		held, err = db.All(tx, func(row db.Row) (h evidence.Held, err error) {
			return h, row.Scan(&h.Path, &h.Size, &h.Digest)
		}, "SELECT path, size, digest FROM item ORDER BY path")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("compare listing: %w", err)
	}
	return func(yield func(evidence.Held) bool) {
		for _, h := range held {
			if !yield(h) {
				return
			}
		}
	}, nil
}

func (f *Funnel) countListed(v *view) error {
	return v.tx.Each(func(row db.Row) error {
		var state string
		var n int64
		if err := row.Scan(&state, &n); err != nil {
			return err
		}
		if state == evidence.NotHeld {
			f.NotHeld = n
		} else {
			f.Differs = n
		}
		return nil
	}, "SELECT state, COUNT(*) FROM listed GROUP BY state")
}
