package account

// Name is the name under which the tables are migrated.
const Name = "account"

// Schema is the steps of the tables; append, never change. Times are UTC
// seconds, 0 for never; lists are joined by a space; hashes are SHA-256 in hex
// of what has at least 80 random bits.
func Schema() []string {
	return []string{`
CREATE TABLE account_user (
	id          TEXT NOT NULL PRIMARY KEY,
	name        TEXT NOT NULL,
	sign_in     TEXT NOT NULL UNIQUE, -- folded
	roles       TEXT NOT NULL,
	councils    TEXT NOT NULL, -- '' is every council
	active      INTEGER NOT NULL,
	password    TEXT NOT NULL, -- argon2id with its parameters; '' before the first
	factor      TEXT NOT NULL, -- sealed secret; '' without a second factor
	factor_step INTEGER NOT NULL, -- the last time step whose code was used
	factor_due  INTEGER NOT NULL, -- until when the second factor may be left for later
	must_change INTEGER NOT NULL,
	version     INTEGER NOT NULL,
	made        INTEGER NOT NULL,
	seen        INTEGER NOT NULL
);
CREATE TABLE account_recovery (
	hash     TEXT NOT NULL PRIMARY KEY,
	holder   TEXT NOT NULL REFERENCES account_user (id)
);
CREATE INDEX account_recovery_holder ON account_recovery (holder);
CREATE TABLE account_link (
	hash   TEXT NOT NULL PRIMARY KEY,
	holder TEXT NOT NULL, -- '' for the first administrator, who is not there yet
	made   INTEGER NOT NULL,
	until  INTEGER NOT NULL
);
CREATE TABLE account_session (
	hash    TEXT NOT NULL PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE, -- for lists and the record
	holder  TEXT NOT NULL REFERENCES account_user (id),
	stage   TEXT NOT NULL, -- full, or what is still to be done: code, enrol, change
	way     TEXT NOT NULL, -- how they signed in
	aim     TEXT NOT NULL, -- the path they were going to
	begun   INTEGER NOT NULL,
	seen    INTEGER NOT NULL,
	browser TEXT NOT NULL,
	address TEXT NOT NULL
);
CREATE INDEX account_session_holder ON account_session (holder);
CREATE TABLE account_attempt (
	mark     TEXT NOT NULL PRIMARY KEY, -- keyed hash of a sign-in name or an address
	failures INTEGER NOT NULL,
	last     INTEGER NOT NULL
);
CREATE INDEX account_attempt_last ON account_attempt (last);
CREATE TABLE account_token (
	id     TEXT NOT NULL PRIMARY KEY,
	hash   TEXT NOT NULL UNIQUE,
	holder TEXT NOT NULL REFERENCES account_user (id),
	name   TEXT NOT NULL,
	verbs  TEXT NOT NULL,
	made   INTEGER NOT NULL,
	until  INTEGER NOT NULL,
	seen   INTEGER NOT NULL
);
CREATE INDEX account_token_holder ON account_token (holder);
CREATE TABLE account_grant (
	holder TEXT NOT NULL,
	thing  TEXT NOT NULL,
	until  INTEGER NOT NULL,
	PRIMARY KEY (holder, thing)
);
CREATE TABLE account_opening (
	id       INTEGER NOT NULL PRIMARY KEY,
	person   TEXT NOT NULL, -- as asked for; may be nobody
	asker    TEXT NOT NULL,
	councils TEXT NOT NULL, -- the asker's
	reason   TEXT NOT NULL,
	asked    INTEGER NOT NULL,
	second   TEXT NOT NULL, -- who agreed or refused
	answered INTEGER NOT NULL,
	until    INTEGER NOT NULL -- 0 while waiting or if refused
);
CREATE INDEX account_opening_asker ON account_opening (asker, until);
CREATE TABLE account_read (
	leaf    INTEGER NOT NULL PRIMARY KEY, -- the act's number in the record
	person  TEXT NOT NULL,
	reader  TEXT NOT NULL,
	read_at INTEGER NOT NULL,
	opening INTEGER NOT NULL, -- 0: none held, which somebody must explain
	checker TEXT NOT NULL,
	checked INTEGER NOT NULL,
	remark  TEXT NOT NULL
);
CREATE INDEX account_read_checked ON account_read (checked, leaf);
CREATE TABLE account_gathered (
	one  INTEGER NOT NULL PRIMARY KEY,
	upto INTEGER NOT NULL -- acts of the record in which reads were looked for
);
CREATE TABLE account_setting (
	one       INTEGER NOT NULL PRIMARY KEY,
	idle      INTEGER NOT NULL, -- minutes
	longest   INTEGER NOT NULL, -- hours
	factor    INTEGER NOT NULL, -- 1: everybody needs a second factor
	version   INTEGER NOT NULL
);`}
}
