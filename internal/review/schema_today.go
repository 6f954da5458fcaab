package review

// todaySchema is the desk today: who sees to a person or a document, and the
// calls that were made about it. A matter is named by its thing, "person:P…" or
// "item:7". Its version goes up with every act on it. Calls are added and, where
// they were wrong, withdrawn; never changed.
var todaySchema = []string{`
CREATE TABLE review_matter (
	thing      TEXT NOT NULL PRIMARY KEY,
	owner      TEXT NOT NULL, -- a user, '' for nobody
	owner_name TEXT NOT NULL,
	note       TEXT NOT NULL,
	version    INTEGER NOT NULL,
	changed    INTEGER NOT NULL,
	changed_by TEXT NOT NULL
);
CREATE INDEX review_matter_owner ON review_matter (owner);
CREATE TABLE review_call (
	id        INTEGER NOT NULL PRIMARY KEY,
	thing     TEXT NOT NULL,
	at        INTEGER NOT NULL, -- when it was made
	caller    TEXT NOT NULL, -- a user
	caller_name TEXT NOT NULL,
	route     TEXT NOT NULL, -- worker, phone, post, email, visit
	outcome   TEXT NOT NULL, -- told, no-answer, not-safe, refused, again
	note      TEXT NOT NULL,
	kept      INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL, -- when; 0 for calls that stand
	withdrawn_why TEXT NOT NULL
);
CREATE INDEX review_call_thing ON review_call (thing, id);
`}
