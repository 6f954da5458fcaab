package review

// personSchema remembers what was read in clear under which grant, so that a
// grant under which special categories were read is one leaf of the record
// however often the page is loaded.
var personSchema = []string{`
CREATE TABLE person_read (
	user_ TEXT NOT NULL,
	thing TEXT NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (user_, thing, until)
);
`}
