package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
)

// ownSchema is this package's: which steps of which room ran, and whose case
// the database is.
const ownSchema = `
CREATE TABLE IF NOT EXISTS db_steps (
	room TEXT NOT NULL,
	step INTEGER NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (room, step)
);
CREATE TABLE IF NOT EXISTS db_case (
	one INTEGER NOT NULL UNIQUE,
	id TEXT NOT NULL
);`

// Migrate runs the steps of a room that have not run yet, each once, in order,
// all in one transaction. Steps are append-only: a step that ran and has since
// been changed is an error, and so is a database with more steps than given,
// which a newer Reeve made. Before a database of an older version is changed it
// is copied (beforeSteps).
func (d *DB) Migrate(ctx context.Context, room string, steps []string) error {
	done, err := d.stepsDone(ctx, room)
	if err == nil && 0 < done && done < len(steps) {
		err = d.beforeSteps(ctx, room, done)
	}
	if err != nil {
		return fmt.Errorf("prepare tables of %s: %w", room, err)
	}
	err = d.Write(ctx, func(tx *Tx) error {
		if err := tx.prepareOwn(); err != nil {
			return err
		}
		done, err := All(tx, func(r Row) (string, error) {
			var digest string
			return digest, r.Scan(&digest)
		}, "SELECT digest FROM db_steps WHERE room = ? ORDER BY step", room)
		if err != nil {
			return err
		}
		if len(done) > len(steps) {
			return reeve.WithHint(fmt.Errorf("the case was written by a newer version: %w", reeve.Invalid), "use the version of Reeve that wrote it, or a later one")
		}
		for i, step := range steps {
			if err := tx.step(room, i, step, done); err != nil {
				return fmt.Errorf("step %d: %w", i+1, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("prepare tables of %s: %w", room, err)
	}
	return nil
}

// stepsDone is the number of steps of a room that ran.
func (d *DB) stepsDone(ctx context.Context, room string) (n int, err error) {
	err = d.Write(ctx, func(tx *Tx) error {
		if err := tx.prepareOwn(); err != nil {
			return err
		}
		return tx.One([]any{&n}, "SELECT COUNT(*) FROM db_steps WHERE room = ?", room)
	})
	return n, err
}

func (tx *Tx) step(room string, i int, text string, done []string) error {
	sum := sha256.Sum256([]byte(text))
	digest := hex.EncodeToString(sum[:])
	if i < len(done) {
		if done[i] != digest {
			return reeve.WithHint(fmt.Errorf("the case was made by another version of Reeve: %w", reeve.Invalid),
				"use the version of Reeve that made it, or sweep into a new case")
		}
		return nil
	}
	if err := tx.run(tx.db.dialect.schema(text)); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO db_steps (room, step, digest) VALUES (?, ?, ?)", room, i+1, digest)
	return err
}

func (tx *Tx) prepareOwn() error {
	if err := tx.Serialise("db: tables"); err != nil {
		return err
	}
	return tx.run(tx.db.dialect.schema(ownSchema))
}

// Claim makes the database that of a case, or checks that it is: one database
// holds one case. Another case's database is refused with reeve.Conflict.
func (d *DB) Claim(ctx context.Context, id string) error {
	var owner string
	err := d.Write(ctx, func(tx *Tx) error {
		if err := tx.prepareOwn(); err != nil {
			return err
		}
		err := tx.One([]any{&owner}, "SELECT id FROM db_case WHERE one = 1")
		if errors.Is(err, reeve.NotFound) {
			owner = id
			_, err = tx.Exec("INSERT INTO db_case (one, id) VALUES (1, ?)", id)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("claim database: %w", err)
	}
	if owner != id {
		return reeve.WithHint(fmt.Errorf("the database belongs to another case: %w", reeve.Conflict),
			"give the case folder it was made with, or an empty database")
	}
	return nil
}
