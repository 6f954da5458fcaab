package publish

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// testNow is the time in tests: a Monday morning in winter.
var testNow = time.Date(2026, 1, 12, 9, 30, 0, 0, time.UTC)

// rig is a room with its desk, as two officers use it.
type rig struct {
	*Room
	now  time.Time
	door *webtest.Door
	desk http.Handler
}

var (
	writer = &web.Visitor{ID: "writer", Name: "Wren Writer"}
	signer = &web.Visitor{ID: "signer", Name: "Sam Signer"}
)

func newRig(t testing.TB, d *db.DB, deps Deps) *rig {
	t.Helper()
	ctx := context.Background()
	if err := errors.Join(d.Migrate(ctx, record.Room, record.Schema()), Migrate(ctx, d)); err != nil {
		t.Fatal(err)
	}
	g := &rig{now: testNow, door: &webtest.Door{Visitor: writer}}
	deps.DB, deps.Case, deps.Now = d, "test", func() time.Time { return g.now }
	g.Room = New(deps)
	h, err := web.New(web.Options{Door: g.door.Door(), Title: "Test case", Now: deps.Now}, g.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	g.desk = h
	return g
}

// open releases the council's details, all texts that ship, a status and two
// updates.
func (g *rig) open(t testing.TB) {
	t.Helper()
	webtest.Post(t, g.desk, "/public/council", url.Values{"version": {"0"}, "name": {testCouncil.Name}, "site": {testCouncil.Site + "/"}, "phone": {testCouncil.Phone},
		"hours": {testCouncil.Hours}, "email": {testCouncil.Email}, "address": {testCouncil.Address}, "officer": {testCouncil.Officer}, "press": {testCouncil.Press},
		"emergency": {numberLines(testCouncil.Emergency)}, "partners": {numberLines(testCouncil.Partners)}, "note": {"First version."}}, 303)
	webtest.Post(t, g.desk, "/public/begin", nil, 303)
	g.writeText(t, "status", 0, "Most services work again", "Planning works in part. Calls take longer than usual.")
	g.writeText(t, "update-1", 0, "Some data was copied", "We found that files were copied. Read [what happened](/what-happened).\n\n## Next\n\nWe go on.")
	g.writeText(t, "update-2", 0, "Staff are back online", "Staff have the internet back.\n\n## Next\n\nPhones come next.")
	g.releaseAll(t)
}

func (g *rig) writeText(t testing.TB, slug string, seen int, title, body string) {
	t.Helper()
	webtest.Post(t, g.desk, "/public/texts/"+slug, url.Values{"version": {strconv.Itoa(seen)}, "title": {title}, "body": {body}, "note": {"What is new."}}, 303)
}

// releaseAll lets the second person release all that waits.
func (g *rig) releaseAll(t testing.TB) {
	t.Helper()
	var ids []string
	err := g.db.Read(context.Background(), func(tx *db.Tx) error {
		all, err := waiting(tx)
		for _, d := range all {
			ids = append(ids, strconv.FormatInt(d.ID, 10))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	g.door.Visitor = signer
	webtest.Post(t, g.desk, "/public/release", url.Values{"draft": ids}, 303)
	g.door.Visitor = writer
	g.refresh(t)
}

func (g *rig) refresh(t testing.TB) {
	t.Helper()
	if err := g.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// public is the site as the public reaches it.
func (g *rig) public(t testing.TB) *Server {
	t.Helper()
	s, err := g.Server(true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(t testing.TB, h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPages(t *testing.T) {
	webtest.CheckPages(t, deskPage, textPage, draftPage, councilPage, figuresPage)
}

// A text is shown when another person released it, not before, from its time on,
// and until it is withdrawn; each act is on record.
func TestTwoPeopleRelease(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := newRig(t, d, Deps{})
		g.refresh(t)
		site := g.public(t)
		if w := ask(t, site, "GET", "/"); w.Code != 503 || !strings.Contains(w.Body.String(), "not open yet") {
			t.Fatalf("before anything is released: %d %s", w.Code, w.Body)
		}
		g.open(t)
		g.writeText(t, "update-3", 0, "A third update", "It is short.")
		g.refresh(t)
		if w := ask(t, site, "GET", "/updates/3"); w.Code != 404 {
			t.Errorf("a draft is shown: %d", w.Code)
		}
		id := lastDraft(t, g)
		webtest.Post(t, g.desk, "/public/drafts/"+id+"/release", nil, 403) // by whom it was written
		g.door.Visitor = signer
		webtest.Post(t, g.desk, "/public/drafts/"+id+"/release", nil, 303)
		webtest.Post(t, g.desk, "/public/drafts/"+id+"/release", nil, 409)
		g.refresh(t)
		if w := ask(t, site, "GET", "/updates/3"); w.Code != 200 {
			t.Errorf("a released update: %d", w.Code)
		}
		webtest.Post(t, g.desk, "/public/texts/update-3/withdraw", url.Values{"why": {"It was wrong."}}, 303)
		g.refresh(t)
		if w := ask(t, site, "GET", "/updates/3"); w.Code != 404 {
			t.Errorf("a withdrawn update: %d", w.Code)
		}
		if w := ask(t, site, "GET", "/about/changes"); !strings.Contains(w.Body.String(), "Taken off the site on 12 January 2026") {
			t.Errorf("the list of changes does not say so: %s", w.Body)
		}
		for verb, want := range map[string]int{"draft-public": 6, "release-public": 2, "withdraw-public": 1} {
			if n := leaves(t, d, verb); n != want {
				t.Errorf("%d leaves %s, want %d", n, verb, want)
			}
		}
	})
}

func lastDraft(t testing.TB, g *rig) (id string) {
	t.Helper()
	err := g.db.Read(context.Background(), func(tx *db.Tx) error {
		all, err := waiting(tx)
		if err == nil {
			id = strconv.FormatInt(all[len(all)-1].ID, 10)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// leaves counts the acts of a verb on record.
func leaves(t testing.TB, d *db.DB, verb string) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		all, err := record.Lines(tx, 0, 1000)
		for _, l := range all {
			if l.Verb == verb {
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestScheduled(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{})
	g.open(t)
	site := g.public(t)
	webtest.Post(t, g.desk, "/public/texts/faq", url.Values{"version": {"1"}, "title": {"Questions and answers"}, "body": {"## New?\n\nYes."}, "note": {"New."},
		"show_day": {"2026-01-13"}, "show_time": {"08:00"}}, 303)
	g.releaseAll(t)
	if w := ask(t, site, "GET", "/faq"); strings.Contains(w.Body.String(), "New?") {
		t.Error("a version is shown before its time")
	}
	g.now = time.Date(2026, 1, 13, 8, 0, 0, 0, time.UTC)
	g.refresh(t)
	if w := ask(t, site, "GET", "/faq"); !strings.Contains(w.Body.String(), "New?") {
		t.Error("a version is not shown when its time has come")
	}
	webtest.Post(t, g.desk, "/public/texts/faq", url.Values{"version": {"2"}, "title": {"Q"}, "body": {"Yes."}, "note": {"New."}, "show_day": {"2026-01-12"}, "show_time": {"08:00"}}, 422)
}

// Two people who write at once: the second gets back what was typed.
func TestConflict(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{})
	g.open(t)
	g.writeText(t, "faq", 1, "Questions", "## One?\n\nOne.")
	_, body := webtest.Post(t, g.desk, "/public/texts/faq", url.Values{"version": {"1"}, "title": {"Questions"}, "body": {"a long text of mine"}, "note": {"Mine."}}, 409)
	if !strings.Contains(body, "a long text of mine") {
		t.Error("what was typed is lost")
	}
	g.door.Visitor = signer
	webtest.Post(t, g.desk, "/public/drafts/"+lastDraft(t, g)+"/refuse", url.Values{"why": {"Too short."}}, 303)
	webtest.Post(t, g.desk, "/public/drafts/1/refuse", url.Values{"why": {"Late."}}, 409)
}

// What must not be said is refused with what to say instead.
func TestWordsRefused(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{})
	for body, want := range map[string]string{
		"If you have no letter you are not affected.": "we have not found you in the files",
		"It was only historical data.":                "the data that we found so far",
		"Call [[fone]].":                              "nothing has that name",
		"See [this](/nowhere).":                       "leads nowhere",
		"It is known: [[fact 7]]":                     "it cannot be shown",
	} {
		_, page := webtest.Post(t, g.desk, "/public/texts/faq", url.Values{"version": {"0"}, "title": {"Q"}, "body": {body}, "note": {"n"}}, 422)
		if !strings.Contains(page, want) {
			t.Errorf("%q: the page does not say %q", body, want)
		}
	}
}

// Facts: what is taken back is gone from every text, and staff are told; what
// others contradict says so; the ledger is told which page shows what.
func TestFacts(t *testing.T) {
	facts := []Fact{{ID: 1, Version: 11, Claim: "Files were copied on 24 November.", AsOf: testNow.Unix()},
		{ID: 2, Version: 12, Claim: "Nobody knows who did it.", AsOf: testNow.Unix(), Unknown: true},
		{ID: 3, Version: 13, Claim: "The attack was in 2023.", AsOf: testNow.Unix(), Disputed: true}}
	cites := make(map[string]int64)
	g := newRig(t, dbtest.SQLite(t), Deps{Facts: func(*db.Tx) ([]Fact, error) { return facts, nil },
		Cite: func(_ *db.Tx, version int64, path, _ string) error {
			cites[path] = max(cites[path], version)
			return nil
		},
		Renamed: func(s string, at int64) string { return strings.ReplaceAll(s, "Action Fraud", "Report Fraud") }})
	g.open(t)
	g.writeText(t, "investigation", 1, "Who is looking into it", "Action Fraud was told. So were we:\n\n- [[fact 1]]\n- The police help.")
	g.releaseAll(t)
	site := g.public(t)
	page := ask(t, site, "GET", "/about/investigation").Body.String()
	if !strings.Contains(page, "Report Fraud was told") || !strings.Contains(page, "Files were copied on 24 November (as of 12 January 2026).") {
		t.Errorf("the text: %s", page)
	}
	known := ask(t, site, "GET", "/what-happened").Body.String()
	if !strings.Contains(known, "What we do not know yet") || !strings.Contains(known, "Other statements differ") {
		t.Errorf("what we know: %s", known)
	}
	if cites["/about/investigation"] != 11 || cites["/what-happened"] != 13 || cites["/timeline"] != 13 {
		t.Errorf("cited: %v", cites)
	}
	facts = facts[1:]
	g.refresh(t)
	page = ask(t, site, "GET", "/about/investigation").Body.String()
	if strings.Contains(page, "24 November") || !strings.Contains(page, "The police help") {
		t.Error("a fact that was taken back is still told")
	}
	if desk := webtest.Get(t, g.desk, "/public", 200); !strings.Contains(desk, "not released to the public any more") {
		t.Error("staff are not told")
	}
}

// The funnel is frozen with its draft, and small numbers of people are not told.
func TestFigures(t *testing.T) {
	n := int64(440_000)
	g := newRig(t, dbtest.SQLite(t), Deps{Figures: func(context.Context, int64) (Figures, error) {
		return Figures{AsOf: testNow.Unix(), Source: "the review", Steps: []Step{{Title: "Files", N: n}, {Title: "People", N: 7, People: true}, {Title: "Nobody", People: true}}}, nil
	}})
	g.open(t)
	webtest.Post(t, g.desk, "/public/figures", url.Values{"version": {"0"}, "list": {"0"}, "note": {"Counted."}}, 303)
	n = 5
	g.releaseAll(t)
	page := ask(t, g.public(t), "GET", "/what-was-taken").Body.String()
	if !strings.Contains(page, "440,000") || !strings.Contains(page, "fewer than 10") || strings.Contains(page, ">7<") {
		t.Errorf("the funnel: %s", page)
	}
}

func TestUnknownTextIsNotFound(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{})
	for _, slug := range []string{"nothing", "update-0", "update-01", "council", "figures", "update-x"} {
		webtest.Get(t, g.desk, "/public/texts/"+slug, 404)
	}
	if _, err := g.Files(context.Background()); !errors.Is(err, reeve.Invalid) {
		t.Errorf("files of a closed site: %v", err)
	}
}
