package review

// exhibitSchema is the desk exhibit: what was added in the browser, with its
// custody, for the next sweep to read. What a sweep has read stands in the case
// itself. called is the name that an upload had with whoever sent it.
var exhibitSchema = []string{`
CREATE TABLE review_exhibit (
	name      TEXT NOT NULL PRIMARY KEY,
	path      TEXT NOT NULL,
	origin    TEXT NOT NULL,
	holder    TEXT NOT NULL,
	taken     TEXT NOT NULL,
	called    TEXT NOT NULL, -- '' for a folder on the server
	digest    TEXT NOT NULL, -- of an upload
	size      INTEGER NOT NULL,
	user_id   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	kept      INTEGER NOT NULL
);
`}
