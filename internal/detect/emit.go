package detect

import (
	"cmp"
	"slices"

	"github.com/reeve-council/reeve"
)

// emit adds a finding about h (nil: nobody) and gives it for what is left to
// fill in. In texts for everybody nothing is better than D, names and words C.
func (d *Document) emit(det *Detector, place reeve.Place, value, norm string, conf reeve.Confidence, h *human) *reeve.Finding {
	if d.public() {
		conf = reeve.ConfidenceD
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

// sortFindings orders findings by place, then kind, clump and rule, so that the
// order of the rules never shows.
func sortFindings(out []reeve.Finding) {
	slices.SortStableFunc(out, func(a, b reeve.Finding) int {
		switch {
		case a.Place.Before(b.Place):
			return -1
		case b.Place.Before(a.Place):
			return 1
		}
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Clump, b.Clump), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Signal, b.Signal))
	})
}
