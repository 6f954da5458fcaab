package incident

// costSchema is what the incident costs and what comes in for it. Amounts are
// pence.
var costSchema = []string{`
CREATE TABLE incident_cost (` + keptFields + `
	sort TEXT NOT NULL, -- costSorts
	term TEXT NOT NULL, -- immediate, long
	stream TEXT NOT NULL, -- streams of task.go
	day INTEGER NOT NULL, -- noon of it in London
	title TEXT NOT NULL,
	party TEXT NOT NULL, -- supplier, team, giver, insurer
	reference TEXT NOT NULL,
	amount INTEGER NOT NULL, -- pence: spent, set aside, asked for
	minutes INTEGER NOT NULL, -- of work
	rate INTEGER NOT NULL, -- pence an hour
	agreed INTEGER NOT NULL,
	received INTEGER NOT NULL,
	fund INTEGER NOT NULL, -- the fund that pays, or 0
	stage TEXT NOT NULL, -- costStages
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_cost_day ON incident_cost (latest, day, id);
CREATE TABLE incident_forecast (` + keptFields + `
	at INTEGER NOT NULL, -- as of
	amount INTEGER NOT NULL, -- pence: what it is expected to cost in all
	low INTEGER NOT NULL,
	high INTEGER NOT NULL,
	note TEXT NOT NULL,
	state TEXT NOT NULL, -- stands, withdrawn
	why TEXT NOT NULL,
	UNIQUE (id, version)
);
CREATE INDEX incident_forecast_latest ON incident_forecast (latest, council, at);
`}
