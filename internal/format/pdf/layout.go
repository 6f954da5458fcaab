package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// layout pushes the runs of a page in reading order.
func (r *reader) layout(c *content) {
	for _, l := range lines(c.runs) {
		r.out.Line(l.text())
	}
}

// textLine is runs on one baseline, from left to right.
type textLine struct {
	y, size float64
	runs    []run
}

// lines gathers runs into lines from the top down.
func lines(runs []run) []textLine {
	slices.SortStableFunc(runs, func(a, b run) int {
		return cmp.Or(cmp.Compare(a.turn, b.turn), cmp.Compare(b.y, a.y))
	})
	var out []textLine
	for _, g := range runs {
		n := len(out)
		if n > 0 && out[n-1].runs[0].turn == g.turn && math.Abs(out[n-1].y-g.y) < 0.4*max(out[n-1].size, g.size) {
			out[n-1].runs = append(out[n-1].runs, g)
			continue
		}
		out = append(out, textLine{y: g.y, size: g.size, runs: []run{g}})
	}
	for i := range out {
		slices.SortStableFunc(out[i].runs, func(a, b run) int { return cmp.Compare(a.x, b.x) })
	}
	return out
}

func (l textLine) text() string {
	var b strings.Builder
	for i, g := range l.runs {
		if i > 0 {
			gap := (g.x - l.runs[i-1].end) / max(g.size, 0.01)
			if gap > wordGap {
				b.WriteByte(' ')
			}
		}
		b.Write(g.text)
	}
	return strings.TrimSpace(b.String())
}
