package review

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// crowded adds people whom nobody sealed to the town, of one household each.
func crowded(t *testing.T, c *sweep.Case, n int) {
	t.Helper()
	run(t, c, fmt.Sprintf(`INSERT INTO person (id, registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased, severity, band,
		lane, place, signals, categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller, safe_contact, sealed, reasons, still_held, ward)
		WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %d)
		SELECT 'PZ' || CAST(1000000 + i AS TEXT), '[]', 'Zoe Crowd', '1980-02-03', '', '1 Test Street', 'ZZ99 1AA', '', 'strong', 995000, 'subject', 'resident', 'no', 100,
		'low', 'other', 100 + i, '', 'basic identifiers', 'name', 0, 0, 1, 0, 'files', 'z.txt', 'WCC', 'not-assessed', 0, '', '', '' FROM k`, n))
	run(t, c, "INSERT INTO person_council (person, council) SELECT id, 'WCC' FROM person WHERE id LIKE 'PZ%'")
}

// unkept counts the rows of people that belong to no version.
func unkept(tx *db.Tx) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM list_person WHERE list > (SELECT COALESCE(MAX(number), 0) FROM list_version)")
}

// TestOthersWriteWhileAListIsFrozen: whoever writes gets in between the rows of a
// version, which is of one moment all the same: what they change is not in it.
func TestOthersWriteWhileAListIsFrozen(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		crowded(t, c, 3*sliceRows)
		_, h := testRoom(t, Deps{Case: c})
		ctx, stop := context.WithCancel(t.Context())
		between, ended := 0, make(chan error, 1)
		go func() {
			for ctx.Err() == nil {
				err := c.DB.Write(ctx, func(tx *db.Tx) error {
					n, err := unkept(tx)
					if err != nil || n == 0 || n >= 3*sliceRows || between > 0 {
						return err
					}
					between++
					_, err = tx.Exec("UPDATE person SET band = 'very-high' WHERE id LIKE 'PZ%'")
					return err
				})
				if err != nil && ctx.Err() == nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
		freezeNow(t, h)
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if between == 0 {
			t.Error("nobody could write while the list was frozen")
		}
		if !versionHolds(t, c, 1) {
			t.Error("the version does not hold")
		}
		read(t, c, func(tx *db.Tx) error {
			var rows, later int64
			err := tx.One([]any{&rows, &later}, "SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.person LIKE 'PZ%' AND p.band = 'very-high' THEN 1 ELSE 0 END), 0) FROM list_person p WHERE p.list = 1")
			if rows != 3*sliceRows+3 || later != 0 {
				t.Errorf("%d rows, %d of them as somebody changed them meanwhile", rows, later)
			}
			return err
		})
	})
}

// TestKilledFreeze: of a freezing that was killed nothing is seen; its rows go
// with the next look, or when the list is frozen again.
func TestKilledFreeze(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		crowded(t, c, 2*sliceRows)
		m, h := testRoom(t, Deps{Case: c})
		killed := func() {
			t.Helper()
			if _, err := freeze(t.Context(), c.DB, &ListVersion{}); err != nil { // and nobody keeps it
				t.Fatal(err)
			}
		}
		left := func(want int64) {
			t.Helper()
			read(t, c, func(tx *db.Tx) error {
				n, err := unkept(tx)
				some, serr := frozenForNothing(tx)
				if n != want || some != (want > 0) {
					t.Errorf("%d rows belong to no version (%v), want %d", n, some, want)
				}
				all, verr := readVersions(tx)
				if len(all) != 0 {
					t.Errorf("%d versions", len(all))
				}
				return errors.Join(err, serr, verr)
			})
		}
		killed()
		left(2*sliceRows + 3)
		release, err := c.DB.Lock(t.Context(), "sweep")
		if err != nil {
			t.Fatal(err)
		}
		if err := m.thawLeft(t.Context()); err != nil { // somebody may be freezing it
			t.Fatal(err)
		}
		left(2*sliceRows + 3)
		release()
		if err := m.thawLeft(t.Context()); err != nil {
			t.Fatal(err)
		}
		left(0)
		killed()
		run(t, c, "DELETE FROM person WHERE id = 'PZ1000007'")
		freezeNow(t, h)
		if !versionHolds(t, c, 1) {
			t.Error("a version frozen after one that was killed does not hold")
		}
	})
}

func read(t *testing.T, c *sweep.Case, use func(*db.Tx) error) {
	t.Helper()
	if err := c.DB.Read(t.Context(), use); err != nil {
		t.Fatal(err)
	}
}
