package sqlite

import "encoding/binary"

// Kinds of b-tree page (1.6).
const (
	interiorIndex = 2
	interiorTable = 5
	leafIndex     = 10
	leafTable     = 13
)

// maxDepth is deeper than any tree that fits into 2^32 pages.
const maxDepth = 24

// maxPayload bounds a record that is put together from overflow pages.
const maxPayload = 64 << 20

// row takes a record: its row number (0 in a table without) and its bytes.
type rowFunc func(rowid int64, payload []byte) error

// walk visits the records of a tree in order.
func (f *file) walk(root uint32, depth int, visit rowFunc) error {
	if depth > maxDepth || !f.visit(root) {
		f.broken = f.broken || depth > maxDepth
		return nil
	}
	b := f.page(root)
	if b == nil {
		return nil
	}
	head := b
	if root == 1 {
		head = b[100:]
	}
	switch head[0] {
	case leafTable, leafIndex:
		return f.leaf(b, head, visit)
	case interiorTable, interiorIndex:
		return f.interior(b, head, depth, visit)
	}
	f.broken = true
	return nil
}

// cells are the offsets of a page's cells, in order.
func (f *file) cells(b, head []byte, skip int) []uint16 {
	n := min(int(binary.BigEndian.Uint16(head[3:])), (len(head)-skip)/2)
	cells := make([]uint16, 0, n)
	for i := range n {
		c := binary.BigEndian.Uint16(head[skip+2*i:])
		if int(c) >= f.usable {
			f.broken = true
			continue
		}
		cells = append(cells, c)
	}
	return cells
}

func (f *file) leaf(b, head []byte, visit rowFunc) error {
	for _, c := range f.cells(b, head, 8) {
		if err := f.cell(b[c:f.usable], head[0] == leafTable, visit); err != nil {
			return err
		}
	}
	return nil
}

func (f *file) interior(b, head []byte, depth int, visit rowFunc) error {
	for _, c := range f.cells(b, head, 12) {
		cell := b[c:f.usable]
		if len(cell) < 5 {
			continue
		}
		if err := f.walk(binary.BigEndian.Uint32(cell), depth+1, visit); err != nil {
			return err
		}
		if head[0] == interiorIndex { // its own record stands between its children's
			if err := f.cell(cell[4:], false, visit); err != nil {
				return err
			}
		}
	}
	return f.walk(binary.BigEndian.Uint32(head[8:]), depth+1, visit)
}

// cell reads one record, with what of it is on overflow pages (1.6).
func (f *file) cell(cell []byte, table bool, visit rowFunc) error {
	size, n := varint(cell)
	if n == 0 || size > maxPayload {
		f.broken = true
		return nil
	}
	cell = cell[n:]
	var rowid uint64
	if table {
		if rowid, n = varint(cell); n == 0 {
			f.broken = true
			return nil
		}
		cell = cell[n:]
	}
	local := f.local(int(size), table)
	if local > len(cell) {
		f.broken = true
		return nil
	}
	if local == int(size) {
		return visit(int64(rowid), cell[:local])
	}
	if len(cell) < local+4 {
		f.broken = true
		return nil
	}
	return visit(int64(rowid), f.overflow(cell[:local], binary.BigEndian.Uint32(cell[local:]), int(size)))
}

// local is how many bytes of a record are on its own page.
func (f *file) local(size int, table bool) int {
	most := (f.usable-12)*64/255 - 23
	if table {
		most = f.usable - 35
	}
	if size <= most {
		return size
	}
	least := (f.usable-12)*32/255 - 23
	if k := least + (size-least)%(f.usable-4); k <= most {
		return k
	}
	return least
}

// overflow puts a record together; one whose chain breaks is as long as it got.
func (f *file) overflow(local []byte, next uint32, size int) []byte {
	payload := append(make([]byte, 0, min(size, 1<<20)), local...)
	for next != 0 && len(payload) < size && f.visit(next) {
		b := f.page(next)
		if b == nil {
			break
		}
		payload = append(payload, b[4:min(f.usable, 4+size-len(payload))]...)
		next = binary.BigEndian.Uint32(b)
	}
	return payload
}
