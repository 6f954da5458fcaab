package sweep

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// What of the sealed woman nobody may see who has not been let.
var carolsOwn = []string{"Carolina", "Quillfeather", "AA323456A", "AA 32 34 56 A", "900113", "1985-09-09", "9 September 1985", "refuge place", "Refuge/carolina"}

// TestSealedNowhere asks as an attacker would: by id, by name, by what else is
// known of her, by counting.
func TestSealedNowhere(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		ctx, carol := t.Context(), ids["Carolina"]
		_, sealed := c.Person(ctx, carol, Scope{})
		_, unknown := c.Person(ctx, "PAAAAAAAAAAAA", Scope{})
		if !errors.Is(sealed, reeve.NotFound) || sealed.Error() != unknown.Error() || reeve.HintOf(sealed) != reeve.HintOf(unknown) {
			t.Errorf("sealed answers %q, unknown %q", sealed, unknown)
		}
		own := append([]string{carol}, carolsOwn...)
		for _, q := range []string{"", "carolina", "quillf", "1003", carol, "NV1 1AP"} {
			page, err := c.People(ctx, PeopleQuery{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			mustNotHold(t, "people by "+q, page, own...)
		}
		for _, q := range []string{"Carolina", "Quillfeather", "carolina quillfeather", "quill*", "AA 32 34 56 A", `"1985"`, "1003", "-zeppelin refuge", "telephone arranged"} {
			page, err := c.Search(ctx, SearchQuery{Text: q})
			if err != nil || len(page.Hits) > 0 {
				t.Errorf("search %q: %+v, %v", q, page.Hits, err)
			}
		}
		page, err := c.Search(ctx, SearchQuery{Text: "umbrella"})
		if err != nil {
			t.Fatal(err)
		}
		mustNotHold(t, "search for a word that stands beside her", page, append(own, "both.txt")...)
		for _, name := range []string{"Annabel", "Bertram"} {
			p, err := c.Person(ctx, ids[name], Scope{})
			if err != nil {
				t.Fatal(err)
			}
			mustNotHold(t, "page of "+name, p, append(own, "both.txt", "zeppelin")...)
			if p.Household == nil || len(p.Household.People) != 2 || strings.Contains(everything(p.Contact), "restricted") {
				t.Errorf("household of %s: %+v", name, p.Household)
			}
		}
		item, document := itemAtPath(t, c, "Housing/both.txt")
		v, err := c.Item(ctx, item, Scope{})
		if err != nil || !v.Hidden || v.Path != "«hidden-1»" || v.People != 1 {
			t.Errorf("item: %+v, %v", v, err)
		}
		mustNotHold(t, "item", v, append(own, "both.txt")...)
		if _, err := c.Blocks(ctx, document, 0, 0, Scope{}); !errors.Is(err, reeve.Denied) {
			t.Errorf("blocks: %v", err)
		}
		if _, err := c.PageImage(ctx, item, 1, Scope{}); !errors.Is(err, reeve.Denied) {
			t.Errorf("page: %v", err)
		}
		rows, err := c.Triage(ctx, Scope{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		mustNotHold(t, "triage", rows, append(own, "both.txt")...)
	})
}

// TestSealedCounts: sealed people are in no number but their own, not by
// difference either.
func TestSealedCounts(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		s, err := c.Standing(t.Context(), Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if s.People != 3 || s.Sealed != "fewer than 10" || s.Households != 2 {
			t.Errorf("people %d, sealed %s, households %d", s.People, s.Sealed, s.Households)
		}
		for name, counts := range map[string][]Count{"tiers": s.Tiers, "bands": s.Bands, "lanes": s.Lanes, "roles": s.Roles, "contacts": s.Contacts, "newest": s.Newest} {
			sum := int64(0)
			for _, n := range counts {
				sum += n.N
			}
			if sum != s.People {
				t.Errorf("%s are of %d people: %v", name, sum, counts)
			}
		}
		for _, n := range append(s.Controllers, s.Wards...) {
			if n.Value == "NORTH" && n.N != 2 || n.Value == "Abbey" && n.N != 2 {
				t.Errorf("%s: %d", n.Value, n.N)
			}
		}
		if s.Items != 10 || s.Read != 9 || s.NotRead != 1 || s.PagesUnread != 3 || s.Personal != 8 {
			t.Errorf("items %d, read %d, not %d, pages %d, personal %d", s.Items, s.Read, s.NotRead, s.PagesUnread, s.Personal)
		}
		f, err := c.Funnel(t.Context())
		if err != nil || f.People != s.People || f.Households != s.Households || f.Items != s.Items || f.Personal != s.Personal || f.Sealed != s.Sealed || f.Pages != s.PagesUnread {
			t.Errorf("the funnel says %+v, %v", f, err)
		}
		north, err := c.Standing(t.Context(), Scope{Councils: []string{"NORTH"}})
		if err != nil || north.People != 2 {
			t.Errorf("north: %d, %v", north.People, err)
		}
	})
}

func TestSealedWords(t *testing.T) {
	for _, c := range []struct {
		n, elsewhere int64
		want         string
	}{{0, 0, "0"}, {0, 5, "0"}, {5, 0, "fewer than 10"}, {12, 0, "12"}, {12, 3, "10 or more"}, {12, 30, "12"}} {
		if got := sealedWords(c.n, c.elsewhere); got != c.want {
			t.Errorf("%d and %d elsewhere: %s, want %s", c.n, c.elsewhere, got, c.want)
		}
	}
}

// TestOpened: to whom she was opened, everything is there.
func TestOpened(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		s := Scope{Opened: []string{ids["Carolina"]}}
		p, err := c.Person(t.Context(), ids["Carolina"], s)
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, "person", p, "Carolina Quillfeather", "AA 32 34 56 A", "Refuge/carolina.txt", "refuge place")
		item, document := itemAtPath(t, c, "Housing/both.txt")
		v, err := c.Item(t.Context(), item, s)
		if err != nil || v.Hidden || v.Path != "Housing/both.txt" {
			t.Errorf("item: %+v, %v", v, err)
		}
		blocks, err := c.Blocks(t.Context(), document, 0, 0, s)
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, "blocks", blocks, "Carolina Quillfeather", "zeppelin")
		page, err := c.Search(t.Context(), SearchQuery{Text: "quillfeather", Scope: s})
		if err != nil || len(page.Hits) != 2 {
			t.Errorf("search: %+v, %v", page, err)
		}
		people, err := c.People(t.Context(), PeopleQuery{Scope: s})
		if err != nil || len(people.People) != 4 {
			t.Errorf("people: %d, %v", len(people.People), err)
		}
	})
}

// TestOtherCouncils: of another council's people nothing is seen, in documents
// that hold people of both neither.
func TestOtherCouncils(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		ctx, south := t.Context(), Scope{Councils: []string{"SOUTH"}}
		anns := []string{ids["Annabel"], "Annabel", "Thistlewood", "AA 12 34 56 A", "AA123456A", "2 April 1980", "1980-04-02"}
		people, err := c.People(ctx, PeopleQuery{Scope: south})
		if err != nil || len(people.People) != 1 || people.People[0].ID != ids["Edwina"] {
			t.Errorf("people: %+v, %v", people, err)
		}
		_, err = c.Person(ctx, ids["Annabel"], south)
		_, unknown := c.Person(ctx, "PAAAAAAAAAAAA", south)
		if !errors.Is(err, reeve.NotFound) || err.Error() != unknown.Error() {
			t.Errorf("a person of another council: %v", err)
		}
		p, err := c.Person(ctx, ids["Edwina"], south)
		if err != nil || p.Number != 0 {
			t.Fatalf("person: %+v, %v", p, err)
		}
		mustHold(t, "person", p, "Edwina Marlowe", "AA 42 34 56 A")
		mustNotHold(t, "person", p, anns...)
		for _, path := range []string{"South/mixed.txt", "South/table.xlsx"} {
			item, document := itemAtPath(t, c, path)
			v, err := c.Item(ctx, item, south)
			if err != nil || len(v.Linked) != 1 {
				t.Errorf("%s: %+v, %v", path, v, err)
			}
			blocks, err := c.Blocks(ctx, document, 0, 0, south)
			if err != nil {
				t.Fatal(err)
			}
			mustHold(t, path, blocks, "Marlowe")
			mustNotHold(t, path, blocks, "AA 12 34 56 A", "AA123456A", "2 April 1980", "1980-04-02", "Annabel", ids["Annabel"])
		}
		for _, path := range []string{"Housing/ann.txt", "Housing/both.txt", "Refuge/carolina.txt", "MARAC 2014/scan.pdf"} {
			item, document := itemAtPath(t, c, path)
			if _, err := c.Item(ctx, item, south); !errors.Is(err, reeve.NotFound) {
				t.Errorf("item %s: %v", path, err)
			}
			if _, err := c.Blocks(ctx, document, 0, 0, south); !errors.Is(err, reeve.NotFound) {
				t.Errorf("blocks of %s: %v", path, err)
			}
		}
		for _, q := range []string{"umbrella", "annabel", "AA123456A"} {
			page, err := c.Search(ctx, SearchQuery{Text: q, Scope: south})
			if err != nil {
				t.Fatal(err)
			}
			mustNotHold(t, "search "+q, page.Hits, "AA 12 34 56 A", "AA123456A", "ann.txt")
		}
		rows, err := c.Triage(ctx, south, 0)
		if err != nil {
			t.Fatal(err)
		}
		mustNotHold(t, "triage", rows, "Housing", "MARAC", "Refuge")
		s, err := c.Standing(ctx, south)
		if err != nil || s.People != 1 || len(s.Controllers) != 1 || s.Households != 1 {
			t.Errorf("standing: %+v, %v", s, err)
		}
		none, err := c.People(ctx, PeopleQuery{Scope: Scope{Councils: []string{}}})
		if err != nil || len(none.People) != 0 {
			t.Errorf("of no council: %+v, %v", none, err)
		}
	})
}

// TestTallies: people taken out of the counts and put in again leave them as
// they were counted anew, and the stamp goes up.
func TestTallies(t *testing.T) {
	eachView(t, func(t *testing.T, c *Case, ids map[string]string) {
		before := allTallies(t, c)
		stamp, err := c.Stamp(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var people, homes []string
		for _, id := range ids {
			people = append(people, id)
		}
		err = c.DB.Write(t.Context(), func(tx *db.Tx) error {
			homes, err = db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) }, "SELECT id FROM household")
			if err == nil {
				err = tallyOut(tx, people, homes)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if left := allTallies(t, c); left != "" {
			t.Errorf("left when everybody is out:\n%s", left)
		}
		if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { return tallyIn(tx, people, homes) }); err != nil {
			t.Fatal(err)
		}
		if after := allTallies(t, c); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
		now, err := c.Stamp(t.Context())
		if err != nil || now.Lists <= stamp.Lists || now.String() == stamp.String() {
			t.Errorf("stamp %v, then %v, %v", stamp, now, err)
		}
	})
}

// allTallies is every row of the counts and facets, for comparing.
func allTallies(t *testing.T, c *Case) string {
	t.Helper()
	var b strings.Builder
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{"SELECT councils, what, value, n FROM tally ORDER BY councils, what, value", "SELECT 'council', person, council, 0 FROM person_council ORDER BY person, council",
			"SELECT 'signal', person, signal, 0 FROM person_signal ORDER BY person, signal", "SELECT 'word', person, word, 0 FROM person_word ORDER BY person, word"} {
			err := tx.Each(func(row db.Row) error {
				var x, y, z string
				var n int64
				err := row.Scan(&x, &y, &z, &n)
				fmt.Fprintln(&b, x, y, z, n)
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
	return b.String()
}
