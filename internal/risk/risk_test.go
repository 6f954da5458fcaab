package risk

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
)

var today = reeve.Date{Year: 2026, Month: 1, Day: 12}

// The worked examples of the ENISA method: the processing context of each.
func TestENISAExamples(t *testing.T) {
	for _, c := range []struct {
		name string
		ctx  Context
		want int
	}{
		{"supermarket customers", Context{Class: Simple}, 1},
		{"adult book deliveries", Context{Class: Simple, Adjust: 2}, 3},
		{"undercover officers", Context{Class: Simple, Adjust: 3}, 4},
		{"a named test, no result", Context{Class: Sensitive, Adjust: -1}, 3},
		{"the test's result", Context{Class: Sensitive}, 4},
		{"never below one", Context{Class: Financial, Adjust: -9}, 1},
		{"never above four", Context{Class: Sensitive, Adjust: 3}, 4},
	} {
		if got := c.ctx.score(); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := Severity([]Context{{Class: Simple}, {Class: Financial, Adjust: 1}}, EaseMaximum, CopiedByCriminals); got != 500 {
		t.Errorf("bank data with a name: %d", got)
	}
	for sev, want := range map[int]reeve.Band{199: "low", 200: "medium", 299: "medium", 300: "high", 399: "high", 400: "very-high"} {
		if got := BandOf(sev); got != want {
			t.Errorf("%d: %s, want %s", sev, got, want)
		}
	}
}

func found(kind reeve.Kind, item int) Evidence {
	return Evidence{Kind: kind, Confidence: reeve.ConfidenceB, Capacity: reeve.CapacitySubject, Posterior: 0.995, Item: item}
}

func signal(s reeve.Signal, posterior float64) Evidence {
	e := found(reeve.KindDomesticAbuse, 1)
	e.Signal, e.Posterior = s, posterior
	return e
}

func TestWeigh(t *testing.T) {
	in := Input{Person: "P1", Tier: reeve.TierStrong, AsOf: today, Council: "NOR",
		Records:     []reeve.Record{{System: "HOUSING-NOR", Role: "tenant", Council: "NOR", Born: reeve.Date{Year: 1980, Month: 1, Day: 1}}},
		Evidence:    []Evidence{found(reeve.KindName, 1), found(reeve.KindAddress, 1), found(reeve.KindBankAccount, 2)},
		Controllers: []string{"", "WCC"}}
	in.Evidence[2].Incomplete = true
	in.Evidence[0].Said = reeve.Date{Year: 2012}
	in.Evidence[1].Said = reeve.Date{Year: 2009, Month: 3}
	got := Weigh(in)
	want := reeve.Exposure{Person: "P1", Severity: 500, Band: reeve.BandVeryHigh, Lane: reeve.LaneFraud, Kinds: []reeve.Kind{"address", "bank_account", "name"},
		Categories: []reeve.Category{"basic identifiers", "economic and financial"}, Capacity: reeve.CapacitySubject, Role: reeve.RoleResident,
		Deceased: "no", DataFrom: reeve.Date{Year: 2009, Month: 3}, DataTo: reeve.Date{Year: 2012}, Items: 2, Incomplete: 1,
		Controllers: []string{"NOR", "WCC"}, SafeContact: reeve.ContactNotAssessed}
	got.Reasons, got.Signals = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatNeverCounts(t *testing.T) {
	weak := found(reeve.KindNHSNumber, 1)
	weak.Confidence = reeve.ConfidenceD
	doubtful := found(reeve.KindHealth, 2)
	doubtful.Posterior = 0.6
	worker := signal(reeve.SignalChildProtection, 0.999)
	worker.Capacity = reeve.CapacityProfessional
	denied := signal(reeve.SignalMentalHealth, 0.999)
	denied.Negated = true
	got := Weigh(Input{Tier: reeve.TierStrong, AsOf: today, Evidence: []Evidence{found(reeve.KindName, 1), weak, doubtful, worker, denied}})
	if diff := cmp.Diff([]reeve.Kind{"name"}, got.Kinds); diff != "" {
		t.Error(diff)
	}
	if len(got.Signals) != 0 || got.Lane != reeve.LaneOther {
		t.Errorf("signals %v, lane %s", got.Signals, got.Lane)
	}
}

func TestSignals(t *testing.T) {
	child := reeve.Date{Year: 2009, Month: 1, Day: 13}
	if !hasSignal(Weigh(Input{AsOf: today, Born: child}).Signals, reeve.SignalMinor) {
		t.Error("sixteen is a child")
	}
	grown := reeve.Date{Year: 2008, Month: 1, Day: 12}
	if hasSignal(Weigh(Input{AsOf: today, Born: grown}).Signals, reeve.SignalMinor) {
		t.Error("eighteen today is an adult")
	}
	e := Weigh(Input{Tier: reeve.TierStrong, AsOf: today, Evidence: []Evidence{signal(reeve.SignalDomesticAbuse, 0.95)}})
	if e.Lane != reeve.LaneSafety || e.SafeContact != reeve.ContactHold {
		t.Errorf("%s, %s", e.Lane, e.SafeContact)
	}
	sealed := Weigh(Input{AsOf: today, Records: []reeve.Record{{Restricted: true}}})
	if !sealed.Sealed {
		t.Error("a restricted record is sealed")
	}
}

func TestSafeContact(t *testing.T) {
	at := func(y int16) reeve.Date { return reeve.Date{Year: y, Month: 1, Day: 1} }
	for _, c := range []struct {
		name    string
		records []reeve.Record
		near    bool
		want    reeve.SafeContact
	}{
		{"nothing known", nil, false, "not-assessed"},
		{"named worker holds whatever else", []reeve.Record{{SafeContact: "none"}, {NamedWorker: "J Doe"}}, true, "worker"},
		{"someone at the address is at risk", []reeve.Record{{SafeContact: "post", Updated: at(2025)}}, true, "hold"},
		{"a register says none", []reeve.Record{{SafeContact: "post", Updated: at(2025)}, {SafeContact: "none"}}, false, "hold"},
		{"undated permission is none", []reeve.Record{{SafeContact: "post"}}, false, "not-assessed"},
		{"the latest dated one", []reeve.Record{{SafeContact: "post", Updated: at(2024)}, {SafeContact: "email", Updated: at(2025)}}, false, "email"},
	} {
		if got := contactOf(c.records, c.near); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if !SafetyAtAll(&Input{Evidence: []Evidence{signal(reeve.SignalSafeAddress, 0.55)}}) {
		t.Error("links at possible put an address on hold")
	}
}

func TestPriority(t *testing.T) {
	order := []Ranked{
		{Person: "Pa", Rank: 0, Tier: reeve.TierLikely, Severity: 300},
		{Person: "Pb", Rank: 0, Tier: reeve.TierPossible, Severity: 500},
		{Person: "Pc", Rank: 1, Tier: reeve.TierStrong, Severity: 500, Kinds: 3},
		{Person: "Pd", Rank: 1, Tier: reeve.TierStrong, Severity: 500, Kinds: 2, Items: 9},
		{Person: "Pe", Rank: 2, Tier: reeve.TierStrong, Severity: 200},
		{Person: "Pf", Rank: 2, Tier: reeve.TierLikely, Severity: 200},
		{Person: "Pg", Rank: 2, Tier: reeve.TierLikely, Severity: 200},
	}
	shuffled := slices.Clone(order)
	slices.Reverse(shuffled)
	Sort(shuffled)
	if diff := cmp.Diff(order, shuffled); diff != "" {
		t.Error(diff)
	}
	if RankOf([]reeve.SignalReason{{Signal: reeve.SignalOffender}}) != 2 {
		t.Error("an offender gains no rank")
	}
}
