package incident

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestFirstHourInTheBrowser: on the smallest screen and without JavaScript
// somebody logs the first decision, opens the incident, and looks at every page
// with something on it.
func TestFirstHourInTheBrowser(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	tab.Size(320, 640)
	tab.Script(false)
	tab.Go(s.URL + "/incident")
	tab.Follow(`a[href="/decisions/add"]`)
	tab.Submit("form[data-guard] button", "title", "Cut the internet", "reason", "To stop more being taken")
	if got := tab.Text(".reeve-saying"); !strings.Contains(got, "The decision is on record") {
		t.Fatalf("%q at %s", got, tab.Where())
	}
	want(t, post(t, h, "/incident/open", openForm("data-copied")), http.StatusSeeOther)
	addFacts(t, d, contradictions(t))
	want(t, post(t, h, "/timeline", entryForm("Unusual activity")), http.StatusSeeOther)
	want(t, post(t, h, "/incident/handovers", url.Values{"done": {"logs sealed"}, "council": {""}, "tlp": {"amber"}}, "X-Who", "u1"), http.StatusSeeOther)
	want(t, sendCSV(t, h, "happened,title\n2025-11-24 06:10,Alarm\nsoon,Nothing\n"), http.StatusSeeOther)
	tab.Script(true)
	for _, at := range []string{"/incident", "/timeline", "/timeline/1", "/timeline/1/edit", "/timeline-import", "/timeline-import/1", "/facts", "/facts/1", "/facts/1/release", "/facts/conflicts",
		conflictPath("date of the attack"), "/board", "/decisions", "/tasks", "/tasks/1", "/tasks/1/edit", "/incident/change", "/incident/people",
		"/incident/handovers/1", "/incident/search?q=alarm"} {
		tab.Go(s.URL + at)
		tab.Accessible()
		tab.Shot("book" + strings.NewReplacer("/", "-", "?", "-").Replace(at))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", at, n)
		}
	}
}
