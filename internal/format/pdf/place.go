package pdf

import (
	"errors"
	"math"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// Sheet is one page as it comes out of a printer, with the text on it. Lengths
// are in millimetres from the top left of the page.
type Sheet struct {
	Width, Height float64
	Rotated       bool // is shown turned
	Lines         []Line
	Pictures      int
	Unknown       int // glyphs whose letters cannot be told
}

// Line is upright text on one baseline, from left to right.
type Line struct {
	X, W  float64
	Y     float64 // of the baseline
	Size  float64 // of its letters, in points
	Turn  int     // quarter turns; such a line's place is not told
	Text  string
	Ghost bool // is there to be found, not seen
}

const millimetre = 72 / 25.4 // points

// Sheets reads where text stands on the pages of a PDF file. An error is
// reeve.Invalid: a file that cannot be read whole cannot be judged.
func Sheets(src part.Source, opt part.Options) ([]Sheet, error) {
	w := part.NewWriter(nowhere{}, opt.Limits)
	r := &reader{out: w, meter: newMeter(w, src.Size), fonts: map[object.Ref]*font.Font{}, attached: map[object.Ref]bool{}}
	var all []Sheet
	r.placed = func(p page, c *content) { all = append(all, sheetOf(p, c)) }
	r.file = object.Open(src, opt.Passwords, r.meter)
	if r.read() != nil || r.meter.err != nil || r.damaged || r.file.Rebuilt || len(all) == 0 {
		return nil, errNotWhole
	}
	return all, nil
}

var errNotWhole = errors.Join(errors.New("read pages: the file is damaged, locked or too large"), reeve.Invalid)

// nowhere takes the text, of which the places alone are asked for.
type nowhere struct{}

func (nowhere) Block(reeve.Block) error   { return nil }
func (nowhere) Embed(part.Embedded) error { return nil }

func sheetOf(p page, c *content) Sheet {
	box := p.box
	if len(box) != 4 {
		box = []float64{0, 0, 612, 792} // a page must have one; readers take US Letter
	}
	left, top := min(box[0], box[2]), max(box[1], box[3])
	s := Sheet{Width: math.Abs(box[2]-box[0]) / millimetre, Height: math.Abs(box[3]-box[1]) / millimetre, Rotated: p.rotate%360 != 0, Pictures: c.pictures, Unknown: c.unknown}
	var upright []run
	for _, g := range c.runs {
		if g.turn == 0 {
			upright = append(upright, g)
		} else if t := joined([]run{g}); t != "" {
			s.Lines = append(s.Lines, Line{Size: g.size, Turn: g.turn, Text: t, Ghost: g.hidden})
		}
	}
	for _, l := range lines(upright) {
		for _, g := range l.segs {
			if t := g.text(); t != "" {
				s.Lines = append(s.Lines, Line{X: (g.x - left) / millimetre, W: (g.end - g.x) / millimetre, Y: (top - l.y) / millimetre, Size: l.size, Text: t, Ghost: g.runs[0].hidden})
			}
		}
	}
	return s
}
