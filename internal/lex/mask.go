package lex

import (
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// Hidden stands where a value is not shown at all.
const Hidden = "«hidden»"

// Mask is a value as it is shown to whoever may not see it: names as initials,
// dates as the year, postcodes as the district, addresses not at all, other
// values as their last two characters (the contract's rule for lists).
func Mask(kind reeve.Kind, value string) string {
	if value == "" {
		return ""
	}
	switch kind {
	case reeve.KindName:
		return initials(value)
	case reeve.KindDateOfBirth:
		return yearOf(value)
	case reeve.KindPostcode:
		district, _, _ := strings.Cut(value, " ")
		if norm, ok := NormPostcode(value); ok {
			district, _, _ = strings.Cut(norm, " ")
		}
		return district
	case reeve.KindAddress:
		return Hidden
	}
	return lastTwo(value)
}

func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' || r == '\n' }) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
		b.WriteByte('.')
	}
	return strings.ToUpper(b.String())
}

// yearOf is the year of a date in any written form.
func yearOf(date string) string {
	if d, ok := ParseDate(date); ok {
		return reeve.Date{Year: d.Year}.String()
	}
	return "…"
}

func lastTwo(value string) string {
	r := []rune(value)
	return "…" + string(r[max(0, len(r)-min(2, len(r)/2)):])
}

// Defuse keeps a spreadsheet from running a cell of a CSV file as a formula: one
// that starts with = + - @, tab or return gets a leading apostrophe (the
// contract's rule for lists).
func Defuse(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}
