package uk

// ShortDate is a date with a two-digit year, as identifiers hold it. Year is
// 0..99.
type ShortDate struct{ Year, Month, Day int }

// Exists reports whether the day is in the calendar in some century. Day 0 or
// month 0 does not exist.
func (d ShortDate) Exists() bool {
	if d.Year < 0 || d.Year > 99 || d.Month < 1 || d.Month > 12 || d.Day < 1 {
		return false
	}
	last := 31
	switch d.Month {
	case 4, 6, 9, 11:
		last = 30
	case 2:
		last = 28
		if d.Year%4 == 0 { // 1900 had no 29 February, 2000 had
			last = 29
		}
	}
	return d.Day <= last
}

// YearUpTo is the full year that ends in the two digits and is the latest one
// not after last. Give the year of the document for a birth, so that 24 is 2024
// in a letter of 2025 and 1924 in one of 2019.
func (d ShortDate) YearUpTo(last int) int {
	y := last - last%100 + d.Year
	if y > last {
		y -= 100
	}
	return y
}

// dayMonthYear reads ddmmyy.
func dayMonthYear(b []byte) ShortDate {
	return ShortDate{Day: number(b[0:2]), Month: number(b[2:4]), Year: number(b[4:6])}
}

// yearMonthDay reads yymmdd.
func yearMonthDay(b []byte) ShortDate {
	return ShortDate{Year: number(b[0:2]), Month: number(b[2:4]), Day: number(b[4:6])}
}

// Sex as an identifier states it.
type Sex byte

// The values of Sex.
const (
	SexUnknown Sex = 0
	Female     Sex = 'F'
	Male       Sex = 'M'
)
