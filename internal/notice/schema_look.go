package notice

// lookSchema keeps which letters of a run were drawn to pixels before it was
// signed, by what, and what was wrong with them; fault is ” where nothing was.
const lookSchema = `
CREATE TABLE notice_look (
	run   INTEGER NOT NULL,
	n     INTEGER NOT NULL,
	sides INTEGER NOT NULL,
	fault TEXT NOT NULL,
	eye   TEXT NOT NULL,
	at    INTEGER NOT NULL,
	PRIMARY KEY (run, n)
);
`
