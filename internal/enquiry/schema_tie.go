package enquiry

// tieSchema: whose matter an enquiry is. A caller is there from the check of who
// they are until their question was taken down, and not for longer than an hour.
// enquiry_reports is what staff tied to people, for whoever looks at a person.
var tieSchema = []string{`
CREATE TABLE enquiry_caller (
	call    INTEGER NOT NULL PRIMARY KEY,
	by_     TEXT NOT NULL, -- the agent who checked
	person  TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE TABLE enquiry_person (
	id      INTEGER NOT NULL PRIMARY KEY,
	enquiry INTEGER NOT NULL,
	person  TEXT NOT NULL,
	basis   TEXT NOT NULL DEFAULT 'staff', -- staff: a reviewer said so; caller: who they are was checked
	why     TEXT NOT NULL,
	by_     TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL,
	withdrawn_why TEXT NOT NULL
);
CREATE INDEX enquiry_person_enquiry ON enquiry_person (enquiry, id);
CREATE INDEX enquiry_person_person ON enquiry_person (person);
CREATE VIEW enquiry_reports AS SELECT 'scam' AS about, report AS id, person, at FROM scam_person WHERE withdrawn = 0
	UNION ALL SELECT 'enquiry', enquiry, person, at FROM enquiry_person WHERE withdrawn = 0;
`}
