package review

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// town makes three people of two councils by hand, on either database: one of
// RBKC, one of WCC, one of both, all at one address, and somebody sealed there.
func town(t *testing.T, c *sweep.Case) {
	t.Helper()
	person := func(id, name, controller, band, lane, signals string, place, sealed int) string {
		return fmt.Sprintf(`INSERT INTO person (id, registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased, severity, band,
			lane, place, signals, categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller, safe_contact, sealed, reasons, still_held, ward)
			VALUES ('%s', '[["HOUSING-RBKC","RREF%d"],["CTAX-WCC","WREF%d"]]', '%s', '1980-02-03', '', '1 Test Street', 'ZZ99 1AA', 'H1', 'strong', 995000, 'subject', 'resident', 'no', 400,
			'%s', '%s', %d, '%s', 'basic identifiers', 'name;nino', 0, 0, 1, 0, 'files', '%s.txt', '%s', 'not-assessed', %d, '', '', '')`,
			id, place, place, name, band, lane, place, signals, id, controller, sealed)
	}
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{
			"INSERT INTO exhibit (id, name, path, origin, holder, taken, digest) VALUES (1, 'files', '/x', '', '', 'likely', '')",
			person("PAAAAAAAAAAAA", "=Ada Onlyrbkc", "RBKC", "high", "safety", "domestic_abuse", 1, 0),
			person("PBBBBBBBBBBBB", "Bert Onlywcc", "WCC", "low", "other", "", 2, 0),
			person("PCCCCCCCCCCCC", "Cleo Shared", "RBKC;WCC", "medium", "fraud", "", 3, 0),
			person("PDDDDDDDDDDDD", "Dora Sealedone", "RBKC", "very-high", "safety", "protected_person", 4, 1),
			"INSERT INTO household (id, uprn, address, postcode, band, items, controller) VALUES ('H1', '', '1 Test Street', 'ZZ99 1AA', 'very-high', 4, 'RBKC;WCC')",
			"INSERT INTO redirect (old, new_, why) VALUES ('PEEEEEEEEEEEE', 'PDDDDDDDDDDDD', 'merged')",
		} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		for i, one := range [][2]string{{"PAAAAAAAAAAAA", "RBKC"}, {"PBBBBBBBBBBBB", "WCC"}, {"PCCCCCCCCCCCC", "RBKC"}, {"PCCCCCCCCCCCC", "WCC"}, {"PDDDDDDDDDDDD", "RBKC"}} {
			if _, err := tx.Exec("INSERT INTO person_council (person, council) VALUES (?, ?)", one[0], one[1]); err != nil {
				return err
			}
			if i == 3 {
				continue
			}
			if _, err := tx.Exec("INSERT INTO resident (household, person) VALUES ('H1', ?)", one[0]); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO mention (document, ordinal, mark, data) VALUES (?, 1, ?, ?)", i+1, fmt.Sprintf("M%d", i), []byte{}); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO link (document, ordinal, person, household, posterior, weight, levels, rivals, decided) VALUES (?, 1, ?, '', 995000, 1, ?, '[]', '')", i+1, one[0], []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exported is an export as a reader has it: the text of every form.
func exported(t *testing.T, h http.Handler, at, format string, headers ...string) string {
	t.Helper()
	form := url.Values{"format": {format}}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "council" {
			form.Set("council", headers[i+1])
		}
	}
	w := post(t, h, at+"/export", form, headers...)
	want(t, w, http.StatusOK)
	return unpacked(t, w)
}

// unpacked is what an answer says, whatever its form: a ZIP file or XLSX unpacked.
func unpacked(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	if err != nil {
		return w.Body.String()
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&all, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// never fails if a text holds any of some words.
func never(t *testing.T, what, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%s holds %q", what, word)
		}
	}
}

const clearShown = "version:1"

// TestExportsShowNobodyElse asks every form of export for what must not be in it,
// on both databases: sealed people, and those of another council.
func TestExportsShowNobodyElse(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		_, h := testRoom(t, Deps{Case: c})
		at := freezeNow(t, h)
		sealed := []string{"PDDDDDDDDDDDD", "Sealedone", "PEEEEEEEEEEEE", "very-high"}
		for _, format := range []string{"csv", "xlsx"} {
			whole := exported(t, h, at, format, "X-Shown", clearShown)
			never(t, format+" of all", whole, sealed...)
			for _, name := range []string{"Onlyrbkc", "Onlywcc", "Shared", "RREF1", "WREF1"} {
				if !strings.Contains(whole, name) {
					t.Errorf("%s of all lacks %q", format, name)
				}
			}
			never(t, format+" opened", exported(t, h, at, format, "X-Shown", clearShown, "X-Opened", "PDDDDDDDDDDDD"), sealed...)
			for _, mine := range [][]string{{"X-Councils", "RBKC"}, {"council", "RBKC"}} {
				own := exported(t, h, at, format, append(mine, "X-Shown", clearShown)...)
				never(t, format+" of RBKC", own, append(sealed, "Onlywcc", "PBBBBBBBBBBBB", ";WCC", "WREF3", "PCCCCCCCCCCCC.txt")...)
				if !strings.Contains(own, "Onlyrbkc") || !strings.Contains(own, "Shared") || !strings.Contains(own, "RREF3") {
					t.Errorf("%s of RBKC lacks its own people", format)
				}
			}
			masked := exported(t, h, at, format)
			never(t, format+" masked", masked, "Onlyrbkc", "Onlywcc", "Shared", "1 Test Street", "ZZ99 1AA", "1980-02", "RREF1", "PAAAAAAAAAAAA.txt")
		}
		people := readCSV(t, unzip(t, post(t, h, at+"/export", url.Values{"format": {"csv"}}, "X-Shown", clearShown, "X-Councils", "WCC"))["people.csv"])
		if len(people) != 3 || people[1][17] != "1" || people[2][17] != "2" {
			t.Errorf("priority is not numbered over the rows printed: %v", people)
		}
		homes := readCSV(t, unzip(t, post(t, h, at+"/export", url.Values{"format": {"csv"}}, "X-Councils", "WCC"))["households.csv"])
		if len(homes) != 2 || homes[1][4] != "PBBBBBBBBBBBB;PCCCCCCCCCCCC" || homes[1][5] != "medium" || homes[1][6] != "2" || homes[1][7] != "WCC" {
			t.Errorf("the household of WCC: %v", homes)
		}
		want(t, post(t, h, at+"/export", url.Values{"format": {"csv"}, "council": {"WCC"}}, "X-Councils", "RBKC"), http.StatusNotFound)
		whole := exported(t, h, at, "csv", "X-Shown", clearShown)
		if !strings.Contains(whole, "'=Ada Onlyrbkc") {
			t.Error("a formula is not defused in CSV")
		}
	})
}

// TestVersionPagesShowNobodyElse: pages, counts and differences of a version
// leave out sealed people and those of other councils, also who was sealed after.
func TestVersionPagesShowNobodyElse(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		_, h := testRoom(t, Deps{Case: c})
		at := freezeNow(t, h)
		want(t, post(t, h, "/article34/groups", url.Values{"title": {"all"}, "judged": {"open"}, "deceased": {"any"}}), http.StatusSeeOther)
		want(t, post(t, h, "/article34/groups", url.Values{"title": {"danger"}, "lane": {"safety"}, "judged": {"open"}, "deceased": {"any"}}), http.StatusSeeOther)
		want(t, post(t, h, "/article34/groups/2/decide", url.Values{"version": {"1"}, "decision-2": {"tell-now"}, "why-2": {"danger"}}), http.StatusSeeOther)
		want(t, get(t, h, at+".json"), http.StatusOK, `"people":3,"households":1`)
		want(t, get(t, h, "/article34.json"), http.StatusOK, `"people":3`, `{"decision":"tell-now","n":1},{"decision":"not-decided","n":2},{"decision":"","n":0}`, `"in_several_groups":1`)
		want(t, get(t, h, "/article34.json", "X-Councils", "WCC"), http.StatusOK, `"people":2`, `{"decision":"not-decided","n":2},{"decision":"","n":0}`, `"in_several_groups":0`)
		want(t, get(t, h, at+".json", "X-Councils", "WCC"), http.StatusOK, `"people":2,"households":1`, `"sealed":""`)
		pages := []string{at, at + "/people", "/article34", "/versions", "/statements/list?version=1", "/statements/coverage?version=1", "/statements/method?version=1", "/told", at + "/export"}
		for _, page := range pages {
			never(t, page, get(t, h, page, "X-Councils", "WCC", "X-Shown", clearShown).Body.String(), "Onlyrbkc", "PAAAAAAAAAAAA", "PDDDDDDDDDDDD", "Sealedone", "1 person in the safety lane")
			never(t, page, get(t, h, page, "X-Shown", clearShown).Body.String(), "PDDDDDDDDDDDD", "Sealedone")
		}

		write := func(q string) {
			if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(q); return err }); err != nil {
				t.Fatal(err)
			}
		}
		write("UPDATE person SET sealed = 1 WHERE id = 'PAAAAAAAAAAAA'") // sealed after the list was frozen
		for _, page := range append(pages, "/versions.csv") {
			never(t, page+" after", get(t, h, page, "X-Shown", clearShown).Body.String(), "Onlyrbkc", "PAAAAAAAAAAAA")
		}
		want(t, get(t, h, at+".json"), http.StatusOK, `"people":2,"households":1`)
		want(t, get(t, h, "/article34.json"), http.StatusOK, `"people":2`, `{"decision":"not-decided","n":2},{"decision":"","n":0}`, `"in_several_groups":0`)
		for _, format := range []string{"csv", "xlsx"} {
			never(t, format+" after", exported(t, h, at, format, "X-Shown", clearShown), "Onlyrbkc", "PAAAAAAAAAAAA")
		}
		homes := readCSV(t, unzip(t, post(t, h, at+"/export", url.Values{"format": {"csv"}}))["households.csv"])
		if len(homes) != 2 || homes[1][5] != "medium" || homes[1][6] != "2" || homes[1][7] != "RBKC;WCC" {
			t.Errorf("the household after: %v", homes)
		}
		second := freezeNow(t, h)
		never(t, "diff", get(t, h, second+"/diff?what=left").Body.String(), "PAAAAAAAAAAAA", "Left: 1")
		write("UPDATE person SET band = 'high', controller = 'WCC' WHERE id = 'PCCCCCCCCCCCC'")
		write("DELETE FROM person_council WHERE person = 'PCCCCCCCCCCCC' AND council = 'RBKC'")
		third := freezeNow(t, h)
		want(t, get(t, h, third+"/diff?what=changed&with=1"), http.StatusOK, "Changed: 1", "Severity: high, was medium")
		want(t, get(t, h, third+"/diff?what=left&with=1", "X-Councils", "RBKC"), http.StatusOK, "Left: 1", "Added: 0", "Fraud, medium")
	})
}

// TestToldAlarm: whoever was told raises an alarm when they leave the list, and
// when they stand worse on it, until somebody answers.
func TestToldAlarm(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		m, h := testRoom(t, Deps{Case: c})
		write := func(q string) {
			t.Helper()
			if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(q); return err }); err != nil {
				t.Fatal(err)
			}
		}
		for i, id := range []string{"PAAAAAAAAAAAA", "PBBBBBBBBBBBB", "PDDDDDDDDDDDD"} {
			write(fmt.Sprintf(`INSERT INTO review_call (id, thing, at, caller, caller_name, route, outcome, note, kept, withdrawn, withdrawn_why)
				VALUES (%d, 'person:%s', 5, 'u1', 'One', 'phone', 'told', '', 5, 0, '')`, i+1, id))
		}
		if err := m.markTold(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l := lastLeaf(t, c); l.Verb != "mark-told" || l.Rows != 3 || l.Actor != "reeve" {
			t.Errorf("leaf %+v", l)
		}
		want(t, get(t, h, "/told"), http.StatusOK, "Nobody who was told has left")
		write("UPDATE person SET band = 'high', lane = 'safety' WHERE id = 'PBBBBBBBBBBBB'")
		write("DELETE FROM person WHERE id IN ('PAAAAAAAAAAAA', 'PDDDDDDDDDDDD')")
		write("INSERT INTO redirect (old, new_, why) VALUES ('PDDDDDDDDDDDD', 'PFFFFFFFFFFFF', 'merged')")
		write("UPDATE person SET id = 'PFFFFFFFFFFFF', sealed = 1 WHERE id = 'PCCCCCCCCCCCC'") // who was sealed stays so under another id
		w := get(t, h, "/told")
		want(t, w, http.StatusOK, "Was told and stands on no list any more", "severity now high, was low", "ane now Safety, was Other")
		never(t, "told", w.Body.String(), "PDDDDDDDDDDDD", "PFFFFFFFFFFFF")
		want(t, get(t, h, "/"), http.StatusOK, "2 people told before: off the list now")
		w = get(t, h, "/told", "X-Councils", "WCC")
		want(t, w, http.StatusOK, "PBBBBBBBBBBBB")
		never(t, "told of WCC", w.Body.String(), "PAAAAAAAAAAAA")

		want(t, post(t, h, "/told/PBBBBBBBBBBBB", url.Values{}), http.StatusUnprocessableEntity, "Say what was done about it")
		want(t, post(t, h, "/told/PBBBBBBBBBBBB", url.Values{"why-PBBBBBBBBBBBB": {"called again"}}), http.StatusSeeOther)
		want(t, post(t, h, "/told/PAAAAAAAAAAAA", url.Values{"why-PAAAAAAAAAAAA": {"x"}}, "X-Councils", "WCC"), http.StatusNotFound)
		want(t, get(t, h, "/told"), http.StatusOK, "called again", "Was told and stands on no list any more")
		want(t, get(t, h, "/"), http.StatusOK, "1 person told before: off the list now")
	})
}
