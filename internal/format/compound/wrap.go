package compound

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// Sizes and marks of a compound file of version 3 ([MS-CFB] 2.2).
const (
	sectorSize = 512
	miniSize   = 64
	miniLimit  = 4096 // streams below it stand in the stream of small ones
	chainEnd   = 0xFFFFFFFE
	tableMark  = 0xFFFFFFFD
	moreMark   = 0xFFFFFFFC
	unused     = 0xFFFFFFFF
	maxNested  = 16 // storages within storages
)

// Wrap makes a compound file of a storage, so that a document embedded in
// another can be read, and its digest taken, as an item of its own. The same
// storage always gives the same bytes. It fails with a part.Fault where the
// streams hold more than limit bytes; a stream that is damaged is wrapped as far
// as it can be read.
func Wrap(s *ole.Entry, limit int64) ([]byte, error) {
	w := &wrapper{left: limit}
	root := w.add("Root Entry", 5)
	w.list[root].class = s.Class
	if err := w.children(s, root, 0); err != nil {
		return nil, err
	}
	return w.file(), nil
}

// wrapper gathers the sectors of the file.
type wrapper struct {
	list  []wrapped
	body  []byte
	table []uint32 // the allocation table
	small []byte
	chain []uint32 // the table of small sectors
	left  int64
}

// wrapped is a directory entry to be.
type wrapped struct {
	name       string
	kind       byte
	class      [16]byte
	start      uint32
	size       int
	down, next uint32
}

func (w *wrapper) add(name string, kind byte) int {
	w.list = append(w.list, wrapped{name: name, kind: kind, start: chainEnd, down: unused, next: unused})
	return len(w.list) - 1
}

// children adds what is in a storage; siblings hang on each other to the right.
func (w *wrapper) children(s *ole.Entry, parent, depth int) error {
	if depth > maxNested {
		return part.Over(reeve.ReasonTooDeep, "an embedded object with storages nested too deep")
	}
	last := -1
	for _, c := range s.Children {
		kind := byte(2)
		if c.Kind == ole.Storage {
			kind = 1
		}
		n := w.add(c.Name, kind)
		if last < 0 {
			w.list[parent].down = uint32(n)
		} else {
			w.list[last].next = uint32(n)
		}
		last = n
		if kind == 1 {
			w.list[n].class, w.list[n].start = c.Class, 0
			if err := w.children(c, n, depth+1); err != nil {
				return err
			}
			continue
		}
		if w.left -= c.Size; w.left < 0 {
			return part.Over(reeve.ReasonTooLarge, "an embedded object larger than the limit")
		}
		b, _ := c.Bytes(c.Size)
		w.list[n].start, w.list[n].size = w.place(b), len(b)
	}
	return nil
}

// place puts the bytes of a stream among the small ones or into sectors.
func (w *wrapper) place(b []byte) uint32 {
	switch {
	case len(b) == 0:
		return chainEnd
	case len(b) >= miniLimit:
		return w.sectors(b)
	}
	first := uint32(len(w.chain))
	w.chain = follow(w.chain, (len(b)+miniSize-1)/miniSize)
	w.small = fill(append(w.small, b...), miniSize)
	return first
}

func (w *wrapper) sectors(b []byte) uint32 {
	if len(b) == 0 {
		return chainEnd
	}
	first := uint32(len(w.table))
	w.table = follow(w.table, (len(b)+sectorSize-1)/sectorSize)
	w.body = fill(append(w.body, b...), sectorSize)
	return first
}

// follow adds a chain of n sectors to a table.
func follow(table []uint32, n int) []uint32 {
	for range n - 1 {
		table = append(table, uint32(len(table))+1)
	}
	return append(table, chainEnd)
}

func fill(b []byte, size int) []byte {
	return append(b, make([]byte, (size-len(b)%size)%size)...)
}

// file puts header, sectors and tables together.
func (w *wrapper) file() []byte {
	w.list[0].start, w.list[0].size = w.sectors(w.small), len(w.small)
	miniTable := w.sectors(words(w.chain))
	directory := w.sectors(w.directory())
	first, tables, lists := len(w.table), 1, 0
	for (first+tables+lists+127)/128 > tables || tables > 109+127*lists {
		if tables > 109+127*lists {
			lists++
		} else {
			tables++
		}
	}
	for i := range tables + lists {
		w.table = append(w.table, map[bool]uint32{true: tableMark, false: moreMark}[i < tables])
	}
	out := make([]byte, sectorSize, sectorSize*(2+len(w.table)))
	le := binary.LittleEndian
	copy(out, ole.Magic)
	le.PutUint16(out[24:], 0x3E)
	le.PutUint16(out[26:], 3)
	le.PutUint16(out[28:], 0xFFFE)
	le.PutUint16(out[30:], 9)
	le.PutUint16(out[32:], 6)
	le.PutUint32(out[44:], uint32(tables))
	le.PutUint32(out[48:], directory)
	le.PutUint32(out[56:], miniLimit)
	le.PutUint32(out[60:], miniTable)
	le.PutUint32(out[64:], uint32((len(w.chain)+127)/128))
	le.PutUint32(out[68:], chainEnd)
	le.PutUint32(out[72:], uint32(lists))
	if lists > 0 {
		le.PutUint32(out[68:], uint32(first+tables))
	}
	for i := range 109 {
		le.PutUint32(out[76+4*i:], unused)
		if i < tables {
			le.PutUint32(out[76+4*i:], uint32(first+i))
		}
	}
	out = append(out, w.body...)
	out = append(out, words(w.table)...)
	return append(out, moreTables(first, tables, lists)...)
}

// moreTables lists the sectors of the allocation table beyond the 109 that the
// header holds (2.5), 127 in each sector with the number of the next one.
func moreTables(first, tables, lists int) (b []byte) {
	for i := range lists {
		for j := range 127 {
			n := 109 + 127*i + j
			if n < tables {
				b = binary.LittleEndian.AppendUint32(b, uint32(first+n))
			} else {
				b = binary.LittleEndian.AppendUint32(b, unused)
			}
		}
		next := uint32(chainEnd)
		if i+1 < lists {
			next = uint32(first + tables + i + 1)
		}
		b = binary.LittleEndian.AppendUint32(b, next)
	}
	return b
}

// words writes a table, filled up to a sector.
func words(list []uint32) (b []byte) {
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	for len(b)%sectorSize != 0 {
		b = binary.LittleEndian.AppendUint32(b, unused)
	}
	return b
}

// directory writes the entries (2.6).
func (w *wrapper) directory() (out []byte) {
	le := binary.LittleEndian
	for _, e := range w.list {
		b := make([]byte, 128)
		units := utf16.Encode([]rune(e.name))
		units = units[:min(len(units), 31)]
		for i, u := range units {
			le.PutUint16(b[2*i:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(units)+2))
		b[66], b[67] = e.kind, 1
		le.PutUint32(b[68:], unused)
		le.PutUint32(b[72:], e.next)
		le.PutUint32(b[76:], e.down)
		copy(b[80:96], e.class[:])
		le.PutUint32(b[116:], e.start)
		le.PutUint64(b[120:], uint64(e.size))
		out = append(out, b...)
	}
	for len(out)%sectorSize != 0 {
		b := make([]byte, 128)
		for at := 68; at < 80; at += 4 {
			le.PutUint32(b[at:], unused)
		}
		out = append(out, b...)
	}
	return out
}
