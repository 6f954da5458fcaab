package review

import (
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
