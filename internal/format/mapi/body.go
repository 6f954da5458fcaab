package mapi

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/markup"
	"github.com/reeve-council/reeve/internal/format/rtf"
)

// body is what a message says, as text and as a page; either may be missing.
type body struct{ plain, html string }

// body gathers what a message says. Rich text counts only where nothing else
// is kept, for Outlook derives the one from the other. The labelled fields of a
// contact, appointment or task come before the text.
func (m *Message) body() (body, error) {
	b := body{plain: m.Props.Text(TagBody), html: m.Props.html()}
	var err error
	if b.html == "" {
		err = b.rich(m.Props)
	}
	if blank(b.plain) && blank(b.html) {
		b.plain = m.Props.Text(tagReportText)
	}
	if f := m.labelled(); f != "" {
		if b.plain != "" {
			f += "\n"
		}
		b.plain = f + b.plain
	}
	if blank(b.plain) {
		b.plain = ""
	}
	return b, err
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// html is the page, decoded: by the code page that is declared for it, else by
// what it says itself.
func (b *Bag) html() string {
	v := b.Value(TagHTML)
	if v.Type != Binary {
		return b.Text(TagHTML)
	}
	d := bytes.TrimRight(v.Data, "\x00")
	if n, ok := b.Int(tagInternetPage); ok {
		if s, ok := decodePage(d, int(n)); ok {
			return s
		}
	}
	s, _ := charset.Decode(d, markup.DeclaredCharset(d[:min(len(d), 4<<10)]))
	return s
}

// rich fills what is missing from the rich text, which may wrap a page or a
// plain text ([MS-OXRTFEX]).
func (b *body) rich(p *Bag) error {
	packed := p.Bytes(TagRTF)
	if len(packed) == 0 {
		return nil
	}
	raw, err := Expand(packed)
	if len(raw) == 0 {
		return err
	}
	text, kind := rtf.Original(bytes.NewReader(raw))
	switch {
	case kind == rtf.FromHTML:
		b.html = text
	case blank(b.plain) && kind == rtf.FromText:
		b.plain = text
	case blank(b.plain):
		b.plain = richText(raw)
	}
	return err
}

// labelled writes the fields of the message that people should read, one to a
// line.
func (m *Message) labelled() string {
	b := m.Props
	var out strings.Builder
	pair := func(label, value string) {
		if value = clean(value); value != "" {
			out.WriteString(label + ": " + value + "\n")
		}
	}
	class := strings.ToLower(b.Text(TagClass))
	if strings.HasPrefix(class, "ipm.contact") || strings.HasPrefix(class, "ipm.distlist") || strings.HasPrefix(class, "ipm.abperson") {
		pair("Name", b.Text(TagName))
	}
	for _, l := range labels {
		pair(l.label, b.labelled(l))
	}
	for _, a := range addresses {
		pair(a.label, b.address(a))
	}
	for _, entry := range b.Value(listMembers).List {
		pair("Member", oneOff(entry))
	}
	for _, k := range b.names(PublicStrings) {
		if k.Name != "keywords" && !strings.ContainsAny(k.Name, "/:") {
			pair(k.Name, b.Text(k))
		}
	}
	for i := range m.Attachments {
		if a := &m.Attachments[i]; a.Open == nil && a.Message == nil {
			pair(a.pointer())
		}
	}
	return out.String()
}

func (b *Bag) labelled(l label) string {
	for _, k := range l.keys {
		var s string
		switch l.as {
		case asDate:
			s = b.Date(k)
		case asSex:
			s = sex(b, k)
		default:
			s = strings.TrimSpace(b.Text(k))
		}
		if s != "" {
			return s
		}
	}
	return ""
}

// sex is PidTagGender ([MS-OXOCNTC] 2.2.1.10.4).
func sex(b *Bag, k Key) string {
	switch n, _ := b.Int(k); n {
	case 1:
		return "female"
	case 2:
		return "male"
	}
	return ""
}

// address is the address in one piece, or its parts put together.
func (b *Bag) address(a address) string {
	if s := b.Text(a.whole); !blank(s) {
		return strings.ReplaceAll(strings.TrimSpace(lineEnds.Replace(s)), "\n", ", ")
	}
	var list []string
	for _, k := range a.parts {
		if s := strings.TrimSpace(b.Text(k)); s != "" {
			list = append(list, strings.ReplaceAll(lineEnds.Replace(s), "\n", ", "))
		}
	}
	return strings.Join(list, ", ")
}

// names are the keys of one set that have a name, in its order.
func (b *Bag) names(set Set) (keys []Key) {
	for k := range b.values {
		if k.Set == set && k.Name != "" && utf8.ValidString(k.Name) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(x, y Key) int { return strings.Compare(x.Name, y.Name) })
	return keys
}

// oneOff is the person of a one-off entry ([MS-OXCDATA] 2.2.5.1): name, kind
// and address, each ending in zero.
func oneOff(entry []byte) string {
	const head = 24
	if len(entry) < head {
		return ""
	}
	step, fields, rest := 1, [3]string{}, entry[head:]
	if entry[23]&0x80 != 0 { // little-endian flags; 0x8000: in Unicode
		step = 2
	}
	for i := range fields {
		end := 0
		for end+step <= len(rest) && (rest[end] != 0 || rest[end+step-1] != 0) {
			end += step
		}
		if step == 2 {
			fields[i] = wide(rest[:end])
		} else {
			fields[i] = NewBag(nil).narrow(rest[:end])
		}
		rest = rest[min(len(rest), end+step):]
	}
	return written(fields[0], "", fields[1], fields[2])
}
