package incident

// markSchema is what all desks of the room go by: the councils that take part,
// and which object one council shares with another beyond what its mark allows.
// Rows of incident_share are taken away when the sharing ends; the record says
// that it was.
var markSchema = []string{`
CREATE TABLE incident_council (
	code TEXT NOT NULL PRIMARY KEY, -- as users are limited to it
	name TEXT NOT NULL,
	part TEXT NOT NULL, -- lead, affected, shared, unaffected
	added_by TEXT NOT NULL,
	added_at INTEGER NOT NULL
);
CREATE TABLE incident_share (
	kind TEXT NOT NULL, -- entry, fact, decision, …
	object INTEGER NOT NULL, -- its id, all versions
	council TEXT NOT NULL, -- who may see it too
	added_by TEXT NOT NULL,
	added_at INTEGER NOT NULL,
	PRIMARY KEY (kind, object, council)
);
`}
