package incident

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
)

// Schema is the tables of one desk: the name under which they are migrated, and
// their steps, which are only ever added to.
type Schema struct {
	Room  string
	Steps []string
}

// Schemas lists the tables of the room, one line for each desk, in the order in
// which they are made. The name of a desk, once released, stays.
func Schemas() []Schema {
	return append([]Schema{
		{"incident-mark", markSchema},
		{"incident-case", incidentSchema},
		{"incident-entry", entrySchema},
		{"incident-fact", factSchema},
		{"incident-task", taskSchema},
		{"incident-decision", decisionSchema},
	}, officeSchemas()...)
}

// Migrate brings the tables of all desks to what this program needs.
func Migrate(ctx context.Context, d *db.DB) error {
	for _, s := range Schemas() {
		if err := d.Migrate(ctx, s.Room, s.Steps); err != nil {
			return err
		}
	}
	return nil
}
