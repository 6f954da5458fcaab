package enquiry

import (
	"net/http"
	"sync"

	"github.com/reeve-council/reeve/internal/web"
)

// uploads bounds the forms with files that are held in memory at once, those of
// one address and all together. A form counts from before its first byte is read:
// so a sender who sends slowly holds up two places and nobody else, and a report
// without files, which needs no place, comes through whoever holds them.
type uploads struct {
	mu   sync.Mutex
	held map[string]int
	all  int
}

// Bounds on forms with files.
const (
	mostUploads = 16       // of everybody at once: 200 MB of memory
	mostHeld    = 2        // of one address
	smallUpload = 64 << 10 // bytes of a form that needs no place
)

// take gives a form its place, and what makes it free again; false if there is
// none.
func (u *uploads) take(r *http.Request) (free func(), ok bool) {
	if r.ContentLength >= 0 && r.ContentLength <= smallUpload {
		return func() {}, true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	from := web.Sender(r)
	if u.all >= mostUploads || u.held[from] >= mostHeld {
		return nil, false
	}
	if u.held == nil {
		u.held = make(map[string]int)
	}
	u.all++
	u.held[from]++
	return func() { u.release(from) }, true
}

func (u *uploads) release(from string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all--
	if u.held[from]--; u.held[from] == 0 {
		delete(u.held, from)
	}
}
