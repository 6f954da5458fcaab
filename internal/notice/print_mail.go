package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
)

// Mail sends e-mails by the council's own mail server.
type Mail struct {
	out  Sender
	from mail.Address
	host string // behind the @ of message ids
	day  int
}

// Sender is what a Mail hands its messages to: a mail.Server or a mail.Drop.
type Sender interface {
	Send(ctx context.Context, m *mail.Message) error
}

// NewMail makes the channel; host is the domain of message ids. perDay bounds
// what the server may be given; 0: no bound.
func NewMail(out Sender, from mail.Address, host string, perDay int) *Mail {
	return &Mail{out, from, host, perDay}
}

// Name, Ways, Limits, Now and Wait are what every channel tells.
func (m *Mail) Name() string                       { return "mail" }
func (m *Mail) Ways() []Way                        { return []Way{Email} }
func (m *Mail) Limits() Limits                     { return Limits{Day: m.day, Minute: 120} }
func (m *Mail) Now() time.Time                     { return time.Now() }
func (m *Mail) Wait(until time.Time) time.Duration { return time.Until(until) }

// Send gives a message to the server under an id made of our reference.
func (m *Mail) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	id := p.Reference + "@" + m.host
	err := m.out.Send(ctx, &mail.Message{ID: id, From: m.from, To: []mail.Address{{Mail: p.To.Reveal()}}, Subject: p.Subject, Text: p.Text, Automatic: true})
	switch {
	case err == nil:
		return Receipt{ID: id, Status: "handed-over", At: m.Now().Unix()}, nil
	case errors.Is(err, mail.ErrUnsure):
		return Receipt{}, errors.Join(fmt.Errorf("send mail: %w", reeve.Unavailable), ErrUnsure)
	case errors.Is(err, reeve.Invalid):
		return Receipt{}, Refusal{"mail-refused"}
	}
	return Receipt{}, fmt.Errorf("send mail: %w", err)
}

// Find cannot be asked of a mail server: what was in doubt stays so until
// somebody decides.
func (m *Mail) Find(context.Context, string) (Receipt, error) {
	return Receipt{}, fmt.Errorf("find mail: a mail server cannot be asked: %w", reeve.Unavailable)
}
