package pdf

import (
	"bytes"
	"math"

	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

const (
	maxForms    = 16  // nesting of form XObjects
	maxStates   = 256 // nesting of q … Q
	maxOperands = 64
	maxRuns     = 400_000 // of one page
)

// content follows the operators of one page (ISO 32000-2, 8 and 9).
type content struct {
	r         *reader
	resources object.Dict
	fonts     map[object.Name]*font.Font // of the resources, as far as used
	state     state
	states    []state
	line, tm  matrix // text line matrix, text matrix
	operands  []any
	glyphs    []font.Glyph
	depth     int

	runs     []run
	letters  []byte // of all runs
	begin    int    // of the open run's letters
	open     run    // the run being built
	isOpen   bool   // open holds
	moved    bool   // the text position was set since the last glyph
	marks    []bool
	actual   *actual
	pictures int
	curves   int     // drawn; letters turned into outlines are made of them
	covered  float64 // by pictures, in square points
	base     matrix
	ghosts   int // glyphs that are not shown, as OCR leaves them
	known    int // bytes of text shown
	unknown  int // glyphs shown whose meaning is not known
}

// state is what q saves.
type state struct {
	ctm    matrix
	font   *font.Font
	size   float64
	char   float64 // Tc
	word   float64 // Tw
	width  float64 // Tz / 100
	lead   float64 // TL
	rise   float64 // Ts
	render int     // Tr
}

func newContent(r *reader, p page) *content {
	c := &content{r: r, base: pageMatrix(p)}
	c.state = state{ctm: c.base, width: 1, size: 1}
	c.line, c.tm = identity, identity
	return c
}

// pageMatrix turns a page upright.
func pageMatrix(p page) matrix {
	switch (p.rotate%360 + 360) % 360 {
	case 90:
		return matrix{0, -1, 1, 0, 0, 0}
	case 180:
		return matrix{-1, 0, 0, -1, 0, 0}
	case 270:
		return matrix{0, 1, -1, 0, 0, 0}
	}
	return identity
}

// run follows the operators of a content stream.
func (c *content) run(data []byte, resources object.Dict) {
	outer, fonts, from := c.resources, c.fonts, len(c.states)
	c.resources, c.fonts = resources, map[object.Name]*font.Font{}
	defer func() {
		c.resources, c.fonts, c.states = outer, fonts, c.states[:min(from, len(c.states))]
	}()
	p := object.NewParser(data)
	c.operands = c.operands[:0]
	for len(c.runs) < maxRuns {
		switch t := p.Next(); t {
		case object.End:
			return
		case object.Number:
			c.push(p.Num)
		case object.Word:
			if c.r.meter.Step(1) != nil {
				return
			}
			c.operator(p, p.Text)
			c.operands = c.operands[:0]
		case object.String:
			c.push(bytes.Clone(p.Text))
		case object.NameToken:
			c.push(object.Name(p.Text))
		case object.ArrayOpen:
			c.push(c.array(p))
		case object.DictOpen:
			p.Unread(2)
			c.push(p.Object())
		}
	}
}

func (c *content) push(v any) {
	if len(c.operands) < maxOperands {
		c.operands = append(c.operands, v)
	}
}

// piece is a member of the array of TJ: a string, or a move.
type piece struct {
	text []byte
	move float64
}

// array reads the array of TJ; operators that stray into it end it.
func (c *content) array(p *object.Parser) []piece {
	var out []piece
	for depth := 1; ; {
		switch p.Next() {
		case object.End:
			return out
		case object.ArrayOpen:
			depth++
		case object.ArrayClose:
			if depth--; depth == 0 {
				return out
			}
		case object.String:
			out = append(out, piece{text: bytes.Clone(p.Text)})
		case object.Number:
			out = append(out, piece{move: p.Num})
		}
	}
}

// num is the operand at i; 0 where there is none.
func (c *content) num(i int) float64 {
	if i < len(c.operands) {
		n, _ := c.operands[i].(float64)
		return n
	}
	return 0
}

func (c *content) name(i int) object.Name {
	if i < len(c.operands) {
		n, _ := c.operands[i].(object.Name)
		return n
	}
	return ""
}

// text is the last operand, a string.
func (c *content) text() []byte {
	if n := len(c.operands); n > 0 {
		b, _ := c.operands[n-1].([]byte)
		return b
	}
	return nil
}

func (c *content) matrix() (m matrix) {
	for i := range m {
		m[i] = c.num(i)
	}
	return m
}

// operator carries out one operator; those that only paint are passed over.
func (c *content) operator(p *object.Parser, op []byte) {
	switch string(op) {
	case "q":
		if len(c.states) < maxStates {
			c.states = append(c.states, c.state)
		}
	case "Q":
		if n := len(c.states); n > 0 {
			c.state, c.states = c.states[n-1], c.states[:n-1]
		}
	case "cm":
		if m := c.matrix().mul(c.state.ctm); m.finite() {
			c.state.ctm = m
		}
	case "c", "v", "y":
		c.curves++
	case "Do":
		c.do(c.name(0))
	case "BI":
		c.inline(p)
	case "gs":
		c.graphics(c.name(0))
	case "BMC", "BDC":
		c.mark(string(op) == "BDC")
	case "EMC":
		c.unmark()
	default:
		c.textOperator(string(op))
	}
}

// textOperator carries out the operators of 9.3 and 9.4.
func (c *content) textOperator(op string) {
	switch op {
	case "BT":
		c.line, c.tm, c.moved = identity, identity, true
	case "Tf":
		c.setFont(c.name(0), c.num(1))
	case "Td":
		c.move(c.num(0), c.num(1))
	case "TD":
		c.state.lead = -c.num(1)
		c.move(c.num(0), c.num(1))
	case "Tm":
		c.line = c.matrix()
		c.tm, c.moved = c.line, true
	case "T*":
		c.move(0, -c.state.lead)
	case "Tj":
		c.show(c.text())
	case "'":
		c.move(0, -c.state.lead)
		c.show(c.text())
	case "\"":
		c.state.word, c.state.char = c.num(0), c.num(1)
		c.move(0, -c.state.lead)
		c.show(c.text())
	case "TJ":
		c.showPieces()
	case "Tc":
		c.state.char = c.num(0)
	case "Tw":
		c.state.word = c.num(0)
	case "Tz":
		c.state.width = c.num(0) / 100
	case "TL":
		c.state.lead = c.num(0)
	case "Ts":
		c.state.rise = c.num(0)
	case "Tr":
		c.state.render = int(c.num(0))
	}
}

func (c *content) move(x, y float64) {
	c.line = c.line.shift(x, y)
	c.tm, c.moved = c.line, true
}

func (c *content) setFont(name object.Name, size float64) {
	c.state.size = size
	f, ok := c.fonts[name]
	if !ok {
		f = c.r.font(c.r.file.Dict(c.resources["Font"])[name])
		c.fonts[name] = f
	}
	c.state.font = f
}

// graphics takes the font of a graphics state dictionary.
func (c *content) graphics(name object.Name) {
	d := c.r.file.Dict(c.r.file.Dict(c.resources["ExtGState"])[name])
	if a := c.r.file.Array(d["Font"]); len(a) == 2 {
		c.state.font = c.r.font(a[0])
		c.state.size, _ = c.r.file.Number(a[1])
	}
}

// do shows an XObject: a form is followed, a picture counted.
func (c *content) do(name object.Name) {
	s := c.r.file.Stream(c.r.file.Dict(c.resources["XObject"])[name])
	if s == nil {
		return
	}
	switch c.r.file.Name(s.Dict["Subtype"]) {
	case "Image":
		c.picture(c.r.file.Int(s.Dict["Width"], 0), c.r.file.Int(s.Dict["Height"], 0))
	case "Form", "":
		c.form(s)
	}
}

// form follows a form XObject (8.10).
func (c *content) form(s *object.Stream) {
	if c.depth >= maxForms {
		return
	}
	data, _ := c.r.file.Data(s)
	if c.r.meter.Step(len(data)/16+50) != nil {
		return
	}
	saved, line, tm := c.state, c.line, c.tm
	c.depth++
	c.state.ctm = toMatrix(c.r.file.Numbers(s.Dict["Matrix"])).mul(c.state.ctm)
	resources := c.r.file.Dict(s.Dict["Resources"])
	if resources == nil {
		resources = c.resources
	}
	c.run(data, resources)
	c.depth--
	c.state, c.line, c.tm = saved, line, tm
}

// smallest is the least side of a picture, in pixels, that may hold text.
const smallest = 100

// picture counts a picture and how much of the page it covers.
func (c *content) picture(width, height int) {
	if width < smallest || height < smallest {
		return
	}
	c.pictures++
	m := c.state.ctm
	c.covered += math.Abs(m[0]*m[3] - m[1]*m[2])
}

// inline passes over an inline image (8.9.7).
func (c *content) inline(p *object.Parser) {
	width, height := 0, 0
	for {
		switch p.Next() {
		case object.End:
			return
		case object.NameToken:
			key := string(p.Text)
			v, _ := p.Object().(int)
			switch key {
			case "W", "Width":
				width = v
			case "H", "Height":
				height = v
			}
		case object.Word:
			if string(p.Text) == "ID" {
				p.Seek(p.Pos() + endOfInline(p.Rest()))
				c.picture(width, height)
				return
			}
		}
	}
}

// endOfInline finds EI between white space where what follows looks like
// operators, not pixels.
func endOfInline(b []byte) int {
	for i := 0; i < len(b); {
		j := bytes.Index(b[i:], []byte("EI"))
		if j < 0 {
			return len(b)
		}
		i += j + 2
		before := j+i-j-2 == 0 || object.IsSpace(b[max(i-3, 0)])
		if before && (i == len(b) || object.IsSpace(b[i]) && printable(b[i:min(len(b), i+12)])) {
			return i
		}
	}
	return len(b)
}

func printable(b []byte) bool {
	for _, c := range b {
		if c >= 0x7F || c < ' ' && !object.IsSpace(c) {
			return false
		}
	}
	return true
}
