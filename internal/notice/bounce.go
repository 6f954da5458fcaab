package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
)

const (
	bounceJob   = "notice.bounce"
	bounceEvery = 5 * time.Minute
	bouncePage  = 200
)

// readBounces takes what mail servers sent back about notices: reports that a
// desk or a mail program drops into the folder. What is read is moved away.
func (m *Room) readBounces(ctx context.Context, _ *job.Work) error {
	for {
		all, err := m.Bounces.List(m.Now(), bouncePage)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, a := range all {
			if err := m.readBounce(ctx, a); err != nil {
				return err
			}
		}
	}
}

// readBounce takes one. What is no report about a message of ours goes aside for
// people to look at.
func (m *Room) readBounce(ctx context.Context, a mail.Arrived) error {
	b, digest, err := m.openBounce(a.Path)
	if errors.Is(err, reeve.Unavailable) {
		return err
	}
	into := mail.Refused
	if err == nil {
		into = mail.Taken
		reference, _, _ := strings.Cut(b.ID, "@")
		err = m.bounced(ctx, reference, b)
		if errors.Is(err, reeve.NotFound) {
			into = mail.Refused
		} else if err != nil {
			return err
		}
	}
	_, err = m.Bounces.Move(a, into, digest)
	if errors.Is(err, reeve.Conflict) || errors.Is(err, reeve.NotFound) {
		err = os.Remove(a.Path) // the same bytes were dealt with before
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
	}
	return err
}

// openBounce reads a report with the domain of our message ids, and names it by
// what it holds.
func (m *Room) openBounce(path string) (b mail.Bounce, digest string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return b, "", fmt.Errorf("open bounce: %w", reeve.Unavailable)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return b, "", fmt.Errorf("read bounce: %w", reeve.Unavailable)
	}
	digest = hex.EncodeToString(h.Sum(nil))
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return b, "", fmt.Errorf("read bounce: %w", reeve.Unavailable)
	}
	err = fmt.Errorf("read bounce: no mail is sent: %w", reeve.Invalid)
	for _, c := range m.Channels {
		if c, ok := c.(*Mail); ok {
			b, err = mail.ReadBounce(f, c.opt.Domain)
		}
	}
	return b, digest, err
}

// bounced keeps what a report says. A delay is no news.
func (m *Room) bounced(ctx context.Context, reference string, b mail.Bounce) error {
	if !b.Final {
		return nil
	}
	status := "permanent-failure"
	if strings.HasPrefix(b.Status, "4") {
		status = "temporary-failure"
	}
	return m.hear(ctx, mailName, reference, Receipt{Status: status, At: m.Now().Unix()})
}
