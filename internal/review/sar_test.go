package review

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestSarTemplateFitsItsView(t *testing.T) { webtest.CheckPages(t, sarPage) }

// shared finds somebody in whose passages a value of somebody else stands that is
// nowhere else in their pack.
func shared(t *testing.T, c *sweep.Case) (person string, passage int, other sweep.FoundView, document int64, value string) {
	t.Helper()
	var ids []string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		ids, err = db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) }, "SELECT id FROM case_people WHERE sealed = 0 ORDER BY place")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		var own, texts strings.Builder
		n, value := 0, ""
		err := c.Subject(t.Context(), id, sweep.Scope{}, func(p sweep.SubjectPassage) error {
			n++
			texts.WriteString(p.Text.Reveal())
			for _, f := range p.Own {
				own.WriteString(f.Value.Reveal() + "\n")
			}
			for _, f := range p.Others {
				if f.Kind == string(reeve.KindNINO) && value == "" && len(p.Row) == 0 {
					other, document, passage, value = f, p.Document, n, p.Text.Slice(int(f.First), int(f.Last)).Reveal()
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if value != "" && n <= sarOnPage && strings.Count(texts.String(), value) == 1 && !strings.Contains(own.String(), value) {
			return id, passage, other, document, value
		}
	}
	t.Skip("nobody in the planted council shares a passage with somebody else’s National Insurance number")
	return "", 0, other, 0, ""
}

// TestSarWithholdsOthers: the pack of a person holds what is theirs and nothing of
// others but what was released, each with its reason.
func TestSarWithholdsOthers(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id, passage, other, document, value := shared(t, c)
	at, clear := "/people/"+id+"/sar", "person:"+id
	want(t, get(t, h, at), http.StatusOK, "What is held of this person", "ask to see them first", "What was found of others here")
	never(t, "the page, masked", get(t, h, at).Body.String(), value)
	want(t, post(t, h, at+"/pack", url.Values{}), http.StatusForbidden)
	pack := func() string {
		w := post(t, h, at+"/pack", url.Values{}, "X-Shown", clear)
		want(t, w, http.StatusOK)
		files := unzip(t, w)
		if len(files) != 2 || !strings.HasPrefix(files["what-was-found.pdf"], "%PDF") {
			t.Fatalf("%d files", len(files))
		}
		if l := lastLeaf(t, c); l.Verb != "export" || l.Object != clear || len(l.Digest) != 64 || l.Rows == 0 {
			t.Errorf("leaf %+v", l)
		}
		return files["what-was-found.html"]
	}
	page := pack()
	never(t, "the pack", page, value)
	if !strings.Contains(page, withheld) || !strings.Contains(page, "What is held of you") {
		t.Error("the pack does not say that something is withheld")
	}
	form := url.Values{"document": {fmt.Sprint(document)}, "n": {fmt.Sprint(other.N)}, "passage": {fmt.Sprint(passage)}}
	want(t, post(t, h, at+"/release", form), http.StatusUnprocessableEntity, "Say why this may be shown")
	form.Set(fmt.Sprintf("why-%d-%d", passage, other.N), "they agreed in writing")
	want(t, post(t, h, at+"/release", form), http.StatusSeeOther)
	if l := lastLeaf(t, c); l.Verb != "release" || l.Object != clear {
		t.Errorf("leaf %+v", l)
	}
	want(t, post(t, h, at+"/release", form), http.StatusConflict)
	want(t, get(t, h, at), http.StatusOK, "they agreed in writing")
	if !strings.Contains(pack(), value) {
		t.Error("what was released is not in the pack")
	}
	want(t, post(t, h, at+"/withhold", form), http.StatusSeeOther)
	never(t, "the pack, withheld again", pack(), value)
	form.Set("n", "999999")
	want(t, post(t, h, at+"/release", form), http.StatusNotFound)
}

// TestSarOfNobody: sealed people, unknown ones and those of another council answer
// alike.
func TestSarOfNobody(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	sealed, open := "", ""
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		if err := tx.One([]any{&sealed}, "SELECT id FROM case_people WHERE sealed = 1 ORDER BY id LIMIT 1"); err != nil {
			return err
		}
		return tx.One([]any{&open}, "SELECT id FROM case_people WHERE sealed = 0 ORDER BY id LIMIT 1")
	})
	if err != nil {
		t.Fatal(err)
	}
	unknown := get(t, h, "/people/PAAAAAAAAAAAA/sar")
	want(t, unknown, http.StatusNotFound)
	for _, w := range []string{sealed, open} {
		headers := []string{"X-Councils", "NOWHERE"}
		got := get(t, h, "/people/"+w+"/sar", headers...)
		want(t, got, http.StatusNotFound)
	}
	want(t, get(t, h, "/people/"+sealed+"/sar"), http.StatusNotFound)
	want(t, post(t, h, "/people/"+sealed+"/sar/pack", url.Values{}, "X-Shown", "person:"+sealed), http.StatusNotFound)
	want(t, get(t, h, "/people/"+sealed+"/sar", "X-Opened", sealed), http.StatusOK)
	if l := lastLeaf(t, c); l.Verb != "read-sealed" {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, "/people/"+open+"/sar", "X-Deny", "export"), http.StatusForbidden)
}

// TestSarHidesWhoIsSealed: in no pack of anybody stands a value that was found of
// a sealed person alone, nor the name of the document that tells of them.
func TestSarHidesWhoIsSealed(t *testing.T) {
	c := testCase(t)
	secret := make(map[string]bool)
	var ids []string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		ids, err = db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) },
			"SELECT DISTINCT l.person FROM case_links l JOIN case_people p ON p.id = l.person AND p.sealed = 0 WHERE l.document IN (SELECT document FROM case_sealed_documents) ORDER BY l.person")
		if err != nil {
			return err
		}
		return tx.Each(func(row db.Row) error {
			var value string
			err := row.Scan(&value)
			secret[value] = true
			return err
		}, `SELECT DISTINCT f.value FROM case_findings f JOIN case_people p ON p.id = f.person AND p.sealed = 1 WHERE f.kind IN ('nino', 'nhs_number', 'name')
			AND NOT EXISTS (SELECT 1 FROM case_findings g WHERE g.value = f.value AND g.person <> f.person)`)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 || len(secret) == 0 {
		t.Skip("nobody in the planted council stands beside somebody sealed")
	}
	for _, id := range ids {
		err := c.Subject(t.Context(), id, sweep.Scope{}, func(p sweep.SubjectPassage) error {
			e := entryOf(&p, nil)
			for value := range secret {
				if len(value) > 5 && (strings.Contains(e.text, value) || strings.Contains(fmt.Sprint(e.cells), value)) {
					t.Errorf("the pack of %s holds a value of somebody sealed", id)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestBlotted(t *testing.T) {
	for _, c := range []struct {
		text        string
		others, own []stretch
		want        string
	}{
		{"Ann and Bert", []stretch{{8, 12}}, nil, "Ann and " + withheld},
		{"Ann and Bert", []stretch{{0, 12}}, []stretch{{0, 3}}, "Ann" + withheld},
		{"Ann", []stretch{{-5, 99}}, nil, withheld},
		{"é!", []stretch{{1, 2}}, nil, withheld + "!"},
		{"", []stretch{{0, 1}}, nil, ""},
	} {
		got := blotted(reeve.Private(sweep.KindText, c.text), c.others, c.own)
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
