package simulator

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// posted is what a message comes with.
type posted struct {
	Reference string            `json:"reference"`
	Content   string            `json:"content"`
	Postage   string            `json:"postage"`
	Template  string            `json:"template_id"`
	Email     string            `json:"email_address"`
	Phone     string            `json:"phone_number"`
	Values    map[string]string `json:"personalisation"`
}

// mostBody is what Notify takes: a letter of 2 MB as base64, and its frame.
const mostBody = 3 << 20

func (s *Simulator) take(w http.ResponseWriter, r *http.Request, sort string) {
	var p posted
	if json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(&p) != nil {
		fail(w, answer{400, "BadRequestError", "Invalid JSON supplied in POST data"})
		return
	}
	l := Line{ID: newID(), Reference: p.Reference, Type: sort}
	bad := p.check(&l)
	if bad == (answer{}) {
		bad = s.opt.may(&p, sort)
	}
	if bad == (answer{}) && !p.smoke() { // what is sent to see whether there is smoke is not kept
		s.mu.Lock()
		bad = s.admitOne(&l)
		s.mu.Unlock()
	}
	if bad != (answer{}) {
		fail(w, bad)
		return
	}
	give(w, http.StatusCreated, map[string]string{"id": l.ID, "reference": l.Reference, "postage": p.Postage})
}

// may tells to whom the key and the service let send.
func (o Options) may(p *posted, sort string) answer {
	switch {
	case o.Mode == Live:
		return answer{}
	case sort == "letter" && o.Mode == Team:
		return errTeam
	case sort == "letter":
		return errLetters
	case slices.Contains(o.Team, p.Email+p.Phone) || p.smoke():
		return answer{}
	case o.Mode == Team:
		return errGuests
	}
	return errTrial
}

// admitOne holds a message to the limits and writes it into the log.
func (s *Simulator) admitOne(l *Line) answer {
	now := s.clock.Now()
	for len(s.recent) > 0 && now.Sub(s.recent[0]) >= time.Minute {
		s.recent = s.recent[1:]
	}
	if len(s.recent) >= s.opt.Minute {
		return s.opt.errRate()
	}
	most := s.opt.Others
	if l.Type == "letter" {
		most = s.opt.Letters
	}
	if s.days[dayKey(l.Type, now)] >= most {
		return errDay(most)
	}
	l.At = now.Unix()
	if l.Fate == gone || l.Fate == "" && l.Type == "letter" && s.opt.comesBack(l.Reference) {
		l.Fate, l.Back = "", now.Add(backAfter).Unix()
	}
	if s.write(*l) != nil {
		return answer{500, "Exception", "Internal server error"}
	}
	s.recent = append(s.recent, now)
	return answer{}
}

// backAfter is how long a letter takes that comes back: returned letters are told
// weeks later.
const backAfter = 14 * 24 * time.Hour

// gone marks a letter that comes back, until it is written when.
const gone = "gone"

// comesBack draws the letters that come back by their reference: the same ones
// each time.
func (o Options) comesBack(reference string) bool {
	sum := sha256.Sum256([]byte(reference))
	return o.Returns > 0 && binary.BigEndian.Uint64(sum[:8])%uint64(o.Returns) == 0
}

var (
	mailLike  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	phoneLike = regexp.MustCompile(`^\+?[\d ()-]{10,20}$`)
)

// check holds a message to Notify's rules, and writes into its line what becomes
// of it.
func (p *posted) check(l *Line) (bad answer) {
	if len(p.Reference) > 1000 {
		return invalid("reference is too long")
	}
	want, needs := MailTemplate, []string{"subject", "body"}
	switch l.Type {
	case "letter":
		return p.checkLetter(l)
	case "email":
		if !mailLike.MatchString(p.Email) {
			return invalid("email_address Not a valid email address")
		}
	case "sms":
		want, needs = TextTemplate, []string{"body"}
		if !phoneLike.MatchString(p.Phone) {
			return invalid("phone_number Not a UK mobile number")
		}
	}
	switch {
	case p.Template == "":
		return invalid("template_id is a required property")
	case p.Template != want:
		return errNoForm
	}
	for _, field := range needs {
		if p.Values[field] == "" {
			return answer{400, "BadRequestError", "Missing personalisation: " + field}
		}
	}
	l.Fate = fates[p.to()]
	return bad
}

func (p *posted) to() string { return strings.ReplaceAll(p.Email+p.Phone, " ", "") }

// fates are what becomes of the addresses that Notify keeps for tests.
var fates = map[string]string{
	"temp-fail@simulator.notify": "temporary-failure", "07700900003": "temporary-failure",
	"perm-fail@simulator.notify": "permanent-failure", "07700900002": "permanent-failure",
}

// smoking are the addresses at which Notify says yes and does nothing.
var smoking = []string{"07700900000", "07700900111", "07700900222", "simulate-delivered@notifications.service.gov.uk",
	"simulate-delivered-2@notifications.service.gov.uk", "simulate-delivered-3@notifications.service.gov.uk"}

func (p *posted) smoke() bool { return slices.Contains(smoking, p.to()) }

// checkLetter refuses what Notify refuses at once. What is wrong with the print
// Notify finds later, when the letter was taken: that is its fate.
func (p *posted) checkLetter(l *Line) answer {
	switch p.Postage {
	case "", "first", "second", "economy":
	default:
		return invalid("postage invalid. It must be either first, second or economy.")
	}
	if p.Reference == "" {
		return invalid("reference is a required property")
	}
	if p.Content == "" {
		return invalid("content is a required property")
	}
	pdf, err := base64.StdEncoding.DecodeString(p.Content)
	if err != nil {
		return answer{400, "BadRequestError", "Cannot decode letter content (invalid base64 encoding)"}
	}
	if len(pdf) < 8 || string(pdf[:5]) != "%PDF-" {
		return errRead
	}
	if bytes.Contains(pdf, virus) {
		l.Fate = "virus-scan-failed"
		return answer{}
	}
	fault, last := judge(pdf)
	switch {
	case fault != "":
		l.Fate, l.Why = "validation-failed", fault
	case last == GonePostcode:
		l.Fate = gone
	}
	return answer{}
}
