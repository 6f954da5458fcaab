package job

import (
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

func insert(tx *db.Tx, id int64, kind, key, args string, due, now int64) (bool, error) {
	n, err := tx.Exec(`INSERT INTO job_task (id, kind, job_key, args, state, attempts, due, holder, leased, trouble, made, ended)
		VALUES (?, ?, ?, ?, 'waiting', 0, ?, '', 0, '', ?, 0) ON CONFLICT DO NOTHING`, id, kind, key, args, due, now)
	return n == 1, err
}

func waitingWith(tx *db.Tx, kind, key string) (id int64, err error) {
	err = tx.One([]any{&id}, "SELECT id FROM job_task WHERE kind = ? AND job_key = ? AND state = 'waiting'", kind, key)
	return id, err
}

// unfinished reports whether a job of the key waits or runs.
func unfinished(tx *db.Tx, kind, key string) (bool, error) {
	var n int
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM job_task WHERE kind = ? AND job_key = ? AND state IN ('waiting', 'running')", kind, key)
	return n > 0, err
}

// dueKinds gives the kinds of which a job is due.
func dueKinds(tx *db.Tx, now int64) ([]string, error) {
	return db.All(tx, func(r db.Row) (kind string, err error) {
		return kind, r.Scan(&kind)
	}, "SELECT DISTINCT kind FROM job_task WHERE state = 'waiting' AND due <= ? ORDER BY kind", now)
}

// task is a job in the hands of a queue.
type task struct {
	Work
	key string
	due int64
}

// take leases the job of a kind whose turn it is; reeve.NotFound if none is due.
// Takers come one after the other, so that the key of a running job is seen.
func take(tx *db.Tx, kind, holder string, now, until int64) (*task, error) {
	if err := tx.Serialise("job: take"); err != nil {
		return nil, err
	}
	t := &task{Work: Work{Kind: kind}}
	var args string
	err := tx.One([]any{&t.ID, &t.key, &args, &t.Attempt, &t.due}, `SELECT id, job_key, args, attempts, due FROM job_task w
		WHERE state = 'waiting' AND kind = ? AND due <= ? AND (job_key = '' OR NOT EXISTS (
			SELECT 1 FROM job_task r WHERE r.state = 'running' AND r.kind = w.kind AND r.job_key = w.job_key))
		ORDER BY due, id LIMIT 1`, kind, now)
	if err != nil {
		return nil, err
	}
	t.Args = []byte(args)
	t.Attempt++
	n, err := tx.Exec("UPDATE job_task SET state = 'running', attempts = ?, holder = ?, leased = ? WHERE id = ? AND state = 'waiting'",
		t.Attempt, holder, until, t.ID)
	if err == nil && n == 0 { // dropped since it was seen
		err = reeve.NotFound
	}
	return t, err
}

// renew prolongs all leases of a holder and gives the jobs that it still holds.
func renew(tx *db.Tx, holder string, until int64) (map[int64]bool, error) {
	if _, err := tx.Exec("UPDATE job_task SET leased = ? WHERE state = 'running' AND holder = ?", until, holder); err != nil {
		return nil, err
	}
	held := make(map[int64]bool)
	err := tx.Each(func(r db.Row) error {
		var id int64
		err := r.Scan(&id)
		held[id] = true
		return err
	}, "SELECT id FROM job_task WHERE state = 'running' AND holder = ?", holder)
	return held, err
}

// lapsed is a job whose lease nobody renewed.
type lapsed struct {
	task
	holder string
}

func lapsedJobs(tx *db.Tx, now int64) ([]lapsed, error) {
	return db.All(tx, func(r db.Row) (l lapsed, err error) {
		return l, r.Scan(&l.ID, &l.Kind, &l.key, &l.Attempt, &l.due, &l.holder)
	}, "SELECT id, kind, job_key, attempts, due, holder FROM job_task WHERE state = 'running' AND leased < ? ORDER BY id LIMIT 100", now)
}

// outcome is what becomes of a job after an attempt.
type outcome struct {
	state   State
	attempt int // counted so far
	due     int64
	trouble string
	ended   int64
}

// settle ends the lease of a job; false if the holder has lost it. A job that
// would wait beside another one of its key leaves the work to that one.
func settle(tx *db.Tx, t *task, holder string, o outcome) (bool, error) {
	if o.state == Waiting && t.key != "" {
		_, err := waitingWith(tx, t.Kind, t.key)
		if err == nil {
			n, err := tx.Exec("DELETE FROM job_task WHERE id = ? AND state = 'running' AND holder = ?", t.ID, holder)
			return n == 1, err
		}
		if !errors.Is(err, reeve.NotFound) {
			return false, err
		}
	}
	n, err := tx.Exec(`UPDATE job_task SET state = ?, attempts = ?, due = ?, trouble = ?, ended = ?, holder = '', leased = 0
		WHERE id = ? AND state = 'running' AND holder = ?`, o.state, o.attempt, o.due, o.trouble, o.ended, t.ID, holder)
	return n == 1, err
}

// sweepDone forgets jobs that succeeded before a time.
func sweepDone(tx *db.Tx, before int64) error {
	_, err := tx.Exec("DELETE FROM job_task WHERE state = 'done' AND ended < ?", before)
	return err
}

// Retry lets a dead job run again from its first attempt; reeve.NotFound if it
// is not dead, reeve.Conflict if one of the same key waits. The caller appends
// to the record.
func Retry(tx *db.Tx, id int64) error {
	var kind, key string
	err := tx.One([]any{&kind, &key}, "SELECT kind, job_key FROM job_task WHERE id = ? AND state = 'dead'", id)
	if err != nil {
		return fmt.Errorf("retry job %d: %w", id, err)
	}
	if key != "" {
		if _, err := waitingWith(tx, kind, key); err == nil {
			return fmt.Errorf("retry job %d: the same work waits already: %w", id, reeve.Conflict)
		}
	}
	n, err := tx.Exec("UPDATE job_task SET state = 'waiting', attempts = 0, due = ?, ended = 0 WHERE id = ? AND state = 'dead'", time.Now().Unix(), id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return fmt.Errorf("retry job %d: %w", id, err)
	}
	return nil
}

// Stop ends a job that runs: it is dead at once, and its handler is told within
// a quarter of LeaseTime, until when it may go on. reeve.NotFound if it does not
// run. The caller appends to the record.
func Stop(tx *db.Tx, id int64) error {
	n, err := tx.Exec("UPDATE job_task SET state = 'dead', holder = '', leased = 0, trouble = 'stopped', ended = ? WHERE id = ? AND state = 'running'",
		time.Now().Unix(), id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return fmt.Errorf("stop job %d: %w", id, err)
	}
	return nil
}

// Drop takes a job that waits or is dead out of the queue; reeve.NotFound for
// others. The caller appends to the record.
func Drop(tx *db.Tx, id int64) error {
	n, err := tx.Exec("DELETE FROM job_task WHERE id = ? AND state IN ('waiting', 'dead')", id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return fmt.Errorf("drop job %d: %w", id, err)
	}
	return nil
}
