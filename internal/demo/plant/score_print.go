package plant

import (
	"fmt"
	"slices"
	"strings"
)

// String is the scores as a table for people, without personal values.
func (s *Scores) String() string {
	var b strings.Builder
	for _, line := range []struct {
		name string
		r    Ratio
	}{{"person recall, residents", s.PersonRecall}, {"person recall, on no register", s.OutsideRecall}, {"recall, any signal", s.SignalRecall},
		{"recall, safety signals", s.SafetyRecall}, {"signals of those people", s.PersonSignal}, {"signals listed that are right", s.ExtraSignals},
		{"strong rows that are right", s.WrongStrong.rest()}, {"links of strong that are right", s.WrongLinks.rest()}, {"person and kind, recall", s.KindRecall},
		{"person and kind, precision", s.KindPrecision}, {"element precision, A and B", s.ElementPrecise}, {"element recall, A and B", s.ElementRecall},
		{"link recall", s.LinkRecall}, {"items accounted for", s.Items}} {
		fmt.Fprintf(&b, "%-32s %7.4f  %d of %d\n", line.name, line.r.Share(), line.r.Good, line.r.Of)
	}
	for _, line := range []struct {
		name string
		n    int
	}{{"decoys at A or B", s.DecoysAB}, {"rows that merge people", s.Merged}, {"second rows of a person", s.Split}, {"rows of nobody", s.Unknown},
		{"priority faults", s.PriorityFaults}, {"safety people listed late", s.LateSafety}, {"safety people not held", s.SafeContact},
		{"other safe_contact faults", s.ContactFaults}, {"sealed faults", s.SealedFaults}, {"items that are not there", s.ExtraItems}} {
		fmt.Fprintf(&b, "%-32s %d\n", line.name, line.n)
	}
	for _, table := range []struct {
		name string
		m    map[string]Ratio
	}{{"link recall by style", s.ByStyle}, {"link recall by form", s.ByForm}, {"link recall by document type", s.ByType}, {"link recall by format", s.ByFormat},
		{"person recall by origin", s.ByOrigin}, {"element recall by kind", s.ByKind}, {"element precision by kind and rule", s.WrongKind}} {
		b.WriteString("\n" + table.name + "\n")
		for _, key := range worstFirst(table.m) {
			fmt.Fprintf(&b, "  %-40s %7.4f  %d of %d\n", key, table.m[key].Share(), table.m[key].Good, table.m[key].Of)
		}
	}
	return b.String()
}

// rest turns a count of faults into a count of what is right.
func (r Ratio) rest() Ratio { return Ratio{r.Of - r.Good, r.Of} }

func worstFirst(m map[string]Ratio) []string {
	list := sortedKeys(m)
	slices.SortStableFunc(list, func(a, b string) int {
		switch x, y := m[a].Share(), m[b].Share(); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return list
}

// MissesBy groups the misses of one measure by their detail, commonest first,
// with one example each.
func (s *Scores) MissesBy(measure string) string {
	count, example := map[string]int{}, map[string]Miss{}
	for _, m := range s.Misses {
		if m.Measure != measure {
			continue
		}
		if count[m.Detail] == 0 {
			example[m.Detail] = m
		}
		count[m.Detail]++
	}
	list := sortedKeys(count)
	slices.SortStableFunc(list, func(a, b string) int { return count[b] - count[a] })
	var b strings.Builder
	for _, detail := range list {
		fmt.Fprintf(&b, "%6d  %s  (%s %s)\n", count[detail], detail, example[detail].Person, example[detail].Item)
	}
	return b.String()
}
