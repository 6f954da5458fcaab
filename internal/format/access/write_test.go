package access

import (
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf16"
)

// maker builds small databases, page by page.
type maker struct {
	l     *layout
	pages [][]byte
	maps  [][]byte // maps of pages, the rows of page 1
	list  []made   // rows of the catalogue
	wide  bool     // maps are pages of bits, as in large files
}

// made is a row to be written: its bytes, and the flags of its place.
type made struct {
	b     []byte
	flags int
}

// field is a column to be written.
type field struct {
	name string
	kind byte
}

// width is that of a column of fixed length, else 0.
func (f field) width() int {
	if f.kind&worked != 0 {
		return 0
	}
	return widths[f.kind]
}

const worked = 0x40 // added to the kind of a column whose values are worked out

var catalogFields = []field{{"Id", kindLong}, {"Name", kindText}, {"Type", kindShort}, {"Flags", kindLong}, {"Database", kindMemo}, {"Connect", kindMemo}, {"ForeignName", kindText}, {"LvProp", kindOLE}}

func newMaker(l *layout) *maker {
	m := &maker{l: l}
	h := m.page(0)
	h[1] = 1
	copy(h[4:], "Standard Jet DB\x00")
	if l == &jet4 {
		h[0x14] = 1
	}
	binary.LittleEndian.PutUint16(h[0x3C:], 1252)
	m.page(dataPage)
	m.page(definitionPage)
	return m
}

// page adds an empty page.
func (m *maker) page(kind byte) []byte {
	p := make([]byte, m.l.page)
	p[0], p[1] = kind, 1
	m.pages = append(m.pages, p)
	return p
}

// table adds a table with its rows, as many to a page as fit, and lists it.
func (m *maker) table(name string, fields []field, rows ...made) uint32 {
	page := uint32(len(m.pages))
	m.page(definitionPage)
	m.list = append(m.list, m.row(catalogFields, int32(page), name, int16(1), int32(0)))
	m.define(page, fields, rows)
	return page
}

// define writes a definition, and the rows of its table behind it.
func (m *maker) define(page uint32, fields []field, rows []made) {
	le, l := binary.LittleEndian, m.l
	var body, names []byte
	fixed, variable := 0, 0
	for i, f := range fields {
		d := make([]byte, l.columnSize)
		d[0] = f.kind &^ worked
		if f.kind&worked != 0 {
			d[l.extra] = workedFlags
		}
		le.PutUint16(d[l.number:], uint16(i))
		le.PutUint16(d[l.order:], uint16(variable))
		if w := f.width(); w > 0 || f.kind == kindYesNo {
			d[l.flags] = 1
			le.PutUint16(d[l.offset:], uint16(fixed))
			le.PutUint16(d[l.length:], uint16(w))
			fixed += w
		} else {
			le.PutUint16(d[l.length:], 255)
			variable++
		}
		body = append(body, d...)
		name := m.text(f.name)
		names = append(names, byte(len(name)))
		if l.nameSize == 2 {
			names = append(names, 0)
		}
		names = append(names, name...)
	}
	b := make([]byte, l.indexList)
	b[0], b[1], b[l.kind] = definitionPage, 1, userTable
	count := len(slices.DeleteFunc(slices.Clone(rows), func(r made) bool { return r.flags&rowDeleted != 0 }))
	le.PutUint32(b[l.rows:], uint32(count))
	le.PutUint16(b[l.varColumns:], uint16(variable))
	le.PutUint16(b[l.columns-4:], uint16(len(fields)))
	le.PutUint16(b[l.columns:], uint16(len(fields)))
	le.PutUint32(b[l.owned:], 1<<8|uint32(len(m.maps)))
	copy(b[l.owned+4:], b[l.owned:l.owned+4]) // the map of pages with room
	m.spread(page, append(append(b, body...), names...))
	m.rows(page, rows)
}

// spread writes a definition over as many pages as it takes.
func (m *maker) spread(page uint32, b []byte) {
	binary.LittleEndian.PutUint32(b[8:], uint32(len(b)-8))
	n := copy(m.pages[page], b)
	for last := page; n < len(b); {
		binary.LittleEndian.PutUint32(m.pages[last][4:], uint32(len(m.pages)))
		last = uint32(len(m.pages))
		n += copy(m.page(definitionPage)[8:], b[n:])
	}
}

// rows writes data pages, and the map that holds them.
func (m *maker) rows(owner uint32, rows []made) {
	bits := make([]byte, 69)
	for len(rows) > 0 {
		n := uint32(len(m.pages))
		used := m.fill(m.page(dataPage), owner, rows)
		bits[5+n/8] |= 1 << (n % 8)
		rows = rows[used:]
	}
	if m.wide {
		copy(m.page(bitmapPage)[4:], bits[5:])
		bits = binary.LittleEndian.AppendUint32([]byte{1}, uint32(len(m.pages)-1))
	}
	m.maps = append(m.maps, bits)
}

// fill puts rows on a page from its end, and gives how many fitted.
func (m *maker) fill(p []byte, owner uint32, rows []made) (n int) {
	le := binary.LittleEndian
	le.PutUint32(p[4:], owner)
	end := len(p)
	for ; n < len(rows) && end-len(rows[n].b) >= m.l.rowTable+2*(n+1); n++ {
		end -= len(rows[n].b)
		copy(p[end:], rows[n].b)
		le.PutUint16(p[m.l.rowTable+2*n:], uint16(end|rows[n].flags))
	}
	le.PutUint16(p[m.l.rowCount:], uint16(n))
	le.PutUint16(p[2:], uint16(end-m.l.rowTable-2*n))
	return n
}

// row encodes the values of a row: nil, bool, numbers, text (a memo in the row
// itself) or bytes as they are.
func (m *maker) row(fields []field, values ...any) made {
	le := binary.LittleEndian
	var fixed, variable []byte
	var ends []int
	mask := make([]byte, (len(fields)+7)/8)
	start := m.l.countSize
	for _, f := range fields {
		start += f.width()
	}
	other := false
	for i := range fields {
		var v any
		if i < len(values) {
			v = values[i]
		}
		b := m.value(fields[i], v)
		if v != nil && v != false {
			mask[i/8] |= 1 << (i % 8)
		}
		if w := fields[i].width(); w > 0 {
			fixed = append(fixed, append(b, make([]byte, w)...)[:w]...)
		} else if fields[i].kind != kindYesNo {
			other = true
			ends = append(ends, start+len(variable))
			variable = append(variable, b...)
		}
	}
	b := []byte{byte(len(fields))}
	if m.l.countSize == 2 {
		b = append(b, 0)
	}
	b = append(append(b, fixed...), variable...)
	if other && m.l.countSize == 1 {
		b = append(b, jumpTable(append(ends, len(b)), len(b)+len(mask))...)
	} else if other {
		b = le.AppendUint16(b, uint16(len(b)))
		for i := len(ends) - 1; i >= 0; i-- {
			b = le.AppendUint16(b, uint16(ends[i]))
		}
		b = le.AppendUint16(b, uint16(len(ends)))
	}
	return made{b: append(b, mask...)}
}

// jumpTable is what stands between the data of a Jet 3 row and its mask: places
// in reverse, jumps in reverse, count.
func jumpTable(ends []int, others int) (b []byte) {
	jumps := 0
	for (others+len(ends)+jumps+1-1)/256 > jumps {
		jumps++
	}
	for i := len(ends) - 1; i >= 0; i-- {
		b = append(b, byte(ends[i]))
	}
	for j := jumps; j > 0; j-- {
		at := 0
		for at < len(ends) && ends[at] < 256*j {
			at++
		}
		if at == len(ends) {
			at = 0xFF
		}
		b = append(b, byte(at))
	}
	return append(b, byte(len(ends)-1))
}

func (m *maker) value(f field, v any) []byte {
	le := binary.LittleEndian
	switch v := v.(type) {
	case int16:
		return le.AppendUint16(nil, uint16(v))
	case int32:
		return le.AppendUint32(nil, uint32(v))
	case int64:
		return le.AppendUint64(nil, uint64(v))
	case float64:
		return le.AppendUint64(nil, math.Float64bits(v))
	case []byte:
		return v
	case string:
		b := m.text(v)
		if f.kind == kindMemo {
			b = append(append(le.AppendUint32(nil, longInline|uint32(len(b))), make([]byte, 8)...), b...)
		}
		return b
	}
	return nil
}

func (m *maker) text(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		if m.l.countSize == 1 {
			b = append(b, byte(u))
		} else {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
	}
	return b
}

// elsewhere is the head of a long value on other pages.
func elsewhere(length int, kind uint32, p pointer) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(length)|kind)
	b = binary.LittleEndian.AppendUint32(b, p.page<<8|uint32(p.row))
	return append(b, 0, 0, 0, 0)
}

// long adds a page with rows of long values, and gives its number.
func (m *maker) long(rows ...made) uint32 {
	n := uint32(len(m.pages))
	m.fill(m.page(dataPage), binary.LittleEndian.Uint32([]byte("LVAL")), rows)
	return n
}

// bytes finishes the file; under a key its pages are encoded.
func (m *maker) bytes(key uint32) (b []byte) {
	m.define(objects, catalogFields, m.list)
	m.pages[objects][m.l.kind] = 'S'
	rows := make([]made, len(m.maps))
	for i, bits := range m.maps {
		rows[i].b = bits
	}
	m.fill(m.pages[1], 0, rows)
	binary.LittleEndian.PutUint32(m.pages[0][keyPlace:], key)
	unmask(m.pages[0], m.l) // the mask is its own inverse
	for n, p := range m.pages {
		if n > 0 && key != 0 {
			stream(binary.LittleEndian.AppendUint32(nil, key^uint32(n)), p)
		}
		b = append(b, p...)
	}
	return b
}
