package notice

// fateSchema is the indexes by which the pages of a large run count how notices
// ended, and find those that need somebody.
var fateSchema = `
CREATE INDEX notice_message_fate ON notice_message (run, state, outcome, why, status) WHERE n > 0;
CREATE INDEX notice_refusal_message ON notice_refusal (run, n);
`
