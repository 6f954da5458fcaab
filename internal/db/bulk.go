package db

import (
	"fmt"
	"slices"
	"strings"
)

// loader takes the rows of a bulk load.
type loader interface {
	add(row []any) error
	close() error
}

// Bulk loads many rows into one table. Rows are sent in groups; Close sends the
// rest and must be called before anything else runs in the transaction.
type Bulk struct {
	tx     *Tx
	into   loader
	width  int
	table  string
	closed bool
}

// Load begins a bulk load by the quickest way the database has: rows must not
// collide with each other or with what is there.
func (tx *Tx) Load(table string, columns ...string) *Bulk {
	return &Bulk{tx: tx, table: table, width: len(columns), into: tx.db.dialect.load(tx, table, columns)}
}

// Upsert begins a bulk load in which a row whose keys are there already
// replaces the other columns; with no other columns it is left as it is. One
// load must not hold the same keys twice within a group of rows: sort out
// doubles before.
func (tx *Tx) Upsert(table string, keys, columns []string) *Bulk {
	var tail strings.Builder
	tail.WriteString(" ON CONFLICT (" + strings.Join(keys, ", ") + ")")
	set := " DO UPDATE SET "
	for _, c := range columns {
		if slices.Contains(keys, c) {
			continue
		}
		tail.WriteString(set + c + " = excluded." + c)
		set = ", "
	}
	if set != ", " {
		tail.WriteString(" DO NOTHING")
	}
	return tx.group(table, columns, tail.String())
}

// LoadNew begins a bulk load in which rows that collide with what is there are
// left out.
func (tx *Tx) LoadNew(table string, columns ...string) *Bulk {
	return tx.group(table, columns, " ON CONFLICT DO NOTHING")
}

func (tx *Tx) group(table string, columns []string, tail string) *Bulk {
	return &Bulk{tx: tx, table: table, width: len(columns), into: newRowGroup(tx, table, columns, tail)}
}

// Add takes one row, in the order of the columns. Slices of bytes in it must
// stay as they are until Close.
func (b *Bulk) Add(row ...any) error {
	if len(row) != b.width {
		return fmt.Errorf("load %s: row of %d values for %d columns", b.table, len(row), b.width)
	}
	err := clean(row)
	if err == nil {
		err = b.into.add(row)
	}
	if err != nil {
		return fmt.Errorf("load %s: %w", b.table, err)
	}
	return nil
}

// Close sends what is left. Calling it twice does nothing.
func (b *Bulk) Close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	if err := b.into.close(); err != nil {
		return fmt.Errorf("load %s: %w", b.table, err)
	}
	return nil
}

// rowsPerInsert is the number of rows of one INSERT: beyond about twenty SQLite
// gains nothing and statements grow.
const rowsPerInsert = 20

// rowGroup sends rows as INSERT … VALUES (…), (…).
type rowGroup struct {
	tx         *Tx
	head, tail string
	width      int
	args       []any
	full       string // the statement for a whole group
}

func newRowGroup(tx *Tx, table string, columns []string, tail string) *rowGroup {
	g := &rowGroup{tx: tx, width: len(columns), tail: tail,
		head: "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ",
		args: make([]any, 0, rowsPerInsert*len(columns))}
	g.full = g.statement(rowsPerInsert)
	return g
}

func (g *rowGroup) statement(rows int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", g.width), ", ") + ")"
	return g.head + strings.TrimSuffix(strings.Repeat(row+", ", rows), ", ") + g.tail
}

func (g *rowGroup) add(row []any) error {
	g.args = append(g.args, row...)
	if len(g.args) < rowsPerInsert*g.width {
		return nil
	}
	return g.send(g.full)
}

func (g *rowGroup) send(statement string) error {
	_, err := g.tx.Exec(statement, g.args...)
	g.args = g.args[:0]
	return err
}

func (g *rowGroup) close() error {
	if len(g.args) == 0 {
		return nil
	}
	return g.send(g.statement(len(g.args) / g.width))
}
