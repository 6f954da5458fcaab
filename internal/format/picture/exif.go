package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// metadata pushes what a picture tells in words: comments and text chunks, EXIF
// fields, and where it was taken.
func metadata(src part.Source, w *part.Writer) {
	h := src.Head(8)
	switch {
	case bytes.HasPrefix(h, []byte("\xFF\xD8")):
		jpegMetadata(src, w)
	case bytes.HasPrefix(h, []byte("\x89PNG")):
		pngMetadata(src, w)
	case bytes.HasPrefix(h, []byte("II*\x00")), bytes.HasPrefix(h, []byte("MM\x00*")):
		exif(src, w)
	}
}

// jpegMetadata walks the segments before the picture itself.
func jpegMetadata(src part.Source, w *part.Writer) {
	off := int64(2)
	for range 200 {
		b := src.At(off, 10)
		if len(b) < 10 || b[0] != 0xFF || b[1] == 0xDA || b[1] == 0xD9 {
			return
		}
		n := be16(b[2:])
		switch {
		case b[1] == 0xFE:
			w.Pair("Comment", decode(src.At(off+4, n-2)))
		case b[1] == 0xE1 && string(b[4:8]) == "Exif":
			body := io.NewSectionReader(src.Reader, off+10, int64(max(n-8, 0)))
			exif(part.Source{Reader: body, Size: body.Size()}, w)
		}
		off += 2 + int64(n)
	}
}

// pngMetadata reads the text chunks that are not compressed (PNG 11.3.4).
func pngMetadata(src part.Source, w *part.Writer) {
	off := int64(8)
	for range 200 {
		b := src.At(off, 8)
		if len(b) < 8 {
			return
		}
		n := int64(be32(b))
		switch string(b[4:8]) {
		case "tEXt":
			key, text, _ := bytes.Cut(src.At(off+8, int(min(n, 64<<10))), []byte{0})
			w.Pair(decode(key), decode(text))
		case "iTXt":
			key, rest, _ := bytes.Cut(src.At(off+8, int(min(n, 64<<10))), []byte{0})
			if len(rest) > 2 && rest[0] == 0 && !bytes.HasPrefix(key, []byte("XML:")) {
				_, rest, _ = bytes.Cut(rest[2:], []byte{0})
				_, text, _ := bytes.Cut(rest, []byte{0})
				w.Pair(decode(key), decode(text))
			}
		case "eXIf":
			body := io.NewSectionReader(src.Reader, off+8, n)
			exif(part.Source{Reader: body, Size: n}, w)
		}
		off += 12 + n
	}
}

func decode(b []byte) string {
	text, _ := charset.Decode(bytes.TrimRight(b, "\x00 "), "")
	return text
}

// tiff reads the directories of a TIFF or EXIF block.
type tiff struct {
	src   part.Source
	order binary.ByteOrder
}

// entry is a field of a directory: type, count, and the place of its value.
type entry struct {
	kind  uint16
	count uint32
	at    int64
}

func order(mark []byte) binary.ByteOrder {
	if bytes.HasPrefix(mark, []byte("MM")) {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func (t tiff) u16(off int64) uint16 {
	b := t.src.At(off, 2)
	if len(b) < 2 {
		return 0
	}
	return t.order.Uint16(b)
}

func (t tiff) u32(off int64) uint32 {
	b := t.src.At(off, 4)
	if len(b) < 4 {
		return 0
	}
	return t.order.Uint32(b)
}

// directory visits the fields of a directory and gives the offset of the next.
func (t tiff) directory(off uint32, visit func(tag uint16, e entry)) uint32 {
	n := int64(t.u16(int64(off)))
	for i := range min(n, 500) {
		at := int64(off) + 2 + 12*i
		e := entry{kind: t.u16(at + 2), count: t.u32(at + 4), at: at + 8}
		if int64(e.count)*width(e.kind) > 4 {
			e.at = int64(t.u32(at + 8))
		}
		visit(t.u16(at), e)
	}
	return t.u32(int64(off) + 2 + 12*n)
}

// width is the size of a field type in bytes.
func width(kind uint16) int64 {
	switch kind {
	case 3, 8:
		return 2
	case 4, 9, 11:
		return 4
	case 5, 10, 12:
		return 8
	}
	return 1
}

func (t tiff) number(e entry) uint32 {
	if e.kind == 3 {
		return uint32(t.u16(e.at))
	}
	return t.u32(e.at)
}

func (t tiff) text(e entry) string {
	b := t.src.At(e.at, int(min(e.count, 32<<10)))
	switch {
	case bytes.HasPrefix(b, []byte("ASCII\x00\x00\x00")), bytes.HasPrefix(b, []byte("UNICODE\x00")):
		b = b[8:]
	case e.kind == 1: // the fields that Windows adds are UTF-16
		text, _ := charset.Decode(append([]byte("\xFF\xFE"), b...), "")
		return strings.TrimRight(text, "\x00")
	}
	return decode(b)
}

// exifNames are the fields that people write (EXIF 2.32, tables 3 to 8, and
// those of Windows).
var exifNames = map[uint16]string{
	270: "Description", 315: "Artist", 33432: "Copyright", 37510: "Comment", 42032: "Camera owner", 40091: "Title", 40092: "Comment", 40093: "Author", 40094: "Keywords", 40095: "Subject",
	306: "Date", 36867: "Taken",
}

// exif pushes the fields of an EXIF block.
func exif(src part.Source, w *part.Writer) {
	t := tiff{src: src, order: order(src.Head(4))}
	var place, more uint32
	visit := func(tag uint16, e entry) {
		switch {
		case tag == 0x8769:
			more = t.u32(e.at)
		case tag == 0x8825:
			place = t.u32(e.at)
		case exifNames[tag] != "":
			w.Pair(exifNames[tag], t.text(e))
		}
	}
	t.directory(t.u32(4), visit)
	if more != 0 {
		t.directory(more, visit)
	}
	if place != 0 {
		t.place(place, w)
	}
}

// place pushes where a picture was taken, in degrees.
func (t tiff) place(off uint32, w *part.Writer) {
	var lat, long float64
	t.directory(off, func(tag uint16, e entry) {
		switch tag {
		case 1:
			lat = signed(lat, t.text(e))
		case 2:
			lat = t.degrees(e, lat)
		case 3:
			long = signed(long, t.text(e))
		case 4:
			long = t.degrees(e, long)
		}
	})
	if lat != 0 || long != 0 {
		w.Pair("Location", fmt.Sprintf("%.5f, %.5f", lat, long))
	}
}

// signed remembers the hemisphere as a sign of a value still to come.
func signed(_ float64, ref string) float64 {
	if strings.HasPrefix(ref, "S") || strings.HasPrefix(ref, "W") {
		return -1
	}
	return 1
}

// degrees reads degrees, minutes and seconds as three fractions.
func (t tiff) degrees(e entry, sign float64) float64 {
	v, unit := 0.0, 1.0
	for i := range int64(min(e.count, 3)) {
		num, den := t.u32(e.at+8*i), t.u32(e.at+8*i+4)
		if den != 0 {
			v += float64(num) / float64(den) * unit
		}
		unit /= 60
	}
	if sign < 0 {
		return -v
	}
	return v
}
