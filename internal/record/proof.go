package record

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Head is the state of the record in two values: how many leaves, and the root
// of their tree.
type Head struct {
	Size int64
	Root tlog.Hash
}

// Text is the head as a signature covers it and a page prints it: three lines,
// origin, size and root, in the form of C2SP's tlog-checkpoint. The origin names
// the case.
func (h Head) Text(origin string) string {
	return origin + "\n" + strconv.FormatInt(h.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(h.Root[:]) + "\n"
}

// ParseHead reads what Text wrote.
func ParseHead(text string) (origin string, h Head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return "", h, fmt.Errorf("read head of record: three lines expected: %w", reeve.Invalid)
	}
	h.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || h.Size < 0 || strconv.FormatInt(h.Size, 10) != lines[1] {
		return "", h, fmt.Errorf("read head of record: second line is no size: %w", reeve.Invalid)
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return "", h, fmt.Errorf("read head of record: third line is no root: %w", reeve.Invalid)
	}
	return lines[0], h, nil
}

// Root gives the head of the record.
func Root(tx *db.Tx) (Head, error) {
	n, err := size(tx)
	if err != nil {
		return Head{}, fmt.Errorf("read head of record: %w", err)
	}
	root, err := tlog.TreeHash(n, reader(tx))
	if err != nil {
		return Head{}, fmt.Errorf("read head of record: %w", err)
	}
	return Head{n, root}, nil
}

// LeafProof shows that a leaf is in the record with a head.
type LeafProof struct {
	Head     Head
	Sequence int64
	Leaf     []byte // as stored
	Path     tlog.RecordProof
}

// ProveLeaf makes the proof for a leaf under the head of now.
func ProveLeaf(tx *db.Tx, sequence int64) (LeafProof, error) {
	p := LeafProof{Sequence: sequence}
	err := tx.One([]any{&p.Leaf}, "SELECT leaf FROM record_leaf WHERE sequence = ?", sequence)
	if err == nil {
		p.Head, err = Root(tx)
	}
	if err == nil {
		p.Path, err = tlog.ProveRecord(p.Head.Size, sequence, reader(tx))
	}
	if err != nil {
		return LeafProof{}, fmt.Errorf("prove leaf %d: %w", sequence, err)
	}
	return p, nil
}

// Check follows the proof; it needs nothing but the head, which the caller
// should have from elsewhere.
func (p LeafProof) Check(head Head) error {
	if head != p.Head {
		return fmt.Errorf("check leaf %d: the proof is for another head: %w", p.Sequence, ErrTampered)
	}
	if err := tlog.CheckRecord(p.Path, head.Size, head.Root, p.Sequence, tlog.RecordHash(p.Leaf)); err != nil {
		return fmt.Errorf("check leaf %d: %w", p.Sequence, ErrTampered)
	}
	return nil
}

// GrowthProof shows that the record with head New begins with the record that
// had head Old.
type GrowthProof struct {
	Old, New Head
	Path     tlog.TreeProof
}

// ProveGrowth makes the proof that the record of now grew out of an old head.
// That the proof can be made does not mean that it holds: ask Check.
func ProveGrowth(tx *db.Tx, old Head) (GrowthProof, error) {
	now, err := Root(tx)
	if err != nil {
		return GrowthProof{}, err
	}
	p := GrowthProof{Old: old, New: now}
	if old.Size > now.Size {
		return p, fmt.Errorf("prove growth: the record is shorter than it was: %w", ErrTampered)
	}
	if old.Size == 0 {
		return p, nil
	}
	if p.Path, err = tlog.ProveTree(now.Size, old.Size, reader(tx)); err != nil {
		return p, fmt.Errorf("prove growth: %w", err)
	}
	return p, nil
}

// Check follows the proof.
func (p GrowthProof) Check() error {
	if p.Old.Size == 0 {
		return nil // every record begins with the empty one
	}
	if err := tlog.CheckTree(p.Path, p.New.Size, p.New.Root, p.Old.Size, p.Old.Root); err != nil {
		return fmt.Errorf("check growth from %d to %d leaves: %w", p.Old.Size, p.New.Size, ErrTampered)
	}
	return nil
}
