package review

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestDesksInTheBrowser looks at every page on the smallest screen, without
// JavaScript but for axe, with something on each.
func TestDesksInTheBrowser(t *testing.T) {
	c := testCase(t)
	m, h := testRoom(t, Deps{Case: c, Roots: []string{t.TempDir()}, Staff: staffOf("u1", "u2")})
	indexed(t, m)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	at := firstMatter(t, h)
	want(t, post(t, h, at+"/owner", url.Values{"version": {"0"}, "owner": {"u2"}, "note": {"before noon"}}), http.StatusSeeOther)
	want(t, post(t, h, at+"/calls", url.Values{"version": {"1"}, "route": {"worker"}, "outcome": {"no-answer"}, "day": {"2026-01-12"}, "time": {"09:00"}}), http.StatusSeeOther)
	want(t, sendFile(t, h, "/registers/add", "library.csv", []byte("Sys,Number,Last,First\nLIB,7,Quillfeather,Jo\n"), "ref", "library"), http.StatusSeeOther)
	want(t, sendFile(t, h, "/exhibits/upload", "letter.txt", []byte("x"), custodyFields...), http.StatusSeeOther)
	tab := browser.Open(t)
	tab.Size(320, 640)
	for _, path := range []string{"/today", at, "/standing", "/standing/aware", "/method", "/exhibits", "/exhibits/add", "/exhibits/upload", "/registers", "/registers/add",
		"/registers/columns/library", "/registers/rows/1", "/sweep", "/coverage", "/items", "/search?q=council"} {
		tab.Go(s.URL + path)
		tab.Accessible()
		tab.Shot("desk" + strings.NewReplacer("/", "-", "?", "-").Replace(path))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", path, n)
		}
	}
}

// TestCallWithoutJavaScript: without JavaScript, somebody takes a person, records
// a call and is told what is missing.
func TestCallWithoutJavaScript(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	tab.Script(false)
	tab.Go(s.URL + "/today")
	tab.Follow(`form[action$="/owner"] button`)
	if got := tab.Text(".reeve-saying"); !strings.Contains(got, "Given to User lead") {
		t.Errorf("%q", got)
	}
	tab.Follow(`form[action$="/calls"] button`)
	if got := tab.Text(".govuk-error-summary"); !strings.Contains(got, "Choose how they were reached") || !strings.Contains(got, "Choose what came of it") {
		t.Errorf("%q", got)
	}
	tab.Follow(`.govuk-back-link`)
	if got := tab.Text("h1"); got != "Act today" {
		t.Errorf("%q", got)
	}
}
