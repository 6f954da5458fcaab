package sweep

import (
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// TestPublishedViews: what other rooms join has the columns that they know, on
// both databases.
func TestPublishedViews(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), "sweep", schema); err != nil {
			t.Fatal(err)
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			for _, q := range []string{
				`SELECT id, registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased, severity, band, lane, place, signals,
				categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller, safe_contact, sealed, reasons, still_held, ward FROM case_people`,
				"SELECT person, council FROM case_controllers", "SELECT person, signal FROM case_signals",
				`SELECT id, exhibit, path, parent, digest, size, modified, type, status, reason, detail, document, pages, pages_unread, folder FROM case_items`,
				`SELECT document, n, block, line, col, first, last, place, kind, category, confidence, held, value, rule, ordinal, capacity, signal, said, negated,
				person, household, posterior FROM case_findings`,
				"SELECT document, ordinal, mark, person, household, posterior, weight, decided FROM case_links",
				"SELECT id, uprn, address, postcode, band, items, controller FROM case_households",
				"SELECT household, person FROM case_residents",
				"SELECT id, name, path, origin, holder, taken, digest FROM case_exhibits",
				"SELECT id, name, kind, file, digest, people, line_count, bad_rows, loaded_at FROM case_registers",
				"SELECT item, level, document, reasons FROM case_triage", "SELECT item, n FROM case_hidden", "SELECT document, person FROM case_sealed_documents",
			} {
				if err := tx.Each(func(db.Row) error { return nil }, q); err != nil {
					t.Errorf("%s: %v", q, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
