package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"
)

// pace keeps a sender below what a channel takes in a minute, by the channel's
// clock: parcels are spread evenly, with a tenth to spare for others who use the
// same key.
type pace struct {
	most int // in a minute; 0: no bound
	left int // what the day still takes
	mu   sync.Mutex
	next time.Time
}

// wait gives a parcel its moment.
func (p *pace) wait(ctx context.Context, c Channel) error {
	if p.most <= 0 {
		return ctx.Err()
	}
	gap := time.Minute / time.Duration(max(1, p.most-p.most/10))
	p.mu.Lock()
	now := c.Now()
	if p.next.Before(now) {
		p.next = now
	}
	at := p.next
	p.next = p.next.Add(gap)
	p.mu.Unlock()
	if d := c.Wait(at); d > time.Millisecond {
		return pause(ctx, d)
	}
	return ctx.Err()
}

// dayOn is the day of a time, UTC.
func dayOn(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.DateOnly) }

// digestOf is the SHA-256 over the references and states of results in order.
func digestOf(all []result) string {
	h := sha256.New()
	for _, x := range all {
		fmt.Fprintf(h, "%s %s\n", x.ref, x.state)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func runPath(id int64) string { return fmt.Sprintf("/notices/runs/%d", id) }
