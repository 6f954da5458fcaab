package rtf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Read reads a document.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	d := &document{w: w, s: newScanner(src.Stream()), fonts: map[int]int{}, page: 1252}
	d.flows = map[dest]*flow{}
	return w.Finish("rtf/1", d.read())
}

// dest is where the text of a group goes.
type dest uint8

const (
	body dest = iota
	skipped
	headers
	notes
	comments
	info
	fontTable
	object
	fieldCode
)

// state is what a group inherits and gives back at its end.
type state struct {
	dest    dest
	font    int
	uc      int // bytes that stand for a \u character to readers that cannot show it
	hidden  bool
	deleted bool
	name    string // of the field of \info
}

// maxText bounds what waits to be decoded and what a cell or line may grow to.
const maxText = 64 << 10

// document is the state of one reading.
type document struct {
	w     *part.Writer
	s     *scanner
	state state
	stack []state
	fonts map[int]int // code page by font number
	page  int         // code page of the document
	deflt int         // default font

	raw     []byte // bytes of text not decoded yet, all of one font
	rawFont int
	skip    int  // bytes that a \u made superfluous
	high    rune // first half of a surrogate pair

	head    bool // a group has just begun
	star    bool // \* came first in its group: the next word may be passed over if unknown
	flows   map[dest]*flow
	objects objects
}

// read walks the tokens.
func (d *document) read() error {
	limit := d.w.Limits().Depth * 16
	closed := false
	for d.w.Step(1) == nil {
		t := d.s.next()
		switch t.kind {
		case end:
			cut := len(d.stack) > 0 && !closed
			d.finish()
			if cut {
				return part.CutShort("it ends within a group")
			}
			return d.w.Err()
		case open:
			if len(d.stack) >= limit {
				return part.Over(reeve.ReasonTooDeep, "groups nested beyond the limit")
			}
			d.decode()
			d.skip = 0
			d.stack = append(d.stack, d.state)
			d.head = true
			continue
		case shut:
			closed = d.shut() || closed
		case word:
			d.word(t)
		case symbol:
			d.symbol(t.b)
		case char:
			d.char(t.b)
		}
		d.head = false
	}
	return d.w.Err()
}

// shut ends a group, and reports whether it was the outermost.
func (d *document) shut() bool {
	d.decode()
	d.skip, d.star = 0, false
	n := len(d.stack)
	if n == 0 {
		return true
	}
	old := d.state
	d.state = d.stack[n-1]
	d.stack = d.stack[:n-1]
	if old.dest != d.state.dest || old.name != d.state.name {
		d.left(old)
	}
	return n == 1
}

// left is called when a group with a destination of its own has ended.
func (d *document) left(old state) {
	switch old.dest {
	case info:
		if old.name != "" {
			d.property(old.name)
		}
	case object:
		d.objects.end(d.w)
	case fieldCode:
		d.link()
	case headers, notes, comments:
		d.flow(old).endLine(d.w)
	}
}

// link writes the address that a field leads to, when it is a mail address.
func (d *document) link() {
	_, to, ok := strings.Cut(d.flowOf(fieldCode).take(), "mailto:")
	to, _, _ = strings.Cut(to, `"`)
	to, _, _ = strings.Cut(to, "?")
	if ok && to != "" && len(to) < 256 {
		d.text("<" + to + "> ")
	}
}

// property pushes a field of \info.
func (d *document) property(name string) {
	f := d.flowOf(info)
	value := f.take()
	if strings.HasPrefix(value, "0000") {
		return // a date that was never set
	}
	d.w.Begin("", reeve.LayerMetadata)
	d.w.Pair(name, value)
}

// char takes a byte of text.
func (d *document) char(c byte) {
	if d.skip > 0 {
		d.skip--
		return
	}
	d.star = false
	switch d.state.dest {
	case skipped, fontTable:
		return
	case object:
		d.objects.hex(c)
		return
	}
	if d.rawFont != d.state.font {
		d.decode()
		d.rawFont = d.state.font
	}
	d.raw = append(d.raw, c)
	if len(d.raw) >= maxText {
		d.decode()
	}
}

// decode turns the bytes that wait into text of the flow at hand.
func (d *document) decode() {
	if len(d.raw) == 0 {
		return
	}
	d.text(decodePage(d.raw, d.codePage(d.rawFont)))
	d.raw = d.raw[:0]
}

// codePage is the code page of a font, else the document's.
func (d *document) codePage(font int) int {
	if p := d.fonts[font]; p != 0 {
		return p
	}
	return d.page
}

func decodePage(raw []byte, page int) string {
	ascii := true
	for _, c := range raw {
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return string(raw)
	}
	e, ok := charset.CodePage(page)
	if !ok {
		e, _ = charset.CodePage(1252)
	}
	if e == nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return decodeWith(e, raw)
}

func decodeWith(e encoding.Encoding, raw []byte) string {
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(text)
}

// text adds text to the flow at hand.
func (d *document) text(s string) {
	if d.state.dest == skipped || d.state.dest == fontTable || d.state.dest == object {
		return
	}
	f := d.flow(d.state)
	layer := f.layer
	switch {
	case d.state.deleted:
		layer = reeve.LayerDeleted
	case d.state.hidden:
		layer = reeve.LayerHidden
	}
	if layer != f.layer && f.layer != reeve.LayerMetadata {
		d.aside(layer, s)
		return
	}
	f.add(d.w, s)
}

// aside keeps hidden and deleted text apart from the line that it stands in.
func (d *document) aside(layer reeve.Layer, s string) {
	f := d.flowIn(layer)
	f.add(d.w, s)
}

// unicode takes the character of \u; values above 32767 are written negative.
func (d *document) unicode(n int) {
	d.decode()
	r := rune(n)
	if n < 0 {
		r += 1 << 16
	}
	d.skip = d.state.uc
	switch {
	case r >= 0xD800 && r < 0xDC00:
		d.high = r
		return
	case r >= 0xDC00 && r < 0xE000:
		if d.high == 0 {
			return
		}
		r = (d.high-0xD800)<<10 + (r - 0xDC00) + 0x10000
	case r >= 0xF000 && r < 0xF100:
		r -= 0xF000 // symbol fonts
	}
	d.high = 0
	if r > 0 && r <= utf8.MaxRune {
		d.text(string(r))
	}
}

// finish writes what is left and gives notes and headers their place.
func (d *document) finish() {
	d.decode()
	for len(d.stack) > 0 {
		d.shut()
	}
	for _, k := range []dest{body, headers, notes, comments} {
		if f := d.flows[k]; f != nil {
			f.finish(d.w)
		}
	}
	for _, layer := range []reeve.Layer{reeve.LayerHidden, reeve.LayerDeleted} {
		if f := d.flows[layerDest(layer)]; f != nil {
			f.finish(d.w)
		}
	}
}

// layerDest is the key of the flow that a layer's asides go to.
func layerDest(l reeve.Layer) dest { return dest(100 + l) }

func (d *document) flow(s state) *flow { return d.flowOf(s.dest) }

func (d *document) flowOf(k dest) *flow {
	f := d.flows[k]
	if f == nil {
		f = &flow{}
		switch k {
		case headers:
			f.part, f.layer = "header", reeve.LayerHeader
		case notes:
			f.part = "notes"
		case comments:
			f.part, f.layer = "comments", reeve.LayerComment
		case info:
			f.layer = reeve.LayerMetadata
		}
		d.flows[k] = f
	}
	return f
}

func (d *document) flowIn(l reeve.Layer) *flow {
	k := layerDest(l)
	f := d.flows[k]
	if f == nil {
		f = &flow{layer: l}
		d.flows[k] = f
	}
	return f
}

// date writes the parts of a \creatim or \revtim group.
func (d *document) date(t token) {
	f := d.flowOf(info)
	switch t.name {
	case "yr":
		f.add(d.w, fmt.Sprintf("%04d", t.num))
	case "mo", "dy":
		f.add(d.w, fmt.Sprintf("-%02d", t.num))
	}
}
