package incident

import (
	"strconv"
	"strings"
	"time"
)

// reportFraud is the day from which Action Fraud is Report Fraud
// (reportfraud.police.uk, City of London Police, 4 December 2025).
var reportFraud = time.Date(2025, time.December, 4, 0, 0, 0, 0, london).Unix()

// NameAsOf gives a text with the names that bodies had at a moment, seconds
// UTC: what sources go on calling Action Fraud is Report Fraud from 4 December
// 2025. Only claims are put so, never what somebody is quoted with.
func NameAsOf(text string, at int64) string {
	if at < reportFraud {
		return text
	}
	return strings.NewReplacer("Action Fraud", "Report Fraud", "action fraud", "Report Fraud", "ActionFraud", "Report Fraud").Replace(text)
}

// awayWords says when a moment is, seen from now: "in 3 hours", "2 days ago".
func awayWords(at, now int64) string {
	if at >= now {
		return "in " + spanOf(at-now)
	}
	return spanOf(now-at) + " ago"
}

// spanOf says how long some seconds are.
func spanOf(seconds int64) string { return leftWords(time.Duration(seconds) * time.Second) }

// count says how many of something there are.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return digits(n) + " " + many
}

// digits prints a whole number with commas between thousands.
func digits(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// linesOf are the lines of a text that hold something.
func linesOf(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
