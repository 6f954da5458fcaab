package odf

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// Limits of tables. A file may claim that a row or cell repeats a million
// times; what nobody typed is not given out.
const (
	maxColumns  = 16384
	maxRepeat   = 1000     // times that one row with content is given out
	maxRepeated = 64 << 20 // bytes that repeating may add to one document
	smallGap    = 8        // so many empty rows are given as rows; a larger gap is skipped
	maxRows     = 1 << 20
	maxPending  = 1 << 16 // cells waiting in one block, so that wide rows stay few
)

// grid is an open table.
type grid struct {
	cells  []string   // of the row at hand, up to the last with content
	gap    int        // empty cells since
	cell   []byte     // text of the cell at hand
	value  string     // what the cell's attributes say that it shows
	repeat int        // of the cell at hand
	open   bool       // inside a cell
	rows   [][]string // kept only where the table stands inside another

	begun     bool
	row, next int // number of the row at hand; of the row after the last given out
	times     int // that the row at hand repeats
	hidden    bool
	shades    int
	size      int // bytes of the row at hand
	pending   int
}

// maxShades is how many changes between shown and hidden rows are followed.
const maxShades = 1000

// startTable begins a table. In a spreadsheet each is a sheet, with a part of
// its own.
func (r *reader) startTable() {
	name := r.scan.Get("name")
	layer := r.layer
	switch {
	case strings.HasPrefix(name, "'file:"):
		layer = reeve.LayerCache // what the file remembers of another
	case r.styles[r.scan.Get("style-name")]:
		layer = reeve.LayerHidden
	}
	r.tables = append(r.tables, &grid{next: 1})
	if len(r.tables) > 1 || len(r.rooms) > 0 || len(r.paras) > 0 {
		return
	}
	r.base = r.layer
	if !r.sheets {
		return
	}
	r.base = layer
	r.margin.Flush()
	r.out.Page()
	r.place = "sheet " + name
	r.out.Begin(r.place, layer)
}

func (r *reader) startRow() {
	n := len(r.tables)
	if n == 0 {
		return
	}
	g := r.tables[n-1]
	g.row += max(g.times, 1)
	g.times = max(1, number(r.scan.Get("number-rows-repeated"), maxRows))
	v := r.scan.Get("visibility")
	g.hidden = v == "collapse" || v == "filter"
}

func number(s string, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return min(n, most)
}

// startCell notes what the cell's attributes say (ODF 1.3 part 3, 19.385).
func (r *reader) startCell() {
	n := len(r.tables)
	if n == 0 {
		return
	}
	g := r.tables[n-1]
	s := r.scan
	g.cell, g.value, g.open = g.cell[:0], "", true
	g.repeat = max(1, number(s.Get("number-columns-repeated"), maxColumns))
	switch s.Get("value-type") {
	case "date":
		g.value = isoMoment(s.Get("date-value"))
	case "string":
		g.value = s.Get("string-value")
	case "float":
		g.value = s.Get("value")
	}
}

// isoMoment is a date as written, without a midnight that nobody typed.
func isoMoment(v string) string {
	day, clock, ok := strings.Cut(v, "T")
	if !ok || strings.Trim(clock, "0:.Z") == "" {
		return day
	}
	return day + " " + clock
}

// toCell adds text to the innermost cell. A row of more than a block ends
// early, so that no row is larger than a block.
func (r *reader) toCell(b []byte) {
	g := r.tables[len(r.tables)-1]
	g.cell = append(g.cell, b...)
	if g.size += len(b); g.size > reeve.MaxBlockText {
		r.endCell()
		r.endRow()
		r.giveOut(g)
	}
}

// endCell adds the cell at hand to its row, as often as it repeats.
func (r *reader) endCell() {
	n := len(r.tables)
	if n == 0 || !r.tables[n-1].open {
		return
	}
	g := r.tables[n-1]
	g.open = false
	text := g.shown()
	if text == "" {
		g.gap += g.repeat
		return
	}
	if len(g.cells)+g.gap+1 > maxColumns {
		return
	}
	for ; g.gap > 0; g.gap-- {
		g.cells = append(g.cells, "")
	}
	times := r.afford(min(g.repeat, maxColumns-len(g.cells)), len(text))
	for range times {
		g.cells = append(g.cells, text)
	}
	g.size += len(text) * times
	g.gap = g.repeat - times
}

// afford is how often something of size bytes is repeated, at least once: a
// file may claim much, and pays from one purse for all of it.
func (f *file) afford(times, size int) int {
	times = max(1, min(times, 1+(maxRepeated-f.repeated)/(size+16)))
	f.repeated += (times - 1) * (size + 16)
	return times
}

// shown is what the cell shows: its text, but a date as 2001-03-05 and a long
// number whole.
func (g *grid) shown() string {
	text := string(bytes.TrimSpace(g.cell))
	switch {
	case g.value == "":
		return text
	case text == "", len(g.value) >= 10 && g.value[4] == '-' && g.value[7] == '-':
		return g.value
	case strings.Contains(text, "E+"), strings.HasPrefix(text, "###"):
		return g.value
	}
	return text
}

// endRow gives out the row at hand.
func (r *reader) endRow() {
	n := len(r.tables)
	if n == 0 {
		return
	}
	g := r.tables[n-1]
	cells := g.cells
	g.cells, g.gap, g.size = nil, 0, 0
	if len(cells) == 0 {
		return
	}
	switch {
	case n > 1 || len(r.rooms) > 0 || len(r.paras) > 0:
		g.rows = append(g.rows, cells)
		g.kept(r)
	case len(cells) == 1 && strings.Contains(cells[0], "\n") && !r.sheets:
		r.out.EndTable()
		g.begun = false
		r.out.Line(cells[0])
		r.out.Blank()
	default:
		r.outerRow(g, cells)
	}
}

// kept gives out the rows of an inner table when they become many.
func (g *grid) kept(r *reader) {
	for _, c := range g.rows[len(g.rows)-1] {
		g.pending += len(c)
	}
	if g.pending > reeve.MaxBlockText && len(r.rooms) == 0 {
		r.giveOut(g)
	}
}

// outerRow places a row by its number and repeats it.
func (r *reader) outerRow(g *grid, cells []string) {
	size := 0
	for _, c := range cells {
		size += len(c) + 16
	}
	times := r.afford(min(g.times, maxRepeat), size)
	for i := range times {
		r.placeRow(g, g.row+i, slices.Clone(cells))
	}
	if g.pending += len(cells) * times; g.pending > maxPending {
		g.pending = 0
		r.out.Flush()
	}
}

func (r *reader) placeRow(g *grid, row int, cells []string) {
	switch gap := row - g.next; {
	case !g.begun:
		r.out.BeginTableAt(nil, row)
		g.begun = true
	case gap > 0 && gap <= smallGap:
		for range gap {
			r.out.Row(nil)
		}
	case gap != 0:
		r.out.SkipTo(row)
	}
	layer := r.base
	if g.hidden {
		layer = reeve.LayerHidden
	}
	if r.out.Layer() != layer && g.shades < maxShades {
		g.shades++
		r.out.Shade(layer)
	}
	r.out.Row(cells)
	g.next = row + 1
}

// endTable ends the innermost table. One inside a cell becomes lines of that
// cell when it is a single row or column, else a table of its own before the
// row that it stands in.
func (r *reader) endTable() {
	n := len(r.tables)
	if n == 0 {
		return
	}
	g := r.tables[n-1]
	r.tables = r.tables[:n-1]
	if n == 1 && len(r.rooms) == 0 && len(r.paras) == 0 {
		r.out.Shade(r.base)
		r.out.EndTable()
		return
	}
	if len(g.rows) > 1 && len(g.rows[0]) > 1 && len(r.rooms) == 0 {
		r.giveOut(g)
		return
	}
	for _, row := range g.rows {
		r.put([]byte(strings.Join(row, "\t") + "\n"))
	}
}

// giveOut writes the rows that an inner table kept as a table of its own; the
// outer table goes on as another.
func (r *reader) giveOut(g *grid) {
	if len(g.rows) == 0 {
		return
	}
	r.out.BeginTable(nil)
	for _, row := range g.rows {
		r.out.Row(row)
	}
	r.out.EndTable()
	g.rows, g.pending = nil, 0
	for _, open := range r.tables {
		open.begun = false
	}
}
