package incident

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func openForm(playbook string) url.Values {
	return url.Values{"title": {"Unusual activity"}, "what": {"an alarm at night"}, "noticed": {"2025-11-24"}, "noticed_time": {"06:10"}, "lead": {"lead"}, "playbook": {playbook},
		"councils": {"NMB Northmere Borough Council\nWSL Wesley District Council"}}
}

// TestOpening: one form opens an incident, lays out its playbook, and what was
// noticed stands in the timeline; it is opened once.
func TestOpening(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		_, h := testRoom(t, d)
		want(t, get(t, h, "/incident/open"), http.StatusOK, "Which playbook fits best?", "Data was copied")
		want(t, post(t, h, "/incident/open", url.Values{"councils": {"A;B c"}}), http.StatusUnprocessableEntity, "Give it a name", "Choose a playbook", "A code has up to 20")
		want(t, post(t, h, "/incident/open", openForm("data-copied")), http.StatusSeeOther)
		w := get(t, h, "/incident")
		want(t, w, http.StatusOK, "Unusual activity", "Led by User lead", "Northmere Borough Council", "Open: still unfolding", "Clocks that end soonest", "From when was the council aware of a breach?", "spent so far")
		want(t, get(t, h, "/timeline"), http.StatusOK, "Noticed: Unusual activity")
		want(t, get(t, h, "/tasks"), http.StatusOK, "Name gold, silver, bronze", "Start the clocks that run")
		want(t, post(t, h, "/incident/open", openForm("empty")), http.StatusConflict, "It is open already")
		want(t, get(t, h, "/"), http.StatusOK, "Unusual activity. Open: still unfolding")
	})
}

// TestStatuses: an incident is stable, published, closed, and open again; each
// turn has a reason, and a second phase lays out its own tasks.
func TestStatuses(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	want(t, get(t, h, "/incident/change"), http.StatusNotFound)
	want(t, post(t, h, "/incident/open", openForm("suspicion")), http.StatusSeeOther)
	version := 0
	turn := func(status string) url.Values {
		version++
		return url.Values{"version": {string(rune('0' + version))}, "status": {status}, "severity": {"major"}, "lead": {"u1"}, "title": {"Unusual activity"}, "why": {"because of " + status}}
	}
	for _, status := range []string{"stable", "published", "closed", "open", "stood-down"} {
		want(t, post(t, h, "/incident/change", turn(status)), http.StatusSeeOther)
	}
	want(t, get(t, h, "/incident"), http.StatusOK, "Stood down: it was a false alarm", "because of published")
	want(t, get(t, h, "/timeline"), http.StatusOK, "Second phase: data was published")
	want(t, get(t, h, "/tasks"), http.StatusOK, "Establish what was published")
	want(t, post(t, h, "/incident/change", turn("stable")), http.StatusUnprocessableEntity, "Choose where it stands")
	version--
	want(t, post(t, h, "/incident/change", turn("open"), "X-Deny", "write"), http.StatusForbidden)
	want(t, post(t, h, "/incident/change", url.Values{"version": {"6"}, "status": {"open"}, "severity": {"low"}, "lead": {"u1"}, "title": {"x"}, "why": {"y"}}), http.StatusSeeOther)
	want(t, post(t, h, "/incident/change", url.Values{"version": {"7"}, "status": {"closed"}, "severity": {"low"}, "lead": {"u1"}, "title": {"x"}, "why": {"y"}}, "X-Deny", "close"), http.StatusForbidden)
}

// TestHandovers: whoever has to read a handover sees it on the home until they
// have said that they did; another version has to be read again.
func TestHandovers(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	form := url.Values{"done": {"logs sealed"}, "open": {"the backups"}, "worry": {"tiredness"}, "reads": {"u1"}, "council": {""}, "tlp": {"amber"}}
	want(t, post(t, h, "/incident/handovers", form), http.StatusSeeOther)
	unread := "Handovers you have not read"
	wantNot(t, get(t, h, "/incident"), unread)
	wantNot(t, get(t, h, "/incident", "X-Who", "u2"), unread)
	want(t, get(t, h, "/incident", "X-Who", "u1"), http.StatusOK, unread)
	want(t, get(t, h, "/incident/handovers/1", "X-Who", "u1"), http.StatusOK, "the backups", "Nobody yet", "Say that you have read it")
	want(t, post(t, h, "/incident/handovers/1/read", url.Values{"version": {"1"}}, "X-Who", "u1"), http.StatusSeeOther)
	wantNot(t, get(t, h, "/incident", "X-Who", "u1"), unread)
	want(t, get(t, h, "/incident/handovers/1"), http.StatusOK, "User u1")
	form.Set("version", "1")
	want(t, post(t, h, "/incident/handovers/1", form, "X-Who", "u1"), http.StatusForbidden)
	want(t, post(t, h, "/incident/handovers/1", form), http.StatusSeeOther)
	want(t, get(t, h, "/incident", "X-Who", "u1"), http.StatusOK, unread)
	want(t, post(t, h, "/incident/handovers/1/read", url.Values{"version": {"1"}}, "X-Who", "u1"), http.StatusConflict)
}

// TestPeopleAndPlans: roles, shifts and plans are kept, and a rota that tires
// people says so.
func TestPeopleAndPlans(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	want(t, post(t, h, "/incident/people/role", url.Values{"role": {"gold"}, "person": {"A. Gold"}, "contact": {"07700 900001"}, "begins": {"2025-11-24"}, "begins_time": {"08:00"}}), http.StatusSeeOther)
	shift := func(day, from, until, untilTime string) url.Values {
		return url.Values{"person": {"B. Silver"}, "begins": {day}, "begins_time": {from}, "ends": {until}, "ends_time": {untilTime}}
	}
	want(t, post(t, h, "/incident/people/shift", shift("2025-11-25", "08:00", "2025-11-25", "07:00")), http.StatusUnprocessableEntity, "A shift ends after it begins")
	want(t, post(t, h, "/incident/people/shift", shift("2025-11-25", "08:00", "2025-11-25", "22:00")), http.StatusSeeOther)
	want(t, post(t, h, "/incident/people/shift", shift("2025-11-26", "06:00", "2025-11-26", "12:00")), http.StatusSeeOther)
	want(t, get(t, h, "/incident/people"), http.StatusOK, "A. Gold", "on duty", "B. Silver is on duty for more than 13 hours", "B. Silver has less than 11 hours")
	want(t, get(t, h, "/incident/people.csv"), http.StatusOK, "person,role,contact")
	want(t, post(t, h, "/incident/open", openForm("empty")), http.StatusSeeOther)
	plan := url.Values{"kind": {"continuity"}, "title": {"Care plan"}, "who": {"Director"}, "begins": {"2025-11-24"}, "begins_time": {"10:00"}, "why": {"systems are off"}}
	want(t, post(t, h, "/incident/plans", plan), http.StatusSeeOther)
	want(t, get(t, h, "/incident"), http.StatusOK, "Care plan", "Director", "On duty now")
	plan.Set("version", "1")
	plan.Set("ends", "2025-11-25")
	plan.Set("ends_time", "09:00")
	want(t, post(t, h, "/incident/plans/1", plan), http.StatusSeeOther)
	wantNot(t, get(t, h, "/incident"), "Care plan")
}

// TestPlaybooks: every task of a playbook is in a work stream, waits for one
// before it, and every clock is a duty of the table.
func TestPlaybooks(t *testing.T) {
	for _, p := range playbooks {
		known := map[string]bool{"": true}
		for _, x := range p.Tasks {
			if wordsOf(streams, x.stream) == x.stream || x.title == "" || x.hours <= 0 {
				t.Errorf("%s: %+v", p.Key, x)
			}
			if !known[x.after] {
				t.Errorf("%s: %q waits for %q, which is not before it", p.Key, x.title, x.after)
			}
			known[x.key] = true
		}
		for _, c := range p.Clocks {
			if dutyOf(c) == nil {
				t.Errorf("%s: no duty %q", p.Key, c)
			}
		}
		for _, o := range p.Open {
			if len(o.options) < 2 || !strings.HasSuffix(o.title, "?") {
				t.Errorf("%s: %+v", p.Key, o)
			}
		}
	}
	for _, s := range streams {
		n := 0
		for _, x := range playbookOf("data-copied").Tasks {
			if x.stream == s.Value {
				n++
			}
		}
		if n == 0 {
			t.Errorf("no task in work stream %s", s.Value)
		}
	}
}

func TestTemplatesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, homePage, timelinePage, entryPage, entryFormPage, importFormPage, importPage, taskViewPage, searchViewPage, sheetPage, slipPage)
}
