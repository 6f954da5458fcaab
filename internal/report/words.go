package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

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

// shown is UTC seconds as people here read them; "" for 0.
func shown(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006, 15:04")
}

// dayOf and timeOf are UTC seconds as fields of a form hold them; "" for 0.
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

// dayIn reads a day as its first second in London; 0 and a fault for what is no
// day between 2000 and 2099, 0 for an empty field.
func dayIn(f *web.Form, field string) int64 {
	text := f.Text(field, 10)
	if text == "" {
		return 0
	}
	d, err := time.ParseInLocation(time.DateOnly, text, london)
	if err != nil || d.Year() < 2000 || d.Year() > 2099 {
		f.Fault(field, "Enter the day, such as 2026-01-12")
		return 0
	}
	return d.Unix()
}

// momentIn reads a day and a time of day in London as UTC seconds; 0 where the
// day is empty.
func momentIn(f *web.Form, day, clock string) int64 {
	at := dayIn(f, day)
	if at == 0 {
		return 0
	}
	c, err := time.Parse("15:04", f.Text(clock, 5))
	if err != nil {
		f.Fault(clock, "Enter the time, such as 14:30")
		return 0
	}
	d := time.Unix(at, 0).In(london)
	return time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), 0, 0, london).Unix()
}

// pastIn is momentIn for what has been and must be said.
func pastIn(f *web.Form, day, clock string, now time.Time) int64 {
	at := momentIn(f, day, clock)
	if at == 0 && f.Said(day) == "" {
		f.Fault(day, "Enter the day, such as 2026-01-12")
	}
	if at > now.Add(time.Minute).Unix() {
		f.Fault(day, "Enter a day and time that have been")
		return 0
	}
	return at
}

// choice is a value that a form offers.
type choice struct {
	Value  string
	Text   string
	Chosen bool
}

// chosen marks the values that stand.
func chosen(all []choice, stand ...string) []choice {
	all = slices.Clone(all)
	for i := range all {
		all[i].Chosen = slices.Contains(stand, all[i].Value)
	}
	return all
}

func values(all []choice) []string { return each(all, func(c choice) string { return c.Value }) }

// wordsOf gives the words of a value, or the value.
func wordsOf(all []choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Text
		}
	}
	return value
}

// each applies f to all of a list.
func each[T, U any](list []T, f func(T) U) []U {
	all := make([]U, len(list))
	for i, x := range list {
		all[i] = f(x)
	}
	return all
}

// digits prints a whole number with commas between thousands.
func digits(n int64) string {
	text := ""
	for ; n >= 1000; n /= 1000 {
		text = fmt.Sprintf(",%03d", n%1000) + text
	}
	return fmt.Sprint(n) + text
}

// lines gives the lines of an answer that hold something.
func lines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// longDay is a day as people here read it; "" for 0.
func longDay(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006")
}
