package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// channelTests are all channels, each with what the suite needs of it.
var channelTests = []struct {
	name string
	open func(t *testing.T) Channel
	asks bool // can be asked for a reference
}{
	{"notify", func(t *testing.T) Channel { _, n := practice(t, simulator.Options{}); return n }, true},
	{"practice", func(t *testing.T) Channel {
		n, err := NewPractice(t.TempDir(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}, true},
	{"print-house", func(t *testing.T) Channel {
		f, err := NewFolder(filepath.Join(t.TempDir(), "letters"), notifyPence)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}, true},
	{"mail", func(t *testing.T) Channel {
		d, err := mail.NewDrop(filepath.Join(t.TempDir(), "mail"))
		if err != nil {
			t.Fatal(err)
		}
		return NewMail(MailOptions{Out: d, From: mail.Address{Mail: "data@council.example.org"}, Domain: "council.example.org"})
	}, true},
}

// parcels makes a parcel for each way of a channel.
func parcels(t *testing.T, c Channel, n int) []*Parcel {
	t.Helper()
	var all []*Parcel
	for i, w := range c.Ways() {
		r := testRecipient(n*10 + i)
		r.Reference = newReference()
		r.Email, r.Phone = reeve.Private(reeve.KindEmail, "ada.brook@example.org"), reeve.Private(reeve.KindPhone, "07700 900123")
		r.Worker = reeve.Private(reeve.KindName, "B. Hill")
		p, err := render(w, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// TestChannels is what every channel must do: take a parcel and give a receipt;
// know it by our reference; say that it never took another; refuse what cannot
// be sent, by name; and put nothing personal into an error.
func TestChannels(t *testing.T) {
	for _, c := range channelTests {
		t.Run(c.name, func(t *testing.T) {
			ch := c.open(t)
			if ch.Name() != c.name || len(ch.Ways()) == 0 {
				t.Errorf("%s, %v", ch.Name(), ch.Ways())
			}
			for _, p := range parcels(t, ch, 1) {
				r, err := ch.Send(t.Context(), p)
				if err != nil || r.ID == "" || r.At == 0 || statuses[r.Status] == "" {
					t.Fatalf("%s: %+v, %v", p.Way, r, err)
				}
				found, err := ch.Find(t.Context(), p.Reference)
				if !c.asks {
					if !errors.Is(err, reeve.Unavailable) {
						t.Errorf("find: %v", err)
					}
					continue
				}
				if err != nil || found.ID != r.ID || statuses[found.Status] == "" {
					t.Errorf("find: %+v, %v", found, err)
				}
				if _, err := ch.Find(t.Context(), newReference()); !errors.Is(err, reeve.NotFound) {
					t.Errorf("find what was never sent: %v", err)
				}
			}
			for _, p := range parcels(t, ch, 2) {
				p.PDF, p.To, p.Subject = nil, reeve.Private(reeve.KindEmail, "Łucja Brook"), "x\r\nBcc: y"
				_, err := ch.Send(t.Context(), p)
				var refusal Refusal
				if !errors.As(err, &refusal) || !errors.Is(err, reeve.Invalid) || refusal.Name == "" {
					t.Errorf("%s: a parcel that cannot be sent: %v", p.Way, err)
				}
				if err != nil && (strings.Contains(err.Error(), "Brook") || strings.Contains(err.Error(), "07700")) {
					t.Errorf("the error names somebody: %v", err)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if p := parcels(t, ch, 3)[0]; c.name == "notify" {
				if _, err := ch.Send(ctx, p); !errors.Is(err, ErrUnsure) {
					t.Errorf("cut off: %v", err)
				}
			}
		})
	}
}

// TestNotifyLimits: the limits of the minute and of the day come back as when to
// go on.
func TestNotifyLimits(t *testing.T) {
	sim, n := practice(t, simulator.Options{Minute: 2, Letters: 3, Speed: 1})
	send := func() error { _, err := n.Send(t.Context(), parcels(t, n, 1)[0]); return err }
	for range 2 {
		if err := send(); err != nil {
			t.Fatal(err)
		}
	}
	var w Wait
	if err := send(); !errors.As(err, &w) || w.Until.Sub(sim.Now()) > time.Minute {
		t.Errorf("the third in a minute: %v", err)
	}
	day, _ := practice(t, simulator.Options{Letters: 1})
	_ = day
	sim2, n2 := practice(t, simulator.Options{Letters: 1, Speed: 1})
	if _, err := n2.Send(t.Context(), parcels(t, n2, 1)[0]); err != nil {
		t.Fatal(err)
	}
	_, err := n2.Send(t.Context(), parcels(t, n2, 2)[0])
	if !errors.As(err, &w) || w.Until.Before(sim2.Now()) || w.Until.Hour() != 0 {
		t.Errorf("the second letter of a day that takes one: %v", err)
	}
}

// TestNotifyAnswers: what each answer of Notify's means.
func TestNotifyAnswers(t *testing.T) {
	var status int
	var name string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(strings.Split(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), ".")) != 3 {
			t.Error("no token")
		}
		w.WriteHeader(status)
		if name == "" {
			fmt.Fprint(w, "<html>")
			return
		}
		json.NewEncoder(w).Encode(map[string]any{"status_code": status, "errors": []map[string]string{{"error": name, "message": "Łucja Brook"}}})
	}))
	defer server.Close()
	n, err := NewNotify(NotifyOptions{Base: server.URL, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		status int
		name   string
		want   func(error) bool
	}{
		{400, "ValidationError", func(err error) bool { return errors.Is(err, Refusal{"ValidationError"}) }},
		{400, "BadRequestError", func(err error) bool { return errors.Is(err, reeve.Invalid) && !errors.Is(err, ErrUnsure) }},
		{403, "AuthError", func(err error) bool { return errors.Is(err, reeve.Denied) && !errors.Is(err, ErrUnsure) }},
		{429, "RateLimitError", func(err error) bool { var w Wait; return errors.As(err, &w) && time.Until(w.Until) < time.Minute }},
		{429, "TooManyRequestsError", func(err error) bool { var w Wait; return errors.As(err, &w) && w.Until.Hour() == 0 }},
		{500, "Exception", func(err error) bool { return errors.Is(err, ErrUnsure) }},
		{502, "", func(err error) bool { return errors.Is(err, ErrUnsure) }},
		{201, "", func(err error) bool { return errors.Is(err, ErrUnsure) }},
	} {
		status, name = c.status, c.name
		_, err := n.Send(t.Context(), parcels(t, n, 1)[0])
		if !c.want(err) || strings.Contains(err.Error(), "Brook") {
			t.Errorf("%d %s: %v", c.status, c.name, err)
		}
	}
}

func TestNotifyKeys(t *testing.T) {
	for _, bad := range []string{"", "x", strings.ReplaceAll(testKey, "5555-", "5555_")} {
		if _, err := NewNotify(NotifyOptions{Key: bad}); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	_, n := practice(t, simulator.Options{})
	n.secret = []byte("another")
	if _, err := n.Send(t.Context(), parcels(t, n, 1)[0]); !errors.Is(err, reeve.Denied) {
		t.Errorf("a wrong secret: %v", err)
	}
}
