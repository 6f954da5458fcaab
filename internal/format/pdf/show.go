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

// maxShown is the most bytes of a string that are shown at a time.
const maxShown = 8 << 10

// show shows a string.
func (c *content) show(s []byte) {
	for len(s) > maxShown && !c.r.stopped() {
		c.showPart(s[:maxShown])
		s = s[maxShown:]
	}
	c.showPart(s)
}

func (c *content) showPart(s []byte) {
	f := c.currentFont()
	c.glyphs = f.Decode(c.glyphs[:0], s)
	st := &c.state
	if len(c.glyphs) == 0 || c.r.meter.Step(len(c.glyphs)/4) != nil {
		return
	}
	pen := c.newPen(f)
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if g.Text == "" && g.Width > 0 {
			c.unknown++
		} else {
			c.known += len(g.Text)
		}
		advance := g.Width*st.size + st.char
		if g.Space {
			advance += st.word
		}
		advance *= st.width
		if f.Vertical {
			advance = -st.size - st.char
		}
		pen.place(c, g.Text, g.Width*st.size*st.width)
		pen.move(advance)
	}
	if f.Vertical {
		c.tm = c.tm.shift(0, pen.moved)
	} else {
		c.tm = c.tm.shift(pen.moved, 0)
	}
}

// pen is where glyphs of one string are placed: what does not change from one
// to the next is worked out once.
type pen struct {
	g        run     // with x, y turned
	dx, dy   float64 // of a move by 1, turned
	stretch  float64
	vertical float64 // advance of a glyph written downwards; 0 for none
	moved    float64
	lost     bool // the place is not finite
}

func (c *content) newPen(f *font.Font) pen {
	m := c.tm.mul(c.state.ctm)
	x, y := m.apply(0, c.state.rise)
	size := math.Abs(c.state.size) * m.scale()
	p := pen{stretch: m.stretch(), lost: !m.finite() || math.Abs(x) > 1e7 || math.Abs(y) > 1e7 || size > 1e6}
	p.g = run{size: max(size, 0.01), hidden: c.state.render == 3 || c.state.render == 7, bold: f.Bold}
	p.g.turn = quarter(m[0]*sign(c.state.size), m[1]*sign(c.state.size))
	p.dx, p.dy = m[0], m[1]
	if f.Vertical {
		p.g.turn = quarter(-m[2], -m[3])
		p.dx, p.dy, p.vertical = m[2], m[3], math.Abs(c.state.size)*m.scale()
	}
	p.g.x, p.g.y = turned(x, y, p.g.turn)
	p.dx, p.dy = turned(p.dx, p.dy, p.g.turn)
	return p
}

func (p *pen) move(by float64) {
	p.moved += by
	p.g.x += by * p.dx
	p.g.y += by * p.dy
}

// place adds a glyph where the pen is; width is in text space.
func (p *pen) place(c *content, text string, width float64) {
	if p.lost || !(math.Abs(p.g.x) < 1e7 && math.Abs(p.g.y) < 1e7) {
		return
	}
	if p.g.hidden {
		c.ghosts++
	}
	g := p.g
	g.end = g.x + math.Abs(width)*p.stretch
	if p.vertical > 0 {
		g.end = g.x + p.vertical
	}
	if c.actual != nil {
		c.actual.cover(g)
		return
	}
	c.add(g, text)
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
			if gap > wordGap && text != " " && c.letters[len(c.letters)-1] != ' ' {
				c.letters = append(c.letters, ' ')
			}
			c.letters = append(c.letters, text...)
			o.end = max(o.end, g.end)
			return
		}
	}
	if text == "" || text == " " {
		return // a run does not begin with nothing
	}
	c.finish()
	c.open, c.isOpen = g, true
	c.begin = len(c.letters)
	c.letters = append(c.letters, text...)
}

// finish ends the open run.
func (c *content) finish() {
	if c.isOpen {
		c.open.text = c.letters[c.begin:len(c.letters):len(c.letters)]
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
