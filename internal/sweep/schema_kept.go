package sweep

// keptSchema is what a resolve keeps so that a decision need not resolve the
// whole case. kept holds pages of linkage's, valid while the setting "kept" is
// set; given_id the id that stands for each record key and mention; hazard the
// reasons for which households are on hold.
//
// A person's place orders the people list and is packed from what priority looks
// at (place.go): unique, stable, not consecutive.
const keptSchema = `
CREATE TABLE kept (
	shelf TEXT NOT NULL,
	n     INTEGER NOT NULL,
	data  BLOB NOT NULL,
	PRIMARY KEY (shelf, n)
);
CREATE TABLE given_id (
	mark   TEXT NOT NULL PRIMARY KEY,
	person TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO given_id (mark, person) SELECT mark, MIN(person) FROM known GROUP BY mark;
DROP TABLE known;
CREATE TABLE hazard (
	household TEXT NOT NULL,
	cause     TEXT NOT NULL,
	PRIMARY KEY (household, cause)
) WITHOUT ROWID;
CREATE INDEX hazard_cause ON hazard (cause);
`
