package reeve

import (
	"fmt"
	"time"
)

// Date is a calendar date that may be known only in part: Month and Day are 0
// where they are not given. The zero Date is "unknown". Year is 1..9999.
type Date struct {
	Year  int16
	Month int8
	Day   int8
}

// DateOf is the date of an instant in UTC.
func DateOf(t time.Time) Date {
	y, m, d := t.UTC().Date()
	return Date{int16(y), int8(m), int8(d)}
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Year == 0 }

// Full reports whether day, month and year are all known.
func (d Date) Full() bool { return d.Year != 0 && d.Month != 0 && d.Day != 0 }

// Valid reports whether the date exists in the calendar (parts that are not
// given are not checked).
func (d Date) Valid() bool {
	if d.Year < 1 || d.Month < 0 || d.Month > 12 || d.Day < 0 || d.Day > 31 {
		return false
	}
	if d.Day == 0 {
		return true
	}
	if d.Month == 0 {
		return false
	}
	return int(d.Day) <= daysIn(int(d.Year), int(d.Month))
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String is 2001-03-05, 2001-03 or 2001; "" when unknown.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Number is the date as YYYYMMDD, with zeros for what is not known; it orders
// as the dates do.
func (d Date) Number() int { return int(d.Year)*10000 + int(d.Month)*100 + int(d.Day) }

// DateNumber is the inverse of Number.
func DateNumber(n int) Date {
	return Date{int16(n / 10000), int8(n / 100 % 100), int8(n % 100)}
}

// Before orders dates; a part that is not known sorts first.
func (d Date) Before(e Date) bool { return d.Number() < e.Number() }

// AgeOn is the age in whole years on a day, and false when either date is not
// known well enough to tell (a month or day that is missing counts against the
// person having had the birthday).
func (d Date) AgeOn(day Date) (int, bool) {
	if d.Year == 0 || day.Year == 0 || day.Number() < d.Number() {
		return 0, false
	}
	age := int(day.Year) - int(d.Year)
	month, dayOf := d.Month, d.Day
	if month == 0 {
		month, dayOf = 12, 31
	} else if dayOf == 0 {
		dayOf = int8(daysIn(int(d.Year), int(month)))
	}
	if day.Month < month || day.Month == month && day.Day < dayOf {
		age--
	}
	return age, true
}

// ParseISODate reads the forms that String prints.
func ParseISODate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var d Date
	var y, m, day int
	switch len(s) {
	case 4:
		if _, err := fmt.Sscanf(s, "%4d", &y); err != nil {
			return d, fmt.Errorf("read date: %w", Invalid)
		}
	case 7:
		if _, err := fmt.Sscanf(s, "%4d-%2d", &y, &m); err != nil {
			return d, fmt.Errorf("read date: %w", Invalid)
		}
	case 10:
		if _, err := fmt.Sscanf(s, "%4d-%2d-%2d", &y, &m, &day); err != nil {
			return d, fmt.Errorf("read date: %w", Invalid)
		}
	default:
		return d, fmt.Errorf("read date: %w", Invalid)
	}
	d = Date{int16(y), int8(m), int8(day)}
	if !d.Valid() {
		return Date{}, fmt.Errorf("read date: %w", Invalid)
	}
	return d, nil
}
