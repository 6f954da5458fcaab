package report

import "testing"

// TestFigures counts a handful of rows by hand: what a verdict says goes before
// the tier, the dead stand apart, and one person is one line of Taken.
func TestFigures(t *testing.T) {
	rows := []listed{
		{Tier: "strong", Taken: "proven", Signals: "minor", Categories: "basic identifiers;health", Role: "resident", Items: 3},
		{Tier: "likely", Taken: "likely", Signals: "domestic_abuse;mental_health", Categories: "basic identifiers;social circumstances", Role: "unknown", Items: 2},
		{Tier: "possible", Taken: "likely", Categories: "basic identifiers", Role: "unknown", Items: 1},
		{Tier: "possible", Verdict: "confirmed", Taken: "unknown", Categories: "", Role: "staff", Items: 0},
		{Tier: "strong", Verdict: "not-theirs", Taken: "proven", Categories: "health", Role: "resident", Items: 9},
		{Tier: "strong", Verdict: "unsure", Taken: "proven", Categories: "health;health", Role: "tenant", Deceased: "suspected", Items: 4},
		{Tier: "strong", Taken: "proven", Categories: "health", Role: "resident", Deceased: "yes", Items: 5},
	}
	c := newCounter()
	for _, r := range rows {
		c.add(r)
	}
	f := c.end()
	for name, x := range map[string]struct{ got, want Span }{
		"people":   {f.People, Span{2, 3, 5}},
		"records":  {f.Records, Span{4, 6, 11}},
		"deceased": {f.Deceased, Span{1, 1, 1}},
		"proven":   {line(f.Taken, "Proven taken"), Span{1, 1, 2}},
		"likely":   {line(f.Taken, "Likely taken"), Span{0, 1, 2}},
		"unknown":  {line(f.Taken, "Not known whether taken"), Span{1, 1, 1}},
		"health":   {line(f.Category, "health"), Span{1, 1, 2}},
		"none":     {line(f.Category, icoUnknown), Span{1, 1, 1}},
		"ours":     {line(f.Category, "social circumstances"), Span{0, 1, 1}},
		"children": {line(f.Type, typeChildren), Span{1, 1, 1}},
		"adults":   {line(f.Type, typeVulnerable), Span{0, 1, 1}},
		"staff":    {line(f.Type, typeEmployees), Span{1, 1, 1}},
		"clients":  {line(f.Type, typeCustomers), Span{1, 1, 2}},
		"untyped":  {line(f.Type, icoUnknown), Span{0, 0, 1}},
	} {
		if x.got != x.want {
			t.Errorf("%s: %+v, want %+v", name, x.got, x.want)
		}
	}
	if f.Out != 1 || f.Maybe != 1 {
		t.Errorf("judged out %d, suspected %d", f.Out, f.Maybe)
	}
	if got := f.categories(); got != "basic identifiers\nhealth\nunknown\nother" {
		t.Errorf("categories %q", got)
	}
	var sum Span
	for _, s := range f.Taken {
		sum.Least, sum.Likely, sum.Most = sum.Least+s.Least, sum.Likely+s.Likely, sum.Most+s.Most
	}
	if sum != f.People {
		t.Errorf("how sure the taking is adds up to %+v, not %+v", sum, f.People)
	}
}

func line(all []slice, name string) Span {
	for _, s := range all {
		if s.Name == name {
			return s.Span
		}
	}
	return Span{}
}
