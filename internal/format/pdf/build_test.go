package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// file joins objects, numbered from 1, into a PDF file; the first is the
// catalog.
func file(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, off := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// single is a file of one page with Helvetica as F1; more objects number from 6.
func single(content string, more ...string) []byte {
	return withCatalog("", "", content, more...)
}

// withCatalog is single with further entries of the catalog and the page.
func withCatalog(catalog, page, content string, more ...string) []byte {
	return file(append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X1 6 0 R /X2 7 0 R >> >> " + page + " >>",
		stream("", content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}, more...)...)
}

// set sets text at a place.
func set(x, y int, text string) string {
	return fmt.Sprintf("BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, text)
}

func readBytes(b []byte, passwords ...string) (reeve.Outcome, *formattest.Kept) {
	sink := &formattest.Kept{}
	return Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{Passwords: passwords}, sink), sink
}

// show prints blocks as people see them, for comparing.
func show(blocks []reeve.Block) string {
	var b strings.Builder
	for _, k := range blocks {
		fmt.Fprintf(&b, "[%s", k.Part)
		if k.Layer != reeve.LayerBody {
			fmt.Fprintf(&b, " layer %d", k.Layer)
		}
		if k.Table > 0 {
			fmt.Fprintf(&b, " table %d", k.Table)
		}
		if k.Header != nil {
			fmt.Fprintf(&b, " header %s", strings.Join(k.Header, "|"))
		}
		b.WriteString("]\n" + k.Text)
		for _, row := range k.Rows {
			b.WriteString(strings.Join(row, "|") + "\n")
		}
	}
	return b.String()
}

// samples are small whole files that exercise each part of the reader.
func samples() [][]byte {
	image := stream("/Subtype /Image /Width 1000 /Height 1400 /Filter /DCTDecode", "pixels")
	return [][]byte{
		single(set(50, 700, "Dear Ms Sample")),
		single("q 595 0 0 842 0 0 cm /X1 Do Q", image),
		single("/X1 Do", stream("/Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X1 6 0 R >> >>", "/X1 Do /X1 Do")),
		withCatalog("/AcroForm << /Fields [6 0 R] >>", "/Annots [6 0 R]", "", "<< /FT /Tx /T (Surname) /V (Sample) /Subtype /Widget /Rect [0 0 1 1] >>"),
		bytes.Replace(single(set(50, 700, "no table here")), []byte("startxref"), []byte("startxxxx"), 1),
		single("BT /F2 12 Tf 10 10 Td <00010002> Tj ET", "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [<< /W [1 [500 600]] >>] >>",
			stream("", "1 beginbfrange <0001> <0002> <0041> endbfrange")),
	}
}

func TestBuiltFilesRead(t *testing.T) {
	for i, b := range samples() {
		out, sink := readBytes(b)
		if bad := contractFault(out, sink); bad != "" {
			t.Errorf("sample %d: %s", i, bad)
		}
	}
}
