package odf

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxLine is the most of one paragraph that is held; what is longer is given
// out in pieces.
const maxLine = 256 << 10

// content reads a part: content, styles, metadata, or a whole flat file.
func (f *file) content(s *xmlscan.Scanner, place string, layer reeve.Layer) {
	r := &reader{file: f, scan: s, place: place, layer: layer, styles: map[string]bool{}}
	f.out.Begin(place, layer)
	for kind := s.Next(); kind != xmlscan.None && f.out.Err() == nil; kind = s.Next() {
		switch kind {
		case xmlscan.Text:
			r.text(s.Text())
		case xmlscan.Start:
			r.start(string(s.Local()))
		case xmlscan.End:
			r.end(string(s.Local()))
		}
	}
	r.close()
}

// reader is the state within one part.
type reader struct {
	*file
	scan  *xmlscan.Scanner
	place string
	layer reeve.Layer

	paras  []paragraph // open; a note or frame opens one inside another
	rooms  []room      // what paragraphs stand in, innermost last
	tables []*grid
	leaf   []byte // text of the element at hand outside paragraphs
	apart  []int  // depths of elements inside paragraphs whose text is not the paragraph's
	inMeta int    // depth of office:meta, 0 outside
	pages  int
	style  string          // name of the style or the property being defined
	styles map[string]bool // automatic styles that hide a sheet
	sheets bool            // the tables of this part are sheets
	base   reeve.Layer     // of the outermost table at hand
}

// paragraph gathers the text of one paragraph.
type paragraph struct {
	line   []byte
	hidden []byte
	hiding int // depth of hidden text
	depth  int // of its element
}

// room is an element whose paragraphs belong to a layer of their own.
type room struct {
	name  string
	place string
	layer reeve.Layer
	text  []byte
}

// rooms by element name: where the paragraphs inside go. An empty place means
// the place of the text around.
var rooms = map[string]room{
	"annotation":            {place: "comments", layer: reeve.LayerComment},
	"deletion":              {layer: reeve.LayerDeleted},
	"notes":                 {place: "notes", layer: reeve.LayerComment},
	"header":                {place: "header", layer: reeve.LayerHeader},
	"header-left":           {place: "header", layer: reeve.LayerHeader},
	"header-first":          {place: "header", layer: reeve.LayerHeader},
	"footer":                {place: "footer", layer: reeve.LayerHeader},
	"footer-left":           {place: "footer", layer: reeve.LayerHeader},
	"footer-first":          {place: "footer", layer: reeve.LayerHeader},
	"previous":              {layer: reeve.LayerDeleted},
	"cell-content-deletion": {layer: reeve.LayerDeleted},
}

// apart are the elements that may stand in a paragraph and hold text which is
// not the paragraph's own.
var apart = map[string]bool{"annotation": true, "frame": true, "note-citation": true, "desc": true, "title": true,
	"creator": true, "initials": true, "creator-initials": true, "date-string": true, "ruby-text": true, "list-style": true}

// text takes character data.
func (r *reader) text(b []byte) {
	n := len(r.paras)
	if n == 0 || len(r.apart) > 0 && r.apart[len(r.apart)-1] > r.paras[n-1].depth {
		if len(r.leaf) < maxField {
			r.leaf = append(r.leaf, b...)
		}
		return
	}
	r.add(collapse(b, len(r.paras[n-1].line) == 0))
}

// collapse makes every run of white space one space, and none at the start of
// a paragraph (ODF 1.3 part 3, 6.1.2), in place.
func collapse(b []byte, first bool) []byte {
	out := b[:0]
	for _, c := range b {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			if n := len(out); n == 0 && first || n > 0 && out[n-1] == ' ' {
				continue
			}
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// add puts text into the innermost paragraph.
func (r *reader) add(b []byte) {
	n := len(r.paras)
	if n == 0 {
		return
	}
	p := &r.paras[n-1]
	if p.hiding > 0 {
		p.hidden = append(p.hidden, b...)
	} else {
		p.line = append(p.line, b...)
	}
	if len(p.line)+len(p.hidden) > maxLine {
		r.spill(p)
	}
}

// spill gives out the beginning of a paragraph that is too long to hold.
func (r *reader) spill(p *paragraph) {
	if len(p.hidden) > 0 {
		r.margin.Add(r.place, reeve.LayerHidden, p.hidden)
		p.hidden = p.hidden[:0]
	}
	r.put(p.line)
	p.line = p.line[:0]
}

// put gives out text to the innermost of room, cell and part.
func (r *reader) put(b []byte) {
	rn, tn := len(r.rooms), len(r.tables)
	switch {
	case rn > 0:
		room := &r.rooms[rn-1]
		if room.text = append(room.text, b...); len(room.text) > maxLine {
			r.margin.Add(room.place, room.layer, room.text)
			room.text = room.text[:0]
		}
	case tn > 0:
		r.toCell(b)
	case len(bytes.TrimSpace(b)) == 0:
		r.out.Blank()
	default:
		r.out.Text(string(b))
	}
}

// start takes a start tag by local name.
func (r *reader) start(local string) {
	r.leaf = r.leaf[:0]
	if apart[local] || local == "date" && strings.Contains(r.scan.Space(), "purl.org") {
		r.apart = append(r.apart, r.scan.Depth())
	}
	switch local {
	case "p", "h":
		r.paras = append(r.paras, paragraph{depth: r.scan.Depth()})
	case "s":
		n, err := strconv.Atoi(r.scan.Get("c"))
		r.add(bytes.Repeat([]byte{' '}, spaces(n, err)))
	case "tab", "tab-stop":
		r.add([]byte{'\t'})
	case "line-break":
		r.add([]byte{'\n'})
	case "spreadsheet":
		r.sheets = true
	case "table", "sub-table":
		r.startTable()
	case "table-row":
		r.startRow()
	case "table-cell", "covered-table-cell":
		r.startCell()
	case "page":
		r.startPage()
	default:
		if _, ok := rooms[local]; ok {
			r.startRoom(local)
			return
		}
		r.startRare(local)
	}
}

func spaces(n int, err error) int {
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 100)
}

// startRare takes the start tags that most documents have few of.
func (r *reader) startRare(local string) {
	s := r.scan
	switch local {
	case "hidden-text", "hidden-paragraph":
		r.margin.Add(r.place, reeve.LayerHidden, []byte(s.Get("string-value")))
		if len(r.paras) > 0 {
			r.paras[len(r.paras)-1].hiding++
		}
	case "meta":
		r.inMeta = s.Depth()
	case "user-field-decl", "variable-set":
		if v := s.Get("string-value"); r.margin.Fresh("field", s.Get("name")+v) {
			r.form(s.Get("name"), v)
		}
	case "user-defined", "template":
		r.property(local)
	case "style":
		r.style = s.Get("name")
	case "document-content", "document":
		r.sheets = r.sheets || s.Get("class") == "spreadsheet" // OpenOffice.org 1
	case "table-properties":
		if s.Get("display") == "false" && len(r.styles) < maxStyles {
			r.styles[r.style] = true
		}
	case "a":
		if link := s.Get("href"); !strings.HasPrefix(link, "#") {
			r.margin.Link("link", link)
		}
	case "text", "textarea", "password", "file", "formatted-text", "combobox", "listbox", "checkbox", "radio", "option", "item", "value-range", "date", "number":
		r.field()
	case "binary-data", "script", "event-listeners", "settings", "font-face-decls":
		s.Skip()
	}
}

// field reads a form control: its label or name, and what was filled in.
func (r *reader) field() {
	s := r.scan
	if !strings.Contains(s.Space(), "form") {
		return
	}
	value := s.Get("current-value")
	if value == "" {
		value = s.Get("value")
	}
	label := s.Get("label")
	if label == "" {
		label = s.Get("name")
	}
	r.form(label, value)
}

// form sets label and value aside.
func (r *reader) form(label, value string) {
	value = strings.Join(strings.Fields(value), " ")
	if label != "" && value != "" && len(label)+len(value) < maxField {
		r.margin.Add(r.place, reeve.LayerForm, []byte(strings.TrimRight(label, ": ")+": "+value))
	}
}

// property lists a property that has its name or value in attributes.
func (r *reader) property(local string) {
	switch local {
	case "template":
		if v := r.scan.Get("href"); r.margin.Fresh("template", v) {
			r.margin.Add("properties", reeve.LayerMetadata, []byte("Template: "+v))
		}
	case "user-defined":
		r.style = r.scan.Get("name")
	}
}

// startRoom begins an element whose paragraphs go elsewhere.
func (r *reader) startRoom(local string) {
	room := rooms[local]
	room.name = local
	if room.place == "" {
		room.place = r.place
	}
	if local == "notes" && r.pages > 0 {
		room.place = "notes " + strconv.Itoa(r.pages)
	}
	r.rooms = append(r.rooms, room)
}

// startPage begins a slide or a page of a drawing.
func (r *reader) startPage() {
	if !strings.Contains(r.scan.Space(), "drawing") || len(r.rooms) > 0 {
		return
	}
	r.pages++
	r.out.Page()
	r.place = "slide " + strconv.Itoa(r.pages)
	r.out.Begin(r.place, r.layer)
}

// end takes an end tag by local name.
func (r *reader) end(local string) {
	if n := len(r.apart); n > 0 && r.apart[n-1] > r.scan.Depth() {
		r.apart = r.apart[:n-1]
	}
	switch local {
	case "p", "h":
		r.endParagraph()
	case "table-cell", "covered-table-cell":
		r.endCell()
	case "table-row":
		r.endRow()
	case "table", "sub-table":
		r.endTable()
	case "hidden-text", "hidden-paragraph":
		if n := len(r.paras); n > 0 && r.paras[n-1].hiding > 0 {
			r.paras[n-1].hiding--
		}
	case "creator", "initial-creator", "printed-by":
		r.endPerson(local)
	case "text-box", "frame", "custom-shape":
		if len(r.tables)+len(r.rooms)+len(r.paras) == 0 {
			r.out.Blank()
		}
	case "style":
		r.style = ""
	default:
		r.endRare(local)
	}
	r.leaf = r.leaf[:0]
}

func (r *reader) endRare(local string) {
	if n := len(r.rooms); n > 0 && r.rooms[n-1].name == local {
		r.margin.Add(r.rooms[n-1].place, r.rooms[n-1].layer, r.rooms[n-1].text)
		r.rooms = r.rooms[:n-1]
		return
	}
	if r.inMeta > 0 && r.scan.Depth() < r.inMeta {
		r.inMeta = 0
	}
	if r.inMeta > 0 {
		r.endProperty(local)
	}
}

// properties shown by their own names; the rest of the metadata counts pages
// and names programs.
var propertyLabels = map[string]string{"title": "Title", "subject": "Subject", "description": "Comments",
	"keyword": "Keywords", "creation-date": "Created", "date": "Modified", "print-date": "Printed"}

func (r *reader) endProperty(local string) {
	label := propertyLabels[local]
	if local == "user-defined" {
		label, r.style = r.style, ""
	}
	if value := strings.Join(strings.Fields(string(r.leaf)), " "); label != "" && value != "" {
		r.margin.Add("properties", reeve.LayerMetadata, []byte(label+": "+value))
	}
}

// endPerson notes who wrote: the document, a comment, or a tracked change.
func (r *reader) endPerson(local string) {
	what := "Tracked change by"
	n := len(r.rooms)
	switch {
	case n > 0 && r.rooms[n-1].name == "annotation":
		what = "Comment by"
		r.rooms[n-1].text = append(r.rooms[n-1].text, "Comment by: "+string(r.leaf)+"\n"...)
	case local == "initial-creator":
		what = "Author"
	case local == "printed-by":
		what = "Printed by"
	case r.inMeta > 0:
		what = "Last saved by"
	}
	r.margin.Person(what, strings.TrimSpace(string(r.leaf)))
}

// endParagraph gives out the innermost paragraph.
func (r *reader) endParagraph() {
	n := len(r.paras)
	if n == 0 {
		return
	}
	p := &r.paras[n-1]
	if len(p.hidden) > 0 {
		r.margin.Add(r.place, reeve.LayerHidden, p.hidden)
	}
	line := append(p.line, '\n')
	r.paras = r.paras[:n-1]
	r.put(line)
	if n == 1 && len(r.tables)+len(r.rooms) == 0 && r.margin.Waiting() > pack.MaxWaiting {
		r.margin.Flush()
		r.out.Begin(r.place, r.layer)
	}
}

// close gives out what a part that was cut short left open.
func (r *reader) close() {
	for len(r.paras) > 0 {
		r.endParagraph()
	}
	for len(r.rooms) > 0 {
		r.endRare(r.rooms[len(r.rooms)-1].name)
	}
	for len(r.tables) > 0 {
		r.endCell()
		r.endRow()
		r.endTable()
	}
}
