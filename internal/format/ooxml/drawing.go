package ooxml

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxLine is the most of one paragraph of a drawing that is held; what is
// longer is given out in pieces.
const maxLine = 256 << 10

// drawing reads the text of a part in DrawingML: shapes, diagrams. A paragraph
// is a line; shapes are apart by a blank line.
func (f *file) drawing(name, place string, layer reeve.Layer) error {
	if !f.once("drawing", name) {
		return f.out.Err()
	}
	f.out.Begin(place, layer)
	return f.scan(name, func(s *xmlscan.Scanner) {
		d := shapes{file: f, scan: s}
		for kind := s.Next(); kind != xmlscan.None && f.out.Err() == nil; kind = s.Next() {
			d.token(kind)
		}
	})
}

// shapes takes the tokens of DrawingML and writes paragraphs and tables.
type shapes struct {
	file     *file
	scan     *xmlscan.Scanner
	line     []byte
	inText   bool
	table    int      // depth of tables
	cells    []string // of the row at hand
	cell     []byte
	skipHeld bool // leave out placeholders: text that says "click to add"
	choice   fallback
}

func (d *shapes) token(kind xmlscan.Kind) {
	switch kind {
	case xmlscan.Text:
		if d.inText {
			d.choice.noted++
			d.add(d.scan.Text())
		}
	case xmlscan.Start:
		d.start()
	case xmlscan.End:
		d.end()
	}
}

func (d *shapes) add(b []byte) {
	if d.line = append(d.line, b...); len(d.line) > maxLine && d.table == 0 {
		d.file.out.Text(string(d.line))
		d.line = d.line[:0]
	}
}

func (d *shapes) start() {
	s := d.scan
	switch string(s.Local()) {
	case "t":
		d.inText = true
	case "br":
		d.line = append(d.line, '\n')
	case "tab":
		d.line = append(d.line, '\t')
	case "fld":
		if t := s.Get("type"); t == "slidenum" || t == "datetime" {
			s.Skip()
		}
	case "AlternateContent", "Choice", "Fallback":
		d.choice.start(s)
	case "ph":
		if d.skipHeld {
			d.leaveShape()
		}
	case "tbl":
		d.beginTable()
	case "tc":
		d.cell = d.cell[:0]
	case "cNvPr", "docPr":
		d.file.altText(s)
	}
}

// leaveShape passes over the rest of the placeholder at hand: ph stands in
// nvPr, in nvSpPr, in the shape.
func (d *shapes) leaveShape() {
	for shape := d.scan.Depth() - 3; d.scan.Depth() >= shape; {
		if d.scan.Next() == xmlscan.None {
			return
		}
	}
}

func (d *shapes) end() {
	out := d.file.out
	switch string(d.scan.Local()) {
	case "t":
		d.inText = false
	case "p":
		d.endLine()
	case "txBody", "sp", "rich":
		if d.table == 0 {
			out.Blank()
		}
	case "AlternateContent":
		d.choice.end()
	case "tc":
		if d.table > 0 && len(d.cells) < 1024 {
			d.cells = append(d.cells, trimLine(d.cell))
		}
	case "tr":
		if d.table > 0 && len(d.cells) > 0 {
			out.Row(d.cells)
			d.cells = nil
		}
	case "tbl":
		if d.table--; d.table <= 0 {
			d.table = 0
			out.EndTable()
		}
	}
}

func (d *shapes) beginTable() {
	if d.table++; d.table == 1 {
		d.file.out.BeginTable(nil)
	}
}

// endLine gives out a paragraph, or adds it to the cell it stands in.
func (d *shapes) endLine() {
	switch {
	case len(d.line) == 0:
	case d.table > 0:
		if len(d.cell) < reeve.MaxBlockText {
			d.cell = append(append(d.cell, d.line...), '\n')
		}
	default:
		d.file.out.Line(string(d.line))
	}
	d.line = d.line[:0]
}

// trimLine is text without the line end behind it.
func trimLine(b []byte) string {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return string(b)
}

// fallback passes over the second of two forms of the same content (ECMA-376
// part 3, AlternateContent), if the first gave anything.
type fallback struct {
	noted int   // pieces of text so far
	marks []int // noted at the start of each AlternateContent that is open
}

func (c *fallback) start(s *xmlscan.Scanner) {
	switch string(s.Local()) {
	case "AlternateContent":
		c.marks = append(c.marks, c.noted)
	case "Fallback":
		if n := len(c.marks); n > 0 && c.noted > c.marks[n-1] {
			s.Skip()
		}
	}
}

func (c *fallback) end() {
	if n := len(c.marks); n > 0 {
		c.marks = c.marks[:n-1]
	}
}

// altText lists what an author wrote about a picture for those who cannot see
// it.
func (f *file) altText(s *xmlscan.Scanner) {
	for _, name := range [...]string{"descr", "title"} {
		if v, ok := s.Attr(name); ok && len(v) > 0 && f.margin.Fresh("alt", string(v)) {
			f.margin.Add("pictures", reeve.LayerMetadata, v)
		}
	}
}

// chart reads the titles and the cached values of a chart, each series value a
// line of its own, and what the chart itself embeds.
func (f *file) chart(name, label string) {
	if !f.once("chart", name) {
		return
	}
	f.out.Begin(label+"chart", reeve.LayerBody)
	f.scan(name, func(s *xmlscan.Scanner) {
		d := shapes{file: f, scan: s}
		cached := false
		for kind := s.Next(); kind != xmlscan.None && f.out.Err() == nil; kind = s.Next() {
			switch {
			case kind == xmlscan.Start && (string(s.Local()) == "v" || string(s.Local()) == "pt" && s.Depth() > 0):
				cached = true
			case kind == xmlscan.Text && cached && !d.inText:
				d.add(s.Text())
			case kind == xmlscan.End && cached && (string(s.Local()) == "v" || string(s.Local()) == "pt"):
				cached = false
				d.endLine()
			default:
				d.token(kind)
			}
		}
	})
	f.attach(f.relations(name), label)
}
