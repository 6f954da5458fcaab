package job

// Room is the name under which the table is migrated.
const Room = "job"

// Schema is the steps of the table; append, never change. Times are UTC
// seconds, 0 for never. The key of a job is unique among those that wait: one
// that runs already may have missed what changed since it began.
func Schema() []string {
	return []string{`
CREATE TABLE job_task (
	id       INTEGER NOT NULL PRIMARY KEY, -- grows with the time of enqueueing
	kind     TEXT NOT NULL,
	job_key  TEXT NOT NULL, -- '' for none
	args     TEXT NOT NULL, -- JSON
	state    TEXT NOT NULL, -- waiting, running, done, dead
	attempts INTEGER NOT NULL, -- begun so far
	due      INTEGER NOT NULL,
	holder   TEXT NOT NULL, -- the queue that runs it
	leased   INTEGER NOT NULL, -- until when, unless renewed
	trouble  TEXT NOT NULL, -- the last error
	made     INTEGER NOT NULL,
	ended    INTEGER NOT NULL
);
CREATE INDEX job_task_turn ON job_task (state, kind, due, id);
CREATE UNIQUE INDEX job_task_key ON job_task (kind, job_key) WHERE state = 'waiting' AND job_key <> '';`}
}
