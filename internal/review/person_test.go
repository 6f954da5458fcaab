package review

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// somebody gives the people of a case as a visitor with a scope sees them.
func somebody(t testing.TB, c *sweep.Case, s sweep.Scope) []sweep.PersonLine {
	t.Helper()
	page, err := c.People(t.Context(), sweep.PeopleQuery{Scope: s, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.People) == 0 {
		t.Fatal("nobody was found")
	}
	return page.People
}

// sealedPerson gives somebody whose record is sealed, with the documents in
// which they are.
func sealedPerson(t testing.TB, c *sweep.Case) (id string, items []int64) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		if err := tx.One([]any{&id}, "SELECT id FROM case_people WHERE sealed = 1 AND items > 0 ORDER BY id"); err != nil {
			return err
		}
		return tx.Each(func(row db.Row) error {
			var item int64
			err := row.Scan(&item)
			items = append(items, item)
			return err
		}, "SELECT i.id FROM case_sealed_documents s JOIN case_items i ON i.document = s.document WHERE s.person = ? ORDER BY i.id", id)
	})
	if err != nil {
		t.Fatalf("no sealed person in the planted council: %v", err)
	}
	return id, items
}

// verbs gives the verbs on an object in the record, oldest first.
func verbs(t testing.TB, c *sweep.Case, object string) (all []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		lines, err := record.Lines(tx, 0, 10_000)
		for _, l := range lines {
			if l.Object == object {
				all = append(all, l.Verb)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPeopleList(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	all := somebody(t, c, sweep.Scope{})
	body := get(t, h, "/people").Body.String()
	if !strings.Contains(body, all[0].ID) || strings.Contains(body, all[0].Name.Reveal()) {
		t.Error("the first person is missing, or in clear")
	}
	for _, c := range []struct{ name, value string }{{"lane", all[0].Lane}, {"band", all[0].Band}, {"tier", all[0].Tier}, {"text", all[0].Name.Reveal()}} {
		w := get(t, h, "/people.json?"+url.Values{c.name: {c.value}}.Encode())
		want(t, w, http.StatusOK, all[0].ID)
		var page struct{ People []sweep.PersonLine }
		_ = json.Unmarshal(w.Body.Bytes(), &page)
		for _, p := range page.People {
			if c.name == "lane" && p.Lane != c.value || c.name == "band" && p.Band != c.value || c.name == "tier" && p.Tier != c.value {
				t.Errorf("filter %s=%s lets through %s", c.name, c.value, p.ID)
			}
		}
	}
	want(t, get(t, h, "/people.csv"), http.StatusOK, "person,name,date_of_birth", all[0].ID)
	want(t, get(t, h, "/people?lane=nonsense"), http.StatusOK, "Nobody fits")
	want(t, get(t, h, "/people?after=nonsense"), http.StatusBadRequest)
}

// TestPeoplePages: every person is on exactly one page.
func TestPeoplePages(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	seen := make(map[string]int)
	for path := "/people.json"; path != ""; {
		var page struct {
			People []struct{ ID string }
			Next   string
		}
		if err := json.Unmarshal(get(t, h, path).Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for _, p := range page.People {
			seen[p.ID]++
		}
		path = strings.Replace(page.Next, "/people?", "/people.json?", 1)
	}
	var open int
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&open}, "SELECT COUNT(*) FROM case_people WHERE sealed = 0")
	}); err != nil {
		t.Fatal(err)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s stands on %d pages", id, n)
		}
	}
	if len(seen) != open {
		t.Errorf("%d people on the pages, want %d", len(seen), open)
	}
}

func TestPersonMaskedAndRevealed(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	p := somebody(t, c, sweep.Scope{})[0]
	full, err := c.Person(t.Context(), p.ID, sweep.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	masked := get(t, h, personPath(p.ID))
	want(t, masked, http.StatusOK, "Who it is", "Safe contact", "The evidence", "What speaks for and against", "Show personal values", `action="/reveal"`, "Stop")
	secrets := []string{p.Name.Reveal(), full.Address.Reveal()}
	for _, l := range full.Links {
		for _, f := range passagesOf(l) {
			if reeve.Kind(f.Kind) == reeve.KindNINO || reeve.Kind(f.Kind) == reeve.KindName {
				secrets = append(secrets, f.Value.Reveal())
			}
		}
	}
	for _, form := range []string{"", ".json"} {
		body := get(t, h, personPath(p.ID)+form).Body.String()
		for _, s := range secrets {
			if s != "" && strings.Contains(body, s) {
				t.Errorf("%q: a value stands there in clear", form)
			}
		}
	}
	shown := get(t, h, personPath(p.ID), "X-Shown", "person:"+p.ID)
	want(t, shown, http.StatusOK, p.Name.Reveal(), "<mark>", "reeve-text")
	denied := get(t, h, personPath(p.ID), "X-Shown", "person:"+p.ID, "X-Deny", "see-personal")
	if strings.Contains(denied.Body.String(), p.Name.Reveal()) {
		t.Error("a role without the right sees values by a grant")
	}
	if n := shown.Body.Len(); n > 90_000 {
		t.Errorf("the page weighs %d bytes", n)
	}
}

func passagesOf(l sweep.LinkView) (all []sweep.FoundView) {
	for _, p := range l.Passages {
		all = append(all, p.Found...)
	}
	return all
}

// TestHiddenPeopleAnswerAlike: a sealed person, one of another council and one
// who is not there give the same answer, byte for byte, on every address, in
// every form.
func TestHiddenPeopleAnswerAlike(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	sealed, _ := sealedPerson(t, c)
	open := somebody(t, c, sweep.Scope{})[0].ID
	const nobody = "PAAAAAAAAAAAA"
	form := url.Values{"what": {"same"}, "other": {open}, "reason": {"x"}, "decision": {"1"}, "thing": {"person:" + nobody}, "why": {"risk"}, "back": {"/"}}
	asks := map[string]func(id string, headers ...string) (int, string, http.Header){
		"page": func(id string, headers ...string) (int, string, http.Header) {
			w := get(t, h, "/people/"+id, headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"json": func(id string, headers ...string) (int, string, http.Header) {
			w := get(t, h, "/people/"+id+".json", headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"csv": func(id string, headers ...string) (int, string, http.Header) {
			w := get(t, h, "/people/"+id+".csv", headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"stop form": func(id string, headers ...string) (int, string, http.Header) {
			w := get(t, h, "/stop?thing=person:"+id, headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"stop": func(id string, headers ...string) (int, string, http.Header) {
			form := url.Values{"thing": {"person:" + id}, "why": {"risk"}, "back": {"/"}}
			w := post(t, h, "/stop", form, headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"decide": func(id string, headers ...string) (int, string, http.Header) {
			w := post(t, h, "/people/"+id+"/decide", form, headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"undo": func(id string, headers ...string) (int, string, http.Header) {
			w := post(t, h, "/people/"+id+"/undo", form, headers...)
			return w.Code, w.Body.String(), w.Header()
		},
		"decide on": func(id string, headers ...string) (int, string, http.Header) {
			form := url.Values{"what": {"same"}, "other": {id}, "reason": {"x"}}
			w := post(t, h, "/people/"+open+"/decide", form, headers...)
			return w.Code, strings.ReplaceAll(w.Body.String(), id, "ID"), w.Header()
		},
		"household": func(id string, headers ...string) (int, string, http.Header) {
			w := get(t, h, "/households/H"+id[1:], headers...)
			return w.Code, w.Body.String(), w.Header()
		},
	}
	for name, ask := range asks {
		code, body, header := ask(nobody)
		if code != http.StatusNotFound && name != "decide on" {
			t.Errorf("%s: nobody answers %d", name, code)
		}
		for who, headers := range map[string][]string{"sealed": nil, "sealed, another opened": {"X-Opened", nobody}} {
			c2, b2, h2 := ask(sealed, headers...)
			if c2 != code || strings.ReplaceAll(b2, sealed, "ID") != strings.ReplaceAll(body, nobody, "ID") || len(h2) != len(header) {
				t.Errorf("%s: %s answers %d and %q, nobody %d and %q", name, who, c2, head(b2), code, head(body))
			}
		}
		if name == "decide on" {
			continue // from another council the page itself is not there
		}
		c3, b3, _ := ask(open, "X-Councils", "ELSEWHERE")
		if c3 != code || strings.ReplaceAll(b3, open, "ID") != strings.ReplaceAll(body, nobody, "ID") {
			t.Errorf("%s: another council's person answers %d, nobody %d: %s", name, c3, code, head(b3))
		}
	}
	for _, path := range []string{"/people.json", "/people.csv", "/people?text=" + sealed, "/stops.json?all=1"} {
		if strings.Contains(strings.ReplaceAll(get(t, h, path).Body.String(), "text="+sealed, ""), sealed) && !strings.Contains(path, sealed) {
			t.Errorf("%s names a sealed person", path)
		}
	}
}

// TestSealedOpened: a person opened to a visitor is there for them, and every
// showing is a leaf of the record.
func TestSealedOpened(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id, _ := sealedPerson(t, c)
	want(t, get(t, h, personPath(id), "X-Opened", id), http.StatusOK, "Sealed, opened to you")
	if got := verbs(t, c, "sealed"); !slices.Equal(got, []string{"read-sealed"}) || !strings.Contains(lastLeaf(t, c).Line, id) {
		t.Errorf("on record: %v", got)
	}
	get(t, h, personPath(id))
	if got := verbs(t, c, "sealed"); len(got) != 1 {
		t.Errorf("a refused look is on record as one that was given: %v", got)
	}
}

// TestBundleNamesNobodySealed: what goes out to those who check the record does
// not tell who is sealed, or was looked at.
func TestBundleNamesNobodySealed(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id, _ := sealedPerson(t, c)
	want(t, get(t, h, personPath(id), "X-Opened", id), http.StatusOK)
	want(t, get(t, h, "/people", "X-Opened", id), http.StatusOK)
	key, err := c.Signer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range []bool{false, true} {
		var out strings.Builder
		if _, err := record.Bundle(t.Context(), &out, c.DB, key, record.BundleOptions{Lines: lines}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "read-sealed") || strings.Contains(out.String(), id) != lines {
			t.Errorf("a bundle with lines %v: the person is named %v", lines, strings.Contains(out.String(), id))
		}
	}
}

// TestSpecialIsOnRecordOnce: reading special categories in clear is one leaf for
// each grant, however often the page is loaded.
func TestSpecialIsOnRecordOnce(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	people := somebody(t, c, sweep.Scope{})
	at := slices.IndexFunc(people, func(p sweep.PersonLine) bool { return hasSpecial(p.Categories) })
	plain := slices.IndexFunc(people, func(p sweep.PersonLine) bool { return !hasSpecial(p.Categories) })
	if at < 0 || plain < 0 {
		t.Fatal("the planted council has nobody with, or nobody without, special categories")
	}
	for _, i := range []int{at, plain} {
		thing := "person:" + people[i].ID
		get(t, h, personPath(people[i].ID))
		get(t, h, personPath(people[i].ID), "X-Shown", thing)
		get(t, h, personPath(people[i].ID), "X-Shown", thing)
		got := verbs(t, c, thing)
		if i == at && !slices.Equal(got, []string{"read-special"}) || i == plain && len(got) != 0 {
			t.Errorf("%s: on record %v", people[i].ID, got)
		}
	}
}

func TestHousehold(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	var id string
	for _, p := range somebody(t, c, sweep.Scope{}) {
		full, err := c.Person(t.Context(), p.ID, sweep.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if full.Household != nil {
			id = full.Household.ID
			break
		}
	}
	if id == "" {
		t.Fatal("nobody has a household")
	}
	v, err := c.Household(t.Context(), id, sweep.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	w := get(t, h, "/households/"+id)
	want(t, w, http.StatusOK, "People linked to this address", v.People[0].ID)
	if a := v.Address.Reveal(); a != "" && strings.Contains(w.Body.String(), a) {
		t.Error("the address stands there in clear")
	}
	if a := v.Address.Reveal(); a != "" {
		want(t, get(t, h, "/households/"+id, "X-Shown", "household:"+id), http.StatusOK, a)
	}
	want(t, get(t, h, "/households/"+id+".csv"), http.StatusOK, "household,person")
	want(t, get(t, h, "/households/HAAAAAAAAAAAA"), http.StatusNotFound)
	want(t, get(t, h, "/households/"+id, "X-Councils", "ELSEWHERE"), http.StatusNotFound)
}

func TestSteps(t *testing.T) {
	got := fieldSteps([]sweep.FieldBits{{Field: "prior", Bits: -1800}, {Field: "name", Bits: 900}, {Field: "born", Bits: 3}, {Field: "other", Bits: 0}})
	for i, want := range []fieldStep{
		{Field: "Before comparing", Factor: "260,000 times less likely", Against: true, X: 0, W: 100},
		{Field: "Name", Factor: "510 times as likely", X: 100, W: 50},
		{Field: "Date of birth or age", Factor: "1.0 times as likely", X: 100, W: 1},
		{Field: "Other", Factor: "no change", X: 100, W: 0},
	} {
		if got[i] != want {
			t.Errorf("step %d: %+v, want %+v", i, got[i], want)
		}
	}
	for bits, want := range map[int32]string{2300: "8 million times", 3200: "4 thousand million times", 5000: "more than a million million times"} {
		if got := times(bits); got != want {
			t.Errorf("%d: %q, want %q", bits, got, want)
		}
	}
}

// TestNothingIsOnlyHistorical: whatever the dates, no sentence plays them down.
func TestNothingIsOnlyHistorical(t *testing.T) {
	for _, p := range []sweep.PersonView{
		{}, {PersonLine: sweep.PersonLine{DataFrom: "1998", DataTo: "2001", StillHeld: []string{"name", "address"}}}, {PersonLine: sweep.PersonLine{DataTo: "2024-02"}},
		{PersonLine: sweep.PersonLine{Items: 3, Incomplete: 1}},
	} {
		f := factsOf(&p)
		for _, s := range []string{f.Dates, f.Current, f.Whole, f.Sure, f.Age} {
			lower := strings.ToLower(s)
			if strings.Contains(lower, "historic") || strings.Contains(lower, "only old") || strings.Contains(lower, "confirmed") || strings.Contains(lower, "not affected") {
				t.Errorf("it says: %s", s)
			}
		}
	}
}

// TestCouncils: each council stands once, on both databases.
func TestCouncils(t *testing.T) {
	eachSwept(t, map[string]string{"a.txt": adaForm}, func(t *testing.T, c *sweep.Case) {
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			got, err := councilsOf(tx)
			if !slices.Equal(got, []string{"NVB"}) {
				t.Errorf("councils %v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
