package review

import "strings"

// toldSchema makes review_told know notices: whoever got one by post, e-mail,
// text, by hand, on the telephone or through a worker was told, as long as it did
// not come back or fail.
var toldSchema = `
DROP VIEW review_told;
CREATE VIEW review_told AS SELECT substr(thing, 8) AS person, route AS how, at FROM review_call
	WHERE thing LIKE 'person:%' AND outcome = 'told' AND withdrawn = 0
	UNION ALL SELECT person, how, at FROM notice_status WHERE outcome NOT IN ('returned', 'failed');
`

// doubtSchema lets what came of notices speak on safe contact until somebody has
// assessed it again: a try that was not safe is a hold by every way; what came
// back, or a number that was somebody else's, makes that way not assessed.
//
// review_doubt is those doubts that nobody has answered, of people as they are
// after merges. review_contact takes them in: not-safe as the basis unsafe,
// others as the basis returned.
var doubtSchema = `
CREATE VIEW review_doubt AS WITH RECURSIVE f (person, how, why, run, at) AS (SELECT person, how, why, run, at FROM notice_doubt
		UNION SELECT r.new_, f.how, f.why, f.run, f.at FROM f JOIN case_redirects r ON r.old = f.person AND r.why = 'merged')
	SELECT f.person AS person, f.how AS how, f.why AS why, f.run AS run, f.at AS at FROM f JOIN case_people p ON p.id = f.person
	WHERE NOT EXISTS (SELECT 1 FROM verdict_now v WHERE v.about = 'contact' AND v.thing = f.person AND v.state = 'stands' AND v.at > f.at);
DROP VIEW review_contact;
CREATE VIEW review_contact AS SELECT d.person AS person,
	CASE WHEN d.held = 1 OR d.unsafe = 1 THEN 'hold' WHEN d.doubted = 1 THEN 'not-assessed' ELSE d.value END AS value,
	CASE WHEN d.held = 1 THEN 'merged' WHEN d.unsafe = 1 THEN 'unsafe' WHEN d.doubted = 1 THEN 'returned' ELSE d.basis END AS basis,
	CASE WHEN d.held = 1 OR d.unsafe = 1 OR d.doubted = 1 THEN '' ELSE d.by END AS by,
	CASE WHEN d.held = 1 OR d.unsafe = 1 OR d.doubted = 1 THEN 0 ELSE d.at END AS at
	FROM (SELECT c.person AS person, c.value AS value, c.basis AS basis, c.by AS by, c.at AS at, c.held AS held,
	CASE WHEN EXISTS (SELECT 1 FROM notice_doubt n WHERE n.person = c.person AND n.why = 'not-safe' AND n.at >= c.at) THEN 1
		WHEN EXISTS (SELECT 1 FROM case_redirects r WHERE r.new_ = c.person AND r.why = 'merged') AND EXISTS (
			WITH RECURSIVE f (id) AS (SELECT old FROM case_redirects WHERE new_ = c.person AND why = 'merged'
				UNION SELECT r.old FROM case_redirects r JOIN f ON r.new_ = f.id WHERE r.why = 'merged')
			SELECT 1 FROM f JOIN notice_doubt n ON n.person = f.id WHERE n.why = 'not-safe' AND n.at >= c.at) THEN 1 ELSE 0 END AS unsafe,
	CASE WHEN EXISTS (SELECT 1 FROM notice_doubt n WHERE n.person = c.person AND n.at >= c.at AND (c.value = 'post' AND n.how IN ('post', 'hand')
		OR c.value = 'email' AND n.how = 'email' OR c.value = 'phone' AND n.how IN ('text', 'call'))) THEN 1 ELSE 0 END AS doubted
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
	LEFT JOIN review_screened s ON s.person = p.id) c) d;
`

// partedSchema makes a hold outlive a split as it does a merge: what somebody
// said of a person, or found at the door, may have been of either half. Each half
// is on hold until it is assessed again.
var partedSchema = func() string {
	_, contact, _ := strings.Cut(doubtSchema, "DROP VIEW review_contact;")
	return "DROP VIEW review_contact;" + strings.ReplaceAll(contact, "why = 'merged'", "why IN ('merged', 'split')")
}()
