package job

import (
	"context"
	"errors"
	"time"
)

// Handler does the work of one kind of job.
type Handler struct {
	Kind string
	// Run does the work. It may run again after it has succeeded, when the
	// process died before that was written down. It should return soon after
	// ctx is cancelled: then the job waits for the next start and the attempt
	// is not counted. An error makes it run again later, unless it comes from
	// Refuse.
	Run func(ctx context.Context, w *Work) error
	// Attempts bounds how often it is begun; default 5.
	Attempts int
	// Every makes the queue itself enqueue the job, with null for arguments,
	// that long after the last time it became due; 0: only on demand. It has at
	// least a second.
	Every time.Duration
	// Workers is how many of the kind one process runs at once; default 1.
	Workers int
}

// Work is one attempt at a job.
type Work struct {
	ID      int64
	Kind    string
	Args    []byte // JSON as it was enqueued
	Attempt int    // 1 the first time
}

// State is where a job stands.
type State string

// The states of a job.
const (
	Waiting State = "waiting" // until it is due and its turn comes
	Running State = "running"
	Done    State = "done" // kept for KeepDone, so that a page can say so
	Dead    State = "dead" // failed for good; kept until retried or dropped
)

// LeaseTime is how long after the death of a process its jobs begin again.
const LeaseTime = time.Minute

// KeepDone is how long a job is listed after it has succeeded.
const KeepDone = 7 * 24 * time.Hour

const (
	defaultAttempts = 5
	maxArgs         = 64 << 10 // bytes; larger things belong into a table of the room
	maxTrouble      = 500      // characters kept of an error
)

// Option says how to enqueue.
type Option func(*order)

type order struct {
	key   string
	after time.Time
}

// Key makes the job the only one of its kind and key that waits: enqueueing it
// again before it has begun does nothing, and two of them never run at once.
func Key(k string) Option { return func(o *order) { o.key = k } }

// After lets the job wait until t at least; a second is the finest step.
func After(t time.Time) Option { return func(o *order) { o.after = t } }

// refused is an error that trying again will not cure.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

// Refuse marks an error of a handler as one that trying again will not cure:
// the job is dead at once.
func Refuse(err error) error {
	if err == nil {
		return nil
	}
	return refused{err}
}

func isRefused(err error) bool {
	var r refused
	return errors.As(err, &r)
}

// backoff is how long a job waits after its nth attempt has failed: 15 seconds,
// a minute, 4, 16, then an hour.
func backoff(attempt int) time.Duration {
	wait := 15 * time.Second
	for range min(attempt-1, 4) {
		wait *= 4
	}
	return min(wait, time.Hour)
}
