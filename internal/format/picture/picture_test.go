package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

type catch struct{ strings.Builder }

func (c *catch) Block(b reeve.Block) error { c.WriteString(b.Text); return nil }
func (c *catch) Embed(part.Embedded) error { return nil }

func read(b []byte) (string, reeve.Outcome) {
	c := &catch{}
	out := Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{}, c)
	return c.String(), out
}

func TestReadPictures(t *testing.T) {
	encoders := map[string]func(io.Writer, image.Image) error{
		"png":  png.Encode,
		"jpeg": func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) },
		"gif":  func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) },
	}
	for name, encode := range encoders {
		for _, c := range []struct {
			w, h int
			want reeve.Status
		}{{1200, 800, reeve.StatusNeedsOCR}, {60, 900, reeve.StatusNeedsOCR}, {16, 16, reeve.StatusRead}, {2000, 3, reeve.StatusRead}} {
			var b bytes.Buffer
			if err := encode(&b, image.NewGray(image.Rect(0, 0, c.w, c.h))); err != nil {
				t.Fatal(err)
			}
			if _, out := read(b.Bytes()); out.Status != c.want || out.Pages != 1 {
				t.Errorf("%s %dx%d: %s, %d pages", name, c.w, c.h, out.Status, out.Pages)
			}
		}
	}
}

// directory writes a TIFF directory; values longer than four bytes are given
// by their offset.
func directory(fields ...[3]uint32) []byte {
	b := binary.LittleEndian.AppendUint16(nil, uint16(len(fields)))
	for _, f := range fields {
		b = binary.LittleEndian.AppendUint16(b, uint16(f[0]))
		kind := uint16(4)
		if f[1] > 1 {
			kind = 2
		}
		b = binary.LittleEndian.AppendUint16(b, kind)
		b = binary.LittleEndian.AppendUint32(b, f[1])
		b = binary.LittleEndian.AppendUint32(b, f[2])
	}
	return append(b, 0, 0, 0, 0)
}

func TestReadTIFFMetadata(t *testing.T) {
	b := append([]byte("II*\x00\x08\x00\x00\x00"), directory([3]uint32{256, 1, 300}, [3]uint32{257, 1, 200}, [3]uint32{315, 11, 64})...)
	b = append(b, make([]byte, 64-len(b))...)
	b = append(b, "Zoe Sample\x00"...)
	text, out := read(b)
	if text != "Artist: Zoe Sample\n" || out.Status != reeve.StatusNeedsOCR || out.PagesUnread != 1 {
		t.Errorf("%q %s %d", text, out.Status, out.PagesUnread)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00"))
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x10Exif\x00\x00MM\x00*"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0DIHDR"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, out := read(b); out.Status == "" {
			t.Fatal("no status")
		}
	})
}
