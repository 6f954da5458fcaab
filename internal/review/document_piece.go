package review

import (
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// piece is a stretch of text that the same findings cover throughout. Text in
// pieces, one after the other, is the text itself: findings that overlap or lie
// in each other cut it where each begins and ends.
type piece struct {
	Text   reeve.Sensitive `json:"text"`
	Marked bool            `json:"marked"`
	ID     string          `json:"id,omitempty"`    // anchor of the first finding that begins here
	Next   string          `json:"next,omitempty"`  // anchor of the finding after it on the page
	Label  string          `json:"label,omitempty"` // what begins here: kinds and confidence
}

// anchor is where a finding stands in a page.
func anchor(f *sweep.FoundView) string { return "f" + strconv.FormatInt(f.N, 10) }

// label says what a finding is, as it stands in the text: "date of birth, B".
func label(f *sweep.FoundView) string {
	s := kindWords(reeve.Kind(f.Kind)) + ", " + f.Confidence
	if f.Negated {
		s += ", denied by the text"
	}
	return s
}

// cut cuts a text at its findings, whose offsets are bytes in it. Offsets that
// do not fit are drawn in.
func cut(text reeve.Sensitive, found []sweep.FoundView) []piece {
	size := int64(text.Len())
	if size == 0 {
		return nil
	}
	edges := []int64{0, size}
	for i := range found {
		first, last := bounds(&found[i], size)
		if first < last {
			edges = append(edges, first, last)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	pieces := make([]piece, 0, len(edges)-1)
	for i := 0; i+1 < len(edges); i++ {
		p := piece{Text: text.Slice(int(edges[i]), int(edges[i+1]))}
		for j := range found {
			f := &found[j]
			first, last := bounds(f, size)
			if first >= last || edges[i] < first || edges[i] >= last {
				continue
			}
			p.Marked = true
			if edges[i] != first {
				continue
			}
			if p.ID == "" {
				p.ID = anchor(f)
			}
			if p.Label != "" {
				p.Label += "; "
			}
			p.Label += label(f)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// bounds are the offsets of a finding within a text of a size.
func bounds(f *sweep.FoundView, size int64) (first, last int64) {
	return min(max(f.First, 0), size), min(max(f.Last, 0), size)
}

// inCell are the findings of one cell.
func inCell(found []sweep.FoundView, line, col int64) []sweep.FoundView {
	var here []sweep.FoundView
	for _, f := range found {
		if f.Col == col && (line < 0 || f.Line == line) {
			here = append(here, f)
		}
	}
	return here
}

// chain ties each finding's mark to the next on the page, in the order of the
// page, and gives the anchors. The last leads back to the first.
func chain(all [][]piece) (anchors []string) {
	var marks []*piece
	for _, pieces := range all {
		for i := range pieces {
			if pieces[i].ID != "" {
				marks = append(marks, &pieces[i])
				anchors = append(anchors, pieces[i].ID)
			}
		}
	}
	for i, p := range marks {
		p.Next = marks[(i+1)%len(marks)].ID
	}
	return anchors
}
