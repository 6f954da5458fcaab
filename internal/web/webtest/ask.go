package webtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Ask asks for a page; headers are pairs of name and value.
func Ask(t testing.TB, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return Serve(t, h, httptest.NewRequest(http.MethodGet, path, nil), headers)
}

// Send sends a form.
func Send(t testing.TB, h http.Handler, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return Serve(t, h, r, headers)
}

// Serve has a request answered. The header X-From is the address that it comes
// from.
func Serve(t testing.TB, h http.Handler, r *http.Request, headers []string) *httptest.ResponseRecorder {
	t.Helper()
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if from := r.Header.Get("X-From"); from != "" {
		r.RemoteAddr = from
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Want fails unless an answer has the status and holds every text.
func Want(t testing.TB, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, Head(w.Body.String()))
	}
	for _, s := range texts {
		if !strings.Contains(w.Body.String(), s) {
			t.Errorf("the answer does not hold %q: %s", s, Head(w.Body.String()))
		}
	}
}

// headLength is how much of a page a failed test prints, in bytes.
const headLength = 2500

// Head is the beginning of what a page says itself.
func Head(page string) string {
	if i := strings.Index(page, "<main"); i > 0 {
		page = page[i:]
	}
	if len(page) > headLength {
		page = page[:headLength] + fmt.Sprintf("… (%d bytes)", len(page))
	}
	return page
}
