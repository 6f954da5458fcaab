package incident

// factSchema is the ledger of facts: what is claimed, by whom, as of when; to
// whom each version was released; what was built on it; and which topics were
// found to hold no contradiction.
//
// The view incident_facts is for other rooms: the versions that stand, with what
// they were released to.
var factSchema = []string{`
CREATE TABLE incident_fact (` + keptFields + `
	topic TEXT NOT NULL, -- what it is about, '' for nothing in particular
	topic_key TEXT NOT NULL, -- the same, folded
	value TEXT NOT NULL, -- the short answer, '' if there is none
	value_key TEXT NOT NULL, -- answer, or else claim, folded: what contradicts what
	claim TEXT NOT NULL,
	source TEXT NOT NULL,
	as_of INTEGER NOT NULL, -- of what moment it is said
	confidence TEXT NOT NULL, -- confirmed, likely, possible, doubtful
	sort TEXT NOT NULL, -- known, unknown, assumed
	owner TEXT NOT NULL,
	owner_name TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, superseded, withdrawn
	instead INTEGER NOT NULL, -- the fact that supersedes it, 0 for none
	why TEXT NOT NULL,
	words TEXT NOT NULL, -- for the search
	UNIQUE (id, version)
);
CREATE INDEX incident_fact_latest ON incident_fact (latest, id);
CREATE INDEX incident_fact_topic ON incident_fact (topic_key, latest);
CREATE TABLE incident_release (
	version INTEGER NOT NULL REFERENCES incident_fact (number),
	audience TEXT NOT NULL, -- partners, councillors, staff, press, public
	released_by TEXT NOT NULL,
	released_name TEXT NOT NULL,
	released_at INTEGER NOT NULL,
	ended_by TEXT NOT NULL, -- who took it back, '' while it stands
	ended_at INTEGER NOT NULL,
	PRIMARY KEY (version, audience, released_at)
);
CREATE TABLE incident_citation (
	version INTEGER NOT NULL REFERENCES incident_fact (number),
	fact INTEGER NOT NULL,
	kind TEXT NOT NULL, -- of what was built on it
	object TEXT NOT NULL,
	title TEXT NOT NULL,
	path TEXT NOT NULL,
	owner TEXT NOT NULL,
	owner_name TEXT NOT NULL,
	council TEXT NOT NULL,
	tlp TEXT NOT NULL,
	cited_at INTEGER NOT NULL,
	PRIMARY KEY (version, kind, object)
);
CREATE INDEX incident_citation_fact ON incident_citation (fact);
CREATE INDEX incident_citation_object ON incident_citation (kind, object);
CREATE TABLE incident_settled (
	topic_key TEXT NOT NULL PRIMARY KEY,
	answers TEXT NOT NULL, -- the value keys that do not contradict each other, one a line, in order
	why TEXT NOT NULL,
	settled_by TEXT NOT NULL,
	settled_name TEXT NOT NULL,
	settled_at INTEGER NOT NULL
);
CREATE VIEW incident_facts AS
	SELECT f.number AS version, f.id AS fact, f.topic, f.value, f.claim, f.source, f.as_of, f.confidence, f.sort, f.council, f.tlp, r.audience, r.released_at
	FROM incident_fact f LEFT JOIN incident_release r ON r.version = f.number AND r.ended_at = 0
	WHERE f.latest = 1 AND f.state = 'stands' AND f.tlp <> 'red';
`}
