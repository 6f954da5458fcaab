package record

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/reeve-council/reeve/internal/db"
)

// Notary signs the record of a running program: every so often while something
// changed, and soon after a decision that counts.
type Notary struct {
	DB     *db.DB
	Signer *Signer
	Every  time.Duration // default 10 minutes
	Settle time.Duration // how long decisions are gathered under one checkpoint; default 10 seconds
	Failed func(error)   // told when a head could not be signed; the next turn tries again

	ask    chan struct{}
	newest atomic.Pointer[Checkpoint]
}

// NewNotary makes one; Run sets it to work.
func NewNotary(d *db.DB, s *Signer, failed func(error)) *Notary {
	return &Notary{DB: d, Signer: s, Every: 10 * time.Minute, Settle: 10 * time.Second, Failed: failed, ask: make(chan struct{}, 1)}
}

// Newest is the checkpoint that was signed last, for the foot of pages; nil
// before the first.
func (n *Notary) Newest() *Checkpoint { return n.newest.Load() }

// Ask has the head signed soon: after a verdict, an approval, a sending. It does
// not wait.
func (n *Notary) Ask() {
	select {
	case n.ask <- struct{}{}:
	default: // it was asked already
	}
}

// Run signs at once, until the context ends, and once more then, so that what
// was done last is under a signature.
func (n *Notary) Run(ctx context.Context) {
	n.sign(ctx)
	tick := time.NewTicker(n.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer cancel()
			n.sign(last)
			return
		case <-tick.C:
		case <-n.ask:
			select {
			case <-ctx.Done():
				continue
			case <-time.After(n.Settle):
			}
		}
		n.sign(ctx)
	}
}

func (n *Notary) sign(ctx context.Context) {
	c, err := Sign(ctx, n.DB, n.Signer)
	switch {
	case err == nil:
		n.newest.Store(&c)
	case ctx.Err() == nil && n.Failed != nil:
		n.Failed(err)
	}
}
