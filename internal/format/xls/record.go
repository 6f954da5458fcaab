package xls

import (
	"bufio"
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve/internal/format/part"
)

// records walks the records of a workbook stream ([MS-XLS] 2.1.4): two bytes of
// kind, two of length, then the body. A body that is too long for one record
// goes on in CONTINUE records, which more loads one at a time.
type records struct {
	src  io.ReadSeeker
	in   *bufio.Reader
	at   int64 // place in the stream behind the record at hand
	from int64 // place of the record at hand
	kind uint16
	body []byte
	buf  []byte
	lock cipher // nil where nothing is encrypted
	out  *part.Writer
	age  int  // 2 to 4 in a stream of Excel 2 to 4, else 0
	cut  bool // the stream ended within a record
}

func newRecords(src io.ReadSeeker, out *part.Writer) *records {
	return &records{src: src, in: bufio.NewReaderSize(src, 1<<16), out: out}
}

// next reads a record; false at the end of the stream or of the reader's
// patience.
func (r *records) next() bool {
	if r.out.Step(1) != nil || r.cut {
		return false
	}
	var head [4]byte
	if n, err := io.ReadFull(r.in, head[:]); err != nil {
		r.cut = r.cut || n > 0 && head != [4]byte{}
		return false
	}
	r.from = r.at
	r.kind = binary.LittleEndian.Uint16(head[:])
	size := int(binary.LittleEndian.Uint16(head[2:]))
	if cap(r.buf) < size {
		r.buf = make([]byte, size)
	}
	r.body = r.buf[:size]
	n, err := io.ReadFull(r.in, r.body)
	if err != nil {
		r.body, r.cut = r.body[:n], true
	}
	if r.lock != nil && !isPlain(r.kind) {
		r.lock.open(r.from+4, r.body, openFrom(r.kind), size)
	}
	r.at = r.from + 4 + int64(n)
	r.translate()
	return true
}

// more makes the CONTINUE record that follows the one at hand; false where none
// does.
func (r *records) more() bool { return r.moreOf(recContinue) }

// moreOf makes the record that follows the one at hand, if it continues that or
// is of a kind.
func (r *records) moreOf(kind uint16) bool {
	head, err := r.in.Peek(2)
	if err != nil {
		return false
	}
	follows := binary.LittleEndian.Uint16(head)
	return (follows == recContinue || follows == kind) && r.next()
}

// seek goes on at a place of the stream.
func (r *records) seek(to int64) bool {
	if _, err := r.src.Seek(to, io.SeekStart); err != nil {
		return false
	}
	r.in.Reset(r.src)
	r.at, r.cut = to, false
	return true
}

// u16 is the number at a place of the body, 0 where the body is shorter.
func (r *records) u16(at int) int {
	if at+2 > len(r.body) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.body[at:]))
}

func (r *records) u32(at int) uint32 {
	if at+4 > len(r.body) {
		return 0
	}
	return binary.LittleEndian.Uint32(r.body[at:])
}

// byteAt is the byte at a place of the body, 0 where the body is shorter.
func (r *records) byteAt(at int) byte {
	if at >= len(r.body) {
		return 0
	}
	return r.body[at]
}
