package notice

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestTellingInTheBrowser: the pages of agents and of delivery officers can be
// used by all, on the smallest screen, each as it is on the way.
func TestTellingInTheBrowser(t *testing.T) {
	for _, w := range []Way{Call, Hand} {
		o := newCallDesk(t, dbtest.SQLite(t), w, "")
		o.sit("agent", account.ContactCentre)
		server := httptest.NewServer(o.h)
		t.Cleanup(server.Close)
		tab := browser.Open(t)
		tab.Size(320, 640)
		look := func(path string) {
			t.Helper()
			tab.Go(server.URL + path)
			tab.Accessible()
			tab.Shot("telling" + strings.ReplaceAll(path, "/", "-") + "-" + string(w))
		}
		look("/telling")
		part, path := "call", "/telling/call"
		if w == Hand {
			part, path = "round", "/telling/round"
		}
		tab.Submit(`form[action="/telling/` + part + `/next"] button`)
		tab.Accessible()
		look("/telling")
		tab.Go(server.URL + path)
		tab.Submit(`form[action="` + path + `/outcome"] button`)
		if text := tab.Text("main"); !strings.Contains(text, "Choose what came of it") {
			t.Errorf("%s: the form does not say what is missing: %s", w, text)
		}
		tab.Accessible()
		o.guard.stand[personID(0)] = nil
		look(path)
		o.who.Session = "another"
		look(path)
		o.exec("UPDATE notice_message SET claimed = 1 WHERE state = 'leaving'")
		o.exec("UPDATE notice_round SET at = 1")
		o.guard.stand[personID(0)] = standing(contactFor[w])
		look(path)
		o.get("/telling", http.StatusOK)
	}
}
