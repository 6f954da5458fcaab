package sweep

// forgetSchema publishes under which ids sealed people were ever known, so that
// rooms that keep rows of their own leave them out whatever the rows call them.
const forgetSchema = `
CREATE VIEW case_redirects AS SELECT old, new_, why FROM redirect;
CREATE VIEW case_sealed_ids AS WITH RECURSIVE s (id) AS (SELECT id FROM person WHERE sealed = 1
	UNION SELECT r.old FROM redirect r JOIN s ON r.new_ = s.id) SELECT id FROM s;
`
