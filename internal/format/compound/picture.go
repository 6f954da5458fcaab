package compound

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve/internal/format/part"
)

// maxArtDepth bounds containers within containers of a drawing.
const maxArtDepth = 32

// maxPicture bounds a picture that stands in another stream than its record.
const maxPicture = 64 << 20

// Pictures passes the pictures in a run of drawing records ([MS-ODRAW] 2.2.20
// to 2.2.32) on as items. What the bytes cut short is passed on as far as it
// goes. Store is where records that only point to their picture mean; nil
// where the format has no such place.
func Pictures(out *part.Writer, b []byte, store io.ReaderAt) {
	a := art{out, store}
	a.pictures(b, 0)
}

type art struct {
	out   *part.Writer
	store io.ReaderAt
}

func (a art) pictures(b []byte, depth int) {
	out := a.out
	for len(b) >= 8 && out.Err() == nil {
		head, kind := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
		n := min(int64(binary.LittleEndian.Uint32(b[4:])), int64(len(b)-8))
		body := b[8 : 8+n]
		b = b[8+n:]
		if out.Step(1) != nil {
			return
		}
		switch {
		case kind >= 0xF01A && kind <= 0xF02A:
			picture(out, kind, head>>4, body)
		case kind == 0xF007 && len(body) >= 36:
			a.entry(body, depth)
		case head&0xF == 0xF && depth < maxArtDepth:
			a.pictures(body, depth+1)
		}
	}
}

// entry takes an entry of the picture store (2.2.32): 36 bytes, a name, and the
// picture, unless that stands elsewhere.
func (a art) entry(body []byte, depth int) {
	inside := body[min(36+int(body[33]), len(body)):]
	if len(inside) > 8 {
		if depth < maxArtDepth {
			a.pictures(inside, depth+1)
		}
		return
	}
	size, at := binary.LittleEndian.Uint32(body[20:]), binary.LittleEndian.Uint32(body[28:])
	if a.store == nil || size == 0 || size > maxPicture || at == 0xFFFFFFFF || depth >= maxArtDepth || a.out.Step(int(size)) != nil {
		return
	}
	in := io.NewSectionReader(a.store, int64(at), int64(size))
	if b, err := io.ReadAll(in); err == nil || len(b) > 0 {
		art{out: a.out}.pictures(b, depth+1)
	}
}

// picture passes one on. Behind one or two digests of 16 bytes (the odd
// instances have two) a bitmap has a byte, a metafile 34 bytes of which the last
// two say how it is packed.
func picture(out *part.Writer, kind, instance uint16, b []byte) {
	skip := 16
	if instance&1 != 0 {
		skip = 32
	}
	metafile := kind <= 0xF01C
	if metafile {
		skip += 34
	} else {
		skip++
	}
	if len(b) <= skip {
		return
	}
	body := b[skip:]
	switch kind {
	case 0xF01A, 0xF01B: // EMF, WMF
		if b[skip-2] == 0 {
			if in, err := Unpack(out, body); err == nil {
				out.Embed("", in)
			}
			return
		}
		out.Embed("", bytes.NewReader(body))
	case 0xF01D, 0xF01E, 0xF029, 0xF02A: // JPEG, PNG, TIFF, JPEG
		out.Embed("", bytes.NewReader(body))
	case 0xF01F:
		out.Embed("", io.MultiReader(bytes.NewReader(bitmapHeader(body)), bytes.NewReader(body)))
	}
}

// counted counts what comes out of compression against the limits.
type counted struct {
	in  io.Reader
	out *part.Writer
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if over := c.out.Expand(int64(n)); over != nil {
		return n, over
	}
	return n, err
}

// bitmapHeader is the file header that a bitmap lacks in a drawing: its colour
// table stands between it and the dots.
func bitmapHeader(b []byte) []byte {
	head := make([]byte, 14)
	colours := uint32(0)
	if len(b) >= 36 {
		colours = binary.LittleEndian.Uint32(b[32:])
		if bits := binary.LittleEndian.Uint16(b[14:]); colours == 0 && bits <= 8 {
			colours = 1 << bits
		}
	}
	copy(head, "BM")
	binary.LittleEndian.PutUint32(head[2:], uint32(len(b)+14))
	binary.LittleEndian.PutUint32(head[10:], 14+40+4*min(colours, 256))
	return head
}

// Unpack reads what zlib packed, counted against the limits of out.
func Unpack(out *part.Writer, b []byte) (io.Reader, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, part.Broken("a packed object cannot be unpacked")
	}
	return &counted{z, out}, nil
}
