package ooxml

import (
	"bytes"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// Limits of a sheet (Excel's own: 16,384 columns, 1,048,576 rows).
const (
	maxSheetColumns = 16384
	maxSheetRows    = 1 << 20
	smallGap        = 8       // so many empty rows are given as rows; a larger gap is skipped
	maxPending      = 1 << 16 // cells waiting in one block, so that wide rows stay few
	maxShades       = 1000    // changes between shown and hidden rows that are followed in one sheet
)

// grid of one sheet while it is read.
type sheetReader struct {
	*workbook
	scan  *xmlscan.Scanner
	layer reeve.Layer

	begun   bool
	next    int // number of the row after the last one given out
	row     int // number of the row at hand
	hidden  bool
	shades  int
	pending int

	col   int // of the next cell that does not say
	value []byte
	buf   []byte // text of the cells of the row at hand that is not shared
	spans []cellSpan
}

// cellSpan is a cell of the row at hand: shared text, or a range of buf.
type cellSpan struct {
	col, from, to int
	text          string
}

// cells reads the cells of a sheet and what stands about them in its part.
func (b *workbook) cells(name, place string, layer reeve.Layer) {
	r := &sheetReader{workbook: b, layer: layer, next: 1}
	b.out.Begin(place, layer)
	b.file.scan(name, func(s *xmlscan.Scanner) {
		r.scan = s
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			switch {
			case kind == xmlscan.Start:
				r.start(string(s.Local()), place)
			case kind == xmlscan.End && string(s.Local()) == "row":
				r.endRow()
			}
		}
	})
	r.endRow()
	b.out.Shade(layer)
	b.out.EndTable()
}

func (r *sheetReader) start(local, place string) {
	switch local {
	case "c":
		r.readCell()
	case "row":
		r.startRow()
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		r.margin.Add(place, reeve.LayerHeader, figure.HeaderText(r.content()))
	case "dataValidation":
		r.prompts(place)
	case "formula1":
		if text := r.content(); bytes.HasPrefix(text, []byte(`"`)) {
			r.margin.Add(place, reeve.LayerHidden, bytes.Trim(text, `"`))
		}
	case "cols", "conditionalFormatting", "sheetViews", "mergeCells":
		r.scan.Skip() // a hidden column stays in its rows: apart from them it would say of nobody what it says
	}
}

// prompts notes what a validation rule says to whoever fills in the cell.
func (r *sheetReader) prompts(place string) {
	for _, name := range [...]string{"prompt", "error"} {
		if v, ok := r.scan.Attr(name); ok && len(v) > 0 && r.margin.Fresh("prompt", string(v)) {
			r.margin.Add(place, reeve.LayerHidden, unescapeX(v))
		}
	}
}

// content is the text below the element at hand, to behind its end.
func (r *sheetReader) content() []byte {
	var text []byte
	s := r.scan
	for top := s.Depth(); s.Depth() >= top; {
		switch s.Next() {
		case xmlscan.None:
			return text
		case xmlscan.Text:
			if len(text) < maxProperty {
				text = append(text, s.Text()...)
			}
		}
	}
	return text
}

func (r *sheetReader) startRow() {
	r.endRow()
	r.row++
	if v, ok := r.scan.Attr("r"); ok {
		if n, err := strconv.Atoi(string(v)); err == nil && n > 0 && n <= maxSheetRows {
			r.row = n
		}
	}
	v, _ := r.scan.Attr("hidden")
	r.hidden = len(v) > 0 && (v[0] == '1' || v[0] == 't')
	r.col = 0
}

// readCell reads a cell to behind its end tag.
func (r *sheetReader) readCell() {
	s := r.scan
	if ref, ok := s.Attr("r"); ok {
		if col, ok := columnOf(ref); ok {
			r.col = col
		}
	}
	var kind byte
	var wide bool
	if t, ok := s.Attr("t"); ok && len(t) > 0 {
		kind, wide = t[0], len(t) > 1
	}
	var format *figure.Format
	if style, ok := s.Attr("s"); ok {
		format = r.styles.format(style)
	}
	r.value = r.value[:0]
	for top := s.Depth(); s.Depth() >= top; {
		switch s.Next() {
		case xmlscan.None:
			return
		case xmlscan.Start:
			switch string(s.Local()) {
			case "rPh", "f":
				s.Skip()
			}
		case xmlscan.Text:
			if len(r.value) < reeve.MaxBlockText {
				r.value = append(r.value, s.Text()...)
			}
		}
	}
	if len(r.value) > 0 && r.col < maxSheetColumns {
		r.keep(kind, wide, format)
	}
	r.col++
}

// columnOf reads the letters of a cell reference: A1 is 0.
func columnOf(ref []byte) (int, bool) {
	n := 0
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		if n = n*26 + int(c-'a') + 1; n > maxSheetColumns {
			return 0, false
		}
	}
	return n - 1, n > 0
}

// keep adds the value at hand to the row. The type of a cell is told by its
// first letter: b, e, d, n, s(hared), str and inlineStr (18.18.11).
func (r *sheetReader) keep(kind byte, wide bool, format *figure.Format) {
	span := cellSpan{col: r.col, from: len(r.buf)}
	switch {
	case kind == 's' && !wide:
		text, ok := r.strings.get(bytes.TrimSpace(r.value))
		if !ok || text == "" {
			return
		}
		span.text = text
	case kind == 'b':
		r.buf = append(r.buf, truth(r.value)...)
	case kind == 'd':
		r.buf = append(r.buf, isoMoment(r.value)...)
	case kind == 0 || kind == 'n':
		r.number(format)
	default:
		r.buf = append(r.buf, unescapeX(r.value)...)
	}
	span.to = len(r.buf)
	r.spans = append(r.spans, span)
}

func truth(v []byte) string {
	if v[0] == '1' || v[0] == 't' {
		return "TRUE"
	}
	return "FALSE"
}

// isoMoment is a date as written, without a midnight that nobody typed.
func isoMoment(v []byte) []byte {
	v = bytes.TrimSuffix(v, []byte("Z"))
	if day, clock, ok := bytes.Cut(v, []byte("T")); ok && len(day) == 10 && bytes.Trim(clock, "0:.") == nil {
		return day
	}
	return bytes.Replace(v, []byte("T"), []byte(" "), 1)
}

// number shows the value at hand by its format. Whole numbers of up to 15
// digits, which most are, pass through as written.
func (r *sheetReader) number(format *figure.Format) {
	if format == nil && plainDigits(r.value) {
		r.buf = append(r.buf, r.value...)
		return
	}
	v, err := strconv.ParseFloat(string(bytes.TrimSpace(r.value)), 64)
	switch {
	case err != nil:
		r.buf = append(r.buf, r.value...)
	case format == nil:
		r.buf = figure.AppendPlain(r.buf, v)
	default:
		r.buf = format.Append(r.buf, v, r.late)
	}
}

func plainDigits(b []byte) bool {
	if len(b) > 15 {
		return false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// endRow gives out the row at hand, if it holds anything.
func (r *sheetReader) endRow() {
	if len(r.spans) == 0 {
		return
	}
	last := 0
	for i := range r.spans {
		last = max(last, r.spans[i].col)
	}
	text := string(r.buf)
	cells := make([]string, last+1)
	for i := range r.spans {
		if s := &r.spans[i]; s.text != "" {
			cells[s.col] = s.text
		} else {
			cells[s.col] = text[s.from:s.to]
		}
	}
	r.spans, r.buf = r.spans[:0], r.buf[:0]
	r.place(cells)
}

// place moves the table to the row's number and layer and gives it out.
func (r *sheetReader) place(cells []string) {
	out := r.out
	layer := r.layer
	if r.hidden {
		layer = reeve.LayerHidden
	}
	switch gap := r.row - r.next; {
	case !r.begun:
		out.BeginTableAt(nil, r.row)
		r.begun = true
	case gap > 0 && gap <= smallGap:
		for range gap {
			out.Row(nil)
		}
	case gap != 0:
		out.SkipTo(r.row)
	}
	if r.shades < maxShades && out.Layer() != layer {
		r.shades++
		out.Shade(layer)
	}
	out.Row(cells)
	r.next = r.row + 1
	if r.pending += len(cells); r.pending > maxPending {
		r.pending = 0
		out.Flush()
	}
}
