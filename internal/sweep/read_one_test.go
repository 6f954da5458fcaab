package sweep_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// trap is a scam as a resident forwards it: the message is attached, its link
// shows another place than it leads to, and a program hangs on it.
const trap = "From: \"Resident\" <resident@example.org>\r\nTo: scams@council.example\r\nSubject: is this you?\r\nMIME-Version: 1.0\r\n" +
	"Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=none\r\n" +
	"Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: text/plain\r\n\r\nI got this today.\r\n" +
	"--outer\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"<p>Pay <A HREF=3D\"ht\ntps://council-refund.example/pay?a=3D1&amp;b=3D2\"><b>www.council.example</b></a> <img src=3D'https://track.example/p.gif'>" +
	"<a href=3D\"#top\">top</a></p>\r\n" +
	"--outer\r\nContent-Type: application/octet-stream; name=\"../../run me.exe\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"../../run me.exe\"\r\n\r\nTVqQAAMAAAAEAAAA\r\n--outer--\r\n"

func readOne(t *testing.T, content string) *sweep.One {
	t.Helper()
	box, err := sweep.NewLetterbox(sandbox.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	one, err := box.ReadOne(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func TestReadOneMessage(t *testing.T) {
	one := readOne(t, trap)
	if one.Outcome.Type != "eml" || one.Mail == nil {
		t.Fatalf("outcome %+v", one.Outcome)
	}
	if m := one.Mail; m.From != "resident@example.org" || m.FromName != "Resident" || m.Subject != "is this you?" || m.Checks != "spf=pass dkim=none" {
		t.Errorf("head %+v", m)
	}
	want := []sweep.Link{{Target: "https://council-refund.example/pay?a=1&b=2", Shown: "www.council.example"}, {Target: "https://track.example/p.gif"}}
	if len(one.Mail.Links) != 2 || one.Mail.Links[0] != want[0] || one.Mail.Links[1] != want[1] {
		t.Errorf("links %q, want %q", one.Mail.Links, want)
	}
	var text strings.Builder
	for _, b := range one.Blocks {
		text.WriteString(b.Text)
	}
	if !strings.Contains(text.String(), "I got this today.") {
		t.Errorf("text %q", text.String())
	}
	if len(one.Parts) != 1 || strings.Contains(one.Parts[0].Name, "/") || string(one.Parts[0].Body[:2]) != "MZ" || len(one.Parts[0].Digest) != 64 {
		t.Errorf("parts %+v", one.Parts)
	}
}

// TestReadOneIsBounded: whatever is sent, what comes back fits in memory, and it
// is said that something was left out.
func TestReadOneIsBounded(t *testing.T) {
	one := readOne(t, "From: a@example.org\r\nTo: b@example.org\r\nSubject: long\r\n\r\n"+strings.Repeat("a line of a long body\r\n", 200_000))
	size := 0
	for _, b := range one.Blocks {
		size += len(b.Text)
	}
	if size == 0 || size > 1<<20 || one.Outcome.Status != reeve.StatusPartlyRead {
		t.Errorf("%d bytes, status %s", size, one.Outcome.Status)
	}
	for _, junk := range []string{"", "\x00\x01\x02", "From: \r\n\r\n<a href=", "PK\x03\x04broken"} {
		if one := readOne(t, junk); one.Outcome.Status == "" {
			t.Errorf("%q has no status", junk)
		}
	}
}
