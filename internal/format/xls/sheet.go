package xls

import (
	"encoding/binary"
	"math"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
)

const (
	maxRows    = 1 << 16
	maxColumns = 1 << 10   // programs stop at 256
	maxCells   = 1 << 14   // of one row that wait; an honest row has one for each column
	smallGap   = 8         // so many empty rows are given as rows; a larger gap is skipped
	maxPending = 1 << 16   // cells waiting in one block, so that wide rows stay few
	maxShades  = 1000      // changes between shown and hidden rows that are followed in one sheet
	chartPart  = " charts" // of a sheet
	notePart   = " comments"
)

// sheet is one while it is read.
type sheet struct {
	*book
	place   string
	layer   reeve.Layer
	nested  int // charts within the sheet
	table   grid
	row     int // number of the row being gathered, from 0
	cells   []cell
	text    []byte // of the cells that are not shared
	formula cell   // whose text follows in a record of its own
	waits   bool
	notes   notes
	hidden  [maxRows / 64]uint64
}

// cell of the row being gathered: shared text, or a range of sheet.text.
type cell struct {
	row, col, from, to int
	shared             string
}

// sheet reads a substream that holds cells, up to its end.
func (b *book) sheet(kind int) {
	s := &sheet{book: b}
	s.place, s.layer = b.enter()
	b.out.Page()
	b.out.Begin(s.place, s.layer)
	s.table = grid{out: b.out, layer: s.layer}
	if kind == subChart {
		s.nested = 1 // nothing but a chart
	}
	for depth := 1; depth > 0 && b.fault == nil && b.rec.next(); {
		switch b.rec.kind {
		case recBegin:
			if _, listed := b.byPlace[b.rec.from]; listed || depth > maxNested {
				b.out.Lost(errNoEnd)
				b.rec.seek(b.rec.from)
				depth = 0
				break
			}
			depth++
			s.nested++
		case recEnd:
			depth--
			s.nested--
		default:
			s.record()
		}
	}
	b.links.end(b)
	s.endRow()
	b.out.Shade(s.layer)
	b.out.EndTable()
	s.finishNotes()
	b.margin.Flush()
}

// record takes a record of a sheet.
func (s *sheet) record() {
	r := s.rec
	switch {
	case s.nested > 0 && (r.kind == recChartText || r.kind == recText || r.kind == recLabel):
		s.chart()
	case s.nested > 0:
	case isCell(r.kind):
		s.cell()
	case r.kind == recString:
		s.formulaText()
	case r.kind == recRow:
		if row := r.u16(0); r.u16(12)&0x20 != 0 {
			s.hidden[row>>6] |= 1 << (row & 63)
		}
	default:
		s.beside()
	}
}

func isCell(kind uint16) bool {
	switch kind {
	case recSharedLabel, recLabel, recRichLabel, recNumber, recRK, recManyRK, recTruth, recFormula:
		return true
	}
	return false
}

// cell takes a cell: row, column and style, then the value.
func (s *sheet) cell() {
	r := s.rec
	row, col, style := r.u16(0), r.u16(2), r.u16(4)
	if len(r.body) < 7 || col >= maxColumns {
		return
	}
	s.waits = false
	if row != s.row || len(s.cells) >= maxCells {
		s.endRow()
		s.row = row
	}
	switch r.kind {
	case recSharedLabel:
		s.keep(col, s.strings.get(r.u32(6)))
	case recLabel, recRichLabel:
		s.keep(col, s.long(6))
	case recRK:
		s.number(col, style, figure.RK(r.u32(6)))
	case recManyRK:
		for at := 4; at+8 <= len(r.body) && col < maxColumns; at += 6 {
			s.number(col, r.u16(at), figure.RK(r.u32(at+2)))
			col++
		}
	case recNumber:
		s.number(col, style, s.float(6))
	case recTruth:
		s.keep(col, truth(r.byteAt(6), r.byteAt(7) != 0))
	case recFormula:
		s.result(row, col, style)
	}
}

// result takes the value of a formula (2.5.133): a number, or what its first
// byte says where the last two are ones.
func (s *sheet) result(row, col, style int) {
	r := s.rec
	switch {
	case r.u16(12) != 0xFFFF:
		s.number(col, style, s.float(6))
	case r.byteAt(6) == 0:
		s.formula, s.waits = cell{row: row, col: col}, true
	case r.byteAt(6) == 1:
		s.keep(col, truth(r.byteAt(8), false))
	case r.byteAt(6) == 2:
		s.keep(col, truth(r.byteAt(8), true))
	}
}

// formulaText takes the text of the formula before it.
func (s *sheet) formulaText() {
	if s.waits {
		s.waits = false
		s.keep(s.formula.col, s.long(0))
	}
}

func (s *sheet) float(at int) float64 {
	if at+8 > len(s.rec.body) {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(s.rec.body[at:]))
}

// keep adds text to the row.
func (s *sheet) keep(col int, text string) {
	if text != "" {
		s.cells = append(s.cells, cell{col: col, shared: text})
	}
}

// number adds a number to the row as its style shows it.
func (s *sheet) number(col, style int, v float64) {
	from := len(s.text)
	if style < len(s.styles) && s.styles[style] != nil {
		s.text = s.styles[style].Append(s.text, v, s.late)
	} else {
		s.text = figure.AppendPlain(s.text, v)
	}
	if len(s.text) > from {
		s.cells = append(s.cells, cell{col: col, from: from, to: len(s.text)})
	}
}

// truth shows a truth value or an error (2.5.10).
func truth(code byte, isError bool) string {
	switch {
	case isError:
		return figure.ErrorText(code)
	case code != 0:
		return "TRUE"
	}
	return "FALSE"
}

// endRow gives out the row at hand, if it holds anything.
func (s *sheet) endRow() {
	if len(s.cells) == 0 {
		return
	}
	last := 0
	for i := range s.cells {
		last = max(last, s.cells[i].col)
	}
	text := string(s.text)
	row := make([]string, last+1)
	for i := range s.cells {
		if c := &s.cells[i]; c.shared != "" {
			row[c.col] = c.shared
		} else {
			row[c.col] = text[c.from:c.to]
		}
	}
	s.cells, s.text = s.cells[:0], s.text[:0]
	layer := s.layer
	if s.hidden[s.row>>6]&(1<<(s.row&63)) != 0 {
		layer = reeve.LayerHidden
	}
	s.table.put(s.row+1, layer, row)
}

func trim(s string) string { return strings.TrimRight(s, " \x00") }
