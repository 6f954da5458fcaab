package pst

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"slices"
	"unicode/utf16"

	"github.com/reeve-council/reeve/internal/format/mapi"
)

// builder writes a small store in any of the three layouts: enough of one for
// tests.
type builder struct {
	l      *layout
	coding coding
	body   []byte
	blocks [][3]uint64 // number, place, size
	nodes  [][4]uint64 // number, data, subnodes, parent
	next   uint64
}

// bodyAt is where blocks begin.
const bodyAt = 4096

func (b *builder) num(v uint64) []byte {
	if b.l.wide {
		return binary.LittleEndian.AppendUint64(nil, v)
	}
	return binary.LittleEndian.AppendUint32(nil, uint32(v))
}

// add writes a block and gives its number; data as it is before coding.
func (b *builder) add(data []byte, inner bool) uint64 {
	b.next += 4
	number := b.next
	if inner {
		number |= innerBit
	}
	raw := bytes.Clone(data)
	full := 0
	if b.l.inflates && !inner {
		full = len(data)
		if b.coding == cyclic { // once coded and then compressed, once the other way round
			b.hide(raw, uint32(number))
			raw = deflate(raw)
		} else {
			raw = deflate(raw)
			b.hide(raw, uint32(number))
		}
	} else if !inner {
		b.hide(raw, uint32(number))
	}
	at := uint64(bodyAt) + uint64(len(b.body))
	b.blocks = append(b.blocks, [3]uint64{number, at, uint64(len(raw)) | uint64(full)<<16})
	b.body = append(b.body, raw...)
	align := 64
	if b.l.inflates {
		align = 512
	}
	for (len(b.body)+b.l.trailer)%align != 0 {
		b.body = append(b.body, 0)
	}
	if b.l.trailer > 0 {
		t := make([]byte, b.l.trailer)
		at := 4
		if b.l.wide {
			at = 8
		}
		copy(t[at:], b.num(number))
		b.body = append(b.body, t...)
	}
	return number
}

func deflate(raw []byte) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(raw)
	w.Close()
	return z.Bytes()
}

// hide codes a block; the cyclic coding is its own inverse.
func (b *builder) hide(raw []byte, number uint32) {
	if b.coding == permuted {
		for i, v := range raw {
			raw[i] = first[v]
		}
		return
	}
	b.coding.undo(raw, number)
}

// list writes data over several blocks and the block that lists them; where
// that would be full, over a list of such lists.
func (b *builder) list(data []byte, step int) uint64 {
	var numbers []uint64
	for piece := range slices.Chunk(data, step) {
		numbers = append(numbers, b.add(piece, false))
	}
	level := byte(1)
	for {
		var lists []uint64
		for some := range slices.Chunk(numbers, 500) {
			head := []byte{1, level, byte(len(some)), byte(len(some) >> 8)}
			head = binary.LittleEndian.AppendUint32(head, uint32(len(data)))
			for _, n := range some {
				head = append(head, b.num(n)...)
			}
			lists = append(lists, b.add(head, true))
		}
		if len(lists) == 1 {
			return lists[0]
		}
		numbers = lists
		level++
	}
}

// sub is one subnode.
type sub struct {
	id   uint32
	data uint64
	subs uint64
}

func (b *builder) subnodes(list ...sub) uint64 {
	if len(list) == 0 {
		return 0
	}
	out := []byte{2, 0, byte(len(list)), 0}
	if b.l.wide {
		out = append(out, 0, 0, 0, 0)
	}
	for _, s := range list {
		out = append(out, b.num(uint64(s.id))...)
		out = append(out, b.num(s.data)...)
		out = append(out, b.num(s.subs)...)
	}
	return b.add(out, true)
}

// pieces makes a heap of one block; the first piece is number 1.
type pieces struct {
	l    *layout
	list [][]byte
}

func (p *pieces) add(b []byte) uint32 {
	p.list = append(p.list, b)
	return uint32(len(p.list)) << 5
}

func (p *pieces) heap(holds byte, root uint32) []byte {
	le := binary.LittleEndian
	out := []byte{0, 0, heapMark, holds}
	out = le.AppendUint32(out, root)
	out = append(out, 0, 0, 0, 0)
	marks := []uint16{}
	for _, b := range p.list {
		marks = append(marks, uint16(len(out)))
		out = append(out, b...)
	}
	marks = append(marks, uint16(len(out)))
	if len(out)%2 == 1 {
		out = append(out, 0)
	}
	le.PutUint16(out, uint16(len(out)))
	out = le.AppendUint16(out, uint16(len(p.list)))
	out = append(out, 0, 0)
	for _, m := range marks {
		out = le.AppendUint16(out, m)
	}
	return out
}

// property is one to write: of at most four bytes in place, else as a piece; a
// lead goes to a subnode.
type property struct {
	id   uint16
	typ  mapi.Type
	data []byte
	lead uint32
}

func text(id uint16, s string) property {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return property{id: id, typ: mapi.Unicode, data: b}
}

func narrow(id uint16, s string) property {
	return property{id: id, typ: mapi.String8, data: []byte(s)}
}

func number(id uint16, n uint32) property {
	return property{id: id, typ: mapi.Int32, data: binary.LittleEndian.AppendUint32(nil, n)}
}

// bag makes a property context.
func (b *builder) bag(list ...property) []byte {
	p := &pieces{l: b.l}
	root, records := p.add(nil), p.add(nil)
	var out []byte
	for _, v := range list {
		out = binary.LittleEndian.AppendUint16(out, v.id)
		out = binary.LittleEndian.AppendUint16(out, uint16(v.typ))
		switch {
		case v.lead != 0:
			out = binary.LittleEndian.AppendUint32(out, v.lead)
		case v.typ.Size() > 0 && v.typ.Size() <= 4:
			out = append(out, append(bytes.Clone(v.data), 0, 0, 0, 0)[:4]...)
		default:
			out = binary.LittleEndian.AppendUint32(out, p.add(v.data))
		}
	}
	p.list[1] = out
	p.list[0] = binary.LittleEndian.AppendUint32([]byte{treeMark, bagKey, bagData, 0}, records)
	return p.heap(holdsBag, root)
}

// people makes a table of recipients: kind, name, address.
func (b *builder) people(rows ...[3]string) []byte {
	le := binary.LittleEndian
	p := &pieces{l: b.l}
	root, cells := p.add(nil), p.add(nil)
	const size = 17
	var out []byte
	for i, r := range rows {
		row := make([]byte, size)
		le.PutUint32(row, uint32(i))
		row[4] = r[0][0] - '0'
		le.PutUint32(row[8:], p.add(text(0, r[1]).data))
		le.PutUint32(row[12:], p.add(text(0, r[2]).data))
		row[16] = 0xF0
		out = append(out, row...)
	}
	p.list[1] = out
	head := []byte{holdsRows, 4}
	for _, end := range []uint16{16, 16, 16, size} {
		head = le.AppendUint16(head, end)
	}
	head = le.AppendUint32(head, 0)
	head = le.AppendUint32(head, cells)
	head = le.AppendUint32(head, 0)
	for i, c := range []struct {
		id  uint16
		typ mapi.Type
	}{{0x67F2, mapi.Int32}, {0x0C15, mapi.Int32}, {0x3001, mapi.Unicode}, {0x39FE, mapi.Unicode}} {
		head = le.AppendUint16(head, uint16(c.typ))
		head = le.AppendUint16(head, c.id)
		head = le.AppendUint16(head, uint16(4*i))
		head = append(head, 4, byte(i))
	}
	p.list[0] = head
	return p.heap(holdsRows, root)
}

func (b *builder) node(id, parent uint32, data []byte, subs uint64) {
	b.nodes = append(b.nodes, [4]uint64{uint64(id), b.add(data, false), subs, uint64(parent)})
}

// page adds a page to a file and gives its place.
func (b *builder) page(file *[]byte, kind byte, level int, entries [][]byte) uint64 {
	for len(*file)%512 != 0 {
		*file = append(*file, 0)
	}
	at := uint64(len(*file))
	out := make([]byte, b.l.page)
	size := len(entries[0])
	for i, e := range entries {
		copy(out[i*size:], e)
	}
	if c := out[b.l.counts:]; b.l.page > 512 {
		binary.LittleEndian.PutUint16(c, uint16(len(entries)))
		c[4], c[5] = byte(size), byte(level)
	} else {
		c[0], c[2], c[3] = byte(len(entries)), byte(size), byte(level)
	}
	out[b.l.kind], out[b.l.kind+1] = kind, kind
	*file = append(*file, out...)
	return at
}

// tree adds pages of six entries and those that lead to them, and gives the
// root's place.
func (b *builder) tree(file *[]byte, kind byte, entries [][]byte) uint64 {
	for level := 0; ; level++ {
		var inner [][]byte
		var at uint64
		for some := range slices.Chunk(entries, 6) {
			at = b.page(file, kind, level, some)
			inner = append(inner, slices.Concat(some[0][:b.l.size()], b.num(0), b.num(at)))
		}
		if len(inner) == 1 {
			return at
		}
		entries = inner
	}
}

// file puts the store together.
func (b *builder) file() []byte {
	slices.SortFunc(b.nodes, func(x, y [4]uint64) int { return int(x[0]) - int(y[0]) })
	slices.SortFunc(b.blocks, func(x, y [3]uint64) int { return int(x[0]) - int(y[0]) })
	var nodes, blocks [][]byte
	for _, n := range b.nodes {
		e := slices.Concat(b.num(n[0]), b.num(n[1]), b.num(n[2]), binary.LittleEndian.AppendUint32(nil, uint32(n[3])))
		nodes = append(nodes, b.fill(e))
	}
	for _, k := range b.blocks {
		e := slices.Concat(b.num(k[0]), b.num(k[1]), binary.LittleEndian.AppendUint32(nil, uint32(k[2])))
		blocks = append(blocks, b.fill(e))
	}
	out := append(make([]byte, bodyAt), b.body...)
	n := b.l.size()
	copy(out, "!BDN\x00\x00\x00\x00SM")
	out[10] = map[*layout]byte{&ansi: 14, &unicode: 23, &large: 36}[b.l]
	out[b.l.method] = byte(b.coding)
	nodesAt, blocksAt := b.tree(&out, nodePage, nodes), b.tree(&out, blockPage, blocks)
	copy(out[int(b.l.root)+n:], b.num(nodesAt))
	copy(out[int(b.l.root)+3*n:], b.num(blocksAt))
	copy(out[b.l.end:], b.num(uint64(len(out))))
	return out
}

// fill brings an entry to a multiple of eight bytes in the wide layouts.
func (b *builder) fill(e []byte) []byte {
	if b.l.wide {
		e = append(e, 0, 0, 0, 0)
	}
	return e
}
