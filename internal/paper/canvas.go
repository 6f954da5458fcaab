package paper

import (
	"fmt"
	"io"
	"math"
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
	sheets *sheets
	placed []Placed
	keep   bool // remember lines
	face   face
	size   float64
	box    int
	fonts  *fontSet
	offset int // pages before those of this letter
	broken error
}

func newCanvas(f fileFacts, fonts *fontSet) *canvas {
	return &canvas{sheets: &sheets{facts: f}, box: -1, fonts: fonts}
}

// font chooses what is written and measured with; size is in points.
func (c *canvas) font(f face, size float64) { c.face, c.size = f, size }

// lineHeight is that of a size in points, in millimetres.
func lineHeight(size float64) float64 { return size * pointMM * leading }

// width measures a text in the chosen font, in millimetres.
func (c *canvas) width(text string) float64 {
	widths, total := widthsOf[c.face](), 0
	for _, r := range text {
		if int(r) < len(widths) {
			total += int(widths[r])
		}
	}
	return float64(total) * c.size * pointMM / 1000
}

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
	f, err := c.fonts.face(c.face)
	if err != nil {
		c.broken = err
		return
	}
	c.sheets.text(f, c.size, x, top+letter*ascent, shade, text)
	if c.keep {
		c.placed = append(c.placed, Placed{c.sheets.at - c.offset, round(x), round(top), round(c.width(text)), round(letter * (ascent + descent)), text, c.box})
	}
}

// round gives thousandths of a millimetre: enough for any printer, and the same
// on every machine.
func round(mm float64) float64 { return math.Round(mm*1000) / 1000 }

// stroke draws a straight line.
func (c *canvas) stroke(x1, y1, x2, y2, thick float64, shade ink) {
	c.sheets.stroke(x1, y1, x2, y2, thick, shade)
}

// fill paints a rectangle.
func (c *canvas) fill(x, y, w, h float64, shade ink) { c.sheets.fill(x, y, w, h, shade) }

// code draws a QR code of a side in millimetres, quiet zone included.
func (c *canvas) code(q Code, x, y, side float64) {
	module := side / float64(q.size+2*quiet)
	q.runs(func(col, row, length int) {
		// A hair more than its place, so that no gaps show between rows.
		c.fill(x+float64(col+quiet)*module, y+float64(row+quiet)*module, float64(length)*module, module*1.02, 0)
	})
}

// again goes to a page that is there already.
func (c *canvas) again(page int) { c.sheets.turn(c.offset + page) }

// pages is how many there are of this document or letter.
func (c *canvas) pages() int { return len(c.sheets.pages) - c.offset }

func (c *canvas) write(w io.Writer) error {
	err := c.broken
	if err == nil {
		err = c.sheets.write(w)
	}
	if err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}
