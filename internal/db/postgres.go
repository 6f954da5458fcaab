package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/reeve-council/reeve"
)

type postgresDialect struct{}

// oldestPostgres is the oldest major version that is still maintained and has
// what the statements use.
const oldestPostgres = 13

func openPostgres(ctx context.Context, address string, opt Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil { // the driver's text quotes the address with what it holds
		return nil, reeve.WithHint(fmt.Errorf("the address of the database cannot be read: %w", reeve.Invalid),
			"write it as postgres://user@host:5432/database; the password belongs into PGPASSWORD or PGPASSFILE")
	}
	cfg.RuntimeParams["application_name"] = "reeve"
	cfg.RuntimeParams["timezone"] = "UTC"
	d := &DB{dialect: postgresDialect{}, place: cfg.Host + "/" + cfg.Database}
	d.write = stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(withoutCompiling))
	d.write.SetMaxOpenConns(opt.Readers + 4)
	d.write.SetMaxIdleConns(opt.Readers)
	d.read = d.write
	var version int
	if err := d.write.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		d.write.Close()
		return nil, d.explain(err)
	}
	if version < oldestPostgres*10000 {
		d.write.Close()
		return nil, reeve.WithHint(fmt.Errorf("PostgreSQL %d is too old: %w", version/10000, reeve.Invalid),
			fmt.Sprintf("use PostgreSQL %d or later", oldestPostgres))
	}
	return d, nil
}

// withoutCompiling keeps a connection from compiling statements to machine code
// before it runs them. Statements here look rows up through wide views: they are
// done in a fraction of a millisecond, and compiling one takes hundreds. It is
// set as a statement, because poolers refuse it in the address.
func withoutCompiling(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET jit = off")
	return err
}

func (postgresDialect) name() string          { return "postgres" }
func (postgresDialect) prepares() bool        { return false }
func (postgresDialect) query(s string) string { return numberPlaceholders(s) }
func (postgresDialect) schema(s string) string {
	return postgresSchema(createText.ReplaceAllString(s, postgresText))
}

// durable: a commit waits for the disk already, unless the server was told not
// to.
func (postgresDialect) durable(ctx context.Context, c *sql.Conn, on bool) error {
	if !on {
		return nil
	}
	_, err := c.ExecContext(ctx, "SET synchronous_commit = on")
	return err
}

func (postgresDialect) serialise(tx *Tx, name string) error {
	_, err := tx.tx.ExecContext(tx.ctx, "SELECT pg_advisory_xact_lock($1)", lockNumber(name))
	return err
}

// lockNumber is the advisory lock of a name. Locks are per database, so only
// other programs in the same database could collide.
func lockNumber(name string) int64 {
	h := fnv.New64a()
	h.Write([]byte("reeve " + name))
	return int64(h.Sum64())
}

// unlockTime is how long letting go of a lock waits for the server.
const unlockTime = 5 * time.Second

// lock holds an advisory lock on a connection of its own: the server lets go of
// it when the connection ends, however it ends.
func (postgresDialect) lock(ctx context.Context, d *DB, name string) (func() error, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, d.explain(err)
	}
	var got bool
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", lockNumber(name)).Scan(&got); err != nil {
		conn.Close()
		return nil, d.explain(err)
	}
	if !got {
		conn.Close()
		return nil, errHeld("")
	}
	return func() error { // end the connection, not only its loan from the pool
		// The server notices the end of a connection in its own time: whoever asks
		// next should find the lock free. That the unlock may fail does not matter.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), unlockTime)
		defer cancel()
		_, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lockNumber(name))
		err := conn.Raw(func(any) error { return driver.ErrBadConn })
		if errors.Is(err, driver.ErrBadConn) {
			err = nil
		}
		if e := conn.Close(); e != nil && !errors.Is(e, sql.ErrConnDone) {
			return e
		}
		return err
	}, nil
}

// explain: PostgreSQL's messages can quote values ("invalid input syntax …"),
// so its code and the names it gives are told, not its text.
func (postgresDialect) explain(err error, place string) error {
	var e *pgconn.PgError
	var connect *pgconn.ConnectError
	var network *net.OpError
	switch {
	case errors.As(err, &e):
	case errors.Is(err, pgconn.ErrConnClosed), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.ErrUnexpectedEOF):
		return reeve.WithHint(fmt.Errorf("%s: the connection to the database was lost: %w", place, reeve.Unavailable), "see that PostgreSQL runs there, then run the same command again")
	case errors.As(err, &connect), errors.As(err, &network):
		return reeve.WithHint(fmt.Errorf("%s: no connection to the database: %w", place, reeve.Unavailable), "check the address and whether PostgreSQL runs there")
	default:
		return err
	}
	say := func(text string, kind error, hint string) error {
		return reeve.WithHint(fmt.Errorf("%s: %s (%s): %w", place, text, e.Code, kind), hint)
	}
	switch e.Code {
	case "53100":
		return say("the disk of the database server is full", reeve.Unavailable, "free space on the server, then run the same command again")
	case "25006":
		return say("the database may not be written", reeve.Unavailable, "give the address of the primary server")
	case "28000", "28P01":
		return say("the database refused the user or password", reeve.Denied, "set PGPASSWORD or PGPASSFILE and check the user")
	case "42501":
		return say("the database user lacks a right", reeve.Denied, "let the user own the database or its schema public")
	case "3D000":
		return say("there is no such database", reeve.NotFound, "make an empty database first: createdb NAME")
	case "55P03", "40001", "40P01":
		return say("another run works on the same rows", reeve.Unavailable, "run the same command again")
	}
	switch e.Code[:2] {
	case "08", "53", "57", "58":
		return say("the database server is not able to go on", reeve.Unavailable, "look into the server's log, then run the same command again")
	case "23":
		return fmt.Errorf("rule %s of table %s broken (%s): %w", strconv.Quote(e.ConstraintName), strconv.Quote(e.TableName), e.Code, reeve.Conflict)
	case "22":
		return fmt.Errorf("a value does not fit its column (%s): %w", e.Code, reeve.Invalid)
	}
	return err
}

// load sends rows with COPY, in groups so that memory stays bounded.
func (postgresDialect) load(tx *Tx, table string, columns []string) loader {
	return &copyRows{tx: tx, table: table, columns: columns}
}

const rowsPerCopy = 5000

type copyRows struct {
	tx      *Tx
	table   string
	columns []string
	rows    [][]any
}

func (c *copyRows) add(row []any) error {
	c.rows = append(c.rows, slices.Clone(row))
	if len(c.rows) < rowsPerCopy {
		return nil
	}
	return c.close()
}

func (c *copyRows) close() error {
	if len(c.rows) == 0 {
		return nil
	}
	err := c.tx.conn.Raw(func(conn any) error {
		pg := conn.(*stdlib.Conn).Conn()
		_, err := pg.CopyFrom(c.tx.ctx, pgx.Identifier{c.table}, c.columns, pgx.CopyFromRows(c.rows))
		return err
	})
	c.rows = c.rows[:0]
	return c.tx.db.explain(err)
}
