package pst

import (
	"encoding/binary"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// layout is where things are in one of the three forms of a store.
type layout struct {
	wide     bool  // numbers of eight bytes, not four
	page     int64 // bytes of a page
	counts   int   // where in a page its counts are
	kind     int   // where in a page its kind is
	smallHID uint  // bits of a heap's index
	inflates bool  // blocks may be compressed
	trailer  int   // bytes of a block's trailer, 0 where it is not looked at
	end      int64 // where in the header the size of the file is
	root     int64 // where in the header the two trees are named
	method   int64 // where in the header the coding is
}

var (
	ansi    = layout{page: 512, counts: 496, kind: 500, smallHID: 11, trailer: 12, end: 168, root: 184, method: 461}
	unicode = layout{wide: true, page: 512, counts: 488, kind: 496, smallHID: 11, trailer: 16, end: 184, root: 216, method: 513}
	large   = layout{wide: true, page: 4096, counts: 4056, kind: 4072, smallHID: 14, inflates: true, end: 184, root: 216, method: 513}
)

// number reads a block's or page's number.
func (l *layout) number(b []byte) uint64 {
	if l.wide {
		return binary.LittleEndian.Uint64(b)
	}
	return uint64(binary.LittleEndian.Uint32(b))
}

// size is the bytes of a number.
func (l *layout) size() int {
	if l.wide {
		return 8
	}
	return 4
}

// headerSize covers all that is read of a header ([MS-PST] 2.2.2.6).
const headerSize = 514

// openFile reads the header.
func openFile(src part.Source) (*file, error) {
	head := src.Head(headerSize)
	if len(head) < headerSize || string(head[:4]) != "!BDN" {
		return nil, part.Broken("it does not begin as a store does")
	}
	f := &file{src: src, pages: map[uint64]*page{}}
	switch version := binary.LittleEndian.Uint16(head[10:]); {
	case version == 14 || version == 15:
		f.layout = &ansi
	case version >= 36:
		f.layout = &large
	case version >= 20:
		f.layout = &unicode
	default:
		return nil, part.Unsupported("a store of an unknown version")
	}
	l := f.layout
	f.coding = coding(head[l.method])
	if f.coding > cyclic {
		return nil, &part.Fault{Status: reeve.StatusEncrypted, Reason: reeve.ReasonNoReader, Detail: "encrypted by Windows Information Protection"}
	}
	at := head[l.root:]
	n := l.size()
	f.nodes = tree{kind: nodePage, at: l.number(at[n:])}
	f.blocks = tree{kind: blockPage, at: l.number(at[3*n:])}
	if l.number(head[l.end:]) > uint64(src.Size) {
		f.fault = part.CutShort("the file is shorter than its header says")
	}
	return f, nil
}

// file is an open store.
type file struct {
	src    part.Source
	layout *layout
	coding coding
	nodes  tree // nodes by their number: what there is
	blocks tree // blocks by their number: where the bytes are
	pages  map[uint64]*page
	found  *leaves // all leaves of the file, once they were looked for
	fault  error   // first page or block that could not be read
}

func (f *file) blame(err error) {
	if f.fault == nil && err != nil {
		f.fault = err
	}
}
