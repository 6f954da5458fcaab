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
	b := f.src.At(int64(at), size)
	if len(b) < size {
		return nil, part.CutShort("a block is cut by the end of the file")
	}
	if full := int(binary.LittleEndian.Uint16(e[2*n+2:])); f.layout.inflates && full > size {
		return inflate(b)
	}
	if number&innerBit == 0 {
		f.coding.undo(b, uint32(number))
	}
	return b, nil
}

// inflate undoes the compression of a block, which Outlook 2013 has.
func inflate(b []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, part.Broken("a compressed block")
	}
	out, err := io.ReadAll(io.LimitReader(z, maxInflated))
	if len(out) == 0 && err != nil {
		return nil, part.Broken("a compressed block")
	}
	return out, nil
}

// leaves are the numbers of the blocks that hold the bytes of a data tree
// ([MS-PST] 2.2.2.8.3.2): the block itself, or those that it lists.
func (f *file) leaves(number uint64) ([]uint64, error) {
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
	list, err := f.leaves(number)
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
