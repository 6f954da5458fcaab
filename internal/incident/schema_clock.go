package incident

// clockSchema is when councils became aware, the clocks that run, what was done
// about each, and which reminders went out.
var clockSchema = []string{`
CREATE TABLE incident_aware (` + keptFields + `
	at INTEGER NOT NULL, -- when the council became aware
	who TEXT NOT NULL, -- became aware: a role
	evidence TEXT NOT NULL,
	reasoning TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL, -- this version was written
	UNIQUE (id, version)
);
CREATE INDEX incident_aware_latest ON incident_aware (latest, id);
CREATE TABLE incident_clock (` + keptFields + `
	duty TEXT NOT NULL, -- duties in clock_table.go
	title TEXT NOT NULL,
	nation INTEGER NOT NULL,
	begun INTEGER NOT NULL,
	begun_why TEXT NOT NULL,
	due INTEGER NOT NULL, -- 0 for an open one
	whole INTEGER NOT NULL, -- 1: a whole day
	open INTEGER NOT NULL, -- 1: without undue delay
	longer TEXT NOT NULL, -- why it was extended, '' if not
	aware INTEGER NOT NULL, -- the awareness that started it, or 0
	list_version TEXT NOT NULL, -- of the list of people, for Article 34
	cohort TEXT NOT NULL,
	people INTEGER NOT NULL,
	choice TEXT NOT NULL, -- what was decided about the group
	choice_why TEXT NOT NULL,
	held TEXT NOT NULL, -- who paused what, for the reader; moves no date
	owner TEXT NOT NULL,
	state TEXT NOT NULL, -- running, met, late, void
	ended INTEGER NOT NULL,
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_clock_due ON incident_clock (latest, state, open, due);
CREATE TABLE incident_report (` + keptFields + `
	parent INTEGER NOT NULL, -- the clock
	at INTEGER NOT NULL,
	phase TEXT NOT NULL, -- phases in clock.go
	way TEXT NOT NULL, -- portal, telephone, post
	reference TEXT NOT NULL,
	note TEXT NOT NULL,
	late_why TEXT NOT NULL, -- reasons for the delay, Article 33(1)
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_report_parent ON incident_report (parent, latest);
CREATE TABLE incident_reminder (
	clock INTEGER NOT NULL,
	due INTEGER NOT NULL,
	stage INTEGER NOT NULL, -- seconds before the end; below 0 the days an open one has run
	council TEXT NOT NULL, -- who was reminded
	at INTEGER NOT NULL,
	PRIMARY KEY (clock, due, stage, council)
);
`}
