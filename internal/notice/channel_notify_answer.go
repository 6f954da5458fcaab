package notice

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
)

// mostAnswer bounds what is read of an answer.
const mostAnswer = 4 << 20

// call makes one signed request. An error tells whether the request can have
// been taken; it repeats nothing that was sent.
func (n *Notify) call(ctx context.Context, method, path string, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, n.base+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("ask GOV.UK Notify: %w", reeve.Invalid)
	}
	r.Header.Set("Authorization", "Bearer "+n.token())
	r.Header.Set("Content-Type", "application/json")
	answer, err := n.opt.Client.Do(r)
	if err != nil {
		if ctx.Err() == nil {
			n.trouble.failed(time.Now())
		}
		return broken(method, "no answer")
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		n.trouble.failed(time.Now())
		return broken(method, "the answer broke off")
	}
	return n.judge(method, answer, text, into)
}

// judge sorts an answer by its status and the name of its error alone: Notify
// says that the texts may change.
func (n *Notify) judge(method string, answer *http.Response, text []byte, into any) error {
	status := answer.StatusCode
	if status >= 500 {
		n.trouble.failed(time.Now())
		return broken(method, "status "+strconv.Itoa(status))
	}
	n.trouble.answered()
	if status >= 200 && status < 300 {
		if json.Unmarshal(text, into) != nil {
			return broken(method, "an answer that cannot be read")
		}
		if method == http.MethodPost {
			n.trouble.taken()
		}
		return nil
	}
	name := errorName(text)
	switch {
	case status == http.StatusTooManyRequests && name == "TooManyRequestsError":
		return Wait{n.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour), "the limit of the day"}
	case status == http.StatusTooManyRequests:
		return Wait{n.Now().Add(5 * time.Second), "the limit of the minute"}
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		return denied(name, answer)
	case status == http.StatusNotFound:
		return fmt.Errorf("ask GOV.UK Notify: %w", reeve.NotFound)
	case status < 400 || status == http.StatusRequestTimeout: // something between us and Notify answered
		return fmt.Errorf("ask GOV.UK Notify: status %d: %w", status, reeve.Unavailable)
	case name == "BadRequestError" && n.trouble.refused():
		return reeve.WithHint(fmt.Errorf("ask GOV.UK Notify: it refuses every message: %w", reeve.Denied), "look at the service in Notify: is it live, is the key a live one, are the templates there")
	}
	return Refusal{name}
}

// denied tells a wrong clock from a wrong key by the time in the answer: Notify
// takes a token for 30 seconds around when it was made.
func denied(name string, answer *http.Response) error {
	err := fmt.Errorf("ask GOV.UK Notify: %s: %w", name, reeve.Denied)
	at, bad := http.ParseTime(answer.Header.Get("Date"))
	if off := time.Since(at).Abs(); bad == nil && off > tokenLife-5*time.Second {
		return reeve.WithHint(err, fmt.Sprintf("the clock of this machine is %d seconds off: set it by a time server", int(off.Seconds())))
	}
	return reeve.WithHint(err, "the key is not one of this service, was revoked, or may not send this: make a live key in Notify")
}

func broken(method, what string) error {
	err := fmt.Errorf("ask GOV.UK Notify: %s: %w", what, reeve.Unavailable)
	if method == http.MethodPost {
		err = errors.Join(err, ErrUnsure)
	}
	return err
}

func errorName(text []byte) string {
	var x struct {
		Errors []struct {
			Error string `json:"error"`
		} `json:"errors"`
	}
	if json.Unmarshal(text, &x) != nil || len(x.Errors) == 0 || plainError(x.Errors[0].Error) == "" {
		return "Exception"
	}
	return plainError(x.Errors[0].Error)
}

// plainError keeps the name of an error to letters: it is shown and logged.
func plainError(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' {
			return r
		}
		return -1
	}, s[:min(len(s), 60)])
}

// trouble remembers how Notify answered of late, so that an outage puts a few
// messages in doubt and not all, and a service that is not set up refuses a few
// people and not everybody.
type trouble struct {
	mu      sync.Mutex
	broken  int // requests in a row that Notify could not answer
	since   time.Time
	refuses int // messages in a row that were refused as bad requests
}

const (
	fewBroken   = 3
	fewRefused  = 5
	firstPause  = 5 * time.Second
	longestLull = 5 * time.Minute
)

func (t *trouble) failed(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.broken++
	t.since = now
}

func (t *trouble) answered() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.broken = 0
}

func (t *trouble) taken() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refuses = 0
}

// refused counts a bad request and tells whether there are too many for them to
// be the messages' own fault.
func (t *trouble) refused() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refuses++
	return t.refuses > fewRefused
}

// wait is how long Notify is to be left alone: twice as long each time.
func (t *trouble) wait(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.broken < fewBroken {
		return 0
	}
	pause := longestLull
	if more := t.broken - fewBroken; more < 10 {
		pause = min(firstPause<<more, longestLull)
	}
	return t.since.Add(pause).Sub(now)
}
