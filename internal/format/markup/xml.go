package markup

import (
	"bytes"
	"errors"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// ReadXML reads any XML: "name: value" for an element that holds only text and
// for attributes, running text where text and elements mix, and rows where
// siblings of one name are records of such fields. It needs no schema, and
// takes what Word and Excel of 2003 wrote as XML as it comes.
func ReadXML(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	x := &tree{w: w, s: xmlscan.New(src.Stream())}
	return w.Finish("xml/1", x.read())
}

// Bounds of a record: one that is larger is written as lines.
const (
	maxFields = 256
	maxRecord = 64 << 10
)

// tree is the state of one document: the open elements, outermost first.
type tree struct {
	w    *part.Writer
	s    *xmlscan.Scanner
	open []*element

	header []string // of the table being written
	parent int      // depth of the element whose children are its rows
	name   string   // of those children
}

// element is one that is open. Fields are gathered while it may be a record.
type element struct {
	name   string
	text   strings.Builder
	mixed  bool // text and elements mix in it
	fields []field
	size   int
	nested bool // has children

	child string // name of the last child that was folded into fields …
	from  int    // … and where its fields begin
}

type field struct{ name, value string }

func (x *tree) read() error {
	depth := x.w.Limits().Depth
	for x.w.Step(1) == nil {
		switch x.s.Next() {
		case xmlscan.Start:
			if read := office(string(x.s.Local())); read != nil && len(x.open) == 0 {
				read(x.s, x.w)
				return scanEnd(x.s.Err())
			}
			if len(x.open) >= depth {
				return part.Over(reeve.ReasonTooDeep, "elements nested beyond the limit")
			}
			x.start()
		case xmlscan.Text:
			x.text(x.s.Text())
		case xmlscan.End:
			x.end()
		case xmlscan.None:
			for len(x.open) > 0 {
				x.end()
			}
			return scanEnd(x.s.Err())
		}
	}
	return x.w.Err()
}

// scanEnd gives the scanner's reasons their status.
func scanEnd(err error) error {
	switch {
	case errors.Is(err, xmlscan.ErrCutShort):
		return part.CutShort("it ends before its root element does")
	case errors.Is(err, xmlscan.ErrTooDeep):
		return part.Over(reeve.ReasonTooDeep, "elements nested beyond the limit")
	case errors.Is(err, xmlscan.ErrTooLarge):
		return part.Over(reeve.ReasonTooLarge, "a tag larger than the limit")
	}
	return err
}

func (x *tree) start() {
	name := string(x.s.Local())
	if n := len(x.open); n > 0 {
		up := x.open[n-1]
		up.nested = true
		up.mixed = up.mixed || up.text.Len() > 0
	}
	e := &element{name: name}
	x.s.Attrs(func(local, value []byte) {
		if worth(string(local), string(value)) && len(e.fields) < maxFields {
			e.fields = append(e.fields, field{string(local), string(value)})
			e.size += len(value)
		}
	})
	x.open = append(x.open, e)
}

// worth reports whether an attribute says something to a reader of the
// document: not namespaces, styles, lengths or references of the markup itself.
func worth(name, value string) bool {
	if strings.TrimSpace(value) == "" || len(value) > maxRecord {
		return false
	}
	switch name {
	case "xmlns", "o", "x", "ss", "html", "schemaLocation", "noNamespaceSchemaLocation", "style", "class", "space", "StyleID", "Type", "rsidR", "rsidRDefault", "val", "type", "rel", "version", "encoding":
		return false
	}
	return !strings.Contains(value, "://") && !strings.HasPrefix(value, "urn:") && !strings.HasPrefix(value, "uuid:") || strings.Contains(value, "@")
}

// text adds character data to the innermost element; a long one is passed on as
// it comes.
func (x *tree) text(b []byte) {
	n := len(x.open)
	if n == 0 {
		return
	}
	e := x.open[n-1]
	if e.text.Len() == 0 {
		b = bytes.TrimLeft(b, " \t\r\n")
	}
	e.text.Write(b)
	if e.text.Len() > maxRecord {
		x.unfold()
		x.w.Text(e.text.String())
		e.text.Reset()
		e.mixed = true
	}
}

// end closes the innermost element and decides what it was.
func (x *tree) end() {
	n := len(x.open)
	if n == 0 {
		return
	}
	e := x.open[n-1]
	x.open = x.open[:n-1]
	text := strings.TrimSpace(e.text.String())
	if n == 1 {
		x.closeRoot(e, text)
		return
	}
	up := x.open[n-2]
	switch {
	case len(e.fields) == 0:
		x.leaf(up, e.name, text)
	case up.mixed && !e.nested:
		up.text.WriteString(text)
	default:
		x.record(up, e, text)
	}
}

// leaf gives a parent the value of a child that is text alone.
func (x *tree) leaf(up *element, name, text string) {
	if up.mixed {
		up.text.WriteString(text)
		return
	}
	if text == "" {
		return
	}
	up.fields = append(up.fields, field{name, text})
	up.size += len(text)
	if len(up.fields) > maxFields || up.size > maxRecord {
		x.spill(up)
	}
}

// spill writes the fields that an element has so far as lines.
func (x *tree) spill(e *element) {
	x.endTable()
	for _, f := range e.fields {
		x.line(f)
	}
	e.fields, e.size, e.child = nil, 0, ""
}

// line writes a field; the names of running text say nothing.
func (x *tree) line(f field) {
	name := f.name[strings.LastIndexByte(f.name, '.')+1:]
	switch strings.ToLower(name) {
	case "p", "t", "v", "td", "th", "li", "span", "text", "para", "title", "emphasis", "h1", "h2", "h3", "entry", "seg", "source", "target", "data", "line":
		x.w.Line(f.value)
	default:
		x.w.Pair(f.name, f.value)
	}
}

// unfold writes what all open elements have gathered, outermost first, before
// text that cannot wait.
func (x *tree) unfold() {
	for i := range x.open {
		x.spill(x.open[i])
	}
}

// record takes an element with fields of its own. The first of a name is folded
// into its parent, as an address is part of a person; a second one of that name
// shows that they are a list, and both become rows.
func (x *tree) record(up *element, e *element, text string) {
	if text != "" {
		e.fields = append(e.fields, field{e.name, text})
	}
	switch {
	case x.repeats(e):
		x.spillAbove()
		x.row(e.name, e.fields)
	case up.child == e.name && up.from < len(up.fields):
		first := up.fields[up.from:]
		up.fields = up.fields[:up.from]
		for i := range first {
			first[i].name = strings.TrimPrefix(first[i].name, e.name+".")
		}
		x.spillAbove()
		x.row(e.name, first)
		x.row(e.name, e.fields)
	case len(up.fields)+len(e.fields) > maxFields || up.size+e.size > maxRecord:
		x.spillAbove()
		x.row(e.name, e.fields)
	default:
		x.fold(up, e)
	}
}

// fold makes the fields of an element fields of its parent.
func (x *tree) fold(up, e *element) {
	up.child, up.from = e.name, len(up.fields)
	for _, f := range e.fields {
		up.fields = append(up.fields, field{joined(e.name, f.name), f.value})
		up.size += len(f.value)
	}
}

func joined(outer, inner string) string {
	if outer == inner {
		return outer
	}
	return outer + "." + inner
}

// repeats reports whether an element is one of the rows of the table at hand.
func (x *tree) repeats(e *element) bool {
	return x.name == e.name && x.parent == len(x.open)
}

// spillAbove writes what outer elements gathered before their records.
func (x *tree) spillAbove() {
	for i := range x.open {
		if len(x.open[i].fields) > 0 {
			x.spill(x.open[i])
		}
	}
}

// row writes a record as a row when its fields fit the header, and begins a new
// table when they do not. The next header of one list keeps the columns of the
// last, so that records with fields left out settle into one table.
func (x *tree) row(name string, fields []field) {
	cells, ok := fit(x.header, fields)
	same := x.name == name && x.parent == len(x.open)
	if !ok || !same {
		header := names(fields)
		if same && len(x.header) < maxFields {
			header = names(append(asFields(x.header), fields...))
		}
		x.endTable()
		x.header, x.parent, x.name = header, len(x.open), name
		x.w.BeginTable(x.header)
		cells, _ = fit(x.header, fields)
	}
	x.w.Row(cells)
}

func asFields(names []string) (fields []field) {
	for _, n := range names {
		fields = append(fields, field{name: n})
	}
	return fields
}

func (x *tree) endTable() {
	if x.header != nil {
		x.w.EndTable()
		x.header, x.parent, x.name = nil, 0, ""
	}
}

func (x *tree) closeRoot(e *element, text string) {
	x.endTable()
	for _, f := range e.fields {
		x.line(f)
	}
	if text != "" {
		x.w.Line(text)
	}
}

// names are the names of fields, each once.
func names(fields []field) (header []string) {
	seen := map[string]bool{}
	for _, f := range fields {
		if !seen[f.name] {
			seen[f.name] = true
			header = append(header, f.name)
		}
	}
	return header
}

// fit lays fields under a header; repeated ones share a cell. False when a
// field has no column.
func fit(header []string, fields []field) ([]string, bool) {
	cells := make([]string, len(header))
	next := 0
	for _, f := range fields {
		col := -1
		for i := range header {
			if j := (next + i) % len(header); header[j] == f.name {
				col = j
				break
			}
		}
		if col < 0 {
			return nil, false
		}
		if cells[col] != "" {
			cells[col] += "; "
		}
		cells[col] += f.value
		next = col + 1
	}
	return cells, true
}
