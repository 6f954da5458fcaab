package enquiry

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestValuesInAReport: how values are written in messages, and what is none.
func TestValuesInAReport(t *testing.T) {
	h := valuesIn("Dear customer, your account ending 4321. Council tax reference 7000 123 45-X is overdue! Write to p7@example.org. NI: QQ 12 34 56 C.")
	for _, c := range []struct {
		kind  reeve.Kind
		value string
		want  bool
	}{
		{reeve.KindBankAccount, "20-00-00 55554321", true}, {reeve.KindBankAccount, "20-00-00 55554322", false}, {reeve.KindPaymentCard, "4000 0000 0000 4321", true},
		{reeve.KindNINO, "QQ123456C", true}, {reeve.KindNINO, "QQ123456D", false}, {reeve.KindCouncilTaxRef, "700012345X", true}, {reeve.KindEmail, "P7@Example.org", true},
		{reeve.KindPostcode, "NI", false}, {reeve.KindName, "customer", false}, {reeve.KindPhone, "4321", false},
	} {
		if got := h.names(c.kind, c.value); got != c.want {
			t.Errorf("%s %s: %v", c.kind, c.value, got)
		}
	}
	if many := valuesIn(strings.Repeat("A1234567 B7654321 ", 5000)); len(many.words) > mostValues+1 {
		t.Errorf("%d values are looked for", len(many.words))
	}
}

// copiedValue is a value of a kind that was found of somebody, and of nobody else.
func copiedValue(t *testing.T, c *sweep.Case, kind reeve.Kind) (person, value string) {
	t.Helper()
	type found struct{ person, value string }
	all := ask(t, c, func(tx *db.Tx) ([]found, error) {
		return db.All(tx, func(r db.Row) (f found, err error) { return f, r.Scan(&f.person, &f.value) },
			`SELECT MIN(f.person), f.value FROM case_findings f JOIN case_people p ON p.id = f.person WHERE f.kind = ? AND p.sealed = 0 AND f.posterior > 0.9
				GROUP BY f.value HAVING COUNT(DISTINCT f.person) = 1 ORDER BY f.value LIMIT 1`, kind)
	})
	if len(all) == 0 {
		t.Fatalf("the planted case holds no %s", kind)
	}
	return all[0].person, all[0].value
}

// TestSuggestedPerson: a report that names a copied value leads to whose it is,
// as a suggestion by kind; nothing is decided, and somebody sealed, or of another
// council, is as nobody.
func TestSuggestedPerson(t *testing.T) {
	c := plantedCase(t)
	if err := c.BuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	m, h := testRoom(t, Deps{Case: c})
	person, value := copiedValue(t, c, reeve.KindNINO)
	want(t, tell(t, public(t, m), "192.0.2.1:1", map[string]string{"way": "text", "words": "We need to check " + value + " today"}, nil), 200)
	want(t, tell(t, public(t, m), "192.0.2.1:1", map[string]string{"way": "text", "words": "We need to check QQ 99 99 99 C today"}, nil), 200)
	run(t, m)
	want(t, post(t, h, "/scams/1/compare", url.Values{}, "X-Deny", "judge-person"), 403)
	page := post(t, h, "/scams/1/compare", url.Values{})
	want(t, page, 200, "/people/"+person, "it is a suggestion", "National Insurance number")
	none := "No value in this report equals one that we have read"
	want(t, post(t, h, "/scams/2/compare", url.Values{}), 200, none)
	want(t, post(t, h, "/scams/1/compare", url.Values{}, "X-Councils", "elsewhere"), 200, none)
	if ties := ask(t, c, func(tx *db.Tx) ([]tie, error) { return reportTies.of(tx, 1) }); len(ties) != 0 {
		t.Error("the program tied somebody by itself")
	}
	if !slices.Contains(leaves(t, c), "scam-compare") {
		t.Error("the comparison is not on record")
	}
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE person SET sealed = 1 WHERE id = ?", person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, post(t, h, "/scams/1/compare", url.Values{}, "X-Opened", person), 200, none)
}
