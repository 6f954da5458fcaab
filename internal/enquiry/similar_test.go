package enquiry

import (
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/sweep"
)

func TestDefang(t *testing.T) {
	for from, want := range map[string]string{
		"see https://council-refund.example/pay?a=1.5": "see hxxps://council-refund[.]example/pay?a=1[.]5",
		"HTTP://A.example and FTP://b.example":         "hxxp://A[.]example and fxp://b[.]example",
		"javascript:alert(1)":                          "javascript[:]alert(1)",
		"http://192.0.2.1/x":                           "hxxp://192[.]0[.]2[.]1/x",
		"me@scam.example. The end.":                    "me@scam[.]example. The end.",
		"hxxps://a[.]example":                          "hxxps://a[.]example",
		"b\u3002example":                               "b[.]example",
		"nothing here":                                 "nothing here",
	} {
		if got := defang(from); got != want {
			t.Errorf("defang(%q) = %q, want %q", from, got, want)
		}
	}
}

// FuzzDefang: nothing that a program takes for a link is left, and doing it twice
// changes nothing.
func FuzzDefang(f *testing.F) {
	for _, s := range []string{"https://a.example/b", "httphttp://x.y", "a.b.c", "jAvAscript:x", "h\u3002t", "http:http:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := defang(s)
		if again := defang(d); again != d {
			t.Fatalf("%q, then %q, then %q", s, d, again)
		}
		lower := strings.ToLower(d)
		for _, bad := range []string{"http:", "https:", "javascript:", "data:", "ftp:"} {
			if strings.Contains(lower, bad) {
				t.Fatalf("%q holds %q", d, bad)
			}
		}
		for _, w := range targetsIn(s) {
			if host := readAddress(w).Host; len(host) > 3 && host[1] < 0x80 && strings.Contains(host, ".") && strings.Contains(lower, host) {
				t.Fatalf("%q still names %q", d, host)
			}
		}
	})
}

const (
	scamOne = "Dear resident, your council tax account has a refund of £312.40 waiting. Please visit https://council-refund.example/claim within 24 hours and enter your card number, or the refund is lost."
	scamTwo = "Dear resident, your council tax account has a refund of £87.11 waiting. Please visit http://tax-money.example/x9 within 24 hours and enter your card number, or the refund is lost."
	honest  = "Thank you for your letter about the bins in our street. The next collection is on Tuesday. Please put them out before seven in the morning and take them in again."
)

func TestLikeness(t *testing.T) {
	one, two, other := signatureOf(scamOne), signatureOf(scamTwo), signatureOf(honest)
	if n := one.likeness(two); n < 80 {
		t.Errorf("two of one scam are alike by %d", n)
	}
	if n := one.likeness(other); n > 10 {
		t.Errorf("a scam and an honest letter are alike by %d", n)
	}
	if signatureOf("too short") != nil || one.likeness(nil) != 0 {
		t.Error("a text of two words has a signature")
	}
	if got := readSignature(one.text()); !slices.Equal(got, one) {
		t.Error("a signature does not come back as it was kept")
	}
	if !slices.ContainsFunc(one.bands(), func(k string) bool { return slices.Contains(two.bands(), k) }) {
		t.Error("two of one scam have no key in common")
	}
}

func TestSigns(t *testing.T) {
	m := &Message{FromName: "Borough Council Refunds", From: "pay@mailer.example", ReplyTo: "x@elsewhere.example", Subject: "Refund", Words: scamOne, Checks: "spf=fail dkim=none",
		Links: []sweep.Link{{Target: "https://council-refund.example/claim", Shown: "www.council.gov.uk/refund"}, {Target: "javascript:go()"}, {Target: "http://192.0.2.9/a"},
			{Target: "https://www.council.gov.uk@evil.example/"}, {Target: "https://xn--cuncil-0ta.example/"}, {Target: "https://bit.ly/x"}}, Names: []string{"invoice.HTML"}}
	var got []string
	for _, s := range signsOf(m) {
		got = append(got, s.Code)
	}
	want := []string{"other-place", "runs", "number", "before-at", "foreign", "looks-official", "short", "claims-council", "reply-elsewhere", "checks-failed", "program", "secrets", "money", "hurry"}
	if !slices.Equal(got, want) {
		t.Errorf("signs %v, want %v", got, want)
	}
	if plain := signsOf(&Message{FromName: "A. Neighbour", From: "a@example.org", Words: honest, Links: []sweep.Link{{Target: "https://www.council.gov.uk/bins", Shown: "council.gov.uk/bins"}}}); plain != nil {
		t.Errorf("an honest letter shows %v", plain)
	}
	if keys := strongKeys(m); !slices.Contains(keys, "host:council-refund.example") || slices.Contains(keys, "host:bit.ly") {
		t.Errorf("keys %v", keys)
	}
	if keys := strongKeys(&Message{From: "07700 900123", Words: "https://www.google.com/a"}); len(keys) != 1 || !strings.HasPrefix(keys[0], "phone:") {
		t.Errorf("keys %v", keys)
	}
}
