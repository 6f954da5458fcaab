package notice

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// TestHomesThroughThePages sets up a run to every home as an officer does, and
// walks it to its end; and keeps an address out.
func TestHomesThroughThePages(t *testing.T) {
	d := dbtest.SQLite(t)
	prepareHomes(t, d, append(houses(4), testHome{2, "77", "7 Other Road\nExample Town", "ZE2 0AA", "wcc"}))
	sim, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
	h := webtest.House(t, door, m.Sections()...)
	page := webtest.Get(t, h, "/notices/new/homes", http.StatusOK)
	for _, want := range []string{"5 homes", "not a home: a shop", "Never write to", ">rbkc<"} {
		if !strings.Contains(page, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	webtest.Post(t, h, "/notices/suppression/homes", url.Values{"uprn": {"nine"}, "why_home": {"asked"}}, http.StatusUnprocessableEntity)
	webtest.Post(t, h, "/notices/suppression/homes", url.Values{"uprn": {"000001002"}, "why_home": {"asked"}}, http.StatusSeeOther)
	form := url.Values{"title": {"Warning"}, "council": {"rbkc"}, "template": {"personal"}, "channel": {"notify"}, "on": {m.Now().AddDate(0, 0, 3).Format("2006-01-02")}}
	if _, body := webtest.Post(t, h, "/notices/homes", form, http.StatusUnprocessableEntity); !strings.Contains(body, `<option value="rbkc" selected>`) {
		t.Error("a template of letters to people is taken, or the form forgets what was chosen")
	}
	form.Set("template", "general")
	people := url.Values{"list": {"1"}, "bands": {""}, "way": {"post"}}
	for k, v := range form {
		people[k] = v
	}
	webtest.Post(t, h, "/notices/runs", people, http.StatusUnprocessableEntity) // and the other way round
	path, _ := webtest.Post(t, h, "/notices/homes", form, http.StatusSeeOther)
	act := func(what string, more url.Values) {
		t.Helper()
		if more == nil {
			more = url.Values{}
		}
		r := reload(t, m, 1)
		more.Set("version", strconv.FormatInt(r.Version, 10))
		more.Set("digest", r.Digest)
		webtest.Post(t, h, path+"/"+what, more, http.StatusSeeOther)
	}
	act("freeze", nil)
	checkHomes(t, m, reload(t, m, 1))
	page = webtest.Get(t, h, path, http.StatusOK)
	for _, want := range []string{"Every home of the gazetteer", "Addresses left out", "not a home: a shop", "never to be written to", "waits for signatures", "£2.19"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the run does not say %q", want)
		}
	}
	if letters := webtest.Get(t, h, path+"/letters", http.StatusOK); strings.Contains(letters, "EXAMPLE STREET") || strings.Count(letters, "govuk-summary-card__title-wrapper") != 3 {
		t.Error("the letters show addresses unasked, or are not three")
	}
	act("sign", url.Values{"read": {"yes"}})
	door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	act("sign", url.Values{"read": {"yes"}})
	act("test", nil)
	if err := m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	act("start", nil)
	if err := m.send(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := len(sim.Taken()); n != 3+testLetters || reload(t, m, 1).State != Done {
		t.Errorf("%d letters, %s", n, reload(t, m, 1).State)
	}
	door.Visitor = &web.Visitor{ID: "u3", Name: "Three", Councils: []string{"wcc"}}
	page = webtest.Get(t, h, "/notices/new/homes", http.StatusOK)
	if !strings.Contains(page, "One home") || strings.Contains(page, "rbkc") {
		t.Error("an officer of one council sees the homes of another")
	}
	form.Set("council", "rbkc")
	webtest.Post(t, h, "/notices/homes", form, http.StatusUnprocessableEntity)
	webtest.Post(t, h, "/notices/suppression/homes", url.Values{"uprn": {"1001"}, "why_home": {"asked"}}, http.StatusUnprocessableEntity)
	change(t, d, "DELETE FROM case_address_counts")
	if page := webtest.Get(t, h, "/notices/new/homes", http.StatusOK); !strings.Contains(page, "reeve sweep --register llpg:FILE") || strings.Contains(page, "<form method=\"post\" action=\"/notices/homes\"") {
		t.Error("without a gazetteer the page does not say what to do")
	}
}

// TestHomesOfARealCase: the views that other tests stand in for are those that a
// case publishes.
func TestHomesOfARealCase(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			address := ""
			if kind == "postgres" {
				address = dbtest.PostgresAddress(t)
			}
			c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), address)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if err := c.DB.Migrate(t.Context(), job.Room, job.Schema()); err != nil {
				t.Fatal(err)
			}
			if err := Migrate(t.Context(), c.DB); err != nil {
				t.Fatal(err)
			}
			err = c.DB.Write(t.Context(), func(tx *db.Tx) error { return keepWording(tx, "", testWording(), 0, "u1", 1) })
			if err != nil {
				t.Fatal(err)
			}
			change(t, c.DB, "INSERT INTO home (register, uprn, lines, postcode, council, class) VALUES (1, '7', ?, 'ZE1 0AA', 'rbkc', 'RD04')", "7 EXAMPLE STREET\nEXAMPLE TOWN")
			change(t, c.DB, "INSERT INTO home_count (register, council, reason, n) VALUES (1, 'rbkc', '', 1), (1, 'rbkc', 'commercial', 4)")
			m := New(Deps{DB: c.DB, Guard: &testGuard{}, Channels: []Channel{&letterbox{}}})
			r := frozenHomes(t, m, "rbkc")
			if r.People != 1 || leftOut(t, c.DB, r.ID)["commercial"] != 4 {
				t.Errorf("%d notices, left out %v", r.People, leftOut(t, c.DB, r.ID))
			}
		})
	}
}
