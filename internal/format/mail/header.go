package mail

import (
	"mime"
	"net/mail"
	"strings"

	"github.com/reeve-council/reeve/internal/charset"
)

// header is the fields of a message or part, in order.
type header []field

type field struct{ name, value string } // name in lower case; value unfolded, not decoded

// get is the first field of a name that has a value, "" without one.
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name && f.value != "" {
			return f.value
		}
	}
	return ""
}

// Bounds of a header; what is beyond is taken for the body.
const (
	maxFields = 2000
	maxHeader = 1 << 20
)

// readHeader reads fields up to the blank line. Lines before the first field
// that are none (a separator of a mailbox, a byte count, blank lines) are
// passed over; a later line that is neither field nor continuation ends the
// header and begins the body.
func readHeader(in *input) header {
	var h header
	size := 0
	for len(h) < maxFields && size < maxHeader {
		line, ok := in.peek()
		if !ok {
			return h
		}
		size += len(line)
		text := string(trimEnd(line))
		blank := strings.TrimSpace(text) == ""
		name, value, isField := cutField(text)
		switch {
		case blank && len(h) == 0:
		case blank:
			in.skip()
			return h
		case len(h) > 0 && (text[0] == ' ' || text[0] == '\t'):
			last := &h[len(h)-1]
			last.value += " " + strings.TrimSpace(text)
		case isField:
			h = append(h, field{strings.ToLower(name), value})
		case len(h) == 0 && preamble(text):
		case len(h) > 0 && strings.HasPrefix(text, ">From "):
		default:
			return h
		}
		in.skip()
	}
	return h
}

// preamble reports whether a line before the header belongs to the mailbox that
// the message was cut from.
func preamble(text string) bool {
	return strings.HasPrefix(text, "From ") || strings.HasPrefix(text, ">From ") || strings.Trim(text, "0123456789 ") == ""
}

// cutField cuts a line at the colon of its field name: printable ASCII without
// spaces (RFC 5322 2.2), which may be indented in mail that was pasted.
func cutField(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	name = strings.TrimSpace(name)
	if !ok || name == "" || len(name) > 100 {
		return "", "", false
	}
	for i := 0; i < len(name); i++ {
		if name[i] <= ' ' || name[i] >= 0x7F {
			return "", "", false
		}
	}
	return name, strings.TrimSpace(value), true
}

// words decodes RFC 2047 encoded words and raw bytes that are not ASCII.
func words(s, declared string) string {
	if !strings.Contains(s, "=?") {
		return rawText(s, declared)
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "?= =?", "?==?"), "?=\t=?", "?==?")
	var b strings.Builder
	for {
		before, word, rest, ok := cutWord(s)
		b.WriteString(rawText(before, declared))
		if !ok {
			return b.String()
		}
		b.WriteString(word)
		s = rest
	}
}

// cutWord finds the first encoded word of s and decodes it. Adjoining words of
// one charset and encoding are decoded as one, as senders split characters.
func cutWord(s string) (before, word, rest string, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "=?")
		if i < 0 {
			return s, "", "", false
		}
		i += from
		cs, enc, text, after, good := splitWord(s[i:])
		if !good {
			from = i + 2
			continue
		}
		raw := decodeWord(enc, text)
		for strings.HasPrefix(after, "=?") {
			cs2, enc2, text2, after2, good := splitWord(after)
			if !good || !strings.EqualFold(cs, cs2) {
				break
			}
			raw, after = append(raw, decodeWord(enc2, text2)...), after2
		}
		text, _ = charset.Decode(raw, cs)
		return s[:i], text, after, true
	}
}

// splitWord takes "=?charset?encoding?text?=" apart.
func splitWord(s string) (cs, enc, text, rest string, ok bool) {
	parts := strings.SplitN(s[2:], "?", 3)
	if len(parts) < 3 || len(parts[1]) != 1 || len(parts[0]) > 60 || parts[0] == "" {
		return "", "", "", "", false
	}
	end := strings.Index(parts[2], "?=")
	if end < 0 {
		return "", "", "", "", false
	}
	cs, _, _ = strings.Cut(parts[0], "*")
	return cs, parts[1], parts[2][:end], parts[2][end+2:], true
}

func decodeWord(enc, text string) []byte {
	if strings.EqualFold(enc, "b") {
		return decodeBase64(text)
	}
	return decodeQuoted(strings.ReplaceAll(text, "_", " "))
}

func rawText(s, declared string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] == 0x1B {
			text, _ := charset.Decode([]byte(s), declared)
			return text
		}
	}
	return s
}

// media is a Content-Type or Content-Disposition field taken apart.
type media struct {
	kind   string // "text/plain", "attachment"; lower case
	params map[string]string
}

// parseMedia takes a field apart: by the standard library, and by hand where
// that refuses.
func parseMedia(s string) media {
	kind, params, err := mime.ParseMediaType(s)
	if err != nil {
		kind, params = looseMedia(s)
	}
	return media{strings.ToLower(strings.TrimSpace(kind)), params}
}

// looseMedia reads parameters that are not well formed: missing quotes and
// semicolons, repeated names, spaces round the sign.
func looseMedia(s string) (string, map[string]string) {
	kind, rest, _ := strings.Cut(s, ";")
	kind, _, _ = strings.Cut(strings.TrimSpace(kind), " ")
	params := map[string]string{}
	for rest != "" {
		name, after, ok := strings.Cut(rest, "=")
		if !ok {
			break
		}
		name = strings.ToLower(strings.Trim(name[strings.LastIndexByte(name, ';')+1:], " \t"))
		value, next := looseValue(strings.TrimLeft(after, " \t"))
		name, starred := strings.CutSuffix(name, "*")
		if starred {
			value = words2231(value)
		}
		if _, ok := params[name]; !ok && name != "" && len(params) < 50 {
			params[name] = value
		}
		rest = next
	}
	return kind, params
}

func looseValue(s string) (value, rest string) {
	if strings.HasPrefix(s, `"`) {
		if end := strings.IndexByte(s[1:], '"'); end >= 0 {
			return s[1 : 1+end], s[2+end:]
		}
		s = s[1:]
	}
	value, rest, _ = strings.Cut(s, ";")
	return strings.Trim(value, ` "`), rest
}

// words2231 decodes charset'language'text with %XX (RFC 2231 4).
func words2231(s string) string {
	parts := strings.SplitN(s, "'", 3)
	if len(parts) < 3 {
		return s
	}
	text, _ := charset.Decode(decodePercent(parts[2]), parts[0])
	return text
}

// fileName is the name of an attachment, decoded; "" without one.
func fileName(typ, disposition media) string {
	name := disposition.params["filename"]
	if name == "" {
		name = typ.params["name"]
	}
	return strings.TrimSpace(words(name, ""))
}

// addresses writes a list of addresses as people read it: decoded names with
// the address in brackets.
func addresses(s string) string {
	decoded := words(s, "")
	list, err := mail.ParseAddressList(s)
	if err != nil {
		return decoded
	}
	var b strings.Builder
	for i, a := range list {
		if i > 0 {
			b.WriteString("; ")
		}
		if a.Name != "" {
			b.WriteString(words(a.Name, "") + " <" + a.Address + ">")
		} else {
			b.WriteString(a.Address)
		}
	}
	return b.String()
}
