package publish

import (
	"crypto/rand"
	"fmt"
	"math"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func try(t testing.TB, s *Server, from, reference string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", "/check-a-letter", strings.NewReader(url.Values{"reference": {reference}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = from + ":4711"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// The letter check says yes or no, in answers of one length, after one time.
func TestLetterCheck(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	const yes, no = "Yes. We sent a letter", "No. We cannot find"
	var size int
	for i, c := range []struct{ typed, want string }{
		{"abcd-efgh 2345", yes}, {"ABCDEFGH2345", yes}, {"ABCDEFGH2346", no}, {"Ada Byron", no}, {strings.Repeat("A", 500), no}, {"'; DROP TABLE x; --", no}, {"", "Enter the reference"}, {" -- ", "Enter the reference"},
	} {
		began := time.Now()
		w := try(t, site, "192.0.2.1", c.typed)
		if took := time.Since(began); took < answerAfter {
			t.Errorf("%q: answered after %v", c.typed, took)
		}
		body := w.Body.String()
		if !strings.Contains(body, c.want) || c.typed != "" && strings.Contains(body, c.typed) {
			t.Errorf("%q: %d %s", c.typed, w.Code, body)
		}
		if faults := htmlFaults(strings.TrimRight(body, "\n")); faults != nil {
			t.Errorf("%q: %v", c.typed, faults)
		}
		if i == 0 {
			size = len(body)
		}
		if len(body) != size || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%q: %d bytes, the first answer had %d; %v", c.typed, len(body), size, w.Header())
		}
	}
}

// Guessing is limited: a sender has thirty tries, then one every ten seconds; many senders
// together have no more than the rate of all.
func TestLetterGuessing(t *testing.T) {
	now := testNow
	c := newChecks()
	taken := 0
	for range 1000 {
		if c.limit.take("192.0.2.1", now) {
			taken++
		}
	}
	if taken != checkBurst {
		t.Errorf("%d tries at once, want %d", taken, checkBurst)
	}
	if c.limit.take("192.0.2.1", now.Add(checkEach)) != true || c.limit.take("192.0.2.1", now.Add(checkEach)) {
		t.Error("after a while there is one more, and one only")
	}
	hour := newChecks()
	taken = 0
	for second := range 3600 {
		for i := range 200 {
			if hour.limit.take(fmt.Sprint("net ", second, " ", i), now.Add(time.Duration(second)*time.Second)) {
				taken++
			}
		}
	}
	if most := checkAll + checkRate*3600; taken > most {
		t.Errorf("%d guesses in an hour from everywhere, want at most %d", taken, most)
	}
	if len(hour.limit.senders) > checkMost {
		t.Errorf("%d senders are remembered", len(hour.limit.senders))
	}
}

// At the rate of all senders together the first hit is centuries away: shown by
// reckoning, and by three hundred thousand guesses at a hundred thousand letters.
func TestGuessingIsUseless(t *testing.T) {
	const letters = 100_000
	perYear := float64(checkRate) * 365.25 * 24 * 3600
	if years := math.Exp2(leastBits) / letters / perYear; years < 100 {
		t.Errorf("the first hit after %.0f years", years)
	}
	sent := make(map[string]bool, letters)
	for len(sent) < letters {
		sent[rand.Text()[:leastBits/5]] = true
	}
	for range 300_000 {
		if sent[rand.Text()[:leastBits/5]] {
			t.Fatal("a guess was right")
		}
	}
}

// Too many checks are refused, in the same shape.
func TestLetterTooMany(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	site.checks.limit.burst = 2
	size := 0
	for i := range 3 {
		w := try(t, site, "203.0.113.9", "ABCDEFGH2345")
		if i == 0 {
			size = w.Body.Len()
		}
		if i == 2 && (w.Code != 429 || !strings.Contains(w.Body.String(), "Too many checks") || w.Body.Len() != size) {
			t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
		}
	}
	if w := try(t, site, "203.0.113.10", "ABCDEFGH2345"); w.Code != 200 {
		t.Errorf("another sender: %d", w.Code)
	}
}

// Without letters there is no form to check one.
func TestNoLetters(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{})
	g.open(t)
	site := g.public(t)
	if page := ask(t, site, "GET", "/check-a-letter").Body.String(); strings.Contains(page, "<form") || !strings.Contains(page, "read the reference to us") {
		t.Errorf("%s", page)
	}
	if w := try(t, site, "192.0.2.1", "X"); w.Code != 404 {
		t.Errorf("a check without letters: %d", w.Code)
	}
}
