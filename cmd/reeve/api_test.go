package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// mustNotLeak is what no answer to a program may hold: the ids of sealed people,
// and values of some kinds that are told apart from everything else.
func mustNotLeak(t *testing.T, dir string) (sealed, values []string) {
	t.Helper()
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	text := func(row db.Row) (s string, err error) { return s, row.Scan(&s) }
	err = kase.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		if sealed, err = db.All(tx, text, "SELECT id FROM case_people WHERE sealed = 1"); err == nil {
			values, err = db.All(tx, text, `SELECT DISTINCT value FROM case_findings WHERE kind IN ('nino', 'nhs_number', 'iban', 'payment_card', 'passport') AND value <> ''
				UNION SELECT name FROM case_people WHERE sealed = 1 AND name LIKE '% %'`)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(sealed) == 0 || len(values) < 20 {
		t.Fatalf("%d sealed people, %d values: too few to tell anything", len(sealed), len(values))
	}
	return sealed, values
}

// TestEveryPageAsJSON asks for every page of the workspace as .json with a
// token, as a program does: what comes is JSON, values are masked, and who is
// sealed is not there.
func TestEveryPageAsJSON(t *testing.T) {
	if testing.Short() {
		t.Skip("a walk through every page takes some seconds")
	}
	dir := smallCase(t)
	sealed, values := mustNotLeak(t, dir)
	w := walker(t, dir)
	answer, err := w.Client.PostForm(w.Base+"/me/tokens", url.Values{"token_name": {"figures"}, "days": {"30"}, "token_password": {"copper lantern willow"}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	token := regexp.MustCompile(`reeve_[A-Za-z0-9_-]{20,}`).Find(page)
	if err != nil || token == nil {
		t.Fatalf("no token was made: status %d, %v", answer.StatusCode, err)
	}
	program := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	asked := 0
	ask := func(path, bearer string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.Base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if bearer != "" {
			r.Header.Set("Authorization", "Bearer "+bearer)
		}
		answer, err := program.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	err = w.Crawl(2, []string{"/assets/", "/sign-out"}, func(g webtest.Got) error {
		path, query, _ := strings.Cut(g.Path, "?")
		if !strings.HasPrefix(g.Type, "text/html") || path == "/" || strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".csv") {
			return nil
		}
		for _, suffix := range []string{".json", ".csv"} {
			code, body := ask(path+suffix+"?"+query, string(token))
			if suffix == ".json" && code == http.StatusOK {
				asked++
				if !json.Valid([]byte(body)) {
					t.Errorf("%s: no JSON: %.80s", path, body)
				}
			}
			if code >= 500 {
				t.Errorf("%s%s: status %d", path, suffix, code)
			}
			for _, id := range sealed {
				if strings.Contains(body, id) {
					t.Errorf("%s%s names a sealed person", path, suffix)
				}
			}
			for _, v := range values {
				if strings.Contains(body, v) {
					t.Errorf("%s%s holds a value in clear", path, suffix)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if asked < 30 {
		t.Errorf("a program was given %d pages alone", asked)
	}
	for _, bearer := range []string{"", "reeve_not-a-token", string(token) + "x"} {
		if code, body := ask("/people.json", bearer); code != http.StatusUnauthorized && code != http.StatusForbidden && code != http.StatusSeeOther || strings.Contains(body, `"people"`) {
			t.Errorf("with %q in the place of a token: status %d", bearer, code)
		}
	}
}
