package sweep

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// hasRegister reports whether this very file was loaded before. A gazetteer that
// was loaded before homes were kept is loaded again.
func (c *Case) hasRegister(ctx context.Context, file, digest string) (bool, error) {
	n := 0
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.One([]any{&n}, `SELECT COUNT(*) FROM register WHERE file = ? AND digest = ?
			AND (kind <> 'llpg' OR id IN (SELECT register FROM home_count))`, file, digest)
	})
	if err != nil {
		return false, fmt.Errorf("look up register: %w", err)
	}
	return n > 0, nil
}

// keepRegisters replaces, for each register a file gives, the rows that came
// from a file of that name before, and those rows only.
func (c *Case) keepRegisters(ctx context.Context, loads []registerLoad) error {
	err := c.DB.WriteDurable(ctx, func(tx *db.Tx) error {
		if err := unkeep(tx); err != nil {
			return err
		}
		var next int64
		if err := tx.One([]any{&next}, "SELECT COALESCE(MAX(id), 0) FROM register"); err != nil {
			return err
		}
		for i := range loads {
			next++
			if err := replaceRegister(tx, next, &loads[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep register: %w", err)
	}
	return nil
}

func replaceRegister(tx *db.Tx, id int64, l *registerLoad) error {
	var old int64
	err := tx.Each(func(row db.Row) error { return row.Scan(&old) }, "SELECT id FROM register WHERE name = ? AND file = ?", l.name, l.file)
	if err != nil {
		return err
	}
	if old != 0 {
		for _, q := range append([]string{"DELETE FROM record WHERE register = ?", "DELETE FROM bad_row WHERE register = ?", "DELETE FROM register WHERE id = ?"}, forgetHomes...) {
			if _, err := tx.Exec(q, old); err != nil {
				return err
			}
		}
	}
	_, err = tx.Exec("INSERT INTO register (id, name, kind, file, digest, people, line_count, bad_rows, loaded_at, mapping) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, l.name, l.kind, l.file, l.digest, l.people, l.rows, len(l.bad), l.at, "")
	if err != nil {
		return err
	}
	records := tx.Load("record", "register", "line", "n", "data")
	seen := make(map[int]int)
	for i := range l.recs {
		line := l.recs[i].line
		seen[line]++
		if err := records.Add(id, line, seen[line], l.recs[i].data); err != nil {
			return err
		}
	}
	if err := records.Close(); err != nil {
		return err
	}
	bad := tx.Upsert("bad_row", []string{"register", "line"}, []string{"register", "line", "reason"})
	for _, b := range l.bad {
		if err := bad.Add(id, b.Line, b.Reason); err != nil {
			return err
		}
	}
	if err := bad.Close(); err != nil {
		return err
	}
	if err := keepHomes(tx, id, l.places); err != nil {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Actor: programActor, Verb: "load register", Object: fmt.Sprintf("register %d", id), Rows: int64(l.rows), Digest: l.digest})
	return err
}

// programActor signs what the program does by itself.
const programActor = "reeve"

// records are all register rows of the case in the order (register, file,
// line).
func (c *Case) records(ctx context.Context) ([]reeve.Record, error) {
	var out []reeve.Record
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		type load struct {
			id         int64
			name, file string
		}
		var rows int
		if err := tx.One([]any{&rows}, "SELECT COUNT(*) FROM record"); err != nil {
			return err
		}
		out = make([]reeve.Record, 0, rows) // growing it would hold them twice
		loads, err := db.All(tx, func(row db.Row) (l load, err error) {
			return l, row.Scan(&l.id, &l.name, &l.file)
		}, "SELECT id, name, file FROM register")
		if err != nil {
			return err
		}
		slices.SortFunc(loads, func(a, b load) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.file, b.file)) })
		for _, l := range loads {
			err := tx.Each(func(row db.Row) error {
				var data []byte
				if err := row.Scan(&data); err != nil {
					return err
				}
				rec, err := decodeRecord(data)
				out = append(out, rec)
				return err
			}, "SELECT data FROM record WHERE register = ? ORDER BY line, n", l.id)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read registers: %w", err)
	}
	return out, nil
}
