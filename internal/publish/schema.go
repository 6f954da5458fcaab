package publish

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
)

// Name is the name under which the tables are migrated.
const Name = "publish"

// Schema is the steps of the tables; append, never change. Times are UTC
// seconds, 0 for never. The wording of a version is never changed.
func Schema() []string { return schema }

var schema = []string{`
CREATE TABLE publish_text (
	id INTEGER NOT NULL PRIMARY KEY,
	slug TEXT NOT NULL, -- of the page, the update, or the thing it is
	kind TEXT NOT NULL, -- page, update, status, council, figures
	version INTEGER NOT NULL, -- of the slug, from 1
	title TEXT NOT NULL,
	body TEXT NOT NULL, -- Markdown; JSON for council and figures
	note TEXT NOT NULL, -- what changed, for the public change log
	state TEXT NOT NULL, -- draft, released, refused, withdrawn
	show_at INTEGER NOT NULL, -- not before; 0: as soon as it is released
	made_by TEXT NOT NULL,
	made_name TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	second_by TEXT NOT NULL, -- who released or refused it
	second_name TEXT NOT NULL,
	second_at INTEGER NOT NULL,
	ended_by TEXT NOT NULL, -- who withdrew it
	ended_name TEXT NOT NULL,
	ended_at INTEGER NOT NULL,
	why TEXT NOT NULL, -- it was refused or withdrawn
	UNIQUE (slug, version)
);
CREATE INDEX publish_text_state ON publish_text (state, slug, version);
`}

// Migrate brings the tables to what this program needs.
func Migrate(ctx context.Context, d *db.DB) error { return d.Migrate(ctx, Name, schema) }
