package incident

// evidenceSchema is the register of technical evidence and the chain of every
// piece: hand-overs are signed by both sides.
var evidenceSchema = []string{`
CREATE TABLE incident_evidence (` + keptFields + `
	title TEXT NOT NULL,
	sort TEXT NOT NULL, -- evidenceSorts
	source TEXT NOT NULL, -- the system or person it came from
	acquired INTEGER NOT NULL,
	acquired_by TEXT NOT NULL,
	method TEXT NOT NULL, -- how, with which write blocker
	tool TEXT NOT NULL, -- with its version
	clock_state TEXT NOT NULL, -- whether the machine's clock was right
	sha256 TEXT NOT NULL, -- in lower-case hex, '' for a thing without bytes
	other_hash TEXT NOT NULL,
	size INTEGER NOT NULL, -- bytes
	seal TEXT NOT NULL,
	place TEXT NOT NULL,
	holder TEXT NOT NULL, -- who has it now
	purpose TEXT NOT NULL,
	state TEXT NOT NULL, -- held, out, returned, destroyed, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_evidence_latest ON incident_evidence (latest, id);
CREATE INDEX incident_evidence_sha256 ON incident_evidence (sha256);
CREATE TABLE incident_move (` + keptFields + `
	parent INTEGER NOT NULL, -- the evidence
	at INTEGER NOT NULL,
	sort TEXT NOT NULL, -- moveSorts
	giver TEXT NOT NULL, -- a name
	giver_user TEXT NOT NULL, -- a user's id, '' for an outsider
	giver_paper TEXT NOT NULL, -- reference of the signed paper of an outsider
	giver_at INTEGER NOT NULL, -- signed; 0: not yet
	taker TEXT NOT NULL,
	taker_user TEXT NOT NULL,
	taker_paper TEXT NOT NULL,
	taker_at INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	place TEXT NOT NULL, -- where it goes
	seal TEXT NOT NULL, -- with which it goes
	intact TEXT NOT NULL, -- what was found of the old seal
	state TEXT NOT NULL, -- waiting, signed, refused
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_move_parent ON incident_move (parent, latest);
`}
