package enquiry

import (
	"sync"
	"time"
)

// Limits bound what the public may send. Zero values are the usual ones.
type Limits struct {
	Sender int   // forms of one address in ten minutes; default 6
	Day    int   // forms of one address in a day; default 40
	All    int   // forms of everybody in a minute; default 600
	Looks  int   // references asked about by one address in ten minutes; default 30
	Wait   int   // forms that may wait for the database; default 50,000
	Bytes  int64 // bytes that may wait; default 4 GiB
	Files  int64 // bytes of files of everybody in a day; default 8 GiB
	Spare  int64 // bytes of the disk that forms leave free, for the case to work on; default 512 MiB
}

func (l Limits) filled() Limits {
	or := func(p *int, usual int) {
		if *p <= 0 {
			*p = usual
		}
	}
	or(&l.Sender, 6)
	or(&l.Day, 40)
	or(&l.All, 600)
	or(&l.Looks, 30)
	or(&l.Wait, 50_000)
	room := func(p *int64, usual int64) {
		if *p <= 0 {
			*p = usual
		}
	}
	room(&l.Bytes, 4<<30)
	room(&l.Files, 8<<30)
	room(&l.Spare, 512<<20)
	return l
}

// mostSenders bounds the memory of the limiter: senders beyond share one count,
// so that a flood from ever new addresses bounds itself.
const mostSenders = 50_000

// limiter counts what each address sent. It forgets with the process, keeps
// nothing on disk, and holds a fixed amount of memory.
type limiter struct {
	limits Limits
	mu     sync.Mutex
	minute window            // of everybody
	short  map[string]window // forms, ten minutes
	day    map[string]window // forms
	looks  map[string]window // references asked about, ten minutes
	files  window            // bytes of files of everybody
	swept  time.Time
}

// window is how often something happened since a moment.
type window struct {
	since time.Time
	n     int
}

func newLimiter(l Limits) *limiter {
	return &limiter{limits: l, short: map[string]window{}, day: map[string]window{}, looks: map[string]window{}}
}

// form counts one form of a sender and reports whether it may be taken. What is
// refused is not counted against the limit of all.
func (l *limiter) form(sender string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	if !step(l.short, sender, now, 10*time.Minute, l.limits.Sender) || !step(l.day, sender, now, 24*time.Hour, l.limits.Day) {
		return false
	}
	if now.Sub(l.minute.since) >= time.Minute {
		l.minute = window{since: now}
	}
	if l.minute.n >= l.limits.All {
		return false
	}
	l.minute.n++
	return true
}

// attach counts the bytes of files that hang on a form, and reports whether they
// may be taken: what is taken stays in the case, whose disk is not endless.
func (l *limiter) attach(size int, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.files.since) >= 24*time.Hour {
		l.files = window{since: now}
	}
	if size > 0 && int64(l.files.n+size) > l.limits.Files {
		return false
	}
	l.files.n += size
	return true
}

// look counts one question about a reference.
func (l *limiter) look(sender string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	return step(l.looks, sender, now, 10*time.Minute, l.limits.Looks)
}

// step counts in the window of one sender.
func step(all map[string]window, sender string, now time.Time, length time.Duration, most int) bool {
	w, known := all[sender]
	if !known && len(all) >= mostSenders {
		sender = "" // everybody beyond
		w = all[sender]
	}
	if now.Sub(w.since) >= length {
		w = window{since: now}
	}
	if w.n >= most {
		return false
	}
	w.n++
	all[sender] = w
	return true
}

// sweep forgets windows that have passed, once a minute.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	forget := func(all map[string]window, length time.Duration) {
		for k, w := range all {
			if now.Sub(w.since) >= length {
				delete(all, k)
			}
		}
	}
	forget(l.short, 10*time.Minute)
	forget(l.day, 24*time.Hour)
	forget(l.looks, 10*time.Minute)
}
