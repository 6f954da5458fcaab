package review

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// lastLeaf is the newest act on record.
func lastLeaf(t *testing.T, c *sweep.Case) record.Line {
	t.Helper()
	var last record.Line
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		lines, err := record.Lines(tx, 0, 1000)
		if err == nil && len(lines) > 0 {
			last = lines[len(lines)-1]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// firstMatter is the address of the first person of Act today.
func firstMatter(t *testing.T, h http.Handler) string {
	t.Helper()
	w := get(t, h, "/today")
	want(t, w, http.StatusOK)
	found := regexp.MustCompile(`href="(/today/people/P[A-Z2-7]+)"`).FindStringSubmatch(w.Body.String())
	if found == nil {
		t.Fatal("nobody stands on Act today")
	}
	return found[1]
}

func TestTodayPages(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	want(t, get(t, h, "/today"), http.StatusOK, "People who could be in danger", "How it could hurt", "Take this", "Documents to look at first", "Not told yet")
	want(t, get(t, h, "/today.csv"), http.StatusOK, "person,priority,name")
	want(t, get(t, h, "/today.json"), http.StatusOK, `"sealed":"`, `"matter":`)
}

// TestActOnAMatter: somebody takes a person, records a call, and takes a wrong
// one back; each is on record, and who comes second is told.
func TestActOnAMatter(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	at := firstMatter(t, h)
	want(t, get(t, h, at), http.StatusOK, "Nobody yet", "Record a call", "Safe route")
	want(t, post(t, h, at+"/owner", url.Values{"version": {"0"}}, "X-Who", "u7"), http.StatusSeeOther)
	if l := lastLeaf(t, c); l.Verb != "assign" || l.Actor != "u7" || !strings.HasPrefix(l.Object, "person:P") {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, at), http.StatusOK, "User u7")

	call := url.Values{"version": {"0"}, "route": {"worker"}, "outcome": {"told"}, "day": {"2026-01-12"}, "time": {"09:00"}, "call_note": {"agreed with the worker"}}
	want(t, post(t, h, at+"/calls", call), http.StatusConflict, "agreed with the worker")
	call.Set("version", "1")
	want(t, post(t, h, at+"/calls", call), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "Told: they know what was taken", "12 January 2026, 09:00", "User lead")
	if l := lastLeaf(t, c); l.Verb != "call" || strings.Contains(l.Line, "agreed") {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, "/today"), http.StatusOK, "<b>1</b> told")
	want(t, get(t, h, "/standing.json"), http.StatusOK, `"told":1`)

	want(t, post(t, h, at+"/calls/1/withdraw", url.Values{"version": {"2"}}), http.StatusUnprocessableEntity, "Say what was wrong with the call")
	want(t, post(t, h, at+"/calls/1/withdraw", url.Values{"version": {"2"}, "why-1": {"the wrong person"}}), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "Recorded in error: the wrong person", "Not told yet")
	want(t, get(t, h, "/today"), http.StatusOK, "<b>0</b> told")
}

func TestCallFormFaults(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	at := ""
	for _, found := range regexp.MustCompile(`href="(/today/people/P[A-Z2-7]+)"`).FindAllStringSubmatch(get(t, h, "/today").Body.String(), -1) {
		if strings.Contains(get(t, h, found[1]).Body.String(), "govuk-warning-text") {
			at = found[1]
		}
	}
	if at == "" {
		t.Fatal("nobody of the safety lane is on hold")
	}
	for _, c := range []struct {
		name string
		form url.Values
		want string
	}{
		{"empty", url.Values{}, "Choose how they were reached"},
		{"tomorrow", url.Values{"route": {"phone"}, "outcome": {"told"}, "day": {"2026-01-13"}, "time": {"09:00"}}, "Enter a day and time that have been"},
		{"no day", url.Values{"route": {"phone"}, "outcome": {"told"}, "day": {"soon"}, "time": {"09:00"}}, "Enter the day"},
		{"another way", url.Values{"route": {"other"}, "outcome": {"no-answer"}, "day": {"2026-01-12"}, "time": {"09:00"}}, "Say how they were reached"},
		{"on hold", url.Values{"route": {"phone"}, "outcome": {"told"}, "day": {"2026-01-12"}, "time": {"09:00"}}, "Say why it was safe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.form.Set("version", "0")
			want(t, post(t, h, at+"/calls", c.form), http.StatusUnprocessableEntity, c.want, "There is a problem")
		})
	}
}

func TestMattersOfNobody(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	for _, p := range []string{"/today/people/PAAAAAAAAAAAA", "/today/items/99999999", "/today/items/x", "/today/things/1", "/today/items/-1"} {
		want(t, get(t, h, p), http.StatusNotFound)
	}
	want(t, post(t, h, "/today/people/PAAAAAAAAAAAA/owner", url.Values{"version": {"0"}}), http.StatusNotFound)
}

// TestDeskTemplatesFitTheirViews finds out what a template engine finds out in front
// of somebody.
func TestDeskTemplatesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, todayPage, matterPage, standingPage, methodPage, awarePage, exhibitsPage, exhibitFormPage, sweepPage,
		registersPage, registerFormPage, columnsPage, badRowsPage, coveragePage, itemsPage, searchPage)
}
