package report

// paperSchema is the papers that were made. A paper is kept as it was handed
// out and never changed; a later one takes its place.
var paperSchema = []string{`
CREATE TABLE report_paper (
	id        INTEGER NOT NULL PRIMARY KEY,
	kind      TEXT NOT NULL, -- of paperKinds
	audience  TEXT NOT NULL,
	council   TEXT NOT NULL,
	tlp       TEXT NOT NULL,
	title     TEXT NOT NULL,
	list      INTEGER NOT NULL, -- number of the list version, 0 for none
	footer    TEXT NOT NULL, -- the head of the record when it was made
	pieces    TEXT NOT NULL, -- JSON
	digest    TEXT NOT NULL, -- SHA-256 of title, footer and pieces
	made_by   TEXT NOT NULL,
	made_name TEXT NOT NULL,
	made_at   INTEGER NOT NULL
);
CREATE TABLE report_paper_fact (
	paper INTEGER NOT NULL REFERENCES report_paper (id),
	fact  INTEGER NOT NULL, -- a version of a fact in the incident's ledger
	PRIMARY KEY (paper, fact)
);
`}
