package doc

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// maxColumns bounds a row; Word stops at 63 cells.
const maxColumns = 1024

// table is the one being read. Word marks the end of each cell and of each row
// with the same character and tells them apart by a property of the paragraph;
// where properties are not known, a mark right behind another ends the row.
type table struct {
	begun bool
	cells []string
	cell  []byte
	size  int // bytes of the row at hand
}

func (t *table) open() bool { return len(t.cells) > 0 || len(t.cell) > 0 }

// cellMark ends a cell or a row.
func (w *walker) cellMark(p traits) {
	t := &w.table
	w.setAside()
	ends := p.set&endsRow != 0
	if len(w.paras) == 0 {
		ends = len(w.line) == 0 && len(t.cell) == 0 && len(t.cells) > 0
	}
	if ends {
		w.line = w.line[:0] // a row's mark has no text of its own
		w.endRow()
		return
	}
	w.toCell(w.line)
	w.line = w.line[:0]
	w.endCell()
}

func (w *walker) endCell() {
	t := &w.table
	t.cells = append(t.cells, trimLine(t.cell))
	t.cell = t.cell[:0]
	if len(t.cells) >= maxColumns {
		w.endRow()
	}
}

// toCell adds text to the cell at hand. A row of more than a block ends early.
func (w *walker) toCell(b []byte) {
	t := &w.table
	t.cell = append(t.cell, b...)
	if t.size += len(b); t.size > reeve.MaxBlockText {
		w.endCell()
		w.endRow()
	}
}

// endRow gives out the row at hand. A lone cell of several lines is a frame
// round text, not a table.
func (w *walker) endRow() {
	t := &w.table
	if len(t.cell) > 0 {
		t.cells = append(t.cells, trimLine(t.cell))
	}
	cells := t.cells
	t.cells, t.cell, t.size = nil, t.cell[:0], 0
	switch {
	case strings.TrimSpace(strings.Join(cells, "")) == "" && !t.begun:
	case len(cells) == 1 && strings.Contains(cells[0], "\n"):
		w.endTable()
		w.out.Line(cells[0])
		w.out.Blank()
	default:
		if !t.begun {
			w.out.BeginTable(nil)
			t.begun = true
		}
		w.out.Row(cells)
	}
}

// innerMark takes the end of a cell or row of a table within a cell: it becomes
// lines of that cell.
func (w *walker) innerMark(p traits) {
	b := append(w.line, '\t')
	if p.set&endsInRow != 0 {
		b = append(w.line[:0], '\n')
	}
	w.toCell(b)
	w.line = w.line[:0]
}

// endTable ends the table, if one was begun; a row without end is given out.
func (w *walker) endTable() {
	if w.table.open() {
		w.endRow()
	}
	if w.table.begun {
		w.out.EndTable()
		w.table.begun = false
	}
}
