package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// everyKey is the key of jobs that the queue enqueues itself.
const everyKey = "every"

// call runs a handler; a panic is an error like others, without its value,
// which may quote what was being worked on.
func call(ctx context.Context, h Handler, w Work) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the handler of %s panicked (%T)", h.Kind, v)
		}
	}()
	return h.Run(ctx, &w)
}

// finish writes down what became of an attempt.
func (q *Queue) finish(ctx context.Context, a *attempt, err error) {
	log := q.log.With("job", a.ID, "kind", a.Kind, "attempt", a.Attempt)
	if errors.Is(context.Cause(ctx), errLost) {
		log.Warn("job was stopped, or lost to another process, while it ran")
		return
	}
	now := q.now()
	o := judge(a, err, ctx.Err() != nil, now)
	var kept bool
	werr := q.insist(func(ctx context.Context) error {
		return q.d.Write(ctx, func(tx *db.Tx) (err error) {
			if kept, err = settle(tx, &a.task, q.holder, o); err != nil || !kept {
				return err
			}
			return again(tx, a, o, now)
		})
	})
	switch {
	case werr != nil:
		log.Error("the end of a job could not be written; it will run again", "error", werr)
	case !kept:
		log.Warn("job was stopped, or lost to another process, while it ran")
	case o.state == Dead:
		log.Error("job failed for good", "error", err)
	case err != nil && o.attempt == a.Attempt:
		log.Warn("job failed", "error", err, "next", time.Unix(o.due, 0).UTC())
	}
}

// judge says what becomes of a job whose handler returned err.
func judge(a *attempt, err error, stopping bool, now time.Time) outcome {
	o := outcome{attempt: a.Attempt, due: a.due, ended: now.Unix()}
	switch {
	case err == nil:
		o.state = Done
		return o
	case stopping:
		o.state, o.attempt, o.ended = Waiting, a.Attempt-1, 0
		return o
	}
	o.trouble = shorten(err.Error())
	if isRefused(err) || a.Attempt >= a.handler.Attempts {
		o.state = Dead
		return o
	}
	o.state, o.due, o.ended = Waiting, now.Add(backoff(a.Attempt)).Unix(), 0
	return o
}

// again enqueues the next turn of a job that runs by the clock, in the
// transaction that ends this one.
func again(tx *db.Tx, a *attempt, o outcome, now time.Time) error {
	if a.handler.Every == 0 || a.key != everyKey || o.state == Waiting {
		return nil
	}
	_, err := enqueue(tx, a.Kind, nil, order{key: everyKey, after: nextTurn(a.due, a.handler.Every, now)}, now)
	return err
}

// nextTurn is the first time after now in steps from due: turns that were
// missed are not made up for.
func nextTurn(due int64, every time.Duration, now time.Time) time.Time {
	next := time.Unix(due, 0).Add(every)
	if late := now.Sub(next); late >= 0 {
		next = next.Add((late/every + 1) * every)
	}
	return next
}

// insist tries a write a few times: the work is done, and doing it again costs
// more than waiting. It does not end with the queue's own context.
func (q *Queue) insist(write func(context.Context) error) error {
	var err error
	for i := range 4 {
		if i > 0 {
			time.Sleep(q.poll)
		}
		ctx, cancel := context.WithTimeout(context.Background(), q.grace)
		err = write(ctx)
		cancel()
		if err == nil || errors.Is(err, reeve.Invalid) {
			return err
		}
	}
	return err
}

// putBack lets jobs wait again whose process died: their leases ended and
// nobody renewed them.
func (q *Queue) putBack(tx *db.Tx, now time.Time) error {
	jobs, err := lapsedJobs(tx, now.Unix())
	if err != nil {
		return err
	}
	for _, l := range jobs {
		if l.holder == q.holder && q.has(l.ID) { // renewing is late; the work goes on
			continue
		}
		a := &attempt{task: l.task, handler: q.handler(l.Kind)}
		o := judge(a, errDied, false, now)
		if o.state == Waiting {
			o.due = now.Unix() // it did not fail, it was cut off
		}
		kept, err := settle(tx, &a.task, l.holder, o)
		if err != nil {
			return err
		}
		if kept {
			if err := again(tx, a, o, now); err != nil {
				return err
			}
			q.log.Warn("job put back", "job", l.ID, "kind", l.Kind, "attempt", l.Attempt, "state", o.state)
		}
	}
	return nil
}

var errDied = errors.New("the process ended while the job ran")

func (q *Queue) has(id int64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running[id] != nil
}

// handler gives the handler of a kind, or, for a kind of another process, one
// with the usual number of attempts.
func (q *Queue) handler(kind string) Handler {
	for _, h := range q.handlers {
		if h.Kind == kind {
			return h
		}
	}
	return Handler{Kind: kind, Attempts: defaultAttempts}
}

// schedule enqueues a job that runs by the clock if it neither waits nor runs:
// the first time, and after somebody dropped it.
func schedule(tx *db.Tx, h Handler, now time.Time) error {
	if h.Every == 0 {
		return nil
	}
	there, err := unfinished(tx, h.Kind, everyKey)
	if err != nil || there {
		return err
	}
	_, err = enqueue(tx, h.Kind, nil, order{key: everyKey}, now)
	return err
}

// shorten cuts a text for the table.
func shorten(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxTrouble {
			return s[:i] + "…"
		}
	}
	return s
}
