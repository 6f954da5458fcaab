package report

// breachSchema is the register of breaches. A row is one version of an entry;
// none is changed, the next stands beside it, and latest marks the one that
// stands.
var breachSchema = []string{`
CREATE TABLE report_breach (
	number       INTEGER NOT NULL PRIMARY KEY, -- of the version
	id           INTEGER NOT NULL,
	version      INTEGER NOT NULL,
	latest       INTEGER NOT NULL,
	council      TEXT NOT NULL,
	tlp          TEXT NOT NULL,
	title        TEXT NOT NULL,
	happened     INTEGER NOT NULL, -- seconds UTC, 0 not known
	aware        INTEGER NOT NULL,
	what         TEXT NOT NULL, -- the facts of the breach
	effects      TEXT NOT NULL,
	action       TEXT NOT NULL, -- remedial action taken
	people       TEXT NOT NULL, -- a band of the ICO
	reported     TEXT NOT NULL, -- yes, no, open
	why          TEXT NOT NULL, -- it was or was not reported, late or in time
	reported_at  INTEGER NOT NULL,
	reference    TEXT NOT NULL,
	told         TEXT NOT NULL, -- yes, no, open: people under Article 34
	told_why     TEXT NOT NULL,
	state        TEXT NOT NULL, -- open, closed, withdrawn
	changed_by   TEXT NOT NULL,
	changed_name TEXT NOT NULL,
	changed_at   INTEGER NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX report_breach_latest ON report_breach (latest, aware);
`}
