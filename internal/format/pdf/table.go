package pdf

import (
	"cmp"
	"math"
	"slices"
	"unicode"
)

// sheet remembers the last table, which may go on on the next page.
type sheet struct {
	page   int
	cols   []column
	header []string
}

// pushTable pushes a block as rows.
func (r *reader) pushTable(b block) {
	cols := b.refined()
	rows := make([]row, 0, len(b.lines))
	for _, l := range b.lines {
		rows = append(rows, cells(l, cols))
	}
	rows = mergeWrapped(rows)
	if len(rows) == 0 {
		return
	}
	r.out.Blank()
	header := r.last.carried(r.pages, cols, rows[0].cells)
	r.out.BeginTable(header)
	for _, w := range rows {
		if r.out.Row(w.cells) != nil {
			return
		}
	}
	if header == nil {
		header = slices.Clone(rows[0].cells)
	}
	r.last = sheet{page: r.pages, cols: cols, header: header}
	r.out.EndTable()
}

// carried is the header of the table on the page before, for a table that
// stands in the same columns and does not repeat it.
func (s sheet) carried(page int, cols []column, first []string) []string {
	if s.page != page-1 && s.page != page || len(s.header) != len(cols) || slices.Equal(first, s.header) || !named(s.header) {
		return nil
	}
	for i := range cols {
		if math.Abs(cols[i].lo-s.cols[i].lo) > 6 && math.Abs(cols[i].hi-s.cols[i].hi) > 6 {
			return nil
		}
	}
	return slices.Clone(s.header)
}

// named reports whether a row may be column names: most cells filled, none with
// an address, a sum or more than one digit.
func named(header []string) bool {
	n := 0
	for _, c := range header {
		digits, letters := 0, 0
		for _, r := range c {
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsLetter(r):
				letters++
			case r == '@', r == '£':
				return false
			}
		}
		if digits > 1 || digits == 1 && letters < 3 {
			return false
		}
		if c != "" {
			n++
		}
	}
	return n*3 >= len(header)*2
}

// refined splits columns where most lines begin another run at the same x: a
// column whose cells nearly touch the next.
func (b block) refined() []column {
	if len(b.lines) < 3 {
		return b.cols
	}
	out := slices.Clone(b.cols)
	for _, x := range b.starts() {
		i := at(out, x, 0)
		if x-out[i].lo < 1 || len(out) >= maxColumns {
			continue
		}
		rest := column{x, out[i].hi}
		out[i].hi = x
		out = slices.Insert(out, i+1, rest)
	}
	return out
}

// start is where a run begins, and whether a gap that is wider than a space
// stands before it.
type start struct {
	x    float64
	wide bool
}

// starts are the x at which at least half of the lines begin a run, a third of
// these after a wide gap, and which hardly any run crosses.
func (b block) starts() []float64 {
	var all []run
	var begins []start
	for _, l := range b.lines {
		for i, s := range l.segs {
			all = append(all, s.runs...)
			for k, g := range s.runs {
				wide := k == 0 && i > 0 || k > 0 && g.x-s.runs[k-1].end > 0.4*g.size
				begins = append(begins, start{g.x, wide})
			}
		}
	}
	slices.SortFunc(begins, func(a, b start) int { return cmp.Compare(a.x, b.x) })
	var out []float64
	for i := 0; i < len(begins); {
		j, wide := i, 0
		for ; j < len(begins) && begins[j].x-begins[i].x < 0.5; j++ {
			if begins[j].wide {
				wide++
			}
		}
		if n := j - i; n >= 3 && n*2 >= len(b.lines) && wide*3 >= n && crossed(all, begins[i].x)*20 <= len(b.lines) {
			out = append(out, begins[i].x)
		}
		i = j
	}
	return out
}

// crossed counts the runs that reach over x.
func crossed(runs []run, x float64) (n int) {
	for _, g := range runs {
		if g.x < x-1 && g.end > x+0.5*g.size {
			n++
		}
	}
	return n
}

// row is a line cut into cells.
type row struct {
	cells   []string
	y, size float64
}

// cells cuts a line at its columns.
func cells(l textLine, cols []column) row {
	parts := make([][]run, len(cols))
	for _, s := range l.segs {
		for _, g := range s.runs {
			i := at(cols, g.x, l.size)
			parts[i] = append(parts[i], g)
		}
	}
	w := row{cells: make([]string, len(cols)), y: l.y, size: l.size}
	for i, runs := range parts {
		slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.x, b.x) })
		w.cells[i] = joined(runs)
	}
	return w
}

// mergeWrapped joins lines that go on with the cells of the row above: their
// first cell is empty, few others are filled, and they stand closer to it than
// rows do to each other.
func mergeWrapped(rows []row) []row {
	pitch := rowPitch(rows)
	var out []row
	for i, w := range rows {
		if n := len(out); n > 0 && w.continues(out[n-1], rows[i-1], pitch) {
			for k, c := range w.cells {
				if c != "" {
					out[n-1].cells[k] = fold(out[n-1].cells[k] + " " + c)
				}
			}
			continue
		}
		out = append(out, w)
	}
	return out
}

// rowPitch is the median distance between lines whose first cell is filled.
func rowPitch(rows []row) float64 {
	var gaps []float64
	last := -1
	for i, w := range rows {
		if w.cells[0] == "" {
			continue
		}
		if last >= 0 {
			gaps = append(gaps, rows[last].y-w.y)
		}
		last = i
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

func (w row) continues(above, before row, pitch float64) bool {
	if w.cells[0] != "" || len(w.cells) < 3 {
		return false
	}
	filled := 0
	for i, c := range w.cells {
		if c == "" {
			continue
		}
		filled++
		if above.cells[i] == "" {
			return false
		}
	}
	gap := before.y - w.y
	return filled*2 <= len(w.cells) && gap < 1.6*w.size && gap < 0.95*pitch || filled == 1 && gap < 1.5*w.size
}
