package pst

import (
	"encoding/binary"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// maxRows bounds the rows of a table that are read: recipients.
const maxRows = 100000

// column is one column of a table context ([MS-PST] 2.3.4.2).
type column struct {
	id   uint16
	typ  mapi.Type
	at   int
	size int
	bit  int
}

// table is a table context.
type table struct {
	heap    *heap
	columns []column
	bits    int // where in a row the bits are that say which cells are set
	size    int // of a row
	rows    uint32
}

// openTable reads what a table looks like.
func openTable(h *heap) (*table, error) {
	const head = 22
	b := h.piece(h.root)
	if h.holds != holdsRows || len(b) < head || b[0] != holdsRows {
		return nil, part.Broken("a node holds no table")
	}
	le := binary.LittleEndian
	t := &table{heap: h, bits: int(le.Uint16(b[6:])), size: int(le.Uint16(b[8:])), rows: le.Uint32(b[14:])}
	if t.size == 0 || t.bits > t.size {
		return nil, part.Broken("a table contradicts itself")
	}
	for c := b[head:]; len(c) >= 8; c = c[8:] {
		col := column{typ: mapi.Type(le.Uint16(c)), id: le.Uint16(c[2:]), at: int(le.Uint16(c[4:])), size: int(c[6]), bit: int(c[7])}
		if col.at+col.size <= t.size && t.bits+col.bit/8 < t.size {
			t.columns = append(t.columns, col)
		}
	}
	return t, nil
}

// each visits the rows. No row is cut by the end of a block; what is left there
// is filler.
func (t *table) each(visit func(row []byte) error) error {
	h := t.heap
	blocks := [][]byte{h.piece(t.rows)}
	if t.rows&kindMask != 0 {
		n, ok := within(h.subs, t.rows)
		if !ok {
			return part.Broken("the rows of a table are missing")
		}
		list, err := h.file.list(n.data)
		if err != nil {
			return err
		}
		blocks = nil
		for _, number := range list {
			b, err := h.file.block(number)
			if err != nil {
				return err
			}
			blocks = append(blocks, b)
		}
	}
	count := 0
	for _, b := range blocks {
		for ; len(b) >= t.size; b = b[t.size:] {
			if count++; count > maxRows {
				return part.Over(reeve.ReasonTooMany, "a table of more rows than the limit")
			}
			if err := visit(b[:t.size]); err != nil {
				return err
			}
		}
	}
	return nil
}

// bag is the set cells of a row.
func (t *table) bag(s *store, row []byte, outer *mapi.Bag) *mapi.Bag {
	b := mapi.NewBag(outer)
	for _, c := range t.columns {
		if s.w.Step(1) != nil {
			break
		}
		if row[t.bits+c.bit/8]&(0x80>>(c.bit%8)) == 0 {
			continue
		}
		cell := row[c.at : c.at+c.size]
		v := mapi.Value{Type: c.typ}
		if c.typ.Size() == 0 || c.typ.Size() > 8 || c.typ&mapi.Many != 0 {
			if c.size < 4 {
				continue
			}
			v, _ = s.property(t.heap, c.typ, binary.LittleEndian.Uint32(cell), b.Room()+1)
		} else {
			v.Data = append([]byte(nil), cell...)
		}
		b.Set(s.key(c.id), v)
	}
	return b
}
