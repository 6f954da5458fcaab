package notice

// triedSchema is the view of tries for others: who was tried by which way, and
// what came of it. Looking up who is on the line, and giving a call back, are no
// tries.
var triedSchema = `
CREATE VIEW notice_tried AS SELECT person, run, way AS how, outcome, user_name AS by_name, at, against FROM notice_attempt
	WHERE outcome NOT IN ('verified', 'given-back');
`
