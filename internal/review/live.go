package review

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// live is the sweep that this process runs, if any: one at a time. A sweep that
// another process runs holds the lock of the case, and this one is refused.
type live struct {
	room *Room

	mu     sync.Mutex
	run    liveRun
	cancel context.CancelFunc // nil when none runs
	ended  chan struct{}      // closed when the last one has ended
}

// liveRun is the last sweep that was started here, as pages show it. It is gone
// when the process ends; what a sweep read is in the case.
type liveRun struct {
	By       string         `json:"by"`
	Started  int64          `json:"started"`
	Ended    int64          `json:"ended"` // 0 while it runs
	Progress sweep.Progress `json:"progress"`
	Warnings []string       `json:"warnings"`
	Stopped  bool           `json:"stopped"` // by somebody
	Trouble  string         `json:"trouble"` // why it ended early, "" if it did not
	Hint     string         `json:"hint"`
	Cage     string         `json:"cage"`
	Seconds  float64        `json:"seconds"`
}

// Running reports whether it still goes on.
func (r liveRun) Running() bool { return r.Started != 0 && r.Ended == 0 }

func newLive(m *Room) *live { return &live{room: m} }

// warningsKept bounds what a run can tell.
const warningsKept = 50

// state is the last sweep as it stands.
func (l *live) state() liveRun {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.run
	r.Warnings = append([]string(nil), r.Warnings...)
	return r
}

// start begins a sweep and returns; reeve.Conflict if one runs here already.
// The options say what to sweep; how comes from the machine's.
func (l *live) start(opt sweep.Options, by string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cancel != nil {
		return reeve.WithHint(fmt.Errorf("start sweep: one is running: %w", reeve.Conflict), "Wait for it, or stop it first.")
	}
	machine := l.room.Sweep
	opt.Workers, opt.Reader, opt.NoOCR = machine.Workers, machine.Reader, opt.NoOCR || machine.NoOCR
	opt.Progress = func(p sweep.Progress) { l.mu.Lock(); l.run.Progress = p; l.mu.Unlock() }
	opt.Warn = l.warn
	ctx, cancel := context.WithCancel(context.Background())
	l.run = liveRun{By: by, Started: l.room.Now().Unix(), Progress: sweep.Progress{Phase: "starting"}}
	l.cancel, l.ended = cancel, make(chan struct{})
	go l.sweep(ctx, opt)
	return nil
}

func (l *live) warn(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.run.Warnings) < warningsKept {
		l.run.Warnings = append(l.run.Warnings, text)
	}
}

// sweep runs one sweep to its end and has its words indexed.
func (l *live) sweep(ctx context.Context, opt sweep.Options) {
	defer close(l.ended)
	sum, err := l.guarded(ctx, opt)
	if err == nil || sum.Begun {
		if indexErr := l.after(context.WithoutCancel(ctx)); err == nil {
			err = indexErr
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	stopped := ctx.Err() != nil
	l.cancel()
	l.cancel = nil
	l.run.Ended, l.run.Cage, l.run.Seconds = l.room.Now().Unix(), sum.Cage, sum.Seconds
	switch {
	case err == nil:
	case stopped || sweep.Interrupted(err):
		l.run.Stopped = true
	default:
		l.run.Trouble, l.run.Hint = troubleOf(err), reeve.HintOf(err)
		l.room.Log.Error("sweep ended early", "error", err)
	}
}

// guarded is the sweep; a panic in it is an error, not the end of the workspace.
func (l *live) guarded(ctx context.Context, opt sweep.Options) (sum sweep.Summary, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("sweep panicked: %T", p)
		}
	}()
	return l.room.kase.Sweep(ctx, opt)
}

// troubleOf says why a sweep ended early. Errors of sweeps name nobody.
func troubleOf(err error) string {
	switch {
	case errors.Is(err, reeve.Conflict):
		return "The case is in use, or an exhibit has the name of another."
	case errors.Is(err, reeve.Invalid):
		return "Something that was given cannot be used."
	case errors.Is(err, reeve.Unavailable):
		return "Something that a sweep needs is not there."
	}
	return "Something went wrong on this machine."
}

// after has the words of what was read indexed, by a job.
func (l *live) after(ctx context.Context) error {
	err := l.room.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := job.Enqueue(tx, searchJob, nil, job.Key("all")); err != nil {
			return err
		}
		_, err := record.Append(tx, record.Leaf{Actor: "reeve", Verb: "end-sweep", Object: "case", Line: "a sweep ended; its words are to be indexed"})
		return err
	})
	if err != nil {
		return fmt.Errorf("end sweep: %w", err)
	}
	return nil
}

// stop asks the sweep to end; what it has read stays. False if none runs.
func (l *live) stop() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cancel == nil {
		return false
	}
	l.cancel()
	l.run.Progress.Phase = "stopping"
	return true
}

// close stops what runs and waits for it.
func (l *live) close() error {
	l.stop()
	l.mu.Lock()
	ended := l.ended
	l.mu.Unlock()
	if ended == nil {
		return nil
	}
	select {
	case <-ended:
		return nil
	case <-time.After(time.Minute):
		return errors.New("the sweep did not stop within a minute")
	}
}
