package publish

import (
	"sync"
	"time"
)

// bucket is what one sender has left.
type bucket struct {
	left float64
	at   time.Time
}

// limit lets each sender do something a few times, and all of them together
// some times a second. It holds no more than most senders in memory, and no
// address longer than it takes to be as if it had never asked.
type limit struct {
	mu      sync.Mutex
	burst   float64 // of one sender
	each    time.Duration
	senders map[string]bucket
	most    int
	all     bucket
	rate    float64 // of all, a second
	allMost float64
}

// take reports whether a sender may do it once more now.
func (l *limit) take(sender string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, there := l.senders[sender]
	if !there {
		b = bucket{left: l.burst, at: now}
	}
	b.left = min(l.burst, b.left+float64(now.Sub(b.at))/float64(l.each))
	b.at = now
	l.all.left = min(l.allMost, l.all.left+now.Sub(l.all.at).Seconds()*l.rate)
	l.all.at = now
	if !there && len(l.senders) >= l.most {
		l.forget(now)
	}
	if b.left < 1 || l.all.left < 1 || !there && len(l.senders) >= l.most {
		return false
	}
	b.left--
	l.all.left--
	l.senders[sender] = b
	return true
}

// forget drops the senders whose bucket is full again.
func (l *limit) forget(now time.Time) {
	full := time.Duration(l.burst) * l.each
	for s, b := range l.senders {
		if now.Sub(b.at) > full {
			delete(l.senders, s)
		}
	}
}
