package sweep

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Measures of a page's layout, in letter heights (the box of a word, about
// 0.7 of the type size).
const (
	wideGap   = 1.4 // from this a gap is no space between words: about three spaces
	gutter    = 0.5 // the least white between two columns of a table
	rowDrift  = 0.6 // words whose middles differ by less stand in one row
	rowDegree = 3.0 // a table's rows follow each other closer than this
)

// Sizes of what counts as a table.
const (
	tableRows    = 3
	tableColumns = 3
)

// segment is words of one row that stand close together.
type segment struct {
	words       []int // of the page
	left, right float64
	text        string
}

// row is what stands at one height of the page.
type row struct {
	middle   float64
	segments []segment
}

// page lays out the words of a page: tables become rows, a label and the value
// beside it one line, and the rest lines in reading order with a blank line
// between paragraphs.
type page struct {
	words  []word
	height float64 // of letters
	rows   []row
	taken  []bool // words that a table or a form has used
	out    []reeve.Block
	text   strings.Builder
	line   int // lines written so far, of the page
	from   int // first line of what is in text, from 1
	tables int
}

// layOut makes the blocks of a page. Part and table numbers are counted from
// what the document has before.
func layOut(words []word, part string, tables int) []reeve.Block {
	if len(words) == 0 {
		return nil
	}
	straighten(words)
	p := &page{words: words, height: letterHeight(words), taken: make([]bool, len(words)), tables: tables}
	p.makeRows()
	areas := p.findTables()
	p.joinLabels()
	p.write(areas)
	for i := range p.out {
		p.out[i].Part, p.out[i].Layer = part, reeve.LayerOCR
	}
	return p.out
}

// makeRows groups words by height and cuts the rows at wide gaps.
func (p *page) makeRows() {
	order := make([]int, len(p.words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.words[a].middle(), p.words[b].middle()) })
	for start := 0; start < len(order); {
		end, sum := start, 0.0
		for end < len(order) {
			m := p.words[order[end]].middle()
			if end > start && m-sum/float64(end-start) > rowDrift*p.height {
				break
			}
			sum += m
			end++
		}
		p.rows = append(p.rows, p.makeRow(slices.Clone(order[start:end]), sum/float64(end-start)))
		start = end
	}
}

func (p *page) makeRow(words []int, middle float64) row {
	slices.SortStableFunc(words, func(a, b int) int { return cmp.Compare(p.words[a].left, p.words[b].left) })
	r := row{middle: middle}
	for _, i := range words {
		w := &p.words[i]
		n := len(r.segments)
		if n == 0 || float64(w.left)-r.segments[n-1].right > wideGap*p.height {
			r.segments = append(r.segments, segment{left: float64(w.left)})
			n++
		}
		s := &r.segments[n-1]
		s.words = append(s.words, i)
		s.right = max(s.right, float64(w.right()))
		s.text = strings.TrimPrefix(s.text+" "+w.text, " ")
	}
	return r
}

// area is a table with the height at which it begins.
type area struct {
	top   float64
	cells [][]string
}

// findTables looks for runs of rows with several segments whose white between
// them forms columns.
func (p *page) findTables() []area {
	var found []area
	for start := 0; start < len(p.rows); {
		end := p.runFrom(start)
		if end-start >= tableRows {
			if a, ok := p.table(p.rows[start:end]); ok {
				found = append(found, a)
			}
		}
		start = max(end, start+1)
	}
	return found
}

// runFrom gives the end of the run of many-segment rows that begins at a row.
// One row with fewer (a cell that went on in the next line) may lie between two.
func (p *page) runFrom(start int) int {
	end := start
	for i := start; i < len(p.rows); i++ {
		if i > start && p.rows[i].middle-p.rows[i-1].middle > rowDegree*p.height {
			break
		}
		many := len(p.rows[i].segments) >= 2
		if i == start && !many {
			break
		}
		if many {
			end = i + 1
		} else if i > end {
			break
		}
	}
	return end
}

// table makes cells of a run of rows, if its columns hold.
func (p *page) table(rows []row) (area, bool) {
	columns := p.columns(rows)
	if len(columns) < tableColumns && (len(columns) < 2 || !p.oneLine(rows)) {
		return area{}, false
	}
	a := area{top: rows[0].middle}
	full := 0
	for _, r := range rows {
		cells := make([]string, len(columns))
		filled := 0
		for _, s := range r.segments {
			at := columnOf(columns, s)
			if cells[at] == "" {
				filled++
			}
			cells[at] = strings.TrimPrefix(cells[at]+" "+s.text, " ")
		}
		if 2*filled > len(columns) {
			full++
		}
		if n := len(a.cells); n > 0 && cells[0] == "" && 2*filled <= len(columns) {
			goOn(a.cells[n-1], cells)
			continue
		}
		a.cells = append(a.cells, cells)
	}
	if full < tableRows {
		return area{}, false
	}
	for _, r := range rows {
		for _, s := range r.segments {
			for _, i := range s.words {
				p.taken[i] = true
			}
		}
	}
	return a, true
}

// goOn adds what cells hold in the next line to the row above.
func goOn(above, cells []string) {
	for i, c := range cells {
		if c != "" {
			above[i] = strings.TrimPrefix(above[i]+" "+c, " ")
		}
	}
}

// span is a column, from left to right in pixels.
type span struct{ left, right float64 }

// columns joins the segments of rows to columns where they overlap. Rows with
// one segment (a heading across) have no say.
func (p *page) columns(rows []row) []span {
	var all []span
	for _, r := range rows {
		if len(r.segments) < 2 {
			continue
		}
		for _, s := range r.segments {
			all = append(all, span{s.left, s.right})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(cmp.Compare(a.left, b.left), cmp.Compare(a.right, b.right)) })
	var out []span
	for _, s := range all {
		if n := len(out); n > 0 && s.left < out[n-1].right+gutter*p.height {
			out[n-1].right = max(out[n-1].right, s.right)
			continue
		}
		out = append(out, s)
	}
	return out
}

// columnOf is the column that a segment overlaps most.
func columnOf(columns []span, s segment) int {
	best, most := 0, -1e9
	for i, c := range columns {
		if over := min(c.right, s.right) - max(c.left, s.left); over > most {
			best, most = i, over
		}
	}
	return best
}

// oneLine reports whether tesseract too saw the segments of most rows as one
// line. Two columns of which it did not are two texts side by side: an address
// and a reference, or a page in two columns. Labels with a colon are no table
// either.
func (p *page) oneLine(rows []row) bool {
	same, labels := 0, 0
	for _, r := range rows {
		if len(r.segments) < 2 {
			continue
		}
		first, last := r.segments[0], r.segments[len(r.segments)-1]
		if p.words[first.words[0]].line == p.words[last.words[0]].line {
			same++
		}
		if strings.HasSuffix(first.text, ":") {
			labels++
		}
	}
	return 2*same > len(rows) && 2*labels < len(rows)
}

// joinLabels puts a value that tesseract took for another column back beside
// its label.
func (p *page) joinLabels() {
	for _, r := range p.rows {
		for i := 0; i+1 < len(r.segments); i++ {
			label, value := r.segments[i], r.segments[i+1]
			if !strings.HasSuffix(label.text, ":") || strings.HasSuffix(value.text, ":") || p.taken[label.words[0]] || p.taken[value.words[0]] {
				continue
			}
			at := &p.words[label.words[len(label.words)-1]]
			if p.words[value.words[0]].line == at.line {
				continue
			}
			at.text += " " + value.text
			for _, w := range value.words {
				p.taken[w] = true
			}
		}
	}
}

// write puts out the lines in tesseract's reading order, each table before the
// first line that stands below its top.
func (p *page) write(areas []area) {
	lines := p.lines()
	pitch := p.pitch(lines)
	next := 0
	for i, l := range lines {
		for next < len(areas) && areas[next].top < l.middle {
			p.putTable(areas[next])
			next++
		}
		if p.text.Len() > 0 && !l.follows(lines[i-1], pitch) {
			p.text.WriteByte('\n')
			p.line++
		}
		p.putLine(l)
	}
	for ; next < len(areas); next++ {
		p.putTable(areas[next])
	}
	p.flush()
}

// textLine is a line of running text.
type textLine struct {
	words       []int
	middle      float64
	left, right int
}

// lines are tesseract's lines without the words that tables took.
func (p *page) lines() []textLine {
	var out []textLine
	var last lineAt
	for i := range p.words {
		w := &p.words[i]
		if p.taken[i] {
			continue
		}
		if len(out) == 0 || w.line != last {
			out = append(out, textLine{left: w.left, right: w.right()})
			last = w.line
		}
		l := &out[len(out)-1]
		l.words = append(l.words, i)
		l.middle += (w.middle() - l.middle) / float64(len(l.words))
		l.left, l.right = min(l.left, w.left), max(l.right, w.right())
	}
	return out
}

// pitch is the usual distance from one line to the next.
func (p *page) pitch(lines []textLine) float64 {
	var steps []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i].middle - lines[i-1].middle; d > p.height {
			steps = append(steps, d)
		}
	}
	if len(steps) == 0 {
		return 2 * p.height
	}
	slices.Sort(steps)
	return min(steps[len(steps)/3], rowDegree*p.height)
}

// follows reports whether a line goes on from the one before: the next below
// it, and not beside it. Paragraphs as tesseract sees them are of no use here:
// it tears addresses apart.
func (l textLine) follows(before textLine, pitch float64) bool {
	const looser = 1.5 // a blank line doubles the distance
	d := l.middle - before.middle
	return d > 0 && d < looser*pitch && l.left <= before.right && before.left <= l.right
}

func (p *page) putLine(l textLine) {
	p.line++
	if p.text.Len() == 0 {
		p.from = p.line
	}
	for n, i := range l.words {
		w := &p.words[i]
		if n > 0 {
			p.text.WriteByte(' ')
			if float64(w.left-p.words[l.words[n-1]].right()) > wideGap*p.height {
				p.text.WriteByte(' ') // two: what follows is something else
			}
		}
		p.text.WriteString(w.text)
	}
	p.text.WriteByte('\n')
}

func (p *page) putTable(a area) {
	p.flush()
	p.tables++
	first := 1
	for rows := range slices.Chunk(a.cells, reeve.MaxBlockRows) {
		p.out = append(p.out, reeve.Block{Rows: rows, First: first, Table: p.tables})
		first += len(rows)
	}
	p.line += len(a.cells)
}

func (p *page) flush() {
	if p.text.Len() == 0 {
		return
	}
	p.out = append(p.out, reeve.Block{Text: p.text.String(), Line: p.from})
	p.text.Reset()
}
