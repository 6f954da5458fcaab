package mail

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that writes what it gets in a form that a test can state.
type catch struct {
	strings.Builder
	items []string
}

func (c *catch) Block(b reeve.Block) error {
	c.WriteString(b.Text)
	for _, r := range b.Rows {
		fmt.Fprintf(c, "%q\n", r)
	}
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	c.items = append(c.items, e.Name+": "+string(b))
	return err
}

func read(reader func(part.Source, part.Options, part.Sink) reeve.Outcome, s string) (*catch, reeve.Outcome) {
	c := &catch{}
	return c, reader(part.Source{Reader: strings.NewReader(s), Size: int64(len(s))}, part.Options{}, c)
}

const head = "From: =?utf-8?q?Zo=C3=AB?= Sample <zoe@example.org>\r\nTo: \"Example, Ann\" <ann@example.org>,\r\n bob@example.org\r\nBcc: hidden@example.org\r\nSubject: =?iso-8859-1?B?UmVudCBv?= =?iso-8859-1?B?d2VkIKMxMg==?=\r\nDate: Mon, 1 Jun 2009 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"

const shown = "From: Zoë Sample <zoe@example.org>\nTo: Example, Ann <ann@example.org>; bob@example.org\nBcc: hidden@example.org\nDate: Mon, 1 Jun 2009 10:00:00 +0100\nSubject: Rent owed £12\n"

func TestReadMessage(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		items          []string
		status         reeve.Status
	}{
		{"plain", head + "\r\nHello\r\nthere\r\n", shown + "Hello\nthere\n", nil, reeve.StatusRead},
		{"separator before it", "From zoe Mon Jun 1 2009\n>From junk\n" + head + "\r\nHello", shown + "Hello\n", nil, reeve.StatusRead},
		{"quoted-printable", head + "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nZo=EB owes =A312 a=\r\n week =3D much\r\n", shown + "Zoë owes £12 a week = much\n", nil, reeve.StatusRead},
		{"base64 with holes", head + "Content-Transfer-Encoding: base64\r\n\r\nSGVs!!bG8g\r\nWm/D*qw==\r\n", shown + "Hello Zoë\n", nil, reeve.StatusRead},
		{"attachment", head + "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\nThis is a MIME message\r\n--b 1\r\n\r\nbody\r\n--b 1\r\nContent-Type: application/pdf; name*0=\"re\"; name*1=\"nt.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b 1--\r\n",
			shown + "body\n\nAttachment: rent.pdf\n", []string{"rent.pdf: %PDF"}, reeve.StatusRead},
		{"alternative that says the same", head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello Ann\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>Ann</b></p>\r\n--b--\r\n",
			shown + "Hello Ann\n", nil, reeve.StatusRead},
		{"alternative that says more", head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease see HTML\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Mrs Sample of 12 Invented Road</p>\r\n--b--\r\n",
			shown + "Please see HTML\n\nMrs Sample of 12 Invented Road\n", nil, reeve.StatusRead},
		{"message within", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n--b--\r\n",
			shown + "Attachment: message.eml\n", []string{"message.eml: Subject: inner\r\n\r\nx\r\n"}, reeve.StatusRead},
		{"no closing boundary", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nbody without end", shown + "body without end\n", nil, reeve.StatusRead},
		{"inner boundary lost", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nbody\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\r\n1,2\r\n--b--\r\n",
			shown + "body\n\nAttachment: a.csv\n", []string{"a.csv: 1,2\r\n"}, reeve.StatusRead},
		{"boundary nowhere", head + "Content-Type: multipart/mixed\r\n\r\njust text\r\n", shown + "just text\n", nil, reeve.StatusRead},
		{"sealed", head + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n", shown + "Attachment: smime.p7m\n", []string{"smime.p7m: 0\x82\x01"}, reeve.StatusPartlyRead},
		{"digest", head + "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: inner\r\n\r\nx\r\n--b--\r\n", shown + "Attachment: message.eml\n", []string{"message.eml: Subject: inner\r\n\r\nx\r\n"}, reeve.StatusRead},
		{"calendar", head + "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n", shown + "Attachment: invitation.ics\n", []string{"invitation.ics: BEGIN:VCALENDAR\r\n"}, reeve.StatusRead},
	} {
		got, out := read(ReadMessage, c.in)
		text := strings.TrimRight(got.String(), "\n") + "\n"
		if diff := cmp.Diff(c.want, text); diff != "" || out.Status != c.status {
			t.Errorf("%s: %s %s\n%s", c.name, out.Status, out.Reason, diff)
		}
		if diff := cmp.Diff(c.items, got.items); diff != "" {
			t.Errorf("%s: items %s", c.name, diff)
		}
	}
}

func TestReadMailbox(t *testing.T) {
	sep := "From zoe@example.org Mon Jun 01 10:00:00 2009\n"
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"two", sep + "Subject: a\n\nbody a\n\n" + sep + "Subject: b\n\nbody b\n", []string{"1: Subject: a\n\nbody a\n\n", "2: Subject: b\n\nbody b\n"}},
		{"quoted", sep + "Subject: a\n\n>From here\n>>From there\n", []string{"1: Subject: a\n\nFrom here\n>From there\n"}},
		{"sentence that begins so", sep + "Subject: a\n\nI moved.\n\nFrom London to Leeds\n", []string{"1: Subject: a\n\nI moved.\n\nFrom London to Leeds\n"}},
		{"content length", sep + "Content-Length: 65\nSubject: a\n\nline\n\n" + sep + "Subject: x\n\n\n" + sep + "Subject: b\n\nz\n", []string{"1: Content-Length: 65\nSubject: a\n\nline\n\n" + sep + "Subject: x\n\n\n", "2: Subject: b\n\nz\n"}},
		{"junk first", "\n\n" + sep + "Subject: a\r\n\r\nx", []string{"1: Subject: a\r\n\r\nx"}},
	} {
		got, out := read(ReadMailbox, c.in)
		if diff := cmp.Diff(c.want, got.items); diff != "" || out.Status != reeve.StatusRead || out.Pages != len(c.want) {
			t.Errorf("%s: %s, %d pages %s", c.name, out.Status, out.Pages, diff)
		}
	}
	if _, out := read(ReadMailbox, "no mailbox at all\n"); out.Status != reeve.StatusDamaged {
		t.Errorf("no mailbox: %s", out.Status)
	}
}

// A mailbox whose sink reads only part of a message still goes on to the next.
func TestMailboxSkips(t *testing.T) {
	in := strings.Repeat("From a@example.org Mon Jun 01 10:00:00 2009\nSubject: a\n\n"+strings.Repeat("body\n", 1000)+"\n", 50)
	n := 0
	out := ReadMailbox(part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}, part.Options{}, lazy{&n})
	if n != 50 || out.Pages != 50 {
		t.Errorf("%d messages, %d pages", n, out.Pages)
	}
}

type lazy struct{ n *int }

func (l lazy) Block(reeve.Block) error { return nil }
func (l lazy) Embed(e part.Embedded) error {
	*l.n++
	_, err := e.Reader.Read(make([]byte, 7))
	return err
}

func FuzzReadMessage(f *testing.F) {
	f.Add(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n")
	f.Add(head + "Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8=")
	f.Fuzz(func(t *testing.T, s string) {
		if _, out := read(ReadMessage, s); out.Status == "" {
			t.Fatal("no status")
		}
		c, out := read(ReadMailbox, s)
		size := 0
		for _, i := range c.items {
			size += len(i)
		}
		if out.Status == "" || size > len(s)+30*len(c.items) {
			t.Fatalf("mailbox of %d bytes gives %d", len(s), size)
		}
	})
}

func BenchmarkReadMessage(b *testing.B) {
	in := head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + strings.Repeat("The tenant called about the rent.\r\n", 2000) +
		"--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 20000) + "--b--\r\n"
	src := part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}
	b.SetBytes(src.Size)
	for b.Loop() {
		ReadMessage(src, part.Options{}, discard{})
	}
}

type discard struct{}

func (discard) Block(reeve.Block) error { return nil }
func (discard) Embed(e part.Embedded) error {
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}
