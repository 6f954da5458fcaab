package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// walk reads one part of a document (WordprocessingML, ECMA-376 part 1, 17).
func (d *document) walk(name, place string, layer reeve.Layer) {
	w := &walker{document: d, place: place, layer: layer}
	d.out.Begin(place, layer)
	d.scan(name, func(s *xmlscan.Scanner) {
		w.scan = s
		for kind := s.Next(); kind != xmlscan.None && d.out.Err() == nil; kind = s.Next() {
			switch kind {
			case xmlscan.Text:
				w.text(s.Text())
			case xmlscan.Start:
				w.start(string(s.Local()))
			case xmlscan.End:
				w.end(string(s.Local()))
			}
		}
	})
	w.close()
}

// walker is the state within one part.
type walker struct {
	*document
	scan  *xmlscan.Scanner
	place string
	layer reeve.Layer

	paras    []paragraph // open; a text box opens one inside another
	deleted  int         // depth of tracked deletions
	vanished bool        // the run at hand is hidden
	into     target
	fields   []byte // instruction of the field at hand
	controls []control
	tables   []*grid
	choice   fallback
}

// paragraph gathers the text of one paragraph by layer.
type paragraph struct {
	line, deleted, hidden []byte
	concealed             bool // by its style
	list                  listPlace
	labelled              int // bytes of line that are the number of a list item
}

// target is where text goes.
type target uint8

const (
	nowhere target = iota
	toLine
	toDeleted
	toField
)

// text takes character data.
func (w *walker) text(b []byte) {
	if w.into == nowhere {
		return
	}
	if w.into == toField {
		if len(w.fields) < maxProperty {
			w.fields = append(w.fields, b...)
		}
		return
	}
	w.choice.noted++
	w.add(b)
}

// add puts text where the run it stands in belongs.
func (w *walker) add(b []byte) {
	if len(w.paras) == 0 {
		w.paras = append(w.paras, paragraph{})
	}
	p := &w.paras[len(w.paras)-1]
	switch {
	case w.deleted > 0 || w.into == toDeleted:
		p.deleted = append(p.deleted, b...)
	case w.vanished || p.concealed:
		p.hidden = append(p.hidden, b...)
	default:
		p.line = append(p.line, b...)
		w.fillControl(b)
	}
	if len(p.line)+len(p.deleted)+len(p.hidden) > maxLine {
		w.spill(p)
	}
}

// spill gives out the beginning of a paragraph that is too long to hold.
func (w *walker) spill(p *paragraph) {
	w.setAside(p)
	if len(w.tables) > 0 {
		w.toCell(p.line)
	} else {
		w.out.Text(string(p.line))
	}
	p.line, p.labelled = p.line[:0], 0
}

// setAside moves deleted and hidden text out of the paragraph.
func (w *walker) setAside(p *paragraph) {
	if len(bytes.TrimSpace(p.deleted)) > 0 {
		w.margin.Add(w.place, reeve.LayerDeleted, p.deleted)
	}
	if len(bytes.TrimSpace(p.hidden)) > 0 {
		w.margin.Add(w.place, reeve.LayerHidden, p.hidden)
	}
	p.deleted, p.hidden = p.deleted[:0], p.hidden[:0]
}

// start takes a start tag by local name.
func (w *walker) start(local string) {
	switch local {
	case "p":
		w.paras = append(w.paras, paragraph{})
	case "r":
		w.vanished = false
	case "t":
		w.into = toLine
	case "delText":
		w.into = toDeleted
	case "instrText", "delInstrText":
		w.into = toField
	case "pPr":
		w.paragraphProperties()
	case "rPr":
		w.runProperties()
	case "del", "moveFrom":
		w.deleted++
		w.margin.Person("Tracked change by", w.scan.Get("author"))
	case "ins", "moveTo":
		w.margin.Person("Tracked change by", w.scan.Get("author"))
	case "tbl":
		w.tables = append(w.tables, &grid{})
	case "tc":
		w.startCell()
	case "AlternateContent", "Choice", "Fallback":
		w.choice.start(w.scan)
	default:
		w.startRare(local)
	}
}

// startRare takes the start tags that most documents have few of.
func (w *walker) startRare(local string) {
	switch local {
	case "tab", "ptab":
		w.add([]byte{'\t'})
	case "br", "cr":
		w.add([]byte{'\n'})
	case "noBreakHyphen":
		w.add([]byte{'-'})
	case "sym":
		w.symbol()
	case "fldSimple":
		w.field(w.scan.Get("instr"))
	case "fldChar":
		if w.scan.Get("fldCharType") != "begin" {
			w.field(string(w.fields))
		}
		w.fields = w.fields[:0]
	case "ffData":
		w.formField()
	case "sdt":
		w.controls = append(w.controls, control{})
	case "sdtPr":
		w.controlProperties()
	case "comment":
		w.margin.Person("Comment by", w.scan.Get("author"))
		w.out.Pair("Comment by", w.scan.Get("author"))
	case "docPr":
		w.altText(w.scan)
	case "textpath":
		w.add([]byte(w.scan.Get("string")))
	case "gridSpan", "gridBefore":
		w.spanCell(local)
	case "tblGrid", "tblPr", "sectPr":
		w.scan.Skip()
	}
}

// end takes an end tag by local name.
func (w *walker) end(local string) {
	switch local {
	case "t", "delText", "instrText", "delInstrText":
		w.into = nowhere
	case "p":
		w.endParagraph()
	case "r":
		w.vanished = false
	case "del", "moveFrom":
		w.deleted = max(0, w.deleted-1)
	case "AlternateContent":
		w.choice.end()
	case "tc":
		w.endCell()
	case "tr":
		w.endRow()
	case "tbl":
		w.endTable()
	case "sdt":
		w.endControl()
	case "comment", "footnote", "endnote", "txbxContent":
		if len(w.tables) == 0 {
			w.out.Blank()
		}
	}
}

// endParagraph gives out the innermost paragraph: as a line, or into the cell
// it stands in. An empty one is a blank line.
func (w *walker) endParagraph() {
	n := len(w.paras)
	if n == 0 {
		return
	}
	p := &w.paras[n-1]
	w.setAside(p)
	if len(p.line) == p.labelled {
		p.line = p.line[:0] // a number without an item
	}
	switch {
	case len(w.tables) > 0:
		w.toCell(append(p.line, '\n'))
	case len(bytes.TrimSpace(p.line)) == 0:
		w.out.Blank()
	default:
		w.out.Line(string(p.line))
	}
	w.paras = w.paras[:n-1]
	if n == 1 && len(w.tables) == 0 && w.margin.Waiting() > pack.MaxWaiting {
		w.margin.Flush()
		w.out.Begin(w.place, w.layer)
	}
}

// close gives out what a part that was cut short left open.
func (w *walker) close() {
	for len(w.paras) > 0 {
		w.endParagraph()
	}
	for len(w.tables) > 0 {
		w.endCell()
		w.endRow()
		w.endTable()
	}
	for len(w.controls) > 0 {
		w.endControl()
	}
	w.margin.Flush()
}

// inside visits the start tags below the one at hand, to behind its end.
func (w *walker) inside(visit func(local string)) {
	s := w.scan
	for top := s.Depth(); s.Depth() >= top; {
		switch s.Next() {
		case xmlscan.None:
			return
		case xmlscan.Start:
			visit(string(s.Local()))
		}
	}
}

// paragraphProperties reads pPr. A paragraph's own list goes before that of its
// style.
func (w *walker) paragraphProperties() {
	var p paragraph
	place := &p
	if n := len(w.paras); n > 0 {
		place = &w.paras[n-1]
	}
	w.inside(func(local string) {
		switch local {
		case "pStyle":
			style := w.scan.Get("val")
			place.concealed = w.hidden[style]
			place.list = w.lists.byStyle[style]
		case "numId", "ilvl":
			place.list = place.list.with(w.scan)
		case "ins", "del", "rPrChange":
			w.margin.Person("Tracked change by", w.scan.Get("author"))
		case "pPrChange":
			w.margin.Person("Tracked change by", w.scan.Get("author"))
			w.scan.Skip() // how the paragraph looked before
		}
	})
	if label := w.lists.label(place.list); label != "" {
		place.line = append(append(place.line, label...), ' ')
		place.labelled = len(place.line)
	}
}

func (w *walker) runProperties() {
	w.inside(func(local string) {
		switch local {
		case "vanish", "specVanish":
			w.vanished = on(w.scan)
		case "rStyle":
			w.vanished = w.vanished || w.hidden[w.scan.Get("val")]
		case "rPrChange":
			w.margin.Person("Tracked change by", w.scan.Get("author"))
		}
	})
}

// symbol adds a character of a symbol font. The boxes and ticks of Wingdings
// are what forms are ticked with.
func (w *walker) symbol() {
	code, err := strconv.ParseUint(w.scan.Get("char"), 16, 32)
	switch {
	case err != nil:
	case code < 0xF000 || code > 0xF0FF:
		w.add([]byte(string(rune(code))))
	case strings.HasPrefix(w.scan.Get("font"), "Wingdings"):
		w.add([]byte(tick(byte(code))))
	}
}

func tick(code byte) string {
	switch code {
	case 0xFD, 0xFB, 0x54, 0x51, 0x53:
		return "☒"
	case 0xFC, 0xFE, 0x50, 0x52:
		return "☑"
	case 0xA8, 0x6F, 0x70, 0x71, 0x72:
		return "☐"
	}
	return ""
}
