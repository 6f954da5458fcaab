package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/linkage"
)

// compile makes the register index, and the fingerprint of all that a scan
// depends on. The records themselves are let go until people are linked: the
// index is a tenth of their size.
func (r *run) compile(ctx context.Context) error {
	all, err := r.c.records(ctx)
	if err != nil {
		return err
	}
	people, _ := linkage.Complete(all)
	r.index = lex.Compile(people, r.set.Words())
	sum := sha256.Sum256([]byte(r.set.Fingerprint() + "\n" + r.index.Fingerprint()))
	r.fingerprint = hex.EncodeToString(sum[:16])
	return nil
}

// rescan scans again the text of documents that were scanned with other
// registers or detectors. The files are not needed for it.
func (r *run) rescan(ctx context.Context) error {
	type stale struct {
		id     int64
		digest string
	}
	var todo []stale
	err := r.c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		todo, err = db.All(tx, func(row db.Row) (s stale, err error) {
			return s, row.Scan(&s.id, &s.digest)
		}, "SELECT id, digest FROM document WHERE scanned <> ? ORDER BY id", r.fingerprint)
		return err
	})
	if err != nil {
		return fmt.Errorf("find what to scan again: %w", err)
	}
	r.progress.phase("scanning again")
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.workers())
	for _, s := range todo {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return r.rescanDocument(ctx, s.id, s.digest)
		})
	}
	return g.Wait()
}

func (r *run) rescanDocument(ctx context.Context, id int64, digest string) error {
	r.writer.unscan(id)
	s := r.newScanner(id, digest)
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var n int64
			var data []byte
			if err := row.Scan(&n, &data); err != nil {
				return err
			}
			b, err := inflateBlock(data)
			if err != nil {
				return err
			}
			return s.block(uint32(n), b)
		}, "SELECT n, data FROM content WHERE document = ? ORDER BY n", id)
	})
	if err != nil {
		return fmt.Errorf("scan again: %w", err)
	}
	if err := s.close(); err != nil {
		return err
	}
	r.writer.scanned(id, r.fingerprint)
	return r.writer.err()
}
