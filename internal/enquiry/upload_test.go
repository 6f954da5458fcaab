package enquiry

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
)

// heldUpload is a form with files whose sender does not go on.
func heldUpload(from string) (r *http.Request, release func()) {
	in, out := io.Pipe()
	r = httptest.NewRequest("POST", "/report-a-scam", in)
	r.ContentLength = mostAttached
	r.RemoteAddr = from
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	return r, func() { out.CloseWithError(io.ErrUnexpectedEOF) }
}

// TestSlowUploadsHoldNobodyUp: senders who send slowly from many addresses keep
// nobody from reporting without files, and one address alone keeps nobody from
// anything.
func TestSlowUploadsHoldNobodyUp(t *testing.T) {
	m, _ := testRoom(t, Deps{Case: emptyCase(t)})
	site := public(t, m)
	done := make(chan struct{}, 100)
	started, releases := 0, []func(){}
	begin := func(from string) {
		r, release := heldUpload(from)
		releases = append(releases, release)
		started++
		go func() { site.ServeHTTP(httptest.NewRecorder(), r); done <- struct{}{} }()
	}
	held := func() int { m.uploads.mu.Lock(); defer m.uploads.mu.Unlock(); return m.uploads.all }
	wait := func(n int) {
		for range 500 {
			if held() == n {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("%d forms are held, want %d", held(), n)
	}
	for range mostUploads {
		begin("192.0.2.1:1")
	}
	wait(mostHeld)
	report := map[string]string{"way": "email", "words": "They wanted my card"}
	large := map[string]string{"a.txt": strings.Repeat("x", 2*smallUpload)}
	want(t, tell(t, site, "192.0.2.2:1", report, large), 200)
	for i := range mostUploads {
		begin(fmt.Sprintf("198.51.100.%d:1", i))
	}
	wait(mostUploads)
	want(t, tell(t, site, "192.0.2.3:1", report, large), 503, "send it again without files")
	want(t, tell(t, site, "192.0.2.3:1", report, nil), 200, "Thank you for telling us")
	for _, release := range releases {
		release()
	}
	for range started {
		<-done
	}
	if wait(0); len(m.uploads.held) != 0 {
		t.Errorf("%d addresses are remembered", len(m.uploads.held))
	}
}

// TestFilesOfADayAreBounded: what the public may add to the case in a day has an
// end; reports without files go on.
func TestFilesOfADayAreBounded(t *testing.T) {
	now := testNow
	m, _ := testRoom(t, Deps{Case: emptyCase(t), Now: func() time.Time { return now }, Limits: Limits{Files: 1000}})
	site := public(t, m)
	file := func(i int) map[string]string { return map[string]string{"a.txt": strings.Repeat("x", 590+i)} }
	report := map[string]string{"way": "email", "words": "They wanted my card"}
	want(t, tell(t, site, "192.0.2.3:1", report, file(1)), 200)
	want(t, tell(t, site, "192.0.2.4:1", report, file(2)), 503, "without files")
	want(t, tell(t, site, "192.0.2.4:1", report, nil), 200)
	now = now.Add(24 * time.Hour)
	want(t, tell(t, site, "192.0.2.4:1", report, file(3)), 200)
}

// TestFullDisk: forms leave the case room to work, and say that nothing was
// taken.
func TestFullDisk(t *testing.T) {
	m, _ := testRoom(t, Deps{Case: emptyCase(t)})
	site := public(t, m)
	m.spool.free = func(string) (int64, bool) { return 512<<20 + 100, true }
	want(t, post(t, site, "/ask", publicQuestion(1)), 503, "We did not get what you sent")
	if n := m.spool.waiting(); n != 0 {
		t.Errorf("%d wait", n)
	}
	m.spool.free = func(string) (int64, bool) { return 0, false } // the system does not say: as if there were room
	want(t, post(t, site, "/ask", publicQuestion(1)), 200)
	if err := m.spool.put(Submission{Reference: newReference()}); err != nil {
		t.Error(err)
	}
	m.spool.folder += "/not-there"
	if err := m.spool.put(Submission{Reference: newReference()}); !errors.Is(err, reeve.Unavailable) {
		t.Errorf("a disk that refuses: %v", err)
	}
}
