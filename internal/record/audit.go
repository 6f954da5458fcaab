package record

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Fault is one thing that is not as it was written.
type Fault struct {
	Sequence int64
	What     string
}

// Report is what an audit found.
type Report struct {
	Head      Head  // reckoned from the leaves
	Destroyed int64 // lines that were destroyed, as the record allows
	Faults    []Fault
}

// maxFaults bounds the list; one is enough to distrust.
const maxFaults = 100

func (r *Report) fault(sequence int64, what string) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, Fault{sequence, what})
	}
}

// Err is nil or says that the record was changed.
func (r Report) Err() error {
	if len(r.Faults) == 0 {
		return nil
	}
	f := r.Faults[0]
	return reeve.WithHint(fmt.Errorf("leaf %d: %s: %w", f.Sequence, f.What, ErrTampered),
		"keep this case as it is and compare it with the copies and printed heads that others hold")
}

// Audit reads the whole record: every leaf in order, every stored hash against
// the leaves, every line against its leaf, every checkpoint against the root it
// was made for. It finds any change that left a trace inside. A record rewritten from end to end it cannot find: that takes
// an older head and ProveGrowth.
func Audit(tx *db.Tx) (Report, error) {
	var r Report
	var edge rightEdge
	var n int64
	for {
		group, err := keptLeaves(tx, n, 1000)
		if err == nil && len(group) > 0 {
			n, err = r.group(tx, group, n, &edge)
		}
		if err != nil {
			return r, fmt.Errorf("audit record: %w", err)
		}
		if len(group) == 0 || len(r.Faults) > 0 {
			break
		}
	}
	return r, r.end(tx, n, &edge)
}

// kept is a leaf as the tables hold it.
type kept struct {
	sequence int64
	leaf     []byte
	line     *string
	salt     []byte
}

func scanKept(row db.Row) (k kept, err error) {
	return k, row.Scan(&k.sequence, &k.leaf, &k.line, &k.salt)
}

// group checks leaves from n on and gives the number of the next.
func (r *Report) group(tx *db.Tx, group []kept, n int64, edge *rightEdge) (int64, error) {
	first := tlog.StoredHashCount(n)
	marks, err := Checkpoints(tx, n+1, len(group))
	if errors.Is(err, ErrTampered) {
		r.fault(n, "a checkpoint is not as it was signed")
	} else if err != nil {
		return n, err
	}
	var want []tlog.Hash
	for _, k := range group {
		if k.sequence != n {
			r.fault(n, "leaves are missing")
			break
		}
		r.leaf(k)
		hashes, err := tlog.StoredHashes(n, k.leaf, edge)
		if err != nil {
			return n, err
		}
		edge.add(n, hashes)
		want = append(want, hashes...)
		n++
		if len(marks) > 0 && marks[0].Head.Size == n {
			if root, err := tlog.TreeHash(n, edge); err != nil || root != marks[0].Head.Root {
				r.fault(n-1, "the checkpoint behind it was made for other leaves")
			}
			marks = marks[1:]
		}
	}
	return n, r.hashes(tx, first, want)
}

// hashes compares the stored hashes from a place on.
func (r *Report) hashes(tx *db.Tx, first int64, want []tlog.Hash) error {
	stored, err := db.All(tx, scanHash, "SELECT place, hash FROM record_hash WHERE place >= ? AND place < ? ORDER BY place", first, first+int64(len(want)))
	if err != nil {
		return err
	}
	for i, h := range want {
		place := first + int64(i)
		if i >= len(stored) || stored[i] != (placed{place, h}) {
			level, at := tlog.SplitStoredHashIndex(place)
			r.fault(at<<level, "a stored hash is not that of the leaves")
			break
		}
	}
	return nil
}

// leaf checks one leaf with its line.
func (r *Report) leaf(k kept) {
	e, err := decode(k.leaf)
	switch {
	case err != nil:
		r.fault(k.sequence, "the leaf cannot be read")
	case e.Sequence != k.sequence:
		r.fault(k.sequence, "the leaf belongs to another place")
	case k.line == nil:
		r.Destroyed++
	case !e.holds(k.salt, *k.line):
		r.fault(k.sequence, "the line is not the one that was written")
	}
}

// end checks what is behind the last leaf.
func (r *Report) end(tx *db.Tx, n int64, edge *rightEdge) error {
	root, err := tlog.TreeHash(n, edge)
	if err != nil {
		return fmt.Errorf("audit record: %w", err)
	}
	r.Head = Head{n, root}
	if later, err := Checkpoints(tx, n+1, 1); err != nil || len(later) > 0 {
		r.fault(n, "a checkpoint was signed for more leaves than there are")
	}
	var count int64
	if err := tx.One([]any{&count}, "SELECT COUNT(*) FROM record_hash"); err != nil {
		return fmt.Errorf("audit record: %w", err)
	}
	if count != tlog.StoredHashCount(n) {
		r.fault(n, "there are more or fewer stored hashes than the leaves ask for")
	}
	return nil
}

type placed struct {
	place int64
	hash  tlog.Hash
}

func scanHash(row db.Row) (p placed, err error) {
	var b []byte
	err = row.Scan(&p.place, &b)
	if len(b) == tlog.HashSize {
		p.hash = tlog.Hash(b)
	}
	return p, err
}

// rightEdge holds the newest hash of every level of the tree: all that adding a
// leaf, or reckoning the root, ever reads.
type rightEdge [64]placed

func (e *rightEdge) add(n int64, hashes []tlog.Hash) {
	first := tlog.StoredHashIndex(0, n)
	for level, h := range hashes {
		e[level] = placed{first + int64(level), h}
	}
}

// ReadHashes answers tlog.
func (e *rightEdge) ReadHashes(places []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(places))
	for i, p := range places {
		level, _ := tlog.SplitStoredHashIndex(p)
		if e[level].place != p {
			return nil, fmt.Errorf("hash %d is not on the right edge: %w", p, reeve.Invalid)
		}
		hashes[i] = e[level].hash
	}
	return hashes, nil
}
