package sweep

import (
	"strings"
	"testing"
)

// FuzzMailHead: whatever a message holds, the head is bounded and a target never
// holds white space or a control character, which hide a scheme.
func FuzzMailHead(f *testing.F) {
	f.Add("From: A <a@example.org>\r\nContent-Type: text/html\r\n\r\n<a href=\"java\tscript:x\">here</a>")
	f.Add("From: =?utf-8?q?A?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEgaHJlZj14Pg==\r\n--b--")
	f.Add("Content-Type: text/html\r\n\r\n<a href='&#104;ttp://example.org'><img src=x><form action=y")
	f.Fuzz(func(t *testing.T, text string) {
		h := readMailHead(strings.NewReader(text), int64(len(text)))
		if len(h.Links) > mostLinks || len(h.Subject) > mostLinkBytes {
			t.Fatalf("%d links, a subject of %d bytes", len(h.Links), len(h.Subject))
		}
		for _, l := range h.Links {
			if l.Target == "" || len(l.Target) > mostLinkBytes || len(l.Shown) > mostShown || strings.ContainsAny(l.Target, " \t\r\n\x00") {
				t.Fatalf("link %q shows %q", l.Target, l.Shown)
			}
		}
	})
}
