package risk

import (
	"cmp"
	"slices"

	"github.com/reeve-council/reeve"
)

// Ranked is what decides a person's place on the list.
type Ranked struct {
	Person   string
	Tier     reeve.Tier
	Severity int
	Kinds    int
	Items    int
	Rank     int // RankOf
}

// RankOf is 0 for the first five signals, 1 for the others, 2 for none; being
// an offender gives no rank.
func RankOf(signals []reeve.SignalReason) int {
	rank := 2
	for _, s := range signals {
		switch {
		case s.Signal.Safety():
			return 0
		case s.Signal != reeve.SignalOffender:
			rank = 1
		}
	}
	return rank
}

var tierOrder = map[reeve.Tier]int{reeve.TierStrong: 0, reeve.TierLikely: 1, reeve.TierPossible: 2, reeve.TierNone: 3}

// Compare orders people by priority: rank, `possible` after all others of the
// rank, severity, number of kinds, items, tier, person. There are no ties.
func Compare(a, b Ranked) int {
	return cmp.Or(
		cmp.Compare(a.Rank, b.Rank),
		cmp.Compare(possible(a), possible(b)),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(b.Kinds, a.Kinds),
		cmp.Compare(b.Items, a.Items),
		cmp.Compare(tierOrder[a.Tier], tierOrder[b.Tier]),
		cmp.Compare(a.Person, b.Person),
	)
}

func possible(r Ranked) int {
	if r.Tier == reeve.TierPossible || r.Tier == reeve.TierNone {
		return 1
	}
	return 0
}

// Sort puts people into the order of priority.
func Sort(people []Ranked) { slices.SortFunc(people, Compare) }
