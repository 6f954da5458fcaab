package review

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// joinPieces puts pieces together again.
func joinPieces(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text.Reveal())
	}
	return b.String()
}

func TestCut(t *testing.T) {
	const text = "Ada Okafor, born 05/03/1980, has asthma."
	at := func(n int64, kind reeve.Kind, s string) sweep.FoundView {
		i := strings.Index(text, s)
		return sweep.FoundView{N: n, Kind: string(kind), Confidence: "B", First: int64(i), Last: int64(i + len(s)), Line: -1, Col: -1}
	}
	for name, c := range map[string]struct {
		found []sweep.FoundView
		want  string
	}{
		"none":    {nil, text},
		"apart":   {[]sweep.FoundView{at(1, reeve.KindName, "Ada Okafor"), at(2, reeve.KindDateOfBirth, "05/03/1980")}, "[f1:Ada Okafor], born [f2:05/03/1980], has asthma."},
		"nested":  {[]sweep.FoundView{at(3, reeve.KindHealth, "born 05/03/1980, has asthma"), at(2, reeve.KindDateOfBirth, "05/03/1980")}, "Ada Okafor, [f3:born ][f2:05/03/1980][:, has asthma]."},
		"overlap": {[]sweep.FoundView{at(1, reeve.KindName, "Ada Okafor, born"), at(2, reeve.KindDateOfBirth, "born 05/03/1980")}, "[f1:Ada Okafor, ][f2:born][: 05/03/1980], has asthma."},
		"same":    {[]sweep.FoundView{at(1, reeve.KindName, "Ada"), at(4, reeve.KindHealth, "Ada")}, "[f1:Ada] Okafor, born 05/03/1980, has asthma."},
		"outside": {[]sweep.FoundView{{N: 9, Kind: "name", First: 35, Last: 99}, {N: 8, Kind: "name", First: -4, Last: 3}, {N: 7, First: 9, Last: 2}}, "[f8:Ada] Okafor, born 05/03/1980, has as[f9:thma.]"},
	} {
		pieces := cut(reeve.Private(sweep.KindText, text), c.found)
		var b strings.Builder
		for _, p := range pieces {
			if p.Marked {
				fmt.Fprintf(&b, "[%s:%s]", p.ID, p.Text.Reveal())
			} else {
				b.WriteString(p.Text.Reveal())
			}
		}
		if b.String() != c.want {
			t.Errorf("%s: %s, want %s", name, b.String(), c.want)
		}
	}
	if got := cut(reeve.Private(sweep.KindText, text), []sweep.FoundView{at(1, reeve.KindName, "Ada"), at(4, reeve.KindHealth, "Ada")}); got[0].Label != "name, B; health, B" {
		t.Errorf("label %q", got[0].Label)
	}
}

func FuzzCut(f *testing.F) {
	f.Add("Ada Okafor\nRenée", int64(0), int64(3), int64(2), int64(9))
	f.Add("", int64(-1), int64(5), int64(9), int64(2))
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int64) {
		got := joinPieces(cut(reeve.Private(sweep.KindText, text), []sweep.FoundView{{N: 1, First: a, Last: b}, {N: 2, First: c, Last: d}}))
		if got != text {
			t.Errorf("pieces of %q make %q", text, got)
		}
	})
}

// ownCase sweeps a folder of a test's own.
func ownCase(t testing.TB, files map[string]string, register string) *sweep.Case {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, "share", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	people := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(people, []byte(register), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := sweep.Make(t.Context(), filepath.Join(dir, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	_, err = c.Sweep(t.Context(), sweep.Options{Council: "NVB", NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, "share")}}, Registers: []sweep.RegisterFlag{{Path: people}}})
	if err == nil {
		err = Migrate(t.Context(), c.DB)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const ownRegister = "source_system,source_person_id,surname,forename,date_of_birth,address_1,postcode,restricted\n" +
	"CRM,1,Okafor,Ada,1980-03-05,4 Weir Street,NV2 1AA,N\nCRM,2,Sealed,Ruth,1990-02-01,9 Quay Road,NV3 5CD,Y\n"

// itemAt gives the number of an item by its path.
func itemAt(t testing.TB, c *sweep.Case, path string) int64 {
	t.Helper()
	var id int64
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&id}, "SELECT id FROM case_items WHERE path = ?", path)
	})
	if err != nil {
		t.Fatalf("item %s: %v", path, err)
	}
	return id
}

func shownItem(id int64) []string { return []string{"X-Shown", fmt.Sprintf("item:%d", id)} }

func TestDocumentMaskedAndRevealed(t *testing.T) {
	c := ownCase(t, map[string]string{
		"letter.txt": "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\nShe has asthma.\n",
		"copy.txt":   "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\nShe has asthma.\n",
	}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "letter.txt")
	path := documentPath(id)
	masked := get(t, h, path)
	want(t, masked, http.StatusOK, "Found on this page", "Date of birth", "line 2", "Copies of the same file", "copy.txt", "Who is in it")
	for _, suffix := range []string{"", ".json", ".csv"} {
		for _, secret := range []string{"Okafor", "05/03/1980", "Weir", "asthma"} {
			if strings.Contains(get(t, h, path+suffix).Body.String(), secret) {
				t.Errorf("%q holds %q in clear", suffix, secret)
			}
		}
	}
	shown := get(t, h, path, shownItem(id)...)
	want(t, shown, http.StatusOK, `<mark id="f`, "date of birth, ", "Ada Okafor", "data-steps", `data-step="next"`)
	if strings.Contains(shown.Body.String(), "Show personal values") {
		t.Error("it asks for what was given")
	}
	if other := get(t, h, path, shownItem(id+1)...); strings.Contains(other.Body.String(), "Okafor") {
		t.Error("the grant of another item shows this one")
	}
	marks := regexp.MustCompile(`<mark id="(f\d+)"`).FindAllStringSubmatch(shown.Body.String(), -1)
	for _, m := range marks {
		if strings.Count(shown.Body.String(), `id="`+m[1]+`"`) != 1 {
			t.Errorf("anchor %s is not there once", m[1])
		}
	}
	want(t, get(t, h, path+"?finding=1", shownItem(id)...), http.StatusOK, `id="f1"`)
	want(t, get(t, h, "/documents/99999"), http.StatusNotFound)
	want(t, get(t, h, "/documents/x"), http.StatusNotFound)
	want(t, get(t, h, path, append(shownItem(id), "X-Deny", "see-personal")...), http.StatusOK, "Found on this page")
}

// TestSealedDocument: the text of a document that holds a sealed person is shown
// to nobody to whom they are not opened, nor is its name.
func TestSealedDocument(t *testing.T) {
	c := ownCase(t, map[string]string{"ruth-sealed.txt": "Name: Ruth Sealed\nDate of birth: 01/02/1990\nAddress: 9 Quay Road, Norvale NV3 5CD\n"}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "ruth-sealed.txt")
	person, _ := sealedPerson(t, c)
	for _, suffix := range []string{"", ".json", ".csv", "?finding=1", "?at=0.0"} {
		body := get(t, h, documentPath(id)+suffix, shownItem(id)...).Body.String()
		for _, secret := range []string{"Ruth", "ruth", "Quay", "1990", person} {
			if strings.Contains(body, secret) {
				t.Errorf("%q tells %q of a sealed person", suffix, secret)
			}
		}
	}
	opened := get(t, h, documentPath(id), append(shownItem(id), "X-Opened", person)...)
	want(t, opened, http.StatusOK, "Ruth Sealed", person)
	if got := verbs(t, c, "sealed"); !slices.Contains(got, "read-sealed") {
		t.Errorf("on record: %v", got)
	}
}

// TestVerdictOnThePage: what holds of a document stands on its page, with the
// form to say something, which leads back there.
func TestVerdictOnThePage(t *testing.T) {
	c := ownCase(t, map[string]string{"form.txt": adaForm}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "form.txt")
	at := verdictPath(aboutDocument, strconv.FormatInt(id, 10))
	want(t, get(t, h, documentPath(id)), http.StatusOK, `id="verdict"`, `action="`+at+`"`, "Keep the verdict")
	w := post(t, h, at, url.Values{"version": {"0"}, "value": {"type:case-record"}, "why": {"a form of the register"}, "back": {documentPath(id)}})
	want(t, w, http.StatusSeeOther)
	if to := w.Header().Get("Location"); to != documentPath(id) {
		t.Errorf("it leads to %q", to)
	}
	want(t, get(t, h, documentPath(id)), http.StatusOK, "A record about somebody")
	if body := get(t, h, documentPath(id), "X-Deny", "judge").Body.String(); strings.Contains(body, "Keep the verdict") {
		t.Error("who may not judge has the form")
	}
}

// TestOtherCouncilsInDocument: what a document says of another council's person
// is not shown to this one.
func TestOtherCouncilsInDocument(t *testing.T) {
	register := "source_system,source_person_id,surname,forename,date_of_birth,address_1,postcode,council_code\n" +
		"CRM,1,Okafor,Ada,1980-03-05,4 Weir Street,NV2 1AA,ONE\nCRM,3,Byrne,Tom,1971-11-09,7 Mill Lane,NV4 2EF,TWO\n"
	c := ownCase(t, map[string]string{"both.txt": "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\n\nName: Tom Byrne\nDate of birth: 09/11/1971\nAddress: 7 Mill Lane, Norvale NV4 2EF\n"}, register)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "both.txt")
	for _, suffix := range []string{"", ".json", ".csv"} {
		body := get(t, h, documentPath(id)+suffix, append(shownItem(id), "X-Councils", "ONE")...).Body.String()
		for _, secret := range []string{"Byrne", "09/11/1971", "Mill Lane"} {
			if strings.Contains(body, secret) {
				t.Errorf("%q tells %q of another council's person", suffix, secret)
			}
		}
	}
	want(t, get(t, h, documentPath(id), append(shownItem(id), "X-Councils", "ONE")...), http.StatusOK, "Ada Okafor")
}

// TestDocumentPages: going on from page to page shows every line once, in
// order; each page weighs little; and every finding can be jumped to.
func TestDocumentPages(t *testing.T) {
	var text, table strings.Builder
	table.WriteString("Reference,Name,Date of birth,Notes\n")
	for i := range 700 {
		fmt.Fprintf(&text, "line %d of the report of the drainage board about culverts and weirs\n", i)
		if i%200 == 7 {
			text.WriteString("Ada Okafor, born 05/03/1980, called.\n")
		}
		fmt.Fprintf(&table, "R%06d,Ada Okafor,05/03/1980,\"said that number %d was fine\"\n", i, i)
	}
	text.WriteString(strings.Repeat("endless ", 9_000)) // one long line
	c := ownCase(t, map[string]string{"long.txt": text.String(), "long.csv": table.String()}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	for _, name := range []string{"long.txt", "long.csv"} {
		id := itemAt(t, c, name)
		want := 700
		seen := make(map[string]int)
		pages := 0
		for at := ""; ; pages++ {
			var v struct {
				Item     struct{ ID int64 }
				Sections []struct {
					Text string
					Rows []struct {
						Cells [][]struct{ Text string }
					}
				}
			}
			path := documentPath(id)
			w := get(t, h, path+".json"+at, shownItem(id)...)
			if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
				t.Fatal(err)
			}
			for _, s := range v.Sections {
				for _, l := range regexp.MustCompile(`line \d+ of`).FindAllString(s.Text, -1) {
					seen[l]++
				}
				for _, r := range s.Rows {
					seen[r.Cells[0][0].Text]++
				}
			}
			html := get(t, h, path+at, shownItem(id)...).Body.String()
			if len(html) > 100_000 {
				t.Errorf("%s%s weighs %d bytes", name, at, len(html))
			}
			if at != "" && !strings.Contains(html, `rel="prev"`) {
				t.Errorf("%s%s has no way back", name, at)
			}
			m := regexp.MustCompile(`href="/documents/\d+(\?at=[\d.]+)" rel="next"`).FindStringSubmatch(html)
			if m == nil {
				break
			}
			at = m[1]
			if pages > 200 {
				t.Fatal("the pages do not end")
			}
		}
		delete(seen, "Reference")
		if len(seen) != want {
			t.Errorf("%s: %d lines were shown, want %d", name, len(seen), want)
		}
		for l, n := range seen {
			if n != 1 {
				t.Errorf("%s: %q was shown %d times", name, l, n)
			}
		}
		for _, n := range everyFinding(t, c, id) {
			if n%397 != 0 {
				continue
			}
			if w := get(t, h, fmt.Sprintf("%s?finding=%d", documentPath(id), n), shownItem(id)...); !strings.Contains(w.Body.String(), fmt.Sprintf(`id="f%d"`, n)) && !covered(t, c, id, n) {
				t.Errorf("%s: finding %d is not on the page that was jumped to", name, n)
			}
		}
	}
}

func everyFinding(t testing.TB, c *sweep.Case, item int64) (all []int64) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
			"SELECT f.n FROM case_findings f JOIN case_items i ON i.document = f.document WHERE i.id = ? ORDER BY f.n", item)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("no findings: %v", err)
	}
	return all
}

// covered reports whether a finding begins where another does, whose anchor
// then stands for both.
func covered(t testing.TB, c *sweep.Case, item, n int64) bool {
	t.Helper()
	var other int64
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&other}, `SELECT COUNT(*) FROM case_findings f JOIN case_items i ON i.document = f.document JOIN case_findings g ON g.document = f.document
			WHERE i.id = ? AND f.n = ? AND g.n <> f.n AND g.block = f.block AND g.line = f.line AND g.col = f.col AND g.first = f.first`, item, n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return other > 0
}

// TestBackAndForth: the page before the one after a page is not behind it, and
// begins no later than what it must lead back to.
func TestBackAndForth(t *testing.T) {
	var text strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&text, "line %d of the report of the drainage board\n", i)
	}
	c := ownCase(t, map[string]string{"long.txt": text.String()}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "long.txt")
	link := func(path, rel string) string {
		m := regexp.MustCompile(`href="(/documents/\d+\?at=[\d.]+)" rel="` + rel + `"`).FindStringSubmatch(get(t, h, path, shownItem(id)...).Body.String())
		if m == nil {
			return ""
		}
		return m[1]
	}
	second := link(documentPath(id), "next")
	third := link(second, "next")
	if second == "" || third == "" {
		t.Fatal("the document has fewer than three pages")
	}
	back := parsePosition(strings.SplitAfter(link(third, "prev"), "at=")[1])
	at := parsePosition(strings.SplitAfter(third, "at=")[1])
	if back.Offset >= at.Offset || at.Offset-back.Offset > 2*pageBytes {
		t.Errorf("from %v back to %v", at, back)
	}
	next := parsePosition(strings.SplitAfter(link(documentPath(id)+"?at="+back.String(), "next"), "at=")[1])
	if next.Offset > at.Offset+pageBytes || next.Offset < at.Offset-pageBytes/4 {
		t.Errorf("back to %v, whose next page is %v, not %v", back, next, at)
	}
	for _, odd := range []string{"?at=-1.5", "?at=99999.0", "?at=0.99999999", "?at=x", "?at=0.99999999999999999999", "?finding=99999", "?finding=-1"} {
		if w := get(t, h, documentPath(id)+odd, shownItem(id)...); w.Code != http.StatusOK {
			t.Errorf("%s: %d", odd, w.Code)
		}
	}
}

// TestMail: the header stands as a list, attachments as links, and tables keep
// their header.
func TestMail(t *testing.T) {
	c := ownCase(t, map[string]string{"mail.eml": mailWith, "list.csv": "Reference,Name,Date of birth\n" + strings.Repeat("R1,Ada Okafor,05/03/1980\n", 20)}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "mail.eml")
	inside := itemAt(t, c, "mail.eml!/inside.txt")
	want(t, get(t, h, documentPath(id), shownItem(id)...), http.StatusOK, "Message", ">Subject</dt>", "Weir Street", "See the attachment.", "Inside it", documentPath(inside))
	if body := get(t, h, documentPath(id)).Body.String(); strings.Contains(body, "Weir Street") || !strings.Contains(body, documentPath(inside)) {
		t.Error("masked, the subject is there or the attachment is not")
	}
	want(t, get(t, h, documentPath(inside), shownItem(inside)...), http.StatusOK, "Ada Okafor", documentPath(id))
	id = itemAt(t, c, "list.csv")
	want(t, get(t, h, documentPath(id), shownItem(id)...), http.StatusOK, `<th scope="col" class="govuk-table__header">Date of birth</th>`, "Rows 2 to 21", `<mark id="f`)
}
