package notice

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestPages(t *testing.T) {
	webtest.CheckPages(t, runsPage, newPage, runPageOf, lettersPage, deliveryPage, figuresPage, handPage, handRunPage, roundPage, tellPage, tellingPage, callPage, takenRoundPage, decisionsPage, suppressionPage, templatesPage, templatePageOf, wordingPage, languagesPage, languagePageOf, formsPage)
}

// TestRunThroughThePages walks a run from its set-up to its end as two people do
// it, and looks at every page on the way.
func TestRunThroughThePages(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 12)
	sim, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
	h := webtest.House(t, door, m.Sections()...)
	form := url.Values{"title": {"First"}, "list": {"1"}, "template": {"personal"}, "bands": {""}, "way": {"post"}, "channel": {"notify"}, "on": {"2020-01-01"}}
	webtest.Post(t, h, "/notices/runs", form, http.StatusUnprocessableEntity)
	form.Set("on", m.Now().AddDate(0, 0, 3).Format("2006-01-02"))
	path, _ := webtest.Post(t, h, "/notices/runs", form, http.StatusSeeOther)
	act := func(what string, more url.Values, status int) {
		t.Helper()
		if more == nil {
			more = url.Values{}
		}
		more.Set("version", strconv.FormatInt(reload(t, m, 1).Version, 10))
		webtest.Post(t, h, path+"/"+what, more, status)
	}
	act("freeze", nil, http.StatusSeeOther)
	if err := m.checkRun(t.Context(), work(t, 1)); err != nil {
		t.Fatal(err)
	}
	if page := webtest.Get(t, h, path, http.StatusOK); !strings.Contains(page, "waits for signatures") || !strings.Contains(page, "£8.76") {
		t.Error(page)
	}
	letters := webtest.Get(t, h, path+"/letters", http.StatusOK)
	if strings.Contains(letters, "Ada Brook") || strings.Contains(letters, "Example Street") || strings.Count(letters, "govuk-summary-card__title-wrapper") != sampled {
		t.Error("the ten letters name somebody, or are not ten")
	}
	webtest.Get(t, h, path+"/letters/1/pdf", http.StatusForbidden)
	digest := reload(t, m, 1).Digest
	act("sign", url.Values{"digest": {digest}}, http.StatusBadRequest)
	act("sign", url.Values{"digest": {digest}, "read": {"yes"}}, http.StatusSeeOther)
	act("start", nil, http.StatusConflict)
	door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	act("sign", url.Values{"digest": {digest}, "read": {"yes"}}, http.StatusSeeOther)
	act("start", nil, http.StatusConflict) // no test batch yet
	act("test", nil, http.StatusSeeOther)
	if err := m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := len(sim.Taken()); n != testLetters {
		t.Fatalf("%d test letters", n)
	}
	act("start", nil, http.StatusSeeOther)
	if err := m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := len(sim.Taken()); n != 12+testLetters || reload(t, m, 1).State != Done {
		t.Fatalf("%d letters, %s", n, reload(t, m, 1).State)
	}
	for _, p := range []string{"/notices", "/notices.csv", "/notices/new", path, path + ".json", "/notices/delivery", "/notices/delivery.csv", "/notices/hand", "/notices/decisions", "/notices/suppression",
		"/notices/templates", "/notices/templates/personal", "/notices/wording"} {
		if body := webtest.Get(t, h, p, http.StatusOK); strings.Contains(body, "Ada Brook") {
			t.Errorf("%s names somebody", p)
		}
	}
	door.Visitor = &web.Visitor{ID: "u3", Name: "Three", Councils: []string{"wcc"}}
	webtest.Get(t, h, path, http.StatusNotFound)
	webtest.Get(t, h, path+"/letters", http.StatusNotFound)
	if body := webtest.Get(t, h, "/notices", http.StatusOK); strings.Contains(body, "First") {
		t.Error("another council's officer sees the run")
	}
}

func TestKeeping(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	m := New(Deps{DB: d, Guard: &testGuard{stand: map[string]*Standing{"PSEALED": nil}}})
	door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
	h := webtest.House(t, door, m.Sections()...)
	decision := url.Values{"person": {personID(1)}, "sort": {"child"}, "name": {"Bea Hill"}, "relation": {"mother"}, "basis": {"b"}, "harm": {"h"}, "decider": {"S"}, "day": {"2026-01-10"},
		"address": {"NFA\nExample Town\nZE1 0AA"}}
	if _, body := webtest.Post(t, h, "/notices/decisions", decision, http.StatusUnprocessableEntity); !strings.Contains(body, string(NoFixedAbode)) {
		t.Error("an address of no fixed abode passes")
	}
	decision.Set("address", "9 Other Road\nExample Town\nZE1 0AB")
	webtest.Post(t, h, "/notices/decisions", decision, http.StatusSeeOther)
	decision.Set("person", "PSEALED")
	webtest.Post(t, h, "/notices/decisions", decision, http.StatusUnprocessableEntity)
	webtest.Post(t, h, "/notices/suppression", url.Values{"person": {personID(2)}, "why": {"asked"}}, http.StatusSeeOther)
	webtest.Post(t, h, "/notices/suppression", url.Values{"person": {"PSEALED"}, "why": {"asked"}}, http.StatusUnprocessableEntity)
	webtest.Post(t, h, "/notices/suppression/1/lift", url.Values{"why": {"asked again"}}, http.StatusSeeOther)
	webtest.Post(t, h, "/notices/decisions/1/end", url.Values{"why": {"wrong"}}, http.StatusSeeOther)
	text := "name: personal\nkind: personal\ntitle: Your data\n\n" + testTemplate(t, "personal").Body
	webtest.Post(t, h, "/notices/templates/personal", url.Values{"text": {text + "\nYou are not affected."}}, http.StatusUnprocessableEntity)
	webtest.Post(t, h, "/notices/templates/personal", url.Values{"text": {text}}, http.StatusSeeOther)
	webtest.Post(t, h, "/notices/templates/personal/1/release", nil, http.StatusConflict)
	door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	webtest.Post(t, h, "/notices/templates/personal/1/release", nil, http.StatusSeeOther)
	webtest.Post(t, h, "/notices/wording", url.Values{"version": {"1"}, "happened": {"You are not affected."}}, http.StatusUnprocessableEntity)
}
