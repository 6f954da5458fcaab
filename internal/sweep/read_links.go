package sweep

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// MailHead is what the head of a message claims, and where its links lead. All of
// it is a stranger's word.
type MailHead struct {
	FromName   string // as shown to who got it
	From       string // local@domain
	ReplyTo    string
	ReturnPath string
	Subject    string
	Date       string
	Checks     string // of Authentication-Results: "spf=fail dkim=none dmarc=fail"
	Links      []Link
}

// Link is a link of an HTML part: where it leads, and what it shows.
type Link struct{ Target, Shown string }

// Bounds on what is looked at: links beyond are of no use to a reader.
const (
	mostLinks     = 200
	mostLinkBytes = 2000
	mostShown     = 200
	mostPage      = 4 << 20 // bytes of HTML
	mostNesting   = 8
)

// readMailHead reads the head of a message and the links of its HTML parts. It
// runs in the cage. What is no message gives an empty head.
func readMailHead(r io.ReaderAt, size int64) (h MailHead) {
	m, err := mail.ReadMessage(io.NewSectionReader(r, 0, size))
	if err != nil {
		return h
	}
	words := mime.WordDecoder{}
	text := func(name string) string {
		s, err := words.DecodeHeader(m.Header.Get(name))
		if err != nil {
			s = m.Header.Get(name)
		}
		return cut(oneLine(s), mostLinkBytes)
	}
	h.FromName, h.From = mailAddress(text("From"))
	_, h.ReplyTo = mailAddress(text("Reply-To"))
	_, h.ReturnPath = mailAddress(text("Return-Path"))
	h.Subject, h.Date = text("Subject"), text("Date")
	h.Checks = mailChecks(text("Authentication-Results"))
	partLinks(&h, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
	return h
}

// mailAddress splits a field into the name shown and the address.
func mailAddress(field string) (name, address string) {
	if a, err := mail.ParseAddress(field); err == nil {
		return a.Name, strings.ToLower(a.Address)
	}
	name, rest, ok := strings.Cut(field, "<")
	if !ok {
		return "", strings.ToLower(strings.TrimSpace(field))
	}
	address, _, _ = strings.Cut(rest, ">")
	return strings.Trim(strings.TrimSpace(name), `"`), strings.ToLower(strings.TrimSpace(address))
}

// mailChecks are the verdicts of the server that took the message in.
func mailChecks(field string) string {
	var all []string
	for _, name := range []string{"spf", "dkim", "dmarc"} {
		_, rest, ok := strings.Cut(strings.ToLower(field), name+"=")
		if !ok {
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r < 'a' || r > 'z' })
		if end < 0 {
			end = len(rest)
		}
		all = append(all, name+"="+cut(rest[:end], 12))
	}
	return strings.Join(all, " ")
}

// partLinks adds the links of one part and of those inside it.
func partLinks(h *MailHead, typ, encoding string, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(typ)
	switch {
	case err != nil || depth > mostNesting || len(h.Links) >= mostLinks:
		return
	case strings.HasPrefix(kind, "multipart/"):
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			partLinks(h, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
		}
	case kind == "text/html":
		page, err := io.ReadAll(io.LimitReader(transfer(encoding, body), mostPage))
		if err != nil && len(page) == 0 {
			return
		}
		h.Links = append(h.Links, pageLinks(page, mostLinks-len(h.Links))...)
	}
}

// transfer undoes a transfer encoding (RFC 2045, section 6).
func transfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// pageLinks finds where a page leads: the targets of links, forms and pictures,
// with the words between the tags of a link. It is no parser: a page that is
// broken on purpose still gives what looks like an attribute.
func pageLinks(page []byte, most int) (links []Link) {
	for len(links) < most {
		i := bytes.IndexByte(page, '<')
		if i < 0 {
			return links
		}
		page = page[i+1:]
		end := bytes.IndexByte(page, '>')
		if end < 0 {
			return links
		}
		tag := page[:end]
		page = page[end+1:]
		target := tagTarget(tag)
		if target == "" {
			continue
		}
		l := Link{Target: target}
		if name := tagName(tag); name == "a" || name == "area" {
			l.Shown = shownUpTo(page)
		}
		links = append(links, l)
	}
	return links
}

func tagName(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\r\n/")
	if end < 0 {
		end = len(tag)
	}
	return strings.ToLower(string(tag[:end]))
}

// tagTarget is the address in a tag, "" where it has none that leads away.
func tagTarget(tag []byte) string {
	lower := bytes.ToLower(tag)
	for _, name := range []string{"href", "action", "formaction", "src", "background", "data"} {
		for at := 0; ; {
			i := bytes.Index(lower[at:], []byte(name))
			if i < 0 {
				break
			}
			at += i + len(name)
			rest := bytes.TrimLeft(tag[at:], " \t\r\n")
			if len(rest) == 0 || rest[0] != '=' {
				continue
			}
			if target := leadsAway(attribute(rest[1:])); target != "" {
				return target
			}
		}
	}
	return ""
}

// attribute reads the value of an attribute, quoted or not.
func attribute(b []byte) string {
	b = bytes.TrimLeft(b, " \t\r\n")
	if len(b) == 0 {
		return ""
	}
	end := -1
	if b[0] == '"' || b[0] == '\'' {
		q := b[0]
		b = b[1:]
		end = bytes.IndexByte(b, q)
	} else {
		end = bytes.IndexAny(b, " \t\r\n")
	}
	if end < 0 {
		end = len(b)
	}
	return html.UnescapeString(cut(string(b[:end]), mostLinkBytes))
}

// leadsAway gives an address without the white space that hides its scheme, ""
// for what stays in the message (an anchor, an attached picture).
func leadsAway(target string) string {
	target = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, target)
	if target == "" || target[0] == '#' || strings.HasPrefix(strings.ToLower(target), "cid:") {
		return ""
	}
	return target
}

// shownUpTo is the text of a page up to the end of a link.
func shownUpTo(page []byte) string {
	page = page[:min(len(page), 4*mostLinkBytes)]
	if end := bytes.Index(bytes.ToLower(page), []byte("</a")); end >= 0 {
		page = page[:end]
	}
	var b strings.Builder
	for len(page) > 0 && b.Len() < 4*mostShown {
		i := bytes.IndexByte(page, '<')
		if i < 0 {
			b.Write(page)
			break
		}
		b.Write(page[:i])
		end := bytes.IndexByte(page[i:], '>')
		if end < 0 {
			break
		}
		page = page[i+end+1:]
	}
	return cut(oneLine(html.UnescapeString(b.String())), mostShown)
}

// oneLine is a text with its white space as single spaces.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}

// cut bounds a text in bytes, between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && s[most]&0xC0 == 0x80 {
		most--
	}
	return s[:most]
}
