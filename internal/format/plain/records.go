package plain

import (
	"slices"

	"github.com/reeve-council/reeve/internal/format/part"
)

// records writes a run of records: as rows of a table while they have the same
// names, as groups of lines when they keep changing.
type records struct {
	w       *part.Writer
	header  []string
	waiting *pairs // the first of a run: one record alone is no table
	tables  int
	rows    int
}

type pairs struct{ names, values []string }

// add writes a record.
func (r *records) add(names, values []string) {
	if r.waiting != nil {
		first := r.waiting
		r.waiting = nil
		if !r.together(first.names, names) {
			r.lines(first)
			r.waiting = &pairs{names, values}
			return
		}
		r.header = union(first.names, names)
		r.tables++
		r.w.BeginTable(r.header)
		r.row(first.names, first.values)
	}
	switch {
	case r.header != nil && subset(names, r.header):
		r.row(names, values)
	case r.tables > 20 && r.rows < 3*r.tables:
		r.end()
		r.lines(&pairs{names, values})
	default:
		r.end()
		r.waiting = &pairs{names, values}
	}
}

// together reports whether two records make a table: most names are shared.
func (r *records) together(a, b []string) bool {
	shared := 0
	for _, n := range a {
		if slices.Contains(b, n) {
			shared++
		}
	}
	return shared*2 >= len(a) && shared*2 >= len(b)
}

func union(a, b []string) []string {
	all := make([]string, 0, len(a))
	for _, n := range append(slices.Clone(a), b...) {
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

func subset(names, header []string) bool {
	next := 0
	for _, n := range names {
		if next < len(header) && header[next] == n {
			next++
			continue
		}
		if next = slices.Index(header, n) + 1; next == 0 {
			return false
		}
	}
	return true
}

// row lays values under the header; repeated names share a cell.
func (r *records) row(names, values []string) {
	cells := make([]string, len(r.header))
	next := 0
	for i, n := range names {
		col := next
		if col >= len(r.header) || r.header[col] != n {
			col = slices.Index(r.header, n)
		}
		if cells[col] != "" {
			cells[col] += "; "
		}
		cells[col] += values[i]
		next = col + 1
	}
	r.rows++
	r.w.Row(cells)
}

// bare writes a row without names: an array within an array.
func (r *records) bare(values []string) {
	if r.header != nil || r.waiting != nil {
		r.end()
	}
	r.w.Row(slices.Clone(values))
}

func (r *records) lines(p *pairs) {
	writePairs(r.w, p.names, p.values)
	r.w.Blank()
}

// end writes a record that waits and ends the table.
func (r *records) end() {
	if r.waiting != nil {
		r.lines(r.waiting)
		r.waiting = nil
	}
	if r.header != nil {
		r.w.EndTable()
		r.header = nil
	}
}
