package evidence

import (
	"bufio"
	"errors"
	"io"
)

// lzw expands what the UNIX program compress wrote (.Z): codes of 9 to 16 bits,
// least significant bit first, in groups of eight; when the width changes, the
// rest of a group is padding. Code 256 empties the table where the header's
// block bit is set.
type lzw struct {
	in      *bufio.Reader
	block   bool
	maxBits uint
	bits    uint // width of the codes now
	free    int  // the next code to be given
	old     int  // the code before; -1 at the start
	first   byte // first byte of the string of old
	group   []byte
	at      uint // bit in group
	prefix  [1 << 16]uint16
	suffix  [1 << 16]byte
	stack   []byte // bytes of a string, last first
	err     error
}

const (
	lzwClear = 256
	lzwMin   = 9
	lzwMax   = 16
)

var errLZW = errors.New("compress: code that was never given")

func newLZW(in *bufio.Reader) (io.ReadCloser, error) {
	var head [3]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	l := &lzw{in: in, block: head[2]&0x80 != 0, maxBits: uint(head[2] & 0x1f), bits: lzwMin, free: lzwClear, old: -1}
	if head[0] != 0x1f || head[1] != 0x9d || l.maxBits < lzwMin || l.maxBits > lzwMax {
		return nil, errors.New("compress: bad header")
	}
	if l.block {
		l.free++
	}
	return l, nil
}

func (l *lzw) Close() error { return nil }

func (l *lzw) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(l.stack) > 0 {
			p[n] = l.stack[len(l.stack)-1]
			l.stack = l.stack[:len(l.stack)-1]
			n++
			continue
		}
		if l.err == nil {
			l.err = l.next()
		}
		if l.err != nil {
			break
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, l.err
}

// code reads the next code.
func (l *lzw) code() (int, error) {
	if l.at+l.bits > uint(len(l.group))*8 {
		l.group = append(l.group[:0], make([]byte, l.bits)...)
		n, err := io.ReadFull(l.in, l.group)
		l.group, l.at = l.group[:n], 0
		if uint(n)*8 < l.bits {
			if err == io.ErrUnexpectedEOF {
				err = io.EOF // fewer bits than a code are the padding at the end
			}
			return 0, err
		}
	}
	i := l.at / 8
	v := uint32(l.group[i])
	for k := uint(1); k < 3 && i+k < uint(len(l.group)); k++ {
		v |= uint32(l.group[i+k]) << (8 * k)
	}
	code := int(v>>(l.at%8)) & (1<<l.bits - 1)
	l.at += l.bits
	return code, nil
}

// widen begins a new group of wider or narrower codes.
func (l *lzw) widen(bits uint) { l.bits, l.group, l.at = bits, l.group[:0], 0 }

// next expands one code onto the stack.
func (l *lzw) next() error {
	if l.free > 1<<l.bits-1 && l.bits < l.maxBits {
		l.widen(l.bits + 1)
	}
	code, err := l.code()
	if err != nil {
		return err
	}
	switch {
	case l.old < 0:
		if code > 255 {
			return errLZW
		}
		l.old, l.first = code, byte(code)
		l.stack = append(l.stack, byte(code))
		return nil
	case code == lzwClear && l.block:
		l.free = lzwClear
		l.widen(lzwMin)
		return nil
	case code > l.free:
		return errLZW
	}
	l.expand(code)
	return nil
}

// expand pushes a code's string, and gives the string before plus its first
// byte the next free code.
func (l *lzw) expand(code int) {
	at := code
	if code == l.free { // the string that this very code adds
		l.stack = append(l.stack, l.first)
		at = l.old
	}
	for at > 255 {
		l.stack = append(l.stack, l.suffix[at])
		at = int(l.prefix[at])
	}
	l.first = byte(at)
	l.stack = append(l.stack, l.first)
	if l.free < 1<<l.maxBits {
		l.prefix[l.free], l.suffix[l.free] = uint16(l.old), l.first
		l.free++
	}
	l.old = code
}
