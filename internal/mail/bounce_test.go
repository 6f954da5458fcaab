package mail

import (
	"errors"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// report is a delivery report as mail servers write it (RFC 3464, appendix).
const report = "From: MAILER-DAEMON@mail.example.org\r\nTo: data@council.example.org\r\nSubject: Undelivered\r\n" +
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nlucja@example.org: no such user\r\n" +
	"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\nFinal-Recipient: rfc822; lucja@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n" +
	"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <7Q2M-4KXD-0001@council.example.org>\r\nTo: lucja@example.org\r\n--b--\r\n"

func TestReadBounce(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Bounce
		bad  bool
	}{
		"failed":           {report, Bounce{"7Q2M-4KXD-0001@council.example.org", "5.1.1", true}, false},
		"delayed":          {strings.Replace(report, "failed\r\nStatus: 5.1.1", "delayed\r\nStatus: 4.4.1", 1), Bounce{"7Q2M-4KXD-0001@council.example.org", "4.4.1", false}, false},
		"lines of Unix":    {strings.ReplaceAll(report, "\r\n", "\n"), Bounce{"7Q2M-4KXD-0001@council.example.org", "5.1.1", true}, false},
		"no status":        {strings.Replace(report, "Status: 5.1.1\r\n", "", 1), Bounce{"7Q2M-4KXD-0001@council.example.org", "", true}, false},
		"another's":        {strings.ReplaceAll(report, "@council.example.org>", "@elsewhere.example.org>"), Bounce{}, true},
		"an id of nothing": {strings.Replace(report, "<7Q2M-4KXD-0001@", "<a b@", 1), Bounce{}, true},
		"a question":       {"Subject: Action: failed\r\n\r\nWhat does <7Q2M-4KXD-0001@council.example.org> mean?\r\n", Bounce{}, true},
		"nothing":          {"", Bounce{}, true},
		"far too long":     {strings.Repeat("x", mostBounce) + report, Bounce{}, true},
	} {
		got, err := ReadBounce(strings.NewReader(c.text), "council.example.org")
		if got != c.want || (err != nil) != c.bad || c.bad && !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "lucja") {
			t.Errorf("%s: the error names somebody: %v", name, err)
		}
	}
}

// TestDropIsAsked: a folder tells what was written into it.
func TestDropIsAsked(t *testing.T) {
	d, err := NewDrop(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := letter()
	if _, err := d.Has(m.ID); !errors.Is(err, reeve.NotFound) {
		t.Errorf("before: %v", err)
	}
	if err := d.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if at, err := d.Has(m.ID); err != nil || at.IsZero() {
		t.Errorf("after: %v, %v", at, err)
	}
}
