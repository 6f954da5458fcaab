package pst

import (
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// What a heap holds ([MS-PST] 2.3.1.2).
const (
	heapMark  = 0xEC
	holdsBag  = 0xBC
	holdsRows = 0x7C
	treeMark  = 0xB5
)

const (
	maxHeap    = 4096 // blocks of a heap
	maxRecords = 1e6  // of a tree in a heap
)

// heap is the blocks of a node that are cut into small pieces, and the nodes
// within it, which hold what is too large for a piece.
type heap struct {
	file   *file
	blocks [][]byte
	subs   []node
	holds  byte
	root   uint32
	fault  error // first block or list of subnodes that could not be read
}

// openHeap reads a heap ([MS-PST] 2.3.1). What cannot be read of its nodes is
// missing; its fault says so.
func (f *file) openHeap(n node) (*heap, error) {
	list, err := f.list(n.data)
	if err != nil && len(list) == 0 {
		return nil, err
	}
	if len(list) > maxHeap {
		return nil, part.Over(reeve.ReasonTooMany, "a heap of more blocks than the limit")
	}
	h := &heap{file: f, fault: err}
	for _, number := range list {
		b, err := f.block(number)
		if err != nil && len(h.blocks) == 0 {
			return nil, err
		}
		h.blame(err)
		h.blocks = append(h.blocks, b)
	}
	if len(h.blocks) == 0 || len(h.blocks[0]) < 12 || h.blocks[0][2] != heapMark {
		return nil, part.Broken("a node is no heap")
	}
	h.holds, h.root = h.blocks[0][3], binary.LittleEndian.Uint32(h.blocks[0][4:])
	h.subs, err = f.subnodes(n.sub)
	h.blame(err)
	return h, nil
}

func (h *heap) blame(err error) {
	if h.fault == nil && err != nil {
		h.fault = err
	}
}

// piece is the bytes of one piece, nil where there is none.
func (h *heap) piece(id uint32) []byte {
	bits := h.file.layout.smallHID
	index, block := int(id>>5&(1<<bits-1)), int(id>>(5+bits))
	if id&kindMask != 0 || index == 0 || block >= len(h.blocks) {
		return nil
	}
	b := h.blocks[block]
	if len(b) < 2 {
		return nil
	}
	at := int(binary.LittleEndian.Uint16(b)) + 4 + 2*(index-1) // behind the two counts of the map
	if at+4 > len(b) {
		return nil
	}
	from, to := int(binary.LittleEndian.Uint16(b[at:])), int(binary.LittleEndian.Uint16(b[at+2:]))
	if from > to || to > len(b) {
		return nil
	}
	return b[from:to]
}

// value is what a number leads to: a piece, or the bytes of a node within.
func (h *heap) value(id uint32, limit int64) ([]byte, error) {
	if id == 0 {
		return nil, nil
	}
	if id&kindMask == 0 {
		return h.piece(id), nil
	}
	n, ok := within(h.subs, id)
	if !ok {
		return nil, part.Broken("a subnode is missing")
	}
	return h.file.whole(n.data, limit)
}

// open is value for what may be large.
func (h *heap) open(id uint32) (io.Reader, error) {
	if n, ok := within(h.subs, id); ok {
		return h.file.stream(n.data), nil
	}
	if id&kindMask != 0 {
		return nil, part.Broken("a subnode is missing")
	}
	return &blockReader{file: h.file, at: h.piece(id)}, nil
}

// records visits the leaf records of a tree in the heap ([MS-PST] 2.3.2).
func (h *heap) records(root uint32, key, data int, visit func(record []byte)) error {
	head := h.piece(root)
	if len(head) < 8 || head[0] != treeMark || int(head[1]) != key || int(head[2]) < data {
		return part.Broken("a tree in a heap contradicts itself")
	}
	left := int(maxRecords)
	return h.level(binary.LittleEndian.Uint32(head[4:]), int(head[3]), key, int(head[2]), &left, visit)
}

func (h *heap) level(id uint32, level, key, data int, left *int, visit func([]byte)) error {
	step := key + data
	if level > 0 {
		step = key + 4
	}
	if level > maxLevel {
		return part.Broken("a tree in a heap is too deep")
	}
	for b := h.piece(id); len(b) >= step; b = b[step:] {
		if *left--; *left < 0 {
			return part.Over(reeve.ReasonTooMany, "a tree in a heap of more records than the limit")
		}
		if level == 0 {
			visit(b[:step])
		} else if err := h.level(binary.LittleEndian.Uint32(b[key:]), level-1, key, data, left, visit); err != nil {
			return err
		}
	}
	return nil
}

// list cuts a property of several values apart ([MS-PST] 2.3.3.4.2).
func list(typ mapi.Type, b []byte) (values [][]byte) {
	if n := (typ &^ mapi.Many).Size(); n > 0 {
		for ; len(b) >= n; b = b[n:] {
			values = append(values, b[:n])
		}
		return values
	}
	if len(b) < 4 {
		return nil
	}
	count := min(int64(binary.LittleEndian.Uint32(b)), int64(len(b)-4)/4)
	for i := range count {
		from, to := binary.LittleEndian.Uint32(b[4+4*i:]), uint32(len(b))
		if i+1 < count {
			to = binary.LittleEndian.Uint32(b[8+4*i:])
		}
		if from <= to && int64(to) <= int64(len(b)) {
			values = append(values, b[from:to])
		}
	}
	return values
}
