package sweep

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// ExhibitFlag is an exhibit as given on the command line.
type ExhibitFlag struct {
	Path  string
	Name  string // "" for the base name
	From  string
	By    string
	Taken reeve.Taken
}

// RegisterFlag is a register as given on the command line.
type RegisterFlag struct {
	Path string
	Kind string // "" to recognise the layout
}

// Options are what one sweep is asked to do. Zero values are safe.
type Options struct {
	Exhibits    []ExhibitFlag
	Registers   []RegisterFlag
	Council     string            // default controller of the case
	Controllers []ControllerRule  // nil keeps the case's
	AsOf        reeve.Date        // zero keeps the case's, or today for a new case
	Map         map[string]string // header → generic column
	Listing     string            // path of a listing of what was taken
	Custom      []detect.Custom   // nil keeps the case's
	CustomText  string            // the detectors file itself, kept in the case
	Passwords   []string
	Workers     int // 0: all cores
	NoOCR       bool
	Reader      sandbox.Options // how reader processes are run
	Progress    func(Progress)  // called a few times a second; may be nil
	Warn        func(string)    // told once of things a person should know; may be nil
}

// Summary is how a sweep ended.
type Summary struct {
	Funnel  Funnel
	Seconds float64
	Cage    string // which layers of the cage held
	Begun   bool   // something may have been kept
}

// run is one sweep while it goes on.
type run struct {
	c           *Case
	opt         Options
	release     func() error // of the case's lock
	begun       bool         // something may have been kept
	within      *sync.Once   // set while an exhibit is walked that holds the case folder
	pool        *sandbox.Pool
	set         *detect.Set
	index       *lex.Index
	fingerprint string // of detectors and registers: what a scan depends on
	secrets     string // of the password list that was tried
	docs        *docs
	writer      *writer
	progress    *progress
	items       *itemIDs

	mu      sync.Mutex
	more    *sync.Cond
	stack   []*task // members, last first: the disk that spools take stays small
	feed    chan *task
	walked  bool
	working int
}

// Sweep reads exhibits and registers into the case, links what it finds and
// writes the lists. What was done is kept whatever happens.
func (c *Case) Sweep(ctx context.Context, opt Options) (Summary, error) {
	r, err := c.begin(ctx, opt)
	if err != nil {
		return Summary{}, err
	}
	defer r.end()
	err = r.all(ctx)
	if closeErr := r.writer.close(); err == nil {
		err = closeErr
	}
	r.progress.stop()
	sum := Summary{Seconds: r.progress.seconds(), Cage: r.pool.Cage().String(), Begun: r.begun}
	if err != nil {
		return sum, err
	}
	sum.Funnel, err = c.Funnel(ctx)
	return sum, err
}

func (r *run) all(ctx context.Context) error {
	loads, err := r.readRegisters(ctx)
	if err != nil {
		return err
	}
	r.begun = true
	if err := r.c.keepRegisters(ctx, loads); err != nil {
		return err
	}
	if err := r.compile(ctx); err != nil {
		return err
	}
	if err := r.rescan(ctx); err != nil {
		return err
	}
	if err := r.readExhibits(ctx); err != nil {
		return err
	}
	if err := r.writer.flush(); err != nil {
		return err
	}
	r.progress.phase("linking")
	if err := r.c.expandCopies(ctx); err != nil {
		return err
	}
	if err := r.c.sealExhibits(ctx); err != nil {
		return err
	}
	if err := r.c.compareListing(ctx, r.opt.Listing); err != nil {
		return err
	}
	if err := r.readScans(ctx); err != nil {
		return err
	}
	return r.c.resolve(ctx, nil, r.progress.phase)
}

// readExhibits walks every exhibit and works off what it finds.
func (r *run) readExhibits(ctx context.Context) error {
	r.progress.phase(PhaseReading)
	r.more = sync.NewCond(&r.mu)
	r.feed = make(chan *task, 256)
	g, ctx := errgroup.WithContext(ctx)
	stop := context.AfterFunc(ctx, func() { r.mu.Lock(); r.more.Broadcast(); r.mu.Unlock() })
	defer stop()
	g.Go(func() error {
		defer func() { r.mu.Lock(); r.walked = true; r.more.Broadcast(); r.mu.Unlock() }()
		return r.walkAll(ctx)
	})
	for range r.workers() {
		g.Go(func() error { return r.work(ctx) })
	}
	return g.Wait()
}

func (r *run) workers() int {
	if r.opt.Workers > 0 {
		return r.opt.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// work takes tasks until there are none left.
func (r *run) work(ctx context.Context) error {
	for {
		t, err := r.next(ctx)
		if t == nil || err != nil {
			return err
		}
		err = r.do(ctx, t)
		r.mu.Lock()
		r.working--
		r.more.Broadcast()
		r.mu.Unlock()
		if err != nil {
			return err
		}
		if err := r.writer.err(); err != nil {
			return err
		}
	}
}

// next is the task to do now: a member before a file on disk.
func (r *run) next(ctx context.Context) (*task, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if n := len(r.stack); n > 0 {
			t := r.stack[n-1]
			r.stack = r.stack[:n-1]
			r.working++
			return t, nil
		}
		select {
		case t := <-r.feed:
			r.working++
			return t, nil
		default:
		}
		if r.walked && r.working == 0 && len(r.feed) == 0 {
			r.more.Broadcast()
			return nil, nil
		}
		r.more.Wait()
	}
}

// push queues a member.
func (r *run) push(t *task) {
	r.mu.Lock()
	r.stack = append(r.stack, t)
	r.more.Broadcast()
	r.mu.Unlock()
	r.progress.found(t.size)
}

// offer queues a file on disk; it waits while there are enough.
func (r *run) offer(ctx context.Context, t *task) error {
	r.progress.found(t.size)
	select {
	case r.feed <- t:
	case <-ctx.Done():
		return ctx.Err()
	}
	r.mu.Lock()
	r.more.Broadcast()
	r.mu.Unlock()
	return nil
}

// Interrupted reports whether an error means that somebody stopped the run.
func Interrupted(err error) bool { return errors.Is(err, context.Canceled) }

func (r *run) warn(format string, args ...any) {
	if r.opt.Warn != nil {
		r.opt.Warn(fmt.Sprintf(format, args...))
	}
}
