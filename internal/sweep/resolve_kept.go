package sweep

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

// settingKept is "yes" while what was kept belongs to the lists as they stand:
// from the writing of the lists until a sweep changes anything.
const settingKept = "kept"

// shelfRecord holds the register records as the resolver saw them, in the order
// of their numbers.
const shelfRecord = "record"

// Records of one page; bytes that wait to be written.
const (
	recordsPerPage = 32
	shelfRoom      = 4 << 20
)

// shelf writes what a resolve keeps, in transactions of its own: others may
// write while a case is resolved.
type shelf struct {
	c     *Case
	ctx   context.Context
	begun bool
	held  int
	wait  []shelfPage
}

type shelfPage struct {
	name string
	n    int
	data []byte
}

func (c *Case) newShelf(ctx context.Context) *shelf { return &shelf{c: c, ctx: ctx} }

// Keep takes a page from linkage.
func (s *shelf) Keep(name string, n int, data []byte) error {
	s.wait = append(s.wait, shelfPage{name, n, data})
	if s.held += len(data); s.held < shelfRoom {
		return nil
	}
	return s.flush()
}

// flush writes what waits. The first call clears away what was kept before.
func (s *shelf) flush() error {
	err := s.c.DB.Write(s.ctx, func(tx *db.Tx) error {
		if !s.begun {
			if err := unkeep(tx); err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM kept"); err != nil {
				return err
			}
		}
		load := tx.Load("kept", "shelf", "n", "data")
		for _, p := range s.wait {
			if err := load.Add(p.name, p.n, p.data); err != nil {
				return err
			}
		}
		return load.Close()
	})
	if err != nil {
		return fmt.Errorf("keep what was resolved: %w", err)
	}
	s.begun, s.held, s.wait = true, 0, nil
	return nil
}

// unkeep says that what was kept is not of these lists any more.
func unkeep(tx *db.Tx) error {
	_, err := tx.Exec("DELETE FROM setting WHERE name = ?", settingKept)
	return err
}

func markKept(tx *db.Tx) error {
	_, err := tx.Exec("INSERT INTO setting (name, value) VALUES (?, 'yes') ON CONFLICT (name) DO UPDATE SET value = excluded.value", settingKept)
	return err
}

// records keeps the register records.
func (s *shelf) records(all []reeve.Record) error {
	for n := 0; n*recordsPerPage < len(all); n++ {
		var page []byte
		for i := n * recordsPerPage; i < min((n+1)*recordsPerPage, len(all)); i++ {
			page = appendString(page, string(encodeRecord(&all[i])))
		}
		if err := s.Keep(shelfRecord, n, page); err != nil {
			return err
		}
	}
	return nil
}

// keptSource reads it all back within one transaction.
type keptSource struct {
	tx      *db.Tx
	records map[int][]reeve.Record
	digests map[int64]string
	at      map[string]mentionAt // where the mentions asked for stand
}

func newKeptSource(tx *db.Tx) *keptSource {
	return &keptSource{tx: tx, records: make(map[int][]reeve.Record), digests: make(map[int64]string), at: make(map[string]mentionAt)}
}

func (k *keptSource) Page(name string, n int) ([]byte, error) {
	var data []byte
	err := k.tx.One([]any{&data}, "SELECT data FROM kept WHERE shelf = ? AND n = ?", name, n)
	if errors.Is(err, reeve.NotFound) {
		return nil, fmt.Errorf("page %d of what was kept of %s is missing: %w", n, name, reeve.Invalid)
	}
	return data, err
}

func (k *keptSource) Record(id reeve.RecordID) (*reeve.Record, error) {
	n := int(id) / recordsPerPage
	list, ok := k.records[n]
	if !ok {
		data, err := k.Page(shelfRecord, n)
		if err != nil {
			return nil, err
		}
		for d := (&blockDecoder{s: string(data)}); d.pos < len(d.s); {
			rec, err := decodeRecord([]byte(d.text()))
			if err != nil || d.err != nil {
				return nil, errBadRecord
			}
			list = append(list, rec)
		}
		k.records[n] = list
	}
	if at := int(id) % recordsPerPage; at < len(list) {
		return &list[at], nil
	}
	return nil, errBadRecord
}

// keysAtOnce is how many keys one statement asks for.
const keysAtOnce = 400

// placeholders are the marks of n values in a list.
func placeholders(n int) string { return "?" + strings.Repeat(", ?", n-1) }

// eachKey runs a query, which ends in an open IN list, over many keys.
func eachKey[K any](tx *db.Tx, use func(db.Row) error, query, tail string, keys []K) error {
	for from := 0; from < len(keys); from += keysAtOnce {
		some := keys[from:min(from+keysAtOnce, len(keys))]
		args := make([]any, len(some))
		for i, k := range some {
			args[i] = k
		}
		if err := tx.Each(use, query+" ("+placeholders(len(some))+")"+tail, args...); err != nil {
			return err
		}
	}
	return nil
}

func (k *keptSource) Mentions(marks []string) (map[string]*reeve.Mention, error) {
	found := make(map[string]*reeve.Mention, len(marks))
	err := eachKey(k.tx, func(row db.Row) error {
		var at mentionAt
		var mark, digest string
		var data []byte
		if err := row.Scan(&at.document, &at.ordinal, &mark, &data, &digest); err != nil {
			return err
		}
		m, err := decodeMention(data)
		if err != nil {
			return err
		}
		m.ID, m.Ordinal, m.Digest = mark, int(at.ordinal), digest
		found[mark], k.at[mark] = &m, at
		return nil
	}, "SELECT m.document, m.ordinal, m.mark, m.data, d.digest FROM mention m JOIN document d ON d.id = m.document WHERE m.mark IN", "", marks)
	return found, err
}

// known are the ids that stand for some keys.
func (k *keptSource) known(keys []string) ([]linkage.IDAssignment, error) {
	stored := make([]string, len(keys))
	for i, key := range keys {
		stored[i] = storeKey(key)
	}
	var out []linkage.IDAssignment
	err := eachKey(k.tx, func(row db.Row) error {
		a, err := scanKnown(row)
		out = append(out, a)
		return err
	}, "SELECT person, mark FROM given_id WHERE mark IN", "", stored)
	return out, err
}
