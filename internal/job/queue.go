package job

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Queue runs jobs. Several may run over one database, in several processes.
type Queue struct {
	d        *db.DB
	handlers []Handler
	log      *slog.Logger
	holder   string // names this queue in leases
	wake     chan struct{}

	now   func() time.Time
	poll  time.Duration // between looks for due jobs
	tend  time.Duration // between rounds of renewing and tidying
	lease time.Duration
	grace time.Duration // for handlers to return when the queue stops

	mu      sync.Mutex
	running map[int64]*attempt
	busy    map[string]int // jobs of a kind that run here
	work    sync.WaitGroup
}

// attempt is a job that runs in this process.
type attempt struct {
	task
	handler Handler
	cancel  context.CancelCauseFunc
}

// errLost ends the work of a job whose lease went to somebody else.
var errLost = errors.New("the lease of the job was lost")

// New makes a queue over the handlers; nothing runs before Run.
func New(d *db.DB, handlers []Handler, log *slog.Logger) *Queue {
	q := &Queue{
		d: d, log: log, holder: rand.Text(), wake: make(chan struct{}, 1),
		now: time.Now, poll: time.Second, tend: LeaseTime / 4, lease: LeaseTime, grace: 20 * time.Second,
		running: make(map[int64]*attempt), busy: make(map[string]int),
	}
	for _, h := range handlers {
		if h.Attempts <= 0 {
			h.Attempts = defaultAttempts
		}
		if h.Workers <= 0 {
			h.Workers = 1
		}
		q.handlers = append(q.handlers, h)
	}
	return q
}

// Run takes jobs that are due and runs them until ctx is cancelled. Then it
// tells the handlers, waits up to 20 seconds for them, gives their jobs back
// and returns nil. Trouble with the database is logged and outlived; the only
// error is reeve.Invalid for handlers that are not well made.
func (q *Queue) Run(ctx context.Context) error {
	if err := q.check(); err != nil {
		return err
	}
	// Leases are renewed until the last handler has returned, and that is after
	// ctx has ended.
	keep, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	var tending sync.WaitGroup
	tending.Go(func() { every(keep, q.tend, nil, func() { q.round(keep, q.renew); q.round(keep, q.tidy) }) })
	every(ctx, q.poll, q.wake, func() { q.round(ctx, q.startDue) })
	if !q.awaitHandlers() {
		q.log.Warn("jobs did not stop in time; they begin again when their leases end")
	}
	end()
	tending.Wait()
	return nil
}

func (q *Queue) check() error {
	seen := make(map[string]bool)
	for _, h := range q.handlers {
		switch {
		case h.Kind == "" || h.Run == nil:
			return fmt.Errorf("a handler without kind or function: %w", reeve.Invalid)
		case seen[h.Kind]:
			return fmt.Errorf("two handlers of kind %s: %w", h.Kind, reeve.Invalid)
		case h.Every != 0 && h.Every < time.Second:
			return fmt.Errorf("handler %s would run more than once a second: %w", h.Kind, reeve.Invalid)
		}
		seen[h.Kind] = true
	}
	return nil
}

// every calls do now, after each period and when woken, until ctx ends.
func every(ctx context.Context, period time.Duration, wake <-chan struct{}, do func()) {
	tick := time.NewTicker(period)
	defer tick.Stop()
	for ctx.Err() == nil {
		do()
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-wake:
		}
	}
}

// round does a piece of the queue's own work and logs what went wrong; the next
// round tries again.
func (q *Queue) round(ctx context.Context, do func(context.Context) error) {
	if err := do(ctx); err != nil && ctx.Err() == nil {
		q.log.Warn("job queue", "error", err)
	}
}

// awaitHandlers waits for what runs; false if that takes longer than grace.
func (q *Queue) awaitHandlers() bool {
	done := make(chan struct{})
	go func() {
		q.work.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(q.grace):
		return false
	}
}

// startDue begins jobs that are due, as many as there are free workers.
func (q *Queue) startDue(ctx context.Context) error {
	var kinds []string
	err := q.d.Read(ctx, func(tx *db.Tx) (err error) {
		kinds, err = dueKinds(tx, q.now().Unix())
		return err
	})
	if err != nil {
		return err
	}
	due := make(map[string]bool)
	for _, k := range kinds {
		due[k] = true
	}
	for _, h := range q.handlers {
		for due[h.Kind] && q.free(h) && ctx.Err() == nil {
			t, err := q.take(ctx, h.Kind)
			if errors.Is(err, reeve.NotFound) {
				break
			}
			if err != nil {
				return err
			}
			q.start(ctx, h, t)
		}
	}
	return nil
}

func (q *Queue) free(h Handler) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.busy[h.Kind] < h.Workers
}

func (q *Queue) take(ctx context.Context, kind string) (t *task, err error) {
	err = q.d.Write(ctx, func(tx *db.Tx) (err error) {
		now := q.now()
		t, err = take(tx, kind, q.holder, now.Unix(), now.Add(q.lease).Unix())
		return err
	})
	return t, err
}

func (q *Queue) start(ctx context.Context, h Handler, t *task) {
	ctx, cancel := context.WithCancelCause(ctx)
	a := &attempt{task: *t, handler: h, cancel: cancel}
	q.mu.Lock()
	q.running[t.ID] = a
	q.busy[h.Kind]++
	q.mu.Unlock()
	q.work.Go(func() {
		defer cancel(nil)
		q.finish(ctx, a, call(ctx, h, a.Work))
		q.mu.Lock()
		delete(q.running, t.ID)
		q.busy[h.Kind]--
		q.mu.Unlock()
		select {
		case q.wake <- struct{}{}:
		default:
		}
	})
}

// renew prolongs the leases of what runs here, and ends work whose lease is
// somebody else's by now.
func (q *Queue) renew(ctx context.Context) error {
	q.mu.Lock()
	mine := make([]*attempt, 0, len(q.running))
	for _, a := range q.running {
		mine = append(mine, a)
	}
	q.mu.Unlock()
	if len(mine) == 0 {
		return nil
	}
	var held map[int64]bool
	err := q.d.Write(ctx, func(tx *db.Tx) (err error) {
		held, err = renew(tx, q.holder, q.now().Add(q.lease).Unix())
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range mine {
		if !held[a.ID] {
			a.cancel(errLost) // harmless when it has just finished
		}
	}
	return nil
}

// tidy puts back what dead processes left, enqueues what is due by the clock,
// and forgets what is long done.
func (q *Queue) tidy(ctx context.Context) error {
	return q.d.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialise("job: take"); err != nil {
			return err
		}
		now := q.now()
		if err := q.putBack(tx, now); err != nil {
			return err
		}
		for _, h := range q.handlers {
			if err := schedule(tx, h, now); err != nil {
				return err
			}
		}
		return sweepDone(tx, now.Add(-KeepDone).Unix())
	})
}
