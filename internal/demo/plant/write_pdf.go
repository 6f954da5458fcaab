package plant

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// writePDF writes text in Helvetica, fifty lines to a page; a table is set in
// columns, one text position for each cell, as reports are printed.
func writePDF(p *paper) []byte {
	var pages []string
	var page strings.Builder
	y := 780
	line := func(x int, s string) {
		fmt.Fprintf(&page, "BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, pdfText(s))
	}
	next := func() {
		if y -= 14; y < 60 {
			pages = append(pages, page.String())
			page.Reset()
			y = 780
		}
	}
	for _, k := range p.blocks {
		if k.rows == nil {
			for part := range strings.SplitSeq(wrapped(k.text, 92), "\r\n") {
				line(56, part)
				next()
			}
			continue
		}
		for _, row := range k.rows {
			for i, cell := range row {
				line(40+i*max(60, 520/max(len(row), 1)), cell)
			}
			next()
		}
	}
	return pdfFile(append(pages, page.String()), "")
}

// pdfText escapes a string for the WinAnsi encoding.
func pdfText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(string(windows1252(s)))
}

// pdfFile joins page contents into a file with a cross-reference table.
// Picture, if not empty, is the body of an image object that pages may draw as
// /Im1: a scan.
func pdfFile(pages []string, picture string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
	resources := "<< /Font << /F1 3 0 R >> >>"
	if picture != "" {
		objects = append(objects, picture)
		resources = "<< /XObject << /Im1 4 0 R >> >>"
	}
	var kids []string
	for _, content := range pages {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		packed := deflated([]byte(content))
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>", resources, n+1),
			fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", len(packed), packed))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " "))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	return b.Bytes()
}
