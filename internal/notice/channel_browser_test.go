package notice

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestChannelsInTheBrowser: on the smallest screen and without JavaScript an
// officer checks a channel, sends a test, and settles what is in doubt.
func TestChannelsInTheBrowser(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 4)
	sim, notify := practice(t, simulator.Options{Speed: 1})
	channel, server := mailServer(t)
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel, notify}})
	all := inDoubt(t, m, mailRun(t, m, 4))
	site := httptest.NewServer(webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...))
	t.Cleanup(site.Close)
	tab := browser.Open(t)
	look := func(name string) {
		t.Helper()
		tab.Script(true)
		for _, width := range []int64{320, 1280} {
			tab.Size(width, 900)
			tab.Accessible()
		}
		tab.Shot(name)
		tab.Size(320, 640)
		tab.Script(false)
	}
	tab.Script(false)
	tab.Go(site.URL + "/notices/channels")
	look("channels")
	tab.Submit(`form[action="/notices/channels/notify/check"] button`)
	if text := tab.Text("main"); strings.Count(text, "In order") != 3 {
		t.Errorf("the check: %s", text)
	}
	look("channels-checked")
	tab.Submit(`form[action="/notices/doubts/` + all[0].Reference + `"] button`)
	if text := tab.Text("main"); !strings.Contains(text, "Say where you looked") {
		t.Errorf("the form does not say what is missing: %s", text)
	}
	look("channels-faulty")
	tab.Go(site.URL + "/notices/channels")
	tab.Do(chromedp.Click(chromedp.CSS(`section[aria-labelledby="c-mail"] summary`)))
	tab.Submit(`form[action="/notices/channels/mail/test"] button`)
	if text := tab.Text("body"); !strings.Contains(text, "took the test message") || len(server.Mails()) != 3 {
		t.Errorf("%d mails: %s", len(server.Mails()), text)
	}
	if len(sim.Taken()) != 0 {
		t.Error("the other channel took something")
	}
}
