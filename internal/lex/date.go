package lex

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// shortYearPivot: two-digit years up to it are of this century. It is fixed, so
// that the same text gives the same date on any day; DateShortYear tells.
const shortYearPivot = 29

// ParseDate reads a date as people in the UK write it, day first: 2001-03-05,
// 05/03/2001, 5.3.01, 5 March 2001, 5th Mar 2001, March 5, 2001, 05-MAR-2001,
// Monday 5 March 2001, with or without a time after it; "March 2001" has no
// day. A month over 12 is taken for the day (03/25/2001). Runs of eight digits
// are read by ParseCompactDate alone.
func ParseDate(s string) (reeve.Date, bool) {
	var p dateParts
	if !p.split(s) {
		return reeve.Date{}, false
	}
	return p.date()
}

// ParseCompactDate reads 05032001, 20010305 and 050301 as a column that is known
// to hold dates writes them; other forms as ParseDate does.
func ParseCompactDate(s string) (reeve.Date, bool) {
	s = strings.TrimSpace(s)
	if Digits(s) != s {
		return ParseDate(s)
	}
	switch len(s) {
	case 7: // the leading zero of the day lost in a spreadsheet
		return ParseCompactDate("0" + s)
	case 8:
		if d, ok := makeDate(number(s[4:]), number(s[2:4]), number(s[:2])); ok && d.Year >= 1850 && d.Year < 2100 {
			return d, true
		}
		d, ok := makeDate(number(s[:4]), number(s[4:6]), number(s[6:]))
		return d, ok && d.Year >= 1850 && d.Year < 2100
	case 6:
		return makeDate(fullYear(number(s[4:])), number(s[2:4]), number(s[:2]))
	}
	return reeve.Date{}, false
}

// datePart is a number or the number of a month.
type datePart struct {
	value  int
	digits int // number of digits; 0 for a month word
}

type dateParts struct {
	part [4]datePart
	n    int
}

// split cuts s into up to three parts; what follows them may only be a time.
func (p *dateParts) split(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 64 {
		return false
	}
	for i := 0; i < len(s); {
		c := s[i] | 0x20
		start := i
		switch {
		case s[i] >= '0' && s[i] <= '9':
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			if p.n == 3 {
				return strings.IndexByte("/-.", s[start-1]) < 0 && isTime(s[start:])
			}
			if i-start > 4 {
				return false
			}
			p.add(datePart{number(s[start:i]), i - start})
		case c >= 'a' && c <= 'z':
			for i < len(s) && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
				i++
			}
			if !p.word(strings.ToLower(s[start:i])) {
				return p.n == 3 && isTime(s[start:])
			}
		case strings.IndexByte("-/., \t'", s[i]) >= 0:
			i++
		case s[i] == ':':
			return false
		default:
			return false
		}
	}
	return p.n >= 2
}

func (p *dateParts) add(d datePart) {
	if p.n < 3 {
		p.part[p.n] = d
		p.n++
	}
}

// word takes a month, and passes over weekdays, ordinal endings and "of".
func (p *dateParts) word(w string) bool {
	switch w {
	case "st", "nd", "rd", "th", "of", "the":
		return p.n < 3
	}
	if m := monthNumber(w); m != 0 && p.n < 3 {
		p.add(datePart{value: m})
		return true
	}
	return p.n == 0 && weekdays[w]
}

// isTime reports what may follow a date: 10:22, T10:22:05Z, 10.22 am, 00:00:00 +0100, GMT.
func isTime(s string) bool {
	for _, r := range s {
		if !strings.ContainsRune("0123456789:.+- TZatpmAPMGBSzut,", r) {
			return false
		}
	}
	return true
}

func (p *dateParts) date() (reeve.Date, bool) {
	a, b, c := p.part[0], p.part[1], p.part[2]
	switch {
	case p.n == 2 && a.digits == 0 && b.digits == 4:
		return makeDate(b.value, a.value, 0)
	case p.n != 3:
		return reeve.Date{}, false
	case a.digits == 4 && b.digits != 4 && c.digits != 4 && c.digits > 0:
		return makeDate(a.value, b.value, c.value)
	case c.digits != 2 && c.digits != 4 || a.digits > 2 || b.digits > 2:
		return reeve.Date{}, false
	}
	year := c.value
	if c.digits == 2 {
		year = fullYear(year)
	}
	switch {
	case a.digits == 0 && b.digits > 0: // March 5, 2001
		return makeDate(year, a.value, b.value)
	case b.digits == 0 && a.digits > 0, b.value <= 12:
		return makeDate(year, b.value, a.value)
	}
	return makeDate(year, a.value, b.value)
}

func fullYear(y int) int {
	if y <= shortYearPivot {
		return 2000 + y
	}
	return 1900 + y
}

func makeDate(year, month, day int) (reeve.Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 0 || day > 31 {
		return reeve.Date{}, false
	}
	d := reeve.Date{Year: int16(year), Month: int8(month), Day: int8(day)}
	if !d.Valid() {
		return reeve.Date{}, false
	}
	return d, true
}

// number reads ASCII digits; the caller has checked that they are.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 9; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// monthNumber is 1 to 12 for a month's name or usual short form in lower case.
func monthNumber(w string) int {
	if len(w) < 3 {
		return 0
	}
	for i, m := range monthNames {
		if w == m || w == m[:3] || w == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var weekdays = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true, "sun": true}
