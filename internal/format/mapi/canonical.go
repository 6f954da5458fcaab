package mapi

import (
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// maxNesting bounds messages within messages; each level costs a third more
// text than what it holds.
const maxNesting = 12

// Text is the canonical text of a message, written while it is being read. It
// ends with io.EOF however much of the message could not be read; Fault says
// whether all could.
type Text struct {
	pieces []func() io.Reader // what is still to come, in order
	at     io.Reader
	fault  error
	depth  int
}

// Canonical begins the text of a message.
func Canonical(m *Message) *Text { return nested(m, 0) }

func nested(m *Message, depth int) *Text {
	t := &Text{depth: depth}
	t.blame(m.Fault)
	if m.Props.Over() {
		t.blame(part.Over(reeve.ReasonTooLarge, "properties larger than the limit"))
	}
	t.message(m)
	return t
}

// Fault is the first thing that could not be read; it is known when the text
// has come to its end.
func (t *Text) Fault() error { return t.fault }

func (t *Text) blame(err error) {
	if t.fault == nil && err != nil {
		t.fault = err
	}
}

// Read gives the next bytes of the text.
func (t *Text) Read(b []byte) (int, error) {
	for {
		if t.at == nil {
			if len(t.pieces) == 0 {
				return 0, io.EOF
			}
			t.at, t.pieces = t.pieces[0](), t.pieces[1:]
		}
		n, err := t.at.Read(b)
		if n > 0 {
			return n, nil
		}
		if err != nil {
			if err != io.EOF {
				t.blame(err)
			}
			t.at = nil
		}
	}
}

func (t *Text) later(open func() io.Reader) { t.pieces = append(t.pieces, open) }

func (t *Text) write(s string) {
	t.later(func() io.Reader { return strings.NewReader(s) })
}

// The two boundaries cannot occur in the parts: neither "=_" in
// quoted-printable nor "_" in base64.
const (
	outerBoundary = "=_reeve_1"
	innerBoundary = "=_reeve_2"
)

// message lists the pieces of the text: the header, the body in one or two
// forms, the attachments.
func (t *Text) message(m *Message) {
	t.write("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"" + outerBoundary + "\"\r\n" + header(m) + "\r\n")
	t.later(func() io.Reader {
		body, err := m.body()
		t.blame(err)
		return strings.NewReader(bodyParts(body))
	})
	for i := range m.Attachments {
		t.attachment(&m.Attachments[i])
	}
	t.write("--" + outerBoundary + "--\r\n")
}

// bodyParts writes what a message says: as text, as a page, or as both.
func bodyParts(b body) string {
	switch {
	case b.plain == "" && b.html == "":
		return ""
	case b.html == "":
		return "--" + outerBoundary + "\r\n" + textPart("plain", b.plain)
	case b.plain == "":
		return "--" + outerBoundary + "\r\n" + textPart("html", b.html)
	}
	return "--" + outerBoundary + "\r\nContent-Type: multipart/alternative; boundary=\"" + innerBoundary + "\"\r\n\r\n" +
		"--" + innerBoundary + "\r\n" + textPart("plain", b.plain) +
		"--" + innerBoundary + "\r\n" + textPart("html", b.html) +
		"--" + innerBoundary + "--\r\n"
}

func textPart(kind, text string) string {
	return "Content-Type: text/" + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted(text)
}

// attachment lists the pieces of one attachment. One that has neither bytes nor
// a message is a line of its own only where it says what it points to.
func (t *Text) attachment(a *Attachment) {
	switch {
	case a.Message != nil:
		t.write(attachmentHead("message/rfc822", a.Name()))
		t.later(func() io.Reader { return &wrapped{in: t.inner(a)} })
	case a.Open != nil:
		t.write(attachmentHead(mediaType(a.Props), a.Name()))
		t.later(func() io.Reader {
			in, err := a.Open()
			if err != nil {
				t.blame(err)
				return strings.NewReader("")
			}
			return &wrapped{in: in}
		})
	}
}

// inner is the text of a message within the message.
func (t *Text) inner(a *Attachment) io.Reader {
	if t.depth >= maxNesting {
		t.blame(part.Over(reeve.ReasonTooDeep, "messages within messages beyond the limit"))
		return strings.NewReader("")
	}
	m, err := a.Message()
	if err != nil {
		t.blame(err)
		return strings.NewReader("")
	}
	return &innerText{outer: t, text: nested(m, t.depth+1)}
}

// innerText hands the fault of a message within to the message without.
type innerText struct{ outer, text *Text }

func (i *innerText) Read(b []byte) (int, error) {
	n, err := i.text.Read(b)
	if err != nil {
		i.outer.blame(i.text.fault)
	}
	return n, err
}

func attachmentHead(media, name string) string {
	params := map[string]string{}
	if name != "" {
		params["filename"] = name
	}
	disposition := mime.FormatMediaType("attachment", params)
	return fmt.Sprintf("--%s\r\nContent-Type: %s\r\nContent-Disposition: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n", outerBoundary, media, disposition)
}

// mediaType is the attachment's declared type where it is one that a message
// may carry as it stands; text and multiparts would be read as part of the
// body.
func mediaType(b *Bag) string {
	media, params, err := mime.ParseMediaType(b.First(tagAttachMIME))
	if err != nil || !strings.Contains(media, "/") || strings.HasPrefix(media, "text/") || strings.HasPrefix(media, "multipart/") {
		return "application/octet-stream"
	}
	if kind := params["smime-type"]; kind != "" { // it says whether a part is signed or sealed
		return mime.FormatMediaType(media, map[string]string{"smime-type": kind})
	}
	return media
}

// clean makes a value one line without controls.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
