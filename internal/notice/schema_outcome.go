package notice

// outcomeSchema is what people do themselves: a try for each call, visit or talk,
// and rounds, which are the messages that one named person carries on paper.
//
// notice_doubt is what others join: after which of these nobody should be
// contacted by that way again before somebody has looked; not-safe is a hold. All
// parts give why from a column: where one reckons it, SQLite makes the whole before
// it looks for one person.
var outcomeSchema = `
CREATE TABLE notice_attempt (
	id      INTEGER NOT NULL PRIMARY KEY,
	run     INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	person  TEXT NOT NULL,
	way     TEXT NOT NULL, -- call, hand, worker
	outcome TEXT NOT NULL,
	note    TEXT NOT NULL,
	user_   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at      INTEGER NOT NULL, -- when it was made, UTC seconds
	kept    INTEGER NOT NULL,
	next_at INTEGER NOT NULL, -- not tried again before; 0: at any time
	against TEXT NOT NULL -- what the guard said then; '' for nothing
);
CREATE INDEX notice_attempt_message ON notice_attempt (run, n, id);
CREATE INDEX notice_attempt_person ON notice_attempt (person, outcome);
CREATE TABLE notice_round (
	id      INTEGER NOT NULL PRIMARY KEY,
	run     INTEGER NOT NULL,
	way     TEXT NOT NULL, -- hand, worker
	carrier TEXT NOT NULL, -- who carries it: for a brief the named worker of its people
	people  INTEGER NOT NULL,
	digest  TEXT NOT NULL, -- over the references in order
	user_   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	printed INTEGER NOT NULL, -- when last; 0: never
	received INTEGER NOT NULL, -- when the carrier said so; 0: not yet
	received_note TEXT NOT NULL,
	received_by TEXT NOT NULL -- the user who wrote that down
);
CREATE INDEX notice_round_run ON notice_round (run, id);
CREATE TABLE notice_carried (
	round  INTEGER NOT NULL,
	run    INTEGER NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (round, n)
);
CREATE VIEW notice_doubt AS
	SELECT person, way AS how, outcome AS why, run, kept AS at FROM notice_attempt
		WHERE outcome IN ('not-safe', 'wrong-number', 'moved', 'asked-for-letter', 'not-theirs')
	UNION ALL
	SELECT m.person AS person, r.way AS how, m.outcome AS why, m.run AS run, m.status_at AS at
		FROM notice_message m JOIN notice_run r ON r.id = m.run
		WHERE m.n > 0 AND m.person <> '' AND m.decided = 0 AND m.outcome = 'returned'
	UNION ALL
	SELECT m.person AS person, r.way AS how, m.status AS why, m.run AS run, m.status_at AS at
		FROM notice_message m JOIN notice_run r ON r.id = m.run
		WHERE m.n > 0 AND m.person <> '' AND m.decided = 0 AND m.outcome <> 'returned' AND m.status = 'permanent-failure';
`
