package mail

import (
	"bytes"
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/markup"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadMessage reads one message or saved web page.
func ReadMessage(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	m := &message{w: w, in: newInput(src.Stream())}
	why := m.read()
	if why == nil && !m.gave {
		why = m.salvage(src)
	}
	return w.Finish("eml/1", why)
}

// Flow reads one message that comes as a stream and pushes what it finds. Who
// reads mail in another form turns it into a message and hands it on here.
func Flow(r io.Reader, w *part.Writer) error {
	m := &message{w: w, in: newInput(r)}
	return m.read()
}

// maxParts bounds the parts of one message.
const maxParts = 10000

// message is the state of one message.
type message struct {
	w     *part.Writer
	in    *input
	gave  bool // some part gave text or an item
	parts int
	seen  map[uint64]bool // words of the plain alternative at hand; nil outside
}

func (m *message) read() error {
	h := readHeader(m.in)
	m.fields(h)
	m.w.Begin("", reeve.LayerBody)
	for {
		if err := m.part(h, 0); err != nil {
			return err
		}
		line, more := m.in.peek()
		if !more {
			return m.w.Err()
		}
		m.in.boundaries = nil // what comes behind the last boundary is still mail
		if len(bytes.TrimSpace(line)) == 0 {
			m.in.skip()
		}
		h = nil
	}
}

// shownFields are the header fields that name people or say what it is about,
// as they are written out.
var shownFields = []struct{ name, label string }{
	{"from", "From"}, {"sender", "Sender"}, {"reply-to", "Reply-To"}, {"to", "To"}, {"cc", "Cc"}, {"bcc", "Bcc"}, {"date", "Date"}, {"subject", "Subject"},
	{"return-path", "Return-Path"}, {"delivered-to", "Delivered-To"}, {"envelope-to", "Envelope-To"}, {"x-original-to", "X-Original-To"},
	{"apparently-to", "Apparently-To"}, {"resent-from", "Resent-From"}, {"resent-to", "Resent-To"}, {"resent-cc", "Resent-Cc"},
	{"disposition-notification-to", "Disposition-Notification-To"}, {"x-originating-ip", "X-Originating-IP"}, {"x-sender", "X-Sender"},
	{"newsgroups", "Newsgroups"}, {"organization", "Organization"}, {"comments", "Comments"}, {"keywords", "Keywords"}, {"thread-topic", "Thread-Topic"},
	{"content-location", "Content-Location"}, {"snapshot-content-location", "Snapshot-Content-Location"},
}

// fields pushes the header.
func (m *message) fields(h header) {
	m.w.Begin("header", reeve.LayerHeader)
	declared := parseMedia(h.get("content-type")).params["charset"]
	for _, s := range shownFields {
		for _, f := range h {
			if f.name != s.name {
				continue
			}
			value := words(f.value, declared)
			switch s.name {
			case "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc":
				value = addresses(f.value)
			}
			m.w.Pair(s.label, value)
		}
	}
}

// part reads one part, up to the boundary that ends it.
func (m *message) part(h header, depth int) error {
	if m.parts++; m.parts > maxParts {
		return part.Over(reeve.ReasonTooMany, "more parts than the limit")
	}
	if depth > m.w.Limits().Depth {
		return part.Over(reeve.ReasonTooDeep, "parts nested beyond the limit")
	}
	typ, disposition := parseMedia(h.get("content-type")), parseMedia(h.get("content-disposition"))
	name := fileName(typ, disposition)
	body := decoder(h.get("content-transfer-encoding"), m.in)
	switch {
	case strings.HasPrefix(typ.kind, "multipart/"):
		return m.multipart(typ, depth)
	case isAttached(typ, disposition, name):
		return m.embed(typ, name, body)
	case typ.kind == "text/html":
		return m.html(body, typ.params["charset"])
	}
	return m.plain(body, typ.params["charset"])
}

// isAttached reports whether a part is an item of its own. What has no type, or
// a type that is no type, is text.
func isAttached(typ, disposition media, name string) bool {
	switch typ.kind {
	case "", "text/plain", "text/html", "text", "plain", "text/enriched", "text/richtext", "message/delivery-status", "message/disposition-notification", "text/rfc822-headers":
		return disposition.kind == "attachment" && (name != "" || typ.kind != "") || name != "" && disposition.kind != "inline"
	}
	return strings.Contains(typ.kind, "/")
}

// embed passes a part on as an item.
func (m *message) embed(typ media, name string, body io.Reader) error {
	if name == "" {
		name = usualName(typ.kind)
	}
	m.gave = true
	m.w.Begin("header", reeve.LayerHeader)
	m.w.Pair("Attachment", name)
	m.w.Begin("", reeve.LayerBody)
	if sealed(typ) {
		m.w.Lost(part.Encrypted("an encrypted part (S/MIME)"))
	}
	err := m.w.Embed(name, body)
	m.in.drain()
	return err
}

// sealed reports whether a PKCS #7 part is encrypted rather than signed.
func sealed(typ media) bool {
	kind := strings.ToLower(typ.params["smime-type"])
	return strings.HasSuffix(typ.kind, "pkcs7-mime") && kind != "signed-data" && kind != "certs-only" && kind != "compressed-data"
}

// usualName names an item that its sender did not name, by its type.
func usualName(kind string) string {
	switch kind {
	case "message/rfc822", "message/global":
		return "message.eml"
	case "text/calendar":
		return "invitation.ics"
	case "text/vcard", "text/x-vcard", "text/directory":
		return "contact.vcf"
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return "winmail.dat"
	}
	return ""
}

// multipart reads the parts between boundaries.
func (m *message) multipart(typ media, depth int) error {
	b := strings.TrimRight(typ.params["boundary"], " ")
	if b == "" {
		b = m.guessBoundary()
	}
	if typ.kind == "multipart/encrypted" {
		m.w.Lost(part.Encrypted("an encrypted message (OpenPGP)"))
	}
	if b == "" || len(m.in.boundaries) > m.w.Limits().Depth {
		return m.plain(decoder("", m.in), "")
	}
	level := len(m.in.boundaries)
	m.in.boundaries = append(m.in.boundaries, b)
	outer := m.seen
	defer func() { m.seen = outer }()
	if typ.kind == "multipart/alternative" {
		m.seen = map[uint64]bool{}
	}
	m.preamble()
	for m.w.Err() == nil {
		at, closes, ok := m.in.boundary()
		if !ok || at < level {
			m.in.boundaries = m.in.boundaries[:min(level, len(m.in.boundaries))]
			return m.w.Err()
		}
		m.in.skip()
		m.in.boundaries = m.in.boundaries[:level+1]
		if closes {
			m.in.boundaries = m.in.boundaries[:level]
			return m.epilogue()
		}
		h := readPartHeader(m.in)
		if typ.kind == "multipart/digest" && h.get("content-type") == "" {
			h = append(h, field{"content-type", "message/rfc822"}) // RFC 2046 5.1.5
		}
		if err := m.part(h, depth+1); err != nil {
			return err
		}
	}
	return m.w.Err()
}

// readPartHeader reads the header of a part; a part that begins with a blank
// line has none.
func readPartHeader(in *input) header {
	line, ok := in.peek()
	if ok && len(bytes.TrimSpace(line)) == 0 {
		in.skip()
		return nil
	}
	if _, _, at := in.boundary(); at {
		return nil
	}
	return readHeader(in)
}

// guessBoundary takes the first line that looks like a boundary, when the
// header names none.
func (m *message) guessBoundary() string {
	for range 50 {
		line, ok := m.in.peek()
		if !ok {
			return ""
		}
		text := strings.TrimRight(string(line), " \r\n")
		if len(text) > 6 && len(text) < 80 && strings.HasPrefix(text, "--") && !strings.ContainsAny(text, " \t") {
			return text[2:]
		}
		if strings.TrimSpace(text) != "" {
			m.write(text)
		}
		m.in.skip()
	}
	return ""
}

// preamble passes on what stands before the first boundary, but for the
// sentence that mail programs put there.
func (m *message) preamble() {
	for {
		line, ok := m.in.line()
		if !ok {
			return
		}
		text := rawText(string(trimEnd(line)), "")
		if t := strings.TrimSpace(text); t != "" && !strings.Contains(strings.ToLower(t), "mime") {
			m.write(text)
		}
	}
}

// epilogue passes on what stands behind the last boundary.
func (m *message) epilogue() error {
	for {
		line, ok := m.in.line()
		if !ok {
			return m.w.Err()
		}
		if t := rawText(string(trimEnd(line)), ""); strings.TrimSpace(t) != "" {
			m.write(t)
		}
	}
}

func (m *message) write(line string) {
	m.gave = true
	m.w.Line(line)
}

// plain pushes text as it stands.
func (m *message) plain(body io.Reader, declared string) error {
	before := m.w.Letters()
	var r io.Reader = charset.NewReader(body, declared)
	if m.seen != nil {
		r = io.TeeReader(r, &wordSet{seen: m.seen})
	}
	err := m.w.Copy(r)
	m.gave = m.gave || m.w.Letters() > before
	m.w.Blank()
	m.in.drain()
	return err
}

// salvage reads a mail as text of which no part gave anything: all behind the
// first blank line, or all of it.
func (m *message) salvage(src part.Source) error {
	head := src.Head(64 << 10)
	skip := 0
	for _, gap := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(head, []byte(gap)); i > 0 {
			skip = i
			break
		}
	}
	return m.w.Copy(charset.NewReader(io.NewSectionReader(src.Reader, int64(skip), src.Size-int64(skip)), ""))
}

// longHTML is how much of an HTML alternative is compared with the plain one.
const longHTML = 4 << 20

// html pushes a page. Beside a plain alternative it is left out when it says
// nothing that the plain text does not say.
func (m *message) html(body io.Reader, declared string) error {
	head, err := io.ReadAll(io.LimitReader(body, longHTML))
	if err != nil {
		return err
	}
	if declared == "" {
		declared = markup.DeclaredCharset(head[:min(len(head), 4<<10)])
	}
	if len(m.seen) > 0 && len(head) < longHTML && m.said(head, declared) {
		m.in.drain()
		return m.w.Err()
	}
	before := m.w.Letters()
	err = markup.Flatten(charset.NewReader(io.MultiReader(bytes.NewReader(head), body), declared), m.w)
	m.gave = m.gave || m.w.Letters() > before
	m.w.Blank()
	m.in.drain()
	return err
}

// said reports whether the words of a page, but for one in ten, are in the
// plain alternative already.
func (m *message) said(page []byte, declared string) bool {
	c := &counter{seen: m.seen}
	w := part.NewWriter(c, m.w.Limits())
	if markup.Flatten(charset.NewReader(bytes.NewReader(page), declared), w) != nil {
		return false
	}
	w.Flush()
	return c.fresh*10 <= c.words
}
