package format

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// textShape is the head of a file as text.
type textShape struct {
	text   string // decoded head without leading white space; "" for binary data
	binary bool
	lines  []string // first lines of text, whole ones where possible
	header []string // the lines up to a blank one, of binary data too
}

// shape decodes the head, and says whether it is text at all.
func (p *Probe) shape() *textShape {
	if p.text != nil {
		return p.text
	}
	head := p.head
	if int64(len(head)) < p.src.Size {
		head = wholeRunes(head)
	}
	text, g := charset.Decode(head, "")
	p.text = &textShape{binary: looksBinary(text, g)}
	if p.text.binary {
		p.text.header = headerOf(head)
		return p.text
	}
	p.text.text = strings.TrimLeft(strings.TrimPrefix(part.Clean(text), "\uFEFF"), " \t\n")
	p.text.lines = firstLines(p.text.text, 200)
	p.text.header = p.text.lines
	return p.text
}

// headerOf is the lines up to the first blank one, where they are text: a mail
// may carry its attachments as they are.
func headerOf(head []byte) []string {
	i := bytes.Index(head, []byte("\n\r\n"))
	if j := bytes.Index(head, []byte("\n\n")); j >= 0 && (i < 0 || j < i) {
		i = j
	}
	if i < 0 {
		return nil
	}
	text, g := charset.Decode(head[:i], "")
	if looksBinary(text, g) {
		return nil
	}
	return firstLines(strings.TrimLeft(part.Clean(text), " \t\n"), 200)
}

// wholeRunes cuts a UTF-8 sequence that the end of the head splits.
func wholeRunes(b []byte) []byte {
	for n := 1; n <= 3 && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= 0xC0 && !utf8.FullRune(b[len(b)-n:]) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// looksBinary reports whether decoded text holds what text does not: zero bytes,
// controls, or many characters without meaning.
func looksBinary(text string, g charset.Guess) bool {
	if text == "" {
		return false
	}
	controls, bad := 0, 0
	for _, r := range text {
		switch {
		case r == 0 && g.How != "nul-pattern":
			controls += 4
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1A && r != 0x1B && r != '\b' && r != '\v':
			controls++
		case r == 0x7F, r >= 0x80 && r < 0xA0, r == utf8.RuneError:
			bad++
		}
	}
	return controls*200 > len(text)+400 || (controls+bad)*20 > len(text)
}

// firstLines are at most n lines; the last is left out where the head cuts it.
func firstLines(s string, n int) (lines []string) {
	for len(lines) < n && s != "" {
		line, rest, more := strings.Cut(s, "\n")
		if !more && len(lines) > 0 && len(s) > headSize/2 {
			break
		}
		lines = append(lines, line)
		s = rest
	}
	return lines
}

// isText reports whether the head is text of any kind.
func (p *Probe) isText() bool { return !p.shape().binary }

func isText(p *Probe) bool { return p.isText() }

// isRTF allows white space and a byte order mark before the group.
func isRTF(p *Probe) bool {
	b := bytes.TrimLeft(p.head, "\xEF\xBB\xBF \t\r\n\x00")
	return bytes.HasPrefix(b, []byte(`{\rt`)) || bytes.HasPrefix(b, []byte(`{\ansi`)) || bytes.HasPrefix(b, []byte(`{\urtf`))
}

// beginsLine matches text that begins with one of the given lines, in any
// letter case.
func beginsLine(lines ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		s := p.shape()
		for _, want := range lines {
			if len(s.lines) > 0 && strings.EqualFold(strings.TrimSpace(s.lines[0]), want) {
				return true
			}
		}
		return false
	}
}

// xmlMime matches flat OpenDocument: an office:document root with the type.
func xmlMime(mime string) func(*Probe) bool {
	return func(p *Probe) bool {
		t := p.shape().text
		return strings.HasPrefix(t, "<") && strings.Contains(t, "<office:document") && strings.Contains(t, `"`+mime)
	}
}

// rootName is the local name of the first element of markup, or "".
func rootName(text string) string {
	for range 64 {
		text = strings.TrimLeft(text, " \t\n")
		switch {
		case strings.HasPrefix(text, "<!--"):
			_, rest, ok := strings.Cut(text, "-->")
			if !ok {
				return ""
			}
			text = rest
		case strings.HasPrefix(text, "<?"):
			_, rest, ok := strings.Cut(text, ">")
			if !ok {
				return ""
			}
			text = rest
		case strings.HasPrefix(text, "<!"):
			text = afterDoctype(text)
		case strings.HasPrefix(text, "<"):
			return elementName(text[1:])
		default:
			return ""
		}
	}
	return ""
}

// afterDoctype skips a document type with its internal subset.
func afterDoctype(text string) string {
	end := strings.IndexByte(text, '>')
	if open := strings.IndexByte(text, '['); open >= 0 && open < end {
		if i := strings.Index(text, "]>"); i >= 0 {
			end = i + 1
		}
	}
	if end < 0 {
		return ""
	}
	return text[end+1:]
}

func elementName(s string) string {
	end := strings.IndexAny(s, " \t\n/>")
	if end < 0 {
		end = len(s)
	}
	name := s[:min(end, 64)]
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	if name == "" || !(name[0] >= 'A' && name[0] <= 'Z' || name[0] >= 'a' && name[0] <= 'z' || name[0] == '_' || name[0] >= 0x80) {
		return ""
	}
	return name
}

// xmlRoot matches markup whose first element has the name.
func xmlRoot(name string) func(*Probe) bool {
	return func(p *Probe) bool { return rootName(p.shape().text) == name }
}

// htmlNames are elements that a file of HTML may begin with.
const htmlNames = " html head title body table div script style meta link p h1 h2 h3 span font center form frameset ul ol br hr img b i a base iframe section article header nav main pre "

// isHTML matches a document type, an element of HTML at the start, or an html
// element after a preamble.
func isHTML(p *Probe) bool {
	if p.hasFold(0, "<html>") || p.hasFold(0, "<!doctype html") {
		return true
	}
	t := p.shape().text
	if t == "" || strings.HasPrefix(t, "{") {
		return false
	}
	lower := strings.ToLower(t[:min(len(t), headSize)])
	if strings.HasPrefix(lower, "<!doctype html") {
		return true
	}
	root := strings.ToLower(rootName(t))
	if root == "html" || root != "" && !strings.HasPrefix(lower, "<?xml") && strings.Contains(htmlNames, " "+root+" ") {
		return true
	}
	i := strings.Index(lower, "<html")
	return i >= 0 && (root == "" && (i < 2048 || strings.HasPrefix(lower, "<"))) && strings.ContainsAny(lower[i+5:min(i+6, len(lower))], " >\n\t")
}

// isXML matches a declaration, or markup whose root is closed or continued as
// markup is.
func isXML(p *Probe) bool {
	t := p.shape().text
	if strings.HasPrefix(t, "<?xml") {
		return true
	}
	root := rootName(t)
	if root == "" {
		return false
	}
	return strings.Contains(t, "</") || strings.Contains(t, "/>") || strings.Contains(t, "xmlns")
}

// isJSON matches an object or an array by its first two tokens.
func isJSON(p *Probe) bool {
	t := p.shape().text
	if isNDJSON(p) || len(t) < 2 {
		return false
	}
	return jsonStart(t)
}

func jsonStart(t string) bool {
	rest := strings.TrimLeft(t[1:], " \t\n")
	switch {
	case rest == "":
		return false
	case t[0] == '{':
		if rest[0] == '}' {
			return true
		}
		end := jsonStringEnd(rest)
		return end > 0 && strings.HasPrefix(strings.TrimLeft(rest[end:], " \t\n"), ":")
	case t[0] == '[':
		if rest[0] == '{' || rest[0] == '[' {
			return jsonStart(rest) || rest[0] == '[' && len(rest) > 1 && strings.ContainsRune("0123456789-\"[]", rune(rest[1]))
		}
		if end := jsonStringEnd(rest); end > 0 {
			after := strings.TrimLeft(rest[end:], " \t\n")
			return after == "" || after[0] == ',' || after[0] == ']'
		}
		return rest[0] == ']' && strings.TrimSpace(rest[1:]) == ""
	}
	return false
}

// jsonStringEnd is the offset after the string that s begins with, or 0.
func jsonStringEnd(s string) int {
	if s[0] != '"' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n':
			return 0
		}
	}
	return 0
}

// isNDJSON matches two or more lines that are each an object or an array.
func isNDJSON(p *Probe) bool {
	lines := p.shape().lines
	if len(lines) < 2 {
		return false
	}
	for _, l := range lines[:2] {
		l = strings.TrimSpace(l)
		if len(l) < 2 || !(l[0] == '{' && l[len(l)-1] == '}') || !jsonStart(l) {
			return false
		}
	}
	return true
}

// isLDIF matches a version or a distinguished name with an attribute after it.
func isLDIF(p *Probe) bool {
	for i, l := range p.shape().lines {
		switch {
		case l == "", strings.HasPrefix(l, "#"), strings.HasPrefix(strings.ToLower(l), "version: 1"):
		case strings.HasPrefix(strings.ToLower(l), "dn:"):
			rest := p.shape().lines[i+1:]
			return len(rest) == 0 || strings.Contains(rest[0], ": ") || strings.HasPrefix(rest[0], " ")
		default:
			return false
		}
	}
	return false
}

// sqlMarks are how dumps begin, in lower case.
var sqlMarks = []string{"-- mysql dump", "-- mariadb dump", "-- postgresql database dump", "-- phpmyadmin sql dump", "-- sqlite", "pragma foreign_keys", "begin transaction;", "/*!4", "use [", "set ansi_nulls", "/****** object:", "-- dumping", "-- database:", "-- host:"}

// isSQL matches the first lines of dumps and scripts of definitions and rows.
func isSQL(p *Probe) bool {
	seen := 0
	for _, l := range p.shape().lines {
		l = strings.ToLower(strings.TrimSpace(l))
		for _, m := range sqlMarks {
			if strings.HasPrefix(l, m) {
				return true
			}
		}
		switch {
		case strings.HasPrefix(l, "create table "), strings.HasPrefix(l, "insert into ") && strings.Contains(l, "("), strings.HasPrefix(l, "insert [dbo]"), strings.HasPrefix(l, "copy ") && strings.Contains(l, " from stdin"):
			return true
		case l == "", strings.HasPrefix(l, "--"), strings.HasPrefix(l, "/*"), strings.HasPrefix(l, "set "), strings.HasPrefix(l, "drop "), strings.HasPrefix(l, "use "), l == "go", strings.HasPrefix(l, "delete "):
		default:
			if seen++; seen > 3 {
				return false
			}
		}
	}
	return false
}
