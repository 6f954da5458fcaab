package report

// lessonSchema is the tracker of recommendations and lessons. A row is one
// version; none is changed. Nothing here hangs on the incident being open.
var lessonSchema = []string{`
CREATE TABLE report_lesson (
	number       INTEGER NOT NULL PRIMARY KEY, -- of the version
	id           INTEGER NOT NULL,
	version      INTEGER NOT NULL,
	latest       INTEGER NOT NULL,
	council      TEXT NOT NULL,
	tlp          TEXT NOT NULL,
	kind         TEXT NOT NULL, -- recommendation, lesson
	source       TEXT NOT NULL, -- who says so: a review, an audit, feedback
	source_at    INTEGER NOT NULL,
	what         TEXT NOT NULL,
	answer       TEXT NOT NULL, -- what the council says to it
	owner        TEXT NOT NULL, -- a user, '' for somebody outside
	owner_name   TEXT NOT NULL,
	due          INTEGER NOT NULL, -- first second of the day, 0 none
	state        TEXT NOT NULL, -- open, accepted, rejected, done, checked
	evidence     TEXT NOT NULL, -- of completion
	review       INTEGER NOT NULL, -- when it is looked at again, 0 none
	why          TEXT NOT NULL, -- of this version
	changed_by   TEXT NOT NULL,
	changed_name TEXT NOT NULL,
	changed_at   INTEGER NOT NULL,
	done_by      TEXT NOT NULL, -- who said that it is done
	UNIQUE (id, version)
);
CREATE INDEX report_lesson_latest ON report_lesson (latest, due);
`}
