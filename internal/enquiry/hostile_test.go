package enquiry

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
)

// nestedMail is a mail in a mail in a mail.
func nestedMail(depth int) string {
	inner := "From: deep@example.org\r\nSubject: bottom\r\n\r\n<script>alert(9)</script>"
	for i := range depth {
		inner = fmt.Sprintf("From: d%d@example.org\r\nSubject: %d\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b%d--\r\n", i, i, i, i, inner, i)
	}
	return inner
}

// withAttachment is a mail that carries a file under a name.
func withAttachment(name string, body []byte) string {
	return "From: x@example.org\r\nSubject: see file\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + name +
		"\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(body) + "\r\n--q--\r\n"
}

// zipBomb is a ZIP file of megabytes of nothing, in itself a few times.
func zipBomb(t *testing.T, levels int) []byte {
	t.Helper()
	body := make([]byte, 64<<20)
	for range levels {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for i := range 4 {
			w, err := z.Create(fmt.Sprintf("%d.zip", i))
			if err == nil {
				_, err = w.Write(body)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		body = out.Bytes()
	}
	return body
}

func gzipBomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(make([]byte, 128<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// hostileMails are what somebody sends who means harm.
func hostileMails(t *testing.T) map[string]string {
	page := "<html><body onload=alert(1)><script src=https://bad-council.example/a.js></script><img src=x onerror=alert(2)><svg onload=alert(3)><a href=\"javascript:alert(4)\">www.council.gov.uk</a>" +
		"<iframe src=https://bad-council.example/></iframe><form action=https://bad-council.example/><input name=pin></form><meta http-equiv=refresh content=\"0;url=https://bad-council.example/\"><base href=https://bad-council.example/><style>@import url(https://bad-council.example/a.css)</style></body></html>"
	html := "Content-Type: text/html; charset=%s\r\n\r\n%s"
	return map[string]string{
		"html":        "From: x@example.org\r\nSubject: <script>alert(5)</script>\r\nMIME-Version: 1.0\r\n" + fmt.Sprintf(html, "utf-8", page),
		"utf-7":       "From: x@example.org\r\nMIME-Version: 1.0\r\n" + fmt.Sprintf(html, "utf-7", "+ADw-script+AD4-alert(6)+ADw-/script+AD4-"),
		"utf-16":      "From: x@example.org\r\nMIME-Version: 1.0\r\n" + fmt.Sprintf(html, "utf-16le", "<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00"),
		"names":       withAttachment("..\\..\\<img src=x onerror=alert(7)>.html", []byte(page)),
		"nested":      nestedMail(200),
		"zip bomb":    withAttachment("refund.zip", zipBomb(t, 3)),
		"gzip bomb":   withAttachment("refund.gz", gzipBomb(t)),
		"no end":      "From: x@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n" + strings.Repeat("--q\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n", 5000),
		"many parts":  "From: x@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n" + strings.Repeat("--q\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n<script>1</script>\r\n", 3000) + "--q--\r\n",
		"long header": "From: x@example.org\r\nSubject: " + strings.Repeat("=?utf-8?q?=3Cscript=3E?= ", 20000) + "\r\n\r\nx",
		"nul":         "From: \x00x@example.org\r\nSubject: \x00\x1b[31m\r\n\r\n\x00\x00<script>alert(8)</script>",
		"cid":         "From: x@example.org\r\nMIME-Version: 1.0\r\n" + fmt.Sprintf(html, "utf-8", `<img src="cid:1"><img src="file:///etc/passwd"><img src="//bad-council.example/p.gif"><a href="data:text/html,<script>alert(9)</script>">x</a>`),
		"svg":         withAttachment("picture.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(10)</script><image href="https://bad-council.example/p"/></svg>`)),
		"entities":    withAttachment("x.xml", []byte(`<!DOCTYPE x [<!ENTITY a "`+strings.Repeat("y", 1000)+`"><!ENTITY b "`+strings.Repeat("&a;", 1000)+`"><!ENTITY c SYSTEM "file:///etc/passwd">]><x>`+strings.Repeat("&b;", 1000)+`&c;</x>`)),
	}
}

// TestHostileReports: whatever comes, by the form or as dropped mail, is read in
// bounded time or is not read, and then it says so; nothing of it stands on a page
// as more than text, and nothing is left lying where it was read.
func TestHostileReports(t *testing.T) {
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c, Limits: Limits{Sender: 1000, Day: 1000}})
	site := public(t, m)
	sent := 0
	hostile := hostileMails(t)
	for name, body := range hostile {
		for _, file := range []string{"mail.eml", "<script>alert(0)</script>.html"} {
			if w := tell(t, site, "192.0.2.1:1", map[string]string{"way": "email", "words": name + file[:1]}, map[string]string{file: body}); w.Code != 200 {
				t.Errorf("%s as %s: status %d", name, file, w.Code)
			}
			sent++
		}
		path := filepath.Join(c.Dir, inboxFolder, "scams", strings.ReplaceAll(name, " ", "-")+".eml")
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		old := testNow.Add(-time.Hour)
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.takeIn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(m.spool.folder); err != nil || len(left) != 0 {
		t.Errorf("%d forms were accepted and are not in the list, %v", len(left), err)
	}
	began := time.Now()
	run(t, m)
	if took := time.Since(began); took > 2*time.Minute {
		t.Errorf("reading %d took %s", sent, took)
	}
	type state struct{ id, unread int64 }
	reports := ask(t, c, func(tx *db.Tx) ([]state, error) {
		return db.All(tx, func(r db.Row) (s state, err error) { return s, r.Scan(&s.id, &s.unread) }, "SELECT id, unread FROM scam_report ORDER BY id")
	})
	refused, err := os.ReadDir(filepath.Join(c.Dir, inboxFolder, "scams", "refused")) // what is no mail: kept there for a person to look at
	if err != nil || len(reports) != sent+len(hostile)-len(refused) || len(refused) > 2 {
		t.Errorf("%d of %d reports were kept, %d refused, %v", len(reports), sent+len(hostile), len(refused), err)
	}
	for _, r := range reports {
		if r.unread != 0 {
			t.Errorf("report %d waits for ever", r.id)
		}
		w := get(t, h, fmt.Sprintf("/scams/%d", r.id))
		want(t, w, 200)
		checkInert(t, w.Body.String())
	}
	for _, path := range []string{"/scams", "/scams/groups/1", "/enquiries"} {
		checkInert(t, get(t, h, path).Body.String())
	}
	if left, err := os.ReadDir(m.loose); err != nil || len(left) != 0 {
		t.Errorf("%d files lie where mail is read, %v", len(left), err)
	}
}
