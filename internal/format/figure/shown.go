package figure

import (
	"strconv"
	"strings"
	"time"
)

// token of a date code: a run of one letter (y, m for minutes, M for months, d,
// h, s, a for AM and PM), or text between such runs.
type token struct {
	letter byte
	n      int
	text   string
}

// english says whether a language code of a format, in hexadecimal, is English
// of any country ([MS-LCID] 2.1: its low ten bits are 9) or the long date and
// time of the system.
func english(code string) bool {
	code, _, _ = strings.Cut(code, ",")
	n, err := strconv.ParseUint(code, 16, 32)
	return err == nil && (n&0x3FF == 9 || n&0xFFFF == 0xF800 || n&0xFFFF == 0xF400)
}

// plainMoment gives the tokens of a date that leaves nothing open: day, name of
// the month and full year; or of a time with AM or PM. All others give none.
func plainMoment(tokens []token) []token {
	settleMinutes(tokens)
	var year, month, day, noon, short bool
	for _, t := range tokens {
		switch t.letter {
		case 'y':
			year = year || t.n > 2
		case 'M':
			month = month || t.n == 3 || t.n == 4
			short = short || t.n != 3 && t.n != 4
		case 'd':
			day = day || t.n < 3
		case 'a':
			noon = true
		}
	}
	dated := year || month || day || short || has(tokens, 'y') || has(tokens, 'd')
	if year && month && day && !short || !dated && noon {
		return tokens
	}
	return nil
}

func has(tokens []token, letter byte) bool {
	for _, t := range tokens {
		if t.letter == letter {
			return true
		}
	}
	return false
}

// settleMinutes leaves m to the minutes: one that stands neither behind hours
// nor before seconds is a month.
func settleMinutes(tokens []token) {
	last := -1 // the letter before
	for i := range tokens {
		if tokens[i].letter == 0 {
			continue
		}
		if tokens[i].letter == 's' && last >= 0 && tokens[last].letter == 'M' && tokens[last].n < 3 {
			tokens[last].letter = 'm'
		}
		if tokens[i].letter == 'm' && (last < 0 || tokens[last].letter != 'h') {
			tokens[i].letter = 'M'
		}
		last = i
	}
}

// appendShown shows a moment as its code has it.
func (s *section) appendShown(dst []byte, v float64, late bool) []byte {
	day, second := dayAndSecond(v)
	at := dateOf(day, late).Add(time.Duration(second) * time.Second)
	noon := has(s.tokens, 'a')
	from := len(dst)
	for _, t := range s.tokens {
		if t.letter == 0 {
			dst = append(dst, t.text...)
		} else {
			dst = at.AppendFormat(dst, layout(t, noon))
		}
	}
	return trimEnds(dst, from)
}

// layout is package time's word for a letter.
func layout(t token, noon bool) string {
	long := t.n > 1
	switch t.letter {
	case 'y':
		return pick(t.n > 2, "2006", "06")
	case 'M':
		return [...]string{"1", "1", "01", "Jan", "January"}[min(t.n, 4)]
	case 'd':
		return [...]string{"2", "2", "02", "Mon", "Monday"}[min(t.n, 4)]
	case 'h':
		return pick(noon, pick(long, "03", "3"), "15")
	case 'm':
		return pick(long, "04", "4")
	case 's':
		return pick(long, "05", "5")
	}
	return "PM"
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
