package publish

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// TestLastChanged: a page is as new as the newest of its text and of what it
// shows besides.
func TestLastChanged(t *testing.T) {
	at := func(d time.Duration) int64 { return testNow.Add(d).Unix() }
	const days = 24 * time.Hour
	g := newRig(t, dbtest.SQLite(t), Deps{
		Facts: func(*db.Tx) ([]Fact, error) {
			return []Fact{{ID: 1, Version: 11, Claim: "Files were copied.", AsOf: at(-3 * days)}, {ID: 2, Version: 12, Claim: "Some are read.", AsOf: at(5 * days)}}, nil
		},
		Scams: func(*db.Tx) ([]Scam, error) {
			return []Scam{{Title: "New", Text: "It asks for a card.", At: at(9 * days)}, {Title: "Old", Text: "It asks for a PIN.", At: at(-9 * days)}}, nil
		},
		Figures: func(context.Context, int64) (Figures, error) {
			return Figures{AsOf: at(6 * days), Source: "the review", Steps: []Step{{Title: "Files", N: 100}}, Read: Read{4, 100, at(6 * days)}}, nil
		}})
	g.open(t)
	g.now = testNow.Add(7 * days)
	webtest.Post(t, g.desk, "/public/figures", url.Values{"version": {"0"}, "list": {"0"}, "note": {"Counted."}}, 303)
	g.releaseAll(t)
	g.now = testNow.Add(20 * days)
	g.refresh(t)
	for path, want := range map[string]int64{"/scams": at(9 * days), "/is-my-data-affected": at(7 * days), "/what-happened": at(5 * days), "/about/privacy": at(0), "/contact": at(0)} {
		if got := ask(t, g.public(t), "GET", path).Body.String(); !strings.Contains(got, "Last changed "+day(want)) {
			t.Errorf("%s does not say that it changed last on %s", path, day(want))
		}
	}
}
