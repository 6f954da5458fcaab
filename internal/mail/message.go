package mail

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"github.com/reeve-council/reeve"
)

// Address is whom a message is from or for.
type Address struct {
	Name string // as shown, may be empty
	Mail string // local@domain
}

// Attachment is a file that goes along. Its type is a MIME type.
type Attachment struct {
	Name string
	Type string
	Data []byte
}

// Message is one mail.
type Message struct {
	// ID is the Message-ID without its brackets, local@domain, without
	// personal data. A message that is sent again must keep it. "" lets one be
	// made up.
	ID      string
	From    Address
	ReplyTo Address // none if empty
	To      []Address
	Subject string
	Text    string
	HTML    string // another form of Text; "" for none
	Attach  []Attachment
	Date    time.Time // default now
	// Automatic marks what a machine sends on its own, so that other machines
	// do not answer (RFC 3834).
	Automatic bool
	// Answers is the Message-ID of the message that this one answers.
	Answers string
}

const (
	maxRecipients = 50
	maxHeader     = 990      // bytes of a subject or name; a line of mail holds 998
	maxMessage    = 20 << 20 // bytes of text and attachments together
)

// build gives the message as the mail module sends it, or reeve.Invalid.
func (m *Message) build() (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	out.FromMailAddress(m.From.address())
	for _, to := range m.To {
		out.AddToMailAddress(to.address())
	}
	if m.ReplyTo != (Address{}) {
		out.ReplyToMailAddress(m.ReplyTo.address())
	}
	id := m.ID
	if id == "" {
		_, domain, _ := strings.Cut(m.From.Mail, "@")
		id = strings.ToLower(rand.Text()) + "@" + domain
	}
	out.SetMessageIDWithValue(id)
	date := m.Date
	if date.IsZero() {
		date = time.Now()
	}
	out.SetDateWithValue(date.UTC())
	out.Subject(m.Subject)
	if m.Automatic {
		out.SetGenHeader("Auto-Submitted", "auto-generated")
	}
	if m.Answers != "" {
		out.SetGenHeaderPreformatted("In-Reply-To", "<"+m.Answers+">")
		out.SetGenHeaderPreformatted("References", "<"+m.Answers+">")
	}
	return out, m.content(out)
}

func (m *Message) content(out *gomail.Msg) error {
	out.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		out.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attach {
		if err := out.AttachReader(a.Name, bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return fmt.Errorf("an attachment cannot be read: %w", reeve.Invalid)
		}
	}
	return nil
}

// check refuses what would break a header or a mail server.
func (m *Message) check() error {
	switch {
	case len(m.To) == 0 || len(m.To) > maxRecipients:
		return fmt.Errorf("%d recipients, not 1 to %d: %w", len(m.To), maxRecipients, reeve.Invalid)
	case !m.From.valid():
		return fmt.Errorf("the sender is no mail address: %w", reeve.Invalid)
	case m.ReplyTo != (Address{}) && !m.ReplyTo.valid():
		return fmt.Errorf("the address for answers is no mail address: %w", reeve.Invalid)
	case m.Subject == "" || !headerText(m.Subject):
		return fmt.Errorf("the subject is empty, too long or holds a control character: %w", reeve.Invalid)
	case m.Text == "":
		return fmt.Errorf("a message without text: %w", reeve.Invalid)
	}
	for i, to := range m.To {
		if !to.valid() {
			return fmt.Errorf("recipient %d is no mail address: %w", i+1, reeve.Invalid)
		}
	}
	for _, id := range []string{m.ID, m.Answers} {
		if id != "" && !validID(id) {
			return fmt.Errorf("the id of a message is not local@domain: %w", reeve.Invalid)
		}
	}
	return m.checkSizes()
}

func (m *Message) checkSizes() error {
	size := len(m.Text) + len(m.HTML)
	for i, a := range m.Attach {
		size += len(a.Data)
		if a.Name == "" || !headerText(a.Name) || !mimeType(a.Type) {
			return fmt.Errorf("the name or type of attachment %d is not valid: %w", i+1, reeve.Invalid)
		}
	}
	if size > maxMessage {
		return fmt.Errorf("a message of %d bytes, at most %d: %w", size, maxMessage, reeve.Invalid)
	}
	return nil
}

func (a Address) address() *mail.Address { return &mail.Address{Name: a.Name, Address: a.Mail} }

// valid reports whether a is one plain address (RFC 5321 4.1.2) whose name can
// stand in a header.
func (a Address) valid() bool {
	if !headerText(a.Name) || !headerText(a.Mail) || len(a.Mail) > 254 || strings.ContainsAny(a.Mail, " <>,;:\"()[]\\") {
		return false
	}
	parsed, err := mail.ParseAddress(a.Mail)
	return err == nil && parsed.Address == a.Mail && parsed.Name == ""
}

// headerText reports whether a text can stand in a header: one line without
// control characters.
func headerText(s string) bool {
	return len(s) <= maxHeader && utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// validID reports whether s is local@domain of the characters of an atom (RFC
// 5322 3.2.3).
func validID(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && domain != "" && len(s) <= 250 && !strings.ContainsFunc(local+domain, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(".-_+=/", r))
	})
}

// mimeType reports whether s is type/subtype without parameters.
func mimeType(s string) bool {
	kind, sub, ok := strings.Cut(s, "/")
	return ok && kind != "" && sub != "" && len(s) <= 100 && !strings.ContainsFunc(kind+sub, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(".-+_", r))
	})
}
