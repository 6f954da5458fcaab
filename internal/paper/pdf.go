package paper

import (
	"fmt"
	"io"
	"strconv"
)

// Margins of a document, in millimetres, and the sizes of its text, in points.
const (
	marginX   = 20.0
	marginTop = 20.0
	footRoom  = 27.0 // from the foot of the page to the end of the text
	textSize  = 10.5
	footSize  = 7.5
)

// WritePDF writes the document as PDF 1.3 or later on A4, with embedded fonts,
// bookmarks for its headings and a footer with "Page n of m". Headings and
// tables are not tagged: who needs them spoken is given the HTML. Characters
// that no embedded font has come out as U+FFFD; ask Printable before.
func (d *Document) WritePDF(w io.Writer) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	c := newCanvas(fileFacts{d.Title, d.Subtitle, d.Author, d.language(), d.Date}, fontsFor(d.texts()))
	f := &flow{canvas: c, size: textSize, marks: true, frames: func(int) Frame {
		return Frame{marginX, marginTop, pageWidth - 2*marginX, pageHeight - marginTop - footRoom}
	}}
	f.next()
	f.title(d)
	f.blocks(d.Blocks)
	for page := 1; page <= c.pages(); page++ {
		c.footer(d.Footer, page, c.pages())
	}
	return c.write(w)
}

func (f *flow) title(d *Document) {
	size := f.size * headings[0]
	f.font(bold, size)
	f.lines(f.wrap(d.Title, f.at.W), f.at.X, bold, size, black)
	if d.Subtitle != "" {
		size := f.size * headings[3]
		f.font(regular, size)
		f.lines(f.wrap(d.Subtitle, f.at.W), f.at.X, regular, size, faint)
	}
	f.y += 2
	f.stroke(f.at.X, f.y, f.at.X+f.at.W, f.y, 0.5, black)
	f.y += 3
}

// footer writes the foot of a page: lines on the left, its number on the right.
func (c *canvas) footer(text string, page, pages int) {
	c.again(page)
	c.font(regular, footSize)
	top := pageHeight - footRoom + 8
	c.stroke(marginX, top-1.5, pageWidth-marginX, top-1.5, 0.15, rule)
	number := "Page " + strconv.Itoa(page) + " of " + strconv.Itoa(pages)
	c.line(pageWidth-marginX-c.width(number), top, number, faint)
	for i, line := range splitLines(text) {
		room := pageWidth - 2*marginX - 30
		if cut := c.wrap(line, room); len(cut) > 0 {
			c.line(marginX, top+float64(i)*lineHeight(footSize), cut[0], faint)
		}
	}
}

// texts gives all that will be printed, to choose the fonts by.
func (d *Document) texts() []string {
	return append(blockTexts(d.Blocks), d.Title, d.Subtitle, d.Footer)
}

func blockTexts(blocks []Block) []string {
	var all []string
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			all = append(all, b.Text)
		case Paragraph:
			all = append(all, b.Text)
		case List:
			all = append(all, b.Items...)
		case Facts:
			for _, row := range b.Rows {
				all = append(all, row.Name, row.Value)
			}
		case Table:
			all = append(all, b.Caption)
			for _, c := range b.Columns {
				all = append(all, c.Title)
			}
			for _, row := range b.Rows {
				all = append(all, row...)
			}
		case Bars:
			all = append(all, b.Caption)
			for _, bar := range b.Bars {
				all = append(all, bar.Label, bar.Shown)
			}
		case Scan:
			all = append(all, b.caption())
		}
	}
	return all
}
