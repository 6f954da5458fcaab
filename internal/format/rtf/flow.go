package rtf

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// flow is one stream of text of the document: body, headers, notes, comments.
// The body is pushed as it comes; the others wait in done for the end, because
// they interrupt it.
type flow struct {
	part  string
	layer reeve.Layer

	line  strings.Builder // of the paragraph or cell at hand
	cells []string        // of the row at hand
	table bool            // the paragraph at hand is in a table
	rows  [][]string      // rows that wait until it is sure that they are a table
	done  strings.Builder
}

// direct reports whether the flow is pushed at once.
func (f *flow) direct() bool { return f.part == "" && f.layer == reeve.LayerBody }

func (f *flow) add(w *part.Writer, s string) {
	f.line.WriteString(s)
	if f.line.Len() > maxText {
		f.endLine(w)
	}
}

// take gives the text at hand and leaves none.
func (f *flow) take() string {
	s := f.line.String()
	f.line.Reset()
	return s
}

// paragraph ends one; in a cell it is a line end.
func (f *flow) paragraph(w *part.Writer) {
	if f.table {
		f.lineBreak(w)
		return
	}
	f.endRows(w)
	f.write(w, f.take()+"\n")
}

func (f *flow) lineBreak(w *part.Writer) { f.add(w, "\n") }

// endLine writes what is at hand.
func (f *flow) endLine(w *part.Writer) {
	if f.line.Len() > 0 || len(f.cells) > 0 || len(f.rows) > 0 {
		f.row(w)
		f.endRows(w)
		if f.line.Len() > 0 {
			f.write(w, f.take()+"\n")
		}
	}
}

// cell ends a cell. A row of more cells than the bound is cut.
func (f *flow) cell() {
	f.table = true
	if len(f.cells) < 4096 {
		f.cells = append(f.cells, strings.TrimSpace(f.take()))
	}
}

// row ends a row; what stands behind its last cell is no cell.
func (f *flow) row(w *part.Writer) {
	f.table = false
	if len(f.cells) == 0 {
		return
	}
	f.rows = append(f.rows, f.cells)
	f.cells = nil
	if len(f.rows) >= 500 {
		f.flushRows(w)
	}
}

// inTable says that the paragraph at hand belongs to a cell.
func (f *flow) inTable(w *part.Writer) {
	if !f.table && f.line.Len() > 0 && len(f.cells) == 0 {
		f.endRows(w)
		f.write(w, f.take()+"\n")
	}
	f.table = true
}

// pard resets paragraph properties, the table among them, unless a row is open.
func (f *flow) pard() {
	if len(f.cells) == 0 {
		f.table = false
	}
}

// endRows ends the table: a paragraph outside it has come.
func (f *flow) endRows(w *part.Writer) {
	if len(f.rows) > 0 {
		f.flushRows(w)
		w.EndTable()
	}
}

// flushRows pushes the rows that wait; in a flow that is not pushed at once they
// become lines.
func (f *flow) flushRows(w *part.Writer) {
	for _, r := range f.rows {
		if !f.direct() {
			f.done.WriteString(strings.Join(r, "\t") + "\n")
			continue
		}
		w.Begin("", reeve.LayerBody)
		w.Row(r)
	}
	f.rows = nil
}

func (f *flow) write(w *part.Writer, s string) {
	if f.direct() {
		w.Begin("", reeve.LayerBody)
		w.Text(s)
		return
	}
	f.done.WriteString(s)
	if f.done.Len() > maxText*4 {
		f.flush(w)
	}
}

func (f *flow) flush(w *part.Writer) {
	if strings.TrimSpace(f.done.String()) != "" {
		w.Begin(f.part, f.layer)
		w.Text(f.done.String())
	}
	f.done.Reset()
}

// finish writes everything.
func (f *flow) finish(w *part.Writer) {
	f.endLine(w)
	f.flush(w)
}
