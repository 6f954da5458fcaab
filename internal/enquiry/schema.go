package enquiry

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

// Schemas lists the tables of the room, one line for each desk.
func Schemas() []Schema {
	return []Schema{
		{"enquiry", enquirySchema},
		{"enquiry-call", callSchema},
		{"enquiry-paper", paperSchema},
		{"enquiry-figure", figureSchema},
		{"enquiry-scam", scamSchema},
		{"enquiry-tie", tieSchema},
		{"enquiry-receipt", receiptSchema},
		{"enquiry-forget", forgetSchema},
	}
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

// enquirySchema: an enquiry is changed in place, with a version; what was done
// with it is in the notes, which are only ever added to. live and rank are the
// order of the queue: 1 while something is to be done; 0 for the vulnerable.
var enquirySchema = []string{`
CREATE TABLE enquiry (
	id         INTEGER NOT NULL PRIMARY KEY,
	reference  TEXT NOT NULL,
	kind       TEXT NOT NULL,
	channel    TEXT NOT NULL,
	topic      TEXT NOT NULL,
	name       TEXT NOT NULL,
	email      TEXT NOT NULL,
	phone      TEXT NOT NULL,
	postcode   TEXT NOT NULL,
	safe       TEXT NOT NULL, -- when and how it is safe to be in touch
	words      TEXT NOT NULL,
	letter     TEXT NOT NULL, -- the reference of a letter, as quoted
	council    TEXT NOT NULL,
	state      TEXT NOT NULL,
	live       INTEGER NOT NULL,
	rank       INTEGER NOT NULL,
	owner      TEXT NOT NULL,
	owner_name TEXT NOT NULL,
	received   INTEGER NOT NULL,
	first_due  INTEGER NOT NULL,
	due        INTEGER NOT NULL,
	extended   INTEGER NOT NULL,
	extended_why TEXT NOT NULL,
	first_at   INTEGER NOT NULL,
	ended      INTEGER NOT NULL,
	merged     INTEGER NOT NULL, -- 0, or the enquiry that it is part of
	repeats    INTEGER NOT NULL,
	contact    TEXT NOT NULL, -- the same for the same sender; see contactKey
	digest     TEXT NOT NULL, -- of the file that it came as
	form       TEXT NOT NULL, -- number of the paper form
	by_        TEXT NOT NULL, -- the agent who typed it
	by_name    TEXT NOT NULL,
	version    INTEGER NOT NULL
);
CREATE UNIQUE INDEX enquiry_reference ON enquiry (reference);
CREATE INDEX enquiry_queue ON enquiry (live, rank, due, id);
CREATE INDEX enquiry_contact ON enquiry (contact, received) WHERE contact <> '';
CREATE UNIQUE INDEX enquiry_digest ON enquiry (digest) WHERE digest <> '';
CREATE INDEX enquiry_merged ON enquiry (merged) WHERE merged > 0;
CREATE INDEX enquiry_received ON enquiry (received, id);
CREATE INDEX enquiry_first ON enquiry (channel, first_at);
CREATE TABLE enquiry_note (
	id      INTEGER NOT NULL PRIMARY KEY,
	enquiry INTEGER NOT NULL,
	what    TEXT NOT NULL,
	words   TEXT NOT NULL,
	way     TEXT NOT NULL,
	by_     TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE INDEX enquiry_note_enquiry ON enquiry_note (enquiry, id);
`, `
ALTER TABLE enquiry ADD COLUMN paused INTEGER NOT NULL DEFAULT 0; -- since when the clock stands; 0 it runs
ALTER TABLE enquiry ADD COLUMN pause TEXT NOT NULL DEFAULT ''; -- why it stands
ALTER TABLE enquiry ADD COLUMN stage INTEGER NOT NULL DEFAULT 1; -- of a complaint
ALTER TABLE enquiry ADD COLUMN next_due INTEGER NOT NULL DEFAULT 0; -- what is due first: to be in touch, or to answer
UPDATE enquiry SET next_due = CASE WHEN first_at = 0 AND first_due < due THEN first_due ELSE due END;
DROP INDEX enquiry_queue;
CREATE INDEX enquiry_queue_next ON enquiry (live, rank, next_due, id);
`}

// callSchema: what agents checked about callers, without anything that was said.
var callSchema = []string{`
CREATE TABLE enquiry_call (
	id      INTEGER NOT NULL PRIMARY KEY,
	by_     TEXT NOT NULL,
	at      INTEGER NOT NULL,
	target  TEXT NOT NULL, -- the same for the same postcode; a digest
	way     TEXT NOT NULL
);
CREATE INDEX enquiry_call_by ON enquiry_call (by_, at);
CREATE INDEX enquiry_call_target ON enquiry_call (target, at);
`}

// paperSchema: numbered paper forms that went out, and what became of each.
var paperSchema = []string{`
CREATE TABLE enquiry_batch (
	id      INTEGER NOT NULL PRIMARY KEY,
	first   INTEGER NOT NULL,
	forms   INTEGER NOT NULL,
	place   TEXT NOT NULL, -- where they went
	by_     TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE TABLE enquiry_form (
	number  INTEGER NOT NULL PRIMARY KEY,
	batch   INTEGER NOT NULL,
	state   TEXT NOT NULL, -- out, typed, void
	enquiry INTEGER NOT NULL, -- that it was typed in as
	why     TEXT NOT NULL, -- it is void
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE INDEX enquiry_form_batch ON enquiry_form (batch, state, number);
`}

// figureSchema: who staffs which channel.
var figureSchema = []string{`
CREATE TABLE enquiry_shift (
	id      INTEGER NOT NULL PRIMARY KEY,
	day     TEXT NOT NULL, -- 2026-01-12
	channel TEXT NOT NULL,
	begins  TEXT NOT NULL, -- 08:00
	ends    TEXT NOT NULL,
	people  INTEGER NOT NULL,
	who     TEXT NOT NULL, -- a team, or a contractor
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE INDEX enquiry_shift_day ON enquiry_shift (day, channel);
`}

// scamSchema: reports, what hung on them, and the groups of those that are alike.
// A body is kept once, whoever sends it, and no page gives it out. Published is
// what a second person approved; its words are the desk's own.
var scamSchema = []string{`
CREATE TABLE scam_report (
	id        INTEGER NOT NULL PRIMARY KEY,
	reference TEXT NOT NULL,
	channel   TEXT NOT NULL,
	way       TEXT NOT NULL, -- how the scam came: email, text, call, post, door, web
	council   TEXT NOT NULL,
	name      TEXT NOT NULL, -- of who reports
	email     TEXT NOT NULL,
	phone     TEXT NOT NULL,
	sender    TEXT NOT NULL, -- of the scam, defanged
	subject   TEXT NOT NULL, -- defanged
	words     TEXT NOT NULL, -- defanged
	said      TEXT NOT NULL, -- what the reporter wrote, defanged
	copied    INTEGER NOT NULL, -- the reporter says that it knew things about them
	vulnerable INTEGER NOT NULL,
	state     TEXT NOT NULL, -- new, scam, not-scam, unsure
	signs     TEXT NOT NULL, -- codes
	cluster   INTEGER NOT NULL, -- 0 until it was read
	alike     INTEGER NOT NULL, -- with its group, in a hundred
	unread    INTEGER NOT NULL, -- 1 until its files were read
	outcome   TEXT NOT NULL, -- of the reading
	received  INTEGER NOT NULL,
	digest    TEXT NOT NULL,
	by_name   TEXT NOT NULL,
	version   INTEGER NOT NULL
);
CREATE UNIQUE INDEX scam_report_reference ON scam_report (reference);
CREATE UNIQUE INDEX scam_report_digest ON scam_report (digest) WHERE digest <> '';
CREATE INDEX scam_report_cluster ON scam_report (cluster, id);
CREATE INDEX scam_report_state ON scam_report (state, id);
CREATE INDEX scam_report_unread ON scam_report (id) WHERE unread = 1;
CREATE TABLE scam_file (
	report INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	name   TEXT NOT NULL, -- defanged
	digest TEXT NOT NULL,
	size   INTEGER NOT NULL,
	type   TEXT NOT NULL,
	status TEXT NOT NULL,
	PRIMARY KEY (report, n)
);
CREATE INDEX scam_file_digest ON scam_file (digest);
CREATE TABLE scam_body (
	digest TEXT NOT NULL PRIMARY KEY,
	body   BLOB NOT NULL
);
CREATE TABLE scam_link (
	report INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	target TEXT NOT NULL, -- defanged
	shown  TEXT NOT NULL, -- defanged
	PRIMARY KEY (report, n)
);
CREATE TABLE scam_cluster (
	id        INTEGER NOT NULL PRIMARY KEY,
	title     TEXT NOT NULL, -- defanged
	way       TEXT NOT NULL,
	reports   INTEGER NOT NULL,
	copied    INTEGER NOT NULL,
	first_seen INTEGER NOT NULL,
	last_seen INTEGER NOT NULL,
	signature TEXT NOT NULL, -- of its first report
	state     TEXT NOT NULL, -- open, drafted, published, withdrawn
	public_title TEXT NOT NULL,
	public_words TEXT NOT NULL,
	drafted_by TEXT NOT NULL,
	drafted_name TEXT NOT NULL,
	drafted_at INTEGER NOT NULL,
	approved_by TEXT NOT NULL,
	approved_name TEXT NOT NULL,
	approved_at INTEGER NOT NULL,
	version   INTEGER NOT NULL
);
CREATE INDEX scam_cluster_recent ON scam_cluster (last_seen, id);
CREATE INDEX scam_cluster_state ON scam_cluster (state, last_seen);
CREATE TABLE scam_key (
	key     TEXT NOT NULL,
	cluster INTEGER NOT NULL,
	PRIMARY KEY (key, cluster)
);
CREATE INDEX scam_key_cluster ON scam_key (cluster);
CREATE TABLE scam_person (
	id      INTEGER NOT NULL PRIMARY KEY,
	report  INTEGER NOT NULL,
	person  TEXT NOT NULL,
	why     TEXT NOT NULL,
	by_     TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL,
	withdrawn_why TEXT NOT NULL
);
CREATE INDEX scam_person_report ON scam_person (report, id);
CREATE INDEX scam_person_person ON scam_person (person);

CREATE VIEW enquiry_scam_published AS SELECT id, public_title AS title, public_words AS words, way, reports, first_seen, last_seen, approved_at
	FROM scam_cluster WHERE state = 'published';
CREATE VIEW enquiry_scam_person AS SELECT report, person, at FROM scam_person WHERE withdrawn = 0;
`, `
CREATE TABLE scam_wording ( -- of groups that were put into another
	cluster   INTEGER NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (cluster, signature)
);
`}
