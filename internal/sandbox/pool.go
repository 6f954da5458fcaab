package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
)

// Options of a pool. The zero value is ready for use.
type Options struct {
	Workers int           // processes, each with one job at a time; default: all cores
	Jobs    int           // jobs after which a worker is replaced; default 200
	Mark    int64         // resident bytes after a job from which a worker is replaced; default 512 MiB
	Memory  int64         // address space of a worker in bytes; default 4 GiB; under 2 GiB the runtime itself may not start
	Quiet   time.Duration // processor time without a frame or step that counts as a hang; default 60 s
	Silence time.Duration // the same in wall time, the last resort; default 10 min
}

func (o Options) filled() Options {
	or := func(p *int64, standard int64) {
		if *p <= 0 {
			*p = standard
		}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.NumCPU()
	}
	if o.Jobs <= 0 {
		o.Jobs = 200
	}
	or(&o.Mark, 512<<20)
	or(&o.Memory, 4<<30)
	or((*int64)(&o.Quiet), int64(time.Minute))
	or((*int64)(&o.Silence), int64(10*time.Minute))
	return o
}

// Pool runs jobs in caged workers. Do may be called from many goroutines.
type Pool struct {
	options Options
	slots   chan *process // one element per worker; nil where none runs yet
	cage    Cage
	spare   sync.WaitGroup // old workers on their way out
}

// ErrClosed is returned by Do after Close.
var ErrClosed = errors.New("pool is closed")

// New starts the first worker, so that a machine on which none can run is told
// at once (an error of kind reeve.Unavailable), and the cage can be reported.
func New(options Options) (*Pool, error) {
	p := &Pool{options: options.filled()}
	first, err := start(p.options)
	if err != nil {
		return nil, fmt.Errorf("start reader: %w: %w", reeve.Unavailable, err)
	}
	p.cage = first.cage
	p.slots = make(chan *process, p.options.Workers)
	p.slots <- first
	for range p.options.Workers - 1 {
		p.slots <- nil
	}
	return p, nil
}

// Cage says which layers hold.
func (p *Pool) Cage() Cage { return p.cage }

// Do has a worker handle a job and passes on its frames, in order; a payload
// is valid until frame returns. A job whose worker dies is tried once more,
// alone in a fresh worker, after a frame of kind Restart. Errors: *Death when
// that one dies too; the context's; frame's own; reeve.Unavailable when no
// worker can be started; else the handler's text.
func (p *Pool) Do(ctx context.Context, request []byte, file *os.File, frame func(kind byte, payload []byte) error) error {
	if len(request) > MaxFrame {
		return fmt.Errorf("send job of %d bytes: %w", len(request), reeve.Invalid)
	}
	var worker *process
	select {
	case w, open := <-p.slots:
		if !open {
			return ErrClosed
		}
		worker = w
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { p.slots <- worker }()
	var death *Death
	for attempt := range 2 {
		var err error
		if worker == nil {
			if worker, err = start(p.options); err != nil {
				return fmt.Errorf("start reader: %w: %w", reeve.Unavailable, err)
			}
		}
		if attempt == 1 {
			if err := frame(Restart, nil); err != nil {
				return err
			}
		}
		err = worker.do(ctx, request, file, frame)
		if worker.spent() {
			p.retire(worker)
			worker = nil
		}
		if !errors.As(err, &death) {
			return err
		}
	}
	return death
}

// retire lets a worker go without waiting for its end.
func (p *Pool) retire(worker *process) {
	p.spare.Add(1)
	go func() {
		defer p.spare.Done()
		worker.end()
	}()
}

// Close ends the workers after their present jobs. Do must not be called any
// more.
func (p *Pool) Close() {
	for range p.options.Workers {
		if worker := <-p.slots; worker != nil {
			p.retire(worker)
		}
	}
	close(p.slots)
	p.spare.Wait()
}
