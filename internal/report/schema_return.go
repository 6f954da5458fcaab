package report

// returnSchema is the desk return. A return goes to one body for one council;
// its versions are numbered. A draft is filled in until two people have signed
// it; from then it is not changed, and once it was sent it stays for good. edit
// goes up with every change of a version.
var returnSchema = []string{`
CREATE TABLE report_return (
	id           INTEGER NOT NULL PRIMARY KEY,
	kind         TEXT NOT NULL, -- of form
	council      TEXT NOT NULL, -- for whom, '' for the whole incident
	tlp          TEXT NOT NULL,
	created_by   TEXT NOT NULL,
	created_name TEXT NOT NULL,
	created_at   INTEGER NOT NULL,
	UNIQUE (kind, council)
);
CREATE TABLE report_return_version (
	id           INTEGER NOT NULL PRIMARY KEY,
	return_      INTEGER NOT NULL REFERENCES report_return (id),
	number       INTEGER NOT NULL, -- from 1
	follow       INTEGER NOT NULL, -- 0 initial, 1 follow-up
	state        TEXT NOT NULL, -- draft, approved, sent
	answers      TEXT NOT NULL, -- JSON: key → answer
	figures      TEXT NOT NULL, -- JSON, '' for none
	list         INTEGER NOT NULL, -- number of the list version, 0 for none
	aware        INTEGER NOT NULL, -- when the council became aware, 0 not decided
	edit         INTEGER NOT NULL,
	created_by   TEXT NOT NULL,
	created_name TEXT NOT NULL,
	created_at   INTEGER NOT NULL,
	changed_by   TEXT NOT NULL,
	changed_name TEXT NOT NULL,
	changed_at   INTEGER NOT NULL,
	sent_at      INTEGER NOT NULL, -- 0 not sent
	sent_by      TEXT NOT NULL,
	sent_name    TEXT NOT NULL,
	sent_how     TEXT NOT NULL,
	reference    TEXT NOT NULL, -- that the body gave
	digest       TEXT NOT NULL, -- of what was sent
	UNIQUE (return_, number)
);
CREATE TABLE report_return_sign (
	version INTEGER NOT NULL REFERENCES report_return_version (id),
	user_   TEXT NOT NULL,
	name    TEXT NOT NULL,
	at      INTEGER NOT NULL,
	digest  TEXT NOT NULL, -- of what was signed
	PRIMARY KEY (version, user_)
);
CREATE TABLE report_return_fact (
	version INTEGER NOT NULL REFERENCES report_return_version (id),
	fact    INTEGER NOT NULL, -- a version of a fact in the incident's ledger
	PRIMARY KEY (version, fact)
);
`}
