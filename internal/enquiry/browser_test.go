package enquiry

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestPagesInTheBrowser looks at every page on the smallest screen, with
// something on each; then an agent works with the keyboard and without
// JavaScript; and nothing of a report runs, loads or leads anywhere.
func TestPagesInTheBrowser(t *testing.T) {
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c, Mail: &mailServer{}})
	site := public(t, m)
	inside := httptest.NewServer(h)
	t.Cleanup(inside.Close)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("vulnerable", "yes", "kind", "rights")), 303)
	want(t, post(t, h, "/enquiries/next", nil), 303)
	want(t, post(t, h, "/paper-forms", url.Values{"forms": {"2"}, "place": {"Library"}}), 303)
	want(t, post(t, h, "/enquiry-figures/shifts", url.Values{"day": {"2026-01-13"}, "channel": {"phone"}, "begins": {"08:00"}, "ends": {"20:00"}, "people": {"4"}, "who": {"Night contractor"}}), 303)
	want(t, tell(t, site, "192.0.2.1:1", map[string]string{"way": "email", "words": "<img src=x onerror=alert(9)> https://bad-council.example/x"}, map[string]string{"<script>.eml": forwarded("bad-council.example")}), 200)
	run(t, m)
	want(t, post(t, h, "/enquiries/1/pause", url.Values{"version": {"2"}, "pause": {"identity"}, "pause_way": {"paper"}}), 303)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "complaint", "email", "other@example.org")), 303)
	want(t, post(t, h, "/enquiries/2/note", url.Values{"version": {"1"}, "what": {"answer"}, "way": {"phone"}, "words": {"Sorry"}}), 303)

	tab := browser.Open(t)
	tab.Size(320, 640)
	for _, path := range []string{"/enquiries", "/enquiries/1", "/enquiries/2", "/enquiries/new", "/calls", "/scripts", "/paper-forms", "/paper-forms/1", "/enquiry-figures", "/enquiries/refused", "/enquiries/kept", "/scams", "/scams/new", "/scams/1", "/scams/groups/1"} {
		tab.Go(inside.URL + path)
		wideOpen(tab)
		tab.Accessible()
		noSideways(t, tab, path)
		tab.Shot("enquiry" + strings.ReplaceAll(path, "/", "-"))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", path, n)
		}
	}
	noReportRuns(t, tab, inside.URL)
	keyboardAgent(t, tab, inside.URL)
	residentAsks(t, tab, site)
	if n := ask(t, c, func(tx *db.Tx) (n int64, err error) {
		err = tx.One([]any{&n}, "SELECT COUNT(*) FROM enquiry")
		return n, err
	}); n != 2 {
		t.Errorf("%d enquiries in the database: the public site wrote to it", n)
	}
}

// wideOpen opens whatever a page keeps folded.
func wideOpen(tab *browser.Tab) {
	browser.Eval[int](tab, `document.querySelectorAll("details").forEach(d => d.open = true), 0`)
}

// noSideways: at 320 px, which is a page of 1,280 px at 400 %, nothing has to be
// scrolled sideways but tables in their own frames.
func noSideways(t *testing.T, tab *browser.Tab, path string) {
	t.Helper()
	if wide := browser.Eval[int](tab, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		t.Errorf("%s is %d px wider than the screen", path, wide)
	}
}

// noReportRuns looks at the pages of a report: no element of them comes from the
// report, and the browser asks nobody but this program.
func noReportRuns(t *testing.T, tab *browser.Tab, base string) {
	t.Helper()
	for _, path := range []string{"/scams/1", "/scams/groups/1", "/scams"} {
		tab.Go(base + path)
		if n := browser.Eval[int](tab, `document.querySelectorAll("main script, main img, main iframe, main object, main embed, main link, main [onerror], main a[href^='http'], main a[href^='javascript']").length`); n != 0 {
			t.Errorf("%s: %d elements of the report", path, n)
		}
		if foreign := browser.Eval[string](tab, `performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith(location.origin)).join(" ")`); foreign != "" {
			t.Errorf("%s: the browser loaded %s", path, foreign)
		}
	}
	tab.Go(base + "/scams/1")
	if text := tab.Text("main"); !strings.Contains(text, "hxxps://bad-council[.]example") || !strings.Contains(text, "<img src=x onerror=alert(9)>") {
		t.Errorf("the report is not shown as text: %s", text)
	}
}

// keyboardAgent: an agent without JavaScript types in an enquiry and is told
// what is missing.
func keyboardAgent(t *testing.T, tab *browser.Tab, base string) {
	t.Helper()
	tab.Script(false)
	tab.Go(base + "/calls")
	tab.Submit(`form[action="/calls"] button`, "name", "Nobody Atall", "born", "1 January 1970", "postcode", "M1 1AE")
	if text := tab.Text("main"); !strings.Contains(text, "Say this, and no more") || !strings.Contains(text, "I cannot tell you on the phone") {
		t.Errorf("the agent reads %s", text)
	}
	tab.Script(true)
	tab.Accessible()
	if !byKeyboard(tab, "[name=postcode]") {
		t.Error("the field for the postcode is not reached with the tab key")
	}
}

// byKeyboard reports whether an element is reached by the keyboard alone.
func byKeyboard(tab *browser.Tab, selector string) bool {
	for range 60 {
		tab.Press("\t")
		if browser.Eval[bool](tab, `document.activeElement.matches("`+selector+`")`) {
			return true
		}
	}
	return false
}

// residentAsks: the public forms, as the public site would serve them.
func residentAsks(t *testing.T, tab *browser.Tab, site http.Handler) {
	t.Helper()
	var cookies atomic.Int64
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookies.Add(int64(len(r.Cookies())))
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(outside.Close)
	for _, path := range []string{"/ask", "/report-a-scam", "/track"} {
		tab.Go(outside.URL + path)
		tab.Accessible()
		noSideways(t, tab, path)
		if !byKeyboard(tab, "button") {
			t.Errorf("%s: the button is not reached with the tab key", path)
		}
	}
	tab.Script(false)
	tab.Go(outside.URL + "/ask")
	tab.Submit("form button", "words", "") // nothing chosen, nothing written
	if text := tab.Text("main"); !strings.Contains(text, "Choose what you want") || !strings.Contains(text, "Write your question") {
		t.Errorf("the resident is not told what is missing: %s", text)
	}
	tab.Go(outside.URL + "/report-a-scam")
	tab.Do(click("#way-1"))
	tab.Submit("form button", "words", "Pay the fee at example dot org")
	if text := tab.Text("main"); !strings.Contains(text, "7726") || !strings.Contains(text, "report@phishing.gov.uk") || printed.FindString(text) == "" {
		t.Errorf("who reported a scam reads %s", text)
	}
	tab.Shot("enquiry-public-scam-kept")
	tab.Go(outside.URL + "/ask")
	tab.Do(click("#kind-0"), click("#topic-0"))
	tab.Submit("form button", "words", "Is my name in it?")
	ref := printed.FindString(tab.Text("main"))
	if ref == "" {
		t.Fatalf("no reference: %s", tab.Text("main"))
	}
	tab.Go(outside.URL + "/track")
	tab.Submit("form button", "reference", ref)
	if text := tab.Text("main"); !strings.Contains(text, "Nobody has read it yet") {
		t.Errorf("the resident reads %s", text)
	}
	tab.Script(true)
	tab.Accessible()
	if n := cookies.Load(); n != 0 {
		t.Errorf("%d cookies", n)
	}
}

// click ticks what people tick.
func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}
