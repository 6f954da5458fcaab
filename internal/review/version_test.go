package review

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestVersionTemplatesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, versionsPage, freezePage, versionOnePage, versionRowPage, diffPage, toldPage, exportPage, article34Page, statementsPage, statementOnePage)
}

// freezeForm is a form that gives a reason for everything that is red now.
func freezeFormOf(t testing.TB, h http.Handler) url.Values {
	t.Helper()
	form := url.Values{"purpose": {"first letters"}}
	for _, found := range regexp.MustCompile(`name="(why-[a-z0-9-]+)"`).FindAllStringSubmatch(get(t, h, "/versions/freeze").Body.String(), -1) {
		form.Set(found[1], "reason of "+found[1])
	}
	return form
}

// freezeNow freezes the list and gives the address of the version.
func freezeNow(t testing.TB, h http.Handler) string {
	t.Helper()
	w := post(t, h, "/versions/freeze", freezeFormOf(t, h))
	want(t, w, http.StatusSeeOther)
	return w.Header().Get("Location")
}

func TestFreezeAndApprove(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/versions"), http.StatusOK, "No list was frozen yet")
	want(t, get(t, h, "/article34"), http.StatusOK, "Freeze a list first")
	want(t, get(t, h, "/versions/freeze"), http.StatusOK, "No sample finished: recall: items", "in the safety lane whose exposure nobody has judged")

	want(t, post(t, h, "/versions/freeze", url.Values{}), http.StatusUnprocessableEntity, "Say what this version is for", "Give the reason for going on all the same")
	form := freezeFormOf(t, h)
	form.Del("why-unjudged")
	want(t, post(t, h, "/versions/freeze", form), http.StatusUnprocessableEntity, "whose exposure nobody has judged", "reason of why-sample-elusion")
	want(t, get(t, h, "/versions/1"), http.StatusNotFound)

	at := freezeNow(t, h)
	if l := lastLeaf(t, c); l.Verb != "freeze" || l.Object != "version:1" || l.Rows == 0 || len(l.Digest) != 64 {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, at), http.StatusOK, "List version 1", "draft", "reason of why-unjudged", "Approve it", lastLeaf(t, c).Digest)
	want(t, get(t, h, at+".json"), http.StatusOK, `"state":"draft"`, `"people":`)
	want(t, get(t, h, at+"/people"), http.StatusOK, "People of list version 1", "Show personal values")
	want(t, get(t, h, at+"/people.csv?lane=safety"), http.StatusOK, "person,name,date_of_birth")
	want(t, get(t, h, at+"/diff"), http.StatusOK, "Nothing to compare with")

	want(t, post(t, h, at+"/approve", url.Values{"version": {"1"}}), http.StatusUnprocessableEntity, "Read the checks and the reasons")
	sign := url.Values{"version": {"1"}, "looked": {"1"}, "note": {"as agreed"}}
	want(t, post(t, h, at+"/approve", sign, "X-Who", "u1"), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "one of two has approved", "User u1")
	want(t, post(t, h, at+"/approve", sign, "X-Who", "u2"), http.StatusConflict)
	sign.Set("version", "2")
	want(t, post(t, h, at+"/approve", sign, "X-Who", "u1"), http.StatusForbidden, "the other signature is somebody else")
	want(t, post(t, h, at+"/approve", sign, "X-Who", "u2", "X-Councils", "RBKC"), http.StatusForbidden)
	want(t, post(t, h, at+"/approve", sign, "X-Who", "u2"), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "approved", "User u2")

	second := freezeNow(t, h)
	want(t, get(t, h, second+"/diff"), http.StatusOK, "What changed from version 1 to 2", "Added: 0", "Left: 0", "Changed: 0")
	sign.Set("version", "1")
	want(t, post(t, h, second+"/approve", sign, "X-Who", "u1"), http.StatusSeeOther)
	sign.Set("version", "2")
	want(t, post(t, h, second+"/approve", sign, "X-Who", "u2"), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "superseded")
	want(t, get(t, h, "/versions.csv"), http.StatusOK, "2,approved", "1,superseded")
}

// unzip gives the files of a ZIP answer.
func unzip(t testing.TB, w *httptest.ResponseRecorder) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	return files
}

func readCSV(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// listed are the people of the case as the command prints them.
func listed(t testing.TB, c *sweep.Case, name string, reveal bool) (rows [][]string) {
	t.Helper()
	list, err := sweep.FindList(name)
	if err != nil {
		t.Fatal(err)
	}
	err = c.Rows(t.Context(), list, sweep.ListOptions{Reveal: reveal}, func(cells []string) error {
		rows = append(rows, append([]string(nil), cells...))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestExportIsTheList: what is exported is what the command lists, cell by cell,
// with what people said of it behind.
func TestExportIsTheList(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	at := freezeNow(t, h)
	want(t, get(t, h, at+"/export"), http.StatusOK, "Values will be masked", "All councils together", "reason of why-unjudged")
	for _, clear := range []bool{false, true} {
		shown := ""
		if clear {
			shown = "version:1"
		}
		w := post(t, h, at+"/export", url.Values{"format": {"csv"}}, "X-Shown", shown)
		want(t, w, http.StatusOK)
		l := lastLeaf(t, c)
		if l.Verb != "export" || l.Object != "version:1" || len(l.Digest) != 64 || strings.Contains(l.Line, "in clear") != clear {
			t.Errorf("leaf %+v", l)
		}
		files := unzip(t, w)
		people := readCSV(t, files["people.csv"])
		rows := listed(t, c, "people", clear)
		if len(people) != len(rows)+1 || l.Rows != int64(len(rows)) {
			t.Fatalf("%d rows exported, %d listed, %d on record", len(people)-1, len(rows), l.Rows)
		}
		for i, row := range rows {
			for j, cell := range row {
				if got := strings.TrimPrefix(people[i+1][j], "'"); got != strings.TrimPrefix(cell, "'") {
					t.Fatalf("row %d, %s: %q, listed %q", i+1, people[0][j], got, cell)
				}
			}
		}
		homes, all := readCSV(t, files["households.csv"]), listed(t, c, "households", clear)
		if len(homes) != len(all)+1 {
			t.Fatalf("%d households exported, %d listed", len(homes)-1, len(all))
		}
		for i, row := range all {
			if got := strings.Join(homes[i+1], "|"); got != strings.Join(row, "|") {
				t.Errorf("household %d: %s, listed %s", i+1, got, strings.Join(row, "|"))
			}
		}
		for _, s := range []string{"List version: 1, draft", "Red when it was frozen", "reason of why-unjudged", "people.csv (SHA-256)"} {
			if !strings.Contains(files["about.txt"], s) {
				t.Errorf("about.txt does not say %q", s)
			}
		}
	}
	for _, format := range []string{"xlsx", "pdf"} {
		w := post(t, h, at+"/export", url.Values{"format": {format}}, "X-Shown", "version:1")
		want(t, w, http.StatusOK)
		if w.Body.Len() < 5000 {
			t.Errorf("%s of %d bytes", format, w.Body.Len())
		}
	}
	want(t, post(t, h, at+"/export", url.Values{"format": {"exe"}}), http.StatusUnprocessableEntity, "Choose a form")
}
