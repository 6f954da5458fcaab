package incident

// agencySchema is the bodies outside that must be told or worked with, what was
// said to and by each, and the state of the police investigation.
var agencySchema = []string{`
CREATE TABLE incident_agency (` + keptFields + `
	sort TEXT NOT NULL, -- agencySorts in agency_table.go
	title TEXT NOT NULL,
	duty TEXT NOT NULL, -- what we owe them, in words
	clock INTEGER NOT NULL, -- the clock that runs for it, or 0
	contacts TEXT NOT NULL, -- one a line
	reference TEXT NOT NULL, -- theirs
	state TEXT NOT NULL, -- to-tell, told, working, closed, none
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_agency_latest ON incident_agency (latest, id);
CREATE TABLE incident_told (` + keptFields + `
	parent INTEGER NOT NULL, -- the agency
	at INTEGER NOT NULL,
	direction TEXT NOT NULL, -- told, heard, asked
	way TEXT NOT NULL,
	who TEXT NOT NULL, -- on our side
	them TEXT NOT NULL, -- on theirs
	note TEXT NOT NULL,
	facts TEXT NOT NULL, -- numbers of fact versions, one a line
	reference TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_told_parent ON incident_told (parent, latest);
CREATE TABLE incident_police (` + keptFields + `
	parent INTEGER NOT NULL, -- the agency
	at INTEGER NOT NULL, -- from when it was so
	known INTEGER NOT NULL, -- when we were told
	stage TEXT NOT NULL, -- policeStages
	source TEXT NOT NULL,
	note TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_police_parent ON incident_police (parent, latest);
`}
