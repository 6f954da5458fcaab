package sweep

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/reeve-council/reeve"
)

// Frames between the reader process and the parent.
const (
	frameBlock   byte = 'B' // one encoded block
	frameMember  byte = 'M' // a member or embedded item begins: memberHead as JSON
	frameData    byte = 'D' // bytes of the member that is open
	frameEnd     byte = 'E' // the member ends; payload: memberEnd as JSON
	frameMail    byte = 'L' // of a letter that is a message: its MailHead as JSON
	frameOutcome byte = 'O' // what became of the item, as JSON; the last frame
)

// request is what the parent asks of a reader process; the item's bytes come
// as an open descriptor beside it.
type request struct {
	Size      int64
	Name      string // base name of the item, used only to name what a compressed stream holds
	Passwords []string
	Allowance int64 // bytes that its members may expand to
	Entries   int   // members it may have
	NoOCR     bool
	Table     bool     // it is a register: read text as a table whatever its shape
	Raster    bool     // send the pixels of a picture, in grey, and nothing else
	Picture   bool     // the same in colour, as a page shows it
	Only      []string // send the bytes of these members and nothing else
	Letter    bool     // of a message send the head and its links too
}

// memberHead opens a member.
type memberHead struct {
	Name    string // encoded, unique within its container
	Outcome *reeve.Outcome
}

// memberEnd closes a member.
type memberEnd struct {
	Outcome *reeve.Outcome // set when the bytes given are not the whole
}

var errBadBlock = errors.New("decode block: not a block")

// encodeBlock appends the compact form of a block: its fields as varints and
// length-prefixed strings. It is what the pipe carries and, compressed, what
// the case keeps.
func encodeBlock(b []byte, k *reeve.Block) []byte {
	b = append(b, 1, byte(k.Layer))
	b = appendString(b, k.Part)
	b = binary.AppendUvarint(b, uint64(k.Line))
	b = binary.AppendUvarint(b, uint64(k.First))
	b = binary.AppendUvarint(b, uint64(k.Table))
	b = binary.AppendUvarint(b, uint64(len(k.Header)))
	for _, h := range k.Header {
		b = appendString(b, h)
	}
	b = binary.AppendUvarint(b, uint64(len(k.Rows)))
	for _, row := range k.Rows {
		b = binary.AppendUvarint(b, uint64(len(row)))
		for _, cell := range row {
			b = appendString(b, cell)
		}
	}
	return appendString(b, k.Text)
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// blockDecoder reads what encodeBlock wrote. All strings share one copy of the
// input, so a block of a thousand rows costs a handful of allocations.
type blockDecoder struct {
	s   string
	pos int
	err error
}

func decodeBlock(data []byte) (*reeve.Block, error) {
	d := &blockDecoder{s: string(data)}
	if len(d.s) < 2 || d.s[0] != 1 {
		return nil, errBadBlock
	}
	k := &reeve.Block{Layer: reeve.Layer(d.s[1])}
	d.pos = 2
	k.Part = d.text()
	k.Line, k.First, k.Table = d.number(), d.number(), d.number()
	if n := d.count(); n > 0 {
		k.Header = d.texts(n)
	}
	if n := d.count(); n > 0 {
		k.Rows = make([][]string, 0, n)
		for range n {
			k.Rows = append(k.Rows, d.texts(d.count()))
		}
	}
	k.Text = d.text()
	if d.err != nil {
		return nil, d.err
	}
	if d.pos != len(d.s) {
		return nil, fmt.Errorf("decode block: %d bytes left over", len(d.s)-d.pos)
	}
	return k, nil
}

func (d *blockDecoder) number() int {
	if d.err != nil {
		return 0
	}
	var v uint64
	for shift := 0; d.pos < len(d.s) && shift < 64; shift += 7 {
		c := d.s[d.pos]
		d.pos++
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			if v > 1<<40 {
				break
			}
			return int(v)
		}
	}
	d.err = errBadBlock
	return 0
}

// count is a number of things that each take at least one byte.
func (d *blockDecoder) count() int {
	n := d.number()
	if n > len(d.s)-d.pos {
		d.err = errBadBlock
		return 0
	}
	return n
}

func (d *blockDecoder) text() string {
	n := d.count()
	if d.err != nil {
		return ""
	}
	s := d.s[d.pos : d.pos+n]
	d.pos += n
	return s
}

func (d *blockDecoder) texts(n int) []string {
	if d.err != nil {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.text()
	}
	return out
}

// deflater and inflater compress kept blocks. Both may be used by many
// goroutines through EncodeAll and DecodeAll.
var (
	deflater, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	inflater, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(64<<20))
)

func deflateBlock(encoded []byte) []byte { return deflater.EncodeAll(encoded, nil) }

func inflateBlock(data []byte) (*reeve.Block, error) {
	raw, err := inflater.DecodeAll(data, nil)
	if err != nil {
		return nil, errBadBlock
	}
	return decodeBlock(raw)
}
