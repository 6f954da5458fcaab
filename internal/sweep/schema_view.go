package sweep

import (
	"context"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// viewSchema is what rooms above read: the published views, whose columns are
// stable, and the tables that keep counts and rare rows at hand, so that no page
// counts millions of rows. All of it is derived: tally.go writes it from the
// tables of the case, and a case that lost it has it again after a resolve.
//
// The folder of an item is its path up to the last slash: rtrim takes away from
// the end whatever is no slash, on both databases alike.
const viewSchema = `
ALTER TABLE person ADD COLUMN still_held TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN ward TEXT NOT NULL DEFAULT '';
CREATE INDEX person_place ON person (place);
CREATE INDEX person_lane ON person (lane, place);
CREATE INDEX person_band ON person (band, place);
CREATE INDEX person_tier ON person (tier, place);
CREATE INDEX person_sealed ON person (id) WHERE sealed = 1;
CREATE INDEX finding_mention ON finding (document, mention);
CREATE INDEX resident_person ON resident (person);
CREATE INDEX link_household ON link (household) WHERE household <> '';

CREATE TABLE person_council (
	person  TEXT NOT NULL,
	council TEXT NOT NULL,
	PRIMARY KEY (person, council)
) WITHOUT ROWID;
CREATE INDEX person_council_people ON person_council (council, person);
CREATE TABLE person_signal (
	signal TEXT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (signal, person)
) WITHOUT ROWID;
CREATE INDEX person_signal_person ON person_signal (person);
CREATE TABLE person_word (
	word   TEXT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (word, person)
) WITHOUT ROWID;
CREATE INDEX person_word_person ON person_word (person);
CREATE TABLE tally (
	councils TEXT NOT NULL,
	what     TEXT NOT NULL,
	value    TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (councils, what, value)
) WITHOUT ROWID;
CREATE TABLE tally_day (
	day      INTEGER NOT NULL,
	councils TEXT NOT NULL,
	what     TEXT NOT NULL,
	value    TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (day, councils, what, value)
) WITHOUT ROWID;
CREATE TABLE folder_tally (
	exhibit  TEXT NOT NULL,
	folder   TEXT NOT NULL,
	status   TEXT NOT NULL,
	reason   TEXT NOT NULL,
	items    INTEGER NOT NULL,
	bytes    INTEGER NOT NULL,
	pages    INTEGER NOT NULL,
	unread   INTEGER NOT NULL,
	personal INTEGER NOT NULL,
	PRIMARY KEY (exhibit, folder, status, reason)
) WITHOUT ROWID;
CREATE TABLE document_tally (
	document INTEGER NOT NULL PRIMARY KEY,
	findings INTEGER NOT NULL,
	people   INTEGER NOT NULL,
	kinds    TEXT NOT NULL
);
CREATE TABLE item_triage (
	item     INTEGER NOT NULL PRIMARY KEY,
	level    INTEGER NOT NULL,
	document INTEGER NOT NULL,
	reasons  TEXT NOT NULL
);
CREATE INDEX item_triage_level ON item_triage (level, item);
CREATE TABLE sealed_document (
	document INTEGER NOT NULL,
	person   TEXT NOT NULL,
	PRIMARY KEY (document, person)
) WITHOUT ROWID;
CREATE TABLE hidden_item (
	item INTEGER NOT NULL PRIMARY KEY,
	n    INTEGER NOT NULL
);
CREATE TABLE kind_category (
	kind     TEXT NOT NULL PRIMARY KEY,
	category TEXT NOT NULL
);
CREATE TABLE passage (
	id       INTEGER NOT NULL PRIMARY KEY,
	document INTEGER NOT NULL,
	block    INTEGER NOT NULL,
	first    INTEGER NOT NULL,
	last     INTEGER NOT NULL
);
CREATE INDEX passage_document ON passage (document);
CREATE TABLE passage_done (
	document INTEGER NOT NULL PRIMARY KEY,
	blocks   INTEGER NOT NULL,
	reader   TEXT NOT NULL
);
CREATE TEXT INDEX passage_text;

CREATE VIEW case_exhibits AS SELECT id, name, path, origin, holder, taken, digest FROM exhibit;
CREATE VIEW case_registers AS SELECT id, name, kind, file, digest, people, line_count, bad_rows, loaded_at FROM register;
CREATE VIEW case_people AS SELECT id, registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased,
	severity, band, lane, place, signals, categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller,
	safe_contact, sealed, reasons, still_held, ward FROM person;
CREATE VIEW case_controllers AS SELECT person, council FROM person_council;
CREATE VIEW case_signals AS SELECT person, signal FROM person_signal;
CREATE VIEW case_households AS SELECT id, uprn, address, postcode, band, items, controller FROM household;
CREATE VIEW case_residents AS SELECT household, person FROM resident;
CREATE VIEW case_items AS SELECT i.id AS id, e.name AS exhibit, i.path AS path, i.parent AS parent, i.digest AS digest, i.size AS size,
	i.modified AS modified, CASE WHEN i.type <> '' THEN i.type ELSE COALESCE(d.type, '') END AS type,
	CASE WHEN i.status <> '' THEN i.status ELSE COALESCE(d.status, 'unsupported') END AS status,
	CASE WHEN i.status <> '' THEN i.reason ELSE COALESCE(d.reason, 'timeout') END AS reason,
	CASE WHEN i.status <> '' THEN i.detail ELSE COALESCE(d.detail, 'not read yet: the sweep was stopped before its turn') END AS detail,
	COALESCE(d.id, 0) AS document, COALESCE(d.pages, 0) AS pages, COALESCE(d.pages_unread, 0) AS pages_unread,
	rtrim(rtrim(i.path, replace(i.path, '/', '')), '/') AS folder
	FROM item i JOIN exhibit e ON e.id = i.exhibit LEFT JOIN document d ON d.digest = i.digest AND i.digest <> '';
CREATE VIEW case_links AS SELECT l.document AS document, l.ordinal AS ordinal, m.mark AS mark, l.person AS person, l.household AS household,
	l.posterior AS posterior, l.weight AS weight, l.decided AS decided
	FROM link l JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal;
CREATE VIEW case_findings AS SELECT f.document AS document, f.n AS n, f.block AS block, f.line AS line, f.col AS col, f.first AS first,
	f.last AS last, f.place AS place, f.kind AS kind, COALESCE(k.category, 'basic identifiers') AS category,
	CASE WHEN f.held <> 0 THEN 'A' ELSE f.confidence END AS confidence, f.held AS held, f.value AS value, f.rule AS rule, f.mention AS ordinal,
	f.capacity AS capacity, f.signal AS signal, f.said AS said, f.negated AS negated, COALESCE(l.person, '') AS person,
	COALESCE(l.household, '') AS household, COALESCE(l.posterior, 0) AS posterior
	FROM finding f LEFT JOIN kind_category k ON k.kind = f.kind
	LEFT JOIN link l ON l.document = f.document AND l.ordinal = f.mention AND f.mention > 0;
CREATE VIEW case_triage AS SELECT item, level, document, reasons FROM item_triage;
CREATE VIEW case_hidden AS SELECT item, n FROM hidden_item;
CREATE VIEW case_sealed_documents AS SELECT document, person FROM sealed_document;
`

// keepKinds writes down which category each kind has, for the published views.
func (c *Case) keepKinds(ctx context.Context) error {
	kinds := reeve.Kinds()
	var have int
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.One([]any{&have}, "SELECT COUNT(*) FROM kind_category")
	})
	if err != nil || have == len(kinds) {
		return err
	}
	return c.DB.Write(ctx, func(tx *db.Tx) error {
		load := tx.Upsert("kind_category", []string{"kind"}, []string{"kind", "category"})
		for _, k := range kinds {
			if err := load.Add(string(k), string(k.Category())); err != nil {
				return err
			}
		}
		return load.Close()
	})
}

// viewIndexes are what the first view of a large case showed to be needed.
const viewIndexes = `
CREATE INDEX finding_block ON finding (document, block);
CREATE INDEX tally_what ON tally (what, value);
CREATE INDEX decision_a ON decision (a);
CREATE INDEX decision_b ON decision (b);
CREATE INDEX redirect_new ON redirect (new_);
CREATE INDEX person_order ON person (place, sealed);
DROP INDEX person_place;
ALTER TABLE document_tally ADD COLUMN councils TEXT NOT NULL DEFAULT '';
ALTER TABLE passage_done ADD COLUMN digest TEXT NOT NULL DEFAULT '';
CREATE INDEX passage_done_digest ON passage_done (digest);
`

// signalPlaces lets a page of the people with a signal, in a lane, be read in the
// order of the list: what is common in one and rare in the other would otherwise
// be walked for a second.
const signalPlaces = `
ALTER TABLE person_signal ADD COLUMN lane TEXT NOT NULL DEFAULT '';
ALTER TABLE person_signal ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE person_signal SET lane = (SELECT p.lane FROM person p WHERE p.id = person_signal.person), place = (SELECT p.place FROM person p WHERE p.id = person_signal.person);
CREATE INDEX person_signal_place ON person_signal (signal, place);
CREATE INDEX person_signal_lane ON person_signal (signal, lane, place);
`

// itemOrder lets the items of an exhibit be read page by page.
const itemOrder = `
CREATE INDEX item_order ON item (exhibit, id);
`

// laneContacts lets the people of a lane be counted by how they may be reached
// from the index alone.
const laneContacts = `
CREATE INDEX person_contact ON person (lane, sealed, safe_contact, id);
`
