package review

// article34Schema is the desk Article 34: groups of the people of a version, and
// what was decided of each. Members are written when the group is made, by the
// number of their row. Decisions are only ever added; the group has the last.
// article34_count is reckoned anew with every group and decision, by the councils
// that hold the data.
//
// review_article34 is what holds of each person of a version who is in a group:
// of several groups the strictest. Whoever is in none is not in the view, and is
// not decided.
var article34Schema = []string{`
CREATE TABLE article34_group (
	id       INTEGER NOT NULL PRIMARY KEY,
	list     INTEGER NOT NULL,
	title    TEXT NOT NULL,
	rule     TEXT NOT NULL, -- JSON: who is in it
	decision TEXT NOT NULL, -- the last one
	before_  TEXT NOT NULL, -- what was decided of the same group of an earlier version
	user_    TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at       INTEGER NOT NULL,
	version  INTEGER NOT NULL
);
CREATE INDEX article34_group_list ON article34_group (list, id);
CREATE TABLE article34_member (
	grp INTEGER NOT NULL,
	n   INTEGER NOT NULL,
	PRIMARY KEY (grp, n)
) WITHOUT ROWID;
CREATE TABLE article34_decision (
	id       INTEGER NOT NULL PRIMARY KEY,
	grp      INTEGER NOT NULL,
	value    TEXT NOT NULL, -- not-decided, tell, tell-now, not-required
	why      TEXT NOT NULL,
	user_    TEXT NOT NULL,
	user_name TEXT NOT NULL,
	at       INTEGER NOT NULL
);
CREATE INDEX article34_decision_grp ON article34_decision (grp, id);
CREATE TABLE article34_count (
	list     INTEGER NOT NULL,
	grp      INTEGER NOT NULL, -- 0: all groups of the version together
	councils TEXT NOT NULL,
	decision TEXT NOT NULL, -- of all groups: the strictest; '' for one group
	people   INTEGER NOT NULL,
	shared   INTEGER NOT NULL, -- of them in more than one group
	PRIMARY KEY (list, grp, councils, decision)
) WITHOUT ROWID;
CREATE VIEW review_article34_group AS SELECT id, list AS version, title, decision, at FROM article34_group;
CREATE VIEW review_article34 AS SELECT g.list AS version, p.person AS person,
	CASE MIN(CASE g.decision WHEN 'tell-now' THEN 0 WHEN 'tell' THEN 1 WHEN 'not-decided' THEN 2 ELSE 3 END)
		WHEN 0 THEN 'tell-now' WHEN 1 THEN 'tell' WHEN 2 THEN 'not-decided' ELSE 'not-required' END AS decision
	FROM article34_group g JOIN article34_member m ON m.grp = g.id JOIN list_person p ON p.list = g.list AND p.n = m.n
	WHERE p.person NOT IN (SELECT id FROM case_sealed_ids) GROUP BY g.list, p.person;
`}
