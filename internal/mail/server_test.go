package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
)

// post is a small mail server.
type post struct {
	listener net.Listener
	config   *tls.Config
	roots    *x509.CertPool
	security Security
	login    string            // user NUL password, "" for none
	answers  map[string]string // to a command instead of the usual answer; "" ends the connection
	only     int               // the connection, from 1, that is answered so; 0: all

	mu          sync.Mutex
	connections int
	mails       []string
	clear       bool // somebody tried to send without TLS
}

func newPost(t *testing.T, security Security) *post {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example.org"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	p := &post{security: security, roots: x509.NewCertPool(), answers: make(map[string]string)}
	p.roots.AddCert(leaf)
	p.config = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.listener.Close() })
	go p.serve()
	return p
}

func (p *post) serve() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.connections++
		n := p.connections
		p.mu.Unlock()
		go p.talk(c, n)
	}
}

func (p *post) talk(c net.Conn, n int) {
	defer func() { c.Close() }()
	secure := p.security == TLS
	if secure {
		c = tls.Server(c, p.config)
	}
	in := bufio.NewReader(c)
	say := func(s string) { io.WriteString(c, s+"\r\n") }
	say("220 mail.example.org")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		p.mu.Lock()
		answer, special := p.answers[verb]
		special = special && (p.only == 0 || p.only == n)
		p.mu.Unlock()
		if special {
			if answer == "" {
				return
			}
			say(answer)
			continue
		}
		switch verb {
		case "EHLO":
			say("250-mail.example.org")
			if p.security == STARTTLS && !secure {
				say("250-STARTTLS")
			}
			if p.login != "" && secure {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, p.config)
			in, secure = bufio.NewReader(c), true
		case "AUTH":
			given, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if string(given) == "\x00"+p.login {
				say("235 welcome")
			} else {
				say("535 no, clerk@council.example.org")
			}
		case "DATA":
			say("354 go on")
			if !p.take(in, secure) {
				return
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

// take reads a message; false to end the connection without an answer.
func (p *post) take(in *bufio.Reader, secure bool) bool {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, text.String())
	p.clear = p.clear || !secure
	_, cut := p.answers["."]
	return !cut
}

func (p *post) answer(verb, with string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers[verb] = with
}

func (p *post) usual() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.answers)
}

func (p *post) settings() Settings {
	s := Settings{Host: "127.0.0.1", Port: p.listener.Addr().(*net.TCPAddr).Port, Security: p.security, Roots: p.roots, Timeout: 5 * time.Second, Hello: "desk.example.org"}
	if p.login != "" {
		s.User, s.Password, _ = strings.Cut(p.login, "\x00")
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
		p.login = "clerk\x00secret"
		s := server(t, p.settings())
		for range 3 {
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Fatal(err)
			}
		}
		if p.connections != 1 || len(p.mails) != 3 || p.clear {
			t.Errorf("%d mails over %d connections, in clear: %v", len(p.mails), p.connections, p.clear)
		}
		m, err := mail.ReadMessage(strings.NewReader(p.mails[0]))
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
		"recipient later":   {"RCPT", "451 greylisted lucja@example.org", reeve.Unavailable},
		"sender refused":    {"MAIL", "553 not yours notices@council.example.org", reeve.Denied},
		"message refused":   {"DATA", "554 spam from lucja@example.org", reeve.Invalid},
		"gone":              {"MAIL", "", reeve.Unavailable},
		"gone at the end":   {".", "", ErrUnsure},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, STARTTLS)
			p.answer(c.verb, c.answer)
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
			p.usual()
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Errorf("the next message: %v", err)
			}
		})
	}
}

func TestIdleConnectionEnded(t *testing.T) {
	p := newPost(t, STARTTLS)
	p.only = 1
	s := server(t, p.settings())
	if err := s.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	p.answer("MAIL", "421 you were silent too long")
	if err := s.Send(t.Context(), letter()); err != nil {
		t.Error(err)
	}
}

func TestDialTrouble(t *testing.T) {
	p := newPost(t, STARTTLS)
	p.login = "clerk\x00secret"
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
	if len(p.mails) != 0 {
		t.Errorf("%d mails were sent", len(p.mails))
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
	if err := server(t, p.settings()).Send(t.Context(), letter()); err != nil || len(p.mails) != 1 {
		t.Errorf("%d mails, %v", len(p.mails), err)
	}
}
