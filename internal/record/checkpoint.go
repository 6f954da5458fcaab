package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Checkpoint is a signed head.
type Checkpoint struct {
	Origin string
	Head   Head
	Time   int64  // when it was signed, seconds UTC; not covered by the signature
	Note   string // the head's text, an empty line, one line for each signature
}

// Footer is what a page prints: three lines, origin, number of acts and root.
// Typed into a file they serve "reeve verify --checkpoint" as an older head.
func (c Checkpoint) Footer() string { return c.Head.Text(c.Origin) }

// Sign signs the head of now and keeps it; a head that is signed already is
// given as it was kept. A record that did not grow out of the head signed
// before is refused with ErrTampered.
func Sign(ctx context.Context, d *db.DB, s *Signer) (Checkpoint, error) {
	var c Checkpoint
	err := d.WriteDurable(ctx, func(tx *db.Tx) (err error) {
		c, err = sign(tx, s)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("sign record: %w", err)
	}
	return c, nil
}

// sign signs with one or, at a change of keys, two keys; a nil key is left out.
func sign(tx *db.Tx, keys ...*Signer) (c Checkpoint, err error) {
	if err := tx.Serialise("record"); err != nil {
		return c, err
	}
	if c.Head, err = Root(tx); err != nil {
		return c, err
	}
	last, err := Newest(tx)
	if err == nil {
		if err = grew(tx, last.Head); err == nil && last.Head == c.Head {
			return last, nil
		}
	}
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return c, err
	}
	var signers []note.Signer
	for _, s := range keys {
		if s == nil {
			continue
		}
		if err := addKey(tx, s.public, false); err != nil {
			return c, err
		}
		c.Origin, signers = s.Origin(), append(signers, s.key)
	}
	text, err := note.Sign(&note.Note{Text: c.Footer()}, signers...)
	if err != nil {
		return c, err
	}
	c.Note, c.Time = string(text), time.Now().Unix()
	_, err = tx.Exec("INSERT INTO record_checkpoint (size, root, time, note) VALUES (?, ?, ?, ?)", c.Head.Size, c.Head.Root[:], c.Time, c.Note)
	return c, err
}

func grew(tx *db.Tx, from Head) error {
	p, err := ProveGrowth(tx, from)
	if err != nil {
		return err
	}
	return p.Check()
}

// Newest gives the checkpoint with the most leaves; reeve.NotFound before the
// first.
func Newest(tx *db.Tx) (Checkpoint, error) {
	all, err := db.All(tx, scanCheckpoint, checkpointColumns+" ORDER BY size DESC LIMIT 1")
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read checkpoint: %w", err)
	}
	return all[0], nil
}

// Checkpoints gives up to limit checkpoints with at least size leaves, in order.
func Checkpoints(tx *db.Tx, size int64, limit int) ([]Checkpoint, error) {
	all, err := db.All(tx, scanCheckpoint, checkpointColumns+" WHERE size >= ? ORDER BY size LIMIT ?", size, limit)
	if err != nil {
		return nil, fmt.Errorf("read checkpoints: %w", err)
	}
	return all, nil
}

const checkpointColumns = "SELECT size, root, time, note FROM record_checkpoint"

func scanCheckpoint(r db.Row) (c Checkpoint, err error) {
	var root []byte
	if err = r.Scan(&c.Head.Size, &root, &c.Time, &c.Note); err != nil {
		return c, err
	}
	origin, head, err := noteHead(c.Note)
	if err != nil || head.Size != c.Head.Size || len(root) != tlog.HashSize || tlog.Hash(root) != head.Root {
		return c, fmt.Errorf("checkpoint of %d leaves is not what was signed: %w", c.Head.Size, ErrTampered)
	}
	c.Origin, c.Head = origin, head
	return c, nil
}

// ownKeys gives the public keys that have signed, oldest first.
func ownKeys(ctx context.Context, d *db.DB) (keys []string, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		keys, err = keysOf(tx, false)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read keys of the record: %w", err)
	}
	return keys, nil
}

// keysOf gives the public keys of the record, or those of its witnesses.
func keysOf(tx *db.Tx, witness bool) ([]string, error) {
	return db.All(tx, func(r db.Row) (key string, err error) { return key, r.Scan(&key) },
		"SELECT key FROM record_key WHERE witness = ? ORDER BY number", witness)
}

// addKey keeps a public key that is not there yet.
func addKey(tx *db.Tx, key string, witness bool) error {
	var number int64
	err := tx.One([]any{&number}, "SELECT number FROM record_key WHERE key = ?", key)
	if errors.Is(err, reeve.NotFound) {
		_, err = tx.Exec("INSERT INTO record_key (number, key, witness) SELECT COALESCE(MAX(number), 0) + 1, ?, ? FROM record_key", key, witness)
	}
	return err
}

// Glance gives the head of now and the newest checkpoint, and checks quickly
// that the one grew out of the other and that the key signed it. It does not
// read the leaves; Audit does.
func Glance(tx *db.Tx, key *Signer) (Head, Checkpoint, error) {
	head, err := Root(tx)
	if err != nil {
		return head, Checkpoint{}, err
	}
	last, err := Newest(tx)
	if err != nil {
		return head, last, err
	}
	if err := grew(tx, last.Head); err != nil {
		return head, last, err
	}
	_, list, err := verifiers([]string{key.Public()})
	if err != nil {
		return head, last, err
	}
	if _, err := note.Open([]byte(last.Note), list); err != nil {
		return head, last, untrusted("the newest checkpoint is not signed by the key of the case")
	}
	return head, last, nil
}
