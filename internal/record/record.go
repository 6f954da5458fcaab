package record

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Room is the name under which the tables are migrated.
const Room = "record"

// Schema is the steps of the tables; append, never change.
func Schema() []string {
	return []string{`
CREATE TABLE record_leaf (
	sequence INTEGER PRIMARY KEY, -- from 0, without gaps
	leaf BLOB NOT NULL
) STRICT;
CREATE TABLE record_hash (
	place INTEGER PRIMARY KEY, -- tlog's index of stored hashes
	hash BLOB NOT NULL
) STRICT;
CREATE TABLE record_line (
	sequence INTEGER PRIMARY KEY REFERENCES record_leaf (sequence),
	line TEXT NOT NULL,
	salt BLOB NOT NULL
) STRICT;`, `
CREATE TABLE record_checkpoint (
	size INTEGER PRIMARY KEY, -- leaves that it covers
	root BLOB NOT NULL,
	time INTEGER NOT NULL, -- when it was signed
	note TEXT NOT NULL
) STRICT;
CREATE TABLE record_key (
	number INTEGER PRIMARY KEY, -- in the order of use
	key TEXT NOT NULL UNIQUE, -- public
	witness INTEGER NOT NULL -- 1: another's, for signatures beside our own
) STRICT;
CREATE TABLE record_witnessed (
	origin TEXT PRIMARY KEY, -- another case's record
	size INTEGER NOT NULL,
	root BLOB NOT NULL,
	time INTEGER NOT NULL
) STRICT;`}
}

// Append writes one leaf in the caller's transaction and gives its sequence
// number. Other transactions that append wait until this one has ended, so
// append last.
func Append(tx *db.Tx, l Leaf) (int64, error) {
	if l.Time == 0 {
		l.Time = time.Now().Unix()
	}
	if err := l.check(); err != nil {
		return 0, fmt.Errorf("append to record: %w", err)
	}
	sequence, err := add(tx, l)
	if err != nil {
		return 0, fmt.Errorf("append to record: %w", err)
	}
	return sequence, nil
}

func add(tx *db.Tx, l Leaf) (int64, error) {
	if err := tx.Serialise("record"); err != nil {
		return 0, err
	}
	n, err := size(tx)
	if err != nil {
		return 0, err
	}
	salt := make([]byte, saltSize)
	rand.Read(salt)
	// The database replaces what is no valid text; the commitment is made over
	// what will be read back.
	line := strings.ReplaceAll(valid(l.Line), "\x00", "\uFFFD")
	leaf, err := encode(n, l, commit(salt, line))
	if err != nil {
		return 0, err
	}
	hashes, err := tlog.StoredHashes(n, leaf, reader(tx))
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec("INSERT INTO record_leaf (sequence, leaf) VALUES (?, ?)", n, leaf); err != nil {
		return 0, err
	}
	if _, err := tx.Exec("INSERT INTO record_line (sequence, line, salt) VALUES (?, ?, ?)", n, line, salt); err != nil {
		return 0, err
	}
	first := tlog.StoredHashIndex(0, n)
	for i, h := range hashes {
		if _, err := tx.Exec("INSERT INTO record_hash (place, hash) VALUES (?, ?)", first+int64(i), h[:]); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// size is the number of leaves.
func size(tx *db.Tx) (int64, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COALESCE(MAX(sequence) + 1, 0) FROM record_leaf")
	return n, err
}

// reader gives tlog the stored hashes.
func reader(tx *db.Tx) tlog.HashReaderFunc {
	return func(places []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(places))
		for i, place := range places {
			var b []byte
			if err := tx.One([]any{&b}, "SELECT hash FROM record_hash WHERE place = ?", place); err != nil {
				return nil, fmt.Errorf("stored hash %d: %w", place, err)
			}
			if copy(hashes[i][:], b) != tlog.HashSize {
				return nil, fmt.Errorf("stored hash %d is cut short: %w", place, reeve.Invalid)
			}
		}
		return hashes, nil
	}
}

// Line is one act as people read it.
type Line struct {
	Sequence int64
	Leaf
	Destroyed bool // the readable line is gone; Leaf.Line is empty
}

// Lines gives up to limit acts from a sequence number on, in order.
func Lines(tx *db.Tx, from int64, limit int) ([]Line, error) {
	lines, err := db.All(tx, scanLine, `SELECT record_leaf.leaf, record_line.line FROM record_leaf
		LEFT JOIN record_line ON record_line.sequence = record_leaf.sequence
		WHERE record_leaf.sequence >= ? ORDER BY record_leaf.sequence LIMIT ?`, from, limit)
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	return lines, nil
}

// lookBack is how many leaves LastOf reads before it gives up.
const lookBack = 100_000

// LastOf finds when something was last done, seconds UTC, among the newest
// hundred thousand acts; reeve.NotFound if it was not.
func LastOf(tx *db.Tx, verb string) (int64, error) {
	n, err := size(tx)
	if err != nil {
		return 0, fmt.Errorf("read record: %w", err)
	}
	const step = 1000
	for end := n; end > 0 && n-end < lookBack; end -= step {
		group, err := Lines(tx, max(0, end-step), int(min(step, end)))
		if err != nil {
			return 0, err
		}
		for i := len(group) - 1; i >= 0; i-- {
			if group[i].Verb == verb {
				return group[i].Time, nil
			}
		}
	}
	return 0, fmt.Errorf("find act in record: %w", reeve.NotFound)
}

func scanLine(r db.Row) (Line, error) {
	var leaf []byte
	var text *string
	if err := r.Scan(&leaf, &text); err != nil {
		return Line{}, err
	}
	e, err := decode(leaf)
	if err != nil {
		return Line{}, err
	}
	l := Line{Sequence: e.Sequence, Leaf: Leaf{Time: e.Time, Actor: e.Actor, Verb: e.Verb, Object: e.Object, Rows: e.Rows, Digest: e.Digest}}
	if text == nil {
		l.Destroyed = true
	} else {
		l.Line = *text
	}
	return l, nil
}

// Destroy removes the readable line of a leaf, with its salt, for good, and
// appends a leaf that says so. why must hold no personal data.
func Destroy(tx *db.Tx, sequence int64, actor, why string) error {
	n, err := tx.Exec("DELETE FROM record_line WHERE sequence = ?", sequence)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return fmt.Errorf("destroy line of the record: %w", err)
	}
	_, err = Append(tx, Leaf{Actor: actor, Verb: "destroy-line", Object: fmt.Sprintf("record:%d", sequence), Line: why})
	return err
}

// ErrTampered is what checks give when the record is not what it was.
var ErrTampered = errors.New("the record was changed")
