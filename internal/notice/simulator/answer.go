package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// answers are the errors of Notify: status, name, text.
type answer struct {
	status int
	name   string
	text   string
}

var (
	errToken   = answer{403, "AuthError", "Invalid token: signature, api token not found"}
	errClock   = answer{403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"}
	errRate    = answer{429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"}
	errDay     = answer{429, "TooManyRequestsError", "Exceeded send limits for today"}
	errRead    = answer{400, "BadRequestError", "Letter content is not a valid PDF"}
	errMissing = answer{404, "NoResultFound", "No result found"}
)

func invalid(text string) answer { return answer{400, "ValidationError", text} }

// ServeHTTP answers as Notify's interface does.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a, ok := s.admit(r); !ok {
		fail(w, a)
		return
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	switch {
	case r.Method == http.MethodPost && path == "/v2/notifications/letter":
		s.take(w, r, "letter")
	case r.Method == http.MethodPost && path == "/v2/notifications/email":
		s.take(w, r, "email")
	case r.Method == http.MethodPost && path == "/v2/notifications/sms":
		s.take(w, r, "sms")
	case r.Method == http.MethodGet && path == "/v2/notifications":
		s.list(w, r)
	case r.Method == http.MethodGet && strings.HasPrefix(path, "/v2/notifications/"):
		s.one(w, strings.TrimPrefix(path, "/v2/notifications/"))
	default:
		fail(w, errMissing)
	}
}

// admit checks the token: signed with the key's secret, made within its life.
func (s *Simulator) admit(r *http.Request) (answer, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	parts := strings.Split(token, ".")
	if !ok || len(parts) != 3 {
		return errToken, false
	}
	mac := hmac.New(sha256.New, []byte(s.secret))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	signed, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signed, mac.Sum(nil)) {
		return errToken, false
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Issuer string `json:"iss"`
		Made   int64  `json:"iat"`
	}
	if err != nil || json.Unmarshal(text, &claims) != nil || claims.Issuer != s.service {
		return errToken, false
	}
	if age := time.Since(time.Unix(claims.Made, 0)); age > s.opt.Life || age < -s.opt.Life {
		return errClock, false
	}
	return answer{}, true
}

func fail(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	json.NewEncoder(w).Encode(map[string]any{"status_code": a.status, "errors": []map[string]string{{"error": a.name, "message": a.text}}})
}

func give(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

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
	fate, bad := p.check(sort)
	if bad != (answer{}) {
		fail(w, bad)
		return
	}
	s.mu.Lock()
	l, bad := s.admitOne(sort, p.Reference, fate)
	s.mu.Unlock()
	if bad != (answer{}) {
		fail(w, bad)
		return
	}
	give(w, http.StatusCreated, map[string]string{"id": l.ID, "reference": l.Reference, "postage": p.Postage})
}

// admitOne holds a message to the limits and writes it into the log.
func (s *Simulator) admitOne(sort, reference, fate string) (Line, answer) {
	now := s.clock.Now()
	for len(s.recent) > 0 && now.Sub(s.recent[0]) >= time.Minute {
		s.recent = s.recent[1:]
	}
	if len(s.recent) >= s.opt.Minute {
		return Line{}, errRate
	}
	most := s.opt.Others
	if sort == "letter" {
		most = s.opt.Letters
	}
	if s.days[dayKey(sort, now)] >= most {
		return Line{}, errDay
	}
	l := Line{ID: newID(), Reference: reference, Type: sort, At: now.Unix(), Fate: fate}
	if s.write(l) != nil {
		return Line{}, answer{500, "Exception", "Internal server error"}
	}
	s.recent = append(s.recent, now)
	return l, answer{}
}

var (
	mailLike  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	phoneLike = regexp.MustCompile(`^\+?[\d ()-]{10,20}$`)
)

// check holds a message to Notify's rules, and tells what becomes of the
// addresses that it keeps for tests.
func (p *posted) check(sort string) (fate string, bad answer) {
	if len(p.Reference) > 1000 {
		return "", invalid("reference is too long")
	}
	switch sort {
	case "letter":
		return "", p.checkLetter()
	case "email":
		if !mailLike.MatchString(p.Email) {
			return "", invalid("email_address Not a valid email address")
		}
	case "sms":
		if !phoneLike.MatchString(p.Phone) {
			return "", invalid("phone_number Not a valid phone number")
		}
	}
	if p.Template == "" {
		return "", invalid("template_id is a required property")
	}
	switch strings.ReplaceAll(p.Email+p.Phone, " ", "") {
	case "temp-fail@simulator.notify", "07700900003":
		return "temporary-failure", bad
	case "perm-fail@simulator.notify", "07700900002":
		return "permanent-failure", bad
	}
	return "", bad
}

func (p *posted) checkLetter() answer {
	switch p.Postage {
	case "", "first", "second", "economy":
	default:
		return invalid("postage invalid. It must be first, second or economy.")
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
	if len(pdf) < 8 || string(pdf[:5]) != "%PDF-" || len(pdf) > 2<<20 {
		return errRead
	}
	return answer{}
}

// status is what has become of a message by now: a letter is printed at half
// past five and received by the printer then; a message is delivered after ten
// seconds.
func (s *Simulator) status(l Line) (status string, done time.Time) {
	now, at := s.clock.Now(), time.Unix(l.At, 0).UTC()
	if l.Type != "letter" {
		if now.Sub(at) < 10*time.Second {
			return "sending", time.Time{}
		}
		if l.Fate != "" {
			return l.Fate, at.Add(10 * time.Second)
		}
		return "delivered", at.Add(10 * time.Second)
	}
	if s.back[l.ID] {
		return "received", at
	}
	printed := time.Date(at.Year(), at.Month(), at.Day(), 17, 30, 0, 0, time.UTC)
	if !at.Before(printed) {
		printed = printed.Add(24 * time.Hour)
	}
	switch {
	case now.Sub(at) < 10*time.Second:
		return "pending-virus-check", time.Time{}
	case now.Before(printed):
		return "accepted", time.Time{}
	}
	return "received", printed
}

func (s *Simulator) show(l Line) map[string]any {
	status, done := s.status(l)
	m := map[string]any{"id": l.ID, "reference": l.Reference, "type": l.Type, "status": status, "created_at": time.Unix(l.At, 0).UTC().Format(time.RFC3339Nano)}
	if !done.IsZero() {
		m["completed_at"] = done.Format(time.RFC3339Nano)
	}
	if l.Type == "letter" {
		m["cost_in_pounds"] = 0.73
	}
	return m
}

const onPage = 250

func (s *Simulator) list(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	from := len(s.all)
	if id := q.Get("older_than"); id != "" {
		from = s.byID[id]
	}
	found := make([]map[string]any, 0, onPage)
	if q.Has("reference") {
		for _, i := range s.byRef[q.Get("reference")] {
			found = append(found, s.show(s.all[i]))
		}
	} else {
		for i := from - 1; i >= 0 && len(found) < onPage; i-- {
			if l := s.show(s.all[i]); q.Get("status") == "" || q.Get("status") == l["status"] {
				found = append(found, l)
			}
		}
	}
	give(w, http.StatusOK, map[string]any{"notifications": found, "links": map[string]string{"current": "/v2/notifications"}})
}

func (s *Simulator) one(w http.ResponseWriter, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.byID[id]
	if !ok {
		fail(w, errMissing)
		return
	}
	give(w, http.StatusOK, s.show(s.all[i]))
}
