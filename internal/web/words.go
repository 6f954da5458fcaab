package web

import (
	"fmt"
	"strconv"
	"time"

	_ "time/tzdata" // the clean laptop may have no time zones
)

// london is the time that people in the United Kingdom read.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return l
}()

// moment prints UTC seconds as people here read them; 0 prints nothing.
func moment(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006, 15:04")
}

// groupDigits prints a whole number with commas between thousands.
func groupDigits(n any) (string, error) {
	var s string
	switch v := n.(type) {
	case int:
		s = strconv.Itoa(v)
	case int64:
		s = strconv.FormatInt(v, 10)
	default:
		return "", fmt.Errorf("number: %T is no whole number", n)
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s, nil
}

// percent prints a share of a whole, "0 %" to "100 %"; never a full 100 for
// less than all, nor 0 for more than nothing.
func percent(part, whole int64) string {
	switch {
	case whole == 0:
		return "–"
	case part == whole:
		return "100 %"
	case part == 0:
		return "0 %"
	}
	return strconv.FormatInt(min(99, max(1, (part*100+whole/2)/whole)), 10) + " %"
}

// dict makes the named arguments of a piece: {{template "tag" dict "Text" .X}}.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: a name without a value")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %T is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

// faultOn gives what is wrong with a field, "" if nothing.
func faultOn(errors []FieldError, field string) string {
	for _, e := range errors {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}
