package notice

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// NotifyBase is where GOV.UK Notify answers.
const NotifyBase = "https://api.notifications.service.gov.uk"

// Limits that Notify publishes (technical documentation, 2026): 3,000 messages
// in any minute for each kind of key, and so many a day from midnight UTC.
const (
	notifyMinute  = 3000
	notifyLetters = 20_000
	notifyMails   = 250_000
)

// tokenLife is how long Notify takes a token: a request that was cut off cannot
// be taken later than that.
const tokenLife = 30 * time.Second

// Notify sends by GOV.UK Notify: letters as PDF of our own making, so that what
// was checked and signed is what is printed; e-mails and texts through a
// template that holds ((subject)) and ((body)) alone.
type Notify struct {
	base    string
	service string
	secret  []byte
	opt     NotifyOptions
}

// NotifyOptions say how to reach Notify.
type NotifyOptions struct {
	Base    string // default NotifyBase
	Key     string // as Notify shows it: name, service id and secret
	Client  *http.Client
	Mail    string        // id of the e-mail template with ((subject)) and ((body))
	Text    string        // id of the text message template with ((body))
	Postage string        // first, second or economy; default second
	Life    time.Duration // how long a token is taken; default Notify's
	// Clock is the time at the other end; nil: ours. The simulator has its own.
	Clock Clock
	// Label is the channel's name; default "notify".
	Label string
}

// Clock is a time that may run quicker than ours.
type Clock interface {
	Now() time.Time
	Wait(until time.Time) time.Duration
}

type realClock struct{}

func (realClock) Now() time.Time                     { return time.Now() }
func (realClock) Wait(until time.Time) time.Duration { return time.Until(until) }

var keyTail = regexp.MustCompile(`([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// NewNotify makes the channel; nothing is asked of Notify yet.
func NewNotify(o NotifyOptions) (*Notify, error) {
	m := keyTail.FindStringSubmatch(strings.TrimSpace(o.Key))
	if m == nil {
		return nil, reeve.WithHint(fmt.Errorf("read key of GOV.UK Notify: %w", reeve.Invalid), "it ends in two identifiers of 36 characters: copy it again from Notify")
	}
	n := &Notify{base: strings.TrimSuffix(o.Base, "/"), service: m[1], secret: []byte(m[2]), opt: o}
	if n.base == "" {
		n.base = NotifyBase
	}
	if n.opt.Client == nil {
		n.opt.Client = &http.Client{Timeout: 20 * time.Second}
	}
	if n.opt.Postage == "" {
		n.opt.Postage = "second"
	}
	if n.opt.Life <= 0 {
		n.opt.Life = tokenLife
	}
	if n.opt.Clock == nil {
		n.opt.Clock = realClock{}
	}
	if n.opt.Label == "" {
		n.opt.Label = "notify"
	}
	return n, nil
}

// Name, Ways, Limits, Now and Wait are what every channel tells.
func (n *Notify) Name() string                       { return n.opt.Label }
func (n *Notify) Now() time.Time                     { return n.opt.Clock.Now() }
func (n *Notify) Wait(until time.Time) time.Duration { return n.opt.Clock.Wait(until) }

// Ways are letters, and e-mail and text where their templates are named.
func (n *Notify) Ways() []Way {
	ways := []Way{Post}
	if n.opt.Mail != "" {
		ways = append(ways, Email)
	}
	if n.opt.Text != "" {
		ways = append(ways, Text)
	}
	return ways
}

// Limits are Notify's. A hand-over that broke off is settled when its token is
// out of date for certain, clocks that differ by the same again included.
func (n *Notify) Limits() Limits {
	return Limits{Minute: notifyMinute, Day: notifyLetters, Settle: 2 * n.opt.Life, Pence: notifyPence}
}

// notifyPence is what Notify asks without VAT: second class by sheets of two
// sides (from 5 January 2026); texts at the rate after the free ones.
func notifyPence(sides int, w Way) int64 {
	switch w {
	case Post:
		prices := []int64{73, 77, 82, 87, 91}
		return prices[min(max((sides+1)/2, 1), len(prices))-1]
	case Text:
		return 5 // two parts at 2.4 pence
	}
	return 0
}

// token is a JSON Web Token, HS256, for one request.
func (n *Notify) token() string {
	enc := base64.RawURLEncoding
	head := enc.EncodeToString([]byte(`{"typ":"JWT","alg":"HS256"}`))
	claims := enc.EncodeToString([]byte(`{"iss":"` + n.service + `","iat":` + strconv.FormatInt(time.Now().Unix(), 10) + `}`))
	mac := hmac.New(sha256.New, n.secret)
	mac.Write([]byte(head + "." + claims))
	return head + "." + claims + "." + enc.EncodeToString(mac.Sum(nil))
}

// notification is what Notify tells of one.
type notification struct {
	ID        string  `json:"id"`
	Reference string  `json:"reference"`
	Status    string  `json:"status"`
	Created   string  `json:"created_at"`
	Completed string  `json:"completed_at"`
	Pounds    float64 `json:"cost_in_pounds"`
}

func (x *notification) receipt() Receipt {
	at := x.Completed
	if at == "" {
		at = x.Created
	}
	t, _ := time.Parse(time.RFC3339Nano, at)
	return Receipt{ID: x.ID, Status: x.Status, At: t.Unix(), Pence: int64(x.Pounds*100 + 0.5)}
}

// Send hands one parcel to Notify.
func (n *Notify) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	path, body := n.request(p)
	var x notification
	if err := n.call(ctx, http.MethodPost, path, body, &x); err != nil {
		return Receipt{}, err
	}
	return Receipt{ID: x.ID, Status: "created", At: n.Now().Unix(), Pence: notifyPence(p.Sides, p.Way)}, nil
}

// Find asks Notify for a reference.
func (n *Notify) Find(ctx context.Context, reference string) (Receipt, error) {
	var x struct {
		Notifications []notification `json:"notifications"`
	}
	if err := n.call(ctx, http.MethodGet, "/v2/notifications?include_jobs=true&reference="+url.QueryEscape(reference), nil, &x); err != nil {
		return Receipt{}, err
	}
	for i := range x.Notifications {
		if x.Notifications[i].Reference == reference {
			return x.Notifications[i].receipt(), nil
		}
	}
	return Receipt{}, fmt.Errorf("find message at GOV.UK Notify: %w", reeve.NotFound)
}

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
		return broken(method, "no answer")
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 4<<20))
	if err != nil {
		return broken(method, "the answer broke off")
	}
	if answer.StatusCode >= 200 && answer.StatusCode < 300 {
		if json.Unmarshal(text, into) != nil {
			return broken(method, "an answer that cannot be read")
		}
		return nil
	}
	return n.trouble(method, answer.StatusCode, text)
}

func broken(method, what string) error {
	err := fmt.Errorf("ask GOV.UK Notify: %s: %w", what, reeve.Unavailable)
	if method == http.MethodPost {
		err = errors.Join(err, ErrUnsure)
	}
	return err
}

// trouble sorts an answer of Notify's by its status and the name of its error
// alone: the texts may change.
func (n *Notify) trouble(method string, status int, text []byte) error {
	var x struct {
		Errors []struct {
			Error string `json:"error"`
		} `json:"errors"`
	}
	_ = json.Unmarshal(text, &x)
	name := "Exception"
	if len(x.Errors) > 0 {
		name = plainError(x.Errors[0].Error)
	}
	switch {
	case status == http.StatusTooManyRequests && name == "TooManyRequestsError":
		return Wait{n.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour), "the limit of the day"}
	case status == http.StatusTooManyRequests:
		return Wait{n.Now().Add(5 * time.Second), "the limit of the minute"}
	case status >= 500:
		return broken(method, "status "+strconv.Itoa(status))
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		return fmt.Errorf("ask GOV.UK Notify: %s: %w", name, reeve.Denied)
	case status == http.StatusNotFound:
		return fmt.Errorf("ask GOV.UK Notify: %w", reeve.NotFound)
	}
	return Refusal{name}
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
