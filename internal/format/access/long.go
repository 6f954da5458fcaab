package access

import (
	"encoding/binary"
	"io"
)

// What the length of a long value says in its two highest bits, and how long a
// memo may be.
const (
	longInline = 0x80000000
	longSingle = 0x40000000
	longLength = 0x3FFFFFFF
	longHead   = 12
	maxMemo    = 16 << 20
)

// long reads a memo or OLE field. Behind its head the value follows in the row,
// is a row of another page, or is a chain of such rows, each of which begins
// with a pointer to the next. It is valid until the next row is read.
type long struct {
	file  *file
	piece []byte
	next  pointer
	left  int
	freed bool // the row at hand is a deleted one
	lost  bool // not all of the value was to be had
}

func (f *file) long(b []byte, freed bool) *long {
	v := &long{file: f, freed: freed}
	if len(b) < longHead {
		v.lost = len(b) > 0
		return v
	}
	head := binary.LittleEndian.Uint32(b)
	v.left = int(head & longLength)
	switch {
	case head&longInline != 0:
		v.piece, v.left = b[longHead:min(longHead+v.left, len(b))], 0
	case head&longSingle != 0:
		v.piece = v.follow(pointerOf(b[4:]))
		v.piece = v.piece[:min(v.left, len(v.piece))]
		v.lost = len(v.piece) < v.left
		v.left = 0
	default:
		v.next = pointerOf(b[4:])
	}
	return v
}

// follow reads a row of the value. The value of a deleted row was deleted with
// it; what stands in its place undeleted belongs to another row.
func (v *long) follow(p pointer) []byte {
	b, flags := v.file.follow(p)
	v.file.spare -= int64(len(b))
	if v.freed && flags&rowDeleted == 0 || v.file.spare < 0 {
		return nil
	}
	return b
}

// Read goes along the chain. Each row takes at least a byte of the length, so
// that a loop ends.
func (v *long) Read(p []byte) (int, error) {
	if len(v.piece) == 0 {
		if v.left <= 0 {
			return 0, io.EOF
		}
		b := v.follow(v.next)
		if len(b) <= pointerSize || v.file.w.Step(1) != nil {
			v.lost, v.left = true, 0
			return 0, io.EOF
		}
		v.next = pointerOf(b)
		v.piece = b[pointerSize:]
		v.piece = v.piece[:min(len(v.piece), v.left)]
		v.left -= len(v.piece)
	}
	n := copy(p, v.piece)
	v.piece = v.piece[n:]
	return n, nil
}
