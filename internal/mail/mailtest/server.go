// Package mailtest is a mail server for tests: it takes messages over TLS, as real
// ones do, and can be told to refuse, to ask for patience or to hang up at any
// moment.
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Kind is how the server protects a connection.
type Kind int

// The kinds.
const (
	STARTTLS Kind = iota
	TLS
	Clear
)

// Server is a small mail server on this machine. What it is told to do otherwise
// than usual it does until Usual.
type Server struct {
	Port  int
	Roots *x509.CertPool // that vouch for it
	Login string         // user NUL password, "" for none
	Only  int            // the connection, from 1, that is answered otherwise; 0: all

	kind     Kind
	listener net.Listener
	config   *tls.Config

	mu          sync.Mutex
	answers     map[string]string // to a command; "" ends the connection
	connections int
	mails       []string
	inClear     bool
}

// Connections tells how many there were.
func (p *Server) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.connections
}

// Mails are the messages, in order.
func (p *Server) Mails() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.mails)
}

// InClear tells whether a message came without TLS.
func (p *Server) InClear() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inClear
}

// New starts a server that ends with the test.
func New(t testing.TB, kind Kind) *Server {
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
	p := &Server{kind: kind, Roots: x509.NewCertPool(), answers: make(map[string]string)}
	p.Roots.AddCert(leaf)
	p.config = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.listener.Close() })
	p.Port = p.listener.Addr().(*net.TCPAddr).Port
	go p.serve()
	return p
}

func (p *Server) serve() {
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

func (p *Server) talk(c net.Conn, n int) {
	defer func() { c.Close() }()
	secure := p.kind == TLS
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
		special = special && (p.Only == 0 || p.Only == n)
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
			if p.kind == STARTTLS && !secure {
				say("250-STARTTLS")
			}
			if p.Login != "" && secure {
				say("250-AUTH PLAIN")
			}
			say("250 8BITMIME")
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, p.config)
			in, secure = bufio.NewReader(c), true
		case "AUTH":
			given, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if string(given) == "\x00"+p.Login {
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
func (p *Server) take(in *bufio.Reader, secure bool) bool {
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
	p.inClear = p.inClear || !secure
	_, cut := p.answers["."]
	return !cut
}

// Answer has a command answered otherwise; "" ends the connection. The command
// "." is the end of a message, which is taken all the same.
func (p *Server) Answer(verb, with string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers[verb] = with
}

// Usual ends that.
func (p *Server) Usual() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.answers)
}
