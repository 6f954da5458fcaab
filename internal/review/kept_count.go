package review

import (
	"sync"
	"time"

	"github.com/reeve-council/reeve/internal/sweep"
)

// A count over everybody takes a while on a large case, and the start page asks
// for several. One that took longer than slowCount is kept for keptCount; what is
// quick is counted each time.
const (
	slowCount = 50 * time.Millisecond
	keptCount = 30 * time.Second
)

// keptCounts are slow counts, by what is counted and for whom.
type keptCounts struct {
	mu  sync.Mutex
	all map[string]keptNumber
}

type keptNumber struct {
	n     int64
	until time.Time
}

// number gives what count gives, or what it gave not long ago.
func (k *keptCounts) number(what string, s sweep.Scope, count func() (int64, error)) (int64, error) {
	key := what
	if s.Councils != nil {
		key += " of " + joined(s.Councils)
	}
	began := time.Now()
	k.mu.Lock()
	defer k.mu.Unlock()
	if kept := k.all[key]; began.Before(kept.until) {
		return kept.n, nil
	}
	n, err := count()
	if took := time.Since(began); err == nil && took > slowCount {
		if k.all == nil {
			k.all = make(map[string]keptNumber)
		}
		k.all[key] = keptNumber{n, time.Now().Add(keptCount)}
	}
	return n, err
}
