package incident

import (
	"time"
	_ "time/tzdata" // a clean laptop may have no time zones

	"github.com/reeve-council/reeve/internal/web"
)

// london is the time that people here type and read.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return l
}()

// dayOf and timeOf are UTC seconds as the fields of a form hold them; "" for 0.
func dayOf(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format(time.DateOnly)
}

func timeOf(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("15:04")
}

// shown is UTC seconds as people here read them.
func shown(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006, 15:04")
}

// momentIn reads a day and a time of day, in London, from two fields, as UTC
// seconds. A day before 2000 or after 2099 is a fault.
func momentIn(f *web.Form, day, clock string) int64 {
	d, err := time.Parse(time.DateOnly, f.Text(day, 10))
	if err != nil || d.Year() < 2000 || d.Year() > 2099 {
		f.Fault(day, "Enter the day, such as 2026-01-12")
		return 0
	}
	c, err := time.Parse("15:04", f.Text(clock, 5))
	if err != nil {
		f.Fault(clock, "Enter the time, such as 14:30")
		return 0
	}
	return time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), 0, 0, london).Unix()
}

// pastIn is momentIn for what has been: a moment after now is a fault.
func pastIn(f *web.Form, day, clock string, now time.Time) int64 {
	at := momentIn(f, day, clock)
	if at > now.Add(time.Minute).Unix() {
		f.Fault(day, "Enter a day and time that have been")
		return 0
	}
	return at
}
