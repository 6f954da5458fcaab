package notice

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestHomesInTheBrowser: an officer without JavaScript, on the smallest screen,
// keeps an address out, is told what is missing in the form, and sets up and
// freezes a run to every home.
func TestHomesInTheBrowser(t *testing.T) {
	d := dbtest.SQLite(t)
	prepareHomes(t, d, houses(12))
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	server := httptest.NewServer(webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...))
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
	tab.Go(server.URL + "/notices/suppression")
	tab.Submit(`form[action="/notices/suppression/homes"] button`, "uprn", "1004", "why_home", "asked by housing")
	look("homes-suppression")
	tab.Go(server.URL + "/notices/new")
	tab.Follow(`a[href="/notices/new/homes"]`)
	look("homes-new")
	tab.Submit(`form[action="/notices/homes"] button`)
	if text := tab.Text("main"); !strings.Contains(text, "Give the run a name") {
		t.Errorf("the form does not say what is missing: %s", text)
	}
	look("homes-faulty")
	tab.Submit(`form[action="/notices/homes"] button`, "title", "Warning to every home")
	if text := tab.Text("main"); !strings.Contains(text, "Every home of the gazetteer") {
		t.Errorf("no run was set up: %s", text)
	}
	tab.Submit(`form[action$="/freeze"] button`)
	checkHomes(t, m, reload(t, m, 1))
	tab.Go(server.URL + "/notices/runs/1")
	look("homes-run")
	if r := reload(t, m, 1); r.People != 11 || r.State != Checked {
		t.Errorf("%d notices, %s", r.People, r.State)
	}
}
