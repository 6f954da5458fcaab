package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// DB is an open database of one case.
type DB struct {
	write   *sql.DB // one connection on SQLite, so that writers queue here and not in busy loops
	read    *sql.DB
	dialect dialect
	copied  bool   // before steps that change it for good
	place   string // for messages: the file, or host and database without user and password
}

// Options say how to open.
type Options struct {
	// Temp is the folder for temporary files of SQLite, which may hold rows
	// in clear; default the folder of the database file. It must be inside
	// the case. It is set once per process: the last Open wins.
	Temp string
	// Readers bounds the connections for reading; default 4.
	Readers int
	// MustExist refuses to make a SQLite file that is not there.
	MustExist bool
}

// dialect is what differs between the databases.
type dialect interface {
	name() string
	// prepares: is a prepared statement kept for the length of a transaction?
	prepares() bool
	// query rewrites a statement with ? placeholders.
	query(string) string
	// schema rewrites a step of a migration.
	schema(string) string
	// explain turns an error of the driver into one of the house; place is
	// for its text.
	explain(err error, place string) error
	// load copies rows by the quickest way, without conflict handling.
	load(tx *Tx, table string, columns []string) loader
	// lock tries to take the lock of a name for the life of the process or
	// until release.
	lock(ctx context.Context, d *DB, name string) (release func() error, err error)
	// serialise makes other transactions that ask for the same name wait.
	serialise(tx *Tx, name string) error
	// addText, dropText, compactText and matchText are the statements of a
	// text index, the first and last with the text of their argument.
	addText(index string, words []string) (statement, body string)
	dropText(index string) string
	compactText(index string) string // "" where there is nothing to do
	matchText(index string, terms []TextTerm) (statement, query string)
	// durable makes the next transactions of a connection survive a power cut.
	durable(ctx context.Context, c *sql.Conn, on bool) error
}

// Open opens the database at where: a PostgreSQL address (postgres://…) or the
// path of a SQLite file, which is made with mode 0600 if it is not there.
func Open(ctx context.Context, where string, opt Options) (*DB, error) {
	if opt.Readers <= 0 {
		opt.Readers = 4
	}
	open := openSQLite
	if IsAddress(where) {
		open = openPostgres
	}
	d, err := open(ctx, where, opt)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return d, nil
}

// IsAddress reports whether where is the address of a PostgreSQL database and
// not a path.
func IsAddress(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// Dialect is "sqlite" or "postgres", for people and for tests.
func (d *DB) Dialect() string { return d.dialect.name() }

// Close closes all connections. On SQLite the write-ahead log is folded into
// the file.
func (d *DB) Close() error {
	err := d.read.Close()
	if d.write != d.read {
		if e := d.write.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// Read runs use in a transaction that sees one state of the database and can
// change nothing.
func (d *DB) Read(ctx context.Context, use func(*Tx) error) error {
	return d.within(ctx, d.read, &sql.TxOptions{ReadOnly: true, Isolation: d.readIsolation()}, false, use)
}

func (d *DB) readIsolation() sql.IsolationLevel {
	if d.dialect.name() == "postgres" {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // every SQLite read transaction is a snapshot
}

// Write runs use in a transaction that is kept if use returns nil and undone
// otherwise. After a power cut the last few transactions may be missing, never
// a part of one. use must not call Write of the same database: SQLite has one
// writer, and it would wait for itself.
func (d *DB) Write(ctx context.Context, use func(*Tx) error) error {
	return d.within(ctx, d.write, nil, false, use)
}

// WriteDurable is Write that returns only when the change will survive a power
// cut: for decisions, sendings and whatever else nobody could repeat.
func (d *DB) WriteDurable(ctx context.Context, use func(*Tx) error) error {
	return d.within(ctx, d.write, nil, true, use)
}

func (d *DB) within(ctx context.Context, pool *sql.DB, opt *sql.TxOptions, durable bool, use func(*Tx) error) (err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return d.explain(err)
	}
	defer conn.Close()
	if durable {
		if err := d.dialect.durable(ctx, conn, true); err != nil {
			return d.explain(err)
		}
		defer d.dialect.durable(context.WithoutCancel(ctx), conn, false)
	}
	stx, err := conn.BeginTx(ctx, opt)
	if err != nil {
		return d.explain(err)
	}
	defer stx.Rollback() // after Commit it does nothing; a panic in use undoes
	tx := &Tx{db: d, ctx: ctx, conn: conn, tx: stx, statements: make(map[string]*sql.Stmt)}
	if err := use(tx); err != nil {
		return err
	}
	if err := stx.Commit(); err != nil {
		if ctx.Err() != nil { // undone meanwhile: say why, not that it is gone
			return ctx.Err()
		}
		return d.explain(err)
	}
	return nil
}

// explain gives the house's error for the driver's.
func (d *DB) explain(err error) error {
	if err == nil {
		return nil
	}
	return d.dialect.explain(err, d.place)
}

// Lock takes the lock of a name, so that one process at a time sweeps a case.
// It does not wait: if another holds it the error is reeve.Conflict.
func (d *DB) Lock(ctx context.Context, name string) (release func() error, err error) {
	release, err = d.dialect.lock(ctx, d, name)
	if err != nil {
		return nil, fmt.Errorf("lock case for %s: %w", name, err)
	}
	return release, nil
}

// errHeld is the answer to a lock that another process holds.
func errHeld(who string) error {
	text := "another run holds it"
	if who != "" {
		text += " (" + who + ")"
	}
	return reeve.WithHint(fmt.Errorf("%s: %w", text, reeve.Conflict), "wait until the other run has ended, or stop it")
}
