package publish

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestPagesInTheBrowser looks at every page of the site and of its desk.
func TestPagesInTheBrowser(t *testing.T) {
	tab := browser.Open(t)
	t.Run("site", func(t *testing.T) { siteInTheBrowser(t, tab) })
	t.Run("desk", func(t *testing.T) { deskInTheBrowser(t, tab) })
}

// TestJourneys walks the ways of a resident and of a communications officer,
// without JavaScript.
func TestJourneys(t *testing.T) {
	tab := browser.Open(t)
	tab.Script(false)
	t.Run("resident", func(t *testing.T) { residentsJourney(t, tab) })
	t.Run("officer", func(t *testing.T) { officersJourney(t, tab) })
}

// siteInTheBrowser looks at every page as people with small screens, 400 %
// zoom (which is 320 pixels of 1,280), keyboards and no JavaScript do.
func siteInTheBrowser(t *testing.T, tab *browser.Tab) {
	g := fullRig(t)
	s := httptest.NewServer(g.public(t))
	t.Cleanup(s.Close)
	tab.Size(320, 256)
	for _, p := range g.built.Load().site.Paths() {
		if strings.Contains(p[1:], ".") {
			continue
		}
		tab.Go(s.URL + p)
		tab.Accessible()
		tab.Shot("site" + strings.ReplaceAll(p, "/", "-"))
	}
	tab.Size(1200, 900)
	for _, p := range []string{"/", "/what-was-taken", "/protect-yourself/at-risk", "/check-a-letter"} {
		tab.Go(s.URL + p)
		tab.Accessible()
		tab.Shot("wide" + strings.ReplaceAll(p, "/", "-"))
	}
	tab.Go(s.URL + "/check-a-letter")
	tab.Press("\t\r") // the skip link
	if at := tab.Where(); !strings.HasSuffix(at, "#main") {
		t.Errorf("the first key leads to %s", at)
	}
	if n := browser.Eval[int](tab, `performance.getEntriesByType("resource").filter(r => !r.name.startsWith(location.origin)).length`); n > 0 {
		t.Errorf("%d things loaded from elsewhere", n)
	}
	tab.Go(s.URL + "/protect-yourself/at-risk")
	if title := browser.Eval[string](tab, "document.title"); strings.Contains(title, "risk") {
		t.Errorf("the tab says %q to whoever looks over a shoulder", title)
	}
}

// residentsJourney is the way of somebody who holds a letter: from the first
// page to the answer and to what to do about a bank account.
func residentsJourney(t *testing.T, tab *browser.Tab) {
	g := fullRig(t)
	s := httptest.NewServer(g.public(t))
	t.Cleanup(s.Close)
	tab.Go(s.URL)
	tab.Shot("tour-public-home")
	tab.Follow(`main a[href="/check-a-letter"]`)
	tab.Submit("main button", "reference", "abcd efgh 2345")
	if got := tab.Text("main [role=status]"); !strings.Contains(got, "Yes. We sent a letter") {
		t.Errorf("a letter checked without JavaScript: %s", got)
	}
	tab.Shot("tour-public-letter")
	tab.Follow(`a[href="/protect-yourself"]`)
	tab.Follow(`main a[href="/protect-yourself/bank"]`)
	if got := tab.Text("main"); !strings.Contains(got, "Dial 159") {
		t.Errorf("what to do about a bank account: %s", got)
	}
}

// deskInTheBrowser looks at the pages of the desk on the smallest screen.
func deskInTheBrowser(t *testing.T, tab *browser.Tab) {
	g := fullRig(t)
	g.writeText(t, "update-3", 0, "Phones work again", "All lines are open.")
	s := httptest.NewServer(g.desk)
	t.Cleanup(s.Close)
	tab.Size(320, 640)
	for _, p := range []string{"/public", "/public/texts/faq", "/public/drafts/" + lastDraft(t, g), "/public/drafts/1", "/public/council", "/public/figures"} {
		webtest.Get(t, g.desk, p, 200)
		tab.Go(s.URL + p)
		tab.Accessible()
		tab.Shot("public-desk" + strings.ReplaceAll(p, "/", "-"))
	}
}

// officersJourney is the way of a communications officer, who is kept
// from saying what nobody can know, and of the one who releases.
func officersJourney(t *testing.T, tab *browser.Tab) {
	g := fullRig(t)
	s := httptest.NewServer(g.desk)
	t.Cleanup(s.Close)
	tab.Go(s.URL + "/public")
	tab.Follow(`a[href="/public/texts/update-3"]`)
	tab.Submit("main form button", "title", "One more", "body", "You are not affected.", "note", "New.")
	tab.Shot("tour-public-refused")
	if got := tab.Text(".govuk-error-summary"); !strings.Contains(got, "we have not found you in the files") {
		t.Errorf("what must not be said: %s", got)
	}
	tab.Submit("main form button", "title", "One more", "body", "We go on.", "note", "New.")
	if got := tab.Text(".reeve-saying"); !strings.Contains(got, "second person") {
		t.Errorf("after writing: %s", got)
	}
	g.door.Visitor = signer
	tab.Go(s.URL + "/public/drafts/" + lastDraft(t, g))
	tab.Shot("tour-public-draft")
	tab.Follow(`form[action$="/release"] button`)
	g.refresh(t)
	if page := ask(t, g.public(t), "GET", "/updates/3").Body.String(); !strings.Contains(page, "We go on.") {
		t.Error("the update is not on the site")
	}
}
