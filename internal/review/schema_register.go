package review

// registerSchema is the desk register: register files that were added in the
// browser, for the next sweep to load, with the council's own mapping of their
// columns (JSON, header to generic column). file is the base name by which the
// case knows a load: made of the reference, so that the same register sent again
// replaces what it gave before.
var registerSchema = []string{`
CREATE TABLE review_register (
	ref       TEXT NOT NULL PRIMARY KEY,
	file      TEXT NOT NULL,
	path      TEXT NOT NULL,
	called    TEXT NOT NULL, -- its name with whoever sent it
	kind      TEXT NOT NULL, -- as chosen, '' for the one recognised
	columns   TEXT NOT NULL,
	digest    TEXT NOT NULL,
	size      INTEGER NOT NULL,
	user_id   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	kept      INTEGER NOT NULL,
	version   INTEGER NOT NULL
);
`}
