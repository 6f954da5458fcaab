package notice

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// office is the room over a list of people who read in different ways, in a
// browser.
type office struct {
	t    *testing.T
	m    *Room
	door *webtest.Door
	url  string
	tab  *browser.Tab
	sim  *simulator.Simulator
}

func newOffice(t *testing.T) *office {
	t.Helper()
	d := dbtest.SQLite(t)
	prepareReaders(t, d)
	sim, channel := practice(t, simulator.Options{})
	o := &office{t: t, m: New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}}), door: &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, sim: sim}
	s := httptest.NewServer(webtest.House(t, o.door, o.m.Sections()...))
	t.Cleanup(s.Close)
	o.url, o.tab = s.URL, browser.Open(t)
	return o
}

// see opens a page on a wide screen and on the smallest one, which is 1,280
// pixels at 400 %, and looks for what keeps people out.
func (o *office) see(path, name string) {
	o.t.Helper()
	for _, size := range [][2]int64{{1200, 900}, {320, 256}} {
		o.tab.Size(size[0], size[1])
		o.tab.Go(o.url + path)
		o.tab.Accessible()
		if wide := browser.Eval[int](o.tab, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
			o.t.Errorf("%s at %d pixels: %d more to the side", path, size[0], wide)
		}
		o.tab.Shot(name + map[int64]string{1200: "", 320: "-small"}[size[0]])
	}
}

// TestNoticePagesInTheBrowser looks at every page of what a notice says, empty
// and with a run that waits for signatures.
func TestNoticePagesInTheBrowser(t *testing.T) {
	o := newOffice(t)
	pages := map[string]string{"/notices": "runs", "/notices/new": "new", "/notices/templates": "templates", "/notices/templates/personal": "template", "/notices/wording": "wording",
		"/notices/languages": "languages", "/notices/languages/pl": "language", "/notices/formats": "forms", "/notices/decisions": "decisions", "/notices/suppression": "suppression"}
	for path, name := range pages {
		o.see(path, "notice-"+name)
	}
	r := checkedTestRun(t, o.m, run{})
	o.see(runPath(r.ID), "notice-run")
	o.see(runPath(r.ID)+"/letters", "notice-letters")
	start(t, o.m, r)
	o.see(runPath(r.ID), "notice-run-sending")
	o.see("/notices/formats", "notice-forms-waiting")
	if err := o.m.db.Write(t.Context(), func(tx *db.Tx) (err error) {
		for _, change := range []string{"UPDATE notice_run SET title = 'Letters to people at high risk in the north of the town'",
			"UPDATE notice_message SET state = 'left', outcome = CASE n WHEN 1 THEN 'arrived' WHEN 2 THEN 'returned' ELSE 'on-its-way' END WHERE n < 4",
			"UPDATE notice_message SET state = CASE n WHEN 4 THEN 'unsure' ELSE 'stopped' END WHERE n IN (4, 5)"} {
			if err == nil {
				_, err = tx.Exec(change)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	o.see("/notices/delivery", "notice-delivery")
	o.tab.Size(1200, 900)
	o.tab.Go(o.url + "/notices/delivery")
	if wide := browser.Eval[int](o.tab, "document.querySelector('main tbody th').offsetWidth"); wide < 300 {
		t.Errorf("the title of a run has %d pixels of 1,200", wide)
	}
	if over := browser.Eval[int](o.tab, "(e => e.scrollWidth - e.clientWidth)(document.querySelector('.reeve-wide'))"); over > 0 {
		t.Errorf("the figures of runs are %d pixels wider than a screen of 1,200", over)
	}
	o.tab.Size(320, 640)
	o.tab.Go(o.url + "/notices/wording")
	o.tab.Submit("main form button", "happened", "You are not affected.", "check_page", "https://example.org/x")
	o.tab.Accessible()
	if got := o.tab.Text(".govuk-error-summary"); !strings.Contains(got, "never says “not affected”") || !strings.Contains(got, "without http://") {
		t.Errorf("what must not be said: %s", got)
	}
	o.tab.Shot("notice-wording-refused")
	o.tab.Go(o.url + "/notices/languages/pl")
	o.tab.Submit("main form button", "translator", "A", "checker", "B", "text", "> Call 999.\nZadzwoń.")
	o.tab.Accessible()
	if got := o.tab.Text(".govuk-error-summary"); !strings.Contains(got, "999") {
		t.Errorf("a translation without its number: %s", got)
	}
}

// TestAnOfficerSendsARun is the way of two people without JavaScript, from the
// empty form to the last letter; the second one uses the keyboard alone to sign.
func TestAnOfficerSendsARun(t *testing.T) {
	o := newOffice(t)
	tab := o.tab
	tab.Size(1200, 900)
	tab.Script(false)
	tab.Go(o.url + "/notices")
	tab.Follow(`main a[href="/notices/new"]`)
	tab.Submit("main form button", "title", "First letters")
	if got := tab.Text("main h1"); !strings.Contains(got, "First letters") {
		t.Fatalf("after setting it up: %s", got)
	}
	path := strings.TrimPrefix(tab.Where(), o.url)
	tab.Submit(`form[action$="/freeze"] button`)
	if err := o.m.checkRun(t.Context(), work(t, 1)); err != nil {
		t.Fatal(err)
	}
	tab.Go(o.url + path)
	for _, says := range []string{"7", "to be made by people", "£", "large print", "waits for signatures", "Nobody yet: two people sign"} {
		if got := tab.Text("main"); !strings.Contains(got, says) {
			t.Errorf("before we send does not say %q:\n%s", says, got)
		}
	}
	tab.Follow(`main a[href$="/letters"]`)
	if got := tab.Text("main"); strings.Contains(got, "Ada Brook") || !strings.Contains(got, "Reads in") {
		t.Error("the letters name somebody, or do not say how they are read")
	}
	tab.Go(o.url + path)
	browser.Eval[bool](tab, `document.querySelector("#read").click() ?? true`)
	tab.Submit(`form[action$="/sign"] button`)
	o.door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	tab.Go(o.url + path)
	browser.Eval[bool](tab, `document.querySelector("#read").focus() ?? true`)
	tab.Press(" \t\r")
	for began := time.Now(); reload(t, o.m, 1).State != Signed && time.Since(began) < 10*time.Second; {
		time.Sleep(50 * time.Millisecond)
	}
	tab.Go(o.url + path)
	if got := tab.Text("main"); !strings.Contains(got, "One,") || !strings.Contains(got, "Two,") || !strings.Contains(got, "signed") {
		t.Fatalf("after two signatures:\n%s", got)
	}
	tab.Submit(`form[action$="/test"] button`)
	if err := o.m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	tab.Go(o.url + path)
	tab.Submit(`form[action$="/start"] button`)
	tab.Submit(`form[action$="/pause"] button`, "why", "The helpline is full")
	if got := tab.Text("main"); !strings.Contains(got, "The helpline is full") {
		t.Errorf("paused:\n%s", got)
	}
	tab.Submit(`form[action$="/start"] button`)
	if err := o.m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	tab.Go(o.url + path)
	if got := tab.Text("main"); reload(t, o.m, 1).State != Done || len(o.sim.Taken()) != 7+testLetters || !strings.Contains(got, "on its way") {
		t.Errorf("%d letters left, run %s:\n%s", len(o.sim.Taken()), reload(t, o.m, 1).State, got)
	}
	if strings.Contains(tab.Text("main"), "Stop this run") {
		t.Error("a run that is done can be stopped")
	}
}
