package incident

import (
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

// Deadline is when a duty must be done. At is the last moment at which it is
// done in time. Whole says that the law speaks of a day: At is then the last
// second of it by London time. Open says that the law names no time ("without
// undue delay"): At is zero, and what counts is how long it has been waiting.
type Deadline struct {
	At    time.Time
	Whole bool
	Open  bool
}

// Rule reckons a deadline from the moment that starts a duty, for a council of a
// nation. Rules are pure; the moment may be in any zone.
type Rule func(start time.Time, n uk.Nation) Deadline

// hours runs by the clock: through nights, weekends, bank holidays, and the
// change to and from summer time, when the time of day of the end is not that of
// the start.
func hours(n int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline {
		return Deadline{At: start.Add(time.Duration(n) * time.Hour).In(london)}
	}
}

// daysAfter ends with the n-th day after the day of the start ("within n days
// following").
func daysAfter(n int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline { return wholeDay(start.In(london).AddDate(0, 0, n)) }
}

// daysWith counts the day of the start as the first ("n days beginning with").
func daysWith(n int) Rule { return daysAfter(n - 1) }

// weeksAfter begins with the day after the start, as periods for planning
// applications do: n weeks end on the same day of the week.
func weeksAfter(n int) Rule { return daysAfter(7 * n) }

// monthsAfter ends with the day of the same number n months later, or the last
// day of a month that has none: the corresponding date rule (Dodds v Walker
// [1981] UKHL).
func monthsAfter(n int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline { return wholeDay(addMonths(start.In(london), n)) }
}

// monthsWith counts the day of the start ("n months beginning with"): it ends
// one day before monthsAfter.
func monthsWith(n int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline {
		return wholeDay(addMonths(start.In(london), n).AddDate(0, 0, -1))
	}
}

// monthsRolled is monthsAfter that ends on the next working day where the last
// day is none, as the ICO reckons the month for requests about one's own data.
func monthsRolled(n int) Rule {
	return func(start time.Time, nation uk.Nation) Deadline {
		return wholeDay(uk.NextWorkingDay(nation, addMonths(start.In(london), n)))
	}
}

// workdays ends with the n-th working day of the council's nation after the day
// of the start.
func workdays(n int) Rule {
	return func(start time.Time, nation uk.Nation) Deadline {
		return wholeDay(uk.AddWorkingDays(nation, start.In(london), n))
	}
}

// workdaysEverywhere is workdays without the bank holidays of any nation.
func workdaysEverywhere(n int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline {
		return wholeDay(uk.AddWorkingDaysEverywhere(start.In(london), n))
	}
}

// clearDaysBefore ends with the last day that leaves n clear working days before
// a meeting: neither the day of publishing nor that of the meeting counts.
func clearDaysBefore(n int) Rule {
	return func(meeting time.Time, nation uk.Nation) Deadline {
		return wholeDay(uk.AddWorkingDays(nation, meeting.In(london), -(n + 1)))
	}
}

// yearly ends with a day of the calendar, the next one that is not before the
// start.
func yearly(month time.Month, day int) Rule {
	return func(start time.Time, _ uk.Nation) Deadline {
		local := start.In(london)
		end := wholeDay(time.Date(local.Year(), month, day, 12, 0, 0, 0, london))
		if end.At.Before(local) {
			end = wholeDay(time.Date(local.Year()+1, month, day, 12, 0, 0, 0, london))
		}
		return end
	}
}

// promptly is a duty without a number: "without undue delay", "as soon as
// possible".
func promptly(time.Time, uk.Nation) Deadline { return Deadline{Open: true} }

// wholeDay is the end of the date of t in its own zone.
func wholeDay(t time.Time) Deadline {
	y, m, d := t.Date()
	return Deadline{At: time.Date(y, m, d, 23, 59, 59, 0, london), Whole: true}
}

// addMonths gives the same day n months on, or the last day of that month if it
// is shorter.
func addMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 12, 0, 0, 0, t.Location()).Day()
	return time.Date(y, m+time.Month(n), min(d, last), t.Hour(), t.Minute(), t.Second(), 0, t.Location())
}

// Words say a deadline as people read it.
func (d Deadline) Words() string {
	switch {
	case d.Open:
		return "without undue delay"
	case d.Whole:
		return "end of " + d.At.In(london).Format("Monday 2 January 2006")
	}
	return d.At.In(london).Format("Monday 2 January 2006, 15:04 MST")
}

// Late reports whether something done at a moment is done too late.
func (d Deadline) Late(at time.Time) bool { return !d.Open && at.After(d.At) }

// leftWords say how long is left or how late it is, in the two largest units
// that count: with 72 hours "2 days" is not enough to plan by.
func leftWords(d time.Duration) string {
	d = max(d, -d)
	days, hours, minutes := int64(d/(24*time.Hour)), int64(d/time.Hour)%24, int64(d/time.Minute)%60
	switch {
	case days >= 14 || days > 0 && hours == 0:
		return count(days, "day", "days")
	case days > 0:
		return count(days, "day", "days") + " " + count(hours, "hour", "hours")
	case hours >= 6 || hours > 0 && minutes == 0:
		return count(hours, "hour", "hours")
	case hours > 0:
		return count(hours, "hour", "hours") + " " + count(minutes, "minute", "minutes")
	case minutes == 0:
		return "less than a minute"
	}
	return count(minutes, "minute", "minutes")
}
