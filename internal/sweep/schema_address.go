package sweep

// addressSchema keeps the homes of gazetteers: addresses at which somebody lives,
// for notices that go to every home. They name nobody and stand in no relation to
// a finding. home_count says how many addresses of a gazetteer are homes (reason
// "") and how many are not, by reason.
const addressSchema = `
CREATE TABLE home (
	register INTEGER NOT NULL,
	uprn     TEXT NOT NULL,
	lines    TEXT NOT NULL, -- as on an envelope, without name and postcode
	postcode TEXT NOT NULL,
	council  TEXT NOT NULL,
	class    TEXT NOT NULL, -- of BS 7666
	PRIMARY KEY (register, uprn)
) WITHOUT ROWID;
CREATE INDEX home_postcode ON home (postcode, uprn, register);
CREATE TABLE home_count (
	register INTEGER NOT NULL,
	council  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	n        INTEGER NOT NULL,
	PRIMARY KEY (register, reason)
) WITHOUT ROWID;
CREATE VIEW case_addresses AS SELECT register, uprn, lines, postcode, council, class FROM home;
CREATE VIEW case_address_counts AS SELECT register, council, reason, n FROM home_count;
`
