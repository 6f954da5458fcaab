package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
)

// Limits of one table row.
const (
	maxColumns = 1024
	maxSpan    = 63 // columns that one cell may cover (Word's own limit)
)

// grid is an open table.
type grid struct {
	rows  [][]string // kept only where the table stands inside another
	cells []string   // of the row at hand
	cell  []byte     // text of the cell at hand
	span  int        // columns that the cell at hand covers
	size  int        // bytes kept
	begun bool       // rows have been given out since the writer's table began
	open  bool       // inside a cell
}

func (w *walker) startCell() {
	if n := len(w.tables); n > 0 {
		g := w.tables[n-1]
		g.cell, g.span, g.open = g.cell[:0], 1, true
	}
}

// spanCell notes how many columns the cell at hand covers; gridBefore is as
// many columns that the row leaves out.
func (w *walker) spanCell(local string) {
	n := len(w.tables)
	count, err := strconv.Atoi(w.scan.Get("val"))
	if n == 0 || err != nil || count < 1 {
		return
	}
	g := w.tables[n-1]
	count = min(count, maxSpan)
	if local == "gridSpan" {
		g.span = count
		return
	}
	g.cells = append(g.cells, make([]string, count)...)
}

// toCell adds text to the innermost cell. A cell of more than a block ends its
// row early, so that no row is larger than a block.
func (w *walker) toCell(b []byte) {
	g := w.tables[len(w.tables)-1]
	g.cell = append(g.cell, b...)
	if len(g.cell)+g.size > reeve.MaxBlockText {
		w.endCell()
		w.endRow()
		w.giveOut(g)
	}
}

func (w *walker) endCell() {
	n := len(w.tables)
	if n == 0 {
		return
	}
	g := w.tables[n-1]
	if len(g.cells) < maxColumns {
		text := trimLine(g.cell)
		g.cells = append(g.cells, text)
		g.size += len(text)
		for i := 1; i < g.span; i++ {
			g.cells = append(g.cells, "")
		}
	}
	g.cell, g.span, g.open = g.cell[:0], 1, false
}

// endRow gives out a row of an outer table, and keeps one of an inner table
// until it is known what the table is.
func (w *walker) endRow() {
	n := len(w.tables)
	if n == 0 {
		return
	}
	g := w.tables[n-1]
	cells := g.cells
	g.cells = nil
	switch {
	case strings.TrimSpace(strings.Join(cells, "")) == "" && len(g.rows) == 0 && !g.begun:
	case n > 1:
		g.rows = append(g.rows, cells)
	default:
		w.outerRow(g, cells)
		g.size = 0
		if w.margin.Waiting() > pack.MaxWaiting*64 {
			w.margin.Flush()
			w.out.Begin(w.place, w.layer)
			g.begun = false
		}
	}
}

// outerRow gives out a row. A lone cell of several lines is a frame round text,
// not a table.
func (w *walker) outerRow(g *grid, cells []string) {
	if len(cells) == 1 && strings.Contains(cells[0], "\n") {
		w.out.EndTable()
		g.begun = false
		w.out.Line(cells[0])
		w.out.Blank()
		return
	}
	if !g.begun {
		w.out.BeginTable(nil)
		g.begun = true
	}
	w.out.Row(cells)
}

// endTable ends the innermost table. One inside a cell becomes lines of that
// cell when it is a single row or column, else a table of its own before the
// row that it stands in.
func (w *walker) endTable() {
	n := len(w.tables)
	if n == 0 {
		return
	}
	g := w.tables[n-1]
	if g.open || len(g.cells) > 0 {
		w.endCell()
		w.endRow()
	}
	w.tables = w.tables[:n-1]
	if n == 1 {
		w.out.EndTable()
		return
	}
	if len(g.rows) > 1 && widest(g.rows) > 1 {
		w.giveOut(g)
		return
	}
	for _, row := range g.rows {
		w.toCell([]byte(strings.Join(row, "\t") + "\n"))
	}
}

func widest(rows [][]string) (n int) {
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

// giveOut writes the rows that an inner table kept as a table of its own; the
// outer table goes on as another.
func (w *walker) giveOut(g *grid) {
	if len(g.rows) == 0 {
		return
	}
	w.out.BeginTable(nil)
	for _, row := range g.rows {
		w.out.Row(row)
	}
	w.out.EndTable()
	g.rows, g.size = nil, 0
	for _, open := range w.tables {
		open.begun = false
	}
}
