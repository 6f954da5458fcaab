package incident

// councilSchema is how councils stand to each other in the incident: how each is
// reached, what they run together, what one declares safe for others, warnings,
// and fields that travel less far than their object.
//
// The view clearance is what other rooms may gate on: one row for each council
// to which a declaration that is signed and stands is addressed, ” for all. It
// holds until the moment until (0: until it is revoked), which the reader
// compares with its own time.
var councilSchema = []string{`
CREATE TABLE incident_profile (` + keptFields + `
	nation INTEGER NOT NULL,
	mails TEXT NOT NULL, -- who is reminded, one address a line
	contact TEXT NOT NULL,
	officer TEXT NOT NULL, -- data protection officer
	ico TEXT NOT NULL, -- registration number
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_profile_latest ON incident_profile (latest, council);
CREATE TABLE incident_arrangement (` + keptFields + `
	title TEXT NOT NULL,
	sort TEXT NOT NULL, -- arrangementSorts
	what TEXT NOT NULL, -- which data and services
	host TEXT NOT NULL, -- who runs it
	controllers TEXT NOT NULL, -- codes, one a line
	joint TEXT NOT NULL,
	processors TEXT NOT NULL,
	law TEXT NOT NULL, -- the agreement
	contact TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, ended, disputed
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_arrangement_latest ON incident_arrangement (latest, id);
CREATE TABLE incident_clearance (` + keptFields + `
	sort TEXT NOT NULL, -- clearanceSorts
	thing TEXT NOT NULL, -- what is declared safe: a network, a mail domain
	addressed TEXT NOT NULL, -- codes, one a line; '' for all
	basis TEXT NOT NULL,
	evidence TEXT NOT NULL,
	until INTEGER NOT NULL, -- 0: until it is revoked
	signed_by TEXT NOT NULL,
	signed_name TEXT NOT NULL,
	signed_at INTEGER NOT NULL,
	state TEXT NOT NULL, -- draft, signed, revoked
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_clearance_latest ON incident_clearance (latest, state);
CREATE TABLE incident_clearance_to (
	number INTEGER NOT NULL REFERENCES incident_clearance (number),
	council TEXT NOT NULL, -- '' for all
	PRIMARY KEY (number, council)
);
CREATE VIEW clearance AS
SELECT c.id AS id, c.council AS council, c.sort AS kind, c.thing AS thing, t.council AS for_council, c.tlp AS tlp, c.basis AS basis,
	c.signed_by AS signed_by, c.signed_name AS signed_name, c.signed_at AS signed_at, c.until AS until
FROM incident_clearance c JOIN incident_clearance_to t ON t.number = c.number
WHERE c.latest = 1 AND c.state = 'signed';
CREATE TABLE incident_warning (` + keptFields + `
	title TEXT NOT NULL,
	note TEXT NOT NULL,
	ask TEXT NOT NULL, -- what they are asked to do
	addressed TEXT NOT NULL, -- codes of councils, one a line
	outside TEXT NOT NULL, -- others, one a line
	way TEXT NOT NULL,
	facts TEXT NOT NULL, -- numbers of fact versions, one a line
	sent INTEGER NOT NULL, -- 0: not yet
	state TEXT NOT NULL, -- draft, sent, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_warning_latest ON incident_warning (latest, id);
CREATE TABLE incident_field (
	kind TEXT NOT NULL,
	object INTEGER NOT NULL,
	field TEXT NOT NULL, -- as programs call it
	tlp TEXT NOT NULL, -- closer than the object's
	added_by TEXT NOT NULL,
	added_at INTEGER NOT NULL,
	PRIMARY KEY (kind, object, field)
);
`}
