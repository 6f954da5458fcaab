package paper

import (
	"fmt"
	"io"
	"time"

	"github.com/reeve-council/reeve"
)

// Bundle is letters one after the other in one file, as print houses take them.
// The fonts are in it once, which makes it a tenth of the size of the letters.
type Bundle struct {
	canvas  *canvas
	duplex  bool
	letters int
	broken  error
}

// maxBundle is how many letters a bundle holds: they stay in memory, some 20 kB
// for two pages, until it is written.
const maxBundle = 5000

// NewBundle begins a bundle. With duplex each letter begins on the front of a
// sheet.
func NewBundle(title, author string, date time.Time, duplex bool) *Bundle {
	return &Bundle{canvas: newCanvas(fileFacts{title, "", author, "en-GB", date}, fontSets[0]), duplex: duplex}
}

// Add appends a letter and gives the page, from 1, on which it begins, and where
// its lines stand, as WritePDF does. After a letter that is refused the bundle
// cannot be written: let WritePDF check each letter before.
func (b *Bundle) Add(l *Letter) (first int, placed []Placed, err error) {
	c := b.canvas
	switch {
	case b.broken != nil:
		return 0, nil, b.broken
	case b.letters == maxBundle:
		return 0, nil, fmt.Errorf("add letter: a bundle holds %d: %w", maxBundle, reeve.Invalid)
	}
	last := len(c.sheets.pages)
	if b.duplex && last%2 == 1 {
		c.sheets.add()
		last++
	}
	c.offset, c.placed, c.fonts, c.size = last, nil, l.fonts(), 0
	if err := l.draw(c); err != nil {
		b.broken = fmt.Errorf("add letter %d: %w", b.letters+1, err)
		return 0, nil, b.broken
	}
	b.letters++
	return last + 1, c.placed, nil
}

// WriteTo writes the bundle, which ends it.
func (b *Bundle) WriteTo(w io.Writer) (int64, error) {
	if b.broken == nil && b.letters == 0 {
		b.broken = fmt.Errorf("write bundle: no letters: %w", reeve.Invalid)
	}
	if b.broken != nil {
		return 0, b.broken
	}
	b.broken = fmt.Errorf("write bundle: it was written: %w", reeve.Invalid)
	n := &counter{w: w}
	err := b.canvas.write(n)
	return n.written, err
}

// counter counts what goes through.
type counter struct {
	w       io.Writer
	written int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.written += int64(n)
	return n, err
}
