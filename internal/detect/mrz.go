package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// findZones reads the machine readable zones of passports (ICAO Doc 9303, TD3:
// two lines of 44 characters) in a paragraph. Number, date of birth and expiry
// carry check digits; the zone gives name and date of birth with them.
func (d *Document) findZones() {
	p := &d.prose
	start, end := p.span()
	for at := start; at < end; {
		i := strings.Index(p.text[at:end], "P<")
		if i < 0 {
			return
		}
		at += i
		d.zoneAt(at)
		at += 2
	}
}

const zoneLine = 44

func (d *Document) zoneAt(at int) {
	p := &d.prose
	first, rest, ok := strings.Cut(p.text[at:min(len(p.text), at+2*zoneLine+8)], "\n")
	if !ok {
		return
	}
	lead := len(rest) - len(strings.TrimLeft(rest, " \t\r"))
	rest = rest[lead:]
	if i := strings.IndexAny(rest, "\r\n "); i >= 0 {
		rest = rest[:i]
	}
	first = strings.TrimRight(first, " \r")
	if len(first) < 40 || len(first) > zoneLine || len(rest) != zoneLine || !zoneCheck(rest[:9], rest[9]) || !zoneCheck(rest[13:19], rest[19]) || !zoneCheck(rest[21:27], rest[27]) {
		return
	}
	second := at + len(p.text[at:]) - len(p.text[at:][strings.IndexByte(p.text[at:], '\n')+1:]) + lead
	h := human{clump: d.newClump(), capacity: reeve.CapacitySubject, stand: standSubject}
	surname, given, _ := strings.Cut(first[5:], "<<")
	if written := zoneName(given) + " " + zoneName(surname); nameLike(written) {
		d.emit(&name, p.place(d, at+5, at+len(first)), written, zoneName(surname)+", "+zoneName(given), reeve.ConfidenceB, &h)
	}
	number := strings.TrimRight(rest[:9], "<")
	d.emit(&passport, p.place(d, second, second+9), number, number, reeve.ConfidenceB, &h)
	if born := zoneDate(rest[13:19], rest[21:27]); born.Valid() && born.Full() {
		d.emit(&dateOfBirth, p.place(d, second+13, second+19), rest[13:19], born.String(), reeve.ConfidenceB, &h)
	}
}

// zoneName writes the filler of a zone as spaces.
func zoneName(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}

// zoneCheck is the sum of Doc 9303: weights 7 3 1, A is 10 and so on, < is 0,
// modulo 10.
func zoneCheck(s string, check byte) bool {
	sum := 0
	for i := 0; i < len(s); i++ {
		v := 0
		switch c := s[i]; {
		case isDigit(c):
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 10
		case c != '<':
			return false
		}
		sum += v * [...]int{7, 3, 1}[i%3]
	}
	return isDigit(check) && sum%10 == int(check-'0')
}

// zoneDate reads yymmdd of a birth; the century is the one before the document's
// expiry unless the year is not later than it.
func zoneDate(born, expiry string) reeve.Date {
	two := func(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
	for _, s := range []string{born, expiry} {
		if strings.Trim(s, "0123456789") != "" {
			return reeve.Date{}
		}
	}
	year := 1900 + two(born)
	if two(born) <= two(expiry)-1 && two(expiry) < 60 {
		year += 100
	}
	if two(expiry) < 60 && year > 2000+two(expiry) {
		year -= 100
	}
	return reeve.Date{Year: int16(year), Month: int8(two(born[2:])), Day: int8(two(born[4:]))}
}
