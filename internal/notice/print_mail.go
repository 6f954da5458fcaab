package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
)

// Mail sends e-mails by the council's own mail server, or into a folder.
type Mail struct{ opt MailOptions }

// MailOptions say how mail leaves.
type MailOptions struct {
	Out    Sender
	From   mail.Address
	Domain string // of message ids: REFERENCE@Domain
	Minute int    // messages that the server is given in a minute; default 120
	Day    int    // and in a day; 0: no bound
}

// Sender is what a Mail hands its messages to: a mail.Server or a mail.Drop.
type Sender interface {
	Send(ctx context.Context, m *mail.Message) error
}

// asked is a Sender that knows what it was given, as a folder does. A mail server
// does not.
type asked interface {
	Has(id string) (time.Time, error)
}

// mailName is the name of the channel.
const mailName = "mail"

// usualMinute is below what mail servers of councils take from one client before
// they slow it down.
const usualMinute = 120

// mailPause is how long a mail server that takes nothing now is left alone.
const mailPause = time.Minute

// NewMail makes the channel.
func NewMail(o MailOptions) *Mail {
	if o.Minute <= 0 {
		o.Minute = usualMinute
	}
	return &Mail{o}
}

// Name, Ways, Limits, Now and Wait are what every channel tells.
func (m *Mail) Name() string { return mailName }
func (m *Mail) Ways() []Way  { return []Way{Email} }
func (m *Mail) Limits() Limits {
	return Limits{Day: func(Way) int { return m.opt.Day }, Minute: m.opt.Minute, Pence: free}
}
func (m *Mail) Now() time.Time                     { return time.Now() }
func (m *Mail) Wait(until time.Time) time.Duration { return time.Until(until) }

func free(int, Way) int64 { return 0 }

// messageID is the id under which a message is in the logs of mail servers, and
// by which a bounce speaks of it.
func (m *Mail) messageID(reference string) string { return reference + "@" + m.opt.Domain }

// Send gives a message to the server under an id made of our reference. What the
// server refuses for good, or asks to try later for this recipient alone, is
// refused: another run may try it. A server that takes nothing at all now is
// waited for.
func (m *Mail) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	id := m.messageID(p.Reference)
	err := m.opt.Out.Send(ctx, &mail.Message{ID: id, From: m.opt.From, To: []mail.Address{{Mail: p.To.Reveal()}}, Subject: p.Subject, Text: p.Text, Automatic: true})
	switch {
	case err == nil:
		return Receipt{ID: id, Status: "handed-over", At: m.Now().Unix()}, nil
	case errors.Is(err, mail.ErrUnsure):
		return Receipt{}, errors.Join(fmt.Errorf("send mail: %w", reeve.Unavailable), ErrUnsure)
	case errors.Is(err, reeve.Invalid):
		return Receipt{}, Refusal{"mail-refused"}
	case errors.Is(err, mail.ErrRecipient):
		return Receipt{}, Refusal{"mail-refused-for-now"}
	case errors.Is(err, mail.ErrLater):
		return Receipt{}, Wait{m.Now().Add(mailPause), "the mail server asks to try later"}
	}
	return Receipt{}, fmt.Errorf("send mail: %w", err)
}

// Find asks a folder. A mail server cannot be asked: what was in doubt stays so
// until somebody has looked into its log.
func (m *Mail) Find(_ context.Context, reference string) (Receipt, error) {
	out, ok := m.opt.Out.(asked)
	if !ok {
		return Receipt{}, fmt.Errorf("find mail: a mail server cannot be asked: %w", reeve.Unavailable)
	}
	id := m.messageID(reference)
	at, err := out.Has(id)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{ID: id, Status: "handed-over", At: at.Unix()}, nil
}
