package compound

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// maxObject bounds the objects that wait in memory: the ones that must be
// wrapped as files of their own.
const maxObject = 64 << 20

// plainObjects are the streams that hold a whole file as it is.
var plainObjects = []string{"Package", "CONTENTS", "EmbeddedOdf"}

// documentStreams say that a storage is itself an office document.
var documentStreams = []string{"WordDocument", "Workbook", "Book", "PowerPoint Document", "VisioDocument", "Quill", "__properties_version1.0"}

// Embed passes the object that a storage holds on as an item of its own: a
// packaged file, a whole file in a stream, or a document whose streams the
// storage holds. What only draws an object (equations, controls) is left.
func Embed(out *part.Writer, s *ole.Entry) {
	if native := s.Find("\x01Ole10Native"); native != nil {
		embedNative(out, native)
		return
	}
	for _, name := range plainObjects {
		if e := s.Find(name); e != nil && e.Kind == ole.Stream && e.Size > 0 {
			out.Embed(s.Name, e.Open())
			return
		}
	}
	for _, name := range documentStreams {
		if s.Find(name) == nil {
			continue
		}
		file, err := Wrap(s, maxObject)
		if err != nil {
			out.Lost(err)
			return
		}
		if out.Step(len(file)) == nil {
			out.Embed(s.Name, bytes.NewReader(file))
		}
		return
	}
}

// embedNative passes on the native data of an object ([MS-OLEDS] 2.3.6): a
// Package holds a file with its label, any other object its own bytes.
func embedNative(out *part.Writer, e *ole.Entry) {
	b, err := e.Bytes(maxObject)
	switch {
	case e.Size > maxObject:
		out.Lost(part.Over(reeve.ReasonTooLarge, "an embedded object larger than the limit"))
	case err != nil:
		out.Lost(err)
	}
	if len(b) < 8 {
		return
	}
	if n := int64(binary.LittleEndian.Uint32(b)); n < int64(len(b)-4) {
		b = b[:4+n]
	}
	if name, file, ok := Packaged(b[4:]); ok {
		out.Embed(name, bytes.NewReader(file))
		return
	}
	out.Embed("", bytes.NewReader(b[4:]))
}

// Packaged takes the file out of the native data of a Package: a mark, a
// label, the path it came from, a mark, the path of a temporary copy, and the
// counted bytes.
func Packaged(b []byte) (name string, file []byte, ok bool) {
	if len(b) < 8 || b[0] != 2 {
		return "", nil, false
	}
	label, rest, ok1 := bytes.Cut(b[2:], []byte{0})
	_, rest, ok2 := bytes.Cut(rest, []byte{0})
	if !ok1 || !ok2 || len(rest) < 8 || rest[2] != 3 {
		return "", nil, false
	}
	n := int64(binary.LittleEndian.Uint32(rest[4:]))
	if rest = rest[8:]; n > int64(len(rest)-4) {
		return "", nil, false
	}
	rest = rest[n:]
	size := min(int64(binary.LittleEndian.Uint32(rest)), int64(len(rest)-4))
	return Narrow{}.String(label), rest[4 : 4+size], true
}

// EmbedAll passes on the objects of the storages below s whose names begin
// with one of the prefixes ("" takes all).
func EmbedAll(out *part.Writer, s *ole.Entry, prefixes ...string) {
	if s == nil {
		return
	}
	for _, child := range s.Children {
		for _, prefix := range prefixes {
			if child.Kind == ole.Storage && len(child.Name) >= len(prefix) && strings.EqualFold(child.Name[:len(prefix)], prefix) {
				Embed(out, child)
				break
			}
		}
		if out.Err() != nil {
			return
		}
	}
}

// EmbedFile passes on an object that is kept as a compound file: the file
// packaged in it, or itself where it is a document.
func EmbedFile(out *part.Writer, b []byte) {
	f, err := ole.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		out.Lost(part.Broken("an embedded object is damaged"))
		return
	}
	for _, name := range documentStreams {
		if f.Find(name) != nil {
			out.Embed("", bytes.NewReader(b))
			return
		}
	}
	Embed(out, f.Root)
}
