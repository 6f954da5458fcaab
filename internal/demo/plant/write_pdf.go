package plant

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// writePDF writes text in Helvetica, fifty lines to a page; a table is set in
// columns, one text position for each cell, as reports are printed: small and
// on paper turned sideways.
func writePDF(p *paper) []byte {
	s := &pdfSetter{width: 595, height: 842, size: 10}
	for _, k := range p.blocks {
		if len(k.rows) > 4 {
			s.width, s.height, s.size = 842, 595, 6
		}
	}
	s.y = s.height - 60
	for _, k := range p.blocks {
		if k.rows == nil {
			for _, part := range foldLines(k.text, 92) {
				s.put(56, part)
				s.next()
			}
			continue
		}
		at := s.columns(k.rows)
		for _, row := range k.rows {
			for i, cell := range row {
				s.put(at[i], cell)
			}
			s.next()
		}
	}
	return pdfFile(append(s.pages, s.page.String()), "", s.width, s.height)
}

// pdfSetter sets lines on pages; sizes are in points.
type pdfSetter struct {
	width, height, size, y int
	page                   strings.Builder
	pages                  []string
}

func (s *pdfSetter) put(x int, text string) {
	fmt.Fprintf(&s.page, "BT /F1 %d Tf %d %d Td (%s) Tj ET\n", s.size, x, s.y, pdfText(text))
}

func (s *pdfSetter) next() {
	if s.y -= s.size + 4; s.y < 60 {
		s.pages = append(s.pages, s.page.String())
		s.page.Reset()
		s.y = s.height - 60
	}
}

// columns gives each column the room of its longest cell.
func (s *pdfSetter) columns(rows [][]string) []int {
	var widest []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widest) {
				widest = append(widest, 0)
			}
			widest[i] = max(widest[i], len(cell))
		}
	}
	at, x := make([]int, len(widest)), 30
	for i, n := range widest {
		at[i] = x
		x += n*s.size*58/100 + 8
	}
	return at
}

// pdfText escapes a string for the WinAnsi encoding.
func pdfText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(string(windows1252(s)))
}

// pdfFile joins page contents into a file with a cross-reference table.
// Picture, if not empty, is the body of an image object that pages may draw as
// /Im1: a scan. Width and height are the page's, in points.
func pdfFile(pages []string, picture string, width, height int) []byte {
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
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources %s /Contents %d 0 R >>", width, height, resources, n+1),
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
