package access

import (
	"encoding/binary"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Kinds of pages, in their first byte.
const (
	dataPage       = 1
	definitionPage = 2
	bitmapPage     = 5
)

// maxPages bounds a file: Access ends at 2 GiB.
const maxPages = 1 << 20

// file is the pages of a database.
type file struct {
	src    part.Source
	layout *layout
	text   encoding.Encoding // of Jet 3
	open   func(n uint32, page []byte)
	pages  uint32
	buf    []byte // the last page read
	held   uint32 // its number
	w      *part.Writer
	cut    bool  // a page was asked for beyond the end of the file
	broken bool  // a structure contradicts itself
	short  bool  // rows that a table counts were not found
	spare  int64 // bytes of long values that may still be read
}

// openFile reads the header and finds how pages are encrypted, if they are.
func openFile(src part.Source, passwords []string) (*file, error) {
	h := src.Head(4096)
	if len(h) < 2048 {
		return nil, part.CutShort("its first page is not whole")
	}
	f := &file{src: src, layout: &jet4}
	if h[0x14] == 0 {
		f.layout = &jet3
	}
	unmask(h, f.layout)
	f.text = charmap.Windows1252
	if page, ok := charset.CodePage(int(binary.LittleEndian.Uint16(h[0x3C:]))); ok && page != nil {
		f.text = page
	}
	f.pages = uint32(min(src.Size/int64(f.layout.page), maxPages))
	f.cut = src.Size%int64(f.layout.page) != 0
	f.buf = make([]byte, f.layout.page)
	f.spare = 2*src.Size + 1<<20 // honest rows share none of their long values
	return f, f.unlock(h, passwords)
}

// page reads a page; nil when it is not there. It is valid until the next call.
func (f *file) page(n uint32) []byte {
	if n == 0 || n >= f.pages {
		f.cut = f.cut || n >= f.pages
		return nil
	}
	if f.held == n {
		return f.buf
	}
	f.held = 0
	got, _ := f.src.Reader.ReadAt(f.buf, int64(n)*int64(f.layout.page))
	if got < len(f.buf) {
		f.cut = true
		return nil
	}
	if f.open != nil {
		f.open(n, f.buf)
	}
	f.held = n
	return f.buf
}

// row is a row of a data page, with the flags of its place; nil when there is
// none.
func (f *file) row(page []byte, n int) (b []byte, flags int) {
	count := f.rowCount(page)
	if n >= count {
		return nil, 0
	}
	at := f.layout.rowTable + 2*n
	place := int(binary.LittleEndian.Uint16(page[at:]))
	end := len(page)
	if n > 0 {
		end = int(binary.LittleEndian.Uint16(page[at-2:])) & placeMask
	}
	start := place & placeMask
	if start < f.layout.rowTable+2*count || start > end || end > len(page) {
		return nil, place &^ placeMask
	}
	return page[start:end], place &^ placeMask
}

// What the place of a row says: where it is, and in its high bits that the row
// is deleted (or the far end of a moved one), or that it has moved.
const (
	placeMask   = 0x1FFF
	rowMoved    = 0x4000
	rowDeleted  = 0x8000
	pointerSize = 4
)

// rowCount is how many rows a data page has, as many as its table has room for.
func (f *file) rowCount(page []byte) int {
	n := int(binary.LittleEndian.Uint16(page[f.layout.rowCount:]))
	return min(n, (len(page)-f.layout.rowTable)/2)
}

// pointer is the place of a row elsewhere.
type pointer struct {
	page uint32
	row  int
}

func pointerOf(b []byte) pointer {
	v := binary.LittleEndian.Uint32(b)
	return pointer{page: v >> 8, row: int(v & 0xFF)}
}

// follow reads the row that a pointer tells of; nil when there is none.
func (f *file) follow(p pointer) ([]byte, int) {
	page := f.page(p.page)
	if page == nil || page[0] != dataPage {
		return nil, 0
	}
	return f.row(page, p.row)
}
