package mail

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/reeve-council/reeve"
)

// Bounce is what a mail server says became of a message of ours.
type Bounce struct {
	ID     string // of the message, local@domain
	Status string // RFC 3463, such as 5.1.1; "" where it is not given
	Final  bool   // it will not be delivered; a delay is not final
}

// mostBounce is how much of a report is looked at: what counts stands before
// the message that it gives back.
const mostBounce = 256 << 10

// What a delivery report says stands in lines of plain ASCII (RFC 3464 2.1.1), so
// that nothing has to be decoded, and nothing is: strangers write these.
var (
	bounceAction = regexp.MustCompile(`(?im)^Action:[ \t]*([a-z]{1,20})[ \t]*\r?$`)
	bounceStatus = regexp.MustCompile(`(?im)^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})`)
	bounceReport = regexp.MustCompile(`(?im)^Content-Type:[ \t]*(?:multipart/report\b|message/delivery-status\b)`)
)

// ReadBounce reads a delivery report about a message whose ID ends in @domain.
// What is no report, or about no message of ours, is reeve.Invalid. Whoever knows
// an ID can write a report: it is a reason to look, not proof.
func ReadBounce(r io.Reader, domain string) (b Bounce, err error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBounce))
	if err != nil {
		return b, fmt.Errorf("read bounce: %w", reeve.Unavailable)
	}
	action := bounceAction.FindSubmatch(text)
	if action == nil || !bounceReport.Match(text) {
		return b, fmt.Errorf("read bounce: no delivery report: %w", reeve.Invalid)
	}
	if status := bounceStatus.FindSubmatch(text); status != nil {
		b.Status = string(status[1])
	}
	b.Final = strings.EqualFold(string(action[1]), "failed")
	if b.ID = idIn(text, domain); b.ID == "" {
		return Bounce{}, fmt.Errorf("read bounce: about no message of ours: %w", reeve.Invalid)
	}
	return b, nil
}

// idIn finds the first ID of a domain: in a header that refers to the message, or
// in the headers that the report gives back.
func idIn(text []byte, domain string) string {
	end := []byte("@" + domain + ">")
	for rest := text; ; {
		i := bytes.Index(rest, end)
		if i < 0 {
			return ""
		}
		from := bytes.LastIndexByte(rest[:i], '<')
		if id := string(rest[from+1:i]) + "@" + domain; from >= 0 && validID(id) {
			return id
		}
		rest = rest[i+len(end):]
	}
}
