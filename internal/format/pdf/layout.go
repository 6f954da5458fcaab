package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

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
	return logical(fold(b.String()))
}

// logical turns text that is written from right to left, whose glyphs stand
// from left to right here, into the order in which it is read: all of it is
// reversed, and runs of digits and other letters back again.
func logical(s string) string {
	if !strings.ContainsFunc(s, leftward) {
		return s
	}
	all := []rune(s)
	back, other := 0, 0
	for _, r := range all {
		if leftward(r) {
			back++
		} else if unicode.IsLetter(r) {
			other++
		}
	}
	if back < other {
		return s
	}
	slices.Reverse(all)
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && forward(all, j) {
			j++
		}
		slices.Reverse(all[i:j])
		i = max(j, i+1)
	}
	return string(all)
}

// leftward reports whether a letter is written from right to left: Hebrew,
// Arabic and its presentation forms.
func leftward(r rune) bool {
	return r >= 0x590 && r < 0x900 || r >= 0xFB1D && r < 0xFE00 || r >= 0xFE70 && r < 0xFEFF
}

// forward reports whether the rune at i belongs to a run that is read from left
// to right within leftward text.
func forward(all []rune, i int) bool {
	r := all[i]
	if unicode.IsDigit(r) || unicode.IsLetter(r) && !leftward(r) {
		return true
	}
	return i > 0 && i+1 < len(all) && strings.ContainsRune("./,-:@_", r) && forward(all[i-1:i], 0) && forward(all[i+1:i+2], 0)
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
	usual := usualGap(ls)
	for i, l := range ls {
		if i > 0 {
			gap, size := ls[i-1].y-l.y, max(l.size, ls[i-1].size)
			if gap > 1.35*usual && gap > 1.5*size || gap > 3*size {
				r.out.Blank()
			}
		}
		if t := l.text(); t != "" {
			r.out.Line(t)
		}
	}
}

// usualGap is the median distance between lines.
func usualGap(ls []textLine) float64 {
	if len(ls) < 2 {
		return 0
	}
	gaps := make([]float64, 0, len(ls)-1)
	for i := 1; i < len(ls); i++ {
		gaps = append(gaps, ls[i-1].y-ls[i].y)
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
