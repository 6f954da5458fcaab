package incident

// entrySchema is the timeline: what happened, in versions; rows of a CSV file
// that wait for somebody to take them in; and which acts of the record belong
// into the story, by their numbers: their lines stay in the record alone.
var entrySchema = []string{`
CREATE TABLE incident_entry (` + keptFields + `
	happened INTEGER NOT NULL, -- event time
	known INTEGER NOT NULL, -- when we knew of it
	kind TEXT NOT NULL, -- entryKinds
	source TEXT NOT NULL, -- who or what says so
	title TEXT NOT NULL,
	note TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL, -- this version was written
	words TEXT NOT NULL, -- title, source and note folded, for the search
	UNIQUE (id, version)
);
CREATE INDEX incident_entry_time ON incident_entry (latest, happened, id);
CREATE TABLE incident_import (
	id INTEGER NOT NULL PRIMARY KEY,
	name TEXT NOT NULL, -- of the file
	council TEXT NOT NULL,
	tlp TEXT NOT NULL,
	state TEXT NOT NULL, -- waiting, taken, dropped
	good INTEGER NOT NULL,
	bad INTEGER NOT NULL,
	added_by TEXT NOT NULL,
	added_name TEXT NOT NULL,
	added_at INTEGER NOT NULL
);
CREATE TABLE incident_import_row (
	import INTEGER NOT NULL REFERENCES incident_import (id),
	line INTEGER NOT NULL, -- of the file, from 1
	happened INTEGER NOT NULL,
	known INTEGER NOT NULL,
	kind TEXT NOT NULL,
	source TEXT NOT NULL,
	title TEXT NOT NULL,
	note TEXT NOT NULL,
	words TEXT NOT NULL,
	fault TEXT NOT NULL, -- what is wrong with the row; '' for a good one
	PRIMARY KEY (import, line)
);
`, `
CREATE TABLE incident_act (
	sequence INTEGER NOT NULL PRIMARY KEY, -- of the act in the record
	happened INTEGER NOT NULL
);
CREATE TABLE incident_act_place (
	one INTEGER NOT NULL PRIMARY KEY, -- 1
	next INTEGER NOT NULL -- acts before this number were looked at
);
`}
