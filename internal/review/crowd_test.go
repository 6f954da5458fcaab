package review

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sweep"
)

// crowd is people put straight into the lists, as a sweep would have left them,
// for tests that need many or those of a certain sort.
type crowd struct {
	id, registers, born, uprn, address, postcode, household, deceased, lane, signals, contact string
	sealed                                                                                    int64
}

var crowdColumns = []string{"id", "registers", "name", "born", "uprn", "address", "postcode", "household", "tier", "posterior", "capacity", "role", "deceased", "severity",
	"band", "lane", "place", "signals", "categories", "kinds", "data_from", "data_to", "items", "incomplete", "exhibit", "first_item", "controller", "safe_contact", "sealed", "reasons"}

// addCrowd puts people into the lists, in the order of their urgency.
func addCrowd(tx *db.Tx, people []crowd) error {
	load := tx.Load("person", crowdColumns...)
	for i, p := range people {
		err := load.Add(p.id, p.registers, fmt.Sprint("Avery Test", i), p.born, p.uprn, p.address, p.postcode, p.household, "strong", 999_000, "subject", "resident", p.deceased, 200,
			"medium", p.lane, int64(i), p.signals, "basic identifiers", "name", int64(0), int64(0), int64(1), int64(0), "x", "1", "TST", p.contact, p.sealed, "")
		if err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	for _, p := range people {
		if _, err := tx.Exec("INSERT INTO person_council (person, council) VALUES (?, 'TST')", p.id); err != nil {
			return err
		}
		if p.household != "" {
			if _, err := tx.Exec("INSERT INTO resident (household, person) VALUES (?, ?)", p.household, p.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// someone is an ordinary adult of a crowd.
func someone(n int) crowd {
	return crowd{id: crowdPerson(n), registers: fmt.Sprintf(`[["ctax","%d"]]`, n), born: "1980-02-03", deceased: "no", lane: "other", contact: "not-assessed"}
}

// bareCase is a case without exhibits on one of the databases.
func bareCase(t testing.TB, postgres bool) *sweep.Case {
	t.Helper()
	address := ""
	if postgres {
		address = dbtest.PostgresAddress(t)
	}
	c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), address)
	if err == nil {
		t.Cleanup(func() { c.Close() })
		err = Migrate(t.Context(), c.DB)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// crowdCase is a case with n ordinary adults.
func crowdCase(t testing.TB, postgres bool, n int) *sweep.Case {
	t.Helper()
	c := bareCase(t, postgres)
	people := make([]crowd, n)
	for i := range people {
		people[i] = someone(i)
	}
	if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { return addCrowd(tx, people) }); err != nil {
		t.Fatal(err)
	}
	return c
}
