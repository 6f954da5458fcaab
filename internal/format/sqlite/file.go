package sqlite

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/reeve-council/reeve/internal/format/part"
)

// file is the pages of a database.
type file struct {
	src      part.Source
	size     int // of a page, bytes
	usable   int // of these, without the reserved ones
	encoding int // 1 UTF-8, 2 UTF-16LE, 3 UTF-16BE
	pages    uint32
	free     uint32 // first page of the list of freed pages
	seen     []uint64
	cut      bool // a page was asked for beyond the end of the file
	broken   bool
}

// openFile reads the header (1.3).
func openFile(src part.Source) (*file, error) {
	h := src.Head(100)
	if len(h) < 100 {
		return nil, part.CutShort("its header is not whole")
	}
	f := &file{src: src, size: int(binary.BigEndian.Uint16(h[16:])), encoding: int(binary.BigEndian.Uint32(h[56:])), free: binary.BigEndian.Uint32(h[32:])}
	if f.size == 1 {
		f.size = 65536
	}
	f.usable = f.size - int(h[20])
	if f.size < 512 || f.size&(f.size-1) != 0 || f.usable < 480 {
		return nil, part.Broken("its page size is none")
	}
	f.pages = uint32(min((src.Size+int64(f.size)-1)/int64(f.size), 1<<32-2))
	f.seen = make([]uint64, f.pages/64+1)
	return f, nil
}

// page reads a page, numbered from 1; nil when it is not there.
func (f *file) page(n uint32) []byte {
	if n == 0 || n > f.pages {
		f.cut = f.cut || n > f.pages
		return nil
	}
	b := f.src.At(int64(n-1)*int64(f.size), f.size)
	if len(b) < f.size {
		f.cut = true
		return nil
	}
	return b
}

// visit marks a page, and reports whether it was not visited before.
func (f *file) visit(n uint32) bool {
	if n == 0 || n > f.pages {
		f.cut = f.cut || n > f.pages
		return false
	}
	bit := uint64(1) << (n % 64)
	if f.seen[n/64]&bit != 0 {
		f.broken = true
		return false
	}
	f.seen[n/64] |= bit
	return true
}

// varint reads a variable-length integer (1.6, note): seven bits a byte, the
// most significant first, nine bytes at most.
func varint(b []byte) (uint64, int) {
	var v uint64
	for i := 0; i < len(b) && i < 9; i++ {
		if i == 8 {
			return v<<8 | uint64(b[i]), 9
		}
		v = v<<7 | uint64(b[i]&0x7F)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// text decodes a string in the encoding of the file.
func (f *file) text(b []byte) string {
	if f.encoding != 2 && f.encoding != 3 {
		return string(b)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		if f.encoding == 2 {
			units[i] = binary.LittleEndian.Uint16(b[2*i:])
		} else {
			units[i] = binary.BigEndian.Uint16(b[2*i:])
		}
	}
	return string(utf16.Decode(units))
}
