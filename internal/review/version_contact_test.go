package review

import (
	"errors"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
)

// reachTown writes what the registers say of reaching the people of the town; the
// sealed one's is there by mistake.
func reachTown(t *testing.T, c *sweep.Case) {
	t.Helper()
	run(t, c, "UPDATE person SET still_held = 'nino' WHERE id = 'PCCCCCCCCCCCC'")
	for _, row := range []string{"'PAAAAAAAAAAAA', 'ada@example.org', '+447700900001', 'pl', 'large-print', 'Sam Field', 'education;housing'",
		"'PBBBBBBBBBBBB', 'bert@example.org', '', '', '', '', 'housing'", "'PDDDDDDDDDDDD', 'dora@example.org', '', '', '', '', ''"} {
		run(t, c, "INSERT INTO person_reach (person, email, phone, language, format, worker, services) VALUES ("+row+")")
	}
}

// run changes the case as nobody but a sweep may.
func run(t *testing.T, c *sweep.Case, query string, args ...any) {
	t.Helper()
	if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(query, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

// frozenContacts is what other rooms read of a version.
func frozenContacts(t *testing.T, c *sweep.Case, version int64) (rows []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var cells [8]string
			err := row.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6], &cells[7])
			rows = append(rows, strings.Join(cells[:], "|"))
			return err
		}, "SELECT person, email, phone, language, format, worker, services, held FROM review_version_contact WHERE version = ? ORDER BY n", version)
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// versionHolds reports whether the rows of a version are those that were frozen.
func versionHolds(t *testing.T, c *sweep.Case, version int64) bool {
	t.Helper()
	var held error
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		v, err := readVersion(tx, version)
		if err == nil {
			held = holdsDigest(tx, &v)
		}
		return err
	})
	if err != nil || held != nil && !errors.Is(held, reeve.Unavailable) {
		t.Fatal(err, held)
	}
	return held == nil
}

// TestVersionContacts: a version keeps how its people were reached, whatever the
// registers say later; its digest covers that; whoever was sealed since is left
// out; and it goes with the values.
func TestVersionContacts(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		reachTown(t, c)
		m, h := testRoom(t, Deps{Case: c})
		freezeNow(t, h)
		run(t, c, "UPDATE person_reach SET email = 'later@example.org'")
		want := []string{"PAAAAAAAAAAAA|ada@example.org|+447700900001|pl|large-print|Sam Field|education;housing|", "PBBBBBBBBBBBB|bert@example.org|||||housing|", "PCCCCCCCCCCCC|||||||yes"}
		if diff := cmp.Diff(want, frozenContacts(t, c, 1)); diff != "" {
			t.Errorf("frozen (-want +got):\n%s", diff)
		}
		if !versionHolds(t, c, 1) {
			t.Error("a version does not hold")
		}
		run(t, c, "UPDATE person SET sealed = 1 WHERE id = 'PAAAAAAAAAAAA'")
		if diff := cmp.Diff(want[1:], frozenContacts(t, c, 1)); diff != "" {
			t.Errorf("after somebody was sealed (-want +got):\n%s", diff)
		}
		for _, change := range []string{"UPDATE list_contact SET email = 'mallory@example.org' WHERE n = 2", "UPDATE list_contact SET held = '' WHERE n = 3"} {
			err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec(change); err != nil {
					return err
				}
				v, err := readVersion(tx, 1)
				if err == nil && !errors.Is(holdsDigest(tx, &v), reeve.Unavailable) {
					t.Errorf("a version holds after %s", change)
				}
				return errors.Join(err, reeve.Conflict) // and back
			})
			if !errors.Is(err, reeve.Conflict) {
				t.Fatal(err)
			}
		}
		destroy(t, m, h, sweep.LayerText, "1")
		destroy(t, m, h, sweep.LayerValues, "2")
		if rows := frozenContacts(t, c, 1); len(rows) != 0 {
			t.Errorf("after the values were destroyed: %v", rows)
		}
		if c.Dir != "" {
			leftNowhere(t, c.Dir, "bert@example.org")
		}
	})
}

// TestOldVersionHolds: a version that was frozen before there were contacts is
// checked by the digest it was frozen with; nobody can put contacts into it.
func TestOldVersionHolds(t *testing.T) {
	for name, address := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return dbtest.PostgresAddress(t) }} {
		t.Run(name, func(t *testing.T) {
			c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), address())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { c.Close() })
			if err := notice.Migrate(t.Context(), c.DB); err != nil {
				t.Fatal(err)
			}
			for _, s := range Schemas() {
				steps := s.Steps
				if s.Room == "review-version" {
					steps = steps[:1]
				}
				if err := c.DB.Migrate(t.Context(), s.Room, steps); err != nil {
					t.Fatal(err)
				}
			}
			for n, person := range []string{"PAAAAAAAAAAAA", "PBBBBBBBBBBBB"} {
				run(t, c, `INSERT INTO list_person VALUES (1, ?, ?, '[["CRM","1"]]', 'Ada Fellowes', '1970-05-04', '', '1 Weir Street', 'NV2 1AA', 'H1', 'strong', 995000, 'subject', 'resident', 'no', 400, 'high',
					'other', '', 'basic identifiers', 'name;nino', 0, 20160000, 1, 0, 'EX', 'Housing/a.txt', 'NVB', 'post', 'lists', '', 'likely')`, n+1, person)
			}
			const digest = "d45f9eb0d1c6b3b853eb863cd9a6b5cde92cb99a6ce57e916d3c732b00ab63c1" // as the program before wrote it
			run(t, c, "INSERT INTO list_version VALUES (1, 'approved', 'letters', '1', '2026-01-12', 2, 0, ?, '{}', 'u1', 'User u1', 5, 0, 1)", digest)
			t.Setenv("REEVE_MIGRATE", "yes") // as whoever copied a server's database first
			if err := migrateAll(t.Context(), c.DB); err != nil {
				t.Fatal(err)
			}
			if !versionHolds(t, c, 1) {
				t.Error("a version of an earlier program does not hold")
			}
			run(t, c, "INSERT INTO list_contact (list, n, person, email, phone, language, format, worker, services, held) VALUES (1, 1, 'PAAAAAAAAAAAA', 'mallory@example.org', '', '', '', '', '', '')")
			if versionHolds(t, c, 1) {
				t.Error("a version of an earlier program holds with an address that was put into it")
			}
		})
	}
}

// TestStandingsChange: the guard is told what of reaching somebody is not as it
// was frozen, and who their worker is now.
func TestStandingsChange(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		town(t, c)
		reachTown(t, c)
		m, h := testRoom(t, Deps{Case: c})
		at := freezeNow(t, h)
		want(t, get(t, h, at), http.StatusOK)
		stands := func(person string, version int64) string {
			said := "not there"
			err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
				found, err := m.Stand(tx, version, []string{person})
				if s, ok := found[person]; ok {
					said = strconv.FormatBool(s.OtherEmail) + " " + strconv.FormatBool(s.OtherPhone) + " " + strconv.FormatBool(s.OtherWorker) + " " + s.Worker.Reveal()
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return said
		}
		check := func(what, person string, version int64, want string) {
			t.Helper()
			if got := stands(person, version); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		check("as frozen", "PAAAAAAAAAAAA", 1, "false false false Sam Field")
		check("of whom nothing is known", "PCCCCCCCCCCCC", 1, "false false false ")
		check("sealed", "PDDDDDDDDDDDD", 1, "not there")
		run(t, c, "UPDATE person_reach SET email = 'new@example.org', phone = '', worker = 'Kim Marsh' WHERE person = 'PAAAAAAAAAAAA'")
		check("all changed", "PAAAAAAAAAAAA", 1, "true true true Kim Marsh")
		check("without a list", "PAAAAAAAAAAAA", 0, "false false false Kim Marsh")
		run(t, c, "DELETE FROM person_reach WHERE person = 'PBBBBBBBBBBBB'")
		check("gone", "PBBBBBBBBBBBB", 1, "true false false ")
	})
}
