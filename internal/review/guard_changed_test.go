package review

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
)

// TestStandingsOfAList: what a frozen list says of somebody is compared with what
// the case says now, and of a list whose rows were destroyed nothing holds.
func TestStandingsOfAList(t *testing.T) {
	c := testCase(t)
	m, _ := testRoom(t, Deps{Case: c})
	const columns = "registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased, severity, band, lane, signals, categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller, safe_contact"
	var id string
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&id}, "SELECT id FROM case_people WHERE sealed = 0 AND kinds <> '' ORDER BY id")
	}); err != nil {
		t.Fatal(err)
	}
	freeze := func(version int64, name, kinds string) {
		t.Helper()
		run(t, c, "INSERT INTO list_person (list, n, person, "+columns+", basis, verdict, taken) SELECT ?, 1, id, "+columns+", 'lists', '', 'likely' FROM case_people WHERE id = ?", version, id)
		run(t, c, "UPDATE list_person SET name = name || ?, kinds = kinds || ? WHERE list = ?", name, kinds, version)
	}
	freeze(7, "", "")
	freeze(8, "y", "")
	freeze(9, "", ";passport")
	for version, want := range map[int64]bool{0: false, 7: false, 8: true, 9: true, 10: true} {
		var found map[string]notice.Standing
		if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) { found, err = m.Stand(tx, version, []string{id}); return err }); err != nil {
			t.Fatal(err)
		}
		if s, ok := found[id]; !ok || s.Changed != want {
			t.Errorf("list %d: changed %v, want %v (listed %v)", version, s.Changed, want, ok)
		}
	}
}

// TestHeldAfterSplit: a hold that somebody set is of both halves when the person
// is split, until each is assessed again.
func TestHeldAfterSplit(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, "place = (SELECT MIN(q.place) FROM case_people q WHERE q.safe_contact = 'not-assessed' AND q.sealed = 0)")
	other := personWho(t, c, "place = (SELECT MAX(q.place) FROM case_people q WHERE q.safe_contact = 'not-assessed' AND q.sealed = 0)")
	hold := url.Values{}
	for k, v := range assessment {
		hold[k] = v
	}
	hold.Set("value", "hold")
	want(t, post(t, h, contactPath(id), hold, "X-Who", "a"), http.StatusSeeOther)
	if now := contactIs(t, c, id); now.Value != "hold" || now.Basis != "assessed" || contactIs(t, c, other).Value == "hold" {
		t.Fatalf("%+v", now)
	}
	run(t, c, "INSERT INTO redirect (old, new_, why) VALUES (?, ?, 'split')", id, other)
	if now := contactIs(t, c, other); now.Value != "hold" || now.Basis != "merged" {
		t.Errorf("parted from somebody on hold, yet %+v", now)
	}
	want(t, get(t, h, contactPath(other)), http.StatusOK, "parted from them")
}
