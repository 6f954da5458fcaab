package access

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Bounds of a definition: pages it may be spread over, columns it may have.
const (
	maxSpread  = 256
	maxColumns = 1024
)

// workedFlags mark a column whose values are worked out from others.
const workedFlags = 0xC0

// column is one column of a table.
type column struct {
	name   string
	kind   byte
	number int // its bit in the mask of what is not null
	order  int // among the columns of variable length
	offset int // among those of fixed length
	length int
	scale  int
	fixed  bool
	worked bool // its values are worked out from others, and wrapped
}

// table is the definition of a table.
type table struct {
	page     uint32 // where it is defined, which is its name on its data pages
	user     bool
	rows     int64 // that it says it has
	variable bool  // records have columns of variable length
	columns  []column
	owned    pointer
}

// define reads the definition that begins on a page; nil when there is none.
func (f *file) define(n uint32) *table {
	b, l := f.spread(n), f.layout
	if len(b) < l.indexList {
		return nil
	}
	t := &table{page: n, user: b[l.kind] == userTable, rows: int64(binary.LittleEndian.Uint32(b[l.rows:])),
		variable: binary.LittleEndian.Uint16(b[l.varColumns:]) > 0, owned: pointerOf(b[l.owned:])}
	count := int(binary.LittleEndian.Uint16(b[l.columns:]))
	at := int64(l.indexList) + int64(binary.LittleEndian.Uint32(b[l.indexes:]))*int64(l.indexSize)
	names := at + int64(count*l.columnSize)
	if count == 0 || count > maxColumns || names > int64(len(b)) {
		return nil
	}
	for i := range count {
		t.columns = append(t.columns, l.column(b[at+int64(i*l.columnSize):]))
	}
	f.names(t, b[names:])
	return t
}

// column reads one description.
func (l *layout) column(d []byte) column {
	return column{
		kind:   d[0],
		number: int(binary.LittleEndian.Uint16(d[l.number:])),
		order:  int(binary.LittleEndian.Uint16(d[l.order:])),
		offset: int(binary.LittleEndian.Uint16(d[l.offset:])),
		length: int(binary.LittleEndian.Uint16(d[l.length:])),
		scale:  int(d[l.scale]),
		fixed:  d[l.flags]&1 != 0,
		worked: l.extra > 0 && d[l.extra]&workedFlags == workedFlags,
	}
}

// names reads the names of the columns, each behind its length. Columns whose
// names are lost keep their place.
func (f *file) names(t *table, b []byte) {
	for i := range t.columns {
		var size int
		switch {
		case len(b) < f.layout.nameSize:
			f.broken = true
			return
		case f.layout.nameSize == 1:
			size = int(b[0])
		default:
			size = int(binary.LittleEndian.Uint16(b))
		}
		b = b[f.layout.nameSize:]
		if size > len(b) {
			f.broken = true
			return
		}
		t.columns[i].name = f.plainText(b[:size])
		b = b[size:]
	}
}

// spread reads a definition from its pages; each names the next.
func (f *file) spread(n uint32) (b []byte) {
	for hops := 0; n != 0 && hops < maxSpread; hops++ {
		page := f.page(n)
		if page == nil || page[0] != definitionPage {
			f.broken = true
			break
		}
		n = binary.LittleEndian.Uint32(page[4:])
		if hops == 0 {
			b = append(b, page...)
		} else {
			b = append(b, page[8:]...)
		}
	}
	return b
}

// plainText decodes a text without compression: UTF-16, or the code page of a
// Jet 3 file.
func (f *file) plainText(b []byte) string {
	if f.layout == &jet3 {
		s, err := f.text.NewDecoder().Bytes(b)
		if err != nil {
			return string(b)
		}
		return string(s)
	}
	text := make([]byte, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		r := rune(binary.LittleEndian.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			if pair := utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(b[2:]))); pair != utf8.RuneError {
				r, b = pair, b[2:]
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text)
}
