package incident

// decisionSchema is what was decided, and legal advice about it, which is kept
// apart so that no list, export or search of decisions can hold it.
var decisionSchema = []string{`
CREATE TABLE incident_decision (` + keptFields + `
	title TEXT NOT NULL, -- what was decided
	question TEXT NOT NULL,
	options TEXT NOT NULL, -- one a line
	reason TEXT NOT NULL,
	authority TEXT NOT NULL, -- by what right it was decided
	delegation TEXT NOT NULL, -- who gave it, when, until when
	dissent TEXT NOT NULL, -- who saw it otherwise, and why
	evidence TEXT NOT NULL, -- links, one a line
	cites TEXT NOT NULL, -- numbers of versions of facts, with spaces
	decider TEXT NOT NULL, -- who decided, by name and office
	decided INTEGER NOT NULL,
	review INTEGER NOT NULL, -- when it is looked at again, 0 for never
	state TEXT NOT NULL, -- proposed, decided, reviewed, superseded, withdrawn
	why TEXT NOT NULL,
	words TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_decision_latest ON incident_decision (latest, decided);
CREATE TABLE incident_advice (
	number INTEGER NOT NULL PRIMARY KEY,
	decision INTEGER NOT NULL, -- its id
	advice TEXT NOT NULL,
	adviser TEXT NOT NULL, -- who gave it
	added_by TEXT NOT NULL,
	added_name TEXT NOT NULL,
	added_at INTEGER NOT NULL
);
CREATE INDEX incident_advice_decision ON incident_advice (decision);
`}
