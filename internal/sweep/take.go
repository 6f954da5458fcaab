package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"golang.org/x/sync/errgroup"

	"github.com/reeve-council/reeve"
)

// ReadDocument is a document whose text is at hand without any file: its path
// below the exhibit, the blocks as a reader would have pushed them, and what the
// reader would have said. Documents with the same blocks are copies, unless
// there are none.
type ReadDocument struct {
	Path     string
	Size     int64
	Modified int64
	Blocks   []reeve.Block
	Outcome  reeve.Outcome
}

// Take does what Sweep does with documents that have been read already, as those
// of the first exhibit of the options: they are scanned, kept, linked and
// weighed. It is how a case of hundreds of thousands of documents is made to
// measure with, in minutes. Nothing can be fetched again from such an exhibit.
func (c *Case) Take(ctx context.Context, opt Options, documents iter.Seq[ReadDocument]) (Summary, error) {
	if len(opt.Exhibits) != 1 {
		return Summary{}, fmt.Errorf("take documents: one exhibit is needed: %w", reeve.Invalid)
	}
	r, err := c.begin(ctx, opt)
	if err != nil {
		return Summary{}, err
	}
	defer r.end()
	err = r.takeAll(ctx, documents)
	if closeErr := r.writer.close(); err == nil {
		err = closeErr
	}
	r.progress.stop()
	sum := Summary{Seconds: r.progress.seconds(), Begun: true}
	if err != nil {
		return sum, err
	}
	sum.Funnel, err = c.Funnel(ctx)
	return sum, err
}

func (r *run) takeAll(ctx context.Context, documents iter.Seq[ReadDocument]) error {
	loads, err := r.readRegisters(ctx)
	if err != nil {
		return err
	}
	if err := r.c.keepRegisters(ctx, loads); err != nil {
		return err
	}
	if err := r.compile(ctx); err != nil {
		return err
	}
	exhibit, err := r.c.exhibit(ctx, r.opt.Exhibits[0])
	if err != nil {
		return err
	}
	r.progress.phase(PhaseReading)
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(r.workers())
	for d := range documents {
		if within.Err() != nil {
			break
		}
		t, payloads := r.taken(exhibit, &d)
		g.Go(func() error { return r.take(t, &d, payloads) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := r.writer.flush(); err != nil {
		return err
	}
	return r.c.resolve(ctx, nil, r.progress.phase)
}

// taken gives a document its digest and its item.
func (r *run) taken(exhibit int64, d *ReadDocument) (*task, [][]byte) {
	sum := sha256.New()
	var payloads [][]byte
	for i := range d.Blocks {
		payloads = append(payloads, encodeBlock(nil, &d.Blocks[i]))
		sum.Write(payloads[i])
	}
	if len(d.Blocks) == 0 {
		sum.Write([]byte(d.Path))
	}
	t := &task{exhibit: exhibit, path: d.Path, size: d.Size, modified: d.Modified, digest: hex.EncodeToString(sum.Sum(nil))}
	r.keep(itemRow(t, nil))
	return t, payloads
}

func (r *run) take(t *task, d *ReadDocument, payloads [][]byte) error {
	claim := r.docs.claim(t.digest)
	if claim.done {
		return nil
	}
	k := &keeper{run: r, task: t, claim: claim, scan: r.newScanner(claim.id, t.digest), outcome: d.Outcome, ended: true}
	for _, payload := range payloads {
		if err := k.block(payload); err != nil {
			return err
		}
	}
	return k.finish()
}
