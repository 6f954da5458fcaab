package reeve

import (
	"strconv"
	"strings"
)

// Layer says which layer of a document a block comes from; text that its
// author thought gone is evidence too.
type Layer uint8

const (
	LayerBody     Layer = iota
	LayerHeader         // mail header fields, page headers and footers
	LayerComment        // comments, notes, annotations
	LayerHidden         // hidden sheets, rows, columns, invisible text
	LayerDeleted        // tracked deletions, freed records
	LayerCache          // pivot caches, external link caches
	LayerMetadata       // author, title, last saved by
	LayerForm           // form fields
	LayerOCR            // recognised from a picture
)

// Block is one piece of a document's content on its way from a reader to the
// detectors: at most 1 MiB of text or 1,000 rows. Either Text or Rows is set.
//
// Text is UTF-8 with \n line ends; a paragraph of a word processor is one line;
// a blank line separates paragraphs, records and form groups. Label/value pairs
// (mail headers, form fields, JSON objects, vCards) are lines "Label: value".
//
// Rows is a table: cells as displayed, dates as 2001-03-05. Header holds the
// column names where the format itself declares them (a database table, JSON
// keys); where a header is merely the first row of a sheet or CSV it stays a
// row, and the detectors decide. A table longer than 1,000 rows is a run of
// blocks with the same Part and Table; First is the 1-based number of Rows[0].
//
// Text longer than 1 MiB is cut at a line end where there is one, with Line
// going on: consecutive blocks of one Part read on.
type Block struct {
	Part   string // "page 3", "sheet Leavers", "notes 2", "header"; "" for the one body
	Layer  Layer
	Text   string
	Line   int // 1-based number, within Part, of the first line of Text
	Rows   [][]string
	Header []string
	First  int // 1-based number, within the table, of Rows[0]
	Table  int // ordinal of the table in the document, from 1; 0 for text
}

// Limits of a block.
const (
	MaxBlockText = 1 << 20
	MaxBlockRows = 1000
)

// Place is the exact spot of a finding in its document. Block is the ordinal
// of the block, from 0, and orders places; Row and Col are 0-based within the
// block's table (-1 in text); Start and End are byte offsets in Text or in the
// cell. Label is what people read: "page 3 line 12", "Leavers!C14", "line 7".
type Place struct {
	Block      uint32
	Row, Col   int32
	Start, End uint32
	Label      string
}

// Before orders places in their document.
func (p Place) Before(q Place) bool {
	switch {
	case p.Block != q.Block:
		return p.Block < q.Block
	case p.Row != q.Row:
		return p.Row < q.Row
	case p.Col != q.Col:
		return p.Col < q.Col
	case p.Start != q.Start:
		return p.Start < q.Start
	}
	return p.End < q.End
}

// TextPlace is the place of bytes start..end of a text block that has the
// ordinal n in its document.
func (b *Block) TextPlace(n uint32, start, end int) Place {
	line := b.Line
	if line == 0 {
		line = 1
	}
	line += strings.Count(b.Text[:start], "\n")
	return b.LinePlace(n, line, start, end)
}

// LinePlace is TextPlace for a caller that already knows the line number.
func (b *Block) LinePlace(n uint32, line, start, end int) Place {
	label := "line " + strconv.Itoa(line)
	if b.Part != "" {
		label = b.Part + " " + label
	}
	return Place{Block: n, Row: -1, Col: -1, Start: uint32(start), End: uint32(end), Label: label}
}

// CellPlace is the place of bytes start..end of a cell (row and col 0-based in
// the block) in a table block that has the ordinal n in its document.
func (b *Block) CellPlace(n uint32, row, col, start, end int) Place {
	first := b.First
	if first == 0 {
		first = 1
	}
	label := ColumnName(col) + strconv.Itoa(first+row)
	if b.Part != "" {
		label = strings.TrimPrefix(b.Part, "sheet ") + "!" + label
	}
	return Place{Block: n, Row: int32(row), Col: int32(col), Start: uint32(start), End: uint32(end), Label: label}
}

// ColumnName is the spreadsheet name of a 0-based column: A, B … Z, AA.
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for col++; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}
