package enquiry

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

func publicQuestion(i int) url.Values {
	return url.Values{"kind": {"question"}, "topic": {"affected"}, "words": {fmt.Sprintf("Question %d?", i)}, "email": {fmt.Sprintf("p%d@example.org", i)}, "once": {newReference()}}
}

var printed = regexp.MustCompile(`[A-Z2-6]{4}-[A-Z2-6]{4}-[A-Z2-6]{4}`)

// referenceIn is the reference that an answer gives.
func referenceIn(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	ref := printed.FindString(w.Body.String())
	if w.Code != http.StatusOK || ref == "" {
		t.Fatalf("status %d, no reference: %s", w.Code, head(w.Body.String()))
	}
	return ref
}

// TestPublicQuestion: asked, kept on disk, followed before and after it is in
// the list; the page that follows it tells nothing of what was asked.
func TestPublicQuestion(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c})
		site := public(t, m)
		want(t, get(t, site, "/ask"), 200, "Ask a question", `name="once"`)
		want(t, post(t, site, "/ask", url.Values{"kind": {"rights"}, "email": {"x"}}), 422, "Choose what it is about", "Write your question", "Enter an e-mail address")
		form := publicQuestion(1)
		form.Set("vulnerable", "yes")
		ref := referenceIn(t, post(t, site, "/ask", form))
		if again := referenceIn(t, post(t, site, "/ask", form)); again != ref {
			t.Error("a form sent twice is two")
		}
		form.Set("words", "Another question")
		if other := referenceIn(t, post(t, site, "/ask", form)); other == ref {
			t.Error("another question has the same reference")
		}
		want(t, post(t, site, "/track", url.Values{"reference": {ref}}), 200, "Nobody has read it yet")
		for range 2 {
			if err := m.takeIn(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		if m.spool.waiting() != 0 {
			t.Errorf("%d wait", m.spool.waiting())
		}
		want(t, post(t, h, "/enquiries/next", nil), 303)
		w := post(t, site, "/track", url.Values{"reference": {strings.ToLower(strings.ReplaceAll(ref, "-", " "))}})
		want(t, w, 200, "Somebody is working on it", "12 January 2026")
		if strings.Contains(w.Body.String(), "Question 1") || strings.Contains(w.Body.String(), "p1@") || len(w.Header()["Set-Cookie"]) > 0 {
			t.Error("the page that follows a question tells what was asked")
		}
		want(t, post(t, site, "/track", url.Values{"reference": {newReference()}}), 200, "We cannot find that reference")
		want(t, post(t, site, "/track", url.Values{"reference": {"nonsense"}}), 200, "We cannot find that reference")
		want(t, get(t, h, "/enquiries"), 200, "<b>1</b> to be answered", "asked 1 more times")
		want(t, post(t, site, "/ask", url.Values{"kind": {"question"}, "topic": {"other"}, "words": {"buy"}, "website": {"http://spam.example"}}), 422, "Leave the last field empty")
	})
}

// TestGuessesAreLimited: whoever tries references is stopped soon.
func TestGuessesAreLimited(t *testing.T) {
	m, _ := testRoom(t, Deps{Case: emptyCase(t), Limits: Limits{Looks: 5}})
	site := public(t, m)
	for range 5 {
		want(t, post(t, site, "/track", url.Values{"reference": {newReference()}}), 200)
	}
	want(t, post(t, site, "/track", url.Values{"reference": {newReference()}}), 503)
	want(t, post(t, site, "/track", url.Values{"reference": {newReference()}}, "X-From", "198.51.100.7:1"), 200)
}

// TestFlood: from a few addresses and from very many, at once, while the
// database takes in; what was accepted is all there, once, and the rest was told
// so.
func TestFlood(t *testing.T) {
	c := emptyCase(t)
	m, _ := testRoom(t, Deps{Case: c, Limits: Limits{Sender: 3, Day: 5, All: 400, Wait: 250}})
	site := public(t, m)
	var accepted, refused atomic.Int64
	var refs sync.Map
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if err := m.takeIn(t.Context(), nil); err != nil {
					t.Error(err)
				}
				time.Sleep(20 * time.Millisecond)
			}
		}
	})
	var senders sync.WaitGroup
	for s := range 8 {
		senders.Go(func() {
			for i := range 150 {
				from := fmt.Sprintf("198.51.100.%d:1", s) // one address
				if s > 2 {
					from = fmt.Sprintf("203.0.%d.%d:1", s, i) // an address each time
				}
				w := post(t, site, "/ask", publicQuestion(s*1000+i), "X-From", from)
				switch w.Code {
				case 200:
					accepted.Add(1)
					refs.Store(printed.FindString(w.Body.String()), true)
				case 503:
					refused.Add(1)
					if !strings.Contains(w.Body.String(), "We did not get what you sent") {
						t.Error("who was refused is not told so")
					}
				default:
					t.Errorf("status %d", w.Code)
				}
			}
		})
	}
	senders.Wait()
	close(stop)
	wg.Wait()
	if err := m.takeIn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	kept := ask(t, c, func(tx *db.Tx) (all []string, err error) {
		return db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, "SELECT reference FROM enquiry ORDER BY id")
	})
	if int64(len(kept)) != accepted.Load() || accepted.Load() > 400 || accepted.Load() < 100 || accepted.Load()+refused.Load() != 1200 {
		t.Errorf("%d accepted, %d refused, %d kept", accepted.Load(), refused.Load(), len(kept))
	}
	for _, r := range kept {
		if _, ok := refs.Load(spacedReference(r)); !ok {
			t.Errorf("%s was kept and never given out", r)
		}
	}
	if n := len(m.limit.short); n > mostSenders {
		t.Errorf("%d senders in memory", n)
	}
}

// TestSpoolSurvives: forms accepted by a process that died are taken in by the
// next, once, even where the first had put them into the database already; what
// was never accepted is swept away.
func TestSpoolSurvives(t *testing.T) {
	c := emptyCase(t)
	m, _ := testRoom(t, Deps{Case: c})
	site := public(t, m)
	for i := range 3 {
		referenceIn(t, post(t, site, "/ask", publicQuestion(i)))
	}
	names, err := m.spool.names(10)
	if err != nil || len(names) != 3 {
		t.Fatalf("%d wait: %v", len(names), err)
	}
	copies := map[string][]byte{}
	for _, n := range names {
		if copies[n], err = os.ReadFile(filepath.Join(m.spool.folder, n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.takeIn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for n, b := range copies { // as if the process had died before it removed them
		if err := os.WriteFile(filepath.Join(m.spool.folder, n), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n, text := range map[string]string{".part-1": "half", "00000000001-BROKEN": "\x00\x00\xff\xffjunk"} {
		if err := os.WriteFile(filepath.Join(m.spool.folder, n), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m2, h := testRoom(t, Deps{Case: c})
	if m2.spool.waiting() != 4 {
		t.Errorf("%d wait", m2.spool.waiting())
	}
	if err := m2.takeIn(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want(t, get(t, h, "/enquiries"), 200, "<b>3</b> to be answered")
	if left, err := os.ReadDir(m2.spool.folder); err != nil || len(left) != 1 || !strings.HasPrefix(left[0].Name(), "broken-") {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestSpoolIsBounded(t *testing.T) {
	s, err := openSpool(t.TempDir(), Limits{Wait: 2, Bytes: 3000}.filled())
	if err != nil {
		t.Fatal(err)
	}
	sub := func(n int) Submission {
		return Submission{Reference: newReference(), At: 1, Kind: Question, Words: private(strings.Repeat("x", n))}
	}
	if err := s.put(sub(4000)); !errors.Is(err, reeve.Unavailable) {
		t.Errorf("too many bytes: %v", err)
	}
	for i := range 3 {
		if err := s.put(sub(10)); (err != nil) != (i == 2) {
			t.Errorf("form %d: %v", i, err)
		}
	}
}

// FuzzSpool: a file that waits is a form or reeve.Invalid, never anything else,
// and what was written comes back as it was.
func FuzzSpool(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x02{}"))
	f.Add([]byte("\x00\x00\x00\x1f{\"Scam\":{\"Names\":[\"a\"]}}       \x00\x00\x00\x01x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if sub, err := readWritten(data); err != nil && !errors.Is(err, reeve.Invalid) || err == nil && sub.size() > len(data) {
			t.Fatalf("%v, %d bytes", err, sub.size())
		}
	})
}

// reportForm is a scam report with files, as a browser sends it.
func reportForm(t testing.TB, fields map[string]string, files map[string]string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

// tell sends a scam report of the public.
func tell(t testing.TB, site http.Handler, from string, fields map[string]string, files map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	body, typ := reportForm(t, fields, files)
	r := httptest.NewRequest("POST", "/report-a-scam", body)
	r.Header.Set("Content-Type", typ)
	return send(t, site, r, []string{"X-From", from})
}
