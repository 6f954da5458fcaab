package ole

import (
	"encoding/binary"
	"unicode/utf16"
)

const (
	entrySize  = 128
	noEntry    = 0xFFFFFFFF
	maxEntries = 4 << 20
)

// readDirectory reads the directory from its first sector and links the tree.
func (f *File) readDirectory(start uint32) {
	in := f.follow(start, -1)
	all := []*Entry{}
	buf := make([]byte, 1<<f.shift)
	for off := int64(0); off < in.size && len(all) < maxEntries; off += int64(len(buf)) {
		n, _ := in.ReadAt(buf, off)
		for b := buf[:n]; len(b) >= entrySize; b = b[entrySize:] {
			all = append(all, f.readEntry(b))
		}
	}
	for i, e := range all {
		if e != nil && e.Kind == Root && (f.Root == nil || i == 0) {
			f.Root = e
		}
	}
	if f.Root == nil {
		f.rootless(all)
	}
	if f.Root != nil {
		f.link(all)
	}
}

// rootless hangs what there is below a root of its own making.
func (f *File) rootless(all []*Entry) {
	for _, e := range all {
		if e != nil {
			f.Broken = true
			f.Root = &Entry{Kind: Root, file: f, left: noEntry, right: noEntry, down: noEntry, start: endOfChain}
			return
		}
	}
}

// readEntry reads a directory entry ([MS-CFB] 2.6.1); nil for an unused one.
func (f *File) readEntry(b []byte) *Entry {
	le := binary.LittleEndian
	kind := Kind(b[66])
	if kind != Storage && kind != Stream && kind != Root {
		return nil
	}
	e := &Entry{
		Name: entryName(b), Kind: kind, file: f,
		left: le.Uint32(b[68:]), right: le.Uint32(b[72:]), down: le.Uint32(b[76:]),
		Created: fileTime(le.Uint64(b[100:])), Modified: fileTime(le.Uint64(b[108:])),
		start: le.Uint32(b[116:]), Size: int64(le.Uint64(b[120:])),
	}
	copy(e.Class[:], b[80:96])
	if f.shift <= 9 {
		e.Size &= 0xFFFFFFFF // the upper half is not reliable in version 3
	}
	if kind == Storage {
		e.Size = 0
	}
	if e.Size > f.size || e.Size < 0 {
		e.Size, f.Cut = f.size, true
	}
	return e
}

// entryName reads the name; where its length makes no sense it ends at the
// first zero.
func entryName(b []byte) string {
	n := int(binary.LittleEndian.Uint16(b[64:])) / 2
	units := make([]uint16, 0, 32)
	for i := 0; i < 32 && (i < n || n == 0 || n > 32); i++ {
		u := binary.LittleEndian.Uint16(b[2*i:])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// fileTime is a count of 100 ns since 1601 as UTC seconds since 1970.
func fileTime(ticks uint64) int64 {
	const epoch = 11644473600
	if seconds := int64(ticks / 1e7); seconds > epoch {
		return seconds - epoch
	}
	return 0
}

// link hangs every entry below its storage. Siblings form a tree of their own;
// an entry is taken once, wherever else the directory names it again.
func (f *File) link(all []*Entry) {
	taken := make([]bool, len(all))
	for i, e := range all {
		if e == f.Root {
			taken[i] = true
		}
	}
	open := []*Entry{f.Root}
	for len(open) > 0 {
		parent := open[len(open)-1]
		open = open[:len(open)-1]
		for _, e := range f.siblings(all, taken, parent.down) {
			e.Parent = parent
			parent.Children = append(parent.Children, e)
			if e.Kind == Storage {
				open = append(open, e)
			}
		}
	}
	for i, e := range all {
		switch {
		case e == nil || e == f.Root:
			continue
		case !taken[i]:
			e.Orphan, e.Parent = true, f.Root
			f.Root.Children = append(f.Root.Children, e)
			f.Broken = true
		}
		f.Entries = append(f.Entries, e)
	}
}

// siblings walks the tree of the entries of one storage, left to right, without
// recursion: a hostile tree is a list of millions.
func (f *File) siblings(all []*Entry, taken []bool, at uint32) (list []*Entry) {
	var above []uint32
	for at != noEntry || len(above) > 0 {
		if at != noEntry && int64(at) < int64(len(all)) && all[at] != nil && !taken[at] {
			taken[at] = true
			above = append(above, at)
			at = all[at].left
			continue
		}
		if at != noEntry {
			f.Broken = true
		}
		if len(above) == 0 {
			break
		}
		e := all[above[len(above)-1]]
		above = above[:len(above)-1]
		list = append(list, e)
		at = e.right
	}
	return list
}
