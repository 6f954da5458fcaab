package notice

import (
	"context"

	"github.com/reeve-council/reeve/internal/db"
)

// TableRoom is the name under which the tables are migrated.
const TableRoom = "notice"

// Schema is the steps of the tables; append, never change.
//
// A run is a frozen list and how it goes out; its messages are written when it is
// frozen and only change their state. Exclusions are who was left out, and why;
// refusals are attempts that the guard or the channel refused later. A receipt is
// one word of a channel about one message. Nothing is ever deleted; at the end of a
// case it is emptied of people (store_forget.go).
//
// notice_status is what others join: one row for each message that left, about
// whom, and what became of it. notice_gone is the addresses from which something
// came back. notice_letter answers whether a letter is real: it holds no person.
func Schema() []string { return schemaSteps }

var schemaSteps = []string{`
CREATE TABLE notice_wording (
	council TEXT NOT NULL PRIMARY KEY, -- '' for the whole case
	data    TEXT NOT NULL, -- JSON
	user_   TEXT NOT NULL,
	at      INTEGER NOT NULL,
	version INTEGER NOT NULL
);
CREATE TABLE notice_template (
	name      TEXT NOT NULL,
	number    INTEGER NOT NULL, -- from 1; 0 is the one that comes with the program
	body      TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	second_by TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at INTEGER NOT NULL, -- 0 until a second person agreed
	PRIMARY KEY (name, number)
);
CREATE TABLE notice_run (
	id        INTEGER NOT NULL PRIMARY KEY,
	title     TEXT NOT NULL,
	kind      TEXT NOT NULL,
	way       TEXT NOT NULL,
	channel   TEXT NOT NULL,
	council   TEXT NOT NULL, -- whose people; '' for all
	bands     TEXT NOT NULL,
	template  TEXT NOT NULL,
	template_number INTEGER NOT NULL,
	template_text TEXT NOT NULL, -- as frozen
	list_version INTEGER NOT NULL, -- 0 for a general notice
	list_digest TEXT NOT NULL,
	on_day    INTEGER NOT NULL, -- the date on the letters, YYYYMMDD
	quota     INTEGER NOT NULL, -- letters a day; 0: what the channel takes
	state     TEXT NOT NULL,
	paused_why TEXT NOT NULL,
	wording   TEXT NOT NULL, -- JSON, as frozen
	facts     TEXT NOT NULL, -- versions of facts that it was built on, joined
	unread    INTEGER NOT NULL,
	total     INTEGER NOT NULL,
	people    INTEGER NOT NULL, -- messages that were frozen
	checked   INTEGER NOT NULL,
	pence     INTEGER NOT NULL,
	digest    TEXT NOT NULL, -- over what will leave, once checked
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	frozen_at INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at  INTEGER NOT NULL,
	version   INTEGER NOT NULL
);
CREATE TABLE notice_signature (
	run       INTEGER NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	digest    TEXT NOT NULL, -- what was signed
	at        INTEGER NOT NULL,
	PRIMARY KEY (run, user_)
);
CREATE TABLE notice_message (
	run       INTEGER NOT NULL,
	n         INTEGER NOT NULL, -- from 1; below 0 a test, which is about nobody
	person    TEXT NOT NULL,
	reference TEXT NOT NULL UNIQUE,
	name      TEXT NOT NULL,
	about     TEXT NOT NULL,
	lines     TEXT NOT NULL, -- of the address
	email     TEXT NOT NULL,
	phone     TEXT NOT NULL,
	place     TEXT NOT NULL, -- the address, folded, for suppression
	kinds     TEXT NOT NULL,
	data_from INTEGER NOT NULL,
	data_to   INTEGER NOT NULL,
	items     INTEGER NOT NULL,
	incomplete INTEGER NOT NULL,
	band      TEXT NOT NULL,
	tier      TEXT NOT NULL,
	confirmed INTEGER NOT NULL,
	held      TEXT NOT NULL,
	council   TEXT NOT NULL,
	decided   INTEGER NOT NULL, -- the decision whom to tell; 0: the person
	state     TEXT NOT NULL, -- frozen, ready, faulty, leaving, left, refused, unsure, stopped
	why       TEXT NOT NULL, -- of what did not leave
	sender    TEXT NOT NULL, -- who has it while it leaves
	attempts  INTEGER NOT NULL,
	claimed   INTEGER NOT NULL, -- real time, UTC seconds
	sides     INTEGER NOT NULL,
	day       TEXT NOT NULL, -- on which it left, by the channel's clock
	left_at   INTEGER NOT NULL, -- UTC seconds, by the channel's clock
	channel_id TEXT NOT NULL,
	status    TEXT NOT NULL, -- the channel's newest word
	outcome   TEXT NOT NULL,
	status_at INTEGER NOT NULL,
	PRIMARY KEY (run, n)
);
CREATE INDEX notice_message_state ON notice_message (run, state, n);
CREATE INDEX notice_message_person ON notice_message (person);
CREATE INDEX notice_message_day ON notice_message (day, run);
CREATE INDEX notice_message_outcome ON notice_message (outcome, run);
CREATE TABLE notice_exclusion (
	run    INTEGER NOT NULL,
	person TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (run, person)
);
CREATE INDEX notice_exclusion_reason ON notice_exclusion (run, reason);
CREATE TABLE notice_refusal (
	id     INTEGER NOT NULL PRIMARY KEY,
	run    INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	person TEXT NOT NULL,
	reason TEXT NOT NULL,
	at     INTEGER NOT NULL
);
CREATE INDEX notice_refusal_run ON notice_refusal (run, id);
CREATE TABLE notice_receipt (
	id        INTEGER NOT NULL PRIMARY KEY,
	reference TEXT NOT NULL,
	status    TEXT NOT NULL,
	outcome   TEXT NOT NULL,
	at        INTEGER NOT NULL,
	UNIQUE (reference, status)
);
CREATE TABLE notice_decision (
	id        INTEGER NOT NULL PRIMARY KEY,
	person    TEXT NOT NULL,
	sort      TEXT NOT NULL, -- child, estate
	name      TEXT NOT NULL, -- who is to be told
	lines     TEXT NOT NULL, -- where
	relation  TEXT NOT NULL,
	basis     TEXT NOT NULL,
	harm      TEXT NOT NULL, -- what was checked, so that nobody is harmed by it
	decided_by TEXT NOT NULL, -- as typed: the officer of children's services
	on_day    TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	ended     INTEGER NOT NULL,
	ended_why TEXT NOT NULL
);
CREATE INDEX notice_decision_person ON notice_decision (person, sort, ended);
CREATE TABLE notice_suppression (
	id     INTEGER NOT NULL PRIMARY KEY,
	person TEXT NOT NULL, -- '' where it is an address
	place  TEXT NOT NULL, -- folded; '' where it is a person
	why    TEXT NOT NULL,
	cause  TEXT NOT NULL, -- asked, returned, failed
	user_  TEXT NOT NULL,
	at     INTEGER NOT NULL,
	lifted INTEGER NOT NULL,
	lifted_why TEXT NOT NULL
);
CREATE INDEX notice_suppression_person ON notice_suppression (person, lifted);
CREATE INDEX notice_suppression_place ON notice_suppression (place, lifted);

CREATE VIEW notice_status AS SELECT m.person AS person, m.run AS run, r.kind AS kind, r.way AS how, m.reference AS reference, m.left_at AS at,
	m.status AS status, m.outcome AS outcome, m.status_at AS status_at, m.council AS council
	FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.state = 'left' AND m.n > 0 AND m.person <> '';
CREATE VIEW notice_gone AS SELECT m.person AS person, m.run AS run, m.reference AS reference, m.status_at AS at
	FROM notice_message m WHERE m.outcome IN ('returned', 'failed') AND m.n > 0 AND m.person <> '';
CREATE VIEW notice_letter AS SELECT m.reference AS reference, r.kind AS kind, r.way AS how, m.council AS council, m.left_at AS at
	FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.state IN ('left', 'leaving', 'unsure') AND m.n > 0;
`, `
ALTER TABLE notice_message ADD COLUMN services TEXT NOT NULL DEFAULT ''; -- whose files held the data, joined
ALTER TABLE notice_message ADD COLUMN worker TEXT NOT NULL DEFAULT '';
ALTER TABLE notice_message ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE notice_message ADD COLUMN format TEXT NOT NULL DEFAULT '';
`, variantSchema, outcomeSchema, addressSchema, lookSchema, placeSchema, triedSchema, takenSchema, fateSchema, readsSchema}

// Migrate brings the tables to what this program needs.
func Migrate(ctx context.Context, d *db.DB) error { return d.Migrate(ctx, TableRoom, schemaSteps) }
