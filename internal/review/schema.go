package review

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
)

// Schema is the tables of one desk: the name under which they are migrated, and
// their steps, which are only ever added to.
type Schema struct {
	Room  string
	Steps []string
}

// Schemas lists the tables of the room, one line for each desk. They are
// migrated one by one under names of their own, so that a step added to one
// desk is no change of another. The name of a desk, once released, stays.
func Schemas() []Schema {
	return []Schema{
		{"review-today", todaySchema},
		{"review-standing", standingSchema},
		{"review-exhibit", exhibitSchema},
		{"review-register", registerSchema},
		{"review-person", personSchema},
		{"review-stop", stopSchema},
		{"review-verdict", verdictSchema},
		{"review-queue", queueSchema},
		{"review-sample", sampleSchema},
		{"review-version", versionSchema},
		{"review-article34", article34Schema},
		{"review-hold", holdSchema},
		{"review-sar", sarSchema},
	}
}

// Migrate brings the tables of all desks to what this program needs, and before
// them those of notices, which the views on who was told join.
func Migrate(ctx context.Context, d *db.DB) error {
	if err := notice.Migrate(ctx, d); err != nil {
		return err
	}
	for _, s := range Schemas() {
		if err := d.Migrate(ctx, s.Room, s.Steps); err != nil {
			return err
		}
	}
	return nil
}
