package pst

import (
	"encoding/binary"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Kinds of pages ([MS-PST] 2.2.2.7.1).
const (
	blockPage = 0x80
	nodePage  = 0x81
)

const (
	maxLevel  = 12  // of a tree: eight levels hold more than any disk
	keptPages = 512 // pages held; the upper ones of a tree are asked for again and again
)

// tree is one of the two B-trees of a store: where its root page is.
type tree struct {
	kind byte
	at   uint64
}

// page is one page of a tree: entries of one size, sorted by their first
// number.
type page struct {
	entries []byte
	size    int // of an entry
	level   int // 0 for leaves
}

func (p *page) count() int         { return len(p.entries) / p.size }
func (p *page) entry(i int) []byte { return p.entries[i*p.size : (i+1)*p.size] }

// key is the first number of an entry. Node numbers are of four bytes, however
// many they are given.
func (f *file) key(kind byte, entry []byte) uint64 {
	if kind == nodePage {
		return uint64(binary.LittleEndian.Uint32(entry))
	}
	return f.layout.number(entry)
}

// readPage reads a page of a tree, of at most the given level.
func (f *file) readPage(kind byte, at uint64, level int) (*page, error) {
	if p := f.pages[at]; p != nil && p.level <= level {
		return p, nil
	}
	l := f.layout
	if at >= uint64(f.src.Size) {
		return nil, part.CutShort("a page lies behind the end of the file")
	}
	b := f.src.At(int64(at), int(l.page))
	if int64(len(b)) < l.page {
		return nil, part.CutShort("a page is cut by the end of the file")
	}
	if b[l.kind] != kind || b[l.kind+1] != kind {
		return nil, part.Broken("a page is not of the kind that it should be")
	}
	p := l.entries(b)
	if p == nil || p.level > level {
		return nil, part.Broken("a page contradicts itself")
	}
	if len(f.pages) >= keptPages {
		clear(f.pages)
	}
	f.pages[at] = p
	return p, nil
}

// entries reads the counts of a page ([MS-PST] 2.2.2.7.7.1).
func (l *layout) entries(b []byte) *page {
	c := b[l.counts:]
	count, size, level := int(c[0]), int(c[2]), int(c[3])
	if l.page > 512 {
		count, size, level = int(binary.LittleEndian.Uint16(c)), int(c[4]), int(c[5])
	}
	least := 3 * l.size() // of an inner entry, and of one that names a block
	if level > maxLevel || size < least || count*size > l.counts {
		return nil
	}
	return &page{entries: b[:count*size], size: size, level: level}
}

// find gives the leaf entry of a key, nil where there is none. Where a page on
// the way to it is broken, it is looked for among all leaves.
func (f *file) find(t tree, key uint64) ([]byte, error) {
	e, err := f.descend(t, key)
	if err != nil {
		if e = f.rescue(t.kind, key); e != nil {
			f.blame(err)
			return e, nil
		}
	}
	return e, err
}

func (f *file) descend(t tree, key uint64) ([]byte, error) {
	at, level := t.at, maxLevel
	for {
		p, err := f.readPage(t.kind, at, level)
		if err != nil {
			return nil, err
		}
		if p.level == 0 {
			return f.pick(t.kind, p, key), nil
		}
		i := f.search(t.kind, p, key)
		if i < 0 {
			return nil, nil
		}
		e := p.entry(i)
		at, level = f.child(e), p.level-1
	}
}

// pick is the entry of a key in a leaf, nil where there is none.
func (f *file) pick(kind byte, p *page, key uint64) []byte {
	i := f.search(kind, p, key)
	if i < 0 || f.key(kind, p.entry(i)) != key || p.size < f.leafSize(kind) {
		return nil
	}
	return p.entry(i)
}

// child is where the page is that an inner entry leads to: behind its key and
// the page's number.
func (f *file) child(entry []byte) uint64 {
	n := f.layout.size()
	return f.layout.number(entry[2*n:])
}

// leafSize is the least size of a leaf entry.
func (f *file) leafSize(kind byte) int {
	if n := f.layout.size(); kind == nodePage {
		return 3*n + 4
	}
	return 2*f.layout.size() + 4
}

// search gives the last entry whose key is not above the one asked for, or -1.
func (f *file) search(kind byte, p *page, key uint64) int {
	low, high := 0, p.count()
	for low < high {
		if mid := (low + high) / 2; f.key(kind, p.entry(mid)) <= key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// walk visits the leaf entries of a tree in order. Pages that cannot be read
// are noted; then the entries of all leaves that the file holds follow, so that
// some are visited twice. A tree that leads to more pages than the file has
// leads in circles.
func (f *file) walk(t tree, visit func(entry []byte) error) error {
	left := f.src.Size/f.layout.page + 1
	before := f.fault
	f.fault = nil
	err := f.walkFrom(t.kind, t.at, maxLevel, &left, visit)
	if f.fault != nil && err == nil {
		err = f.walkLeaves(t.kind, visit)
	}
	if before != nil {
		f.fault = before
	}
	return err
}

func (f *file) walkFrom(kind byte, at uint64, level int, left *int64, visit func([]byte) error) error {
	if *left--; *left < 0 {
		return part.Over(reeve.ReasonLoop, "its index leads in circles")
	}
	p, err := f.readPage(kind, at, level)
	if err != nil {
		f.blame(err)
		return nil
	}
	for i := range p.count() {
		e := p.entry(i)
		switch {
		case p.level > 0:
			err = f.walkFrom(kind, f.child(e), p.level-1, left, visit)
		case len(e) >= f.leafSize(kind):
			err = visit(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
