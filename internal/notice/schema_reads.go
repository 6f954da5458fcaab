package notice

// readsSchema is how those read who are told about a child or about somebody who
// died: decided with whom to tell, for nothing else here knows them.
var readsSchema = `
ALTER TABLE notice_decision ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- BCP 47; '' for English
ALTER TABLE notice_decision ADD COLUMN format TEXT NOT NULL DEFAULT ''; -- as a recipient's; '' for standard print
`
