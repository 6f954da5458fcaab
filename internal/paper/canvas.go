package paper

import (
	"fmt"
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// A4 in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

const (
	pointMM = 25.4 / 72 // millimetres in a point
	leading = 1.32      // height of a line for the size of its letters
	ascent  = 0.93      // of the fonts, for their size: over and under the line they stand on
	descent = 0.24
)

// ink is a shade of grey, 0 black. Text is at most 0x50, which is 7:1 on white.
type ink int

const (
	black ink = 0x0b
	faint ink = 0x50
	rule  ink = 0xb1
	wash  ink = 0xf0
)

// Placed is a line of text as it stands on a page, in millimetres from the top
// left corner. The rectangle holds all of its letters, tails and accents.
type Placed struct {
	Page       int // from 1
	X, Y, W, H float64
	Text       string
	Box        int // of a letter: the number of its box from 0; -1 for what flows
}

// canvas draws on pages and remembers where.
type canvas struct {
	pdf    *fpdf.Fpdf
	placed []Placed
	keep   bool // remember lines
	face   face
	size   float64
	box    int
	fonts  fontSet
	loaded map[string]bool // by family and style
	offset int             // pages before those of this letter
}

// fileFacts is what a PDF says of itself.
type fileFacts struct {
	title, subject, author, language string
	date                             time.Time
}

func newCanvas(f fileFacts, fonts fontSet) *canvas {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetCatalogSort(true)
	p.SetProducer("Reeve", false)
	p.SetTitle(f.title, true)
	p.SetSubject(f.subject, true)
	p.SetAuthor(f.author, true)
	p.SetLang(f.language)
	p.SetCreationDate(f.date.UTC())
	p.SetModificationDate(f.date.UTC())
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	return &canvas{pdf: p, box: -1, fonts: fonts, loaded: make(map[string]bool)}
}

// font chooses what is written and measured with; size is in points. A font is
// parsed when it is first chosen: that is a third of the cost of a letter.
func (c *canvas) font(f face, size float64) {
	if c.face == f && c.size == size {
		return
	}
	c.face, c.size = f, size
	family, style := c.fonts.name(f)
	if !c.loaded[family+style] {
		c.pdf.AddUTF8FontFromBytes(family, style, c.fonts.data[f])
		c.loaded[family+style] = true
	}
	c.pdf.SetFont(family, style, size)
}

// lineHeight is that of a size in points, in millimetres.
func lineHeight(size float64) float64 { return size * pointMM * leading }

func (c *canvas) width(text string) float64 { return c.pdf.GetStringWidth(text) }

// wrap breaks text in the chosen font into lines of a width.
func (c *canvas) wrap(text string, width float64) []string {
	return wrap(printed(c.face, text), width, c.width)
}

// line writes one line whose top left corner is at x, y. It is drawn in the
// middle of the height of a line.
func (c *canvas) line(x, y float64, text string, shade ink) {
	if text == "" {
		return
	}
	letter := c.size * pointMM
	top := y + (lineHeight(c.size)-letter*(ascent+descent))/2
	c.pdf.SetTextColor(int(shade), int(shade), int(shade))
	c.pdf.Text(x, top+letter*ascent, text)
	if c.keep {
		c.placed = append(c.placed, Placed{c.pdf.PageNo() - c.offset, round(x), round(top), round(c.width(text)), round(letter * (ascent + descent)), text, c.box})
	}
}

// round gives thousandths of a millimetre: enough for any printer, and the same
// on every machine.
func round(mm float64) float64 { return math.Round(mm*1000) / 1000 }

// stroke draws a straight line.
func (c *canvas) stroke(x1, y1, x2, y2, thick float64, shade ink) {
	c.pdf.SetDrawColor(int(shade), int(shade), int(shade))
	c.pdf.SetLineWidth(thick)
	c.pdf.Line(x1, y1, x2, y2)
}

// fill paints a rectangle.
func (c *canvas) fill(x, y, w, h float64, shade ink) {
	c.pdf.SetFillColor(int(shade), int(shade), int(shade))
	c.pdf.Rect(x, y, w, h, "F")
}

// code draws a QR code of a side in millimetres, quiet zone included.
func (c *canvas) code(q Code, x, y, side float64) {
	module := side / float64(q.size+2*quiet)
	q.runs(func(col, row, length int) {
		// A hair more than its place, so that no gaps show between rows.
		c.fill(x+float64(col+quiet)*module, y+float64(row+quiet)*module, float64(length)*module, module*1.02, 0)
	})
}

// again goes to a page that is there already; what is chosen there must be
// chosen anew.
func (c *canvas) again(page int) {
	c.pdf.SetPage(c.offset + page)
	c.size = 0
	c.font(regular, 1) // a change of size makes the page mention its font
	c.size = 0
}

// pages is how many there are of this document or letter.
func (c *canvas) pages() int { return c.pdf.PageCount() - c.offset }

func (c *canvas) write(w io.Writer) error {
	if err := c.pdf.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}
