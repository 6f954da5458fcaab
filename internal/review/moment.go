package review

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

// momentIn reads a day and a time of day from two fields, as UTC seconds. It
// must not lie in the future, nor before 2000.
func momentIn(f *web.Form, day, clock string, now time.Time) int64 {
	d, err := time.Parse(time.DateOnly, f.Text(day, 10))
	if err != nil {
		f.Fault(day, "Enter the day, such as 2026-01-12")
		return 0
	}
	c, err := time.Parse("15:04", f.Text(clock, 5))
	if err != nil {
		f.Fault(clock, "Enter the time, such as 14:30")
		return 0
	}
	t := time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), 0, 0, london)
	if t.After(now.Add(time.Minute)) || t.Year() < 2000 {
		f.Fault(day, "Enter a day and time that have been")
		return 0
	}
	return t.Unix()
}
