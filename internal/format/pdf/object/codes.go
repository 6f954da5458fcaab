package object

import (
	"bufio"
	"io"
)

// puller is a reader over a function that gives the next run of bytes.
type puller struct {
	next  func() ([]byte, error)
	ready []byte
	err   error
}

func (p *puller) Read(out []byte) (int, error) {
	for len(p.ready) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		p.ready, p.err = p.next()
	}
	n := copy(out, p.ready)
	p.ready = p.ready[n:]
	return n, nil
}

// unHex undoes hexadecimal digits up to >.
func unHex(r io.Reader, _ *File, _ Dict) io.Reader {
	in := bufio.NewReader(r)
	var out [1]byte
	return &puller{next: func() ([]byte, error) {
		high := -1
		for {
			c, err := in.ReadByte()
			if err != nil || c == '>' {
				if high >= 0 {
					out[0] = byte(high << 4)
					return out[:], io.EOF
				}
				return nil, io.EOF
			}
			v := hexValue(c)
			switch {
			case v < 0:
			case high < 0:
				high = v
			default:
				out[0] = byte(high<<4 | v)
				return out[:], nil
			}
		}
	}}
}

// un85 undoes base 85 up to ~>.
func un85(r io.Reader, _ *File, _ Dict) io.Reader {
	in := bufio.NewReader(r)
	var out [4]byte
	return &puller{next: func() ([]byte, error) {
		var n uint32
		for i := 0; i < 5; {
			c, err := in.ReadByte()
			switch {
			case err != nil || c == '~':
				if i < 2 {
					return nil, io.EOF
				}
				for k := i; k < 5; k++ {
					n = n*85 + 84
				}
				put32(out[:], n)
				return out[:i-1], io.EOF
			case c == 'z' && i == 0:
				put32(out[:], 0)
				return out[:], nil
			case c >= '!' && c <= 'u':
				n = n*85 + uint32(c-'!')
				i++
			}
		}
		put32(out[:], n)
		return out[:], nil
	}}
}

func put32(b []byte, n uint32) {
	b[0], b[1], b[2], b[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
}

// unRun undoes run lengths (ISO 32000-2, 7.4.5).
func unRun(r io.Reader, _ *File, _ Dict) io.Reader {
	in := bufio.NewReader(r)
	var out [128]byte
	return &puller{next: func() ([]byte, error) {
		n, err := in.ReadByte()
		if err != nil || n == 128 {
			return nil, io.EOF
		}
		if n < 128 {
			got, err := io.ReadFull(in, out[:int(n)+1])
			return out[:got], err
		}
		c, err := in.ReadByte()
		if err != nil {
			return nil, io.EOF
		}
		run := out[:257-int(n)]
		for i := range run {
			run[i] = c
		}
		return run, nil
	}}
}

// unLZW undoes LZW as in TIFF, with the code width growing one code early
// unless EarlyChange is 0 (ISO 32000-2, 7.4.4.2).
func unLZW(r io.Reader, f *File, parms Dict) io.Reader {
	d := &lzw{in: bufio.NewReader(r), early: f.Int(parms["EarlyChange"], 1)}
	d.clear()
	return predict(&puller{next: d.next}, f, parms)
}

const (
	lzwClear = 256
	lzwEnd   = 257
	lzwCodes = 4096
)

type lzw struct {
	in     *bufio.Reader
	early  int
	acc    uint32
	bits   uint
	width  uint
	free   int // first free code
	prev   int // code before, -1 after a clear
	prefix [lzwCodes]uint16
	suffix [lzwCodes]byte
	out    [lzwCodes + 1]byte
}

func (d *lzw) clear() { d.width, d.free, d.prev = 9, 258, -1 }

func (d *lzw) code() (int, bool) {
	for d.bits < d.width {
		c, err := d.in.ReadByte()
		if err != nil {
			return 0, false
		}
		d.acc = d.acc<<8 | uint32(c)
		d.bits += 8
	}
	d.bits -= d.width
	return int(d.acc>>d.bits) & (1<<d.width - 1), true
}

// next gives the bytes of one code.
func (d *lzw) next() ([]byte, error) {
	code, ok := d.code()
	switch {
	case !ok || code == lzwEnd:
		return nil, io.EOF
	case code == lzwClear:
		d.clear()
		return nil, nil
	case d.prev < 0:
		d.prev = code
		if code > 255 {
			return nil, io.ErrUnexpectedEOF
		}
		d.out[0] = byte(code)
		return d.out[:1], nil
	case code > d.free:
		return nil, io.ErrUnexpectedEOF
	}
	return d.expand(code), nil
}

// expand writes a code's bytes from the end of out and adds the next code.
func (d *lzw) expand(code int) []byte {
	i, c := len(d.out), code
	if code == d.free {
		i-- // its last byte is its first
		c = d.prev
	}
	for c > 255 && i > 1 {
		i--
		d.out[i] = d.suffix[c]
		c = int(d.prefix[c])
	}
	i--
	d.out[i] = byte(c)
	if code == d.free {
		d.out[len(d.out)-1] = d.out[i]
	}
	if d.free < lzwCodes {
		d.prefix[d.free], d.suffix[d.free] = uint16(d.prev), d.out[i]
		d.free++
		if d.free+d.early >= 1<<d.width && d.width < 12 {
			d.width++
		}
	}
	d.prev = code
	return d.out[i:]
}
