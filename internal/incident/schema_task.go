package incident

// taskSchema is what has to be done.
var taskSchema = []string{`
CREATE TABLE incident_task (` + keptFields + `
	stream TEXT NOT NULL, -- the work stream, '' for none
	title TEXT NOT NULL,
	detail TEXT NOT NULL,
	owner TEXT NOT NULL, -- a user, '' for nobody yet
	owner_name TEXT NOT NULL,
	due INTEGER NOT NULL, -- 0 for no date
	state TEXT NOT NULL, -- open, doing, blocked, done, dropped
	steps TEXT NOT NULL, -- the checklist, one a line, "x " before what is done
	needs TEXT NOT NULL, -- ids of tasks that must be done before, with spaces
	escalate TEXT NOT NULL, -- a user who is told when it is late, '' for who leads
	escalate_name TEXT NOT NULL,
	escalated INTEGER NOT NULL, -- when that happened, 0 for not
	origin TEXT NOT NULL, -- what made it: playbook:…, fact:…, '' for a person
	why TEXT NOT NULL,
	words TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_task_latest ON incident_task (latest, state, due);
CREATE INDEX incident_task_owner ON incident_task (owner, latest);
`}
