package markup

import (
	"strings"

	"github.com/reeve-council/reeve"
)

func (f *flattener) inTable() bool {
	n := len(f.tables)
	return n > 0 && f.tables[n-1].open
}

func (f *flattener) top() *grid { return f.tables[len(f.tables)-1] }

// startTable begins a table. A table within a cell of another makes the outer
// one layout: what the outer has is pushed as text first.
func (f *flattener) startTable() {
	f.endLine()
	if len(f.tables) >= maxTables {
		return
	}
	for _, g := range f.tables {
		f.spill(g)
	}
	f.tables = append(f.tables, &grid{})
}

// spill pushes a grid as lines of text and leaves it empty but open, so that
// its later cells come after its inner table, in the order of the page.
func (f *flattener) spill(g *grid) {
	g.layout = true
	for _, row := range g.rows {
		f.plainRow(row)
	}
	f.plainRow(append(g.row, strings.TrimSpace(g.cell.String())))
	g.rows, g.row, g.bytes = nil, nil, 0
	g.cell.Reset()
}

func (f *flattener) plainRow(row []string) {
	for _, cell := range row {
		if cell != "" {
			f.w.Line(cell)
		}
	}
}

func (f *flattener) startRow() {
	if len(f.tables) == 0 {
		f.endLine()
		return
	}
	f.endRow()
}

func (f *flattener) startCell() {
	if len(f.tables) == 0 {
		f.space = true
		return
	}
	f.endCell()
	f.top().open = true
	f.space = false
}

func (f *flattener) endCell() {
	if !f.inTable() {
		return
	}
	g := f.top()
	cell := strings.TrimSpace(g.cell.String())
	g.cell.Reset()
	g.open = false
	g.row = append(g.row, cell)
	g.bytes += len(cell)
	if len(cell) > longCell {
		g.layout = true
	}
	if len(g.row) >= maxColumns {
		f.endRow()
	}
}

func (f *flattener) endRow() {
	if len(f.tables) == 0 {
		return
	}
	f.endCell()
	g := f.top()
	if len(g.row) == 0 {
		return
	}
	g.rows = append(g.rows, g.row)
	g.row = nil
	if g.layout || len(g.rows) >= reeve.MaxBlockRows || g.bytes > reeve.MaxBlockText {
		f.push(g)
	}
}

func (f *flattener) endTable() {
	if len(f.tables) == 0 {
		f.endLine()
		return
	}
	f.endRow()
	g := f.top()
	f.tables = f.tables[:len(f.tables)-1]
	f.push(g)
	if !f.inTable() {
		f.w.EndTable()
		f.w.Blank()
	}
}

// push writes the rows of a grid: as a table where it has two columns and two
// rows, else as text. Within a cell of an outer table it is text of that cell.
func (f *flattener) push(g *grid) {
	defer func() { g.rows, g.bytes = nil, 0 }()
	if g.layout || !g.begun && !tabular(g.rows) {
		for _, row := range g.rows {
			f.plainRow(row)
		}
		return
	}
	if !g.begun {
		f.w.BeginTable(nil)
		g.begun = true
	}
	for _, row := range g.rows {
		f.w.Row(row)
	}
}

func tabular(rows [][]string) bool {
	wide := 0
	for _, r := range rows {
		if len(r) > 1 {
			wide++
		}
	}
	return wide > 1 || wide == 1 && len(rows) == 1 && len(rows[0]) > 2
}

// finish pushes what the end of the page leaves open.
func (f *flattener) finish() {
	for len(f.tables) > 0 {
		f.endTable()
	}
	f.endLine()
}
