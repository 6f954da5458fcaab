package sandbox

import (
	"sync"
	"time"
)

// watchdog kills a worker that makes no progress: no frame and no step while
// it used Quiet of processor time, or for Silence of wall time. The time that
// the parent itself takes over a frame does not count.
type watchdog struct {
	p     *process
	timer *time.Timer
	quiet time.Duration
	wall  time.Duration

	mu     sync.Mutex
	since  time.Time
	used   time.Duration // processor time when the silence began; -1 not yet read
	paused bool
	ended  bool
	hung   bool
}

func newWatchdog(p *process, o Options) *watchdog {
	w := &watchdog{p: p, quiet: o.Quiet, wall: o.Silence, since: time.Now(), used: -1}
	w.timer = time.AfterFunc(w.every(), w.look)
	return w
}

// every is how often the dog looks: seldom enough to cost nothing.
func (w *watchdog) every() time.Duration { return min(w.quiet, w.wall)/8 + time.Millisecond }

func (w *watchdog) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	if !w.paused {
		used := w.p.busy()
		if w.used < 0 {
			w.used = used
		}
		if used-w.used > w.quiet || time.Since(w.since) > w.wall {
			w.hung, w.ended = true, true
			w.p.kill()
			return
		}
	}
	w.timer.Reset(w.every())
}

// pause stops the count while the parent is at work.
func (w *watchdog) pause() {
	w.mu.Lock()
	w.paused = true
	w.mu.Unlock()
}

// resume begins a new silence.
func (w *watchdog) resume() {
	w.mu.Lock()
	w.paused, w.used, w.since = false, -1, time.Now()
	w.mu.Unlock()
}

// stop ends the watch and reports whether the worker was killed for a hang.
func (w *watchdog) stop() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.timer.Stop()
	return w.hung
}
