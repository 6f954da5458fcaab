package notice

// addressSchema keeps which addresses a letter to every home left out, and why. A
// row with a UPRN is one address that was looked at when the run was frozen; one
// without is how many the gazetteer itself does not hold for homes, as it stood
// then.
const addressSchema = `
CREATE TABLE notice_home_out (
	run    INTEGER NOT NULL,
	line   INTEGER NOT NULL,
	uprn   TEXT NOT NULL,
	reason TEXT NOT NULL,
	n      INTEGER NOT NULL,
	PRIMARY KEY (run, line)
);
`
