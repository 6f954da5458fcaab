package sweep

import (
	"sync"
	"sync/atomic"
	"time"
)

// PhaseReading is the phase in which items are counted; the others are named
// for people.
const PhaseReading = "reading"

// Progress is what a person watching a sweep is told. Bytes are of items,
// members of containers included, so that the total grows as containers open.
type Progress struct {
	Phase      string // reading, linking, …
	Items      int64
	ItemsFound int64
	Bytes      int64
	BytesFound int64
	Text       int64 // bytes of text scanned
	Elapsed    time.Duration
	Left       time.Duration // 0 while it cannot be told
	Done       bool
}

// progress counts, and tells the listener four times a second.
type progress struct {
	items, itemsFound, bytes, bytesFound, textBytes atomic.Int64

	mu      sync.Mutex
	name    string
	listen  func(Progress)
	started time.Time
	quit    chan struct{}
	once    sync.Once
	ended   sync.WaitGroup
}

const progressInterval = 250 * time.Millisecond

func newProgress(listen func(Progress)) *progress {
	p := &progress{listen: listen, started: time.Now(), quit: make(chan struct{}), name: "starting"}
	if listen == nil {
		return p
	}
	p.ended.Add(1)
	go func() {
		defer p.ended.Done()
		tick := time.NewTicker(progressInterval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				listen(p.now(false))
			case <-p.quit:
				listen(p.now(true))
				return
			}
		}
	}()
	return p
}

func (p *progress) stop() {
	p.once.Do(func() { close(p.quit) })
	p.ended.Wait()
}

func (p *progress) phase(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.name = name
}

func (p *progress) found(size int64) { p.itemsFound.Add(1); p.bytesFound.Add(size) }

func (p *progress) item(size int64) { p.items.Add(1); p.bytes.Add(size) }

func (p *progress) duplicate(size int64) { p.item(size) }

func (p *progress) text(n int) { p.textBytes.Add(int64(n)) }

func (p *progress) seconds() float64 { return time.Since(p.started).Seconds() }

func (p *progress) now(done bool) Progress {
	p.mu.Lock()
	name := p.name
	p.mu.Unlock()
	now := Progress{Phase: name, Items: p.items.Load(), ItemsFound: p.itemsFound.Load(), Bytes: p.bytes.Load(),
		BytesFound: p.bytesFound.Load(), Text: p.textBytes.Load(), Elapsed: time.Since(p.started), Done: done}
	if now.Bytes > 0 && now.BytesFound > now.Bytes {
		now.Left = time.Duration(float64(now.Elapsed) / float64(now.Bytes) * float64(now.BytesFound-now.Bytes))
	}
	return now
}
