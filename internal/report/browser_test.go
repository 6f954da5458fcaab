package report

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestInTheBrowser looks at every page of the room on the smallest screen, with
// something on each, and fills in a report without JavaScript.
func TestInTheBrowser(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	b.fact("what happened", "Files were copied from a file server.", incident.Green, incident.Partners)
	b.freeze(1, listed{Tier: "strong", Taken: "proven", Categories: "health;basic identifiers", Role: "resident", Signals: "minor", Items: 2})
	b.aware(testNow.Add(-10 * time.Hour))
	edit, _ := b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
	at := strings.TrimSuffix(edit, "/edit")
	b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "1", "facts", "1")...)
	b.approve(at)
	b.post(at+"/sent", http.StatusSeeOther, "version", b.version(at), "day", "2025-11-24", "time", "18:00", "how", "online form", "reference", "IC-1")
	next, _ := b.post(at+"/next", http.StatusSeeOther)
	breach, _ := b.post("/reports/breaches", http.StatusSeeOther, breachForm("reported", "no", "why", "No risk.")...)
	lesson, _ := b.post("/lessons", http.StatusSeeOther, lessonFields("0", "open")...)
	paper, _ := b.post("/papers/new/board", http.StatusSeeOther, "name", "Board", "audience", "internal", "council", "", "list", "1", "summary", "In short.")
	s := httptest.NewServer(b.h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	tab.Size(320, 640)
	for _, path := range []string{"/reports", "/reports/ico", at, next, strings.TrimSuffix(next, "/edit"), strings.TrimSuffix(next, "/edit") + "/diff", "/reports/breaches", breach, breach + "/edit",
		"/lessons", lesson, lesson + "/edit", "/papers", "/papers/new/cabinet", paper} {
		tab.Go(s.URL + path)
		tab.Accessible()
		tab.Shot("report" + strings.ReplaceAll(path, "/", "-"))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", path, n)
		}
	}
	tab.Script(false)
	tab.Size(1200, 900)
	tab.Go(s.URL + next)
	tab.Submit("form[data-guard] button", "q_detriment", "Nobody that we know of.", "q_what", "The file of Mrs Amara Okafor was copied.")
	if got := tab.Text(".govuk-error-summary"); !strings.Contains(got, "Take out what could name somebody") {
		t.Errorf("a name was typed: %q", got)
	}
	if got := browser.Eval[string](tab, `document.querySelector("#q_detriment").value`); got != "Nobody that we know of." {
		t.Errorf("what was typed is lost: %q", got)
	}
	tab.Submit("form[data-guard] button", "q_what", "Files were copied.")
	if got := tab.Text(".reeve-saying"); !strings.Contains(got, "Two people sign it") {
		t.Errorf("saved: %q", got)
	}
}
