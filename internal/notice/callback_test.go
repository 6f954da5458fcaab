package notice

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/record"
)

const testToken = "0123456789abcdef0123456789abcdef"

// sentRun is a run of three letters that have left by the simulator, and their
// references.
func sentRun(t *testing.T, d *db.DB, log *slog.Logger) (*Room, []string) {
	t.Helper()
	prepare(t, d, 3)
	_, channel := practice(t, simulator.Options{Speed: 1})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Callback: testToken, Log: log})
	r := startUnchecked(t, m)
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	var refs []string
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { refs, err = pullable(tx, "notify", 0); return err }); err != nil || len(refs) != 3 {
		t.Fatalf("%d letters left: %v", len(refs), err)
	}
	return m, refs
}

// call sends a callback and gives status and body of the answer.
func call(c *Callbacks, token, body string) (int, string) {
	r := httptest.NewRequest(http.MethodPost, CallbackPath, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func stands(t *testing.T, d *db.DB, reference string) (h heard, leaves, receipts int) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		if h, err = readHeard(tx, reference); err != nil {
			return err
		}
		if err = tx.One([]any{&receipts}, "SELECT COUNT(*) FROM notice_receipt WHERE reference = ?", reference); err != nil {
			return err
		}
		head, err := record.Root(tx)
		leaves = int(head.Size)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, leaves, receipts
}

// TestCallbacks: what Notify tells is kept once, in whatever order it comes, and
// the answer tells nothing of what is known.
func TestCallbacks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var log bytes.Buffer
		m, refs := sentRun(t, d, slog.New(slog.NewTextHandler(&log, nil)))
		c := m.Callbacks("notify")
		receipt := func(ref, status string) string {
			return `{"id":"x","reference":"` + ref + `","to":"ada@example.org","status":"` + status + `","completed_at":"2026-01-19T09:00:00.000000Z","template_version":1}`
		}
		letter := func(ref string) string {
			return `{"notification_id":"x","reference":"` + ref + `","date_sent":"2026-01-19T17:30:00Z","upload_letter_file_name":"ada-brook.pdf"}`
		}
		answers := make(map[string]bool)
		for _, body := range []string{receipt(refs[0], "delivered"), receipt("0000-0000-0000", "delivered"), letter("0000-0000-0000"), receipt(refs[0], "returned"), "{", "", `{"reference":"'; DROP TABLE"}`} {
			code, text := call(c, testToken, body)
			if code != http.StatusNoContent {
				t.Errorf("%d to %s", code, body)
			}
			answers[text] = true
		}
		if len(answers) != 1 || !answers[""] {
			t.Errorf("answers %v", answers)
		}
		h, before, _ := stands(t, d, refs[0])
		if h.Status != "delivered" || h.Outcome != arrived {
			t.Errorf("%+v", h)
		}
		for range 3 { // told again, and late news
			call(c, testToken, receipt(refs[0], "delivered"))
		}
		if h, after, n := stands(t, d, refs[0]); h.Status != "delivered" || after != before || n != 2 {
			t.Errorf("told again: %+v, %d leaves more, %d receipts", h, after-before, n)
		}
		call(c, testToken, letter(refs[0]))
		call(c, testToken, receipt(refs[0], "delivered"))
		if h, _, _ := stands(t, d, refs[0]); h.Outcome != returned {
			t.Errorf("a letter that came back is %+v", h)
		}
		other := m.Callbacks("another")
		if code, _ := call(other, testToken, letter(refs[1])); code != http.StatusNoContent {
			t.Errorf("status %d", code)
		}
		if h, _, _ := stands(t, d, refs[1]); h.Outcome != onItsWay {
			t.Errorf("a channel spoke of another's letter: %+v", h)
		}
		if s := log.String(); strings.Contains(s, "ada") || strings.Contains(s, refs[0]) {
			t.Errorf("the log names somebody: %s", s)
		}
	})
}

// TestCallbacksAreGuarded: no token, a wrong one, another method, a body without
// end, a flood.
func TestCallbacksAreGuarded(t *testing.T) {
	d := dbtest.SQLite(t)
	m, refs := sentRun(t, d, nil)
	body := `{"reference":"` + refs[0] + `","status":"delivered"}`
	now := time.Now()
	m.Now = func() time.Time { return now }
	c := m.Callbacks("notify")
	for _, token := range []string{"", "x", testToken[1:], testToken + "0", strings.ToUpper(testToken)} {
		if code, text := call(c, token, body); code != http.StatusForbidden || text != "" {
			t.Errorf("token %q: %d %q", token, code, text)
		}
	}
	w := httptest.NewRecorder()
	if c.ServeHTTP(w, httptest.NewRequest(http.MethodGet, CallbackPath, nil)); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", w.Code)
	}
	if code, _ := call(c, testToken, `{"x":"`+strings.Repeat("a", 2*mostCallback)+`",`+body[1:]); code != http.StatusNoContent {
		t.Errorf("a long body: %d", code)
	}
	if h, _, _ := stands(t, d, refs[0]); h.Outcome != onItsWay {
		t.Errorf("something was taken: %+v", h)
	}
	refused := 0
	for range wrongBurst + 10 {
		if code, _ := call(c, "guess", body); code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 10 {
		t.Errorf("%d guesses of a flood were put off", refused)
	}
	if code, _ := call(c, testToken, body); code != http.StatusNoContent {
		t.Errorf("Notify is locked out by whoever guesses: %d", code)
	}
	for range callbackBurst {
		c.right.take(now)
	}
	if code, _ := call(c, testToken, body); code != http.StatusTooManyRequests {
		t.Errorf("more than Notify can tell: %d", code)
	}
	for _, short := range []string{"", testToken[:LeastToken-1]} {
		m.Callback = short
		if m.Callbacks("notify") != nil {
			t.Errorf("a token of %d signs opens the door", len(short))
		}
	}
}

// TestToldBeforeItIsKept: a channel that tells what became of a letter before the
// sender has written that it left is not forgotten.
func TestToldBeforeItIsKept(t *testing.T) {
	d := dbtest.SQLite(t)
	m, refs := sentRun(t, d, nil)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		h, err := readHeard(tx, refs[0])
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE notice_message SET state = 'leaving', sender = 's', status = '', outcome = '' WHERE reference = ?", refs[0]); err != nil {
			return err
		}
		if _, err := keepStatus(tx, "notify", refs[0], Receipt{Status: "delivered", At: 5}, 5); err != nil {
			return err
		}
		return keepResults(tx, h.Run, []result{{n: h.N, ref: refs[0], holder: "s", state: msgLeft, receipt: Receipt{ID: "x", Status: "created", At: 4}}}, 6)
	})
	if err != nil {
		t.Fatal(err)
	}
	if h, _, _ := stands(t, m.db, refs[0]); h.State != msgLeft || h.Outcome != arrived {
		t.Errorf("%+v", h)
	}
}
