package db

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve"
)

// Compact rewrites the database so that nothing of what was deleted is left in
// its files: on SQLite the file and its log, on PostgreSQL the tables. Copies
// that were made beside a SQLite file before it was changed for a newer version
// are removed. It takes as long as copying the database, and needs as much room.
func (d *DB) Compact(ctx context.Context) error {
	err := d.compact(ctx)
	if err != nil {
		return fmt.Errorf("compact database: %w", d.explain(err))
	}
	return nil
}

func (d *DB) compact(ctx context.Context) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if d.Dialect() == "postgres" {
		_, err := conn.ExecContext(ctx, "VACUUM FULL")
		return err
	}
	if _, err := conn.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	for range compactTries {
		var busy, log, moved int64
		if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
			return err
		}
		if busy == 0 {
			return d.removeOlder()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(compactWait):
		}
	}
	return reeve.WithHint(fmt.Errorf("somebody reads the database all the time: %w", reeve.Unavailable), "stop the program that reads it, then run the same command again")
}

// How often and how far apart readers are waited for, who keep the log from being
// emptied.
const (
	compactTries = 100
	compactWait  = 100 * time.Millisecond
)

// removeOlder removes what beforeSteps copied.
func (d *DB) removeOlder() error {
	older, err := filepath.Glob(globEscape(d.place) + ".before-*")
	if err != nil {
		return err
	}
	for _, path := range older {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// globEscape makes a path a pattern that matches nothing but itself.
func globEscape(path string) string {
	var b []byte
	for i := range len(path) {
		switch c := path[i]; c {
		case '*', '?', '[':
			b = append(b, '[', c, ']')
		case '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
