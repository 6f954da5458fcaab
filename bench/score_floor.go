package main

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/demo/plant"
)

// scoreFloor holds one figure of a score to a bound: at least it, or, for
// faults, at most it. A figure without a bound is shown for what it is.
type scoreFloor struct {
	name    string
	bound   string // "≥ 0.97", "≤ 0"; "" for none
	value   func(s *plant.Scores) float64
	holds   func(x float64) bool
	decimal bool
}

func atLeast(name string, bound float64, value func(s *plant.Scores) float64) scoreFloor {
	return scoreFloor{name, fmt.Sprint("≥ ", bound), value, func(x float64) bool { return x >= bound }, true}
}

func atMost(name string, bound float64, value func(s *plant.Scores) float64) scoreFloor {
	return scoreFloor{name, fmt.Sprint("≤ ", bound), value, func(x float64) bool { return x <= bound }, bound != 0}
}

func shown(name string, value func(s *plant.Scores) float64) scoreFloor {
	return scoreFloor{name, "", value, func(float64) bool { return true }, true}
}

var scoreFloors = []scoreFloor{
	atLeast("people listed, strong or likely", 0.97, func(s *plant.Scores) float64 { return joined(s.PersonRecall, s.OutsideRecall) }),
	shown("  of them on no register", func(s *plant.Scores) float64 { return s.OutsideRecall.Share() }),
	atLeast("people with any signal, listed", 0.99, func(s *plant.Scores) float64 { return s.SignalRecall.Share() }),
	shown("  with a safety signal, listed", func(s *plant.Scores) float64 { return s.SafetyRecall.Share() }),
	shown("  their signals on their rows", func(s *plant.Scores) float64 { return s.PersonSignal.Share() }),
	atMost("wrong person among strong", 0.002, func(s *plant.Scores) float64 { return s.WrongStrong.Share() }),
	atLeast("person and kind, recall", 0.95, func(s *plant.Scores) float64 { return s.KindRecall.Share() }),
	atLeast("person and kind, precision", 0.97, func(s *plant.Scores) float64 { return s.KindPrecision.Share() }),
	atLeast("element precision, A and B", 0.99, func(s *plant.Scores) float64 { return s.ElementPrecise.Share() }),
	shown("element recall, A and B", func(s *plant.Scores) float64 { return s.ElementRecall.Share() }),
	shown("person and item, recall", func(s *plant.Scores) float64 { return s.LinkRecall.Share() }),
	shown("items accounted for", func(s *plant.Scores) float64 { return s.Items.Share() }),
	atMost("decoys at A or B", 0, func(s *plant.Scores) float64 { return float64(s.DecoysAB) }),
	atMost("rows that stand before a more urgent one", 0, func(s *plant.Scores) float64 { return float64(s.PriorityFaults) }),
	atMost("people with a safety signal listed late", 0, func(s *plant.Scores) float64 { return float64(s.LateSafety) }),
	atMost("people with a safety signal who could be written to", 0, func(s *plant.Scores) float64 { return float64(s.SafeContact) }),
	atMost("rows that merge people", 0, func(s *plant.Scores) float64 { return float64(s.Merged) }),
}

func joined(a, b plant.Ratio) float64 {
	return plant.Ratio{Good: a.Good + b.Good, Of: a.Of + b.Of}.Share()
}

// print adds the figure's row: a star marks a run that is under the floor.
func (f scoreFloor) print(t *table, runs []*plant.Scores) {
	cells, good := []any{f.name, f.bound}, true
	for _, s := range runs {
		x, mark, form := f.value(s), "", "%.0f"
		if f.decimal {
			form = "%.4f"
		}
		if !f.holds(x) {
			good, mark = false, "*"
		}
		cells = append(cells, fmt.Sprintf(form, x)+mark)
	}
	if f.bound != "" {
		cells = append(cells, verdict(good))
	}
	t.row(cells...)
}
