package review

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestVersionsInTheBrowser looks at every page of versions and of the end of the
// case on the smallest screen, with something on each.
func TestVersionsInTheBrowser(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	at := freezeNow(t, h)
	want(t, post(t, h, at+"/approve", url.Values{"version": {"1"}, "looked": {"1"}}, "X-Who", "u1"), http.StatusSeeOther)
	want(t, post(t, h, "/article34/groups", url.Values{"title": {"in danger"}, "lane": {"safety"}, "judged": {"open"}, "deceased": {"any"}}), http.StatusSeeOther)
	want(t, post(t, h, "/article34/groups/1/decide", url.Values{"version": {"1"}, "decision-1": {"tell"}, "why-1": {"they could be found"}}), http.StatusSeeOther)
	want(t, post(t, h, "/hold", url.Values{"hold": {"a claim"}}, "X-Who", "u1"), http.StatusSeeOther)
	want(t, post(t, h, "/hold/retention", url.Values{"layer": {"text"}, "until": {"2026-01-01"}, "happens": {"destroy"}, "retention_why": {"the schedule"}}), http.StatusSeeOther)
	second := freezeNow(t, h)
	id, _, _, _, _ := shared(t, c)
	tab := browser.Open(t)
	tab.Size(320, 640)
	for _, path := range []string{"/versions", "/versions/freeze", at, at + "/people", at + "/export", second + "/diff", "/told", "/article34?version=1", "/statements", "/statements/list?version=1", "/hold", "/people/" + id + "/sar"} {
		tab.Go(s.URL + path)
		tab.Accessible()
		tab.Shot("version" + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(path))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", path, n)
		}
	}
}

// TestFreezeWithoutJavaScript: without JavaScript, somebody freezes the list, is
// told what has no reason yet, and gives it.
func TestFreezeWithoutJavaScript(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	tab.Script(false)
	tab.Go(s.URL + "/versions")
	tab.Follow(`a.govuk-button`)
	tab.Follow(`form[action="/versions/freeze"] button`)
	if got := tab.Text(".govuk-error-summary"); !strings.Contains(got, "Say what this version is for") || !strings.Contains(got, "Give the reason") {
		t.Errorf("%q", got)
	}
}
