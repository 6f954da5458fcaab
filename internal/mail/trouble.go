package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"

	"github.com/reeve-council/reeve"
)

// The texts of servers are left out of errors: they quote addresses.

// explainDial gives the house's error for one of connecting.
func explainDial(err error) error {
	var certificate *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var reply *textproto.Error
	var network net.Error
	switch {
	case errors.As(err, &certificate), errors.As(err, &unknown), errors.As(err, &name):
		return reeve.WithHint(fmt.Errorf("the certificate of the mail server is not trusted: %w", reeve.Denied), "check its name, or give the certificate that vouches for it")
	case errors.As(err, &reply) && reply.Code/100 == 5:
		return reeve.WithHint(fmt.Errorf("the mail server refused us (%d): %w", reply.Code, reeve.Denied), "check user, password and whether this machine may send")
	case errors.As(err, &network) && network.Timeout():
		return reeve.WithHint(fmt.Errorf("the mail server does not answer: %w", reeve.Unavailable), "check its name and port")
	}
	return reeve.WithHint(fmt.Errorf("no connection to the mail server as set: %w", reeve.Unavailable), "check its name and port, and that it offers TLS and a way to sign in")
}

// explain gives the house's error for one of sending.
func explain(err error) error {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return fmt.Errorf("the mail server cannot be used: %w", reeve.Unavailable)
	}
	code := e.ErrorCode()
	switch {
	case e.Reason == gomail.ErrSMTPDataClose && code == 0:
		return fmt.Errorf("the connection broke at the end: %w: %w", ErrUnsure, reeve.Unavailable)
	case code/100 == 5 && e.Reason == gomail.ErrSMTPMailFrom:
		return fmt.Errorf("the mail server refused the sender (%d): %w", code, reeve.Denied)
	case code/100 == 5 && e.Reason == gomail.ErrSMTPRcptTo:
		return fmt.Errorf("the mail server refused a recipient (%d): %w", code, reeve.Invalid)
	case code/100 == 5:
		return fmt.Errorf("the mail server refused the message (%d): %w", code, reeve.Invalid)
	case code/100 == 4 && e.Reason == gomail.ErrSMTPRcptTo:
		return fmt.Errorf("the mail server asks to try a recipient later (%d): %w: %w", code, ErrRecipient, reeve.Unavailable)
	case code/100 == 4:
		return fmt.Errorf("the mail server asks to try later (%d): %w: %w", code, ErrLater, reeve.Unavailable)
	}
	return fmt.Errorf("the connection to the mail server broke: %w", reeve.Unavailable)
}

// lost reports whether an error says that the connection was gone before the
// message was begun.
func lost(err error) bool {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return false
	}
	gone := e.ErrorCode() == 0 || e.ErrorCode() == 421
	return gone && (e.Reason == gomail.ErrConnCheck || e.Reason == gomail.ErrSMTPMailFrom)
}
