package msg

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// A document within a message is a storage of the message's compound file. As
// an item it is a compound file again (version 3 of [MS-CFB], without small
// streams), made of the document's streams: the same streams give the same
// bytes.
const (
	sectorSize = 512
	perSector  = sectorSize / 4
	noSector   = 0xFFFFFFFF
	endSector  = 0xFFFFFFFE
	tableMark  = 0xFFFFFFFD
	entrySize  = 128

	maxObject  = 64 << 20 // bytes of one object, which waits in memory
	maxStreams = 1000
)

// rebuilt is a compound file being made.
type rebuilt struct {
	body    []byte
	table   []uint32
	entries []byte
	count   uint32
}

// compound makes a compound file of the streams in a storage.
func compound(at *ole.Entry) (io.Reader, error) {
	r := &rebuilt{}
	r.enter(at, "Root Entry", 5, endSector, 0)
	if err := r.below(at, 0); err != nil {
		return nil, err
	}
	for len(r.entries)%sectorSize != 0 {
		r.entries = append(r.entries, make([]byte, entrySize)...)
	}
	directory := r.chain(r.entries)
	return bytes.NewReader(r.finish(directory)), nil
}

// below enters what is in a storage. The entries of one storage hang in a
// line, each to the right of the one before.
func (r *rebuilt) below(at *ole.Entry, parent uint32) error {
	link := int(parent)*entrySize + 76
	for _, e := range at.Children {
		if r.count >= maxStreams {
			return part.Over(reeve.ReasonTooMany, "an embedded object of more streams than the limit")
		}
		here := r.count
		binary.LittleEndian.PutUint32(r.entries[link:], here)
		link = int(here)*entrySize + 72
		if e.Kind == ole.Storage {
			r.enter(e, e.Name, 1, 0, 0)
			if err := r.below(e, here); err != nil {
				return err
			}
			continue
		}
		data, err := e.Bytes(maxObject - int64(len(r.body)))
		if err != nil {
			return err
		}
		r.enter(e, e.Name, 2, r.chain(data), len(data))
	}
	return nil
}

// enter adds a directory entry ([MS-CFB] 2.6.1).
func (r *rebuilt) enter(e *ole.Entry, name string, kind byte, start uint32, size int) {
	le := binary.LittleEndian
	b := make([]byte, entrySize)
	units := utf16.Encode([]rune(name))
	units = units[:min(31, len(units))]
	for i, u := range units {
		le.PutUint16(b[2*i:], u)
	}
	le.PutUint16(b[64:], uint16(2*len(units)+2))
	b[66], b[67] = kind, 1
	for _, field := range []int{68, 72, 76} {
		le.PutUint32(b[field:], noSector)
	}
	copy(b[80:], e.Class[:])
	le.PutUint32(b[116:], start)
	le.PutUint64(b[120:], uint64(size))
	r.entries = append(r.entries, b...)
	r.count++
}

// chain puts data into sectors that follow each other.
func (r *rebuilt) chain(data []byte) uint32 {
	if len(data) == 0 {
		return endSector
	}
	first := uint32(len(r.table))
	r.body = append(r.body, data...)
	for len(r.body)%sectorSize != 0 {
		r.body = append(r.body, 0)
	}
	for uint32(len(r.table)) < uint32(len(r.body)/sectorSize) {
		r.table = append(r.table, uint32(len(r.table))+1)
	}
	r.table[len(r.table)-1] = endSector
	return first
}

// finish adds the allocation table and puts the header before all. Objects of
// up to 64 MiB need more sectors of table than a header can name; their further
// names stand in sectors of their own ([MS-CFB] 2.5).
func (r *rebuilt) finish(directory uint32) []byte {
	const inHead = 109
	used := len(r.table)
	tables, more := 0, 0
	for {
		t := (used + tables + more + perSector - 1) / perSector
		m := 0
		if t > inHead {
			m = (t - inHead + perSector - 2) / (perSector - 1)
		}
		if t == tables && m == more {
			break
		}
		tables, more = t, m
	}
	for range tables {
		r.table = append(r.table, tableMark)
	}
	for range more {
		r.table = append(r.table, tableMark-1)
	}
	for len(r.table) < tables*perSector {
		r.table = append(r.table, noSector)
	}
	return r.assemble(directory, uint32(used), uint32(tables), uint32(more))
}

func (r *rebuilt) assemble(directory, used, tables, more uint32) []byte {
	const inHead = 109
	le := binary.LittleEndian
	head := make([]byte, sectorSize)
	copy(head, ole.Magic)
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	next := uint32(endSector)
	if more > 0 {
		next = used + tables
	}
	for at, v := range map[int]uint32{44: tables, 48: directory, 56: 1, 60: endSector, 68: next, 72: more} {
		le.PutUint32(head[at:], v)
	}
	for i := range uint32(inHead) {
		le.PutUint32(head[76+4*i:], sectorOr(i < tables, used+i))
	}
	out := append(head, r.body...)
	for _, v := range r.table {
		out = le.AppendUint32(out, v)
	}
	named := uint32(inHead)
	for m := range more {
		for range perSector - 1 {
			out = le.AppendUint32(out, sectorOr(named < tables, used+named))
			named++
		}
		out = le.AppendUint32(out, sectorOr2(m+1 < more, used+tables+m+1))
	}
	return out
}

func sectorOr(ok bool, n uint32) uint32 {
	if ok {
		return n
	}
	return noSector
}

func sectorOr2(ok bool, n uint32) uint32 {
	if ok {
		return n
	}
	return endSector
}
