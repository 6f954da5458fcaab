package review

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// browsed serves a case to a browser, with everything in it revealed.
func browsed(t testing.TB, c *sweep.Case) (address string, m *Room) {
	t.Helper()
	m, h := testRoom(t, Deps{Case: c})
	var shown []string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{"SELECT 'item:' || id FROM case_items", "SELECT 'person:' || id FROM case_people", "SELECT 'household:' || id FROM case_households"} {
			err := tx.Each(func(row db.Row) error {
				var thing string
				err := row.Scan(&thing)
				shown = append(shown, thing)
				return err
			}, q)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(shown, ",")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("masked") == "" {
			r.Header.Set("X-Shown", all)
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, m
}

// TestHostileDocumentsInTheBrowser: in a real browser, with scripts on, nothing
// that a document holds runs, loads or leads anywhere.
func TestHostileDocumentsInTheBrowser(t *testing.T) {
	c := ownCase(t, hostileFiles(t), ownRegister)
	address, _ := browsed(t, c)
	tab := browser.Open(t)
	var last int64
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error { return tx.One([]any{&last}, "SELECT MAX(id) FROM case_items") }); err != nil {
		t.Fatal(err)
	}
	paths := []string{"/people", personPath(somebody(t, c, sweep.Scope{})[0].ID)}
	for id := int64(1); id <= last; id++ {
		paths = append(paths, documentPath(id))
	}
	for _, path := range paths {
		tab.Go(address + path)
		if browser.Eval[bool](tab, "'owned' in window") {
			t.Errorf("%s: a script of a document ran", path)
		}
		if n := browser.Eval[int](tab, `document.querySelectorAll("main script, main iframe, main img, main object, main [onload], main [onerror], main a[href^='javascript'], main a[href^='http']").length`); n > 0 {
			t.Errorf("%s: %d elements of a document are in the page", path, n)
		}
		if n := browser.Eval[int](tab, `performance.getEntriesByType("resource").filter(e => !e.name.startsWith(location.origin)).length`); n > 0 {
			t.Errorf("%s: %d things were loaded from elsewhere", path, n)
		}
	}
}

// TestViewerByKeyboard: n and p step through the findings, and the links do
// without JavaScript.
func TestViewerByKeyboard(t *testing.T) {
	c := ownCase(t, map[string]string{"letter.txt": adaForm + strings.Repeat("\nfiller", 120) + "\n" + adaForm}, ownRegister)
	address, _ := browsed(t, c)
	tab := browser.Open(t)
	tab.Size(320, 640)
	tab.Go(address + documentPath(1))
	here := func() string {
		return browser.Eval[string](tab, `(document.querySelector("mark.reeve-here") || {id: ""}).id`)
	}
	var order []string
	for range 3 {
		tab.Press("n")
		order = append(order, here())
	}
	if order[0] == "" || order[0] == order[1] || order[1] == order[2] {
		t.Errorf("n stepped through %v", order)
	}
	tab.Press("p")
	if here() != order[1] {
		t.Errorf("p led to %s, want %s", here(), order[1])
	}
	tab.Script(false)
	tab.Go(address + documentPath(1))
	tab.Follow(fmt.Sprintf("#%s a", order[0]))
	if !strings.HasSuffix(tab.Where(), "#"+order[1]) {
		t.Errorf("without JavaScript the link leads to %s", tab.Where())
	}
}

// TestReviewPagesInTheBrowser: the pages are accessible, wide and narrow.
func TestReviewPagesInTheBrowser(t *testing.T) {
	c := testCase(t)
	address, m := browsed(t, c)
	tab := browser.Open(t)
	if err := m.siftAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	person := somebody(t, c, sweep.Scope{})[0].ID
	full, err := c.Person(t.Context(), person, sweep.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{"people": "/people", "person": personPath(person), "person-masked": personPath(person) + "?masked=1", "stops": "/stops?all=1", "leads": "/stops/leads",
		"stop": stopPath("person:"+person, "/people")}
	if full.Household != nil {
		pages["household"] = "/households/" + full.Household.ID
	}
	for _, l := range full.Links {
		if !l.Hidden {
			pages["document"] = documentPath(l.Item)
			pages["document-masked"] = documentPath(l.Item) + "?masked=1"
		}
	}
	var aside int64
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&aside}, "SELECT COALESCE(MAX(stop), 0) FROM review_stopped")
	}); err != nil {
		t.Fatal(err)
	}
	if aside > 0 {
		pages["stop-one"] = fmt.Sprintf("/stops/%d", aside)
	}
	for name, path := range pages {
		for _, width := range []int64{1280, 320} {
			if width > 320 && os.Getenv("REEVE_SHOTS") == "" {
				continue // what fits there fits here
			}
			tab.Size(width, 800)
			tab.Go(address + path)
			tab.Accessible()
			tab.Shot(fmt.Sprintf("%s-%d", name, width))
		}
	}
}
