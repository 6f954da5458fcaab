package enquiry

// forgetSchema is the end of what residents sent. How many months a matter is
// kept after it ended is a rule, of which the newest row holds. A destruction is
// asked for by one, signed by another, and done once; its row is what the
// certificate is written from, so it holds no personal data but the reason, which
// is not printed. Emptied is when a matter lost what it said: its row stays for
// the figures, and for whoever follows it by its reference.
var forgetSchema = []string{`
ALTER TABLE enquiry ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scam_report ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0;
CREATE TABLE enquiry_kept (
	id      INTEGER NOT NULL PRIMARY KEY,
	months  INTEGER NOT NULL, -- after a matter ended
	why     TEXT NOT NULL,
	by_     TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE TABLE enquiry_destruction (
	id          INTEGER NOT NULL PRIMARY KEY,
	before      INTEGER NOT NULL, -- what ended before this moment
	ground      TEXT NOT NULL, -- retention, closed, ordered
	why         TEXT NOT NULL,
	state       TEXT NOT NULL, -- asked, signed, done, withdrawn
	by_         TEXT NOT NULL,
	by_name     TEXT NOT NULL,
	at          INTEGER NOT NULL,
	second      TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at   INTEGER NOT NULL,
	rows_       TEXT NOT NULL, -- JSON: what was destroyed
	head        TEXT NOT NULL, -- of the record, before
	done_at     INTEGER NOT NULL,
	compacted   INTEGER NOT NULL, -- when the files were removed and rewritten; 0 not yet
	version     INTEGER NOT NULL
);
`}
