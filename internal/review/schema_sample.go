package review

// sampleSchema is the desk sample: what was drawn, what people said of it blind,
// and the result as it was when the sample was finished, which never changes
// after. strata are those of the whole population when the sample was drawn.
var sampleSchema = []string{`
CREATE TABLE sample (
	id         INTEGER NOT NULL PRIMARY KEY,
	sort       TEXT NOT NULL,
	tier       TEXT NOT NULL, -- of a precision sample; '' for any
	seed       TEXT NOT NULL,
	size       INTEGER NOT NULL,
	population INTEGER NOT NULL,
	stamp      TEXT NOT NULL,
	why        TEXT NOT NULL,
	user_      TEXT NOT NULL,
	user_name  TEXT NOT NULL,
	at         INTEGER NOT NULL,
	ended      INTEGER NOT NULL, -- 0 while people judge it
	ended_by   TEXT NOT NULL,
	result     TEXT NOT NULL, -- JSON, when finished
	digest     TEXT NOT NULL, -- of the result
	version    INTEGER NOT NULL
);
CREATE TABLE sample_item (
	sample  INTEGER NOT NULL,
	n       INTEGER NOT NULL, -- from 1, in the order of the draw
	thing   TEXT NOT NULL,
	stratum TEXT NOT NULL,
	machine INTEGER NOT NULL, -- what the lists said when it was drawn, hidden until the end
	answer  INTEGER NOT NULL, -- what people said; -1 nothing yet, -2 nobody can tell
	user_   TEXT NOT NULL,
	at      INTEGER NOT NULL,
	PRIMARY KEY (sample, n)
);
`}
