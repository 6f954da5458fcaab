package review

// queueSchema is who looks at what now: a claim keeps a thing for one person
// until a moment, alone or as part of a batch, so that nobody is handed what
// somebody else has. queue_mark remembers below which place of a sort nothing is
// left to judge, so that finding the next card does not walk over all that was
// judged; it holds for the lists of its stamp.
var queueSchema = []string{`
CREATE TABLE queue_claim (
	about TEXT NOT NULL,
	thing TEXT NOT NULL,
	user_ TEXT NOT NULL,
	batch INTEGER NOT NULL, -- 0: a single card
	until INTEGER NOT NULL,
	PRIMARY KEY (about, thing)
);
CREATE INDEX queue_claim_user ON queue_claim (user_, batch);
CREATE INDEX queue_claim_until ON queue_claim (until);
CREATE TABLE queue_skip (
	user_ TEXT NOT NULL,
	about TEXT NOT NULL,
	thing TEXT NOT NULL,
	at    INTEGER NOT NULL,
	PRIMARY KEY (user_, about, thing)
);
CREATE TABLE queue_mark (
	sort  TEXT NOT NULL PRIMARY KEY,
	lists INTEGER NOT NULL,
	place INTEGER NOT NULL
);
CREATE TABLE batch (
	id      INTEGER NOT NULL PRIMARY KEY,
	sort    TEXT NOT NULL,
	council TEXT NOT NULL, -- '' for any
	user_   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	ended   INTEGER NOT NULL, -- 0 while out
	version INTEGER NOT NULL
);
CREATE INDEX batch_user ON batch (user_, ended);
CREATE TABLE batch_item (
	batch INTEGER NOT NULL,
	n     INTEGER NOT NULL, -- from 1
	about TEXT NOT NULL,
	thing TEXT NOT NULL,
	PRIMARY KEY (batch, n)
);
CREATE INDEX batch_item_thing ON batch_item (about, thing, batch);
`}
