package uk

import (
	"slices"
	"time"
)

// Nation is a country of the United Kingdom, for its bank holidays.
type Nation uint8

// The nations.
const (
	England Nation = iota
	Wales
	Scotland
	NorthernIreland
)

// Nations are all of them, in the order in which people name them.
var Nations = []Nation{England, Wales, Scotland, NorthernIreland}

// String is the nation's name.
func (n Nation) String() string {
	switch n {
	case Wales:
		return "Wales"
	case Scotland:
		return "Scotland"
	case NorthernIreland:
		return "Northern Ireland"
	}
	return "England"
}

// Holiday is a bank or public holiday. Day is midnight UTC of its date.
type Holiday struct {
	Day        time.Time
	Name       string
	Substitute bool // taken in place of a day at a weekend
}

// BankHolidays gives the holidays of a nation in a year, in order.
//
// Rule: Banking and Financial Dealings Act 1971 with its proclamations; St
// Andrew's Day Bank Holiday (Scotland) Act 2007. Right from 1978, when the
// early May holiday began; days that a proclamation moved or added for one year
// are a table that ends with 2026 and needs a new row when one is proclaimed.
func BankHolidays(n Nation, year int) []Holiday {
	days := fixedHolidays(n, year)
	substitute(days)
	easter := Easter(year)
	days = append(days, Holiday{Day: easter.AddDate(0, 0, -2), Name: "Good Friday"})
	if n != Scotland {
		days = append(days, Holiday{Day: easter.AddDate(0, 0, 1), Name: "Easter Monday"})
	}
	days = append(days,
		Holiday{Day: firstMonday(year, time.May), Name: "Early May bank holiday"},
		Holiday{Day: lastMonday(year, time.May), Name: "Spring bank holiday"},
		Holiday{Day: summerHoliday(n, year), Name: "Summer bank holiday"})
	for _, o := range proclaimed {
		if o.year != year || o.only != everywhere && o.only != int(n) {
			continue
		}
		if i := slices.IndexFunc(days, func(h Holiday) bool { return h.Name == o.name }); i >= 0 {
			days[i].Day = date(year, o.month, o.day)
		} else {
			days = append(days, Holiday{Day: date(year, o.month, o.day), Name: o.name})
		}
	}
	slices.SortFunc(days, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	return days
}

// proclaimed are the days that were moved (the name is that of a yearly
// holiday) or added for one year.
var proclaimed = []struct {
	year  int
	month time.Month
	day   int
	name  string
	only  int // a Nation, or everywhere
}{
	{1981, time.July, 29, "Royal wedding", everywhere},
	{1995, time.May, 8, "Early May bank holiday", everywhere},
	{1999, time.December, 31, "Millennium Eve", everywhere},
	{2002, time.June, 4, "Spring bank holiday", everywhere},
	{2002, time.June, 3, "Golden Jubilee", everywhere},
	{2011, time.April, 29, "Royal wedding", everywhere},
	{2012, time.June, 4, "Spring bank holiday", everywhere},
	{2012, time.June, 5, "Diamond Jubilee", everywhere},
	{2020, time.May, 8, "Early May bank holiday", everywhere},
	{2022, time.June, 2, "Spring bank holiday", everywhere},
	{2022, time.June, 3, "Platinum Jubilee", everywhere},
	{2022, time.September, 19, "State Funeral of Queen Elizabeth II", everywhere},
	{2023, time.May, 8, "Coronation of King Charles III", everywhere},
	{2026, time.June, 15, "World Cup bank holiday", int(Scotland)},
}

const everywhere = -1

// fixedHolidays are those with a date of their own, before substitution.
func fixedHolidays(n Nation, year int) []Holiday {
	days := []Holiday{{Day: date(year, time.January, 1), Name: "New Year’s Day"}}
	if n == Scotland {
		days = append(days, Holiday{Day: date(year, time.January, 2), Name: "2nd January"})
		if year >= 2007 {
			days = append(days, Holiday{Day: date(year, time.November, 30), Name: "St Andrew’s Day"})
		}
	}
	if n == NorthernIreland {
		days = append(days,
			Holiday{Day: date(year, time.March, 17), Name: "St Patrick’s Day"},
			Holiday{Day: date(year, time.July, 12), Name: "Battle of the Boyne"})
	}
	return append(days,
		Holiday{Day: date(year, time.December, 25), Name: "Christmas Day"},
		Holiday{Day: date(year, time.December, 26), Name: "Boxing Day"})
}

// substitute moves each day that falls on a weekend to the next weekday that is
// no holiday itself. Weekdays stay first, then the others move in order.
func substitute(days []Holiday) {
	taken := make(map[time.Time]bool)
	for _, h := range days {
		if !weekend(h.Day) {
			taken[h.Day] = true
		}
	}
	for i := range days {
		if !weekend(days[i].Day) {
			continue
		}
		for weekend(days[i].Day) || taken[days[i].Day] {
			days[i].Day = days[i].Day.AddDate(0, 0, 1)
		}
		days[i].Substitute = true
		taken[days[i].Day] = true
	}
}

func summerHoliday(n Nation, year int) time.Time {
	if n == Scotland {
		return firstMonday(year, time.August)
	}
	return lastMonday(year, time.August)
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func weekend(t time.Time) bool { d := t.Weekday(); return d == time.Saturday || d == time.Sunday }

func firstMonday(year int, month time.Month) time.Time {
	d := date(year, month, 1)
	return d.AddDate(0, 0, (8-int(d.Weekday()))%7)
}

func lastMonday(year int, month time.Month) time.Time {
	d := date(year, month+1, 0)
	return d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
}

// Easter is Easter Sunday of a year of the Gregorian calendar, by the method
// given in the Calendar (New Style) Act 1750 as reckoned by Meeus, Astronomical
// Algorithms, chapter 8.
func Easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(year, time.Month(n/31), n%31+1)
}
