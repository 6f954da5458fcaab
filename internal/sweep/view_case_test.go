package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// The people of the small case: two of one household in NORTH, one sealed who
// lives with them, one of SOUTH.
const viewRegister = `source_system,source_person_id,forename,surname,date_of_birth,ni_number,phone,address_1,postcode,council_code,restricted,safe_contact,vulnerable_codes,updated_at,ward
TOWN,1001,Annabel,Thistlewood,1980-04-02,AA123456A,07700 900111,1 High Street,NV1 1AP,NORTH,,post,,2025-06-01,Abbey
TOWN,1002,Bertram,Thistlewood,1978-01-20,AA223456A,07700 900112,1 High Street,NV1 1AP,NORTH,,,,2025-06-01,Abbey
TOWN,1003,Carolina,Quillfeather,1985-09-09,AA323456A,07700 900113,1 High Street,NV1 1AP,NORTH,Y,,,2025-06-01,Abbey
TOWN,1004,Edwina,Marlowe,1990-12-31,AA423456A,07700 900114,9 Low Road,NV2 2BQ,SOUTH,,,,2025-06-01,Bridge
`

func letterTo(name, born, nino, line, postcode, rest string) string {
	return fmt.Sprintf("Dear %s,\n\nName: %s\nDate of birth: %s\nNational Insurance number: %s\nAddress: %s, %s\n\n%s\n", name, name, born, nino, line, postcode, rest)
}

var (
	aboutAnn   = letterTo("Annabel Thistlewood", "2 April 1980", "AA 12 34 56 A", "1 High Street", "NV1 1AP", "The umbrella was returned to the library.")
	aboutBert  = letterTo("Bertram Thistlewood", "20 January 1978", "AA 22 34 56 A", "1 High Street", "NV1 1AP", "He has been diagnosed with diabetes.")
	aboutCarol = letterTo("Carolina Quillfeather", "9 September 1985", "AA 32 34 56 A", "1 High Street", "NV1 1AP", "Her refuge place was arranged by telephone.")
	aboutEd    = letterTo("Edwina Marlowe", "31 December 1990", "AA 42 34 56 A", "9 Low Road", "NV2 2BQ", "The allotment was watered.")
)

// gap keeps two letters of one document apart.
var gap = strings.Repeat("\nThe committee noted the report and moved to the next item of business.\n", 12)

func viewDocuments() iter.Seq[ReadDocument] {
	read := reeve.Outcome{Type: "text", Reader: "text/1", Status: reeve.StatusRead}
	doc := func(path string, blocks ...reeve.Block) ReadDocument {
		return ReadDocument{Path: path, Size: 1000, Blocks: blocks, Outcome: read}
	}
	return slices.Values([]ReadDocument{
		doc("Housing/ann.txt", reeve.Block{Text: aboutAnn}),
		doc("Housing/copy of ann.txt", reeve.Block{Text: aboutAnn}),
		doc("Housing/ann again.txt", reeve.Block{Part: "page 1", Text: aboutAnn}),
		doc("Housing/bert.txt", reeve.Block{Text: aboutBert}),
		doc("Refuge/carolina.txt", reeve.Block{Text: aboutCarol}),
		doc("Housing/both.txt", reeve.Block{Text: aboutAnn + gap + "The zeppelin was mentioned.\n" + gap + aboutCarol}),
		doc("South/ed.txt", reeve.Block{Text: aboutEd}),
		doc("South/mixed.txt", reeve.Block{Text: aboutEd + gap + aboutAnn}),
		doc("South/table.xlsx", reeve.Block{Part: "sheet One", Table: 1, First: 1, Rows: [][]string{
			{"Surname", "Forename", "Date of birth", "NI number", "Postcode"},
			{"Thistlewood", "Annabel", "1980-04-02", "AA123456A", "NV1 1AP"},
			{"Marlowe", "Edwina", "1990-12-31", "AA423456A", "NV2 2BQ"}}}),
		{Path: "MARAC 2014/scan.pdf", Size: 5000, Outcome: reeve.Outcome{Type: "pdf", Reader: "pdf/1", Status: reeve.StatusNeedsOCR, Reason: reeve.ReasonNoOCR, Pages: 3, PagesUnread: 3}},
	})
}

// eachView runs a test on the small case in each database.
func eachView(t *testing.T, test func(t *testing.T, c *Case, ids map[string]string)) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			address := ""
			if kind == "postgres" {
				address = dbtest.PostgresAddress(t)
			}
			dir := t.TempDir()
			register := filepath.Join(dir, "register.csv")
			if err := os.WriteFile(register, []byte(viewRegister), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := Make(t.Context(), filepath.Join(dir, "case"), address)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_, err = c.Take(t.Context(), Options{Council: "NORTH", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Registers: []RegisterFlag{{Path: register}},
				Exhibits: []ExhibitFlag{{Path: dir, Name: "EX1"}}}, viewDocuments())
			if err == nil {
				err = c.BuildSearch(t.Context(), nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			test(t, c, peopleByName(t, c))
		})
	}
}

// peopleByName gives the ids of all people, sealed ones too, by forename.
func peopleByName(t *testing.T, c *Case) map[string]string {
	ids := make(map[string]string)
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var id, name string
			err := row.Scan(&id, &name)
			first, _, _ := strings.Cut(name, " ")
			ids[first] = id
			return err
		}, "SELECT id, name FROM case_people")
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"Annabel", "Bertram", "Carolina", "Edwina"} {
		if ids[n] == "" {
			t.Fatalf("%s is nobody: %v", n, ids)
		}
	}
	return ids
}

// itemAtPath is the number of an item.
func itemAtPath(t *testing.T, c *Case, path string) (item, document int64) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&item, &document}, "SELECT id, document FROM case_items WHERE path = ?", path)
	})
	if err != nil {
		t.Fatal(err)
	}
	return item, document
}

// everything is all text that an answer holds, what is sensitive revealed: what
// a visitor could get at.
func everything(v any) string {
	var b strings.Builder
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		if s, ok := v.Interface().(reeve.Sensitive); ok {
			b.WriteString(s.Reveal() + "\n")
			return
		}
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.String:
			b.WriteString(v.String() + "\n")
		}
	}
	walk(reflect.ValueOf(v))
	return b.String()
}

func mustHold(t *testing.T, what string, v any, wanted ...string) {
	t.Helper()
	text := everything(v)
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not hold %q:\n%s", what, w, text)
		}
	}
}

func mustNotHold(t *testing.T, what string, v any, kept ...string) {
	t.Helper()
	text := everything(v)
	for _, w := range kept {
		if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			t.Errorf("%s holds %q:\n%s", what, w, text)
		}
	}
}

func TestPersonView(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		p, err := c.Person(t.Context(), ids["Annabel"], Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Age == nil || *p.Age != 45 || p.Tier != "strong" || p.Contact.Value != "hold" || p.Contact.Basis != BasisHold || p.Number < 1 || len(p.Registers) != 1 {
			t.Errorf("who: age %v, tier %s, contact %+v, number %d", p.Age, p.Tier, p.Contact, p.Number)
		}
		mustHold(t, "person", p, "Annabel Thistlewood", "AA 12 34 56 A", "Housing/ann.txt", "umbrella", "Bertram Thistlewood", "1 High Street")
		if !slices.Contains(p.StillHeld, string(reeve.KindNINO)) {
			t.Errorf("still held: %v", p.StillHeld)
		}
		for _, l := range p.Links {
			if len(l.Waterfall) == 0 || l.Sentence == "" {
				t.Errorf("link %s is not explained", l.Mention)
			}
			for _, g := range l.Passages {
				checkMarks(t, l.Hidden, g)
			}
		}
		if _, err := json.Marshal(p); err != nil {
			t.Error(err)
		}
	})
}

// checkMarks: what is marked in a passage is the value that was found.
func checkMarks(t *testing.T, hidden bool, g Passage) {
	t.Helper()
	for _, f := range g.Found {
		text := g.Text.Reveal()
		if g.Line >= 0 {
			text = g.Row[f.Col].Reveal()
		}
		if hidden {
			if text != "" || len(g.Row) > 0 {
				t.Errorf("a hidden document shows %q", text)
			}
			continue
		}
		if got := text[f.First:f.Last]; !strings.Contains(f.Value.Reveal(), got) || got == "" {
			t.Errorf("%s marks %q and found %q", f.Place, got, f.Value.Reveal())
		}
	}
}

func TestItemView(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		item, document := itemAtPath(t, c, "Housing/ann.txt")
		v, err := c.Item(t.Context(), item, Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Hidden || v.Findings == 0 || v.People != 1 || len(v.Copies) != 1 || len(v.SameText) != 1 || len(v.Linked) != 1 || v.Folder != "Housing" {
			t.Errorf("item: %+v", v)
		}
		blocks, err := c.Blocks(t.Context(), document, 0, 0, Scope{})
		if err != nil || len(blocks) != 1 || blocks[0].Text.Reveal() != aboutAnn || len(blocks[0].Found) == 0 {
			t.Fatalf("blocks: %+v, %v", blocks, err)
		}
		for _, f := range blocks[0].Found {
			if got := aboutAnn[f.First:f.Last]; got != f.Value.Reveal() || f.Person != ids["Annabel"] && f.Person != "" {
				t.Errorf("%q is marked for %q of %s", got, f.Value.Reveal(), f.Person)
			}
		}
		_, table := itemAtPath(t, c, "South/table.xlsx")
		blocks, err = c.Blocks(t.Context(), table, 0, 0, Scope{})
		if err != nil || len(blocks) != 1 || len(blocks[0].Rows) != 3 || len(blocks[0].Header) != 5 {
			t.Fatalf("table: %+v, %v", blocks, err)
		}
		for _, f := range blocks[0].Found {
			if got := blocks[0].Rows[f.Line][f.Col].Reveal()[f.First:f.Last]; !strings.Contains(f.Value.Reveal(), got) || got == "" {
				t.Errorf("cell %q, found %q", got, f.Value.Reveal())
			}
		}
		if _, err := c.Item(t.Context(), 1<<40, Scope{}); !errors.Is(err, reeve.NotFound) {
			t.Errorf("unknown item: %v", err)
		}
		triage, err := c.Triage(t.Context(), Scope{}, 0)
		if err != nil || len(triage) == 0 || triage[0].Level != "now" {
			t.Errorf("triage: %+v, %v", triage, err)
		}
		if !slices.ContainsFunc(triage, func(r TriageRow) bool { return r.Path == "MARAC 2014/scan.pdf" && r.Level == "now" }) {
			t.Errorf("triage leaves out what could not be read: %+v", triage)
		}
	})
}

func TestPeoplePages(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		var got []string
		for after, n := "", int64(0); ; {
			page, err := c.People(t.Context(), PeopleQuery{Limit: 1, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range page.People {
				if n++; p.Number != n {
					t.Errorf("%s has number %d, want %d", p.ID, p.Number, n)
				}
				got = append(got, p.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(got) != 3 || slices.Contains(got, ids["Carolina"]) {
			t.Errorf("people: %v", got)
		}
		for _, q := range []struct {
			query PeopleQuery
			want  []string
		}{
			{PeopleQuery{Text: "marl"}, []string{"Edwina"}},
			{PeopleQuery{Text: "edwina marlowe"}, []string{"Edwina"}},
			{PeopleQuery{Text: "NV2 2BQ"}, []string{"Edwina"}},
			{PeopleQuery{Text: "1002"}, []string{"Bertram"}},
			{PeopleQuery{Text: ids["Annabel"]}, []string{"Annabel"}},
			{PeopleQuery{Text: "nobody"}, nil},
			{PeopleQuery{Text: "!"}, nil},
			{PeopleQuery{Council: "SOUTH"}, []string{"Edwina"}},
			{PeopleQuery{Tier: reeve.TierPossible}, nil},
			{PeopleQuery{Signal: reeve.SignalTrafficking}, nil},
		} {
			page, err := c.People(t.Context(), q.query)
			var names []string
			for _, p := range page.People {
				first, _, _ := strings.Cut(p.Name.Reveal(), " ")
				names = append(names, first)
			}
			if err != nil || !slices.Equal(names, q.want) {
				t.Errorf("%+v: %v, %v; want %v", q.query, names, err, q.want)
			}
		}
		if _, err := c.People(t.Context(), PeopleQuery{After: "x"}); !errors.Is(err, reeve.Invalid) {
			t.Errorf("bad cursor: %v", err)
		}
	})
}
