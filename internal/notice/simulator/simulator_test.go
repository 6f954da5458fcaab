package simulator

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const key = "test-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"

var start = time.Date(2026, 1, 19, 8, 0, 0, 0, time.UTC)

func open(t *testing.T, path string, o Options) *Simulator {
	t.Helper()
	o.Key = key
	if o.Start.IsZero() {
		o.Start = start
	}
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func logPath(t *testing.T) string { return filepath.Join(t.TempDir(), "log") }

func token(secret string, made time.Time) string {
	enc := base64.RawURLEncoding
	text := enc.EncodeToString([]byte(`{"typ":"JWT","alg":"HS256"}`)) + "." + enc.EncodeToString(fmt.Appendf(nil, `{"iss":"%s","iat":%d}`, key[5:41], made.Unix()))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + enc.EncodeToString(mac.Sum(nil))
}

// ask makes a request as Notify's clients do and gives status, name of the error,
// and the answer.
func ask(t *testing.T, s *Simulator, method, path string, body any) (int, string, map[string]any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(text))
	r.Header.Set("Authorization", "Bearer "+token(key[42:], time.Now()))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var x map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &x); err != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	name := ""
	if all, ok := x["errors"].([]any); ok {
		name, _ = all[0].(map[string]any)["error"].(string)
	}
	return w.Code, name, x
}

type values = map[string]any

func mailTo(to, ref string) values {
	return values{"email_address": to, "reference": ref, "template_id": MailTemplate, "personalisation": values{"subject": "s", "body": "b"}}
}

func textTo(to, ref string) values {
	return values{"phone_number": to, "reference": ref, "template_id": TextTemplate, "personalisation": values{"body": "b"}}
}

func letterOf(t *testing.T, ref string, lines ...string) values {
	x := goodSheet()
	if len(lines) > 0 {
		x.lines = lines
	}
	return values{"reference": ref, "content": base64.StdEncoding.EncodeToString(x.pdf(t))}
}

func (s *Simulator) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.start = s.clock.start.Add(d)
}

func statusOf(t *testing.T, s *Simulator, ref string) string {
	t.Helper()
	_, _, x := ask(t, s, "GET", "/v2/notifications?reference="+ref, nil)
	all := x["notifications"].([]any)
	if len(all) == 0 {
		return ""
	}
	return all[0].(map[string]any)["status"].(string)
}

// TestRefusals: every request that Notify refuses is refused with its status and
// its name, and leaves no line in the log.
func TestRefusals(t *testing.T) {
	good := letterOf(t, "r")
	with := func(x values, field string, v any) values {
		y := make(values)
		for k, old := range x {
			y[k] = old
		}
		y[field] = v
		return y
	}
	for _, c := range []struct {
		what, path string
		mode       Mode
		body       values
		status     int
		name       string
	}{
		{"no reference", "letter", Live, with(good, "reference", ""), 400, "ValidationError"},
		{"no letter", "letter", Live, with(good, "content", ""), 400, "ValidationError"},
		{"postage", "letter", Live, with(good, "postage", "third"), 400, "ValidationError"},
		{"no PDF", "letter", Live, with(good, "content", "aGVsbG8gd29ybGQ="), 400, "BadRequestError"},
		{"no base64", "letter", Live, with(good, "content", "%%%"), 400, "BadRequestError"},
		{"on trial", "letter", Trial, good, 400, "BadRequestError"},
		{"team key", "letter", Team, good, 403, "BadRequestError"},
		{"address", "email", Live, mailTo("nobody", "r"), 400, "ValidationError"},
		{"number", "sms", Live, textTo("x", "r"), 400, "ValidationError"},
		{"no template", "email", Live, with(mailTo("a@example.org", "r"), "template_id", ""), 400, "ValidationError"},
		{"another template", "email", Live, with(mailTo("a@example.org", "r"), "template_id", TextTemplate), 400, "BadRequestError"},
		{"a field that lacks", "sms", Live, with(textTo("07700900123", "r"), "personalisation", values{}), 400, "BadRequestError"},
		{"a stranger, on trial", "email", Trial, mailTo("a@example.org", "r"), 400, "BadRequestError"},
		{"a stranger, team key", "sms", Team, textTo("07700900123", "r"), 400, "BadRequestError"},
		{"a long reference", "sms", Live, textTo("07700900123", strings.Repeat("r", 1001)), 400, "ValidationError"},
	} {
		s := open(t, logPath(t), Options{Mode: c.mode, Team: []string{"team@example.org"}})
		status, name, _ := ask(t, s, "POST", "/v2/notifications/"+c.path, c.body)
		if status != c.status || name != c.name || len(s.Taken()) != 0 {
			t.Errorf("%s: %d %s, %d taken", c.what, status, name, len(s.Taken()))
		}
		if status, _, _ := ask(t, s, "POST", "/v2/notifications/email", mailTo("team@example.org", "t")); status != 201 {
			t.Errorf("%s: the team gets %d", c.what, status)
		}
	}
}

func TestTokens(t *testing.T) {
	s := open(t, logPath(t), Options{})
	for what, value := range map[string]string{"none": "", "no token": "Bearer x", "another secret": "Bearer " + token("x", time.Now()),
		"too old": "Bearer " + token(key[42:], time.Now().Add(-time.Minute)), "from the future": "Bearer " + token(key[42:], time.Now().Add(time.Minute))} {
		r := httptest.NewRequest("GET", "/v2/notifications", nil)
		r.Header.Set("Authorization", value)
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", what, w.Code)
		}
	}
}

func TestLimits(t *testing.T) {
	s := open(t, logPath(t), Options{Minute: 3, Letters: 1, Others: 2})
	post := func(path string, body values) string {
		_, name, _ := ask(t, s, "POST", "/v2/notifications/"+path, body)
		return name
	}
	if got := []string{post("letter", letterOf(t, "1")), post("letter", letterOf(t, "2")), post("email", mailTo("a@example.org", "3")), post("email", mailTo("a@example.org", "4")),
		post("email", mailTo("a@example.org", "5"))}; !slices.Equal(got, []string{"", "TooManyRequestsError", "", "", "RateLimitError"}) {
		t.Errorf("%q", got)
	}
	s.pass(time.Minute)
	if name := post("email", mailTo("a@example.org", "6")); name != "TooManyRequestsError" {
		t.Errorf("the third of a day that takes two: %q", name)
	}
	s.pass(24 * time.Hour)
	if name := post("email", mailTo("a@example.org", "7")); name != "" {
		t.Errorf("the next day: %q", name)
	}
}

// TestFates: what becomes of messages and letters, by the clock.
func TestFates(t *testing.T) {
	s := open(t, logPath(t), Options{})
	for _, x := range []values{mailTo("a@example.org", "ok"), mailTo("perm-fail@simulator.notify", "perm"), mailTo("temp-fail@simulator.notify", "temp"),
		mailTo("simulate-delivered@notifications.service.gov.uk", "smoke")} {
		if code, _, _ := ask(t, s, "POST", "/v2/notifications/email", x); code != 201 {
			t.Fatal(code)
		}
	}
	infected := goodSheet().pdf(t)
	infected = append(infected, virus...)
	for _, x := range []values{letterOf(t, "letter"), letterOf(t, "nfa", "Ada Brook", "No fixed abode", "ZE1 0AA"), letterOf(t, "gone", "Ada Brook", "1 Example Street", GonePostcode),
		{"reference": "virus", "content": base64.StdEncoding.EncodeToString(infected)}} {
		if code, _, _ := ask(t, s, "POST", "/v2/notifications/letter", x); code != 201 {
			t.Fatal(code)
		}
	}
	check := func(when string, want map[string]string) {
		t.Helper()
		for ref, status := range want {
			if got := statusOf(t, s, ref); got != status {
				t.Errorf("%s: %s is %q, not %q", when, ref, got, status)
			}
		}
	}
	check("at once", map[string]string{"ok": "sending", "perm": "sending", "smoke": "", "letter": "pending-virus-check", "nfa": "pending-virus-check", "virus": "pending-virus-check"})
	s.pass(looking)
	check("soon", map[string]string{"ok": "delivered", "perm": "permanent-failure", "temp": "temporary-failure", "letter": "accepted", "nfa": "validation-failed", "virus": "virus-scan-failed", "gone": "accepted"})
	s.pass(10 * time.Hour)
	check("that evening", map[string]string{"letter": "received", "gone": "received", "nfa": "validation-failed"})
	for _, l := range s.Taken() {
		if l.Reference == "nfa" && l.Why != "no-fixed-abode-address" {
			t.Errorf("the log says %q", l.Why)
		}
	}
	log, err := os.ReadFile(s.log.Name())
	if err != nil || bytes.Contains(log, []byte("Brook")) || bytes.Contains(log, []byte("example.org")) {
		t.Errorf("the log names somebody: %v", err)
	}
}

// TestCallbacks: receipts and returned letters are told once, also by a process
// that is started again, and again after five minutes when they are not taken.
func TestCallbacks(t *testing.T) {
	var mu sync.Mutex
	var got []string
	status := http.StatusServiceUnavailable
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		var x map[string]any
		if json.Unmarshal(text, &x) != nil || r.Header.Get("Authorization") != "Bearer secret" {
			t.Errorf("%s", text)
		}
		mu.Lock()
		defer mu.Unlock()
		if status < 300 {
			got = append(got, fmt.Sprint(x["reference"], " ", x["status"], " ", x["notification_id"] != nil))
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	path := logPath(t)
	o := Options{Callback: Callback{URL: server.URL, Token: "secret"}}
	s := open(t, path, o)
	ask(t, s, "POST", "/v2/notifications/email", mailTo("perm-fail@simulator.notify", "perm"))
	ask(t, s, "POST", "/v2/notifications/sms", textTo("07700 900123", "text"))
	ask(t, s, "POST", "/v2/notifications/letter", letterOf(t, "gone", "Ada Brook", "1 Example Street", GonePostcode))
	ask(t, s, "POST", "/v2/notifications/letter", letterOf(t, "there"))
	tell := func(want int) {
		t.Helper()
		if n, err := s.Tell(t.Context()); err != nil || n != want {
			t.Errorf("%d told, not %d: %v", n, want, err)
		}
	}
	tell(0)
	s.pass(looking)
	tell(0) // nobody takes it
	status = http.StatusNoContent
	tell(0) // not before five minutes have passed
	s.pass(callAgain)
	tell(2)
	s.pass(backAfter)
	now := s.Now()
	s.Close() // as a kill would
	o.Start = now
	s = open(t, path, o)
	tell(1)
	tell(0)
	if _, ok := s.Return("there"); !ok {
		t.Error("a letter cannot be made to come back")
	}
	tell(1)
	slices.Sort(got)
	want := []string{"gone <nil> true", "perm permanent-failure false", "text delivered false", "there <nil> true"}
	if !slices.Equal(got, want) {
		t.Errorf("told %q", got)
	}
	status = http.StatusInternalServerError
	ask(t, s, "POST", "/v2/notifications/email", mailTo("a@example.org", "never"))
	for range callMost + 2 {
		s.pass(callAgain)
		tell(0)
	}
	if status = http.StatusOK; len(s.due) != 0 {
		t.Errorf("%d callbacks are tried for ever", len(s.due))
	}
}

// TestReturnsAreDrawn: the same letters come back each time, about one in so many.
func TestReturnsAreDrawn(t *testing.T) {
	o, again, n := Options{Returns: 10}, Options{Returns: 10, Minute: 5}, 0
	for i := range 2000 {
		ref := fmt.Sprint("ref", i)
		back := o.comesBack(ref)
		if back {
			n++
		}
		if again.comesBack(ref) != back || (Options{}).comesBack(ref) {
			t.Fatal("drawn otherwise")
		}
	}
	if n < 140 || n > 260 {
		t.Errorf("%d of 2,000 come back", n)
	}
}

// TestLogSurvives: a line that a crash cut short was never answered; the rest is
// as it was.
func TestLogSurvives(t *testing.T) {
	path := logPath(t)
	s := open(t, path, Options{})
	for i := range 5 {
		ask(t, s, "POST", "/v2/notifications/email", mailTo("a@example.org", fmt.Sprint(i)))
	}
	s.Close()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, `{"id":"cut sh`)
	f.Close()
	s = open(t, path, Options{})
	if n := len(s.Taken()); n != 5 || s.Now().Before(start) {
		t.Errorf("%d lines at %v", n, s.Now())
	}
	ask(t, s, "POST", "/v2/notifications/email", mailTo("a@example.org", "more"))
	s.Close()
	if s = open(t, path, Options{}); len(s.Taken()) != 6 {
		t.Errorf("%d lines", len(s.Taken()))
	}
}

func TestPages(t *testing.T) {
	s := open(t, logPath(t), Options{})
	for i := range onPage + 10 {
		ask(t, s, "POST", "/v2/notifications/email", mailTo("a@example.org", fmt.Sprint(i)))
	}
	seen, after := make(map[string]bool), ""
	for range 5 {
		_, _, x := ask(t, s, "GET", "/v2/notifications?"+after, nil)
		all := x["notifications"].([]any)
		if len(all) == 0 {
			break
		}
		for _, n := range all {
			seen[n.(map[string]any)["reference"].(string)] = true
			after = "older_than=" + n.(map[string]any)["id"].(string)
		}
	}
	if len(seen) != onPage+10 {
		t.Errorf("%d of %d are listed", len(seen), onPage+10)
	}
	for id, code := range map[string]int{MailTemplate: 200, TextTemplate: 200, "x": 404} {
		if got, _, _ := ask(t, s, "GET", "/v2/template/"+id, nil); got != code {
			t.Errorf("template %s: %d", id, got)
		}
	}
}
