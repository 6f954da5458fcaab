package msg

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// openObject gives an embedded object as a file: what a packager wrapped, the
// content stream of a document that is kept in one, else a compound file of its
// own with the object's streams.
func openObject(at *ole.Entry) (io.Reader, error) {
	for _, name := range []string{"Package", "CONTENTS"} {
		if e := at.Find(name); e != nil && e.Kind == ole.Stream {
			return e.Open(), nil
		}
	}
	if e := at.Find("\x01Ole10Native"); e != nil && e.Kind == ole.Stream {
		return native(e.Open(), e.Size), nil
	}
	for _, e := range at.Children {
		if e.Kind == ole.Stream && e.Size > 0 {
			return compound(at)
		}
	}
	return nil, part.Broken("an embedded object without content")
}

// native is the file that a packager wrapped ([MS-OLEDS] 2.3.6): the size, then
// for a file two bytes, its name and two paths, then the counted bytes; all of
// it where it is not of that shape.
func native(in *io.SectionReader, size int64) io.Reader {
	head := make([]byte, min(size, 4096))
	n, _ := in.ReadAt(head, 0)
	head = head[:n]
	if n < 6 {
		return in
	}
	at := 4
	if binary.LittleEndian.Uint16(head[at:]) != 2 {
		return io.NewSectionReader(in, 4, size-4)
	}
	at += 2
	for range 2 { // label, original path
		end := bytes.IndexByte(head[at:], 0)
		if end < 0 {
			return io.NewSectionReader(in, 4, size-4)
		}
		at += end + 1
	}
	if at+8 > n {
		return io.NewSectionReader(in, 4, size-4)
	}
	at += 8 + int(min(binary.LittleEndian.Uint32(head[at+4:]), 4096)) // flags, counted path of the copy
	if at+4 > n {
		return io.NewSectionReader(in, 4, size-4)
	}
	length := int64(binary.LittleEndian.Uint32(head[at:]))
	return io.NewSectionReader(in, int64(at)+4, min(length, size-int64(at)-4))
}
