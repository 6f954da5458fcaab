package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// cellGap is the gap between two runs of a line, in parts of the size, from
// which on they are no longer words of one sentence.
const cellGap = 0.9

// layout pushes the runs of a page in reading order: upright text first, then
// text in other directions, then what is there but not shown.
func (r *reader) layout(c *content) {
	var groups [8][]run
	for _, g := range c.runs {
		n := g.turn
		if g.hidden {
			n += 4
		}
		groups[n] = append(groups[n], g)
	}
	for n, runs := range groups {
		if len(runs) == 0 {
			continue
		}
		layer := reeve.LayerBody
		switch {
		case n >= 4 && c.pictures > 0:
			layer = reeve.LayerOCR
		case n >= 4:
			layer = reeve.LayerHidden
		}
		r.out.Begin(pageName(r.pages), layer)
		r.blocks(lines(runs), 0)
		r.out.Blank()
	}
}

// segment is runs of one line that stand close together.
type segment struct {
	x, end float64
	runs   []run
}

// textLine is what stands on one baseline, from left to right.
type textLine struct {
	y, size float64
	segs    []segment
}

// lines gathers runs into lines from the top down.
func lines(runs []run) []textLine {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(b.y, a.y) })
	var out []textLine
	for from := 0; from < len(runs); {
		to, size := from+1, runs[from].size
		for to < len(runs) && runs[from].y-runs[to].y < 0.4*min(size, runs[to].size) {
			size = max(size, runs[to].size)
			to++
		}
		out = append(out, makeLine(runs[from:to]))
		from = to
	}
	return out
}

func makeLine(runs []run) textLine {
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(a.x, b.x) })
	l := textLine{y: runs[0].y}
	for i, g := range runs {
		l.size = max(l.size, g.size)
		if i > 0 && twice(runs[i-1], g) {
			continue // drawn twice to look bold
		}
		if n := len(l.segs); n > 0 {
			s := &l.segs[n-1]
			if g.x-s.end < cellGap*min(g.size, s.runs[len(s.runs)-1].size) {
				s.runs = append(s.runs, g)
				s.end = max(s.end, g.end)
				continue
			}
		}
		l.segs = append(l.segs, segment{g.x, g.end, []run{g}})
	}
	return l
}

func twice(a, b run) bool {
	return math.Abs(a.x-b.x) < 0.2*a.size && math.Abs(a.y-b.y) < 0.2*a.size && string(a.text) == string(b.text)
}

// joined is the text of runs with spaces where there are gaps.
func joined(runs []run) string {
	var b strings.Builder
	for i, g := range runs {
		if i > 0 && g.x-runs[i-1].end > wordGap*g.size && g.text[0] != ' ' {
			b.WriteByte(' ')
		}
		b.Write(g.text)
	}
	return fold(b.String())
}

// fold trims and makes every run of spaces one.
func fold(s string) string {
	if !strings.Contains(s, "  ") && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func (s segment) text() string { return joined(s.runs) }

// text is the line with its segments one space apart; after a label the value
// follows, and another label begins another line.
func (l textLine) text() string {
	var b strings.Builder
	label := false
	for i, s := range l.segs {
		t := s.text()
		if t == "" {
			continue
		}
		switch {
		case i == 0:
		case !label && isLabel(t):
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		label = strings.HasSuffix(t, ":")
		b.WriteString(t)
	}
	return b.String()
}

// isLabel reports whether a segment is a label, or begins with one.
func isLabel(t string) bool {
	i := strings.IndexByte(t, ':')
	return i > 1 && i < 40 && (i+1 == len(t) || t[i+1] == ' ') && strings.Count(t[:i], " ") < 5
}

// pushLines pushes lines one after the other, a blank line where the gap
// between two is larger than usual.
func (r *reader) pushLines(ls []textLine) {
	for i, l := range ls {
		if i > 0 {
			gap := ls[i-1].y - l.y
			if gap > 1.7*max(l.size, ls[i-1].size) {
				r.out.Blank()
			}
		}
		if t := l.text(); t != "" {
			r.out.Line(t)
		}
	}
}
