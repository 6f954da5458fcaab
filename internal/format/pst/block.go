package pst

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Blocks whose number has this bit hold the numbers of others ([MS-PST]
// 2.2.2.2); the lowest bit says nothing.
const (
	innerBit  = 2
	unusedBit = 1
)

const maxInflated = 1 << 16 // bytes of a block, however it is stored

// block reads a block and undoes its coding.
func (f *file) block(number uint64) ([]byte, error) {
	number &^= unusedBit
	e, err := f.find(f.blocks, number)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, part.Broken("a block is not in the index")
	}
	n := f.layout.size()
	at, size := f.layout.number(e[n:]), int(binary.LittleEndian.Uint16(e[2*n:]))
	if at >= uint64(f.src.Size) {
		return nil, part.CutShort("a block lies behind the end of the file")
	}
	b := f.src.At(int64(at), f.layout.stored(size))
	if len(b) < size {
		return nil, part.CutShort("a block is cut by the end of the file")
	}
	if f.layout.replaced(b, number) {
		return nil, part.Broken("where a block should be there is another")
	}
	b = b[:size]
	full := int(binary.LittleEndian.Uint16(e[2*n+2:]))
	return f.decode(b, number, f.layout.inflates && full > 0 && full != size), nil
}

// decode undoes coding and compression. Whether a block was coded before it was
// compressed or after shows in whether it begins as compressed ones do.
func (f *file) decode(b []byte, number uint64, packed bool) []byte {
	if packed {
		if out, ok := inflate(b); ok {
			b, packed = out, false
		}
	}
	if number&innerBit == 0 {
		f.coding.undo(b, uint32(number))
	}
	if packed {
		b, _ = inflate(b)
	}
	return b
}

// stored is the bytes that a block takes with the trailer behind it ([MS-PST]
// 2.2.2.8.1), filled up to a multiple of 64.
func (l *layout) stored(size int) int { return (size + l.trailer + 63) &^ 63 }

// replaced reports whether a block's trailer names another block: its place was
// used again after the index that led here was written.
func (l *layout) replaced(b []byte, number uint64) bool {
	switch at := len(b) - l.trailer; {
	case l.trailer == 0 || at < 0:
		return false
	case l.wide:
		return l.number(b[at+8:])&^unusedBit != number
	default:
		return l.number(b[at+4:])&^unusedBit != number
	}
}

// inflate undoes the compression of a block, which Outlook 2013 has; false, and
// the block as it is, where it is not compressed.
func inflate(b []byte) ([]byte, bool) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return b, false
	}
	out, err := io.ReadAll(io.LimitReader(z, maxInflated))
	return out, err == nil || len(out) > 0
}

// list gives the numbers of the blocks that hold the bytes of a data tree
// ([MS-PST] 2.2.2.8.3.2): the block itself, or those that it lists.
func (f *file) list(number uint64) ([]uint64, error) {
	left := f.src.Size/64 + 16 // blocks are aligned to 64 bytes: no file has more
	return f.gather(nil, number, 2, &left)
}

func (f *file) gather(list []uint64, number uint64, level int, left *int64) ([]uint64, error) {
	if number == 0 {
		return list, nil
	}
	if *left--; *left < 0 {
		return list, part.Over(reeve.ReasonLoop, "a list of blocks leads in circles")
	}
	if number&innerBit == 0 {
		return append(list, number), nil
	}
	b, err := f.block(number)
	if err != nil {
		return list, err
	}
	if len(b) < 8 || b[0] != 1 || int(b[1]) > level || b[1] == 0 {
		return list, part.Broken("a list of blocks contradicts itself")
	}
	count, n := int(binary.LittleEndian.Uint16(b[2:])), f.layout.size()
	for rest := b[8:]; count > 0 && len(rest) >= n; rest, count = rest[n:], count-1 {
		if list, err = f.gather(list, f.layout.number(rest), int(b[1])-1, left); err != nil {
			return list, err
		}
	}
	return list, nil
}

// stream reads the bytes of a data tree, a block at a time.
func (f *file) stream(number uint64) io.Reader {
	list, err := f.list(number)
	return &blockReader{file: f, list: list, err: err}
}

type blockReader struct {
	file *file
	list []uint64
	at   []byte
	err  error // comes when the list is done
}

func (r *blockReader) Read(p []byte) (int, error) {
	for len(r.at) == 0 {
		if len(r.list) == 0 {
			if r.err != nil {
				return 0, r.err
			}
			return 0, io.EOF
		}
		b, err := r.file.block(r.list[0])
		if err != nil {
			r.list, r.err = nil, err
			continue
		}
		r.at, r.list = b, r.list[1:]
	}
	n := copy(p, r.at)
	r.at = r.at[n:]
	return n, nil
}

// whole reads the bytes of a data tree, at most limit.
func (f *file) whole(number uint64, limit int64) ([]byte, error) {
	return io.ReadAll(io.LimitReader(f.stream(number), limit))
}
