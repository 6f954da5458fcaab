package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/reeve-council/reeve"
)

type sqliteDialect struct{ path string }

func openSQLite(ctx context.Context, path string, opt Options) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if opt.Temp == "" {
		opt.Temp = filepath.Dir(path)
	}
	if err := privateFile(path, opt.MustExist); err != nil {
		return nil, err
	}
	d := &DB{dialect: sqliteDialect{path}, place: path}
	if d.write, err = sql.Open("sqlite", sqliteAddress(path, opt.Temp, false)); err != nil {
		return nil, d.explain(err)
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = sql.Open("sqlite", sqliteAddress(path, opt.Temp, true)); err != nil {
		return nil, d.explain(err)
	}
	d.read.SetMaxOpenConns(opt.Readers)
	d.read.SetMaxIdleConns(opt.Readers)
	// The writer comes first: it turns the file to WAL, which readers need.
	for _, pool := range []*sql.DB{d.write, d.read} {
		if err := pool.PingContext(ctx); err != nil {
			d.Close()
			return nil, d.explain(err)
		}
	}
	return d, nil
}

// privateFile makes the file, or narrows who may read it, before SQLite opens
// it: the log beside it gets the same mode.
func privateFile(path string, mustExist bool) error {
	flags := os.O_RDWR | os.O_CREATE
	if mustExist {
		flags = os.O_RDWR
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return reeve.WithHint(fmt.Errorf("%s: %w", path, reeve.NotFound), "check the path of the case")
	}
	if err != nil {
		return reeve.WithHint(fmt.Errorf("%w: %w", err, reeve.Unavailable), "check that the folder is there and may be written")
	}
	defer f.Close()
	return f.Chmod(0o600)
}

// sqliteAddress sets every connection of a pool up alike. secure_delete
// overwrites what is deleted; the log is folded in after 16 MB.
func sqliteAddress(path, temp string, readOnly bool) string {
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)", "secure_delete(ON)",
		"wal_autocheckpoint(4000)", "journal_size_limit(67108864)", "temp_store(FILE)",
		"temp_store_directory('" + strings.ReplaceAll(temp, "'", "''") + "')"}
	lock := "immediate"
	if readOnly {
		pragmas = append(pragmas, "cache_size(-8000)", "query_only(ON)")
		lock = "deferred"
	} else {
		pragmas = append(pragmas, "cache_size(-64000)")
	}
	q := url.Values{"_pragma": pragmas, "_txlock": {lock}, "_dqs": {"0"}, "_defensive": {"1"}}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

func (sqliteDialect) name() string           { return "sqlite" }
func (sqliteDialect) prepares() bool         { return true }
func (sqliteDialect) query(s string) string  { return s }
func (sqliteDialect) schema(s string) string { return createText.ReplaceAllString(s, sqliteText) }

func (sqliteDialect) load(tx *Tx, table string, columns []string) loader {
	return newRowGroup(tx, table, columns, "")
}

// serialise: a writing transaction on SQLite is alone already.
func (sqliteDialect) serialise(*Tx, string) error { return nil }

func (sqliteDialect) durable(ctx context.Context, c *sql.Conn, on bool) error {
	level := "NORMAL"
	if on {
		level = "FULL"
	}
	_, err := c.ExecContext(ctx, "PRAGMA synchronous = "+level)
	return err
}

func (s sqliteDialect) lock(_ context.Context, _ *DB, name string) (func() error, error) {
	return lockFile(s.path + "." + name + ".lock")
}

// explain: the texts of SQLite name tables and columns, never values.
func (sqliteDialect) explain(err error, place string) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	say := func(text string, kind error, hint string) error {
		return reeve.WithHint(fmt.Errorf("%s: %s: %w", place, text, kind), hint)
	}
	switch e.Code() & 0xFF {
	case lib.SQLITE_FULL:
		return say("the disk is full", reeve.Unavailable, "free space on the disk that holds the case, then run the same command again")
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return say("the database is in use by another program", reeve.Unavailable, "stop the other run, then run the same command again")
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return say("the database may not be written", reeve.Unavailable, "check the owner of the case folder and whether its disk is mounted for reading only")
	case lib.SQLITE_CANTOPEN:
		return say("the database cannot be opened", reeve.Unavailable, "check that the case folder is there and may be written")
	case lib.SQLITE_IOERR:
		return say("the disk gave an error", reeve.Unavailable, "check the disk that holds the case; copy the case folder to another before going on")
	case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
		return say("the file is no database or is damaged", reeve.Invalid, "restore the case folder from its last copy")
	case lib.SQLITE_CONSTRAINT:
		return fmt.Errorf("%s: %w", e.Error(), reeve.Conflict)
	case lib.SQLITE_INTERRUPT:
		return fmt.Errorf("interrupted: %w", context.Canceled)
	}
	return err
}
