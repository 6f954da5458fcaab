package pst

import (
	"cmp"
	"slices"
)

// A store that was half copied, or whose index is damaged, still holds leaves
// of its index: pages that say what they are. They are looked for only when the
// way to one is broken.

// leaf is a leaf page: its first key, where it is, and its number, which is
// higher in a later version of the page.
type leaf struct{ first, at, number uint64 }

// leaves are the leaf pages of both trees, by their first keys.
type leaves struct{ nodes, blocks []leaf }

func (l *leaves) of(kind byte) []leaf {
	if kind == nodePage {
		return l.nodes
	}
	return l.blocks
}

const (
	scanStep  = 1 << 20 // bytes read at a time when leaves are looked for
	maxLeaves = 4 << 20
	pageAlign = 512
)

// scan looks for the leaves of the whole file, once.
func (f *file) scan() *leaves {
	if f.found != nil {
		return f.found
	}
	f.found = &leaves{}
	for at := int64(0); at < f.src.Size; at += scanStep {
		b := f.src.At(at, int(scanStep+f.layout.page))
		for off := int64(0); off < scanStep && off+f.layout.page <= int64(len(b)); off += pageAlign {
			f.sift(b[off:off+f.layout.page], uint64(at+off))
		}
	}
	byKey := func(a, b leaf) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.number, b.number), cmp.Compare(a.at, b.at))
	}
	slices.SortFunc(f.found.nodes, byKey)
	slices.SortFunc(f.found.blocks, byKey)
	return f.found
}

// sift keeps a page if it is a leaf.
func (f *file) sift(b []byte, at uint64) {
	l := f.layout
	kind := b[l.kind]
	if kind != b[l.kind+1] || kind != nodePage && kind != blockPage {
		return
	}
	p := l.entries(b)
	if p == nil || p.level != 0 || p.count() == 0 || p.size < f.leafSize(kind) {
		return
	}
	number := l.number(b[l.kind+4:])
	if l.wide {
		number = l.number(b[l.kind+8:])
	}
	found := leaf{first: f.key(kind, p.entry(0)), at: at, number: number}
	switch {
	case len(f.found.nodes)+len(f.found.blocks) >= maxLeaves:
	case kind == nodePage:
		f.found.nodes = append(f.found.nodes, found)
	default:
		f.found.blocks = append(f.found.blocks, found)
	}
}

// versions is how many leaves before a key's place are asked for it: old
// versions of pages lie between.
const versions = 16

// rescue looks for an entry among all leaves and takes the latest.
func (f *file) rescue(kind byte, key uint64) (entry []byte) {
	list := f.scan().of(kind)
	to, _ := slices.BinarySearchFunc(list, key+1, func(l leaf, k uint64) int { return cmp.Compare(l.first, k) })
	var latest uint64
	for _, l := range list[max(0, to-versions):to] {
		p, err := f.readPage(kind, l.at, 0)
		if err != nil {
			continue
		}
		if e := f.pick(kind, p, key); e != nil && (entry == nil || l.number >= latest) {
			entry, latest = e, l.number
		}
	}
	return entry
}

// walkLeaves visits the entries of all leaves.
func (f *file) walkLeaves(kind byte, visit func([]byte) error) error {
	for _, l := range f.scan().of(kind) {
		p, err := f.readPage(kind, l.at, 0)
		if err != nil {
			continue
		}
		for i := range p.count() {
			if err := visit(p.entry(i)); err != nil {
				return err
			}
		}
	}
	return nil
}
