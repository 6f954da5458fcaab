package notice

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
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
	notifyOthers  = 250_000 // e-mails, and as many texts
)

func notifyDay(w Way) int {
	if w == Post {
		return notifyLetters
	}
	return notifyOthers
}

// notifyLeast is for how long Notify keeps messages at least: a service that has
// set nothing else keeps them for seven days.
const notifyLeast = 7*24*time.Hour - time.Hour

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
	trouble trouble
}

// NotifyOptions say how to reach Notify.
type NotifyOptions struct {
	Base    string // default NotifyBase
	Key     string // as Notify shows it: name, service id and secret
	Client  *http.Client
	Mail    string        // id of the e-mail template with ((subject)) and ((body))
	ReplyTo string        // id of an address for answers; "": the service's usual one
	Text    string        // id of the text message template with ((body))
	Sender  string        // id of who a text is from; "": the service's usual one
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
	if err := o.check(); err != nil {
		return nil, err
	}
	n := &Notify{base: strings.TrimSuffix(o.Base, "/"), service: m[1], secret: []byte(m[2]), opt: o}
	if n.base == "" {
		n.base = NotifyBase
	}
	if n.opt.Client == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = sendWorkers // else half of all messages shake hands anew
		n.opt.Client = &http.Client{Timeout: 20 * time.Second, Transport: t}
	}
	client := *n.opt.Client // Notify sends nobody elsewhere: a key does not follow
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	n.opt.Client = &client
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

var idForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// check refuses settings that Notify would refuse with every message.
func (o *NotifyOptions) check() error {
	for _, s := range []struct{ name, id string }{{"e-mail template", o.Mail}, {"address for answers", o.ReplyTo}, {"text template", o.Text}, {"sender of texts", o.Sender}} {
		if s.id != "" && !idForm.MatchString(s.id) {
			return reeve.WithHint(fmt.Errorf("read settings of GOV.UK Notify: the id of the %s: %w", s.name, reeve.Invalid), "copy the id from Notify: 36 small letters, digits and hyphens")
		}
	}
	switch o.Postage {
	case "", "first", "second", "economy":
		return nil
	}
	return reeve.WithHint(fmt.Errorf("read settings of GOV.UK Notify: postage: %w", reeve.Invalid), "postage is first, second or economy")
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
	return Limits{Minute: notifyMinute, Day: notifyDay, Settle: 2 * n.opt.Life, Keeps: notifyLeast, Pence: notifyPence}
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

// receipt is what Notify tells, at the time that it tells; now where it tells none.
func (x *notification) receipt(now time.Time) Receipt {
	at := x.Completed
	if at == "" {
		at = x.Created
	}
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		t = now
	}
	return Receipt{ID: x.ID, Status: x.Status, At: t.Unix(), Pence: int64(x.Pounds*100 + 0.5)}
}

// Send hands one parcel to Notify. While Notify is out of order nothing is tried:
// what is in doubt has to be looked up first.
func (n *Notify) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	if p.Way == Email && strings.Contains(p.Text, "](") {
		return Receipt{}, Refusal{"link-in-text"} // we write none: somebody's name would be one
	}
	if d := n.trouble.wait(time.Now()); d > 0 {
		return Receipt{}, Wait{n.Now().Add(d), "GOV.UK Notify is out of order"}
	}
	path, body := n.request(p)
	var x notification
	if err := n.call(ctx, http.MethodPost, path, body, &x); err != nil {
		return Receipt{}, err
	}
	return Receipt{ID: x.ID, Status: "created", At: n.Now().Unix(), Pence: notifyPence(p.Sides, p.Way)}, nil
}

// keptPage is a page of what Notify keeps.
type keptPage struct {
	Notifications []notification `json:"notifications"`
}

// Find asks Notify for a reference.
func (n *Notify) Find(ctx context.Context, reference string) (Receipt, error) {
	var x keptPage
	if err := n.call(ctx, http.MethodGet, "/v2/notifications?include_jobs=true&reference="+url.QueryEscape(reference), nil, &x); err != nil {
		return Receipt{}, err
	}
	for i := range x.Notifications {
		if x.Notifications[i].Reference == reference {
			return x.Notifications[i].receipt(n.Now()), nil
		}
	}
	return Receipt{}, fmt.Errorf("find message at GOV.UK Notify: %w", reeve.NotFound)
}

// mostPages bounds a walk through what Notify keeps: a million messages.
const mostPages = 4000

// List gives what Notify keeps, the newest first, in pages of 250: cheaper than
// asking for each of many references. It ends where emit returns false.
func (n *Notify) List(ctx context.Context, emit func(reference string, r Receipt) bool) error {
	after := ""
	for range mostPages {
		var x keptPage
		if err := n.call(ctx, http.MethodGet, "/v2/notifications?include_jobs=true"+after, nil, &x); err != nil || len(x.Notifications) == 0 {
			return err
		}
		for i := range x.Notifications {
			if !emit(x.Notifications[i].Reference, x.Notifications[i].receipt(n.Now())) {
				return nil
			}
		}
		after = "&older_than=" + url.QueryEscape(x.Notifications[len(x.Notifications)-1].ID)
	}
	return nil
}
