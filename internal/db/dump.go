package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/reeve-council/reeve"
)

// Dump gives the rows of every table of a PostgreSQL database as they are at
// one moment, in PostgreSQL's binary form of COPY. table is called for each
// with its name and columns, "name(column,…)", those that others refer to
// first; it gives where the rows go.
func (d *DB) Dump(ctx context.Context, table func(head string) (io.WriteCloser, error)) error {
	err := d.Read(ctx, func(tx *Tx) error {
		heads, err := tx.tableHeads()
		if err != nil {
			return err
		}
		for _, head := range heads {
			w, err := table(head)
			if err != nil {
				return err
			}
			err = tx.copyTo(w, head)
			if e := w.Close(); err == nil {
				err = e
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("copy tables: %w", err)
	}
	return nil
}

// Fill loads what Dump gave into a database whose tables were made by the same
// steps and are emptied first. next gives one table after the other, io.EOF
// behind the last.
func (d *DB) Fill(ctx context.Context, next func() (head string, rows io.Reader, err error)) error {
	err := d.WriteDurable(ctx, func(tx *Tx) error {
		here, err := tx.tableHeads()
		if err != nil {
			return err
		}
		for _, head := range slices.Backward(here) { // those that refer first
			if _, err := tx.Exec("DELETE FROM " + tableOf(head)); err != nil {
				return err
			}
		}
		for {
			head, rows, err := next()
			if errors.Is(err, io.EOF) {
				return tx.count(here)
			}
			if err != nil {
				return err
			}
			if !slices.Contains(here, head) {
				return reeve.WithHint(fmt.Errorf("the tables are not those of this version: %w", reeve.Invalid), "use the version of Reeve that made the copy")
			}
			if err := tx.copyFrom(rows, head); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return fmt.Errorf("fill tables: %w", err)
	}
	return nil
}

func tableOf(head string) string {
	name, _, _ := strings.Cut(head, "(")
	return name
}

// tableHeads gives "name(column,…)" of every table, a table behind all that it
// refers to. Names are the house's own: lower-case words without quotes.
func (tx *Tx) tableHeads() ([]string, error) {
	if tx.db.Dialect() != "postgres" {
		return nil, fmt.Errorf("tables of a file: %w", reeve.Invalid)
	}
	heads, err := All(tx, func(r Row) (head string, err error) { return head, r.Scan(&head) }, `
		SELECT c.relname || '(' || string_agg(a.attname, ',' ORDER BY a.attnum) || ')'
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
		GROUP BY c.relname ORDER BY c.relname`)
	if err != nil {
		return nil, err
	}
	type reference struct{ from, to string }
	refers, err := All(tx, func(r Row) (x reference, err error) { return x, r.Scan(&x.from, &x.to) }, `
		SELECT f.relname, t.relname FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
		WHERE k.contype = 'f' AND k.conrelid <> k.confrelid ORDER BY f.relname, t.relname`)
	if err != nil {
		return nil, err
	}
	var ordered []string
	placed := make(map[string]bool)
	for len(ordered) < len(heads) {
		before := len(ordered)
		for _, head := range heads {
			name := tableOf(head)
			if !placed[name] && !slices.ContainsFunc(refers, func(x reference) bool { return x.from == name && !placed[x.to] }) {
				placed[name], ordered = true, append(ordered, head)
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to each other in a ring: %w", reeve.Invalid)
		}
	}
	return ordered, nil
}

func (tx *Tx) copyTo(w io.Writer, head string) error {
	return tx.raw(func(c *pgconn.PgConn) error {
		_, err := c.CopyTo(tx.ctx, w, "COPY "+head+" TO STDOUT (FORMAT binary)")
		return err
	})
}

func (tx *Tx) copyFrom(r io.Reader, head string) error {
	return tx.raw(func(c *pgconn.PgConn) error {
		_, err := c.CopyFrom(tx.ctx, r, "COPY "+head+" FROM STDIN (FORMAT binary)")
		return err
	})
}

func (tx *Tx) raw(use func(*pgconn.PgConn) error) error {
	return tx.db.explain(tx.conn.Raw(func(conn any) error {
		return use(conn.(*stdlib.Conn).Conn().PgConn())
	}))
}

// count sets what numbers new rows behind the largest number there is.
func (tx *Tx) count(heads []string) error {
	columns, err := All(tx, func(r Row) (x [2]string, err error) { return x, r.Scan(&x[0], &x[1]) }, `
		SELECT table_name, column_name FROM information_schema.columns
		WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name`)
	if err != nil {
		return err
	}
	for _, c := range columns {
		if !slices.ContainsFunc(heads, func(head string) bool { return tableOf(head) == c[0] }) {
			continue
		}
		// A sequence counts from 1; some tables number from 0.
		var last int64
		err := tx.One([]any{&last}, "SELECT setval(pg_get_serial_sequence(?, ?), GREATEST(COALESCE((SELECT MAX("+c[1]+") FROM "+c[0]+"), 0), 1))", c[0], c[1])
		if err != nil {
			return err
		}
	}
	return nil
}
