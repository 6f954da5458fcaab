package enquiry

import (
	"bytes"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/zip"
)

// TestSealedFiles: what came with a report leaves in one form alone, on record,
// for whoever hands evidence over; nothing in it opens without its password, and
// no name in it opens anything.
func TestSealedFiles(t *testing.T) {
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c})
	bad := "<script>alert(1)</script>" + strings.Repeat("x", 100)
	want(t, tell(t, public(t, m), "192.0.2.1:1", map[string]string{"way": "email", "words": "x"}, map[string]string{"invoice.pdf.html": bad}), 200)
	run(t, m)
	want(t, get(t, h, "/scams/1"), 200, "Get the sealed files", "Its password is infected")
	agent := get(t, h, "/scams/1", "X-Deny", "approve-scam")
	if strings.Contains(agent.Body.String(), "Get the sealed files") {
		t.Error("who may not hand evidence over is offered the files")
	}
	want(t, post(t, h, "/scams/1/files", url.Values{"seal_why": {"x"}}, "X-Deny", "approve-scam"), 403)
	want(t, post(t, h, "/scams/1/files", url.Values{}), 422, "Say for whom it is")
	w := post(t, h, "/scams/1/files", url.Values{"seal_why": {"Police, crime number 7"}})
	want(t, w, 200)
	if !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || w.Header().Get("Content-Type") != "application/zip" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("sent as %v", w.Header())
	}
	if !slices.Contains(leaves(t, c), "export") {
		t.Error("it is not on record")
	}
	body := w.Body.Bytes()
	if bytes.Contains(body, []byte("<script")) || bytes.Contains(body, []byte(".html")) {
		t.Error("what came lies open in the file")
	}
	d, err := zip.Open(bytes.NewReader(body), int64(len(body)))
	if err != nil || len(d.Entries) != 2 {
		t.Fatalf("%d members, %v", len(d.Entries), err)
	}
	for _, e := range d.Entries {
		if e.Encryption != zip.AES {
			t.Errorf("%s is not enciphered", e.Name)
		}
		if r, err := e.OpenWith([]string{"wrong"}); err == nil {
			r.Close()
			t.Errorf("%s opens with another password", e.Name)
		}
	}
	if got := opened(t, d.Entries[1]); d.Entries[1].Name != "001.bin" || got != bad {
		t.Errorf("%s holds %.40s", d.Entries[1].Name, got)
	}
	if got := opened(t, d.Entries[0]); !strings.Contains(got, "DANGER") || !strings.Contains(got, digestOf([]byte(bad))) || !strings.Contains(got, "invoice.pdf.html") {
		t.Errorf("the list says %s", got)
	}
}

func opened(t *testing.T, e *zip.Entry) string {
	t.Helper()
	r, err := e.OpenWith([]string{sealPassword})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestSealOfEverySize: empty, within a block, and beyond.
func TestSealOfEverySize(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 17, 5000} {
		body := bytes.Repeat([]byte{7}, n)
		var out bytes.Buffer
		if err := writeSealed(&out, sealPassword, []sealedMember{{"001.bin", body}}); err != nil {
			t.Fatal(err)
		}
		d, err := zip.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil || len(d.Entries) != 1 {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if got := opened(t, d.Entries[0]); got != string(body) {
			t.Errorf("%d bytes came back as %d", n, len(got))
		}
	}
}
