package uk

import "time"

// WorkingDay reports whether the calendar date of t, in t's own place, is a
// working day of the nation: no Saturday, Sunday or bank holiday.
func WorkingDay(n Nation, t time.Time) bool {
	if weekend(t) {
		return false
	}
	y, m, d := t.Date()
	day := date(y, m, d)
	for _, h := range BankHolidays(n, y) {
		if h.Day.Equal(day) {
			return false
		}
	}
	return true
}

// AddWorkingDays gives the k-th working day after t (before it, for k < 0) at
// the same time of day. The day of t itself is never counted, as in statutory
// periods that run "beginning with the first working day after". k = 0 gives t.
func AddWorkingDays(n Nation, t time.Time, k int) time.Time {
	return addDays(t, k, func(t time.Time) bool { return WorkingDay(n, t) })
}

// addDays gives the k-th day after t, before it for k < 0, that counts.
func addDays(t time.Time, k int, counts func(time.Time) bool) time.Time {
	step := 1
	if k < 0 {
		step, k = -1, -k
	}
	for ; k > 0; k-- {
		t = t.AddDate(0, 0, step)
		for !counts(t) {
			t = t.AddDate(0, 0, step)
		}
	}
	return t
}

// WorkingDaysBetween counts the working days after from, up to and with to;
// negative when to is before from.
func WorkingDaysBetween(n Nation, from, to time.Time) int {
	a, b := civil(from), civil(to)
	if b.Before(a) {
		return -WorkingDaysBetween(n, to, from)
	}
	count := 0
	for d := a.AddDate(0, 0, 1); !d.After(b); d = d.AddDate(0, 0, 1) {
		if WorkingDay(n, d) {
			count++
		}
	}
	return count
}

// civil is midnight UTC of t's calendar date in its own place.
func civil(t time.Time) time.Time {
	y, m, d := t.Date()
	return date(y, m, d)
}

// WorkingDayEverywhere reports whether the calendar date of t is a working day
// in all nations at once: no weekend, and no bank holiday in any part of the
// United Kingdom, as the Freedom of Information Act 2000, section 10(6), asks.
func WorkingDayEverywhere(t time.Time) bool {
	for _, n := range Nations {
		if !WorkingDay(n, t) {
			return false
		}
	}
	return true
}

// AddWorkingDaysEverywhere is AddWorkingDays by the days of
// WorkingDayEverywhere.
func AddWorkingDaysEverywhere(t time.Time, k int) time.Time {
	return addDays(t, k, WorkingDayEverywhere)
}

// NextWorkingDay is t if its date is a working day of the nation, otherwise the
// first one after it at the same time of day.
func NextWorkingDay(n Nation, t time.Time) time.Time {
	for !WorkingDay(n, t) {
		t = t.AddDate(0, 0, 1)
	}
	return t
}
