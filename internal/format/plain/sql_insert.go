package plain

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/format/part"
)

// insert reads INSERT … VALUES with any number of tuples.
func (d *dump) insert() {
	head, ok := d.insertHead()
	if !ok {
		d.text(head)
		d.statement()
		return
	}
	name, columns := intoTable(head)
	d.fill(name, columns)
	for d.w.Err() == nil && d.err == nil {
		d.space()
		switch d.next() {
		case '(':
			d.get()
			d.w.Row(d.tuple())
		case ',':
			d.get()
		case ';':
			d.get()
			return
		default:
			return
		}
	}
}

// insertHead takes everything before the first tuple: up to the word VALUES.
// False where another kind of INSERT shows.
func (d *dump) insertHead() (string, bool) {
	var b strings.Builder
	for b.Len() < maxDefinition && d.err == nil {
		c := d.next()
		if c == '(' && endsWithWord(b.String(), "VALUES") {
			return b.String(), true
		}
		if c == ';' || c == 0 {
			return b.String(), false
		}
		b.WriteByte(d.get())
		if c == '\n' && endsWithWord(b.String(), "SELECT") {
			return b.String(), false
		}
	}
	return b.String(), false
}

func endsWithWord(s, word string) bool {
	s = strings.TrimRight(s, " \t\r\n")
	return len(s) > len(word) && strings.EqualFold(s[len(s)-len(word):], word)
}

// intoTable takes "INSERT INTO name (a, b) VALUES" apart.
func intoTable(head string) (name string, columns []string) {
	head = strings.TrimSpace(head)
	head = strings.TrimSpace(head[:len(head)-len("VALUES")])
	before, list, listed := strings.Cut(head, "(")
	words := strings.Fields(before)
	if len(words) > 0 {
		name = plainName(words[len(words)-1])
	}
	if listed {
		list, _, _ = strings.Cut(list, ")")
		columns = columnList(list)
	}
	return name, columns
}

// tuple reads the values behind an opening bracket.
func (d *dump) tuple() []string {
	cells := make([]string, 0, max(len(d.header), 1))
	for d.err == nil {
		cells = append(cells, d.value(0))
		if c := d.get(); c != ',' {
			return cells
		}
	}
	return cells
}

// value reads one value up to the comma or bracket behind it: a literal, a
// number, NULL, or a function of which the first literal counts.
func (d *dump) value(depth int) string {
	var bare strings.Builder
	literal, found := "", false
	for d.err == nil {
		switch c := d.next(); c {
		case 0:
			d.get()
		case ',', ')':
			if depth == 0 || c == ')' {
				return settled(literal, found, bare.String())
			}
			d.get()
		case '\'':
			d.get()
			s := d.literal(strings.HasSuffix(bare.String(), "E") || strings.HasSuffix(bare.String(), "e"))
			if !found {
				literal, found = s, true
			}
		case '(':
			d.get()
			if depth > 32 {
				continue
			}
			s := d.value(depth + 1)
			d.get()
			if !found && s != "" {
				literal, found = s, true
			}
		default:
			d.get()
			if bare.Len() < maxLiteral {
				bare.WriteByte(c)
			}
		}
	}
	return settled(literal, found, bare.String())
}

func settled(literal string, found bool, bare string) string {
	bare = strings.TrimSpace(bare)
	switch {
	case found:
		return literal
	case strings.EqualFold(bare, "NULL"), strings.EqualFold(bare, "DEFAULT"):
		return ""
	case strings.HasPrefix(bare, "0x") || strings.HasPrefix(bare, "0X"):
		return hexValueText(bare)
	}
	return bare
}

// literal reads a string behind its opening quote. Two quotes stand for one;
// adjoining strings are one.
func (d *dump) literal(escaped bool) string {
	var b strings.Builder
	for d.err == nil {
		c := d.get()
		switch {
		case c == 0 && d.err != nil:
		case c == '\'' && d.next() == '\'':
			d.get()
		case c == '\'':
			return b.String()
		case c == '\\' && (d.backslash || escaped):
			c = unbackslash(d.get())
		}
		if b.Len() < maxLiteral {
			b.WriteByte(c)
		} else if b.Len() == maxLiteral {
			b.WriteByte(' ')
			d.w.Lost(part.Over("too-large", "a string larger than the limit was cut"))
		}
	}
	return b.String()
}

func unbackslash(c byte) byte {
	switch c {
	case 'n', 'r':
		return '\n'
	case 't':
		return '\t'
	case '0':
		return ' '
	case 'Z':
		return ' '
	}
	return c
}

// hexValueText turns binary literals into text: dates of SQL Server scripts,
// and bytes that are text. Other binary values are left out.
func hexValueText(s string) string {
	digits, _, _ := strings.Cut(s[2:], " ")
	raw, err := hex.DecodeString(digits)
	if err != nil {
		return s
	}
	upper := strings.ToUpper(s)
	switch {
	case strings.HasSuffix(upper, "AS DATETIME") && len(raw) == 8:
		days := int(int32(uint32(raw[0])<<24 | uint32(raw[1])<<16 | uint32(raw[2])<<8 | uint32(raw[3])))
		return dayText(1900, days)
	case strings.HasSuffix(upper, "AS DATE") && len(raw) == 3:
		return dayText(1, int(raw[0])|int(raw[1])<<8|int(raw[2])<<16)
	}
	for _, c := range raw {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7F {
			return ""
		}
	}
	if len(raw) < 3 {
		return s
	}
	return string(raw)
}

func dayText(year, days int) string {
	return time.Date(year, 1, 1+days, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
}
