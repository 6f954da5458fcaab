package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// weight says how much a wording needs beside it.
type weight uint8

const (
	weak   weight = iota + 1 // only with the person in the same sentence
	strong                   // the person in scope is enough
)

// circumstanceRow is a row of circumstanceRows: wordings of one meaning.
type circumstanceRow struct {
	kind   reeve.Kind
	signal reeve.Signal
	weight weight
	words  string
}

// answer is what a field about a circumstance says.
type answer uint8

const (
	answerNone answer = iota // empty, not stated, refused
	answerNo
	answerYes
)

var noWords = wordSet(`n|no|none|nil|false|f|0|neg|negative|not disabled|no disability|no known disability|no known disabilities|no needs|no concerns|none known|nothing known|no issues|not sen|no sen|
	no known issues|no known|no special educational need|no special educational needs|no sen provision|n - no|no - none|no convictions|none declared|not required|not eligible|no record|none recorded|
	none reported|0.00|£0.00|£0|not pregnant|not homeless|nfd|no known allergies|nka|nkda|☐|☐ yes|[ ]|☐ y|no flag|not a carer|no trace|none identified|no special need|no impairment|never|unticked|off`)

// answerOf reads a yes/no, coded or worded answer.
func answerOf(s string) answer {
	s = strings.TrimSpace(s)
	if len(s) > 64 {
		return answerYes
	}
	low := strings.TrimRight(lowerASCII(s), ".")
	switch {
	case noWords[low] || low == "none" || low == "nil":
		return answerNo
	case blank(s):
		return answerNone
	case strings.HasPrefix(low, "no known") || strings.HasPrefix(low, "no evidence") || strings.HasPrefix(low, "none "):
		return answerNo
	}
	return tickAnswer(low)
}

// tickAnswer reads "☒ Yes ☐ No" and "[x] yes [ ] no".
func tickAnswer(low string) answer {
	ticked := ""
	for _, mark := range tickMarks {
		if i := strings.Index(low, mark); i >= 0 {
			ticked = strings.TrimSpace(low[i+len(mark):])
			break
		}
	}
	switch {
	case ticked == "" && (strings.Contains(low, "☐") || strings.Contains(low, "[ ]")):
		return answerNone
	case strings.HasPrefix(ticked, "no") && !strings.HasPrefix(ticked, "non"):
		return answerNo
	case strings.HasPrefix(ticked, "prefer not"):
		return answerNone
	}
	return answerYes
}

var tickMarks = []string{"☒", "☑", "✓", "✔", "[x]", "(x)", "[✓]"}

// said gives the date that a circumstance field itself is ("CP plan start:
// 2014-05-03"), or zero.
func said(s string) reeve.Date {
	if len(s) < 8 || len(s) > 24 || !isDigit(s[0]) {
		return reeve.Date{}
	}
	return dateIn(s)
}
