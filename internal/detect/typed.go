package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// dateIn reads a whole text as a date in the years council files speak of.
func dateIn(s string) reeve.Date {
	d, ok := lex.ParseDate(s)
	if !ok || !d.Valid() || d.Year < 1890 || d.Year > 2099 {
		return reeve.Date{}
	}
	return d
}

// dayIn is dateIn for a date with its weekday, or a time of day behind it: "Sat, 28
// Oct 2006 10:28:00 +0000".
func dayIn(s string) reeve.Date {
	if day := dateIn(s); !day.IsZero() || len(s) > 64 {
		return day
	}
	words := strings.Fields(s)
	if len(words) > 0 && !isDigit(words[0][0]) {
		words = words[1:]
	}
	for n := min(3, len(words)); n > 0; n-- {
		if day := dateIn(strings.Trim(strings.Join(words[:n], " "), ",T")); !day.IsZero() {
			return day
		}
	}
	return reeve.Date{}
}

// valueOf checks a text that a label or column says is f. norm is the normal
// form; ok is false where the text holds no value of the field.
func (f *field) valueOf(s string) (norm string, ok bool) {
	switch f.part {
	case partText:
		return "", answerOf(s) == answerYes
	case partDead:
		return "", dead(s)
	case partAmount:
		return amount(s)
	case partSecret:
		return checkSecret(s)
	case partUser:
		s = strings.TrimSpace(s)
		return s, len(s) >= 3 && len(s) <= 64 && !blank(s) && !strings.Contains(s, " ")
	case partSort, partAccount, partLat, partLong:
		return half(f.part, s)
	}
	switch f.kind {
	case reeve.KindName:
		return "", nameLike(s)
	case reeve.KindAddress:
		if f.part == partWhole {
			return "", wholeAddress(s)
		}
		return "", addressLike(s)
	case reeve.KindDateOfBirth:
		return columnBirth(s)
	case reeve.KindBankAccount:
		return wholeAccount(s)
	}
	if f.detector == nil || f.detector.Check == nil || len(s) > 80 || blank(s) {
		return "", false
	}
	return f.detector.Check(strings.TrimSpace(s))
}

// half checks one of two values that are only worth something together.
func half(p part, s string) (string, bool) {
	s = strings.TrimSpace(s)
	_, digits := count(s)
	switch p {
	case partSort:
		return s, digits == 6 && len(s) <= 10
	case partAccount:
		return s, digits >= 6 && digits <= 10 && len(s) <= 14
	case partLat:
		return degrees(s, 90)
	}
	return degrees(s, 180)
}

// columnBirth is checkBirth where the place says that it is a birth: then runs
// of eight digits are dates too.
func columnBirth(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 40 {
		return "", false
	}
	d, ok := lex.ParseCompactDate(s)
	if !ok || !d.Valid() || d.Year < 1890 || d.Year > 2035 {
		return "", false
	}
	return d.String(), true
}

// nameLike reports whether a text in a name field can be a name: words of
// letters, few of them, no form's own words.
func nameLike(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 2 || len(s) > 60 || blank(s) {
		return false
	}
	words, letters := 1, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= 0x80:
			letters++
		case c == ' ':
			words++
		case isDigit(c), strings.IndexByte("@#:;?!=+*_£$%^{}[]()<>|~\\", c) >= 0:
			return false
		}
	}
	return letters >= 2 && words <= 7 && !notNames[lowerASCII(s)] && (words < 2 || !organisation(s))
}

// organisation reports whether a name is a firm's or an office's by its last
// words.
func organisation(s string) bool {
	low := lowerASCII(strings.TrimRight(strings.TrimSpace(s), "."))
	last := low[strings.LastIndexByte(low, ' ')+1:]
	return firmWords[last] && !(alsoSurnames[last] && personal(s)) || strings.Contains(low, " council") || strings.Contains(low, " ltd ") || strings.Contains(low, " limited ")
}

// alsoSurnames are words that end the names of firms and of people.
var alsoSurnames = wordSet(`ward|court|church|bank|garage|stores|homes|motors|union|foundation|forum|trust|school|builders|estates|unit|group|police|nursery`)

// personal reports whether a name begins as a person's does: with a title, an
// initial or a given name.
func personal(s string) bool {
	s = strings.TrimSpace(s)
	rest := withoutTitle(s)
	if rest != s {
		return true
	}
	first := strings.TrimSuffix(firstWord(s), ".")
	_, given := lex.IsGivenName(first)
	return len(first) == 1 || given
}

var firmWords = wordSet(`ltd|limited|plc|llp|inc|council|trust|school|services|service|association|nhs|company|group|society|centre|center|academy|college|university|hospital|surgery|practice|church|club|solutions|supplies|
	contractors|builders|properties|lettings|estates|homes|housing|solicitors|partnership|charity|foundation|committee|department|team|cic|corporation|consultants|holdings|investments|agency|nursery|
	electrical|plumbing|cleaning|construction|motors|insurance|bank|garage|stores|office|unit|ward|borough|forum|network|union|embassy|ministry|police|court|library|museum|theatre`)

// notNames are words that stand where a name should.
var notNames = wordSet(`name|surname|forename|first name|last name|full name|title|void|empty property|the occupier|occupier|owner|the owner|council|vacant|test|test test|total|totals|subtotal|mr|mrs|miss|ms|
	various|other|others|all|everyone|staff|team|yes|no|y|n|unallocated|not allocated|duty|duty team|vacancy|executors of|the executors|limited|ltd|signature|date|address|print name|block capitals|
	see attached|attached|new|deleted|cancelled|block letters|client|tenant|applicant|not in use|do not use|dummy|customer|anonymous|joe bloggs|jo bloggs|john doe|jane doe|a n other|an other|
	sample|example|specimen|mickey mouse|person a|person b|child a|child b|mr x|ms x|mr a|mrs b|xxx xxx|name surname|forename surname|firstname lastname|first last`)

// addressLike reports whether a text in an address field says a place.
func addressLike(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 3 || len(s) > 250 || blank(s) {
		return false
	}
	letters, digits := count(s)
	return letters >= 3 && digits < 12 && strings.IndexByte(s, '@') < 0 && !homeless(s)
}

// homeless reports whether an address field says that there is no address.
func homeless(s string) bool {
	var b [64]byte
	if len(s) > 40 {
		return false
	}
	f := string(foldLabel(b[:0], s))
	return f == "nfa" || strings.Contains(f, "no fixed ab") || strings.Contains(f, "no fixed ad") || f == "homeless" || f == "rough sleeping" || f == "sofa surfing"
}

// wholeAddress is addressLike where nothing else helps: a number or two words.
func wholeAddress(s string) bool {
	letters, digits := count(s)
	return addressLike(s) && (digits > 0 || strings.ContainsAny(strings.TrimSpace(s), " ,\n")) && letters > digits
}

// amount reads a sum of money that is more than nothing.
func amount(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) == 0 || len(s) > 24 {
		return "", false
	}
	some := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '1' && c <= '9':
			some = true
		case c == '0', c == ',', c == '.', c == ' ', c == '-', c == '+', c == 0xC2, c == 0xA3, c == '(', c == ')':
		case c == 'k', c == 'p', c == 'w', c == '/', c == 'C', c == 'R', c == 'D':
		default:
			return "", false
		}
	}
	return s, some
}
