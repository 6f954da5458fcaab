package figure

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// clock is what a date format shows.
type clock struct {
	date, time, seconds bool
	elapsed             bool // hours beyond a day: [h]:mm
}

// lastSerial is 31 December 9999, the last day that spreadsheets know.
const lastSerial = 2958465

// read settles which of the letters are months and which are minutes: an m
// next to hours or seconds is minutes.
func (c *clock) read(letters []byte) {
	for i, letter := range letters {
		switch letter {
		case 'y', 'd', 'M':
			c.date = true
		case 'h', 'a':
			c.time = true
		case 's':
			c.time, c.seconds = true, true
		case 'm':
			minutes := i > 0 && letters[i-1] == 'h' || i+1 < len(letters) && letters[i+1] == 's'
			c.time = c.time || minutes
			c.date = c.date || !minutes
		}
	}
}

// appendMoment shows a count of days as date and time. What is no day that
// spreadsheets know stays a number.
func (s *section) appendMoment(dst []byte, v float64, late bool) []byte {
	c := s.clock
	switch {
	case v < 0 || v >= lastSerial+1:
		return AppendPlain(dst, v)
	case s.tokens != nil && (!c.date || v >= 61):
		return s.appendShown(dst, v, late)
	case c.elapsed && !c.date:
		return appendElapsed(dst, v, c.seconds)
	case !c.date:
		return appendClock(dst, v, c.seconds)
	}
	day, _ := dayAndSecond(v)
	switch {
	case day == 0 && !late && c.time:
		return appendClock(dst, v, c.seconds)
	case day == 0 && !late:
		return AppendPlain(dst, v) // an empty cell that was copied, not a day
	}
	dst = AppendDay(dst, day, late)
	if c.time && math.Abs(v-float64(day)) > 0.5/86400 {
		dst = appendClock(append(dst, ' '), v, c.seconds)
	}
	return dst
}

// AppendDay shows a serial day as 2001-03-05. In the calendar of 1900 day 60
// is the 29 February that never was.
func AppendDay(dst []byte, day int, late bool) []byte {
	if day == 60 && !late {
		return append(dst, "1900-02-29"...)
	}
	return dateOf(day, late).AppendFormat(dst, "2006-01-02")
}

// dateOf is the date of a serial day.
func dateOf(day int, late bool) time.Time {
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case late:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day < 60:
		base = base.AddDate(0, 0, 1)
	}
	return base.AddDate(0, 0, day)
}

// noise is what sums of fractions of a day may be short of a second by.
const noise = 1e-3

// dayAndSecond cuts a count of days into the day and the second within it. A
// second that has begun counts, one that has not never does: nobody's birthday
// moves to the next day.
func dayAndSecond(v float64) (day, second int) {
	day = int(math.Floor(v + noise/86400))
	second = int(math.Floor((v-float64(day))*86400 + noise))
	return day, min(max(second, 0), 86399)
}

// appendClock shows the part of a day as hours and minutes, with seconds where
// the format shows them.
func appendClock(dst []byte, v float64, seconds bool) []byte {
	_, total := dayAndSecond(v)
	dst = fmt.Appendf(dst, "%02d:%02d", total/3600, total/60%60)
	if seconds {
		dst = fmt.Appendf(dst, ":%02d", total%60)
	}
	return dst
}

func appendElapsed(dst []byte, v float64, seconds bool) []byte {
	total := int64(math.Floor(v*86400 + noise))
	dst = strconv.AppendInt(dst, total/3600, 10)
	dst = fmt.Appendf(dst, ":%02d", total/60%60)
	if seconds {
		dst = fmt.Appendf(dst, ":%02d", total%60)
	}
	return dst
}
