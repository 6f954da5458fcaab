package review

// verdictSchema is the log of verdicts, which is only ever added to: a verdict,
// what a second person said of it, and that it was taken back are rows of their
// own. verdict_now is reckoned from the log for one thing at a time, in the
// transaction that adds to it; its version goes up with every addition.
//
// thing is the id of a person; of a link the mention and the person, "M…:P…";
// of a finding document and number, "12.5"; of a document the number of the item.
//
// review_verdicts are the verdicts that stand: only they make anything
// confirmed. review_contact is how each person may be contacted, sealed people
// too (whoever lists it leaves them out): what was assessed, unless the lists put
// the person on hold since; else post where a screening rule that two people
// signed covers them and no flag has come since, at the person, household or
// address; else what the lists say. Who was merged with somebody who was not to
// be contacted, or through a worker alone, is on hold until assessed again.
var verdictSchema = []string{`
CREATE TABLE verdict (
	id       INTEGER NOT NULL PRIMARY KEY,
	about    TEXT NOT NULL,
	thing    TEXT NOT NULL,
	value    TEXT NOT NULL,
	why      TEXT NOT NULL,
	basis    TEXT NOT NULL, -- of a safe contact
	evidence TEXT NOT NULL, -- of a safe contact
	dated    TEXT NOT NULL, -- of a safe contact: the day of the evidence
	seen     TEXT NOT NULL, -- what the lists said of the thing then
	user_    TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at       INTEGER NOT NULL,
	needs    TEXT NOT NULL, -- why policy asks for a second person; '' where it does not
	settles  INTEGER NOT NULL, -- ends a conflict between others
	batch    INTEGER NOT NULL, -- 0: of none
	act      INTEGER NOT NULL, -- the act on many things at once; 0: of none
	decision INTEGER NOT NULL -- of a link: the decision about whose mention it is; 0: none
);
CREATE INDEX verdict_thing ON verdict (about, thing, id);
CREATE INDEX verdict_user ON verdict (user_, at);
CREATE INDEX verdict_by_act ON verdict (act, id) WHERE act > 0;
CREATE TABLE verdict_second (
	verdict  INTEGER NOT NULL PRIMARY KEY,
	agreed   INTEGER NOT NULL,
	why      TEXT NOT NULL,
	user_    TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at       INTEGER NOT NULL,
	decision INTEGER NOT NULL
);
CREATE TABLE verdict_withdrawn (
	verdict INTEGER NOT NULL PRIMARY KEY,
	cause   TEXT NOT NULL, -- withdrawn, replaced, settled, undone
	why     TEXT NOT NULL,
	user_   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at      INTEGER NOT NULL
);
CREATE TABLE verdict_now (
	about   TEXT NOT NULL,
	thing   TEXT NOT NULL,
	state   TEXT NOT NULL, -- none, waiting, stands, conflict
	value   TEXT NOT NULL,
	verdict INTEGER NOT NULL,
	user_   TEXT NOT NULL,
	at      INTEGER NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (about, thing)
);
CREATE INDEX verdict_now_state ON verdict_now (state, at);
CREATE TABLE verdict_act (
	id      INTEGER NOT NULL PRIMARY KEY,
	what    TEXT NOT NULL, -- in words, without personal values
	things  INTEGER NOT NULL,
	digest  TEXT NOT NULL, -- of the things, sorted
	user_   TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at      INTEGER NOT NULL,
	undone  INTEGER NOT NULL,
	undone_by TEXT NOT NULL,
	undone_why TEXT NOT NULL
);
CREATE TABLE screen_rule (
	id        INTEGER NOT NULL PRIMARY KEY,
	months    INTEGER NOT NULL,
	list_version INTEGER, -- of the list; NULL where none was frozen
	stamp     TEXT NOT NULL, -- of the lists
	as_of     TEXT NOT NULL,
	people    INTEGER NOT NULL,
	digest    TEXT NOT NULL, -- of the ids, sorted
	seed      TEXT NOT NULL, -- of the cases that both read
	why       TEXT NOT NULL,
	user_     TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at        INTEGER NOT NULL,
	first_by  TEXT NOT NULL, -- who signed
	first_name TEXT NOT NULL,
	first_at  INTEGER NOT NULL,
	second_by TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at INTEGER NOT NULL,
	ended     INTEGER NOT NULL,
	ended_by  TEXT NOT NULL,
	ended_why TEXT NOT NULL,
	version   INTEGER NOT NULL
);
CREATE TABLE screen_person (
	person TEXT NOT NULL,
	rule   INTEGER NOT NULL,
	PRIMARY KEY (person, rule)
);
CREATE INDEX screen_person_rule ON screen_person (rule, person);

CREATE VIEW review_verdicts AS SELECT about, thing, value, user_ AS by, at, verdict FROM verdict_now WHERE state = 'stands';
CREATE VIEW review_conflicts AS SELECT about, thing, at FROM verdict_now WHERE state = 'conflict';
CREATE VIEW review_waiting AS SELECT about, thing, value, user_ AS by, at, verdict FROM verdict_now WHERE state = 'waiting';
CREATE VIEW review_screened AS SELECT s.person AS person, MIN(r.id) AS rule, MIN(r.second_by) AS by, MIN(r.second_at) AS at
	FROM screen_person s JOIN screen_rule r ON r.id = s.rule AND r.second_at > 0 AND r.ended = 0
	JOIN case_people p ON p.id = s.person
	WHERE p.safe_contact = 'not-assessed' AND p.sealed = 0 AND p.deceased = 'no' AND p.signals = ''
	AND NOT EXISTS (SELECT 1 FROM case_residents a JOIN case_residents b ON b.household = a.household
		JOIN case_signals g ON g.person = b.person WHERE a.person = p.id)
	GROUP BY s.person;
CREATE VIEW review_contact AS SELECT p.id AS person,
	CASE WHEN v.verdict IS NOT NULL THEN CASE WHEN p.safe_contact = 'hold' AND w.seen <> 'hold' AND v.value NOT IN ('hold', 'worker') THEN 'hold' ELSE v.value END
		WHEN s.person IS NOT NULL THEN 'post' ELSE p.safe_contact END AS value,
	CASE WHEN v.verdict IS NOT NULL THEN CASE WHEN p.safe_contact = 'hold' AND w.seen <> 'hold' AND v.value NOT IN ('hold', 'worker') THEN 'flag' ELSE 'assessed' END
		WHEN s.person IS NOT NULL THEN 'screened' ELSE 'lists' END AS basis,
	COALESCE(v.user_, s.by, '') AS by, COALESCE(v.at, s.at, 0) AS at
	FROM case_people p
	LEFT JOIN verdict_now v ON v.about = 'contact' AND v.thing = p.id AND v.state = 'stands'
	LEFT JOIN verdict w ON w.id = v.verdict
	LEFT JOIN review_screened s ON s.person = p.id;
`, `
DROP VIEW review_contact;
CREATE VIEW review_contact AS SELECT c.person AS person, CASE WHEN c.held = 1 THEN 'hold' ELSE c.value END AS value, CASE WHEN c.held = 1 THEN 'merged' ELSE c.basis END AS basis,
	CASE WHEN c.held = 1 THEN '' ELSE c.by END AS by, CASE WHEN c.held = 1 THEN 0 ELSE c.at END AS at
	FROM (SELECT p.id AS person,
	CASE WHEN v.verdict IS NOT NULL THEN CASE WHEN p.safe_contact = 'hold' AND w.seen <> 'hold' AND v.value NOT IN ('hold', 'worker') THEN 'hold' ELSE v.value END
		WHEN s.person IS NOT NULL THEN 'post' ELSE p.safe_contact END AS value,
	CASE WHEN v.verdict IS NOT NULL THEN CASE WHEN p.safe_contact = 'hold' AND w.seen <> 'hold' AND v.value NOT IN ('hold', 'worker') THEN 'flag' ELSE 'assessed' END
		WHEN s.person IS NOT NULL THEN 'screened' ELSE 'lists' END AS basis,
	COALESCE(v.user_, s.by, '') AS by, COALESCE(v.at, s.at, 0) AS at,
	CASE WHEN EXISTS (SELECT 1 FROM case_redirects r WHERE r.new_ = p.id AND r.why = 'merged') AND EXISTS (
		WITH RECURSIVE f (id) AS (SELECT old FROM case_redirects WHERE new_ = p.id AND why = 'merged'
			UNION SELECT r.old FROM case_redirects r JOIN f ON r.new_ = f.id WHERE r.why = 'merged')
		SELECT 1 FROM f JOIN verdict_now m ON m.about = 'contact' AND m.thing = f.id AND m.state = 'stands' AND m.value IN ('hold', 'worker')
		WHERE m.at >= COALESCE(v.at, 0)) THEN 1 ELSE 0 END AS held
	FROM case_people p
	LEFT JOIN verdict_now v ON v.about = 'contact' AND v.thing = p.id AND v.state = 'stands'
	LEFT JOIN verdict w ON w.id = v.verdict
	LEFT JOIN review_screened s ON s.person = p.id) c;
`, doubtSchema, partedSchema}
