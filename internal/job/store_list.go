package job

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Job is one job as a page shows it. Its arguments are left out.
type Job struct {
	ID       int64
	Kind     string
	Key      string
	State    State
	Attempts int    // begun so far
	Trouble  string // the last error, "" if there was none
	Due      int64  // UTC seconds: when it may next run, for those that wait
	Made     int64  // UTC seconds
	Ended    int64  // UTC seconds, 0 before
}

// Query says which jobs to list.
type Query struct {
	Kind   string // "" for all
	State  State  // "" for all
	Before int64  // only jobs enqueued before the one of this number; 0: from the newest
	Limit  int    // at most 200; default 50
}

const (
	defaultListed = 50
	maxListed     = 200
)

// List gives jobs, the newest first. The next page begins Before the last one's
// number.
func List(tx *db.Tx, q Query) ([]Job, error) {
	if q.Limit <= 0 {
		q.Limit = defaultListed
	}
	where, args := "WHERE 1 = 1", []any{}
	if q.Kind != "" {
		where, args = where+" AND kind = ?", append(args, q.Kind)
	}
	if q.State != "" {
		where, args = where+" AND state = ?", append(args, q.State)
	}
	if q.Before > 0 {
		where, args = where+" AND id < ?", append(args, q.Before)
	}
	jobs, err := db.All(tx, scanJob, jobColumns+where+" ORDER BY id DESC LIMIT ?", append(args, min(q.Limit, maxListed))...)
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return jobs, nil
}

// Find gives one job; reeve.NotFound if it is not there (any more).
func Find(tx *db.Tx, id int64) (Job, error) {
	jobs, err := db.All(tx, scanJob, jobColumns+"WHERE id = ?", id)
	if err == nil && len(jobs) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return Job{}, fmt.Errorf("find job %d: %w", id, err)
	}
	return jobs[0], nil
}

const jobColumns = "SELECT id, kind, job_key, state, attempts, trouble, due, made, ended FROM job_task "

func scanJob(r db.Row) (j Job, err error) {
	return j, r.Scan(&j.ID, &j.Kind, &j.Key, &j.State, &j.Attempts, &j.Trouble, &j.Due, &j.Made, &j.Ended)
}

// Count is how many jobs of a kind are in a state.
type Count struct {
	Kind  string
	State State
	Jobs  int
}

// Counts tells how many jobs stand where, by kind and state.
func Counts(tx *db.Tx) ([]Count, error) {
	counts, err := db.All(tx, func(r db.Row) (c Count, err error) {
		return c, r.Scan(&c.Kind, &c.State, &c.Jobs)
	}, "SELECT kind, state, COUNT(*) FROM job_task GROUP BY kind, state ORDER BY kind, state")
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return counts, nil
}
