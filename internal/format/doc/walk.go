package doc

import (
	"bytes"
	"sort"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/pack"
)

const (
	chunkSize      = 32 << 10 // bytes read at a time; even
	maxLine        = 256 << 10
	maxInstruction = 8 << 10
	maxFieldDepth  = 64
)

// walker turns the characters of one story into lines and rows.
type walker struct {
	*document
	place  string
	layer  reeve.Layer
	line   []byte // of the paragraph at hand
	gone   []byte // what of it is deleted
	hidden []byte
	fields []field // open, outermost first
	table  table
}

// field is an open field: its instruction comes first, then its result.
type field struct {
	instruction []byte
	result      bool
}

// walk reads the characters from one place of the text to another.
func (d *document) walk(place string, layer reeve.Layer, from, to int64) {
	w := &walker{document: d, place: place, layer: layer}
	d.out.Begin(place, layer)
	first := sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].to > from })
	for i := first; i < len(d.pieces) && d.pieces[i].from < to; i++ {
		if p := &d.pieces[i]; p.from < p.to {
			w.piece(p, max(from, p.from), min(to, p.to))
		}
	}
	if len(w.line)+len(w.gone)+len(w.hidden) > 0 {
		w.endParagraph(traits{})
	}
	w.endTable()
}

// piece reads a range of the characters of a piece.
func (w *walker) piece(p *piece, from, to int64) {
	at := p.at + (from-p.from)*p.width()
	end := p.at + (to-p.from)*p.width()
	buf := make([]byte, min(chunkSize, end-at))
	for at < end && w.out.Err() == nil {
		n, err := w.main.ReadAt(buf[:min(int64(len(buf)), end-at)], at)
		n -= n % int(p.width())
		if n == 0 {
			if err != nil {
				w.out.Lost(err)
			}
			return
		}
		w.out.Step(n)
		w.chunk(p, buf[:n], at)
		at += int64(n)
	}
}

// chunk takes bytes of a piece that stand at a place of the stream, range by
// range of the same traits.
func (w *walker) chunk(p *piece, b []byte, at int64) {
	for len(b) > 0 {
		t, until := w.runs.at(at)
		n := int(min(max(until-at, p.width()), int64(len(b))))
		if p.wide && n%2 == 1 {
			n = min(n+1, len(b))
		}
		t.set |= p.traits.set
		w.run(b[:n], p.wide, at, t)
		b, at = b[n:], at+int64(n)
	}
}

// run takes characters of the same traits: text, with marks between.
func (w *walker) run(b []byte, wide bool, at int64, t traits) {
	size := 1
	if wide {
		size = 2
	}
	from := 0
	for i := 0; i+size <= len(b); i += size {
		if b[i] >= ' ' || wide && b[i+1] != 0 {
			continue
		}
		w.text(b[from:i], wide, t)
		w.mark(b[i], at+int64(i), t)
		from = i + size
	}
	w.text(b[from:], wide, t)
}

// text adds characters to the paragraph, by what they are.
func (w *walker) text(b []byte, wide bool, t traits) {
	if len(b) == 0 {
		return
	}
	to := w.target(t)
	if to == nil {
		return
	}
	if wide {
		*to = compound.AppendWide(*to, b)
	} else {
		*to = append(*to, w.narrow.String(b)...)
	}
	if len(w.line)+len(w.gone)+len(w.hidden) > maxLine {
		w.spill()
	}
}

// target is where text goes; nil where it goes nowhere.
func (w *walker) target(t traits) *[]byte {
	if n := len(w.fields); n > 0 && !w.fields[n-1].result {
		if f := &w.fields[n-1]; len(f.instruction) < maxInstruction {
			return &f.instruction
		}
		return nil
	}
	for _, f := range w.fields {
		if !f.result {
			return nil // within the instruction of an outer field
		}
	}
	switch {
	case t.set&isDeleted != 0:
		return &w.gone
	case t.set&isHidden != 0:
		return &w.hidden
	}
	return &w.line
}

// mark takes a character below the space.
func (w *walker) mark(c byte, at int64, t traits) {
	switch c {
	case '\t', 0x0B, 0x1E:
		if to := w.target(t); to != nil {
			*to = append(*to, map[byte]byte{'\t': '\t', 0x0B: '\n', 0x1E: '-'}[c])
		}
	case '\r', 0x0C, 0x0E:
		paragraph, _ := w.paras.at(at)
		w.endParagraph(paragraph)
	case 0x07:
		paragraph, _ := w.paras.at(at)
		w.cellMark(paragraph)
	case 0x13:
		if len(w.fields) < maxFieldDepth {
			w.fields = append(w.fields, field{})
		}
	case 0x14:
		if n := len(w.fields); n > 0 {
			w.fields[n-1].result = true
		}
	case 0x15:
		if n := len(w.fields); n > 0 {
			w.field(string(w.fields[n-1].instruction))
			w.fields = w.fields[:n-1]
		}
	}
}

// plainFields are the fields whose instructions say nothing of people.
var plainFields = map[string]bool{
	"PAGE": true, "NUMPAGES": true, "SECTIONPAGES": true, "TOC": true, "PAGEREF": true, "REF": true, "SEQ": true,
	"STYLEREF": true, "FORMTEXT": true, "FORMCHECKBOX": true, "FORMDROPDOWN": true, "DATE": true, "TIME": true,
	"SYMBOL": true, "EMBED": true, "NOTEREF": true, "LISTNUM": true, "=": true, "EQ": true, "SAVEDATE": true,
	"CREATEDATE": true, "PRINTDATE": true, "FILESIZE": true, "NEXT": true, "SHAPE": true, "XE": true, "TC": true,
}

// field lists the instruction of a field where it may hold more than its
// result shows: the address behind a link, the source of a merge.
func (w *walker) field(instruction string) {
	words := strings.Fields(instruction)
	if len(words) < 2 || plainFields[strings.ToUpper(words[0])] {
		return
	}
	if line := strings.Join(words, " "); w.margin.Fresh("field", line) {
		w.margin.Add("fields", reeve.LayerMetadata, []byte(line))
	}
}

// endParagraph gives the paragraph out: as a line, or into the cell that it
// stands in.
func (w *walker) endParagraph(t traits) {
	w.setAside()
	switch {
	case t.set&(endsInner|endsInRow) != 0:
		w.innerMark(t)
		return
	case t.set&inTable != 0:
		w.toCell(append(w.line, '\n'))
	default:
		w.endTable()
		if len(bytes.TrimSpace(w.line)) == 0 {
			w.out.Blank()
		} else {
			w.out.Line(string(w.line))
		}
		if w.margin.Waiting() > pack.MaxWaiting {
			w.margin.Flush()
			w.out.Begin(w.place, w.layer)
		}
	}
	w.line = w.line[:0]
}

// setAside moves deleted and hidden text out of the paragraph. The characters
// of a field that is never closed would swallow the rest of the text, so that
// only the paragraph's end is kept from them.
func (w *walker) setAside() {
	w.margin.Add(w.place, reeve.LayerDeleted, w.gone)
	w.margin.Add(w.place, reeve.LayerHidden, w.hidden)
	w.gone, w.hidden = w.gone[:0], w.hidden[:0]
}

// spill gives out the beginning of a paragraph that is too long to hold.
func (w *walker) spill() {
	w.setAside()
	if w.table.open() {
		w.toCell(w.line)
	} else {
		w.endTable()
		w.out.Text(string(w.line))
	}
	w.line = w.line[:0]
}

// trimLine takes the white space off the end of a cell.
func trimLine(b []byte) string {
	return string(bytes.TrimRight(b, " \t\n"))
}
