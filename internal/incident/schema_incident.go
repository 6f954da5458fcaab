package incident

// incidentSchema is the incident itself, in versions (there is one in a case),
// who has which role, who is on duty when, what one shift hands to the next, and
// which plans are in force.
//
// The view incident_now is for other rooms: the incident as it stands.
var incidentSchema = []string{`
CREATE TABLE incident_case (` + keptFields + `
	title TEXT NOT NULL,
	what TEXT NOT NULL,
	noticed INTEGER NOT NULL, -- when somebody first saw it
	happened INTEGER NOT NULL, -- when it began, 0 for not known
	lead TEXT NOT NULL,
	lead_name TEXT NOT NULL,
	severity TEXT NOT NULL, -- low, serious, major, critical
	status TEXT NOT NULL, -- open, stable, published, stood-down, closed
	playbook TEXT NOT NULL,
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE TABLE incident_role (` + keptFields + `
	role TEXT NOT NULL, -- gold, silver, bronze, scribe, liaison, other
	title TEXT NOT NULL, -- what they see to
	person TEXT NOT NULL, -- by name, as they may have no account
	contact TEXT NOT NULL,
	deputy TEXT NOT NULL,
	begins INTEGER NOT NULL,
	ends INTEGER NOT NULL, -- 0 while they have it
	UNIQUE (id, version)
);
CREATE INDEX incident_role_latest ON incident_role (latest, id);
CREATE TABLE incident_shift (` + keptFields + `
	person TEXT NOT NULL,
	role TEXT NOT NULL,
	contact TEXT NOT NULL,
	begins INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	UNIQUE (id, version)
);
CREATE INDEX incident_shift_time ON incident_shift (latest, ends);
CREATE TABLE incident_handover (` + keptFields + `
	done TEXT NOT NULL, -- what was done
	open TEXT NOT NULL, -- what is open
	worry TEXT NOT NULL, -- what worries
	reads TEXT NOT NULL, -- who must read it, users one a line; '' for everybody
	at INTEGER NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_handover_at ON incident_handover (latest, at);
CREATE TABLE incident_reading (
	handover INTEGER NOT NULL,
	version INTEGER NOT NULL,
	reader TEXT NOT NULL, -- a user
	reader_name TEXT NOT NULL,
	read_at INTEGER NOT NULL,
	PRIMARY KEY (handover, version, reader)
);
CREATE TABLE incident_plan (` + keptFields + `
	kind TEXT NOT NULL, -- emergency, continuity
	title TEXT NOT NULL,
	begins INTEGER NOT NULL,
	ends INTEGER NOT NULL, -- 0 while it is in force
	who TEXT NOT NULL, -- who put it in force, by name and office
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_plan_latest ON incident_plan (latest, id);
CREATE VIEW incident_now AS
	SELECT id, version, title, what, noticed, happened, lead, lead_name, severity, status, council, tlp FROM incident_case WHERE latest = 1 AND tlp <> 'red';
`}
