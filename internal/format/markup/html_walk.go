package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/reeve-council/reeve"
)

// Depth of tables within tables beyond which a table is read as text: layout of
// old mails.
const maxTables = 24

// longCell is where a cell ends being one: such a table is layout.
const longCell = 8 << 10

// maxColumns is where a row is cut.
const maxColumns = 16384

// start takes a start tag.
func (f *flattener) start(a atom.Atom, attrs map[string]string, empty bool) {
	if f.skip != 0 {
		if a == f.skip && !empty {
			f.nested++
		}
		return
	}
	switch a {
	case atom.Script, atom.Style, atom.Noembed, atom.Template:
		if !empty {
			f.skip, f.nested = a, 1
		}
		return
	case atom.Br:
		f.breakLine()
	case atom.Hr:
		f.endLine()
	case atom.Pre, atom.Textarea:
		f.endLine()
		f.pre++
	case atom.Table:
		f.startTable()
	case atom.Tr:
		f.startRow()
	case atom.Td, atom.Th:
		f.startCell()
	case atom.Noscript, atom.Noframes, atom.Iframe:
		f.unparsed = !empty // the tokenizer gives what is inside as text
		f.endLine()
	case atom.Option:
		f.endLine()
		if _, chosen := attrs["selected"]; chosen {
			f.words("[x] ")
		}
	default:
		if block(a) {
			f.endLine()
		}
	}
	f.described(a, attrs)
}

// described pushes what a tag says in its attributes.
func (f *flattener) described(a atom.Atom, attrs map[string]string) {
	if attrs == nil {
		return
	}
	switch a {
	case atom.Meta:
		f.meta(attrs)
	case atom.Input, atom.Button:
		f.input(attrs)
	case atom.Img, atom.Area:
		if alt := attrs["alt"]; len(alt) > 2 {
			f.words(alt)
		}
	case atom.A:
		if mail, ok := strings.CutPrefix(attrs["href"], "mailto:"); ok {
			mail, _, _ = strings.Cut(mail, "?")
			f.pendingMail = mail
		}
	case atom.Td, atom.Th, atom.Span:
		if t := attrs["title"]; len(t) > 2 {
			f.words("(" + t + ")")
		}
	}
}

// meta pushes the fields of the head that people write.
func (f *flattener) meta(attrs map[string]string) {
	name := attrs["name"]
	if name == "" {
		name = attrs["property"]
	}
	lower := strings.ToLower(name)
	switch lower {
	case "", "viewport", "generator", "progid", "robots", "referrer", "theme-color", "format-detection":
		return
	}
	if content := attrs["content"]; utf8.RuneCountInString(content) > 1 {
		f.endLine()
		f.aside(name, content, reeve.LayerMetadata)
	}
}

// input pushes a form field with the label or name that it goes by.
func (f *flattener) input(attrs map[string]string) {
	value := attrs["value"]
	kind := strings.ToLower(attrs["type"])
	name := attrs["aria-label"]
	if name == "" {
		name = attrs["name"]
	}
	switch kind {
	case "checkbox", "radio":
		if _, on := attrs["checked"]; on {
			f.words("[x] " + value)
		}
		return
	case "submit", "button", "reset", "image", "password":
		if kind != "password" {
			return
		}
	}
	if strings.TrimSpace(value) == "" || strings.HasPrefix(name, "__") {
		return
	}
	layer := reeve.LayerForm
	if kind == "hidden" {
		layer = reeve.LayerHidden
	}
	if f.inTable() {
		f.words(value)
		return
	}
	if label := strings.TrimSpace(f.line.String()); label != "" && layer == reeve.LayerForm && len(label) < 80 {
		f.line.Reset()
		name = strings.TrimRight(label, " :*")
	}
	f.aside(name, value, layer)
}

// aside pushes a labelled value in a layer of its own and comes back.
func (f *flattener) aside(label, value string, layer reeve.Layer) {
	if f.inTable() {
		f.words(label + ": " + value)
		return
	}
	f.w.Begin("", layer)
	f.w.Pair(label, value)
	f.w.Begin("", reeve.LayerBody)
}

// end takes an end tag.
func (f *flattener) end(a atom.Atom) {
	if f.skip != 0 {
		if a == f.skip {
			if f.nested--; f.nested == 0 {
				f.skip = 0
			}
		}
		return
	}
	switch a {
	case atom.Pre, atom.Textarea:
		f.pre = max(0, f.pre-1)
		f.endLine()
	case atom.Td, atom.Th:
		f.endCell()
	case atom.Tr:
		f.endRow()
	case atom.Table:
		f.endTable()
	case atom.A:
		f.endLink()
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Title:
		f.endLine()
		f.paragraph()
	case atom.Option:
		f.breakLine()
	case atom.Noscript, atom.Noframes, atom.Iframe:
		f.unparsed = false
		f.endLine()
	default:
		if block(a) {
			f.endLine()
		}
	}
}

// endLink writes the address of a mail link that its text does not show.
func (f *flattener) endLink() {
	mail := f.pendingMail
	f.pendingMail = ""
	if mail == "" || !strings.Contains(mail, "@") {
		return
	}
	shown := f.line.String()
	if f.inTable() {
		shown = f.top().cell.String()
	}
	if !strings.Contains(strings.ToLower(shown), strings.ToLower(mail)) {
		f.words(" <" + mail + ">")
	}
}

// block reports whether an element stands on lines of its own.
func block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Dialog,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Frameset,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Html, atom.Iframe, atom.Li, atom.Main,
		atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Section, atom.Select, atom.Summary, atom.Ul, atom.Title, atom.Legend, atom.Label, atom.Noscript:
		return true
	}
	return false
}

// text takes character data.
func (f *flattener) text(raw []byte) {
	if f.skip != 0 {
		return
	}
	s := string(raw)
	if f.unparsed {
		s = stripTags(s)
	}
	if f.pre > 0 && !f.inTable() {
		f.preformatted(s)
		return
	}
	f.words(s)
}

// preformatted keeps line ends and spaces.
func (f *flattener) preformatted(s string) {
	for {
		line, rest, more := strings.Cut(s, "\n")
		f.line.WriteString(line)
		if !more {
			return
		}
		f.breakLine()
		s = rest
	}
}

// words adds text with runs of white space folded into one space.
func (f *flattener) words(s string) {
	for s != "" {
		i := strings.IndexFunc(s, isSpace)
		if i != 0 {
			n := i
			if n < 0 {
				n = len(s)
			}
			f.word(s[:n])
			s = s[n:]
			continue
		}
		f.space = true
		s = strings.TrimLeftFunc(s, isSpace)
	}
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == 0xA0 || r > 0x2000 && unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF
}

// word adds a word to the cell or line.
func (f *flattener) word(s string) {
	b := &f.line
	if f.inTable() {
		b = &f.top().cell
	}
	if f.space && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
		b.WriteByte(' ')
	}
	f.space = false
	b.WriteString(s)
	switch {
	case b.Len() > reeve.MaxBlockText/4 && f.inTable():
		f.spill(f.top())
	case b.Len() > reeve.MaxBlockText/4:
		f.endLine()
	}
}

// breakLine ends a line; within a cell it is a line end there.
func (f *flattener) breakLine() {
	f.space = false
	if f.inTable() {
		if c := &f.top().cell; c.Len() > 0 {
			c.WriteByte('\n')
		}
		return
	}
	f.w.Line(strings.TrimRight(f.line.String(), " "))
	f.line.Reset()
}

// endLine ends a line that has something on it.
func (f *flattener) endLine() {
	f.space = false
	if f.inTable() {
		if c := &f.top().cell; c.Len() > 0 && !strings.HasSuffix(c.String(), "\n") {
			c.WriteByte('\n')
		}
		return
	}
	if f.line.Len() > 0 {
		f.breakLine()
	}
}

// paragraph leaves a blank line between paragraphs.
func (f *flattener) paragraph() {
	if !f.inTable() {
		f.w.Blank()
	}
}

// comment takes the text of a comment that holds words: notes people left, rows
// commented out. Conditional comments of office programs are markup.
func (f *flattener) comment(raw []byte) {
	s := strings.TrimSpace(string(raw))
	if f.skip != 0 || len(s) < 3 || strings.HasPrefix(s, "[if") || strings.HasPrefix(s, "[endif") || f.inTable() {
		return
	}
	s = strings.Join(strings.Fields(stripTags(s)), " ")
	if s == "" {
		return
	}
	f.endLine()
	f.w.Begin("", reeve.LayerComment)
	f.w.Line(s)
	f.w.Begin("", reeve.LayerBody)
}

// stripTags takes markup out of a comment.
func stripTags(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			break
		}
		s = s[i+j+1:]
	}
	return b.String()
}
