// Package webtest helps rooms to test their pages through the real workspace:
// a door that lets in whom the test says, and requests as a browser or a
// program sends them. It is for tests alone.
package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web"
)

// Door lets everybody in as Visitor and allows every act but those of Deny.
type Door struct {
	Visitor *web.Visitor
	Deny    []web.Verb
}

// Door makes the web.Door of it.
func (d *Door) Door() web.Door { return door{d} }

type door struct{ d *Door }

func (d door) Visitor(http.ResponseWriter, *http.Request) (*web.Visitor, error) {
	return d.d.Visitor, nil
}

func (d door) May(v *web.Visitor, a web.Act) web.Ruling {
	if v == nil || slices.Contains(d.d.Deny, a.Verb) || a.Council != "" && v.Councils != nil && !slices.Contains(v.Councils, a.Council) {
		return web.Ruling{Reason: "not in this test"}
	}
	return web.Ruling{Allowed: true}
}

func (door) Knows(web.Verb, web.Object) bool { return true }

// House is a workspace of sections behind a door.
func House(t testing.TB, d *Door, sections ...web.Section) *web.House {
	t.Helper()
	h, err := web.New(web.Options{Door: d.Door(), Title: "Test case"}, sections...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Get asks for a page and fails the test if the status is another.
func Get(t testing.TB, h http.Handler, path string, status int) string {
	t.Helper()
	return send(t, h, httptest.NewRequest(http.MethodGet, path, nil), status).Body.String()
}

// Post sends a form and gives the answer's Location and body.
func Post(t testing.TB, h http.Handler, path string, form url.Values, status int) (location, body string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := send(t, h, r, status)
	return w.Header().Get("Location"), w.Body.String()
}

func send(t testing.TB, h http.Handler, r *http.Request, status int) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != status {
		t.Fatalf("%s %s: status %d, want %d: %s", r.Method, r.URL.Path, w.Code, status, w.Body)
	}
	return w
}

// Page is a page whose template can be checked: every web.Page is one.
type Page interface{ Check() error }

// CheckPages checks templates against their views.
func CheckPages(t *testing.T, pages ...Page) {
	t.Helper()
	for _, p := range pages {
		if err := p.Check(); err != nil {
			t.Error(err)
		}
	}
}
