package review

// standingSchema is the desk standing: the moment from which the council was
// aware, every version of it, the newest of which holds.
var standingSchema = []string{`
CREATE TABLE review_aware (
	version INTEGER NOT NULL PRIMARY KEY, -- from 1
	at      INTEGER NOT NULL,
	why     TEXT NOT NULL,
	user_id TEXT NOT NULL, -- who set it
	user_name TEXT NOT NULL,
	kept    INTEGER NOT NULL
);
`}
