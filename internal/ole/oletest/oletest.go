// Package oletest makes small OLE compound files for tests, so that no test
// needs a file from a real program. It writes version 3 files ([MS-CFB]) with
// one level of storages and is meant for a few hundred kilobytes.
package oletest

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Stream is one stream to write; a Path with a slash puts it in a storage.
type Stream struct {
	Path string
	Data []byte
}

const (
	sector     = 512
	miniSector = 64
	cutoff     = 4096
	end        = 0xFFFFFFFE
	free       = 0xFFFFFFFF
)

// entry is a directory entry to be.
type entry struct {
	name       string
	kind       byte
	start      uint32
	size       int
	down, next uint32
}

// writer gathers the sectors of a file.
type writer struct {
	body  []byte
	table []uint32
	mini  []byte
	small []uint32
}

// File gives the bytes of a compound file with the streams.
func File(streams ...Stream) []byte {
	w := &writer{}
	entries := w.entries(streams)
	root := &entries[0]
	root.start, root.size = end, len(w.mini)
	if len(w.mini) > 0 {
		root.start = w.chain(w.mini)
	}
	miniTable := uint32(end)
	if len(w.small) > 0 {
		miniTable = w.chain(words(w.small, sector))
	}
	directory := w.chain(directoryBytes(entries))
	return w.finish(directory, miniTable)
}

// entries places the streams and lists root, storages and streams.
func (w *writer) entries(streams []Stream) []entry {
	list := []entry{{name: "Root Entry", kind: 5, down: free, next: free}}
	storages := map[string]int{}
	for _, s := range streams {
		parent, name := 0, s.Path
		if dir, base, ok := strings.Cut(s.Path, "/"); ok {
			if storages[dir] == 0 {
				list = append(list, entry{name: dir, kind: 1, start: 0, down: free, next: list[0].down})
				storages[dir] = len(list) - 1
				list[0].down = uint32(len(list) - 1)
			}
			parent, name = storages[dir], base
		}
		e := entry{name: name, kind: 2, size: len(s.Data), start: w.place(s.Data), down: free, next: list[parent].down}
		list = append(list, e)
		list[parent].down = uint32(len(list) - 1)
	}
	return list
}

// place puts the data of a stream among the small ones or in sectors.
func (w *writer) place(data []byte) uint32 {
	switch {
	case len(data) == 0:
		return end
	case len(data) >= cutoff:
		return w.chain(data)
	}
	first := uint32(len(w.small))
	for i := 0; i < len(data); i += miniSector {
		w.small = append(w.small, uint32(len(w.small))+1)
	}
	w.small[len(w.small)-1] = end
	w.mini = append(w.mini, pad(data, miniSector)...)
	return first
}

// chain puts data into sectors that follow each other.
func (w *writer) chain(data []byte) uint32 {
	first := uint32(len(w.table))
	data = pad(data, sector)
	for range len(data) / sector {
		w.table = append(w.table, uint32(len(w.table))+1)
	}
	w.table[len(w.table)-1] = end
	w.body = append(w.body, data...)
	return first
}

func pad(data []byte, size int) []byte {
	return append(bytes.Clone(data), make([]byte, (size-len(data)%size)%size)...)
}

func words(list []uint32, size int) []byte {
	var b []byte
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	for len(b)%size != 0 {
		b = binary.LittleEndian.AppendUint32(b, free)
	}
	return b
}

func directoryBytes(list []entry) []byte {
	var out []byte
	le := binary.LittleEndian
	for _, e := range list {
		b := make([]byte, 128)
		units := utf16.Encode([]rune(e.name))
		for i, u := range units {
			le.PutUint16(b[2*i:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(units)+2))
		b[66], b[67] = e.kind, 1
		le.PutUint32(b[68:], free)
		le.PutUint32(b[72:], e.next)
		le.PutUint32(b[76:], e.down)
		le.PutUint32(b[116:], e.start)
		le.PutUint64(b[120:], uint64(e.size))
		out = append(out, b...)
	}
	return out
}

// finish adds the allocation table and the header.
func (w *writer) finish(directory, miniTable uint32) []byte {
	first := len(w.table)
	count := 1
	for (first+count+127)/128 > count {
		count++
	}
	for range count {
		w.table = append(w.table, 0xFFFFFFFD)
	}
	head := make([]byte, sector)
	le := binary.LittleEndian
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(count))
	le.PutUint32(head[48:], directory)
	le.PutUint32(head[56:], cutoff)
	le.PutUint32(head[60:], miniTable)
	le.PutUint32(head[64:], uint32((len(w.small)+127)/128))
	le.PutUint32(head[68:], end)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], free)
		if i < count {
			le.PutUint32(head[76+4*i:], uint32(first+i))
		}
	}
	return append(append(head, w.body...), words(w.table, sector)...)
}
