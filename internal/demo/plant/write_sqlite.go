package plant

import (
	"encoding/binary"
	"strings"
)

// writeSQLite writes a database file with one table by hand: a page for the
// schema, then one leaf page, or several under an interior page (file format of SQLite 3,
// sections 1.3 to 1.6 and 2.1). Pages are 32 KiB.
func writeSQLite(p *paper) []byte {
	header, rows := p.table()
	var columns []string
	for _, h := range header {
		columns = append(columns, `"`+element(h)+`" TEXT`)
	}
	var leaves [][]cellBytes
	var page []cellBytes
	room := 0
	for i, row := range rows {
		c := sqliteCell(i+1, row)
		if room+len(c.bytes)+2 > sqlitePage-200 {
			leaves, page, room = append(leaves, page), nil, 0
		}
		page, room = append(page, c), room+len(c.bytes)+2
	}
	leaves = append(leaves, page)
	schema := sqliteRecord(1, []any{"table", "extract", "extract", int64(2), "CREATE TABLE extract (" + strings.Join(columns, ", ") + ")"})
	out := sqliteLeaf([]cellBytes{schema}, 100)
	if len(leaves) == 1 {
		copy(out, sqliteHead(2))
		return append(out, sqliteLeaf(leaves[0], 0)...)
	}
	copy(out, sqliteHead(2+len(leaves)))
	out = append(out, sqliteInterior(leaves)...)
	for _, l := range leaves {
		out = append(out, sqliteLeaf(l, 0)...)
	}
	return out
}

const sqlitePage = 32768

// cellBytes is a row as it lies in a leaf page.
type cellBytes struct {
	row   int
	bytes []byte
}

func sqliteHead(pages int) []byte {
	h := make([]byte, 100)
	copy(h, "SQLite format 3\x00")
	binary.BigEndian.PutUint16(h[16:], sqlitePage)
	h[18], h[19], h[21], h[22], h[23] = 1, 1, 64, 32, 32
	binary.BigEndian.PutUint32(h[24:], 1)
	binary.BigEndian.PutUint32(h[28:], uint32(pages))
	binary.BigEndian.PutUint32(h[40:], 1)
	binary.BigEndian.PutUint32(h[44:], 4)
	binary.BigEndian.PutUint32(h[56:], 1)
	binary.BigEndian.PutUint32(h[92:], 1)
	binary.BigEndian.PutUint32(h[96:], 3045000)
	return h
}

func sqliteCell(row int, cells []string) cellBytes {
	values := make([]any, len(cells))
	for i, c := range cells {
		values[i] = c
	}
	return sqliteRecord(row, values)
}

// sqliteRecord is payload length, row id, header of serial types, values.
func sqliteRecord(row int, values []any) cellBytes {
	var types, data []byte
	for _, v := range values {
		switch v := v.(type) {
		case string:
			types = append(types, varint(uint64(13+2*len(v)))...)
			data = append(data, v...)
		case int64:
			types = append(types, 1)
			data = append(data, byte(v))
		}
	}
	head := append(varint(uint64(len(types)+1)), types...)
	if len(types)+1 > 127 {
		head = append(varint(uint64(len(types)+2)), types...)
	}
	payload := append(head, data...)
	out := append(varint(uint64(len(payload))), varint(uint64(row))...)
	return cellBytes{row, append(out, payload...)}
}

// varint is SQLite's: big end first, seven bits a byte (never nine bytes here).
func varint(n uint64) []byte {
	out := []byte{byte(n & 0x7F)}
	for n >>= 7; n > 0; n >>= 7 {
		out = append([]byte{byte(n&0x7F) | 0x80}, out...)
	}
	return out
}

// sqliteLeaf lays cells from the end of the page, their pointers from its head.
func sqliteLeaf(cells []cellBytes, from int) []byte {
	page := make([]byte, sqlitePage)
	page[from] = 0x0D
	binary.BigEndian.PutUint16(page[from+3:], uint16(len(cells)))
	end := sqlitePage
	for i, c := range cells {
		end -= len(c.bytes)
		copy(page[end:], c.bytes)
		binary.BigEndian.PutUint16(page[from+8+2*i:], uint16(end))
	}
	binary.BigEndian.PutUint16(page[from+5:], uint16(end))
	return page
}

// sqliteInterior points to the leaves, which follow it from page 3 on.
func sqliteInterior(leaves [][]cellBytes) []byte {
	page := make([]byte, sqlitePage)
	page[0] = 0x05
	last := len(leaves) - 1
	binary.BigEndian.PutUint16(page[3:], uint16(last))
	binary.BigEndian.PutUint32(page[8:], uint32(3+last))
	end := sqlitePage
	for i, l := range leaves[:last] {
		cell := binary.BigEndian.AppendUint32(nil, uint32(3+i))
		cell = append(cell, varint(uint64(l[len(l)-1].row))...)
		end -= len(cell)
		copy(page[end:], cell)
		binary.BigEndian.PutUint16(page[12+2*i:], uint16(end))
	}
	binary.BigEndian.PutUint16(page[5:], uint16(end))
	return page
}
