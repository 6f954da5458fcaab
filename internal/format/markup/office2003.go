package markup

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// office takes the documents that Office 2003 and report writers store as one
// XML file, of which the root has been read; nil for any other root.
func office(root string) func(*xmlscan.Scanner, *part.Writer) {
	switch root {
	case "Workbook":
		return workbook
	case "wordDocument", "package": // the second is a whole package in one file
		return wordDocument
	}
	return nil
}

// bookmaker is the state of a workbook.
type bookmaker struct {
	w     *part.Writer
	row   []string
	text  strings.Builder
	notes strings.Builder
	sheet string
	next  int  // number of the next row
	begun bool // rows of the sheet were pushed
	note  bool // within a comment
}

// workbook reads SpreadsheetML 2003: sheets as tables, cells at their place.
func workbook(s *xmlscan.Scanner, w *part.Writer) {
	b := &bookmaker{w: w}
	for w.Step(1) == nil {
		switch s.Next() {
		case xmlscan.None:
			b.endSheet()
			return
		case xmlscan.Text:
			if b.text.Len() < maxRecord {
				b.text.Write(s.Text())
			}
		case xmlscan.Start:
			b.start(s)
		case xmlscan.End:
			b.end(string(s.Local()))
		}
	}
}

func (b *bookmaker) start(s *xmlscan.Scanner) {
	switch string(s.Local()) {
	case "Styles", "ExcelWorkbook", "WorksheetOptions":
		s.Skip()
	case "DocumentProperties":
		b.w.Begin("", reeve.LayerMetadata)
	case "Worksheet":
		b.sheet, b.next, b.begun = "sheet "+s.Get("Name"), 1, false
		b.w.Page()
		b.w.Begin(b.sheet, reeve.LayerBody)
	case "Row":
		b.row = nil
		if n := index(s); n > 0 {
			b.next = n
		}
	case "Cell":
		for n := index(s); len(b.row) < min(n-1, maxColumns); {
			b.row = append(b.row, "")
		}
		b.row = append(b.row, "")
	case "Comment":
		b.note = true
	}
	b.text.Reset()
}

func index(s *xmlscan.Scanner) int {
	n, _ := strconv.Atoi(s.Get("Index"))
	return n
}

func (b *bookmaker) end(name string) {
	text := strings.TrimSpace(b.text.String())
	switch name {
	case "Data":
		if b.note {
			b.notes.WriteString(text + "\n")
		} else if len(b.row) > 0 {
			b.row[len(b.row)-1] = strings.TrimSuffix(strings.TrimSuffix(text, ".000"), "T00:00:00")
		}
	case "Comment":
		b.note = false
	case "Row":
		b.endRow()
	case "Worksheet":
		b.endSheet()
	case "Title", "Subject", "Author", "LastAuthor", "Keywords", "Description", "Company", "Manager", "Category", "Created":
		if b.sheet == "" {
			b.w.Pair(name, text)
		}
	}
	b.text.Reset()
}

func (b *bookmaker) endRow() {
	if len(b.row) > 0 && strings.Join(b.row, "") != "" {
		if !b.begun {
			b.w.BeginTableAt(nil, b.next)
			b.begun = true
		}
		b.w.SkipTo(b.next)
		b.w.Row(b.row)
	}
	b.row = nil
	b.next++
}

func (b *bookmaker) endSheet() {
	b.w.EndTable()
	if strings.TrimSpace(b.notes.String()) != "" {
		b.w.Begin(b.sheet, reeve.LayerComment)
		b.w.Text(b.notes.String())
	}
	b.notes.Reset()
}

// wordDocument reads WordprocessingML as one file: a paragraph is a line, a
// table of the body rows; tables within cells are text of the cell.
func wordDocument(s *xmlscan.Scanner, w *part.Writer) {
	d := &typist{w: w}
	for w.Step(1) == nil {
		switch s.Next() {
		case xmlscan.None:
			d.paragraph()
			w.EndTable()
			return
		case xmlscan.Text:
			if d.reading {
				d.line.Write(s.Text())
			}
		case xmlscan.Start:
			d.start(string(s.Local()), s)
		case xmlscan.End:
			d.end(string(s.Local()))
		}
	}
}

// typist is the state of a document.
type typist struct {
	w       *part.Writer
	line    strings.Builder
	cell    strings.Builder
	row     []string
	depth   int // of tables
	reading bool
}

func (d *typist) start(name string, s *xmlscan.Scanner) {
	switch name {
	case "styles", "fonts", "lists", "docOleData", "binData", "binaryData", "shapeDefaults":
		s.Skip()
	case "t", "delText", "Title", "Author", "LastAuthor", "Company", "Manager", "Subject", "Keywords":
		d.reading = true
	case "tab":
		d.line.WriteByte('\t')
	case "br", "cr":
		d.line.WriteByte('\n')
	case "tbl":
		d.paragraph()
		d.depth++
	}
}

func (d *typist) end(name string) {
	switch name {
	case "t", "delText":
		d.reading = false
		if d.line.Len() > maxRecord {
			d.paragraph()
		}
	case "Title", "Author", "LastAuthor", "Company", "Manager", "Subject", "Keywords":
		d.reading = false
		d.w.Begin("", reeve.LayerMetadata)
		d.w.Pair(name, d.line.String())
		d.line.Reset()
		d.w.Begin("", reeve.LayerBody)
	case "p":
		d.paragraph()
	case "tc":
		d.paragraph()
		if d.depth == 1 && len(d.row) < maxColumns {
			d.row = append(d.row, strings.TrimSpace(d.cell.String()))
			d.cell.Reset()
		}
	case "tr":
		if d.depth == 1 && len(d.row) > 0 {
			d.w.Row(d.row)
			d.row = nil
		}
	case "tbl":
		if d.depth--; d.depth <= 0 {
			d.depth = 0
			d.w.EndTable()
		}
	}
}

// paragraph ends a line, in a cell a line of it.
func (d *typist) paragraph() {
	text := d.line.String()
	d.line.Reset()
	switch {
	case d.depth == 0:
		d.w.Line(text)
	case d.cell.Len() < reeve.MaxBlockText:
		if strings.TrimSpace(text) != "" {
			d.cell.WriteString(text + "\n")
		}
	}
}
