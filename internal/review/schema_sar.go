package review

// sarSchema is the answers to subject access requests: which findings of others,
// in a passage about one person, somebody has released to them, and why. What is
// not released is withheld.
var sarSchema = []string{`
CREATE TABLE sar_release (
	person    TEXT NOT NULL,
	document  INTEGER NOT NULL,
	n         INTEGER NOT NULL, -- of the finding
	why       TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (person, document, n)
);
`}
