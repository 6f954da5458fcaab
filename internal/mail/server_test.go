package mail

import (
	"crypto/x509"
	"errors"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail/mailtest"
)

// post is a mail server for a test.
type post struct {
	*mailtest.Server
	security Security
}

func newPost(t *testing.T, security Security) *post {
	t.Helper()
	kind := map[Security]mailtest.Kind{STARTTLS: mailtest.STARTTLS, TLS: mailtest.TLS, Localhost: mailtest.Clear}[security]
	return &post{mailtest.New(t, kind), security}
}

func (p *post) settings() Settings {
	s := Settings{Host: "127.0.0.1", Port: p.Port, Security: p.security, Roots: p.Roots, Timeout: 5 * time.Second, Hello: "desk.example.org"}
	if p.Login != "" {
		s.User, s.Password, _ = strings.Cut(p.Login, "\x00")
	}
	return s
}

func server(t *testing.T, s Settings) *Server {
	t.Helper()
	out, err := NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return out
}

func letter() *Message {
	return &Message{
		ID: "n7q2m4kxd@council.example.org", From: Address{"Royal Borough of Example", "notices@council.example.org"},
		To: []Address{{"Łucja Brook", "lucja@example.org"}}, Subject: "About your data – what to do", Text: "Dear Łucja Brook,\n.a line that begins with a dot\n",
		Attach: []Attachment{{"letter.pdf", "application/pdf", []byte("%PDF-1.4")}}, Date: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC), Automatic: true,
	}
}

func TestSend(t *testing.T) {
	for _, security := range []Security{STARTTLS, TLS} {
		p := newPost(t, security)
		p.Login = "clerk\x00secret"
		s := server(t, p.settings())
		for range 3 {
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Fatal(err)
			}
		}
		if p.Connections() != 1 || len(p.Mails()) != 3 || p.InClear() {
			t.Errorf("%d mails over %d connections, in clear: %v", len(p.Mails()), p.Connections(), p.InClear())
		}
		m, err := mail.ReadMessage(strings.NewReader(p.Mails()[0]))
		if err != nil {
			t.Fatal(err)
		}
		h := m.Header
		if h.Get("Message-ID") != "<n7q2m4kxd@council.example.org>" || h.Get("Auto-Submitted") != "auto-generated" || h.Get("Date") != "Thu, 05 Mar 2026 09:00:00 +0000" {
			t.Errorf("header %v", h)
		}
		if to, err := h.AddressList("To"); err != nil || to[0].Name != "Łucja Brook" || to[0].Address != "lucja@example.org" {
			t.Errorf("to %v, %v", to, err)
		}
	}
}

func TestSendTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		verb, answer string
		want         error
	}{
		"recipient refused": {"RCPT", "550 no such user lucja@example.org", reeve.Invalid},
		"recipient later":   {"RCPT", "451 greylisted lucja@example.org", ErrRecipient},
		"all later":         {"MAIL", "451 too many from clerk@council.example.org", ErrLater},
		"sender refused":    {"MAIL", "553 not yours notices@council.example.org", reeve.Denied},
		"message refused":   {"DATA", "554 spam from lucja@example.org", reeve.Invalid},
		"gone":              {"MAIL", "", reeve.Unavailable},
		"gone at the end":   {".", "", ErrUnsure},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, STARTTLS)
			p.Answer(c.verb, c.answer)
			s := server(t, p.settings())
			err := s.Send(t.Context(), letter())
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if c.want == ErrUnsure != errors.Is(err, ErrUnsure) {
				t.Errorf("unsure or not: %v", err)
			}
			for _, secret := range []string{"lucja", "Brook", "notices@", "About your data"} {
				if strings.Contains(err.Error()+reeve.HintOf(err), secret) {
					t.Errorf("the error names %q: %v", secret, err)
				}
			}
			p.Usual()
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Errorf("the next message: %v", err)
			}
		})
	}
}

// TestReach: whether the server lets us in is asked without sending anything.
func TestReach(t *testing.T) {
	p := newPost(t, STARTTLS)
	p.Login = "clerk\x00secret"
	if err := server(t, p.settings()).Reach(t.Context()); err != nil || len(p.Mails()) != 0 || p.Connections() != 1 {
		t.Errorf("%v, %d mails", err, len(p.Mails()))
	}
	wrong := p.settings()
	wrong.Password = "guess"
	if err := server(t, wrong).Reach(t.Context()); !errors.Is(err, reeve.Denied) || reeve.HintOf(err) == "" {
		t.Errorf("a wrong password: %v", err)
	}
}

// TestManyAtOnce: several who send use the one connection one after the other.
func TestManyAtOnce(t *testing.T) {
	p := newPost(t, TLS)
	s := server(t, p.settings())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if p.Connections() != 1 || len(p.Mails()) != 8 {
		t.Errorf("%d mails over %d connections", len(p.Mails()), p.Connections())
	}
}

func TestIdleConnectionEnded(t *testing.T) {
	p := newPost(t, STARTTLS)
	p.Only = 1
	s := server(t, p.settings())
	if err := s.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	p.Answer("MAIL", "421 you were silent too long")
	if err := s.Send(t.Context(), letter()); err != nil {
		t.Error(err)
	}
}

func TestDialTrouble(t *testing.T) {
	p := newPost(t, STARTTLS)
	p.Login = "clerk\x00secret"
	stranger := p.settings()
	stranger.Roots = x509.NewCertPool()
	wrong := p.settings()
	wrong.Password = "guess"
	plain := newPost(t, Localhost).settings()
	plain.Security = STARTTLS
	closed := p.settings()
	closed.Port = 1
	for name, c := range map[string]struct {
		s    Settings
		want error
	}{
		"certificate": {stranger, reeve.Denied}, "password": {wrong, reeve.Denied}, "no TLS offered": {plain, reeve.Unavailable}, "nobody there": {closed, reeve.Unavailable},
	} {
		err := server(t, c.s).Send(t.Context(), letter())
		if !errors.Is(err, c.want) || reeve.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "clerk@") {
			t.Errorf("%s: the error repeats the server: %v", name, err)
		}
	}
	if len(p.Mails()) != 0 {
		t.Errorf("%d mails were sent", len(p.Mails()))
	}
}

func TestSettingsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		s    Settings
		want error
	}{
		"no host":           {Settings{}, reeve.Invalid},
		"line break":        {Settings{Host: "mail\r\nEHLO"}, reeve.Invalid},
		"port":              {Settings{Host: "mail.example.org", Port: 70000}, reeve.Invalid},
		"security":          {Settings{Host: "mail.example.org", Security: 9}, reeve.Invalid},
		"clear far away":    {Settings{Host: "mail.example.org", Security: Localhost}, reeve.Denied},
		"password in clear": {Settings{Host: "localhost", Security: Localhost, User: "clerk"}, reeve.Denied},
	} {
		if _, err := NewServer(c.s); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLocalhostInClear(t *testing.T) {
	p := newPost(t, Localhost)
	if err := server(t, p.settings()).Send(t.Context(), letter()); err != nil || len(p.Mails()) != 1 {
		t.Errorf("%d mails, %v", len(p.Mails()), err)
	}
}
