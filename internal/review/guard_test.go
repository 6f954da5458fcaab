package review

import (
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
)

// TestStandings: what notices are told of everybody is what the views say, and
// nothing is told of who is sealed.
func TestStandings(t *testing.T) {
	c := testCase(t)
	m, _ := testRoom(t, Deps{Case: c})
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		type row struct{ id, contact, deceased, born, signals string }
		all, err := db.All(tx, func(r db.Row) (x row, err error) {
			return x, r.Scan(&x.id, &x.contact, &x.deceased, &x.born, &x.signals)
		},
			"SELECT p.id, c.value, p.deceased, p.born, p.signals FROM case_people p JOIN review_contact c ON c.person = p.id")
		if err != nil {
			return err
		}
		people := []string{"PNOBODYATALL"}
		for _, x := range all {
			people = append(people, x.id)
		}
		found, err := m.Stand(tx, 0, people)
		if err != nil {
			return err
		}
		sealed, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, "SELECT id FROM case_people WHERE sealed = 1")
		if err != nil {
			return err
		}
		for _, id := range append(sealed, people[0]) {
			if s, ok := found[id]; ok {
				t.Errorf("something is told of %s: %+v", id, s)
			}
			delete(found, id)
		}
		if len(sealed) == 0 || len(found) != len(all)-len(sealed) {
			t.Errorf("%d of %d people stand, %d sealed", len(found), len(all), len(sealed))
		}
		born, may := 0, 0
		for _, x := range all {
			s, ok := found[x.id]
			if !ok {
				continue
			}
			if string(s.Contact) != x.contact || s.Deceased != x.deceased || x.born != "" && !s.Minor && s.Born.String() != x.born {
				t.Errorf("%s: %+v, the views say %s %s %s", x.id, s, x.contact, x.deceased, x.born)
			}
			if !s.Born.IsZero() {
				born++
			}
			if notice.Rule(s, true, notice.Ask{Way: notice.Post, On: reeve.Date{Year: 2026, Month: 1, Day: 19}, Address: true}) == "" {
				may++
				if x.contact != "post" || x.deceased != "no" {
					t.Errorf("%s may be written to: %s, %s", x.id, x.contact, x.deceased)
				}
			}
		}
		if born == 0 {
			t.Error("no birth date was read")
		}
		t.Logf("%d people, %d may be written to by post", len(found), may)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
