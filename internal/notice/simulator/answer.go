package simulator

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// answers are the errors of Notify: status, name, text.
type answer struct {
	status int
	name   string
	text   string
}

// What is said of who may be sent to differs in its text alone: whoever branches
// on texts is told otherwise by Notify's documentation.
var (
	errToken   = answer{403, "AuthError", "Invalid token: signature, api token not found"}
	errClock   = answer{403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"}
	errRead    = answer{400, "BadRequestError", "Letter content is not a valid PDF"}
	errMissing = answer{404, "NoResultFound", "No result found"}
	errLetters = answer{400, "BadRequestError", "Cannot send letters when service is in trial mode - see https://www.notifications.service.gov.uk/trial-mode"}
	errTeam    = answer{403, "BadRequestError", "Cannot send letters with a team api key"}
	errTrial   = answer{400, "BadRequestError", "Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode"}
	errGuests  = answer{400, "BadRequestError", "Can’t send to this recipient using a team-only API key."}
	errNoForm  = answer{400, "BadRequestError", "Template not found"}
)

func (o Options) errRate() answer {
	key := strings.ToUpper(cmp.Or(string(o.Mode), "live"))
	return answer{429, "RateLimitError", fmt.Sprintf("Exceeded rate limit for key type %s of %d requests per 60 seconds", key, o.Minute)}
}

func errDay(most int) answer {
	return answer{429, "TooManyRequestsError", fmt.Sprintf("Exceeded send limits (%d) for today", most)}
}

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
	case r.Method == http.MethodGet && strings.HasPrefix(path, "/v2/template/"):
		s.form(w, strings.TrimPrefix(path, "/v2/template/"))
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

// form shows a template as Notify does: what values it asks for.
func (s *Simulator) form(w http.ResponseWriter, id string) {
	need := map[string]bool{"required": true}
	switch id {
	case MailTemplate:
		give(w, http.StatusOK, map[string]any{"id": id, "type": "email", "version": 1, "subject": "((subject))", "body": "((body))",
			"personalisation": map[string]any{"subject": need, "body": need}})
	case TextTemplate:
		give(w, http.StatusOK, map[string]any{"id": id, "type": "sms", "version": 1, "body": "((body))", "personalisation": map[string]any{"body": need}})
	default:
		fail(w, errMissing)
	}
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
