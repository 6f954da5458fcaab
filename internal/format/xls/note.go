package xls

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/part"
)

// maxNotes is how much text of notes waits for the cells that they belong to.
const maxNotes = 32 << 20

var errNoEnd = part.Broken("a sheet has no end")

// notes of one sheet: their texts stand in drawing objects, which come first,
// and their cells in records of their own.
type notes struct {
	object int  // number of the drawing object at hand
	isNote bool // it is the box of a note
	texts  map[int]string
	size   int
	list   []note
}

// note ties a cell to the text of an object.
type note struct {
	row, col, object int
	author, text     string
}

// beside takes the records of a sheet that are no cells.
func (s *sheet) beside() {
	r := s.rec
	switch r.kind {
	case recHeader, recFooter:
		s.header()
	case recLink:
		s.link()
	case recObject:
		// ftCmo (2.5.143) comes first: its kind, its length, the kind of the
		// object, its number.
		s.notes.isNote, s.notes.object = r.u16(4) == 0x19, r.u16(6)
	case recText:
		s.box()
	case recNote:
		s.note()
	case recPrompt:
		s.prompt()
	case recDrawings:
		s.pictures()
	default:
		if r.age > 0 {
			s.oldRecord()
		} else {
			s.cached()
		}
	}
}

// cached takes what the sheet remembers of other workbooks, and comes back to
// the sheet where that was given out.
func (s *sheet) cached() {
	gave := s.links.gave
	s.links.record(s.book)
	if s.links.gave > gave {
		s.out.Begin(s.place, s.layer)
		s.table.begun = false
	}
}

// header notes a page header or footer, whose codes (fonts, sizes, fields) are
// taken out.
func (s *sheet) header() {
	if len(s.rec.body) == 0 {
		return
	}
	text := ""
	if s.wide {
		text = s.long(0)
	} else {
		text = s.short(0)
	}
	s.margin.Add(s.place, reeve.LayerHeader, figure.HeaderText([]byte(text)))
}

// boxText reads the text of a TXO record, which stands in the records behind it
// (2.4.329).
func (s *sheet) boxText() string {
	n := s.rec.u16(10)
	if n == 0 || !s.wide || !s.rec.more() || len(s.rec.body) == 0 {
		return ""
	}
	c := cursor{s.rec, s.rec.body[1:]}
	text, _ := c.chars(nil, n, s.rec.body[0]&1 != 0)
	return string(text)
}

// box takes the text of a drawing object: of a note, or of a text box, button
// or shape.
func (s *sheet) box() {
	text := s.boxText()
	n := &s.notes
	if !n.isNote || n.size > maxNotes {
		s.margin.Add(s.place, s.layer, []byte(text))
		return
	}
	if n.texts == nil {
		n.texts = map[int]string{}
	}
	n.size += len(text) + 64
	n.texts[n.object] = text
}

// note takes the record that ties a note to its cell. Before BIFF8 it holds the
// text itself, and row 0xFFFF goes on with the one before.
func (s *sheet) note() {
	r, n := s.rec, &s.notes
	if len(r.body) < 6 || n.size > maxNotes {
		return
	}
	if s.wide {
		n.size += len(r.body) + 64
		n.list = append(n.list, note{row: r.u16(0), col: r.u16(2), object: r.u16(6), author: s.long(8)})
		return
	}
	text := s.narrow.String(r.body[6:])
	n.size += len(text) + 64
	if r.u16(0) == 0xFFFF && len(n.list) > 0 {
		n.list[len(n.list)-1].text += text
		return
	}
	n.list = append(n.list, note{row: r.u16(0), col: r.u16(2), text: text})
}

// finishNotes gives out the notes in the order of their cells' records.
func (s *sheet) finishNotes() {
	n := &s.notes
	if len(n.list) == 0 && len(n.texts) == 0 {
		return
	}
	s.out.Begin(s.place+notePart, reeve.LayerComment)
	for _, note := range n.list {
		text := note.text
		if s.wide {
			text = n.texts[note.object]
			delete(n.texts, note.object)
		}
		s.margin.Person("Comment by", note.author)
		s.out.Pair("Comment by", note.author)
		s.out.Line("On cell " + reeve.ColumnName(note.col) + strconv.Itoa(note.row+1))
		s.out.Line(strings.TrimSpace(text))
		s.out.Blank()
	}
	for _, object := range sortedKeys(n.texts) { // notes whose cells are lost
		s.out.Line(n.texts[object])
		s.out.Blank()
	}
}

// prompt notes what a validation rule says to whoever fills in the cell
// (2.4.89): titles and texts of prompt and error, a NUL where one is not there.
func (s *sheet) prompt() {
	if !s.wide || len(s.rec.body) < 4 {
		return
	}
	c := cursor{s.rec, s.rec.body[4:]}
	for range 4 {
		text, ok := c.rich(nil)
		if !ok {
			return
		}
		if line := strings.Trim(string(text), "\x00 "); s.margin.Fresh("prompt", line) {
			s.margin.Add(s.place, reeve.LayerHidden, []byte(line))
		}
	}
}

// chart takes text of a chart: titles, and the labels that it remembers.
func (s *sheet) chart() {
	var text string
	switch s.rec.kind {
	case recText:
		text = s.boxText()
	case recLabel:
		text = s.long(6)
	default:
		text = s.short(2)
	}
	if s.margin.Fresh(s.place+chartPart, text) {
		s.margin.Add(s.place+chartPart, s.layer, []byte(text))
	}
}

// link notes the target of a hyperlink: behind the cells and a class of 16
// bytes stands the object of [MS-OSHARED] 2.3.7.1.
func (s *sheet) link() {
	if len(s.rec.body) > 24 {
		s.margin.Link("hyperlink", linkTarget(s.rec.body[24:]))
	}
}

// linkTarget reads a hyperlink object: what it shows, its frame, its target as
// text, as a web address or as a file, and the place in the target.
func linkTarget(b []byte) string {
	if len(b) < 8 {
		return ""
	}
	flags := binary.LittleEndian.Uint32(b[4:])
	b = b[8:]
	if flags&0x10 != 0 {
		_, b = countedWide(b)
	}
	if flags&0x80 != 0 {
		_, b = countedWide(b)
	}
	target := ""
	switch {
	case flags&0x101 == 0x101:
		target, b = countedWide(b)
	case flags&1 != 0:
		target, b = moniker(b)
	}
	if flags&8 != 0 {
		if place, _ := countedWide(b); place != "" && target != "" {
			target += "#" + place
		}
	}
	return target
}

// countedWide reads text behind a count of characters.
func countedWide(b []byte) (string, []byte) {
	if len(b) < 4 {
		return "", nil
	}
	n := 2 * int64(binary.LittleEndian.Uint32(b))
	b = b[4:]
	if n > int64(len(b)) {
		return "", nil
	}
	text, _, _ := strings.Cut(compound.Wide(b[:n]), "\x00")
	return text, b[n:]
}

// moniker reads a web address (2.3.7.6) or a file (2.3.7.8) by the first byte
// of its class.
func moniker(b []byte) (string, []byte) {
	if len(b) < 22 {
		return "", nil
	}
	class, b := b[0], b[16:]
	n := int64(binary.LittleEndian.Uint32(b))
	switch class {
	case 0xE0:
		if b = b[4:]; n > int64(len(b)) {
			return "", nil
		}
		text, _, _ := strings.Cut(compound.Wide(b[:n]), "\x00")
		return text, b[n:]
	case 0x03:
		n = int64(binary.LittleEndian.Uint32(b[2:]))
		if b = b[6:]; n+28 > int64(len(b)) {
			return "", nil
		}
		text := compound.Narrow{}.String(bytes.TrimRight(b[:n], "\x00"))
		b = b[n+24:]
		size := int64(binary.LittleEndian.Uint32(b))
		if b = b[4:]; size < 6 || size > int64(len(b)) {
			return text, b
		}
		return compound.Wide(b[6:size]), b[size:]
	}
	return "", nil
}
