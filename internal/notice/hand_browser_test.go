package notice

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestCallInTheBrowser: a caller on the smallest screen and without JavaScript
// takes a call, is told what is missing, checks who is on the line, and keeps the
// outcome; every page that people who carry notices use can be used by all.
func TestCallInTheBrowser(t *testing.T) {
	c := carriedRun(t, Call, 5)
	c.grant()
	server := httptest.NewServer(c.h)
	t.Cleanup(server.Close)
	tab := browser.Open(t)
	tab.Size(320, 640)
	look := func(name string) {
		t.Helper()
		tab.Script(true)
		tab.Accessible()
		tab.Shot(name)
		tab.Script(false)
	}
	tab.Script(false)
	tab.Go(server.URL + "/notices/hand")
	look("hand")
	tab.Follow(`a[href="/notices/hand/1"]`)
	look("call-list")
	tab.Follow(`a[href="/notices/runs/1/people/1"]`)
	tab.Submit(`form[action$="/take"] button`)
	look("call-taken")
	tab.Submit(`form[action$="/outcome"] button`)
	if text := tab.Text("main"); !strings.Contains(text, "Choose what came of it") {
		t.Errorf("the form does not say what is missing: %s", text)
	}
	look("call-faulty")
	browserCheck(t, tab, "how-0")
	tab.Submit(`form[action$="/verified"] button`)
	if text := tab.Text("main"); !strings.Contains(text, "What we found about you") {
		t.Errorf("nothing is told: %s", text)
	}
	look("call-verified")
	browserCheck(t, tab, "outcome-0")
	tab.Submit(`form[action$="/outcome"] button`)
	if x := messageOf(t, c.m, 1, 1); x.State != msgLeft {
		t.Errorf("told, yet %s", x.State)
	}
	webtest.Post(t, c.h, "/notices/runs/1/people/2/take", nil, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/runs/1/people/2/outcome", url.Values{"outcome": {"wrong-number"}}, http.StatusSeeOther)
	for _, path := range []string{"/notices/hand/1", "/notices/delivery", "/notices/delivery?run=1", "/notices/delivery/figures", "/notices/runs/1/people/1"} {
		tab.Go(server.URL + path)
		look("call" + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(path))
	}
}

// browserCheck ticks what has an id.
func browserCheck(t *testing.T, tab *browser.Tab, id string) {
	t.Helper()
	if !browser.Eval[bool](tab, `(e => { e.checked = true; return e.checked })(document.getElementById("`+id+`"))`) {
		t.Fatalf("%s cannot be ticked", id)
	}
}

// TestBriefInTheBrowser: the pages of briefs and rounds can be used by all.
func TestBriefInTheBrowser(t *testing.T) {
	for _, w := range []Way{Worker, Hand} {
		c := carriedRun(t, w, 4)
		c.grant()
		server := httptest.NewServer(c.h)
		t.Cleanup(server.Close)
		tab := browser.Open(t)
		tab.Size(320, 640)
		tab.Go(server.URL + "/notices/hand/1")
		tab.Accessible()
		tab.Shot("carry-" + string(w))
		if w == Worker {
			tab.Submit(`form[action$="/rounds"] button`)
		} else {
			tab.Submit(`form[action$="/rounds"] button`)
			tab.Accessible()
			tab.Submit(`form[action$="/rounds"] button`, "carrier", "Lee Carr")
		}
		tab.Accessible()
		tab.Shot("round-" + string(w))
		tab.Submit(`form[action$="/received"] button`)
		tab.Accessible()
		tab.Submit(`form[action$="/received"] button`, "note", "signed paper")
		tab.Go(server.URL + "/notices/runs/1/people/1")
		tab.Accessible()
		tab.Shot("carried-" + string(w))
	}
}
