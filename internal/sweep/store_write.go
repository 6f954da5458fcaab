package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/detect"
)

// errStore marks errors of the case's database, so that nobody blames a file.
var errStore = errors.New("keep results")

// How much waits for a commit: what a kill can cost.
const (
	commitRows  = 20_000
	commitBytes = 16 << 20
	commitEvery = 500 * time.Millisecond
)

// writer is the one goroutine that writes while a sweep reads. Rows arrive in
// order for each document; a document's own row comes last, and only with it do
// its rows count.
type writer struct {
	d     *db.DB
	queue chan func(*batch)
	ended chan struct{}

	mu    sync.Mutex
	fault error
}

// batch is the rows of one transaction, by table.
type batch struct {
	cleared   []int64 // documents whose rows of an earlier attempt go first
	items     [][]any
	documents [][]any
	members   [][]any
	contents  [][]any
	findings  [][]any
	mentions  [][]any
	fixes     []fix
	unscan    []int64
	emptied   []itemPlace
	scanned   []scan
	pages     [][]any
	scans     []recognition
	rows      int
	bytes     int
	sync      []chan error
}

type scan struct {
	document    int64
	fingerprint string
}

// itemPlace is where an item stands.
type itemPlace struct {
	exhibit int64
	path    string
}

type fix struct {
	document int64
	c        detect.Correction
}

func startWriter(ctx context.Context, d *db.DB) *writer {
	w := &writer{d: d, queue: make(chan func(*batch), 1024), ended: make(chan struct{})}
	go w.loop(context.WithoutCancel(ctx))
	return w
}

func (w *writer) loop(ctx context.Context) {
	defer close(w.ended)
	b := &batch{}
	tick := time.NewTicker(commitEvery)
	defer tick.Stop()
	for {
		select {
		case op, ok := <-w.queue:
			if !ok {
				w.commit(ctx, b)
				return
			}
			op(b)
			if b.rows < commitRows && b.bytes < commitBytes && len(b.sync) == 0 {
				continue
			}
		case <-tick.C:
		}
		w.commit(ctx, b)
		b = &batch{}
	}
}

// commit keeps a batch. After a failure nothing more is kept, so that what is
// in the database stays a state that was once true.
func (w *writer) commit(ctx context.Context, b *batch) {
	err := w.err()
	if err == nil && (b.rows > 0 || len(b.cleared) > 0 || len(b.fixes) > 0) {
		err = w.d.Write(ctx, b.write)
		if err != nil {
			w.mu.Lock()
			w.fault = fmt.Errorf("%w: %w", errStore, err)
			w.mu.Unlock()
		}
	}
	for _, c := range b.sync {
		c <- w.err()
	}
}

func (b *batch) write(tx *db.Tx) error {
	for _, id := range b.cleared {
		if err := clearDocument(tx, id); err != nil {
			return err
		}
	}
	for _, p := range b.emptied {
		// Everything from "path!/" to just before "path!0", the next byte after "/".
		if _, err := tx.Exec("DELETE FROM item WHERE exhibit = ? AND path >= ? AND path < ?", p.exhibit, p.path+"!/", p.path+"!0"); err != nil {
			return err
		}
	}
	for _, id := range b.unscan {
		for _, q := range []string{"DELETE FROM finding WHERE document = ?", "DELETE FROM mention WHERE document = ?"} {
			if _, err := tx.Exec(q, id); err != nil {
				return err
			}
		}
	}
	for _, l := range []struct {
		load *db.Bulk
		rows [][]any
	}{
		{tx.Upsert("item", []string{"id"}, itemColumns), b.lastItems()},
		{tx.Load("member", "container", "n", "name", "digest", "size", "type", "status", "reason", "detail"), b.members},
		{tx.Load("content", "document", "n", "layer", "data"), b.contents},
		{tx.Load("finding", findingColumns...), b.findings},
		{tx.Load("mention", "document", "ordinal", "mark", "data"), b.mentions},
	} {
		if err := loadRows(l.load, l.rows); err != nil {
			return err
		}
	}
	for _, f := range b.fixes {
		if err := applyFix(tx, f); err != nil {
			return err
		}
	}
	for _, s := range b.scanned {
		if _, err := tx.Exec("UPDATE document SET scanned = ? WHERE id = ?", s.fingerprint, s.document); err != nil {
			return err
		}
	}
	if err := loadRows(tx.Load("document", documentColumns...), b.documents); err != nil {
		return err
	}
	return b.writeScans(tx)
}

var (
	itemColumns     = []string{"id", "exhibit", "path", "parent", "digest", "size", "modified", "type", "status", "reason", "detail"}
	documentColumns = []string{"id", "digest", "size", "type", "reader", "status", "reason", "detail", "pages", "pages_unread", "container", "blocks", "scanned", "secrets"}
	findingColumns  = []string{"document", "n", "block", "line", "col", "first", "last", "place", "kind", "confidence", "held", "value", "norm", "rule",
		"mention", "capacity", "signal", "said", "negated", "tab"}
)

func loadRows(load *db.Bulk, rows [][]any) error {
	for _, row := range rows {
		if err := load.Add(row...); err != nil {
			return err
		}
	}
	return load.Close()
}

// lastItems drops all but the last row of each item, since one load must not
// hold a key twice.
func (b *batch) lastItems() [][]any {
	last := make(map[any]int, len(b.items))
	for i, row := range b.items {
		last[row[0]] = i
	}
	if len(last) == len(b.items) {
		return b.items
	}
	out := b.items[:0:0]
	for i, row := range b.items {
		if last[row[0]] == i {
			out = append(out, row)
		}
	}
	return out
}

func clearDocument(tx *db.Tx, id int64) error {
	for _, q := range []string{"DELETE FROM content WHERE document = ?", "DELETE FROM finding WHERE document = ?",
		"DELETE FROM mention WHERE document = ?", "DELETE FROM member WHERE container = ?", "DELETE FROM recognised_page WHERE document = ?",
		"DELETE FROM recognition WHERE document = ?", "DELETE FROM document WHERE id = ?"} {
		if _, err := tx.Exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// applyFix puts right the findings of a column that the rest of its table
// refuted.
func applyFix(tx *db.Tx, f fix) error {
	if f.c.Drop {
		_, err := tx.Exec("DELETE FROM finding WHERE document = ? AND tab = ? AND col = ? AND kind = ?", f.document, f.c.Table, f.c.Column-1, string(f.c.Kind))
		return err
	}
	_, err := tx.Exec("UPDATE finding SET confidence = ? WHERE document = ? AND tab = ? AND col = ? AND kind = ?",
		f.c.Confidence.String(), f.document, f.c.Table, f.c.Column-1, string(f.c.Kind))
	return err
}

func (w *writer) send(op func(*batch)) { w.queue <- op }

// clear forgets what was kept of a document so far.
func (w *writer) clear(id int64) {
	w.send(func(b *batch) {
		drop := func(rows [][]any) [][]any {
			out := rows[:0]
			for _, r := range rows {
				if r[0] != id {
					out = append(out, r)
				}
			}
			return out
		}
		b.members, b.contents, b.findings, b.mentions, b.documents = drop(b.members), drop(b.contents), drop(b.findings), drop(b.mentions), drop(b.documents)
		b.cleared = append(b.cleared, id)
	})
}

func (w *writer) item(row []any) {
	w.send(func(b *batch) { b.items = append(b.items, row); b.rows++ })
}

func (w *writer) member(container int64, n int, name, digest string, size int64, own *reeve.Outcome) {
	o := reeve.Outcome{}
	if own != nil {
		o = *own
	}
	row := []any{container, n, name, digest, size, o.Type, string(o.Status), string(o.Reason), o.Detail}
	w.send(func(b *batch) { b.members = append(b.members, row); b.rows++ })
}

func (w *writer) content(document int64, n uint32, layer reeve.Layer, data []byte) {
	row := []any{document, int64(n), int64(layer), data}
	w.send(func(b *batch) { b.contents = append(b.contents, row); b.rows++; b.bytes += len(data) })
}

func (w *writer) finding(document int64, n int, f *reeve.Finding, mention int32, table int) {
	p := f.Place
	row := []any{document, n, int64(p.Block), int64(p.Row), int64(p.Col), int64(p.Start), int64(p.End), p.Label, string(f.Kind), f.Confidence.String(), 0,
		f.Value.Reveal(), f.Norm, f.Rule, int64(mention), int64(f.Capacity), string(f.Signal), f.Said.Number(), f.Negated, table}
	w.send(func(b *batch) { b.findings = append(b.findings, row); b.rows++; b.bytes += 64 + len(p.Label) })
}

func (w *writer) mention(document int64, m *reeve.Mention) {
	row := []any{document, m.Ordinal, m.ID, encodeMention(m)}
	w.send(func(b *batch) { b.mentions = append(b.mentions, row); b.rows++ })
}

func (w *writer) correct(document int64, c detect.Correction) {
	w.send(func(b *batch) { b.fixes = append(b.fixes, fix{document, c}) })
}

func (w *writer) document(id int64, digest string, size int64, o reeve.Outcome, blocks int, scanned, secrets string) {
	row := []any{id, digest, size, o.Type, o.Reader, string(o.Status), string(o.Reason), o.Detail, o.Pages, o.PagesUnread, o.Container, blocks, scanned, secrets}
	w.send(func(b *batch) { b.documents = append(b.documents, row); b.rows++ })
}

// emptied drops the members of an item that now holds other bytes.
func (w *writer) emptied(exhibit int64, path string) {
	w.send(func(b *batch) { b.emptied = append(b.emptied, itemPlace{exhibit, path}); b.rows++ })
}

// unscan forgets what an earlier scan found in a document.
func (w *writer) unscan(id int64) {
	w.send(func(b *batch) { b.unscan = append(b.unscan, id); b.rows++ })
}

// scanned notes what a document was last scanned with.
func (w *writer) scanned(id int64, fingerprint string) {
	w.send(func(b *batch) { b.scanned = append(b.scanned, scan{id, fingerprint}); b.rows++ })
}

// flush waits until everything sent so far is kept.
func (w *writer) flush() error {
	c := make(chan error, 1)
	w.send(func(b *batch) { b.sync = append(b.sync, c) })
	return <-c
}

// close keeps the rest and ends the goroutine.
func (w *writer) close() error {
	close(w.queue)
	<-w.ended
	return w.err()
}

func (w *writer) err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.fault
}
