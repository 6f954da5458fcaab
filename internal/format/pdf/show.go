package pdf

import (
	"math"

	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// run is text that stands in one piece. Its coordinates are turned so that it
// is written from left to right: x grows along it, y upwards.
type run struct {
	x, end, y float64
	size      float64
	text      []byte
	turn      int // quarter turns of its direction, 0–3
	hidden    bool
	bold      bool
}

// actual is marked content whose text is given instead of shown.
type actual struct {
	text   string
	depth  int // of marks when it began
	used   bool
	x, y   float64
	end    float64
	size   float64
	turn   int
	placed bool
}

// unknownFont is what a page uses whose font cannot be found.
func (c *content) currentFont() *font.Font {
	if c.state.font == nil {
		c.state.font = font.Load(c.r.file, object.Dict{"Subtype": object.Name("Type1"), "Encoding": object.Name("WinAnsiEncoding")})
	}
	return c.state.font
}

// show shows a string.
func (c *content) show(s []byte) {
	f := c.currentFont()
	c.glyphs = f.Decode(c.glyphs[:0], s)
	if c.r.meter.Step(len(c.glyphs)/4) != nil {
		return
	}
	st := &c.state
	for i := range c.glyphs {
		g := &c.glyphs[i]
		advance := g.Width*st.size + st.char
		if g.Space {
			advance += st.word
		}
		if g.Text == "" && g.Width > 0 {
			c.unknown++
		} else {
			c.known += len(g.Text)
		}
		c.place(g.Text, g.Width*st.size*st.width, f)
		if f.Vertical {
			c.tm = c.tm.shift(0, -st.size-st.char)
		} else {
			c.tm = c.tm.shift(advance*st.width, 0)
		}
	}
}

// showPieces is TJ.
func (c *content) showPieces() {
	if len(c.operands) == 0 {
		return
	}
	pieces, _ := c.operands[len(c.operands)-1].([]piece)
	for _, p := range pieces {
		if p.text != nil {
			c.show(p.text)
			continue
		}
		move := -p.move / 1000 * c.state.size
		if c.currentFont().Vertical {
			c.tm = c.tm.shift(0, move)
		} else {
			c.tm = c.tm.shift(move*c.state.width, 0)
		}
	}
}

// place adds a glyph at the text position; width is in text space.
func (c *content) place(text string, width float64, f *font.Font) {
	m := c.tm.mul(c.state.ctm)
	x, y := m.apply(0, c.state.rise)
	size := math.Abs(c.state.size) * m.scale()
	if math.IsNaN(x) || math.IsNaN(y) || math.Abs(x) > 1e7 || math.Abs(y) > 1e7 || size > 1e6 {
		return
	}
	if size < 0.01 {
		size = 0.01
	}
	g := run{size: size, hidden: c.state.render == 3 || c.state.render == 7, bold: f.Bold}
	if g.hidden {
		c.ghosts++
	}
	g.turn = quarter(m[0]*sign(c.state.size), m[1]*sign(c.state.size))
	if f.Vertical {
		g.turn = quarter(-m[2], -m[3])
		width = c.state.size
	}
	g.x, g.y = turned(x, y, g.turn)
	g.end = g.x + math.Abs(width)*m.stretch()
	if c.actual != nil {
		c.actual.cover(g)
		return
	}
	c.add(g, text)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

// quarter is the direction x, y in quarter turns.
func quarter(x, y float64) int {
	switch {
	case math.Abs(y) <= math.Abs(x) && x >= 0:
		return 0
	case math.Abs(y) <= math.Abs(x):
		return 2
	case y > 0:
		return 1
	}
	return 3
}

// turned gives coordinates in which a direction runs from left to right.
func turned(x, y float64, turn int) (float64, float64) {
	switch turn {
	case 1:
		return y, -x
	case 2:
		return -x, -y
	case 3:
		return -y, x
	}
	return x, y
}

// Gaps between glyphs in parts of the size: from wordGap on there is a space,
// from runGap on another run begins.
const (
	wordGap = 0.14
	runGap  = 0.9
)

// add joins a glyph to the open run or begins another.
func (c *content) add(g run, text string) {
	o, moved := &c.open, c.moved
	c.moved = c.moved && text == ""
	if c.isOpen && o.turn == g.turn && o.hidden == g.hidden && math.Abs(o.y-g.y) < 0.1*o.size && g.size < 1.6*o.size && o.size < 1.6*g.size {
		gap := (g.x - o.end) / max(o.size, g.size)
		if gap > -0.4 && gap < runGap && !(moved && gap > wordGap) {
			if gap > wordGap && text != " " && !endsInSpace(o.text) {
				o.text = append(o.text, ' ')
			}
			o.text = append(o.text, text...)
			o.end = max(o.end, g.end)
			return
		}
	}
	if text == "" || text == " " {
		return // a run does not begin with nothing
	}
	c.finish()
	c.open, c.isOpen = g, true
	c.open.text = append([]byte(nil), text...)
}

func endsInSpace(b []byte) bool { return len(b) > 0 && b[len(b)-1] == ' ' }

// finish ends the open run.
func (c *content) finish() {
	if c.isOpen {
		c.runs = append(c.runs, c.open)
		c.isOpen = false
	}
}

// mark begins marked content; with ActualText its glyphs are passed over.
func (c *content) mark(withDict bool) {
	c.marks = append(c.marks, true)
	if len(c.marks) > 1<<16 || !withDict || c.actual != nil || len(c.operands) < 2 {
		return
	}
	d, ok := c.operands[1].(object.Dict)
	if !ok {
		d = c.r.file.Dict(c.r.file.Dict(c.resources["Properties"])[c.name(1)])
	}
	if s, ok := c.r.file.Resolve(d["ActualText"]).(string); ok {
		c.actual = &actual{text: font.DocText(s), depth: len(c.marks)}
	}
}

func (c *content) unmark() {
	if len(c.marks) == 0 {
		return
	}
	if a := c.actual; a != nil && a.depth >= len(c.marks) {
		c.actual = nil
		if a.placed {
			c.add(run{x: a.x, end: a.end, y: a.y, size: a.size, turn: a.turn}, a.text)
		}
	}
	c.marks = c.marks[:len(c.marks)-1]
}

// cover widens the place of marked content by a glyph.
func (a *actual) cover(g run) {
	if !a.placed {
		a.placed, a.x, a.y, a.end, a.size, a.turn = true, g.x, g.y, g.end, g.size, g.turn
		return
	}
	if a.turn == g.turn && math.Abs(a.y-g.y) < g.size {
		a.x, a.end = min(a.x, g.x), max(a.end, g.end)
	}
}
