package incident

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

// londonAt reads a moment in London.
func londonAt(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestClocks are the golden ends: every rule over summer time, midnight, weekends,
// bank holidays of each nation and leap days. The ends were reckoned by hand from
// the calendar and the lists on GOV.UK.
func TestClocks(t *testing.T) {
	for _, c := range []struct {
		duty   string
		nation uk.Nation
		start  string
		want   string
	}{
		// 72 hours by the clock.
		{"ico-72", uk.England, "2025-11-24 09:30", "Thursday 27 November 2025, 09:30 GMT"},
		{"ico-72", uk.England, "2025-12-24 17:00", "Saturday 27 December 2025, 17:00 GMT"}, // Christmas, Boxing Day, Saturday
		{"ico-72", uk.England, "2026-03-27 10:00", "Monday 30 March 2026, 11:00 BST"},      // an hour is lost
		{"ico-72", uk.England, "2026-10-23 10:00", "Monday 26 October 2026, 09:00 GMT"},    // an hour is won
		{"ico-72", uk.England, "2026-03-28 23:59", "Wednesday 1 April 2026, 00:59 BST"},    // past midnight and the change
		{"ico-72", uk.England, "2028-02-27 00:00", "Wednesday 1 March 2028, 00:00 GMT"},    // leap day
		{"ico-72", uk.England, "2026-02-26 00:00", "Sunday 1 March 2026, 00:00 GMT"},       // none
		{"health-72", uk.England, "2025-11-28 23:59", "Monday 1 December 2025, 23:59 GMT"},
		{"article-34", uk.England, "2025-11-24 09:30", "without undue delay"},
		{"processor-tells", uk.Wales, "2025-11-24 09:30", "without undue delay"},

		// One month, as the ICO reckons it.
		{"rights-request", uk.England, "2025-09-03 09:00", "end of Friday 3 October 2025"},
		{"rights-request", uk.England, "2026-01-31 09:00", "end of Monday 2 March 2026"}, // 28 February is a Saturday
		{"rights-request", uk.England, "2028-01-31 09:00", "end of Tuesday 29 February 2028"},
		{"rights-request", uk.England, "2025-11-25 23:59", "end of Monday 29 December 2025"},      // Christmas Day, Boxing Day, weekend
		{"rights-request", uk.Scotland, "2025-10-30 09:00", "end of Tuesday 2 December 2025"},     // 30 November is a Sunday, St Andrew's Day is kept on Monday
		{"rights-request", uk.Scotland, "2025-12-02 09:00", "end of Monday 5 January 2026"},       // 2 January
		{"rights-request", uk.England, "2025-12-02 09:00", "end of Friday 2 January 2026"},        // a working day in England
		{"rights-request", uk.NorthernIreland, "2025-06-14 09:00", "end of Tuesday 15 July 2025"}, // 12 July was moved to Monday 14th
		{"rights-request", uk.England, "2025-06-14 09:00", "end of Monday 14 July 2025"},          // not in England
		{"rights-request", uk.England, "2026-03-03 09:00", "end of Tuesday 7 April 2026"},         // Good Friday, weekend, Easter Monday
		{"rights-request", uk.Scotland, "2026-03-03 09:00", "end of Monday 6 April 2026"},         // Easter Monday is none in Scotland
		{"data-complaint", uk.England, "2026-07-01 09:00", "end of Thursday 30 July 2026"},

		// 20 working days; a holiday in any part of the United Kingdom counts.
		{"foi", uk.England, "2025-11-03 09:00", "end of Tuesday 2 December 2025"},  // 1 December: St Andrew's Day observed
		{"foi", uk.England, "2025-12-12 09:00", "end of Thursday 15 January 2026"}, // 2 January: Scotland
		{"foi", uk.England, "2025-07-01 09:00", "end of Wednesday 30 July 2025"},   // 14 July: Northern Ireland
		{"foi-scotland", uk.Scotland, "2025-07-01 09:00", "end of Tuesday 29 July 2025"},
		{"foi-scotland", uk.Scotland, "2025-12-12 09:00", "end of Thursday 15 January 2026"},
		{"foi", uk.England, "2026-03-16 09:00", "end of Thursday 16 April 2026"}, // St Patrick's Day, Good Friday, Easter Monday
		{"foi", uk.Wales, "2025-11-23 23:30", "end of Monday 22 December 2025"},  // came on a Sunday
		{"eir", uk.England, "2025-11-03 09:00", "end of Tuesday 2 December 2025"},
		{"land-search", uk.England, "2025-11-24 09:00", "end of Tuesday 23 December 2025"},
		{"land-search-target", uk.England, "2025-11-24 09:00", "end of Monday 8 December 2025"},
		{"complaint-1", uk.England, "2025-12-15 09:00", "end of Wednesday 31 December 2025"},
		{"complaint-2", uk.England, "2025-12-15 09:00", "end of Thursday 15 January 2026"},
		{"complaint-adult-care", uk.England, "2025-12-24 09:00", "end of Wednesday 31 December 2025"},
		{"complaint-scotland", uk.Scotland, "2025-12-15 09:00", "end of Friday 16 January 2026"},

		// A day of the calendar.
		{"electoral-register", uk.England, "2025-11-24 09:00", "end of Monday 1 December 2025"},
		{"electoral-register", uk.England, "2025-12-01 23:59", "end of Monday 1 December 2025"},
		{"electoral-register", uk.England, "2025-12-02 00:00", "end of Tuesday 1 December 2026"},
		{"accounts", uk.England, "2026-04-01 00:00", "end of Tuesday 30 June 2026"},

		// Weeks begin with the day after and end whatever day it is.
		{"planning-8", uk.England, "2025-11-03 09:00", "end of Monday 29 December 2025"},
		{"planning-13", uk.England, "2025-11-24 09:00", "end of Monday 23 February 2026"},
		{"planning-16", uk.England, "2025-11-24 09:00", "end of Monday 16 March 2026"},
		{"planning-8", uk.England, "2026-02-07 09:00", "end of Saturday 4 April 2026"}, // over the change of the clock
		{"planning-scotland", uk.Scotland, "2025-12-31 09:00", "end of Saturday 28 February 2026"},
		{"planning-scotland-major", uk.Scotland, "2027-10-31 09:00", "end of Tuesday 29 February 2028"},
		{"planning-ni", uk.NorthernIreland, "2025-11-03 09:00", "end of Monday 29 December 2025"},
		{"prior-approval", uk.England, "2025-11-24 09:00", "end of Monday 19 January 2026"},
		{"prior-approval-home", uk.England, "2025-11-24 09:00", "end of Monday 5 January 2026"},
		{"trees", uk.Wales, "2025-11-24 09:00", "end of Monday 5 January 2026"},

		{"homeless-relief", uk.England, "2025-11-24 09:00", "end of Sunday 18 January 2026"}, // day 1 is the 24th
		{"housing-benefit", uk.England, "2025-11-24 09:00", "end of Monday 8 December 2025"},
		{"council-tax-appeal", uk.England, "2025-11-24 09:00", "end of Friday 23 January 2026"},
		{"supplier-payment", uk.England, "2025-11-24 09:00", "end of Tuesday 23 December 2025"},
		{"child-conference", uk.England, "2025-12-15 09:00", "end of Thursday 8 January 2026"},
		{"ehc-plan", uk.England, "2025-11-24 09:00", "end of Monday 13 April 2026"},

		// Counted back from the meeting.
		{"committee-papers", uk.England, "2026-01-13 18:00", "end of Monday 5 January 2026"},
		{"committee-papers", uk.England, "2026-01-05 18:00", "end of Tuesday 23 December 2025"},
		{"committee-papers-scotland", uk.Scotland, "2026-01-06 10:00", "end of Monday 29 December 2025"}, // clear: 30 and 31 December, 5 January
		{"licensing-hearing", uk.England, "2025-12-15 09:00", "end of Thursday 15 January 2026"},
	} {
		d := dutyOf(c.duty)
		if d == nil {
			t.Errorf("no duty %s", c.duty)
			continue
		}
		start := londonAt(t, c.start)
		if got := d.Due(start, c.nation).Words(); got != c.want {
			t.Errorf("%s in %s from %s: %s, want %s", c.duty, c.nation, c.start, got, c.want)
		}
		if got := d.Due(start.UTC(), c.nation).Words(); got != c.want {
			t.Errorf("%s from %s in another zone: %s, want %s", c.duty, c.start, got, c.want)
		}
	}
}

func TestLongerPeriods(t *testing.T) {
	for _, c := range []struct{ duty, start, want string }{
		{"rights-request", "2025-11-30 09:00", "end of Monday 2 March 2026"}, // 28 February is a Saturday
		{"foi", "2025-11-03 09:00", "end of Monday 5 January 2026"},
		{"complaint-1", "2025-12-15 09:00", "end of Thursday 15 January 2026"},
		{"right-to-buy", "2025-11-24 09:00", "end of Monday 19 January 2026"},
	} {
		if got := dutyOf(c.duty).Longer.Rule(londonAt(t, c.start), uk.England).Words(); got != c.want {
			t.Errorf("%s extended from %s: %s, want %s", c.duty, c.start, got, c.want)
		}
	}
}

// TestDuties: every row says its law, applies somewhere, and has a rule or is
// typed because somebody else sets the end.
func TestDuties(t *testing.T) {
	seen := make(map[string]bool)
	for _, d := range duties {
		if seen[d.ID] || d.ID == "" || d.Title == "" || d.Law == "" || d.Begins == "" || d.Basis == "" {
			t.Errorf("the row of %q is not whole", d.ID)
		}
		seen[d.ID] = true
		if d.Typed() && d.Basis == BasisLaw {
			t.Errorf("%s: a statute without a rule", d.ID)
		}
		if !slices.ContainsFunc(areas, func(a struct {
			Area  Area
			Title string
		}) bool {
			return a.Area == d.Area
		}) {
			t.Errorf("%s: no area %s", d.ID, d.Area)
		}
	}
	for _, a := range agencySorts {
		if a.Clock != "" && dutyOf(a.Clock) == nil {
			t.Errorf("agency %s: no duty %s", a.ID, a.Clock)
		}
	}
}

// TestClockProperties hold for every duty, nation and start: the end is not
// before the start (but for what is counted back), a later start never gives an
// earlier end, a longer period is longer, a whole day ends at the last second of
// a day in London, and hours are hours.
func TestClockProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		start := time.Unix(1_600_000_000+random.Int64N(400_000_000), 0)
		later := start.Add(time.Duration(random.IntN(100)) * time.Hour)
		d := &duties[random.IntN(len(duties))]
		n := uk.Nations[random.IntN(len(uk.Nations))]
		if d.Typed() {
			continue
		}
		a, b := d.Due(start, n), d.Due(later, n)
		switch {
		case a.Open:
			continue
		case a.At.Before(start) != d.Before:
			t.Errorf("%s from %v ends %v", d.ID, start, a.At)
		case b.At.Before(a.At):
			t.Errorf("%s: from %v to %v, but from %v to %v", d.ID, start, a.At, later, b.At)
		case a.Whole && a.At.In(london).Format("15:04:05") != "23:59:59":
			t.Errorf("%s from %v ends within a day: %v", d.ID, start, a.At)
		case d.ID == dutyICO && a.At.Sub(start) != 72*time.Hour:
			t.Errorf("72 hours are %v", a.At.Sub(start))
		case d.Longer != nil && !d.Longer.Rule(start, n).At.After(a.At):
			t.Errorf("%s is not longer when extended", d.ID)
		}
	}
}

func TestLeftWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		72 * time.Hour: "3 days", 71*time.Hour + 59*time.Minute: "2 days 23 hours", 25 * time.Hour: "1 day 1 hour", 5*time.Hour + time.Minute: "5 hours 1 minute",
		-90 * time.Minute: "1 hour 30 minutes", 30 * time.Second: "less than a minute", 15*24*time.Hour + time.Hour: "15 days", 23 * time.Hour: "23 hours",
	} {
		if got := leftWords(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestStages(t *testing.T) {
	start := londonAt(t, "2025-11-24 09:30")
	c := Clock{Duty: dutyICO, Begun: start.Unix(), State: clockRunning}
	c.wind()
	for _, x := range []struct {
		after time.Duration
		stage int64
		ok    bool
	}{{47 * time.Hour, 0, false}, {48 * time.Hour, 86400, true}, {66 * time.Hour, 6 * 3600, true}, {71*time.Hour + time.Minute, 3600, true}, {73 * time.Hour, 0, true}} {
		if stage, ok := c.stage(start.Add(x.after)); stage != x.stage || ok != x.ok {
			t.Errorf("after %v: %d %v", x.after, stage, ok)
		}
	}
	open := Clock{Duty: dutyArticle34, Begun: start.Unix(), State: clockRunning}
	open.wind()
	if stage, ok := open.stage(start.Add(50 * time.Hour)); stage != -2 || !ok {
		t.Errorf("open: %d %v", stage, ok)
	}
}

func TestMoney(t *testing.T) {
	for text, want := range map[string]int64{"1,250.00": 125000, "£12": 1200, "0.5": 50, "99999999999.99": 9999999999999} {
		if got, ok := parseMoney(text); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", ".5", "1.234", "-5", "1e3", "999999999999", "1.2.3"} {
		if _, ok := parseMoney(text); ok {
			t.Errorf("%q is taken", text)
		}
	}
	for pence, want := range map[int64]string{0: "£0.00", 5: "£0.05", 114_200_000: "£1,142,000.00", -123456: "−£1,234.56", 99999: "£999.99"} {
		if got := moneyWords(pence); got != want {
			t.Errorf("%d: %s, want %s", pence, got, want)
		}
	}
	if m, ok := parseHours("7.5"); m != 450 || !ok {
		t.Errorf("7.5 hours are %d minutes", m)
	}
}
