package review

// stopSchema keeps what was set aside. stop_item lists every item that a stop
// hides: the one it was pressed on, all copies of its bytes, and what is inside
// those. stop_screened remembers which items were looked at for privilege, and in
// which state they were then: text that OCR adds later is looked at too. Item 0
// is the stamp of the last whole pass.
//
// review_stopped is what every other desk and room asks before it shows or
// counts something as work: a row hides a thing from the user in who, or from
// everybody where who is empty. document is 0 for an item that could not be
// read; item and document are 0 for a person.
var stopSchema = []string{`
CREATE TABLE stop (
	id           INTEGER NOT NULL PRIMARY KEY,
	item         INTEGER NOT NULL,
	person       TEXT NOT NULL,
	why          TEXT NOT NULL,
	note         TEXT NOT NULL,
	actor        TEXT NOT NULL,
	actor_name   TEXT NOT NULL,
	at           INTEGER NOT NULL,
	hidden_from  TEXT NOT NULL,
	lead_        TEXT NOT NULL,
	lead_name    TEXT NOT NULL,
	state        TEXT NOT NULL,
	outcome      TEXT NOT NULL,
	proposer     TEXT NOT NULL,
	proposed     TEXT NOT NULL,
	decider      TEXT NOT NULL,
	decider_name TEXT NOT NULL,
	decided      INTEGER NOT NULL,
	version      INTEGER NOT NULL
);
CREATE INDEX stop_person ON stop (person) WHERE person <> '';
CREATE INDEX stop_state ON stop (state, id);
CREATE TABLE stop_item (
	stop     INTEGER NOT NULL,
	item     INTEGER NOT NULL,
	document INTEGER NOT NULL,
	PRIMARY KEY (stop, item)
);
CREATE INDEX stop_item_item ON stop_item (item);
CREATE INDEX stop_item_document ON stop_item (document);
CREATE TABLE stop_lead (
	why   TEXT NOT NULL PRIMARY KEY,
	name  TEXT NOT NULL,
	reach TEXT NOT NULL
);
CREATE TABLE stop_screened (
	item  INTEGER NOT NULL PRIMARY KEY,
	state TEXT NOT NULL
);
CREATE VIEW review_stopped AS
	SELECT i.item AS item, i.document AS document, '' AS person, s.why AS why, s.hidden_from AS who, s.id AS stop
	FROM stop_item i JOIN stop s ON s.id = i.stop WHERE s.state <> 'released'
	UNION ALL
	SELECT 0, 0, s.person, s.why, s.hidden_from, s.id FROM stop s WHERE s.person <> '' AND s.state <> 'released';
`}
