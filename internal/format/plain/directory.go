package plain

import (
	"encoding/base64"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadCards reads contacts and calendars (vCard 2.1 to 4.0, RFC 6350; iCalendar
// and vCalendar, RFC 5545): each card, event or task is a group of lines
// "label: value" behind a blank line.
func ReadCards(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	l := &folded{lines: newLines(src), quoted: true}
	for w.Step(1) == nil {
		line, ok := l.next()
		if !ok {
			break
		}
		card(w, line)
	}
	return w.Finish("cards/1", l.failed())
}

// longValue is the longest logical line; what is beyond is cut off as none of
// text can be meant by it.
const longValue = 256 << 10

// folded joins lines that go on: those that begin with white space, and those
// of quoted-printable values that end with an equals sign.
type folded struct {
	*lines
	quoted bool
	ahead  string
	has    bool
}

func (f *folded) take() (string, bool) {
	if f.has {
		f.has = false
		return f.ahead, true
	}
	return f.lines.next()
}

func (f *folded) next() (string, bool) {
	line, ok := f.take()
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.WriteString(line)
	soft := f.quoted && strings.Contains(strings.ToUpper(line[:min(len(line), 120)]), "QUOTED-PRINTABLE")
	for {
		more, ok := f.take()
		if !ok {
			return b.String(), true
		}
		goesOn := more != "" && (more[0] == ' ' || more[0] == '\t')
		softly := soft && strings.HasSuffix(line, "=")
		if !goesOn && !softly {
			f.ahead, f.has = more, true
			return b.String(), true
		}
		line = more
		if goesOn && !softly {
			more = more[1:]
		}
		if b.Len() < longValue {
			b.WriteString(more)
		}
	}
}

// card writes one logical line of a card.
func card(w *part.Writer, line string) {
	head, value, ok := cutCard(line)
	if !ok {
		if strings.TrimSpace(line) != "" {
			w.Line(line)
		}
		return
	}
	name, params := cutParams(head)
	switch name {
	case "BEGIN":
		return
	case "END":
		w.Blank()
		return
	case "VERSION", "PRODID", "REV", "SEQUENCE", "DTSTAMP", "METHOD", "CALSCALE", "TRANSP", "CLASS", "STATUS", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "TRIGGER", "ACTION", "PRIORITY":
		return
	case "PHOTO", "LOGO", "SOUND", "KEY":
		if len(value) > 200 {
			return
		}
	}
	value = cardValue(value, params)
	w.Pair(cardLabel(name, params), value)
	for _, p := range params {
		if p.name == "CN" {
			w.Pair(cardLabel(name, nil)+" name", p.value)
		}
	}
}

// cutCard cuts at the first colon outside quotes.
func cutCard(line string) (head, value string, ok bool) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return line[:i], line[i+1:], i > 0 && i < 2000
			}
		}
	}
	return "", "", false
}

type param struct{ name, value string }

// cutParams takes "item1.TEL;TYPE=home,voice" apart. A bare parameter of
// vCard 2.1 is a type or an encoding.
func cutParams(head string) (string, []param) {
	parts := strings.Split(head, ";")
	name := parts[0]
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	var params []param
	for _, p := range parts[1:] {
		n, v, ok := strings.Cut(p, "=")
		if !ok {
			n, v = "TYPE", p
		}
		params = append(params, param{strings.ToUpper(strings.TrimSpace(n)), strings.Trim(v, `"`)})
	}
	return strings.ToUpper(strings.TrimSpace(name)), params
}

// cardValue decodes a value: quoted-printable, charset, escapes, structured
// parts.
func cardValue(value string, params []param) string {
	declared, quoted := "", false
	for _, p := range params {
		switch {
		case strings.EqualFold(p.value, "QUOTED-PRINTABLE"):
			quoted = true
		case p.name == "CHARSET":
			declared = p.value
		}
	}
	if quoted {
		value, _ = charset.Decode(unquote(value), declared)
	}
	if i := strings.Index(strings.ToLower(value[:min(len(value), 7)]), "mailto:"); i == 0 {
		value = value[7:]
	}
	return unescape(value)
}

// unescape undoes \n \, \; \\ and writes the semicolons between the parts of a
// name or address as commas.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			if s[i] == 'n' || s[i] == 'N' {
				b.WriteString(", ")
			} else {
				b.WriteByte(s[i])
			}
		case s[i] == ';':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), ", ") {
				b.WriteString(", ")
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(b.String()), ",")
}

// unquote decodes quoted-printable.
func unquote(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '=' && i+2 < len(s) {
			if hi, lo := hexValue(s[i+1]), hexValue(s[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		if s[i] != '=' {
			out = append(out, s[i])
		}
	}
	return out
}

func hexValue(c byte) int { return strings.IndexByte("0123456789ABCDEF", upper(c)) }

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 32
	}
	return c
}

// cardLabels are the properties in words.
var cardLabels = map[string]string{
	"FN": "Full name", "N": "Name", "NICKNAME": "Nickname", "BDAY": "Date of birth", "ADR": "Address", "TEL": "Telephone", "EMAIL": "Email",
	"ORG": "Organisation", "TITLE": "Job title", "ROLE": "Role", "NOTE": "Note", "URL": "Web page", "LABEL": "Address", "GENDER": "Gender",
	"ANNIVERSARY": "Anniversary", "RELATED": "Related", "UID": "UID", "SUMMARY": "Summary", "DESCRIPTION": "Description", "LOCATION": "Location",
	"ORGANIZER": "Organiser", "ATTENDEE": "Attendee", "DTSTART": "Start", "DTEND": "End", "DUE": "Due", "COMMENT": "Comment", "CONTACT": "Contact", "CREATED": "Created",
}

func cardLabel(name string, params []param) string {
	label := cardLabels[name]
	if label == "" {
		label = name
	}
	for _, p := range params {
		kind := strings.ToLower(p.value)
		if p.name == "TYPE" && (name == "TEL" || name == "ADR" || name == "EMAIL") && kind != "internet" && kind != "pref" && kind != "quoted-printable" && kind != "voice" {
			return label + " " + strings.ReplaceAll(kind, ",", " ")
		}
	}
	return label
}

// ReadLDIF reads an export of a directory (RFC 2849): each entry is a group of
// lines "attribute: value".
func ReadLDIF(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	l := &folded{lines: newLines(src)}
	for w.Step(1) == nil {
		line, ok := l.next()
		if !ok {
			break
		}
		attribute(w, line)
	}
	return w.Finish("ldif/1", l.failed())
}

// attribute writes one line of an entry; "name:: value" is base64.
func attribute(w *part.Writer, line string) {
	name, value, ok := strings.Cut(line, ":")
	switch {
	case line == "":
		w.Blank()
		return
	case !ok:
		w.Line(line)
		return
	}
	if coded, ok := strings.CutPrefix(value, ":"); ok {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded))
		if err != nil || strings.Contains(strings.ToLower(name), "photo") || strings.Contains(name, "objectSid") || strings.Contains(name, "GUID") {
			return
		}
		value, _ = charset.Decode(raw, charset.UTF8)
	}
	w.Pair(name, value)
}
