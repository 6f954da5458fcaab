package detect

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// age and death are taken from columns and labels alone: in prose a number is an
// age only by words that many things share, and a death is mostly another's.

var age = Detector{Kind: reeve.KindAge, Rule: "age/1", Label: "your age", Check: checkAge,
	Hits:   []string{"Name: John Smith\nAge: {42}", "Child: Amara Okafor\nAge at referral: {7 years}", "Name: John Smith\nAge: {18 months}"},
	Misses: []string{"Name: John Smith\nAge: n/a", "Name: John Smith\nAge: 431", "People over the age of 65", "Name: John Smith\nAge: 18 to 25"}}

var death = Detector{Kind: reeve.KindDeath, Rule: "death/1", Label: "that the person has died", Check: checkDeath,
	Hits:   []string{"Name: John Smith\nDate of death: {05/03/2014}", "Name: John Smith\nDeceased: {Y}"},
	Misses: []string{"Name: John Smith\nDeceased: N", "Name: John Smith\nDate of death: n/a", "Register a death within five days."}}

// oldest is beyond the age of anybody on record.
const oldest = 125

// checkAge gives an age in whole years; an age in months or weeks is one of 0 or
// more.
func checkAge(s string) (string, bool) {
	end := 0
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil || n > oldest {
		return "", false
	}
	unit := strings.TrimSpace(strings.ReplaceAll(s[end:], "\u00a0", " "))
	switch strings.TrimRight(lowerASCII(unit), ".") {
	case "", "year", "years", "yr", "yrs", "y", "yo", "years old", "y o":
		return strconv.Itoa(n), true
	case "month", "months", "mths", "mth":
		return strconv.Itoa(n / 12), true
	case "week", "weeks", "wks", "days":
		return "0", true
	}
	return "", false
}

// checkDeath gives the ISO date of a death.
func checkDeath(s string) (string, bool) {
	d, ok := lex.ParseDate(s)
	return d.String(), ok && d.Valid() && d.Year >= 1890 && d.Year <= 2035
}

var deadWords = wordSet(`y|yes|true|t|1|x|d|dec|decd|deceased|died|dead|rip|☒|☑|✓|✔|[x]|ticked|on`)

// dead reports whether a yes/no field about a death says yes, or when.
func dead(s string) bool {
	if deadWords[strings.TrimRight(lowerASCII(strings.TrimSpace(s)), ".")] {
		return true
	}
	_, ok := checkDeath(s)
	return ok
}
