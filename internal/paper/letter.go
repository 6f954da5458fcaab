package paper

import (
	"fmt"
	"io"
	"time"

	"github.com/reeve-council/reeve"
)

// Letter is A4 pages with text at exact places and blocks that flow through
// frames: what a window envelope and a printer's rules ask for.
type Letter struct {
	Title    string // of the file, not printed
	Author   string
	Language string // BCP 47; default en-GB
	Date     time.Time
	Boxes    []Box
	Codes    []CodeBox
	// Body flows through First on page 1 and through Next on the pages that
	// follow.
	Body  []Block
	First Frame
	Next  Frame
	Size  float64 // of the body, in points, 6 to 36; default 11. Large print is 16 or more.
}

// Box is text at a place: an address, a reference, a line at the foot. It is
// broken into lines at W; where it does not fit into H the letter is refused.
type Box struct {
	Page int // from 1; 0: on every page
	Frame
	Text string
	Size float64 // in points, 4 to 72
	Bold bool
}

// CodeBox is a QR code at a place; W is its side, quiet zone included.
type CodeBox struct {
	Page    int // from 1
	X, Y, W float64
	Code    Code
}

// WritePDF writes the letter and tells where each line stands, in the order of
// drawing. It is refused with reeve.Invalid when a box holds more than fits, or
// lies outside the page.
func (l *Letter) WritePDF(w io.Writer) ([]Placed, error) {
	c := newCanvas(fileFacts{l.Title, "", l.Author, l.language(), l.Date}, l.fonts())
	err := l.draw(c)
	if err == nil {
		err = c.write(w)
	}
	if err != nil {
		return nil, fmt.Errorf("write letter: %w", err)
	}
	return c.placed, nil
}

func (l *Letter) language() string {
	if l.Language == "" {
		return "en-GB"
	}
	return l.Language
}

func (l *Letter) fonts() *fontSet {
	texts := blockTexts(l.Body)
	for _, b := range l.Boxes {
		texts = append(texts, b.Text)
	}
	return fontsFor(texts)
}

// draw sets the letter on new pages.
func (l *Letter) draw(c *canvas) error {
	if err := l.check(); err != nil {
		return err
	}
	c.keep, c.box = true, -1
	f := &flow{canvas: c, size: l.size(), frames: func(page int) Frame {
		if page == 1 {
			return l.First
		}
		return l.Next
	}}
	f.next()
	f.blocks(l.Body)
	for _, q := range l.Codes {
		if q.Page > c.pages() {
			return fmt.Errorf("a code on page %d of %d: %w", q.Page, c.pages(), reeve.Invalid)
		}
		c.again(q.Page)
		c.code(q.Code, q.X, q.Y, q.W)
	}
	return l.boxes(c)
}

// boxes writes the boxes, page by page.
func (l *Letter) boxes(c *canvas) error {
	for page := 1; page <= c.pages(); page++ {
		c.again(page)
		for i, b := range l.Boxes {
			if b.Page != 0 && b.Page != page {
				continue
			}
			c.box = i
			if !c.fixed(b) {
				return fmt.Errorf("the text of box %d does not fit: %w", i+1, reeve.Invalid)
			}
		}
	}
	for i, b := range l.Boxes {
		if b.Page > c.pages() {
			return fmt.Errorf("box %d on page %d of %d: %w", i+1, b.Page, c.pages(), reeve.Invalid)
		}
	}
	return nil
}

// Fits reports whether the text of a box goes into it.
func (b Box) Fits() bool {
	_, fits := newCanvas(fileFacts{}, nil).linesOf(b)
	return fits
}

// linesOf breaks the text of a box into lines; false if they do not fit.
func (c *canvas) linesOf(b Box) (lines []string, fits bool) {
	look := regular
	if b.Bold {
		look = bold
	}
	c.font(look, b.Size)
	lines = c.wrap(b.Text, b.W)
	return lines, float64(len(lines))*lineHeight(b.Size) <= b.H+0.01
}

// fixed writes the text of a box; false if it does not fit.
func (c *canvas) fixed(b Box) bool {
	lines, fits := c.linesOf(b)
	if !fits {
		return false
	}
	for i, line := range lines {
		c.line(b.X, b.Y+float64(i)*lineHeight(b.Size), line, black)
	}
	return true
}

func (l *Letter) size() float64 {
	if l.Size == 0 {
		return 11
	}
	return l.Size
}

func (l *Letter) check() error {
	if s := l.size(); !(s >= 6 && s <= 36) {
		return fmt.Errorf("a body of %g points, not 6 to 36: %w", s, reeve.Invalid)
	}
	for _, f := range []Frame{l.First, l.Next} {
		if !f.onPage() || f.H < 3*lineHeight(l.size()) || f.W < 20 {
			return fmt.Errorf("a frame for the body that is too small or not on the page: %w", reeve.Invalid)
		}
	}
	for i, b := range l.Boxes {
		if !b.onPage() || b.Page < 0 || !(b.Size >= 4 && b.Size <= 72) {
			return fmt.Errorf("box %d is not on a page, or its letters have no size: %w", i+1, reeve.Invalid)
		}
	}
	for i, q := range l.Codes {
		if q.Code.size == 0 || q.Page < 1 || !(Frame{q.X, q.Y, q.W, q.W}).onPage() {
			return fmt.Errorf("code %d is not on a page, or was not made: %w", i+1, reeve.Invalid)
		}
	}
	return checkBlocks(l.Body)
}

// onPage reports whether the frame has a size and lies on the paper.
func (f Frame) onPage() bool {
	return f.X >= 0 && f.Y >= 0 && f.W > 0 && f.H > 0 && f.X+f.W <= pageWidth && f.Y+f.H <= pageHeight
}
