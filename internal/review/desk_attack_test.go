package review

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/sweep"
)

// deskPaths are the pages of the desks of this file's author that need no
// argument, with filters that somebody curious would try.
var deskPaths = []string{"/today", "/standing", "/standing/aware", "/method", "/exhibits", "/exhibits/add", "/exhibits/upload", "/registers", "/registers/add",
	"/registers/rows/1", "/sweep", "/coverage", "/items", "/items?status=read", "/items?exhibit=fileserver"}

// indexed builds the search index of a case.
func indexed(t *testing.T, m *Room) {
	t.Helper()
	for _, h := range m.searchJobs() {
		if err := h.Run(context.Background(), &job.Work{Kind: h.Kind}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSealedPeopleAreOnNoDesk goes through every page in every form as somebody
// who looks for sealed people, with every reveal granted: no id, no path of a
// file that holds one, and no hit for words about them.
func TestSealedPeopleAreOnNoDesk(t *testing.T) {
	c := testCase(t)
	m, h := testRoom(t, Deps{Case: c})
	indexed(t, m)
	var ids, paths, names []string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		gather := func(into *[]string, query string) error {
			return tx.Each(func(row db.Row) error {
				var s string
				err := row.Scan(&s)
				*into = append(*into, s)
				return err
			}, query)
		}
		if err := gather(&ids, "SELECT id FROM case_people WHERE sealed = 1 ORDER BY id"); err != nil {
			return err
		}
		if err := gather(&names, "SELECT name FROM case_people WHERE sealed = 1 AND name <> '' ORDER BY id"); err != nil {
			return err
		}
		return gather(&paths, "SELECT i.path FROM case_hidden h JOIN case_items i ON i.id = h.item ORDER BY i.id")
	})
	if err != nil || len(ids) == 0 || len(paths) == 0 {
		t.Fatalf("nobody is sealed in the planted council: %v", err)
	}
	asked := slices.Clone(deskPaths)
	for _, n := range names {
		asked = append(asked, "/search?q="+strings.ReplaceAll(n, " ", "+"), "/search?q="+strings.Fields(n)[len(strings.Fields(n))-1])
	}
	for _, p := range paths {
		if folder, _, ok := strings.Cut(p, "/"); ok {
			asked = append(asked, "/items?folder="+strings.ReplaceAll(folder, " ", "+"))
		}
	}
	for _, id := range ids {
		asked = append(asked, "/today/people/"+id)
	}
	for _, path := range asked {
		for _, suffix := range []string{"", ".json", ".csv"} {
			bare, query, _ := strings.Cut(path, "?")
			body := get(t, h, bare+suffix+"?"+query, "X-Shown", searchThing).Body.String()
			for _, secret := range append(slices.Clone(ids), paths...) {
				if strings.Contains(body, secret) {
					t.Errorf("%s tells %s", bare+suffix+"?"+query, secret)
				}
			}
		}
	}
	for _, id := range ids {
		want(t, get(t, h, "/today/people/"+id), http.StatusNotFound)
	}
}

// TestOtherCouncilsSeeNobody: a visitor of a council that holds nobody's data
// here sees no person, document, folder or passage.
func TestOtherCouncilsSeeNobody(t *testing.T) {
	c := testCase(t)
	m, h := testRoom(t, Deps{Case: c})
	indexed(t, m)
	person := regexp.MustCompile(`\bP[A-Z2-7]{12}\b`)
	for _, path := range append(slices.Clone(deskPaths), "/search?q=the", "/search?q=housing") {
		for _, suffix := range []string{"", ".json", ".csv"} {
			bare, query, _ := strings.Cut(path, "?")
			body := get(t, h, bare+suffix+"?"+query, "X-Councils", "ELSEWHERE", "X-Shown", searchThing).Body.String()
			if id := person.FindString(body); id != "" {
				t.Errorf("%s%s tells %s", path, suffix, id)
			}
			if strings.Contains(body, "/documents/") || strings.Contains(body, ".docx") {
				t.Errorf("%s%s shows a document of another council", path, suffix)
			}
		}
	}
	want(t, get(t, h, "/standing.json", "X-Councils", "ELSEWHERE"), http.StatusOK, `"people":0`, `"told":0`)
}

func TestSearchPages(t *testing.T) {
	c := testCase(t)
	m, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/search"), http.StatusOK, "Words in what was read")
	want(t, get(t, h, "/search?q=council"), http.StatusOK, "the index is being built")
	indexed(t, m)
	w := get(t, h, "/search?q=council")
	want(t, w, http.StatusOK, "Where the words stand", "/documents/", "Show personal values")
	if strings.Contains(w.Body.String(), "reeve-passage") {
		t.Error("passages are shown without a reveal")
	}
	want(t, get(t, h, "/search?q=council", "X-Shown", searchThing), http.StatusOK, "reeve-passage")
	want(t, get(t, h, "/search?q=zzzyqx"), http.StatusOK, "These words were not found")
	want(t, get(t, h, "/search?q=-x"), http.StatusOK, "Give one or more words")
	want(t, get(t, h, "/search?q="+strings.Repeat("x", 400)), http.StatusOK, "300 characters or fewer")
	want(t, get(t, h, "/search.csv?q=council"), http.StatusOK, "item,exhibit,path")
}

func TestCoveragePages(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/coverage"), http.StatusOK, "What to do", "Folder by folder")
	want(t, get(t, h, "/coverage.csv"), http.StatusOK, "exhibit,folder,service,status,reason")
	want(t, get(t, h, "/items?status=encrypted"), http.StatusOK, "Locked")
	var seen int
	for path := "/items"; path != ""; {
		body := get(t, h, path).Body.String()
		seen += strings.Count(body, `<th scope="row"`)
		next := regexp.MustCompile(`href="(/items\?[^"]*after=\d+[^"]*)" rel="next"`).FindStringSubmatch(body)
		path = ""
		if next != nil {
			path = strings.ReplaceAll(next[1], "&amp;", "&")
		}
	}
	standing, err := c.Standing(t.Context(), sweep.Scope{})
	if err != nil || int64(seen) != standing.Items {
		t.Errorf("the pages list %d of %d items, %v", seen, standing.Items, err)
	}
}

func TestStandingPages(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	w := get(t, h, "/standing")
	want(t, w, http.StatusOK, "Where we stand", "not set yet", "<svg", "The same as a table")
	for _, never := range []string{"style=", "historical"} {
		if strings.Contains(w.Body.String(), never) {
			t.Errorf("the page holds %q", never)
		}
	}
	if n := w.Body.Len(); n > 150_000 {
		t.Errorf("the page has %d bytes", n)
	}
	want(t, get(t, h, "/method"), http.StatusOK, "99 % or more", "What can be wrong")
	want(t, get(t, h, "/standing.csv"), http.StatusOK, "step,n,change,text")
	form := map[string][]string{"version": {"0"}, "day": {"2026-01-10"}, "time": {"09:30"}, "why": {"the ransom note named our files; decided by the DPO"}}
	want(t, post(t, h, "/standing/aware", map[string][]string{"version": {"0"}}), http.StatusUnprocessableEntity, "Say how the council knew")
	want(t, post(t, h, "/standing/aware", form), http.StatusSeeOther)
	want(t, get(t, h, "/standing"), http.StatusOK, "<b>48</b>", "the ransom note")
	want(t, post(t, h, "/standing/aware", form), http.StatusConflict)
	want(t, get(t, h, "/standing/aware"), http.StatusOK, "10 January 2026, 09:30")
	if l := lastLeaf(t, c); l.Verb != "set-aware" {
		t.Errorf("leaf %+v", l)
	}
}
