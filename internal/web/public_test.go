package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

func testPublic(t *testing.T) *Public {
	t.Helper()
	frame := func(w io.Writer, p PublicPage) error {
		_, err := fmt.Fprintf(w, "<title>%s</title>%d faults %s", p.Title, len(p.Errors), p.Content)
		return err
	}
	p, err := NewPublic(PublicOptions{Frame: frame},
		Route{Pattern: "GET /ask", Do: func(*Request) (Answer, error) {
			return testPage.With("Ask", personView{reeve.Private(reeve.KindName, "Ada Byron"), "<script>"}).Show(true), nil
		}},
		Route{Pattern: "POST /ask", Do: func(*Request) (Answer, error) { return Redirect("/ask/done", "Kept"), nil }},
		Route{Pattern: "GET /panic", Do: func(*Request) (Answer, error) { panic("Ada Byron") }},
		Route{Pattern: "GET /denied", Do: func(r *Request) (Answer, error) { return nil, r.Must(Act{See, ObjectPerson, "", Plain}) }},
	)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPublicRoutes(t *testing.T) {
	p := testPublic(t)
	for _, c := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/ask", 200, "<title>Ask</title>0 faults <h1>A.B.</h1><p>&lt;script&gt;"},
		{"POST", "/ask", 303, ""},
		{"GET", "/panic", 500, "Something went wrong"},
		{"GET", "/denied", 404, "Page not found"},
	} {
		w := send(t, p, c.method, c.path, nil)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "Ada") || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s %s: a personal value or a cookie leaves: %v %s", c.method, c.path, w.Header(), w.Body)
		}
	}
	if p.Knows(httptest.NewRequest("GET", "/people", nil)) {
		t.Error("an address of the workspace is known")
	}
	if w := send(t, p, "POST", "/ask", nil, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("a form of another site: %d", w.Code)
	}
}

func TestPublicFaultPage(t *testing.T) {
	if err := publicFault.Check(); err != nil {
		t.Error(err)
	}
}

func TestSender(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.7:4711": "192.0.2.7", "[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64", "[::ffff:192.0.2.7]:1": "192.0.2.7", "[fe80::1%eth0]:1": "fe80::/64",
	} {
		if got := Sender(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("Sender(%s) = %s, want %s", from, got, want)
		}
	}
}

func TestSenderBehindProxy(t *testing.T) {
	told := http.Header{"X-Forwarded-For": {"10.9.9.9, 192.0.2.7"}}
	if got := Sender(&http.Request{RemoteAddr: "127.0.0.1:9", Header: told}); got != "192.0.2.7" {
		t.Errorf("behind a proxy of this machine: %s", got)
	}
	if got := Sender(&http.Request{RemoteAddr: "203.0.113.5:9", Header: told}); got != "203.0.113.5" {
		t.Errorf("a stranger chose an address of their own: %s", got)
	}
}
