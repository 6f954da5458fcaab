package sweep

// schema is the case's tables, in steps that are only ever added to. Ids are
// given by the writer, not by the database, so that both databases keep the
// same rows. Times are UTC seconds, dates YYYYMMDD as reeve.Date.Number gives
// them, scores hundredths.
//
// Content is kept by document (distinct bytes), places by item. An item has no
// document when its bytes could not be had; then its own columns say why.
//
// recognised_page keeps the pages of scans as OCR finishes them, until their
// document is whole; recognition keeps what a document's own reader said of it,
// for another attempt with better programs.
var schema = []string{`
CREATE TABLE setting (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
CREATE TABLE exhibit (
	id     INTEGER NOT NULL PRIMARY KEY,
	name   TEXT NOT NULL UNIQUE,
	path   TEXT NOT NULL,
	origin TEXT NOT NULL,
	holder TEXT NOT NULL,
	taken  TEXT NOT NULL,
	digest TEXT NOT NULL
);
CREATE TABLE document (
	id           INTEGER NOT NULL PRIMARY KEY,
	digest       TEXT NOT NULL UNIQUE,
	size         INTEGER NOT NULL,
	type         TEXT NOT NULL,
	reader       TEXT NOT NULL,
	status       TEXT NOT NULL,
	reason       TEXT NOT NULL,
	detail       TEXT NOT NULL,
	pages        INTEGER NOT NULL,
	pages_unread INTEGER NOT NULL,
	container    INTEGER NOT NULL,
	blocks       INTEGER NOT NULL,
	scanned      TEXT NOT NULL,
	secrets      TEXT NOT NULL
);
CREATE TABLE member (
	container INTEGER NOT NULL,
	n         INTEGER NOT NULL,
	name      TEXT NOT NULL,
	digest    TEXT NOT NULL,
	size      INTEGER NOT NULL,
	type      TEXT NOT NULL,
	status    TEXT NOT NULL,
	reason    TEXT NOT NULL,
	detail    TEXT NOT NULL,
	PRIMARY KEY (container, n)
);
CREATE TABLE item (
	id       INTEGER NOT NULL PRIMARY KEY,
	exhibit  INTEGER NOT NULL,
	path     TEXT NOT NULL,
	parent   INTEGER NOT NULL,
	digest   TEXT NOT NULL,
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	type     TEXT NOT NULL,
	status   TEXT NOT NULL,
	reason   TEXT NOT NULL,
	detail   TEXT NOT NULL,
	UNIQUE (exhibit, path)
);
CREATE INDEX item_digest ON item (digest);
CREATE INDEX item_parent ON item (parent);
CREATE TABLE content (
	document INTEGER NOT NULL,
	n        INTEGER NOT NULL,
	layer    INTEGER NOT NULL,
	data     BLOB NOT NULL,
	PRIMARY KEY (document, n)
);
CREATE TABLE finding (
	document   INTEGER NOT NULL,
	n          INTEGER NOT NULL,
	block      INTEGER NOT NULL,
	line       INTEGER NOT NULL,
	col        INTEGER NOT NULL,
	first      INTEGER NOT NULL,
	last       INTEGER NOT NULL,
	place      TEXT NOT NULL,
	kind       TEXT NOT NULL,
	confidence TEXT NOT NULL,
	held       INTEGER NOT NULL,
	value      TEXT NOT NULL,
	norm       TEXT NOT NULL,
	rule       TEXT NOT NULL,
	mention    INTEGER NOT NULL,
	capacity   INTEGER NOT NULL,
	signal     TEXT NOT NULL,
	said       INTEGER NOT NULL,
	negated    INTEGER NOT NULL,
	tab        INTEGER NOT NULL,
	PRIMARY KEY (document, n)
);
CREATE TABLE mention (
	document INTEGER NOT NULL,
	ordinal  INTEGER NOT NULL,
	mark     TEXT NOT NULL,
	data     BLOB NOT NULL,
	PRIMARY KEY (document, ordinal)
);
CREATE INDEX mention_mark ON mention (mark);
CREATE TABLE register (
	id        INTEGER NOT NULL PRIMARY KEY,
	name      TEXT NOT NULL,
	kind      TEXT NOT NULL,
	file      TEXT NOT NULL,
	digest    TEXT NOT NULL,
	people    INTEGER NOT NULL,
	line_count INTEGER NOT NULL,
	bad_rows  INTEGER NOT NULL,
	loaded_at INTEGER NOT NULL,
	mapping   TEXT NOT NULL,
	UNIQUE (name, file)
);
CREATE TABLE record (
	register INTEGER NOT NULL,
	line     INTEGER NOT NULL,
	n        INTEGER NOT NULL,
	data     BLOB NOT NULL,
	PRIMARY KEY (register, line, n)
);
CREATE TABLE bad_row (
	register INTEGER NOT NULL,
	line     INTEGER NOT NULL,
	reason   TEXT NOT NULL,
	PRIMARY KEY (register, line)
);
CREATE TABLE listed (
	path   TEXT NOT NULL PRIMARY KEY,
	size   INTEGER NOT NULL,
	digest TEXT NOT NULL,
	state  TEXT NOT NULL
);
CREATE TABLE decision (
	id     INTEGER NOT NULL PRIMARY KEY,
	what   TEXT NOT NULL,
	a      TEXT NOT NULL,
	b      TEXT NOT NULL,
	keys_a TEXT NOT NULL,
	keys_b TEXT NOT NULL,
	why    TEXT NOT NULL,
	actor  TEXT NOT NULL,
	at     INTEGER NOT NULL
);
CREATE TABLE known (
	person TEXT NOT NULL,
	mark   TEXT NOT NULL,
	PRIMARY KEY (person, mark)
);
CREATE TABLE redirect (
	old  TEXT NOT NULL,
	new_ TEXT NOT NULL,
	why  TEXT NOT NULL,
	PRIMARY KEY (old, new_)
);
CREATE TABLE person (
	id        TEXT NOT NULL PRIMARY KEY,
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
	place     INTEGER NOT NULL,
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
	sealed    INTEGER NOT NULL,
	reasons   TEXT NOT NULL
);
CREATE TABLE household (
	id         TEXT NOT NULL PRIMARY KEY,
	uprn       TEXT NOT NULL,
	address    TEXT NOT NULL,
	postcode   TEXT NOT NULL,
	band       TEXT NOT NULL,
	items      INTEGER NOT NULL,
	controller TEXT NOT NULL
);
CREATE TABLE resident (
	household TEXT NOT NULL,
	person    TEXT NOT NULL,
	PRIMARY KEY (household, person)
);
CREATE TABLE link (
	document  INTEGER NOT NULL,
	ordinal   INTEGER NOT NULL,
	person    TEXT NOT NULL,
	household TEXT NOT NULL,
	posterior INTEGER NOT NULL,
	weight    INTEGER NOT NULL,
	levels    BLOB NOT NULL,
	rivals    TEXT NOT NULL,
	decided   TEXT NOT NULL,
	PRIMARY KEY (document, ordinal)
);
CREATE INDEX link_person ON link (person);
`, `
CREATE TABLE recognised_page (
	document INTEGER NOT NULL,
	page     INTEGER NOT NULL,
	tools    TEXT NOT NULL,
	state    INTEGER NOT NULL,
	data     BLOB NOT NULL,
	PRIMARY KEY (document, page)
);
CREATE TABLE recognition (
	document     INTEGER NOT NULL PRIMARY KEY,
	tools        TEXT NOT NULL,
	reader       TEXT NOT NULL,
	status       TEXT NOT NULL,
	reason       TEXT NOT NULL,
	detail       TEXT NOT NULL,
	pages_unread INTEGER NOT NULL,
	blocks       INTEGER NOT NULL
);
`, viewSchema, viewIndexes, keptSchema, signalPlaces, forgetSchema, itemOrder, laneContacts, contactSchema, addressSchema}
