package review

// versionSchema is the desk version: the list as it stood when somebody froze
// it. Rows are written once, with the digest over all of them, and never change;
// who is sealed is not among them. Councils, residents and homes point at rows by
// their number. list_home holds each household as a whole (council empty) and as each
// council may see it: with its own people alone. list_tally counts the rows by the
// councils that hold their data, as the tallies of the case do.
//
// told_mark is how somebody stood when they were told, or when an alarm about
// them was last answered: told_answer is the log of that.
//
// list_contact is how the people were reached when the list was frozen, as their
// own register records said; versions of earlier programs have none.
//
// review_version, review_version_person and review_version_contact are what other
// desks and rooms join; review_told is who was told. Whoever was sealed since is in none of them.
var versionSchema = []string{`
CREATE TABLE list_version (
	number    INTEGER NOT NULL PRIMARY KEY, -- from 1
	state     TEXT NOT NULL, -- draft, approved, superseded
	purpose   TEXT NOT NULL,
	stamp     TEXT NOT NULL, -- of the lists it was frozen from
	as_of     TEXT NOT NULL,
	people    INTEGER NOT NULL, -- rows; never shown as it is: who was sealed since is among them
	sealed    INTEGER NOT NULL, -- people who were sealed then, of whom there is no row
	digest    TEXT NOT NULL, -- over the rows in order
	figures   TEXT NOT NULL, -- JSON: what had been read and how it was checked
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	emptied   INTEGER NOT NULL, -- when its rows were destroyed; 0 never
	version   INTEGER NOT NULL
);
CREATE TABLE list_approval (
	list      INTEGER NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	note      TEXT NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (list, user_)
);
CREATE TABLE list_check (
	list  INTEGER NOT NULL,
	n     INTEGER NOT NULL, -- order of the page
	code  TEXT NOT NULL,
	red   INTEGER NOT NULL,
	found INTEGER NOT NULL,
	words TEXT NOT NULL,
	why   TEXT NOT NULL, -- the reason, signed by who froze; '' where nothing is red
	PRIMARY KEY (list, code)
);
CREATE TABLE list_person (
	list      INTEGER NOT NULL,
	n         INTEGER NOT NULL, -- priority, from 1
	person    TEXT NOT NULL,
	registers TEXT NOT NULL,
	name      TEXT NOT NULL,
	born      TEXT NOT NULL,
	uprn      TEXT NOT NULL,
	address   TEXT NOT NULL,
	postcode  TEXT NOT NULL,
	household TEXT NOT NULL,
	tier      TEXT NOT NULL,
	posterior INTEGER NOT NULL,
	capacity  TEXT NOT NULL,
	role      TEXT NOT NULL,
	deceased  TEXT NOT NULL,
	severity  INTEGER NOT NULL,
	band      TEXT NOT NULL,
	lane      TEXT NOT NULL,
	signals   TEXT NOT NULL,
	categories TEXT NOT NULL,
	kinds     TEXT NOT NULL,
	data_from INTEGER NOT NULL,
	data_to   INTEGER NOT NULL,
	items     INTEGER NOT NULL,
	incomplete INTEGER NOT NULL,
	exhibit   TEXT NOT NULL,
	first_item TEXT NOT NULL,
	controller TEXT NOT NULL,
	safe_contact TEXT NOT NULL,
	basis     TEXT NOT NULL, -- of the safe contact: lists, assessed, screened, flag
	verdict   TEXT NOT NULL, -- that stood on the person; '' for none
	taken     TEXT NOT NULL, -- how sure it is that an exhibit with data of theirs was taken: the surest
	PRIMARY KEY (list, n)
) WITHOUT ROWID;
CREATE UNIQUE INDEX list_person_person ON list_person (list, person);
CREATE INDEX list_person_lane ON list_person (list, lane, n);
CREATE TABLE list_council (
	list    INTEGER NOT NULL,
	council TEXT NOT NULL,
	n       INTEGER NOT NULL,
	PRIMARY KEY (list, council, n)
) WITHOUT ROWID;
CREATE TABLE list_resident (
	list      INTEGER NOT NULL,
	household TEXT NOT NULL,
	n         INTEGER NOT NULL,
	PRIMARY KEY (list, n, household)
) WITHOUT ROWID;
CREATE INDEX list_resident_home ON list_resident (list, household);
CREATE TABLE list_home (
	list      INTEGER NOT NULL,
	council   TEXT NOT NULL,
	household TEXT NOT NULL,
	uprn      TEXT NOT NULL,
	address   TEXT NOT NULL,
	postcode  TEXT NOT NULL,
	band      TEXT NOT NULL,
	items     INTEGER NOT NULL,
	controller TEXT NOT NULL,
	PRIMARY KEY (list, council, household)
) WITHOUT ROWID;
CREATE TABLE list_tally (
	list     INTEGER NOT NULL,
	councils TEXT NOT NULL,
	what     TEXT NOT NULL,
	value    TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (list, councils, what, value)
) WITHOUT ROWID;
CREATE TABLE told_mark (
	person   TEXT NOT NULL PRIMARY KEY,
	at       INTEGER NOT NULL,
	lane     TEXT NOT NULL,
	band     TEXT NOT NULL,
	severity INTEGER NOT NULL,
	verdict  TEXT NOT NULL, -- that stood on the person; '' for none
	controller TEXT NOT NULL,
	gone     INTEGER NOT NULL -- was on no list then
);
CREATE TABLE told_answer (
	id        INTEGER NOT NULL PRIMARY KEY,
	person    TEXT NOT NULL,
	alarm     TEXT NOT NULL,
	why       TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL
);

CREATE VIEW review_told AS SELECT substr(thing, 8) AS person, route AS how, at FROM review_call
	WHERE thing LIKE 'person:%' AND outcome = 'told' AND withdrawn = 0;
CREATE VIEW review_version AS SELECT number AS id, number, state, digest, at AS made_at, user_ AS made_by, stamp, as_of, sealed, emptied FROM list_version;
CREATE VIEW review_version_check AS SELECT list AS version, n, code, red, found, words, why FROM list_check;
CREATE VIEW review_version_council AS SELECT k.list AS version, p.person AS person, k.council AS council
	FROM list_council k JOIN list_person p ON p.list = k.list AND p.n = k.n;
CREATE VIEW review_version_person AS SELECT p.list AS version, p.n AS n, p.person AS person, p.registers AS registers, p.name AS name, p.born AS born,
	p.uprn AS uprn, p.address AS address, p.postcode AS postcode, p.household AS household, p.tier AS tier, p.posterior AS posterior,
	p.capacity AS capacity, p.role AS role, p.deceased AS deceased, p.severity AS severity, p.band AS band, p.lane AS lane, p.signals AS signals,
	p.categories AS categories, p.kinds AS kinds, p.data_from AS data_from, p.data_to AS data_to, p.items AS items, p.incomplete AS incomplete,
	p.exhibit AS exhibit, p.first_item AS first_item, p.controller AS controller, p.safe_contact AS safe_contact, p.basis AS basis,
	p.verdict AS verdict, p.taken AS taken
	FROM list_person p WHERE p.person NOT IN (SELECT id FROM case_sealed_ids);
`, `
ALTER TABLE list_version ADD COLUMN form INTEGER NOT NULL DEFAULT 1; -- of the digest: what it is over
CREATE TABLE list_contact (
	list     INTEGER NOT NULL,
	n        INTEGER NOT NULL, -- of the person's row; whoever has nothing here has none
	person   TEXT NOT NULL,
	email    TEXT NOT NULL,
	phone    TEXT NOT NULL,
	language TEXT NOT NULL,
	format   TEXT NOT NULL,
	worker   TEXT NOT NULL,
	services TEXT NOT NULL, -- whose folders held the data, joined
	held     TEXT NOT NULL, -- yes: a register holds now a value that was found; '' for not known
	PRIMARY KEY (list, n)
) WITHOUT ROWID;
CREATE VIEW review_version_contact AS SELECT list AS version, n, person, email, phone, language, format, worker, services, held
	FROM list_contact WHERE person NOT IN (SELECT id FROM case_sealed_ids);
`, toldSchema}
