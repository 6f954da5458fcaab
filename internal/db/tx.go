package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// Tx is a transaction. It is used by one goroutine.
type Tx struct {
	db         *DB
	ctx        context.Context
	conn       *sql.Conn
	tx         *sql.Tx
	statements map[string]*sql.Stmt // by text as written; closed with the transaction
	reading    bool                 // inside Each
}

// errReading is the answer to a statement inside Each: PostgreSQL cannot run it
// on the same connection, so SQLite does not either.
var errReading = fmt.Errorf("a statement was run while rows were being read: gather them with All first: %w", reeve.Invalid)

// Row is one row of an answer.
type Row interface{ Scan(into ...any) error }

// maxStatements bounds the prepared statements of one transaction.
const maxStatements = 64

// Context is the context that Read or Write was called with.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Exec runs a statement and gives the number of rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := clean(args); err != nil {
		return 0, err
	}
	res, err := tx.exec(query, args)
	if err != nil {
		return 0, tx.db.explain(err)
	}
	n, err := res.RowsAffected()
	return n, tx.db.explain(err)
}

func (tx *Tx) exec(query string, args []any) (sql.Result, error) {
	if tx.reading {
		return nil, errReading
	}
	if st, err := tx.prepare(query); st != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return st.ExecContext(tx.ctx, args...)
	}
	return tx.tx.ExecContext(tx.ctx, tx.db.dialect.query(query), args...)
}

func (tx *Tx) query(query string, args []any) (*sql.Rows, error) {
	if tx.reading {
		return nil, errReading
	}
	if st, err := tx.prepare(query); st != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return st.QueryContext(tx.ctx, args...)
	}
	return tx.tx.QueryContext(tx.ctx, tx.db.dialect.query(query), args...)
}

// Each calls use for every row of an answer. A row that cannot be scanned ends
// it with the error. use must not run statements of the same transaction.
func (tx *Tx) Each(use func(Row) error, query string, args ...any) error {
	if err := clean(args); err != nil {
		return err
	}
	rows, err := tx.query(query, args)
	if err != nil {
		return tx.db.explain(err)
	}
	defer rows.Close()
	tx.reading = true
	defer func() { tx.reading = false }()
	for rows.Next() {
		if err := use(scanner{rows, tx.db}); err != nil {
			return err
		}
	}
	return tx.db.explain(rows.Err())
}

// One scans the first row of an answer; reeve.NotFound if there is none.
func (tx *Tx) One(into []any, query string, args ...any) error {
	found := false
	err := tx.Each(func(r Row) error {
		if found {
			return nil
		}
		found = true
		return r.Scan(into...)
	}, query, args...)
	if err == nil && !found {
		return reeve.NotFound
	}
	return err
}

// All gathers an answer.
func All[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := tx.Each(func(r Row) error {
		v, err := scan(r)
		all = append(all, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Serialise makes this transaction the only one that has asked for the name,
// until it ends; others wait.
func (tx *Tx) Serialise(name string) error {
	return tx.db.explain(tx.db.dialect.serialise(tx, name))
}

// prepare keeps the statements of a transaction, because most of them run in
// loops. It gives nil where the statement should be run as it is: the driver
// for PostgreSQL keeps its own for every connection, and a transaction with
// ever new texts gains nothing.
func (tx *Tx) prepare(query string) (*sql.Stmt, error) {
	if st := tx.statements[query]; st != nil {
		return st, nil
	}
	if !tx.db.dialect.prepares() || len(tx.statements) >= maxStatements {
		return nil, nil
	}
	st, err := tx.tx.PrepareContext(tx.ctx, query)
	if err != nil {
		return nil, err
	}
	tx.statements[query] = st
	return st, nil
}

// run executes text as it is, of one or several statements without arguments.
func (tx *Tx) run(text string) error {
	_, err := tx.tx.ExecContext(tx.ctx, text)
	return tx.db.explain(err)
}

// scanner keeps values out of the errors of a scan, which quote what they could
// not convert.
type scanner struct {
	rows *sql.Rows
	db   *DB
}

func (s scanner) Scan(into ...any) error {
	err := s.rows.Scan(into...)
	if err == nil {
		return nil
	}
	if columns, cerr := s.rows.Columns(); cerr == nil && len(columns) != len(into) {
		return fmt.Errorf("scan row: %d columns into %d values: %w", len(columns), len(into), reeve.Invalid)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("scan row: a column does not fit its value: %w", reeve.Invalid)
}

// clean makes arguments, in place, what both databases take alike: text that
// PostgreSQL stores, booleans as 0 and 1. A personal value must be revealed by
// the store that keeps it; a driver would store its kind instead.
func clean(args []any) error {
	for i, a := range args {
		switch v := a.(type) {
		case nil, int, int64, []byte:
		case string:
			args[i] = cleanText(v)
		case bool:
			args[i] = bit(v)
		case reeve.Sensitive, *reeve.Sensitive:
			return fmt.Errorf("value %d of the statement is personal and was not revealed: %w", i+1, reeve.Invalid)
		default:
			args[i] = plain(a)
		}
	}
	return nil
}

// plain is the value of a named type: a reeve.Kind is text, a reeve.Capacity a
// number.
func plain(a any) any {
	switch v := reflect.ValueOf(a); v.Kind() {
	case reflect.String:
		return cleanText(v.String())
	case reflect.Bool:
		return bit(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint())
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem().Interface())
	}
	return a
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// cleanText replaces what PostgreSQL refuses to store as text.
func cleanText(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}
