package paper

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf16"
)

// sheets is a PDF while it is written: pages, and on each the marks of the pen in
// the operators of ISO 32000-2. Nothing is remembered from one mark to the next:
// every mark says its own font, size and shade, so that pages can be gone back to.
type sheets struct {
	facts fileFacts
	pages [][]byte
	at    int         // the page that is drawn on, from 1
	fonts []*embedded // in the order of their first use: F0, F1, …
	marks []bookmark
}

// fileFacts is what a PDF says of itself.
type fileFacts struct {
	title, subject, author, language string
	date                             time.Time
}

func (s *sheets) add() {
	s.pages = append(s.pages, make([]byte, 0, 8<<10))
	s.at = len(s.pages)
}

func (s *sheets) turn(page int) { s.at = page }

// draw appends operators to the page.
func (s *sheets) draw(mark func(b []byte) []byte) {
	s.pages[s.at-1] = mark(s.pages[s.at-1])
}

// number appends a number of an operator, in hundredths.
func number(b []byte, v float64) []byte {
	return append(strconv.AppendFloat(b, v, 'f', 2, 64), ' ')
}

// points appends millimetres as points.
func points(b []byte, mm ...float64) []byte {
	for _, v := range mm {
		b = number(b, v/pointMM)
	}
	return b
}

// grey appends a shade and its operator.
func grey(b []byte, shade ink, operator string) []byte {
	return append(strconv.AppendFloat(b, float64(shade)/0xff, 'f', 3, 64), " "+operator+" "...)
}

const hexDigits = "0123456789abcdef"

// text writes a line whose letters stand on y. In fonts from embed the code of a
// letter is its number in Unicode, of the basic plane.
func (s *sheets) text(f *embedded, size, x, y float64, shade ink, text string) {
	name := s.name(f)
	s.draw(func(b []byte) []byte {
		b = append(strconv.AppendInt(append(b, "BT /F"...), int64(name), 10), ' ')
		b = append(number(b, size), "Tf "...)
		b = append(points(grey(b, shade, "g"), x, pageHeight-y), "Td <"...)
		for _, r := range text {
			b = append(b, hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		}
		return append(b, "> Tj ET\n"...)
	})
}

func (s *sheets) name(f *embedded) int {
	for i, known := range s.fonts {
		if known == f {
			return i
		}
	}
	s.fonts = append(s.fonts, f)
	return len(s.fonts) - 1
}

func (s *sheets) fill(x, y, w, h float64, shade ink) {
	s.draw(func(b []byte) []byte {
		return append(points(grey(b, shade, "g"), x, pageHeight-y-h, w, h), "re f\n"...)
	})
}

func (s *sheets) stroke(x1, y1, x2, y2, thick float64, shade ink) {
	s.draw(func(b []byte) []byte {
		b = append(points(grey(b, shade, "G"), thick), "w "...)
		b = append(points(b, x1, pageHeight-y1), "m "...)
		return append(points(b, x2, pageHeight-y2), "l S\n"...)
	})
}

// Numbers of the objects that every file has; behind them, for each page, the
// page and what is drawn on it; then fonts; then the outline.
const (
	catalogObject = iota + 1
	pagesObject
	factsObject
	resourcesObject
	firstPage
)

func pageObject(page int) int { return firstPage + 2*(page-1) }

// write writes the file. The same calls give the same bytes.
func (s *sheets) write(w io.Writer) error {
	o := &objects{w: w}
	o.raw("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	fonts, next := s.fontNumbers()
	outline := ""
	if len(s.marks) > 0 {
		outline = fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", next)
	}
	o.object("<< /Type /Catalog /Pages %d 0 R /Lang (%s)%s >>", pagesObject, plainASCII(s.facts.language), outline)
	var kids bytes.Buffer
	for i := range s.pages {
		fmt.Fprintf(&kids, "%d 0 R ", pageObject(i+1))
	}
	o.object("<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595.28 841.89] >>", kids.Bytes(), len(s.pages))
	o.object("%s", s.facts.dictionary())
	var named bytes.Buffer
	for i, n := range fonts {
		fmt.Fprintf(&named, "/F%d %d 0 R ", i, n)
	}
	o.object("<< /Font << %s>> >>", named.Bytes())
	for i, marks := range s.pages {
		o.object("<< /Type /Page /Parent %d 0 R /Resources %d 0 R /Contents %d 0 R >>", pagesObject, resourcesObject, pageObject(i+1)+1)
		o.stream(marks)
	}
	for i, f := range s.fonts {
		for _, x := range f.objects {
			o.lifted(x, fonts[i])
		}
	}
	s.outline(o, next)
	return o.end()
}

// fontNumbers gives the number of the first object of each font, and that of what
// follows the fonts.
func (s *sheets) fontNumbers() (first []int, next int) {
	next = pageObject(len(s.pages) + 1)
	for _, f := range s.fonts {
		first = append(first, next)
		next += len(f.objects)
	}
	return first, next
}

func (f *fileFacts) dictionary() string {
	date := f.date.UTC().Format("20060102150405Z")
	d := "<< /Producer (Reeve) /CreationDate (D:" + date + ") /ModDate (D:" + date + ")"
	for _, x := range [][2]string{{"Title", f.title}, {"Subject", f.subject}, {"Author", f.author}} {
		if x[1] != "" {
			d += " /" + x[0] + " " + textString(x[1])
		}
	}
	return d + " >>"
}

// textString gives a text as PDF keeps texts about the file: UTF-16 after a mark.
func textString(text string) string {
	b := []byte("<feff")
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
	}
	return string(append(b, '>'))
}

// plainASCII keeps of a language tag what may stand in one (BCP 47).
func plainASCII(tag string) string {
	var b []byte
	for _, c := range []byte(tag) {
		if c == '-' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			b = append(b, c)
		}
	}
	return string(b)
}
