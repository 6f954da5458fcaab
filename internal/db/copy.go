package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"github.com/reeve-council/reeve"
)

// Copy writes the database as it is at one moment into a new file that only its
// owner may read, while others read and write. It is for SQLite; what is in
// PostgreSQL is copied with Dump.
func (d *DB) Copy(ctx context.Context, path string) error {
	if d.Dialect() != "sqlite" {
		return fmt.Errorf("copy database: it is no file: %w", reeve.Invalid)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	if err := d.vacuumInto(ctx, path); err != nil {
		os.Remove(path)
		return fmt.Errorf("copy database: %w", d.explain(err))
	}
	return nil
}

// vacuumInto copies on a connection for reading: it sees one state, and the
// writer does not wait for it.
func (d *DB) vacuumInto(ctx context.Context, path string) error {
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = OFF"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = ON")
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// migrateFlag is the word of an administrator that a PostgreSQL database may be
// changed to a newer version.
const migrateFlag = "REEVE_MIGRATE"

// beforeSteps is called before further steps of a room run on a database that
// an older version made, because no step is ever undone. A file is copied
// beside itself first. A PostgreSQL database belongs to a server with its own
// ways to copy, so its administrator says that it was done.
func (d *DB) beforeSteps(ctx context.Context, room string, done int) error {
	if d.Dialect() == "postgres" {
		if os.Getenv(migrateFlag) != "" {
			return nil
		}
		return reeve.WithHint(fmt.Errorf("the database was made by an older version and would be changed for good: %w", reeve.Conflict),
			"copy it first (pg_dump --format=custom, or reeve backup of the older version), then run the same command with "+migrateFlag+"=yes")
	}
	if d.copied {
		return nil // before another room's steps, when it was opened
	}
	path := d.place + ".before-" + room + "-" + strconv.Itoa(done+1)
	err := d.Copy(ctx, path)
	if errors.Is(err, fs.ErrExist) { // a run before this one copied and did not come further
		err = nil
	}
	d.copied = err == nil
	return err
}

// Sound reads the whole file of a SQLite database and checks that it is in
// order; a server of PostgreSQL checks its own files.
func (d *DB) Sound(ctx context.Context) error {
	if d.Dialect() != "sqlite" {
		return nil
	}
	var answer string
	if err := d.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return fmt.Errorf("check database: %w", d.explain(err))
	}
	if answer != "ok" {
		return reeve.WithHint(fmt.Errorf("check database: the file is damaged: %w", reeve.Invalid), "restore the case from its last backup")
	}
	return nil
}

// Steps tells how many steps of each room ran.
func (d *DB) Steps(ctx context.Context) (map[string]int, error) {
	steps := make(map[string]int)
	err := d.Read(ctx, func(tx *Tx) error {
		return tx.Each(func(r Row) error {
			var room string
			var n int
			err := r.Scan(&room, &n)
			steps[room] = n
			return err
		}, "SELECT room, COUNT(*) FROM db_steps GROUP BY room")
	})
	if err != nil {
		return nil, fmt.Errorf("read steps: %w", err)
	}
	return steps, nil
}
