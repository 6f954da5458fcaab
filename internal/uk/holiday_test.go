package uk

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func days(n Nation, year int) string {
	var all []string
	for _, h := range BankHolidays(n, year) {
		all = append(all, fmt.Sprintf("%d/%d", h.Day.Day(), h.Day.Month()))
	}
	return strings.Join(all, " ")
}

// TestBankHolidays compares with the lists that GOV.UK published.
func TestBankHolidays(t *testing.T) {
	for _, c := range []struct {
		nation Nation
		year   int
		want   string
	}{
		{England, 2002, "1/1 29/3 1/4 6/5 3/6 4/6 26/8 25/12 26/12"},
		{England, 2011, "3/1 22/4 25/4 29/4 2/5 30/5 29/8 26/12 27/12"},
		{England, 2012, "2/1 6/4 9/4 7/5 4/6 5/6 27/8 25/12 26/12"},
		{Wales, 2020, "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12"},
		{England, 2021, "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12"},
		{England, 2022, "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12"},
		{England, 2023, "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12"},
		{England, 2025, "1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12"},
		{England, 2026, "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12"},
		{Scotland, 2021, "1/1 4/1 2/4 3/5 31/5 2/8 30/11 27/12 28/12"},
		{Scotland, 2022, "3/1 4/1 15/4 2/5 2/6 3/6 1/8 19/9 30/11 26/12 27/12"},
		{Scotland, 2023, "2/1 3/1 7/4 1/5 8/5 29/5 7/8 30/11 25/12 26/12"},
		{Scotland, 2024, "1/1 2/1 29/3 6/5 27/5 5/8 2/12 25/12 26/12"},
		{Scotland, 2026, "1/1 2/1 3/4 4/5 25/5 15/6 3/8 30/11 25/12 28/12"},
		{NorthernIreland, 2024, "1/1 18/3 29/3 1/4 6/5 27/5 12/7 26/8 25/12 26/12"},
		{NorthernIreland, 2025, "1/1 17/3 18/4 21/4 5/5 26/5 14/7 25/8 25/12 26/12"},
	} {
		if got := days(c.nation, c.year); got != c.want {
			t.Errorf("nation %d in %d: %s, want %s", c.nation, c.year, got, c.want)
		}
	}
}

func TestEaster(t *testing.T) {
	for year, want := range map[int]string{1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25"} {
		if got := Easter(year).Format(time.DateOnly); got != want {
			t.Errorf("Easter of %d is %s, want %s", year, got, want)
		}
	}
}

// TestHolidaysAreWeekdays holds for every nation and year that the rules cover.
func TestHolidaysAreWeekdays(t *testing.T) {
	for year := 1978; year <= 2060; year++ {
		for _, n := range []Nation{England, Wales, Scotland, NorthernIreland} {
			seen := make(map[time.Time]bool)
			for _, h := range BankHolidays(n, year) {
				if weekend(h.Day) || seen[h.Day] || h.Day.Year() != year && h.Day.Month() != time.January || h.Name == "" {
					t.Errorf("nation %d in %d: %v %s", n, year, h.Day, h.Name)
				}
				seen[h.Day] = true
			}
		}
	}
}

func TestWorkingDays(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		nation   Nation
		from     string
		k        int
		want     string
		backward int
	}{
		{England, "2025-11-24 08:30", 3, "2025-11-27 08:30", -3},
		{England, "2025-12-23 16:00", 3, "2025-12-30 16:00", -3}, // Christmas and a weekend
		{Scotland, "2025-12-31 12:00", 1, "2026-01-05 12:00", -1},
		{England, "2025-12-31 12:00", 1, "2026-01-02 12:00", -1},
		{England, "2026-01-05 09:00", -1, "2026-01-02 09:00", 1},
		{England, "2026-01-03 09:00", 0, "2026-01-03 09:00", 0}, // a Saturday stays
	} {
		got := AddWorkingDays(c.nation, at(c.from), c.k)
		if got.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s and %d working days is %v, want %s", c.from, c.k, got, c.want)
		}
		if n := WorkingDaysBetween(c.nation, got, at(c.from)); n != c.backward {
			t.Errorf("from %v back to %s are %d working days, want %d", got, c.from, n, c.backward)
		}
	}
	// The date counts in the place of the time given: 23:30 in London on 24
	// December is the 24th, wherever the program runs.
	london := time.FixedZone("BST", 3600)
	if !WorkingDay(England, time.Date(2025, 8, 26, 0, 30, 0, 0, london)) || WorkingDay(England, time.Date(2025, 8, 25, 23, 30, 0, 0, london)) {
		t.Error("the working day is taken in another place")
	}
}

// TestWorkingDaysEverywhere: a bank holiday in any nation is none.
func TestWorkingDaysEverywhere(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for s, want := range map[string]bool{"2026-01-02": false, "2026-03-17": false, "2026-04-06": false, "2026-07-13": false, "2026-08-03": false, "2026-08-31": false,
		"2026-11-30": false, "2026-11-28": false, "2026-12-24": true, "2026-07-14": true} {
		if got := WorkingDayEverywhere(day(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
	if got := AddWorkingDaysEverywhere(day("2025-12-31"), 1); !got.Equal(day("2026-01-05")) {
		t.Errorf("the working day after New Year's Eve is %v", got)
	}
	if got := AddWorkingDaysEverywhere(day("2026-01-05"), -1); !got.Equal(day("2025-12-31")) {
		t.Errorf("the one before 5 January is %v", got)
	}
	if got := NextWorkingDay(Scotland, day("2026-01-01")); !got.Equal(day("2026-01-05")) {
		t.Errorf("the next one in Scotland is %v", got)
	}
	if got := NextWorkingDay(England, day("2026-01-02")); !got.Equal(day("2026-01-02")) {
		t.Errorf("a working day is its own next: %v", got)
	}
	for _, n := range Nations {
		if n.String() == "" {
			t.Error("a nation without a name")
		}
	}
}
