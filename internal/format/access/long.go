package access

import "encoding/binary"

// What the length of a long value says in its two highest bits, and how much of
// one is read.
const (
	longInline = 0x80000000
	longSingle = 0x40000000
	longLength = 0x3FFFFFFF
	longHead   = 12
	maxLong    = 64 << 20
)

// long gives the bytes of a memo or OLE field. Behind its head they follow in
// the row, are a row of another page, or are a chain of such rows, each of
// which begins with a pointer to the next. False when some are lost.
func (f *file) long(b []byte) ([]byte, bool) {
	if len(b) < longHead {
		return nil, len(b) == 0
	}
	head := binary.LittleEndian.Uint32(b)
	length := int(min(head&longLength, maxLong))
	switch {
	case head&longInline != 0:
		return b[longHead:min(longHead+length, len(b))], true
	case head&longSingle != 0:
		v, _ := f.follow(pointerOf(b[4:]))
		return append([]byte(nil), v[:min(length, len(v))]...), len(v) >= length
	}
	return f.chain(pointerOf(b[4:]), length)
}

// chain collects a long value of many rows. Each takes at least a byte of the
// length, so that a loop ends.
func (f *file) chain(p pointer, length int) (v []byte, whole bool) {
	for p.page != 0 && len(v) < length {
		b, _ := f.follow(p)
		if len(b) <= pointerSize || f.w.Step(1) != nil {
			return v, false
		}
		p = pointerOf(b)
		b = b[pointerSize:]
		v = append(v, b[:min(len(b), length-len(v))]...)
	}
	return v, len(v) >= length
}
