package review

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
)

// sliceRows is how many rows of a version are written, or removed, at once: some
// tens of milliseconds, for which others wait.
const sliceRows = 2000

// slicing writes rows of one table a slice at a time, each in a transaction of
// its own. Each waits for the disk: else all would be flushed when the version is
// kept, while others wait.
type slicing struct {
	ctx     context.Context
	d       *db.DB
	table   string
	columns []string
	rows    [][]any
}

func (f *freezing) into(table string, columns ...string) *slicing {
	return &slicing{ctx: f.ctx, d: f.d, table: table, columns: columns}
}

func (s *slicing) add(cells ...any) error {
	if s.rows = append(s.rows, cells); len(s.rows) < sliceRows {
		return nil
	}
	return s.close()
}

// close writes what is left.
func (s *slicing) close() error {
	if len(s.rows) == 0 {
		return nil
	}
	err := s.d.WriteDurable(s.ctx, func(tx *db.Tx) error {
		load := tx.Load(s.table, s.columns...)
		for _, cells := range s.rows {
			if err := load.Add(cells...); err != nil {
				return err
			}
		}
		return load.Close()
	})
	s.rows = s.rows[:0]
	return err
}

// thawed are the tables with the rows of a version, and what tells its rows apart.
var thawed = [][2]string{{"list_person", "n"}, {"list_council", "n"}, {"list_resident", "n"}, {"list_contact", "n"}, {"list_home", "household"}}

// thaw removes rows that belong to no version: of a freezing that failed or was
// killed. The caller holds the lists, so that none is under way.
func thaw(ctx context.Context, d *db.DB) error {
	for _, t := range thawed {
		for more := true; more; {
			err := d.Write(ctx, func(tx *db.Tx) error {
				n, err := tx.Exec("DELETE FROM "+t[0]+" WHERE list > ("+lastVersion+") AND "+t[1]+" IN (SELECT "+t[1]+" FROM "+t[0]+" WHERE list > ("+lastVersion+") LIMIT ?)", sliceRows)
				more = n > 0
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

const lastVersion = "SELECT COALESCE(MAX(number), 0) FROM list_version"

// frozenForNothing reports whether there are rows that belong to no version.
func frozenForNothing(tx *db.Tx) (some bool, err error) {
	for _, t := range thawed {
		var n int64
		err = tx.One([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM "+t[0]+" WHERE list > ("+lastVersion+") LIMIT 1) x")
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
