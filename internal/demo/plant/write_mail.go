package plant

import (
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
)

// writeEml writes a message of RFC 5322: plain text in quoted-printable or
// base64, attachments in base64.
func writeEml(p *paper) []byte {
	var b strings.Builder
	header := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + headerText(value) + "\r\n")
		}
	}
	header("From", p.head.from)
	header("To", p.head.to)
	header("Cc", p.head.cc)
	header("Subject", p.head.subject)
	header("Date", fmt.Sprintf("%02d %s %d 10:%02d:00 +0000", p.date.Day, months[p.date.Month-1][:3], p.date.Year, p.date.Day))
	header("Message-ID", fmt.Sprintf("<%d@%s>", p.Uint64(), mailDomain))
	b.WriteString("MIME-Version: 1.0\r\n")
	body := mailBody(p)
	if len(p.attach) == 0 {
		b.WriteString(body)
		return []byte(b.String())
	}
	const edge = "=_norvale_part"
	b.WriteString("Content-Type: multipart/mixed; boundary=\"" + edge + "\"\r\n\r\n--" + edge + "\r\n" + body)
	for _, a := range p.attach {
		fmt.Fprintf(&b, "--%s\r\nContent-Type: application/octet-stream; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s",
			edge, a.name, a.name, base64Lines(a.bytes))
	}
	b.WriteString("--" + edge + "--\r\n")
	return []byte(b.String())
}

// headerText encodes display names and subjects that are not plain ASCII;
// addresses in angle brackets stay as they are.
func headerText(s string) string {
	if plain, rest, ok := strings.Cut(s, " <"); ok {
		if strings.Contains(plain, ",") && isASCII(plain) {
			plain = `"` + plain + `"`
		}
		return mime.QEncoding.Encode("utf-8", plain) + " <" + rest
	}
	return mime.QEncoding.Encode("utf-8", s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func mailBody(p *paper) string {
	text := string(writeText(p))
	if p.Uint32()%3 == 0 {
		return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines([]byte(text))
	}
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	if err := w.Close(); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b.String() + "\r\n"
}

func base64Lines(data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	return b.String() + text + "\r\n"
}
