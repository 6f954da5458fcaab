package review

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
)

func (e *exporting) write(tx *db.Tx, w io.Writer) (err error) {
	if e.head, err = checkpointOf(tx); err != nil {
		return err
	}
	switch e.format {
	case formatXLSX:
		return e.xlsx(tx, w)
	case formatPDF:
		return e.pdf(tx, w)
	}
	return e.csv(tx, w)
}

// about are the lines that go with every export: what it is of, who approved it,
// what was red, and the head of the record by which it can be checked.
func (e *exporting) about() []paper.Fact {
	v := e.v
	facts := []paper.Fact{{Name: "List version", Value: fmt.Sprintf("%d, %s", v.Number, v.Words())}, {Name: "Frozen", Value: momentWords(v.At) + " by " + v.ByName},
		{Name: "For", Value: v.Purpose}, {Name: "Digest of all its rows (SHA-256)", Value: v.Digest}}
	for _, a := range v.Approved {
		facts = append(facts, paper.Fact{Name: "Approved", Value: momentWords(a.At) + " by " + a.ByName})
	}
	facts = append(facts, paper.Fact{Name: "This export holds", Value: fmt.Sprintf("%s, %s; values are %s", count(e.rows, "person", "people"), e.whose(), e.shown())},
		paper.Fact{Name: "Exported", Value: momentWords(e.at.Unix()) + " by " + e.by},
		paper.Fact{Name: "Not in it", Value: "People whose record is sealed, whoever exports: each of them is told by named people, one by one."})
	for _, line := range v.Lines {
		facts = append(facts, paper.Fact{Name: "Red when it was frozen", Value: line})
	}
	return append(facts, paper.Fact{Name: "Record", Value: e.head})
}

// momentWords is a time as people here read it.
func momentWords(unix int64) string {
	return time.Unix(unix, 0).In(london).Format("2 January 2006, 15:04")
}

// rowsFor calls use for every row that this export holds.
func (e *exporting) rowsFor(tx *db.Tx, limit int, use func(*printer, *listRow) error) error {
	p, err := newPrinter(tx, e.scope, e.v.Granted)
	if err != nil {
		return err
	}
	err = eachListRow(tx, rowsQuery{Version: e.v.Number, Scope: e.scope, Limit: limit}, func(r listRow) error { return use(p, &r) })
	e.rows = p.n
	return err
}

// csv writes both lists and what goes with them into one ZIP file.
func (e *exporting) csv(tx *db.Tx, w io.Writer) error {
	z := zip.NewWriter(w)
	people, err := e.table(z, "people.csv", exportColumns, func(emit func([]string) error) error {
		return e.rowsFor(tx, 0, func(p *printer, r *listRow) error {
			cells, err := p.cells(r)
			if err != nil {
				return err
			}
			return emit(cells)
		})
	})
	if err != nil {
		return err
	}
	homes, err := e.table(z, "households.csv", exportHomeColumns, func(emit func([]string) error) error { return e.homes(tx, emit) })
	if err != nil {
		return err
	}
	text, err := e.entry(z, "about.txt")
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, f := range append(e.about(), paper.Fact{Name: "people.csv (SHA-256)", Value: people}, paper.Fact{Name: "households.csv (SHA-256)", Value: homes}) {
		b.WriteString(f.Name + ": " + strings.ReplaceAll(f.Value, "\n", "\n  ") + "\n")
	}
	if _, err := io.WriteString(text, b.String()); err != nil {
		return err
	}
	return z.Close()
}

func (e *exporting) entry(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: e.at.UTC()})
}

// table writes a list into the ZIP file and gives its digest.
func (e *exporting) table(z *zip.Writer, name string, columns []string, rows func(emit func([]string) error) error) (string, error) {
	into, err := e.entry(z, name)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	c, err := paper.NewCSV(io.MultiWriter(into, h), columns...)
	if err == nil {
		err = rows(func(cells []string) error { return c.Row(cells...) })
	}
	if err == nil {
		err = c.Close()
	}
	return digestText(h), err
}

func digestText(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

func (e *exporting) homes(tx *db.Tx, emit func([]string) error) error {
	homes, err := exportHomes(tx, e.v.Number, e.scope)
	if err != nil {
		return err
	}
	p := &printer{scope: e.scope, show: e.v.Granted}
	for _, h := range homes {
		if err := emit(p.homeCells(h)); err != nil {
			return err
		}
	}
	return nil
}

func (e *exporting) xlsx(tx *db.Tx, w io.Writer) error {
	book, err := paper.NewWorkbook(fmt.Sprintf("List version %d", e.v.Number), "Reeve", e.at.UTC(), e.m.spoolFolder())
	if err != nil {
		return err
	}
	defer book.Close()
	row := func(cells []string) error {
		all := make([]any, len(cells))
		for i, c := range cells {
			all[i] = c
		}
		return book.Row(all...)
	}
	if err := book.Sheet("People", sheetColumns(exportColumns)...); err != nil {
		return err
	}
	err = e.rowsFor(tx, 0, func(p *printer, r *listRow) error {
		cells, err := p.cells(r)
		if err != nil {
			return err
		}
		return row(cells)
	})
	if err == nil {
		err = book.Sheet("Households", sheetColumns(exportHomeColumns)...)
	}
	if err == nil {
		err = e.homes(tx, row)
	}
	if err == nil {
		err = book.Sheet("About", paper.SheetColumn{Title: "What", Width: 34}, paper.SheetColumn{Title: "Value", Width: 110})
	}
	for _, f := range e.about() {
		if err == nil {
			err = book.Row(f.Name, f.Value)
		}
	}
	if err == nil {
		_, err = book.WriteTo(w)
	}
	return err
}

func sheetColumns(names []string) []paper.SheetColumn {
	return each(names, func(n string) paper.SheetColumn { return paper.SheetColumn{Title: n, Width: 18} })
}

// paperRows is how many people a printed list may have: a longer one is a book
// that nobody reads, and is given as CSV or XLSX.
const paperRows = 2000

func (e *exporting) pdf(tx *db.Tx, w io.Writer) error {
	table := paper.Table{Caption: "People, the most urgent first", Columns: each(paperColumns, func(c string) paper.Column { return paper.Column{Title: c} })}
	err := e.rowsFor(tx, paperRows+1, func(p *printer, r *listRow) error {
		table.Rows = append(table.Rows, p.paperCells(r))
		return nil
	})
	if err != nil {
		return err
	}
	figures, err := figuresOfVersion(tx, e.v.Number, e.scope)
	if err != nil {
		return err
	}
	long := len(table.Rows) > paperRows
	if e.rows = int64(len(table.Rows)); long {
		e.rows, table.Rows = 0, nil
	}
	d := paper.Document{Title: fmt.Sprintf("List version %d", e.v.Number), Subtitle: sentence(e.whose()) + ", values " + e.shown(), Author: "Reeve", Date: e.at.UTC(), Footer: e.head}
	d.Blocks = append(d.Blocks, paper.Facts{Rows: e.about()}, paper.Heading{Level: 1, Text: "In numbers"})
	d.Blocks = append(d.Blocks, figureBlocks(&figures)...)
	if long {
		d.Blocks = append(d.Blocks, paper.Paragraph{Style: paper.Strong, Text: fmt.Sprintf(
			"The list has %s: more than %s, which is as many as are printed. Export it as CSV or XLSX.", count(figures.People, "person", "people"), digits(paperRows))})
	} else {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: "People"}, table)
	}
	return d.WritePDF(w)
}
