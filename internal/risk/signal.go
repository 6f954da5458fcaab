package risk

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
)

// adultAge is when a child becomes an adult (Family Law Reform Act 1969, s.1).
const adultAge = 18

// signalsOf collects the signals of one person: what a register says, what
// counted findings say, and being a child on the day of reckoning.
func signalsOf(in *Input, counted []Evidence) []reeve.SignalReason {
	var out []reeve.SignalReason
	for _, s := range reeve.Signals {
		if r, ok := registerSignal(in, s); ok {
			out = append(out, r)
		} else if r, ok := findingSignal(counted, s); ok {
			out = append(out, r)
		} else if s == reeve.SignalMinor && isMinor(in) {
			out = append(out, reeve.SignalReason{Signal: s, Source: "date of birth"})
		}
	}
	return out
}

func registerSignal(in *Input, s reeve.Signal) (reeve.SignalReason, bool) {
	for i := range in.Records {
		r := &in.Records[i]
		said := slices.Contains(r.Signals, s) || s == reeve.SignalProtectedPerson && r.AnonymousElector
		if said {
			return reeve.SignalReason{Signal: s, Source: "register " + r.System, Since: r.Updated}, true
		}
	}
	return reeve.SignalReason{}, false
}

func findingSignal(counted []Evidence, s reeve.Signal) (reeve.SignalReason, bool) {
	items := make(map[int]bool)
	var since reeve.Date
	for _, e := range counted {
		if e.Signal != s || !carries(e) {
			continue
		}
		items[e.Item] = true
		if !e.Said.IsZero() && (since.IsZero() || e.Said.Before(since)) {
			since = e.Said
		}
	}
	if len(items) == 0 {
		return reeve.SignalReason{}, false
	}
	source := "findings in 1 item"
	if len(items) > 1 {
		source = fmt.Sprintf("findings in %d items", len(items))
	}
	return reeve.SignalReason{Signal: s, Source: source, Since: since}, true
}

// carries reports whether a finding can be a circumstance of its person: only
// subjects and relatives carry circumstances, and a bare check never tells.
func carries(e Evidence) bool {
	return !e.Negated && e.Confidence != reeve.ConfidenceD && (e.Capacity == reeve.CapacitySubject || e.Capacity == reeve.CapacityRelative)
}

func isMinor(in *Input) bool {
	born := bornOf(in)
	age, ok := born.AgeOn(in.AsOf)
	return ok && age < adultAge
}

// bornOf prefers a register's birth date to a document's.
func bornOf(in *Input) reeve.Date {
	for i := range in.Records {
		if in.Records[i].Born.Full() {
			return in.Records[i].Born
		}
	}
	return in.Born
}

func hasSafety(signals []reeve.SignalReason) bool {
	return slices.ContainsFunc(signals, func(s reeve.SignalReason) bool { return s.Signal.Safety() })
}

func hasSignal(signals []reeve.SignalReason, any ...reeve.Signal) bool {
	return slices.ContainsFunc(signals, func(s reeve.SignalReason) bool { return slices.Contains(any, s.Signal) })
}

// laneOf says who should act first.
func laneOf(signals []reeve.SignalReason, kinds kindSet) reeve.Lane {
	switch {
	case hasSafety(signals):
		return reeve.LaneSafety
	case hasSignal(signals, reeve.SignalLookedAfter, reeve.SignalChildInNeed, reeve.SignalMinor):
		return reeve.LaneChild
	case hasSignal(signals, reeve.SignalAdultSafeguarding, reeve.SignalAdultCare, reeve.SignalMentalHealth, reeve.SignalAsylum,
		reeve.SignalHomelessness, reeve.SignalAtRiskList):
		return reeve.LaneAdultAtRisk
	case kinds.fraud():
		return reeve.LaneFraud
	}
	return reeve.LaneOther
}
