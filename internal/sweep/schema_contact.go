package sweep

// contactSchema publishes what a person's own register records say of reaching
// them, and whose folders held their data: what a notice to them needs. A person
// of whom neither is known has no row, nor has anybody who is sealed.
//
// A case of an earlier version has no rows until its lists are written again.
const contactSchema = `
CREATE TABLE person_reach (
	person   TEXT NOT NULL PRIMARY KEY,
	email    TEXT NOT NULL,
	phone    TEXT NOT NULL, -- as dialled from abroad, +44…
	language TEXT NOT NULL, -- BCP 47, '' for English; as written where the word is not known
	format   TEXT NOT NULL, -- large-print, easy-read, braille, audio, other; '' for none asked for
	worker   TEXT NOT NULL, -- the named worker
	services TEXT NOT NULL  -- council services in whose folders the data lay, sorted, joined with ;
) WITHOUT ROWID;
CREATE VIEW case_contacts AS SELECT person, email, phone, language, format, worker, services FROM person_reach;
`
