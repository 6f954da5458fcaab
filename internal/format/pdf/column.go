package pdf

import (
	"cmp"
	"slices"
	"strings"
)

const (
	maxColumns = 200
	maxBlock   = 400 // lines looked at together
	maxNested  = 4   // columns within columns
)

// column is a stretch of x that text keeps to.
type column struct{ lo, hi float64 }

// block is consecutive lines that stand in columns.
type block struct {
	lines []textLine
	cols  []column
}

// blocks pushes lines, of which some may stand in columns.
func (r *reader) blocks(ls []textLine, depth int) {
	plain := 0
	for i := 0; i < len(ls) && !r.stopped(); {
		b := grow(ls[i:])
		r.meter.Step(len(b.lines))
		if len(b.lines) == 0 || depth > maxNested {
			i++
			continue
		}
		r.pushLines(ls[plain:i])
		r.pushBlock(b, depth)
		i += len(b.lines)
		plain = i
	}
	r.pushLines(ls[plain:])
}

// grow takes lines as long as at least two columns stay apart. What it gives is
// empty where the first lines do not begin a block.
func grow(ls []textLine) block {
	if len(ls) < 2 {
		return block{}
	}
	var best block
	n := 1
	for ; n <= len(ls) && n <= maxBlock; n++ {
		if n > 1 && apart(ls[:n]) {
			break
		}
		if len(best.cols) >= 2 && inside(ls[n-1], best.cols) {
			best.lines = ls[:n]
			continue
		}
		cols := columns(ls[:n])
		if len(cols) < 2 {
			if n < 3 && len(ls[0].segs) < 2 && len(ls[n-1].segs) < 2 {
				continue // one column may begin above the other
			}
			if n == 1 || !bridge(ls, n-1, best.cols) {
				break
			}
			cols = best.cols
		} else if lost(best.cols, cols) && !bridge(ls, n-1, best.cols) {
			break
		}
		if len(cols) >= 2 {
			best = block{ls[:n], cols}
		}
	}
	return best.worth()
}

// inside reports whether a line lies within columns, so that it changes nothing
// about them.
func inside(l textLine, cols []column) bool {
	for _, s := range l.segs {
		c := cols[at(cols, s.x, 0)]
		if s.x < c.lo || s.end > c.hi {
			return false
		}
	}
	return true
}

// apart reports whether the last line stands much further down than the lines
// above it do from each other.
func apart(ls []textLine) bool {
	n := len(ls)
	gap := ls[n-2].y - ls[n-1].y
	size := max(ls[n-1].size, ls[n-2].size)
	if gap < 2.5*size {
		return false
	}
	if n < 4 {
		return gap > 6*size
	}
	usual := (ls[0].y - ls[n-2].y) / float64(n-2)
	return gap > 2*usual
}

// lost reports whether a line made most of the columns run together.
func lost(before, after []column) bool {
	return len(before) >= 3 && len(after) < (len(before)+1)/2
}

// bridge reports whether the line at n merely crosses the columns of a table
// that goes on below it: a heading, or a cell that is too long.
func bridge(ls []textLine, n int, cols []column) bool {
	if n < 2 || len(cols) < 3 || n+1 >= len(ls) || n+1 >= maxBlock {
		return false
	}
	good := 0
	for _, l := range ls[n+1 : min(len(ls), n+4)] {
		if len(l.segs) >= 2 && fits(l, cols) {
			good++
		}
	}
	return good >= min(2, len(ls)-n-1)
}

// fits reports whether no segment of a line crosses from one column to another.
func fits(l textLine, cols []column) bool {
	for _, s := range l.segs {
		if at(cols, s.x, l.size) != at(cols, s.end-0.1, l.size) {
			return false
		}
	}
	return true
}

// at is the column in which x lies: the last that begins at or before it.
func at(cols []column, x, size float64) int {
	n := 0
	for i := range cols {
		if cols[i].lo <= x+0.3*size {
			n = i
		}
	}
	return n
}

// columns finds the stretches of x that are set apart by gaps which hardly any
// line crosses.
func columns(ls []textLine) []column {
	type edge struct {
		x  float64
		by int
	}
	var edges []edge
	size := 0.0
	for _, l := range ls {
		size += l.size / float64(len(ls))
		for _, s := range l.segs {
			edges = append(edges, edge{s.x, 1}, edge{max(s.end, s.x+0.01), -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(b.by, a.by)) })
	crossing := len(ls) / 20
	var cols []column
	depth, end := 0, 0.0
	inside := false
	for _, e := range edges {
		depth += e.by
		switch {
		case !inside && depth > crossing:
			inside = true
			if n := len(cols); n > 0 && e.x-end < 0.25*size {
				continue // no gap to speak of: the column before goes on
			}
			if len(cols) < maxColumns {
				cols = append(cols, column{lo: e.x})
			}
		case inside && depth <= crossing:
			inside, end = false, e.x
			cols[len(cols)-1].hi = e.x
		}
	}
	return cols
}

// worth gives the block where it is more than chance: enough lines, with enough
// of them in more than one column.
func (b block) worth() block {
	if len(b.lines) == 0 {
		return b
	}
	several := 0
	for _, l := range b.lines {
		if len(l.segs) >= 2 {
			several++
		}
	}
	filled := make([]int, len(b.cols))
	for _, l := range b.lines {
		for _, s := range l.segs {
			filled[at(b.cols, s.x, l.size)]++
		}
	}
	busy := 0
	for _, n := range filled {
		if n >= 2 {
			busy++
		}
	}
	if busy < 2 || several < 2 && len(b.lines) < 8 {
		return block{}
	}
	if b.titled() {
		return block{} // the table begins below it
	}
	return b.trimmed()
}

// titled reports whether the first line is a title: alone in its line, over a
// table, or over columns that it makes run together.
func (b block) titled() bool {
	if len(b.lines[0].segs) >= 2 || b.prose() {
		return false
	}
	return len(b.cols) > 2 || len(columns(b.lines[1:])) > len(b.cols)
}

// trimmed drops lines at the end that stand in one column alone although most
// lines stand in several: they are what comes after a table.
func (b block) trimmed() block {
	if !b.prose() {
		n := len(b.lines)
		for n > 2 && len(b.lines[n-1].segs) < 2 && len(b.cols) > 2 && b.lines[n-1].segs[0].x <= b.cols[0].lo+b.lines[n-1].size {
			n--
		}
		b.lines = b.lines[:n]
	}
	return b
}

// prose reports whether the columns hold running text: at most four, filled for
// most of their width with several words a line.
func (b block) prose() bool {
	if len(b.cols) > 4 || len(b.lines) < 4 {
		return false
	}
	full := 0
	for i, c := range b.cols {
		var segs, words, wide int
		for _, l := range b.lines {
			for _, s := range l.segs {
				if at(b.cols, s.x, l.size) != i {
					continue
				}
				segs++
				words += strings.Count(s.text(), " ") + 1
				if s.end-s.x > 0.6*(c.hi-c.lo) {
					wide++
				}
			}
		}
		if segs >= 3 && wide*10 >= segs*6 && words >= 4*segs {
			full++
		}
	}
	return full >= 2 || full == 1 && len(b.cols) == 2 && b.sparse()
}

// sparse reports whether the lines of the two columns do not go together: few
// baselines hold both.
func (b block) sparse() bool {
	both := 0
	for _, l := range b.lines {
		if len(l.segs) >= 2 {
			both++
		}
	}
	return both*3 < len(b.lines)
}

// form reports whether half of the lines hold a label and its value.
func (b block) form() bool {
	labels := 0
	for _, l := range b.lines {
		for _, s := range l.segs {
			if isLabel(s.text()) {
				labels++
				break
			}
		}
	}
	return labels*2 >= len(b.lines)
}

// pushBlock pushes a block as columns of text, lines of a form or a table.
func (r *reader) pushBlock(b block, depth int) {
	switch {
	case b.prose():
		for i := range b.cols {
			r.blocks(b.part(i), depth+1)
			r.out.Blank()
		}
	case b.form(), b.list(), b.thin():
		r.pushLines(b.lines)
	case b.pairs():
		r.pushPairs(b)
	default:
		r.pushTable(b)
	}
}

// part is the lines of one column.
func (b block) part(i int) []textLine {
	var out []textLine
	for _, l := range b.lines {
		var runs []run
		for _, s := range l.segs {
			if at(b.cols, s.x, l.size) == i {
				runs = append(runs, s.runs...)
			}
		}
		if len(runs) > 0 {
			out = append(out, makeLine(runs))
		}
	}
	return out
}

// list reports whether the first of two columns holds nothing but bullets and
// numbers of a list.
func (b block) list() bool {
	if len(b.cols) != 2 {
		return false
	}
	for _, l := range b.lines {
		if at(b.cols, l.segs[0].x, l.size) > 0 {
			continue
		}
		if t := strings.TrimRight(l.segs[0].text(), ".):"); len([]rune(t)) > 2 {
			return false
		}
	}
	return true
}

// thin reports whether hardly any cells are filled: a plan or a drawing.
func (b block) thin() bool {
	filled := 0
	for _, l := range b.lines {
		filled += len(l.segs)
	}
	return filled*3 < len(b.lines)*len(b.cols)
}

// maxPairs is the most lines of a form without colons.
const maxPairs = 40

// pairs reports whether a block of two columns is a form without colons: short
// labels without digits on the left, values of several kinds on the right.
func (b block) pairs() bool {
	if len(b.cols) != 2 || len(b.lines) > maxPairs {
		return false
	}
	labels, digits, rows := 0, 0, 0
	seen := map[string]bool{}
	for _, l := range b.lines {
		c := cells(l, b.cols).cells
		if c[0] == "" || c[1] == "" {
			continue
		}
		rows++
		if !strings.ContainsAny(c[0], "0123456789£,@") && strings.Count(c[0], " ") < 5 && !seen[c[0]] {
			labels++
		}
		seen[c[0]] = true
		if strings.ContainsAny(c[1], "0123456789") {
			digits++
		}
	}
	return rows >= 2 && labels == rows && digits > 0 && (digits < rows || rows <= 3)
}

// pushPairs pushes lines "label: value".
func (r *reader) pushPairs(b block) {
	for _, l := range b.lines {
		c := cells(l, b.cols).cells
		if c[0] != "" && c[1] != "" {
			r.out.Pair(c[0], c[1])
		} else {
			r.out.Line(c[0] + c[1])
		}
	}
}
