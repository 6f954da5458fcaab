package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// itemKey names an item within a case in few bytes: the first half of the
// SHA-256 of its exhibit and path.
type itemKey [sha256.Size / 2]byte

func keyOf(exhibit int64, path string) (k itemKey) {
	full := sha256.Sum256(append(binary.AppendVarint(nil, exhibit), path...))
	copy(k[:], full[:])
	return k
}

// itemSeen is what is on record of an item.
type itemSeen struct {
	id             int64
	digest         sum
	size, modified int64
}

// itemIDs gives items their numbers and knows those given before.
type itemIDs struct {
	mu   sync.Mutex
	seen map[itemKey]itemSeen
	next int64
}

func loadItems(ctx context.Context, d *db.DB) (*itemIDs, error) {
	s := &itemIDs{seen: make(map[itemKey]itemSeen)}
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var exhibit int64
			var path, digest string
			var v itemSeen
			if err := row.Scan(&v.id, &exhibit, &path, &digest, &v.size, &v.modified); err != nil {
				return err
			}
			v.digest = sumOf(digest)
			s.seen[keyOf(exhibit, path)] = v
			s.next = max(s.next, v.id)
			return nil
		}, "SELECT id, exhibit, path, digest, size, modified FROM item")
	})
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	return s, nil
}

func (s *itemIDs) at(exhibit int64, path string) (itemSeen, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.seen[keyOf(exhibit, path)]
	return v, ok
}

// place gives the number of an item and notes what is now known of it. changed
// says that other bytes were there before.
func (s *itemIDs) place(t *task) (id int64, changed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := keyOf(t.exhibit, t.path)
	v, ok := s.seen[k]
	if !ok {
		s.next++
		v.id = s.next
	}
	before := v.digest
	v.digest, v.size, v.modified = sumOf(t.digest), t.size, t.modified
	s.seen[k] = v
	return v.id, ok && before != v.digest && before != sum{}
}

// itemRowOf is an item on its way to the store.
type itemRowOf struct {
	task *task
	own  *reeve.Outcome
}

// itemRow pairs an item with what is said of it apart from its document; own
// is nil where the document says all.
func itemRow(t *task, own *reeve.Outcome) itemRowOf { return itemRowOf{t, own} }

// keep sends an item's row to the store and gives its number.
func (r *run) keep(row itemRowOf) int64 {
	t := row.task
	id, changed := r.items.place(t)
	if changed {
		r.writer.emptied(t.exhibit, t.path)
	}
	o := reeve.Outcome{}
	if row.own != nil {
		o = *row.own
		if t.digest == "" {
			r.progress.item(t.size)
		}
	}
	r.writer.item([]any{id, t.exhibit, t.path, t.parent, t.digest, t.size, t.modified, o.Type, string(o.Status), string(o.Reason), o.Detail})
	return id
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
