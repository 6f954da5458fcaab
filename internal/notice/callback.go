package notice

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
)

// CallbackPath is where GOV.UK Notify tells, on the listener that strangers can
// reach, what became of messages.
const CallbackPath = "/callbacks/notify"

// LeastToken is how long the token of callbacks must be: 32 signs at random are
// not guessed at any rate.
const LeastToken = 32

// Callbacks takes what GOV.UK Notify tells by itself: delivery receipts and
// returned letters. It belongs on a listener that Notify can reach; it shows
// nothing there but whether it may be tried again.
type Callbacks struct {
	hear  func(ctx context.Context, reference string, r Receipt) error
	now   func() time.Time
	token [sha256.Size]byte
	warn  func(ctx context.Context, what string)
	right bucket // what came with the token
	wrong bucket // what came without it
	room  chan struct{}
}

// Most that is taken: Notify tells no more than it sends, 3,000 a minute; what
// is refused for a moment it tells again after five minutes, five times.
const (
	callbackRate  = 100 // a second
	callbackBurst = 3000
	wrongRate     = 5
	wrongBurst    = 50
	callbackRoom  = 8 // at once
	mostCallback  = 64 << 10
)

// Callbacks makes the handler for what a channel tells; nil without a token that
// is long enough.
func (m *Room) Callbacks(channel string) *Callbacks {
	if len(m.Callback) < LeastToken {
		return nil
	}
	return m.callbacks(channel, m.Callback)
}

func (m *Room) callbacks(channel, token string) *Callbacks {
	return &Callbacks{
		hear:  func(ctx context.Context, ref string, r Receipt) error { return m.hear(ctx, channel, ref, r) },
		now:   m.Now,
		token: sha256.Sum256([]byte(token)),
		warn:  func(ctx context.Context, what string) { m.Log.WarnContext(ctx, "callback not taken", "why", what) },
		right: bucket{rate: callbackRate, most: callbackBurst, left: callbackBurst},
		wrong: bucket{rate: wrongRate, most: wrongBurst, left: wrongBurst},
		room:  make(chan struct{}, callbackRoom),
	}
}

// ServeHTTP answers 204 to whatever comes with the token, whether the reference
// is known or not: whoever sends it learns nothing. Only what may be told again
// later gets another answer.
func (c *Callbacks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		h.Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !c.allowed(r) {
		h.Set("Connection", "close")
		if !c.wrong.take(c.now()) {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		c.warn(r.Context(), "no valid token")
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if !c.right.take(c.now()) {
		h.Set("Retry-After", "300")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	w.WriteHeader(c.take(w, r))
}

// allowed compares the token in the same time, whatever it is.
func (c *Callbacks) allowed(r *http.Request) bool {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	given := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(given[:], c.token[:]) == 1 && bearer
}

// take keeps one callback and gives the status of the answer.
func (c *Callbacks) take(w http.ResponseWriter, r *http.Request) int {
	x, err := readCallback(http.MaxBytesReader(w, r.Body, mostCallback))
	if err != nil {
		c.warn(r.Context(), "not of a form that Notify describes")
		return http.StatusNoContent
	}
	select {
	case c.room <- struct{}{}:
		defer func() { <-c.room }()
	case <-r.Context().Done():
		return http.StatusServiceUnavailable
	}
	err = c.hear(r.Context(), x.reference, x.receipt(c.now()))
	if err != nil && !errors.Is(err, reeve.NotFound) && !errors.Is(err, reeve.Invalid) {
		c.warn(r.Context(), "it could not be written")
		return http.StatusServiceUnavailable
	}
	return http.StatusNoContent
}

// callback is what Notify tells of one message.
type callback struct {
	reference, status string
	at                time.Time // zero where it is not told
}

// receipt keeps the time that Notify tells unless that is not to be believed.
func (x *callback) receipt(now time.Time) Receipt {
	at := x.at
	if at.IsZero() || at.After(now) || now.Sub(at) > 90*24*time.Hour { // what Notify keeps at most
		at = now
	}
	return Receipt{Status: x.status, At: at.Unix()}
}

// told are the words that a delivery receipt may hold.
var told = map[string]bool{"delivered": true, "permanent-failure": true, "temporary-failure": true, "technical-failure": true}

// readCallback reads a delivery receipt (id, reference, status, completed_at …)
// or a returned letter (notification_id, reference, date_sent …) as Notify
// describes them. Both carry the address or the name of an upload: that is not
// looked at.
func readCallback(r io.Reader) (x callback, err error) {
	var in struct {
		Reference string `json:"reference"`
		Status    string `json:"status"`
		Completed string `json:"completed_at"`
		Letter    string `json:"notification_id"`
	}
	if json.NewDecoder(r).Decode(&in) != nil || !referenceForm.MatchString(in.Reference) {
		return x, fmt.Errorf("read callback: %w", reeve.Invalid)
	}
	x.reference, x.status = in.Reference, in.Status
	if in.Letter != "" && in.Status == "" {
		x.status = "returned"
		return x, nil
	}
	if !told[in.Status] {
		return x, fmt.Errorf("read callback: %w", reeve.Invalid)
	}
	x.at, _ = time.Parse(time.RFC3339Nano, in.Completed) // where it cannot be read it is not told
	return x, nil
}

// bucket lets something happen rate times a second, and most at once.
type bucket struct {
	rate, most float64
	mu         sync.Mutex
	left       float64
	at         time.Time
}

func (b *bucket) take(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.at.IsZero() {
		b.left = min(b.most, b.left+now.Sub(b.at).Seconds()*b.rate)
	}
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
