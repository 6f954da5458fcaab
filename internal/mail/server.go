package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/reeve-council/reeve"
)

// Security is how a connection to a server is protected.
type Security int

// The ways to protect a connection.
const (
	STARTTLS  Security = iota // begins in clear and must change to TLS; port 587
	TLS                       // TLS from the first byte; port 465
	Localhost                 // none; refused for a server that is not on this machine
)

// Settings say how to reach a server.
type Settings struct {
	Host     string
	Port     int // default by Security: 587, 465, 25
	Security Security
	User     string // "" for a server that asks for none
	Password string
	Hello    string         // our name, for EHLO; default the machine's
	Timeout  time.Duration  // for each step; default 30 seconds
	Roots    *x509.CertPool // who may vouch for the server; default the system's
}

// ErrUnsure is part of the error of Send when the connection broke after the
// whole message was handed over: the server may have taken it or not. Who sends
// it again must keep its ID.
var ErrUnsure = errors.New("the server may have taken the message")

// ErrLater is part of the error of Send when the server takes nothing for the
// moment, from anybody or from us; ErrRecipient when it is this recipient for
// whom it takes nothing for the moment. Both are reeve.Unavailable.
var (
	ErrLater     = errors.New("the server takes nothing now")
	ErrRecipient = errors.New("the server takes nothing for this recipient now")
)

// Server sends messages to a mail server, one after the other.
type Server struct {
	mu     sync.Mutex
	client *gomail.Client
	open   bool
}

// NewServer checks the settings; nothing is connected before Send.
func NewServer(s Settings) (*Server, error) {
	client, err := s.client()
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return &Server{client: client}, nil
}

func (s Settings) client() (*gomail.Client, error) {
	if s.Host == "" || strings.ContainsAny(s.Host, " \r\n/") || s.Port < 0 || s.Port > 65535 {
		return nil, fmt.Errorf("its name or port is not valid: %w", reeve.Invalid)
	}
	if s.Timeout <= 0 {
		s.Timeout = 30 * time.Second
	}
	opt := []gomail.Option{
		gomail.WithTimeout(s.Timeout), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}),
	}
	port := 587
	switch s.Security {
	case STARTTLS:
		opt = append(opt, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		port = 465
		opt = append(opt, gomail.WithSSL())
	case Localhost:
		port = 25
		if !local(s.Host) || s.User != "" {
			return nil, reeve.WithHint(fmt.Errorf("a connection without TLS leaves this machine or shows a password: %w", reeve.Denied), "use STARTTLS or TLS")
		}
		opt = append(opt, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("an unknown way to protect the connection: %w", reeve.Invalid)
	}
	if s.Port != 0 {
		port = s.Port
	}
	opt = append(opt, gomail.WithPort(port))
	if s.User != "" {
		opt = append(opt, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	if s.Hello != "" {
		opt = append(opt, gomail.WithHELO(s.Hello))
	}
	client, err := gomail.NewClient(s.Host, opt...)
	if err != nil {
		return nil, fmt.Errorf("the settings are refused: %w", reeve.Invalid)
	}
	return client, nil
}

// local reports whether a host is this machine by its name.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands a message over, on the connection of the one before if there was
// one. The error is reeve.Invalid when the message is not well made or the
// server refuses it for good, reeve.Denied when it refuses us, and
// reeve.Unavailable when trying later may help; then it may also be ErrUnsure.
func (s *Server) Send(ctx context.Context, m *Message) error {
	built, err := m.build()
	if err == nil {
		s.mu.Lock()
		err = s.send(ctx, built)
		s.mu.Unlock()
	}
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

func (s *Server) send(ctx context.Context, m *gomail.Msg) error {
	fresh := !s.open
	if err := s.dial(ctx); err != nil {
		return err
	}
	err := s.client.Send(m)
	if lost(err) && !fresh { // the server ended an idle connection: once more on a new one
		s.hangUp()
		if err := s.dial(ctx); err != nil {
			return err
		}
		err = s.client.Send(m)
	}
	if err == nil || m.IsDelivered() {
		if err != nil {
			s.hangUp()
		}
		return nil
	}
	told := explain(err)
	if !errors.Is(told, reeve.Invalid) {
		s.hangUp()
	}
	return told
}

// Reach connects and signs in without sending anything. The error is of the kinds
// of Send's.
func (s *Server) Reach(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hangUp()
	if err := s.dial(ctx); err != nil {
		return fmt.Errorf("reach mail server: %w", err)
	}
	return nil
}

func (s *Server) dial(ctx context.Context) error {
	if s.open {
		return nil
	}
	if err := s.client.DialWithContext(ctx); err != nil {
		s.client.Close()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return explainDial(err)
	}
	s.open = true
	return nil
}

// hangUp ends the connection, whatever state it is in.
func (s *Server) hangUp() {
	s.client.Close()
	s.open = false
}

// Close ends the connection, if there is one. The server may be used again.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return nil
	}
	s.open = false
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("close mail connection: %w", reeve.Unavailable)
	}
	return nil
}
