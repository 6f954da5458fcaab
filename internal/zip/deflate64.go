package zip

import (
	"bufio"
	"fmt"
	"io"
)

// inflate64 expands Deflate64: deflate with a window of 64 KiB, two more
// distance codes and a length code 285 that stands for 3 plus 16 extra bits.
// Windows writes it into archives over 2 GiB. Decoding is canonical Huffman,
// bit by bit (RFC 1951, section 3.2.2): slow and small.
type inflate64 struct {
	in       io.ByteReader
	bits     uint32
	count    uint
	window   [1 << 16]byte
	at       int // next place in window
	ready    int // bytes before at that were not yet handed out
	length   int // of the copy under way
	distance int
	stored   int // bytes left of a stored block
	coded    bool
	final    bool
	literals huffman
	places   huffman
	err      error
}

// huffman is a canonical code: how many codes each length has, and the symbols
// in order of their codes.
type huffman struct {
	count  [16]uint16
	symbol [288]uint16
}

func newInflate64(r io.Reader) *inflate64 {
	in, ok := r.(io.ByteReader)
	if !ok {
		in = bufio.NewReader(r)
	}
	return &inflate64{in: in}
}

func (f *inflate64) Read(p []byte) (int, error) {
	for f.ready == 0 && f.err == nil {
		f.err = f.fill()
	}
	if f.ready == 0 {
		return 0, f.err
	}
	start := (f.at - f.ready) & 0xffff
	n := copy(p, f.window[start:min(start+f.ready, len(f.window))])
	f.ready -= n
	return n, nil
}

// fill expands until a quarter of the window waits or the block ends.
func (f *inflate64) fill() error {
	for f.ready < 1<<14 {
		switch {
		case f.length > 0:
			f.put(f.window[(f.at-f.distance)&0xffff])
			f.length--
		case f.stored > 0:
			b, err := f.in.ReadByte()
			if err != nil {
				return cutShort(err)
			}
			f.put(b)
			f.stored--
		case f.coded:
			if err := f.symbol(); err != nil {
				return err
			}
		case f.final:
			return io.EOF
		default:
			if err := f.block(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *inflate64) put(b byte) {
	f.window[f.at] = b
	f.at = (f.at + 1) & 0xffff
	f.ready++
}

// cutShort turns the end of the input inside a block into an error.
func cutShort(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (f *inflate64) take(n uint) (int, error) {
	for f.count < n {
		b, err := f.in.ReadByte()
		if err != nil {
			return 0, cutShort(err)
		}
		f.bits |= uint32(b) << f.count
		f.count += 8
	}
	v := f.bits & (1<<n - 1)
	f.bits >>= n
	f.count -= n
	return int(v), nil
}

func (f *inflate64) block() error {
	head, err := f.take(3)
	if err != nil {
		return err
	}
	f.final = head&1 != 0
	switch head >> 1 {
	case 0:
		return f.storedBlock()
	case 1:
		return f.fixedBlock()
	case 2:
		return f.dynamicBlock()
	}
	return fmt.Errorf("%w: block type", ErrBroken)
}

func (f *inflate64) storedBlock() error {
	f.take(f.count & 7)
	n, err := f.take(16)
	if err != nil {
		return err
	}
	inverse, err := f.take(16)
	if err != nil {
		return err
	}
	if n != inverse^0xffff {
		return fmt.Errorf("%w: stored length", ErrBroken)
	}
	f.stored = n
	return nil
}

func (f *inflate64) fixedBlock() error {
	var lengths [288 + 32]byte
	for i := range lengths {
		switch {
		case i < 144, i >= 280 && i < 288:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 5
		}
	}
	f.coded = true
	f.literals.build(lengths[:288])
	f.places.build(lengths[288:])
	return nil
}

// lengthOrder is the order in which the lengths of the length codes are
// written (RFC 1951, section 3.2.7).
var lengthOrder = [19]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

func (f *inflate64) dynamicBlock() error {
	head, err := f.take(14)
	if err != nil {
		return err
	}
	literals, places, codes := head&31+257, head>>5&31+1, head>>10+4
	if literals > 288 {
		return fmt.Errorf("%w: code count", ErrBroken)
	}
	var small [19]byte
	for i := range codes {
		n, err := f.take(3)
		if err != nil {
			return err
		}
		small[lengthOrder[i]] = byte(n)
	}
	var code huffman
	if !code.build(small[:]) {
		return fmt.Errorf("%w: length code", ErrBroken)
	}
	var lengths [288 + 32]byte
	if err := f.readLengths(&code, lengths[:literals+places]); err != nil {
		return err
	}
	if !f.literals.build(lengths[:literals]) || !f.places.build(lengths[literals:literals+places]) {
		return fmt.Errorf("%w: code lengths", ErrBroken)
	}
	f.coded = true
	return nil
}

// readLengths reads code lengths with their run codes.
func (f *inflate64) readLengths(code *huffman, lengths []byte) error {
	for i := 0; i < len(lengths); {
		symbol, err := f.decode(code)
		if err != nil {
			return err
		}
		if symbol < 16 {
			lengths[i] = byte(symbol)
			i++
			continue
		}
		run, value := [...]struct {
			bits uint
			base int
		}{{2, 3}, {3, 3}, {7, 11}}[symbol-16], byte(0)
		if symbol == 16 {
			if i == 0 {
				return fmt.Errorf("%w: run without a length", ErrBroken)
			}
			value = lengths[i-1]
		}
		n, err := f.take(run.bits)
		if err != nil {
			return err
		}
		for n += run.base; n > 0; n-- {
			if i == len(lengths) {
				return fmt.Errorf("%w: run too long", ErrBroken)
			}
			lengths[i] = value
			i++
		}
	}
	return nil
}

// build makes the code from the lengths of its symbols; false where more codes
// of a length are asked for than exist.
func (h *huffman) build(lengths []byte) bool {
	*h = huffman{}
	for _, n := range lengths {
		h.count[n]++
	}
	h.count[0] = 0
	var offset [16]uint16
	left := 1
	for n := 1; n < 16; n++ {
		left = left<<1 - int(h.count[n])
		if left < 0 {
			return false
		}
		if n < 15 {
			offset[n+1] = offset[n] + h.count[n]
		}
	}
	for symbol, n := range lengths {
		if n != 0 {
			h.symbol[offset[n]] = uint16(symbol)
			offset[n]++
		}
	}
	return true
}

func (f *inflate64) decode(h *huffman) (int, error) {
	code, first, index := 0, 0, 0
	for n := 1; n < 16; n++ {
		bit, err := f.take(1)
		if err != nil {
			return 0, err
		}
		code |= bit
		count := int(h.count[n])
		if code-count < first {
			return int(h.symbol[index+code-first]), nil
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return 0, fmt.Errorf("%w: code", ErrBroken)
}

// symbol expands one literal or starts one copy.
func (f *inflate64) symbol() error {
	symbol, err := f.decode(&f.literals)
	switch {
	case err != nil:
		return err
	case symbol < 256:
		f.put(byte(symbol))
		return nil
	case symbol == 256:
		f.coded = false
		return nil
	case symbol > 285:
		return fmt.Errorf("%w: length code", ErrBroken)
	}
	if f.length, err = f.stretch(lengthCode(symbol)); err != nil {
		return err
	}
	place, err := f.decode(&f.places)
	if err != nil {
		return err
	}
	f.distance, err = f.stretch(distanceCode(place))
	return err
}

func (f *inflate64) stretch(base int, extra uint) (int, error) {
	n, err := f.take(extra)
	return base + n, err
}

// lengthCode gives base and extra bits of a length symbol, 257 to 285.
func lengthCode(symbol int) (base int, extra uint) {
	i := symbol - 257
	switch {
	case i < 8:
		return i + 3, 0
	case i == 28:
		return 3, 16
	}
	extra = uint(i/4 - 1)
	return (4+i%4)<<extra + 3, extra
}

// distanceCode gives base and extra bits of a distance symbol, 0 to 31.
func distanceCode(i int) (base int, extra uint) {
	if i < 4 {
		return i + 1, 0
	}
	extra = uint(i/2 - 1)
	return (2+i%2)<<extra + 1, extra
}
