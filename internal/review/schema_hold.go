package review

// holdSchema is the end of the case. A hold forbids every deletion from the
// first signature on; it takes a second person to confirm it, and two to lift it.
// retention says, layer by layer, until when something is kept and what happens
// then: the newest row of a layer holds. A destruction is asked for by one, signed
// by another, and done once; its row is what the certificate is written from, so
// it holds no personal data but the reason, which is not printed.
//
// review_hold has a row for every hold that forbids deletions now.
var holdSchema = []string{`
CREATE TABLE hold (
	id          INTEGER NOT NULL PRIMARY KEY,
	why         TEXT NOT NULL,
	user_       TEXT NOT NULL,
	user_name   TEXT NOT NULL,
	at          INTEGER NOT NULL,
	second      TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at   INTEGER NOT NULL,
	lift        TEXT NOT NULL, -- who asked to lift it
	lift_name   TEXT NOT NULL,
	lift_at     INTEGER NOT NULL,
	lift_why    TEXT NOT NULL,
	lifted      TEXT NOT NULL, -- who agreed
	lifted_name TEXT NOT NULL,
	lifted_at   INTEGER NOT NULL, -- 0: it holds
	version     INTEGER NOT NULL
);
CREATE TABLE retention (
	id        INTEGER NOT NULL PRIMARY KEY,
	layer     TEXT NOT NULL, -- text, values, list, decisions
	until     TEXT NOT NULL, -- a day, 2026-03-05
	happens   TEXT NOT NULL, -- destroy, review
	why       TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL
);
CREATE INDEX retention_layer ON retention (layer, id);
CREATE TABLE destruction (
	id          INTEGER NOT NULL PRIMARY KEY,
	layer       TEXT NOT NULL,
	ground      TEXT NOT NULL, -- retention, closed, ordered
	why         TEXT NOT NULL,
	state       TEXT NOT NULL, -- asked, signed, done, withdrawn
	user_       TEXT NOT NULL,
	user_name   TEXT NOT NULL,
	at          INTEGER NOT NULL,
	second      TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at   INTEGER NOT NULL,
	rows_       TEXT NOT NULL, -- JSON: what was destroyed
	head        TEXT NOT NULL, -- of the record, before
	done_at     INTEGER NOT NULL,
	compacted   INTEGER NOT NULL, -- when the files were rewritten; 0 not yet
	version     INTEGER NOT NULL
);
CREATE VIEW review_hold AS SELECT id, at FROM hold WHERE lifted_at = 0;
`}
