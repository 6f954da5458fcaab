package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/reeve-council/reeve"
)

// scans is the OCR queue while it is worked off. Pages are the unit: each is
// kept as soon as it is read, so that a kill costs the pages in work; a document
// is put together when its last page is there.
//
// What is kept of a document depends on its bytes and the programs alone. The
// order of the queue decides when something is known, never what.
type scans struct {
	run    *run
	engine *engine
	total  int          // pages
	done   atomic.Int64 // pages
	late   atomic.Int64 // documents with pages that ran out of time
	gone   int          // documents whose bytes are not where they were

	lists sync.RWMutex // held for reading while a document's rows are written
	last  time.Time    // when lists were last written
	took  time.Duration
}

// scanPage is one page to be read.
type scanPage struct {
	doc *openScan
	n   int
}

// openScan is a document in work.
type openScan struct {
	*scannedDoc
	bytes fetched
	left  atomic.Int64 // pages
}

// listsEvery is how often lists are written while scans are read; not more than
// a twentieth of the time goes into it.
const listsEvery = 5 * time.Minute

// readScans recognises the pages that no reader could read. Before it begins,
// lists are written from what was read without it.
func (r *run) readScans(ctx context.Context) error {
	if r.opt.NoOCR {
		return nil
	}
	if any, err := r.anyScans(ctx); !any || err != nil {
		return err
	}
	e, err := findEngine(ctx)
	if e == nil || err != nil {
		return err
	}
	docs, err := r.queue(ctx, e)
	if len(docs) == 0 || err != nil {
		return err
	}
	if !e.cage.Closed() {
		r.warn("the OCR programs are not fully caged on this machine: %s", e.cage)
	}
	s := &scans{run: r, engine: e}
	for _, d := range docs {
		s.total += len(d.todo)
	}
	if err := s.writeLists(ctx, r.progress.phase); err != nil {
		return err
	}
	s.show()
	if err := s.work(ctx, docs); err != nil {
		return err
	}
	if s.gone > 0 {
		r.warn("%d scans were not read: their exhibit is not where it was", s.gone)
	}
	if n := s.late.Load(); n > 0 {
		r.warn("%d scans ran out of time; the next run tries them again", n)
	}
	return r.writer.flush()
}

func (s *scans) show() {
	s.run.progress.phase(fmt.Sprintf("reading scans, %d of %d pages", s.done.Load(), s.total))
}

// work fetches one document after the other and has its pages read side by
// side.
func (s *scans) work(ctx context.Context, docs []*scannedDoc) error {
	g, ctx := errgroup.WithContext(ctx)
	pages := make(chan scanPage)
	for range s.run.workers() {
		g.Go(func() error {
			for p := range pages {
				if err := s.read(ctx, p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	g.Go(func() error {
		defer close(pages)
		return s.feed(ctx, docs, pages)
	})
	return g.Wait()
}

func (s *scans) feed(ctx context.Context, docs []*scannedDoc, pages chan<- scanPage) error {
	wanted := make(map[string]bool, len(docs))
	for _, d := range docs {
		wanted[d.digest] = true
	}
	fetch := s.run.newFetcher(wanted)
	defer fetch.close()
	for _, d := range docs {
		delete(wanted, d.digest)
		if time.Since(s.last) > max(listsEvery, 20*s.took) {
			if err := s.writeLists(ctx, func(string) {}); err != nil {
				return err
			}
		}
		if err := s.offer(ctx, fetch, d, pages); err != nil {
			return err
		}
	}
	return nil
}

// offer puts the pages of a document that are still to be read into the queue.
func (s *scans) offer(ctx context.Context, fetch *fetcher, d *scannedDoc, pages chan<- scanPage) error {
	kept, err := s.run.c.keptPages(ctx, d.id, d.tools)
	if err != nil {
		return err
	}
	have := make(map[int]bool)
	for _, k := range kept {
		have[k.page] = true
	}
	o := &openScan{scannedDoc: d}
	var todo []int
	for _, n := range d.todo {
		if !have[n] {
			todo = append(todo, n)
		}
	}
	s.done.Add(int64(len(d.todo) - len(todo)))
	if len(todo) == 0 {
		return s.finish(ctx, o)
	}
	o.bytes, err = fetch.fetch(ctx, d.digest)
	if errors.Is(err, errGone) {
		s.gone++
		s.done.Add(int64(len(todo)))
		return nil
	}
	if err != nil {
		return err
	}
	o.left.Store(int64(len(todo)))
	for _, n := range todo {
		select {
		case pages <- scanPage{o, n}:
		case <-ctx.Done():
			o.bytes.discard()
			return ctx.Err()
		}
	}
	return nil
}

// read recognises one page and keeps it.
func (s *scans) read(ctx context.Context, p scanPage) error {
	got, err := s.recognise(ctx, p)
	if err != nil {
		return err
	}
	s.run.writer.page(p.doc.id, p.n, p.doc.tools, got.state, layOut(got.words, "page "+strconv.Itoa(p.n), 0))
	s.done.Add(1)
	s.show()
	if p.doc.left.Add(-1) > 0 {
		return nil
	}
	p.doc.bytes.discard()
	return s.finish(ctx, p.doc)
}

func (s *scans) recognise(ctx context.Context, p scanPage) (recognised, error) {
	file, err := os.Open(p.doc.bytes.path)
	if err != nil {
		return recognised{state: pageLate}, nil // gone since it was fetched
	}
	defer file.Close()
	if p.doc.typ == "pdf" {
		return s.engine.page(ctx, file, p.n)
	}
	g, ok, err := s.run.rasterOf(ctx, file, p.doc.size)
	if err != nil {
		return recognised{}, err
	}
	if ok {
		return s.engine.picture(ctx, g, 0)
	}
	page := 0
	if p.doc.typ == "tiff" {
		page = p.n
	}
	return s.engine.whole(ctx, file, page)
}

// finish puts a document together from its pages and scans its whole text
// again: what is found on a page may belong to somebody named on the one
// before.
func (s *scans) finish(ctx context.Context, d *openScan) error {
	r := s.run
	s.lists.RLock()
	defer s.lists.RUnlock()
	if err := r.writer.flush(); err != nil {
		return err
	}
	pages, err := r.c.keptPages(ctx, d.id, d.tools)
	if err != nil {
		return err
	}
	whole := recognition{document: d.id, tools: d.tools, own: d.own}
	tables := 0
	if err := r.c.ownBlocks(ctx, d.id, d.own.blocks, func(b *reeve.Block) { tables = max(tables, b.Table) }); err != nil {
		return err
	}
	var count pageCount
	for _, p := range pages {
		count[p.state]++
		most := tables
		for _, b := range p.blocks {
			if b.Table > 0 {
				b.Table += tables
				most = max(most, b.Table)
			}
			whole.blocks = append(whole.blocks, b)
		}
		tables = most
	}
	if count[pageLate] > 0 {
		whole.tools = ""
		s.late.Add(1)
	}
	whole.now = d.outcome(count)
	r.writer.recognised(whole)
	if err := r.writer.flush(); err != nil {
		return err
	}
	return r.rescanDocument(ctx, d.id, d.digest)
}

// writeLists resolves what is known so far. Rows of documents wait meanwhile;
// recognising goes on.
func (s *scans) writeLists(ctx context.Context, phase func(string)) error {
	s.lists.Lock()
	defer s.lists.Unlock()
	if err := s.run.writer.flush(); err != nil {
		return err
	}
	began := time.Now()
	if err := s.run.c.resolveForNow(ctx, phase); err != nil {
		return err
	}
	s.last, s.took = time.Now(), time.Since(began)
	return nil
}

// pageCount counts a document's pages by state.
type pageCount [pageLate + 1]int

// outcome is what became of a document, from what its own reader said and what
// became of its pages.
func (d *scannedDoc) outcome(count pageCount) reeve.Outcome {
	own := reeve.Outcome{Status: reeve.Status(d.own.status), Reason: reeve.Reason(d.own.reason), Detail: d.own.detail}
	o := reeve.Outcome{Reader: readBy(d.own.reader, d.tools), Status: reeve.StatusPartlyRead}
	failed := count[pageFailed] + count[pageLate]
	others := max(d.own.unread-len(d.todo), 0)
	o.PagesUnread = others + failed + count[pagePoor]
	text := count[pageRead]+count[pagePoor] > 0 || own.Status != reeve.StatusNeedsOCR && own.Reason != reeve.ReasonNoText
	switch {
	case failed > 0:
		o.Reason, o.Detail = reeve.ReasonSomePages, fmt.Sprintf("OCR failed on %d of %d pages", failed, len(d.todo))
		if count[pageLate] > 0 {
			o.Reason, o.Detail = reeve.ReasonTimeout, "OCR ran out of time; the next run tries again"
		}
		if !text {
			o.Status = reeve.StatusNeedsOCR
		}
	case own.Status == reeve.StatusPartlyRead && own.Reason != reeve.ReasonNoOCR && own.Reason != reeve.ReasonSomePages:
		o.Reason, o.Detail = own.Reason, own.Detail
	case count[pagePoor] > 0:
		o.Reason, o.Detail = reeve.ReasonPoorScan, fmt.Sprintf("OCR is below its quality line on %d of %d pages", count[pagePoor], len(d.todo))
	case others > 0:
		o.Reason, o.Detail = reeve.ReasonSomePages, own.Detail
	case text:
		o.Status = reeve.StatusRead
	default:
		o.Status, o.Reason = reeve.StatusRead, reeve.ReasonNoText
	}
	return o
}
