package sweep

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// recognition is a document all of whose pages OCR has dealt with: what is to
// be kept of it, in one transaction.
type recognition struct {
	document int64
	tools    string // "" where a page ran out of time: the next run tries again
	own      ownOutcome
	now      reeve.Outcome
	blocks   []*reeve.Block // beyond those of its own reader
}

// ownOutcome is what the document's own reader said.
type ownOutcome struct {
	reader, status, reason, detail string
	unread, blocks                 int
}

// page keeps one page of a document.
func (w *writer) page(document int64, n int, tools string, state pageState, blocks []reeve.Block) {
	row := []any{document, n, tools, int64(state), packBlocks(blocks)}
	w.send(func(b *batch) { b.pages = append(b.pages, row); b.rows++ })
}

// recognised keeps a finished document. It counts as not scanned until its
// whole text has been.
func (w *writer) recognised(r recognition) {
	w.send(func(b *batch) { b.scans = append(b.scans, r); b.rows++ })
}

func (b *batch) writeScans(tx *db.Tx) error {
	if err := loadRows(tx.Upsert("recognised_page", []string{"document", "page"}, []string{"document", "page", "tools", "state", "data"}), b.pages); err != nil {
		return err
	}
	for i := range b.scans {
		if err := b.scans[i].write(tx); err != nil {
			return err
		}
	}
	return nil
}

func (r *recognition) write(tx *db.Tx) error {
	for _, q := range []string{"DELETE FROM recognised_page WHERE document = ?", "DELETE FROM recognition WHERE document = ?"} {
		if _, err := tx.Exec(q, r.document); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("DELETE FROM content WHERE document = ? AND n >= ?", r.document, r.own.blocks); err != nil {
		return err
	}
	load := tx.Load("content", "document", "n", "layer", "data")
	for i, b := range r.blocks {
		if err := load.Add(r.document, int64(r.own.blocks+i), int64(b.Layer), deflateBlock(encodeBlock(nil, b))); err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO recognition (document, tools, reader, status, reason, detail, pages_unread, blocks) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.document, r.tools, r.own.reader, r.own.status, r.own.reason, r.own.detail, r.own.unread, r.own.blocks)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE document SET reader = ?, status = ?, reason = ?, detail = ?, pages_unread = ?, blocks = ?, scanned = '' WHERE id = ?",
		r.now.Reader, string(r.now.Status), string(r.now.Reason), r.now.Detail, r.now.PagesUnread, r.own.blocks+len(r.blocks), r.document)
	return err
}

// packBlocks is the form in which a page waits for its document.
func packBlocks(blocks []reeve.Block) []byte {
	var b []byte
	for i := range blocks {
		one := encodeBlock(nil, &blocks[i])
		b = append(binary.AppendUvarint(b, uint64(len(one))), one...)
	}
	return deflater.EncodeAll(b, nil)
}

func unpackBlocks(data []byte) ([]*reeve.Block, error) {
	b, err := inflater.DecodeAll(data, nil)
	if err != nil {
		return nil, errBadBlock
	}
	var out []*reeve.Block
	for len(b) > 0 {
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64(len(b)-used) {
			return nil, errBadBlock
		}
		k, err := decodeBlock(b[used : used+int(n)])
		if err != nil {
			return nil, err
		}
		out = append(out, k)
		b = b[used+int(n):]
	}
	return out, nil
}

// keptPage is a page that an earlier run, or this one, has finished.
type keptPage struct {
	page   int
	state  pageState
	blocks []*reeve.Block
}

func (c *Case) keptPages(ctx context.Context, document int64, tools string) ([]keptPage, error) {
	var out []keptPage
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = db.All(tx, func(row db.Row) (k keptPage, err error) {
			var state int64
			var data []byte
			if err = row.Scan(&k.page, &state, &data); err != nil {
				return k, err
			}
			k.state = pageState(state)
			k.blocks, err = unpackBlocks(data)
			return k, err
		}, "SELECT page, state, data FROM recognised_page WHERE document = ? AND tools = ? ORDER BY page", document, tools)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read recognised pages: %w", err)
	}
	return out, nil
}

// ownBlocks visits the blocks that a document's own reader gave.
func (c *Case) ownBlocks(ctx context.Context, document int64, blocks int, visit func(*reeve.Block)) error {
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var data []byte
			if err := row.Scan(&data); err != nil {
				return err
			}
			b, err := inflateBlock(data)
			if err != nil {
				return err
			}
			visit(b)
			return nil
		}, "SELECT data FROM content WHERE document = ? AND n < ? ORDER BY n", document, blocks)
	})
	if err != nil {
		return fmt.Errorf("read text: %w", err)
	}
	return nil
}
