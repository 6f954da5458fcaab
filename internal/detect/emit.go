package detect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// emit adds a finding about h (nil: nobody) and gives it for what is left to
// fill in. In texts for everybody nothing is better than D, names and words C.
func (d *Document) emit(det *Detector, place reeve.Place, value, norm string, conf reeve.Confidence, h *human) *reeve.Finding {
	if d.public() {
		conf = reeve.ConfidenceD
	}
	if det.Kind == reeve.KindAddress && norm == "" {
		norm = oneLine(value)
	}
	f := reeve.Finding{Kind: det.Kind, Place: place, Value: reeve.Private(det.Kind, value), Norm: norm, Confidence: conf, Rule: det.Rule, Said: d.said}
	if h != nil {
		f.Clump, f.Capacity = h.clump, h.capacity
		if det.Kind != reeve.KindName {
			h.carries = true
		}
	}
	d.out = append(d.out, f)
	return &d.out[len(d.out)-1]
}

// oneLine is an address with commas for its line ends.
func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), ", ")
}

// cellPlace is Block.CellPlace with one allocation: tables are mostly findings.
func (d *Document) cellPlace(row, col, start, end int) reeve.Place {
	var buf [64]byte
	b := buf[:0]
	if part := strings.TrimPrefix(d.block.Part, "sheet "); part != "" {
		b = append(append(b, part...), '!')
	}
	if col < 26 {
		b = append(b, 'A'+byte(col))
	} else {
		b = append(b, reeve.ColumnName(col)...)
	}
	b = strconv.AppendInt(b, int64(max(d.block.First, 1)+row), 10)
	return reeve.Place{Block: d.n, Row: int32(row), Col: int32(col), Start: uint32(start), End: uint32(end), Label: string(b)}
}

// sortFindings orders findings by place, then kind, clump and rule, so that the
// order of the rules never shows.
func sortFindings(out []reeve.Finding) {
	if !slices.IsSortedFunc(out, inOrder) {
		slices.SortStableFunc(out, inOrder)
	}
}

func inOrder(a, b reeve.Finding) int {
	switch {
	case a.Place.Before(b.Place):
		return -1
	case b.Place.Before(a.Place):
		return 1
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Clump, b.Clump), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Signal, b.Signal))
}
