package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// screen is a console that can be read while a command writes to it.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serving starts the workspace in this process; stop ends it as Ctrl-C does and
// gives the exit code.
func serving(t *testing.T, args ...string) (out, log *screen, stop func() int) {
	t.Helper()
	out, log = &screen{}, &screen{}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve"}, args...), Console{In: strings.NewReader(""), Out: out, Err: log, Width: 80})
	}()
	for i := 0; !strings.Contains(out.String(), "Ctrl-C"); i++ {
		select {
		case c := <-code:
			t.Fatalf("reeve serve ended with %d\n%s", c, log)
		case <-time.After(20 * time.Millisecond):
		}
		if i > 1000 {
			t.Fatalf("reeve serve does not start\n%s", log)
		}
	}
	stop = sync.OnceValue(func() int { cancel(); return <-code })
	t.Cleanup(func() { stop() })
	return out, log, stop
}

// port is an address of this machine on which nobody listens.
func port(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func get(t *testing.T, c *http.Client, url string, status int) (*http.Response, string) {
	t.Helper()
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != status {
		t.Errorf("GET %s: %d, want %d: %.200s", url, r.StatusCode, status, b)
	}
	return r, string(b)
}

var firstLink = regexp.MustCompile(`https?://\S+/first\?link=\S+`)

func TestServe(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { testServe(t) })
	t.Run("postgres", func(t *testing.T) { testServe(t, "--db", dbtest.PostgresAddress(t)) })
}

func testServe(t *testing.T, extra ...string) {
	dir, metrics := filepath.Join(t.TempDir(), "case"), port(t)
	out, log, stop := serving(t, append(extra, "--case", dir, "--addr", "127.0.0.1:0", "--metrics", metrics)...)
	link := firstLink.FindString(out.String())
	if link == "" {
		t.Fatalf("no link for the first administrator:\n%s", out)
	}
	base := link[:strings.Index(link, "/first")]
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, _ := get(t, stay, base+"/people?name=Okafor", http.StatusSeeOther)
	if r.Header.Get("X-Request-Id") == "" || r.Header.Get("Content-Security-Policy") == "" || !strings.HasPrefix(r.Header.Get("Location"), "/sign-in") {
		t.Errorf("headers of a page for somebody not signed in: %v", r.Header)
	}
	get(t, stay, link, http.StatusOK)
	rebound, err := http.NewRequest(http.MethodGet, base+"/sign-in", nil)
	if err != nil {
		t.Fatal(err)
	}
	rebound.Host = "attacker.example.org"
	if r, err := stay.Do(rebound); err != nil || r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a site of another name was answered: %v, %v", r, err)
	}
	_, text := get(t, stay, "http://"+metrics+"/metrics", http.StatusOK)
	for _, line := range []string{`reeve_requests_total{status="3xx"} 1`, "reeve_request_seconds_count 3", "reeve_record_acts "} {
		if !strings.Contains(text, "\n"+line) {
			t.Errorf("metrics without %q:\n%s", line, text)
		}
	}
	for i := 0; !strings.Contains(text, `reeve_jobs{kind="record.audit"`); i++ {
		if i > 500 {
			t.Fatalf("the record is not audited:\n%s", text)
		}
		time.Sleep(20 * time.Millisecond)
		_, text = get(t, stay, "http://"+metrics+"/metrics", http.StatusOK)
	}
	get(t, stay, "http://"+metrics+"/healthz", http.StatusOK)
	get(t, stay, "http://"+metrics+"/people", http.StatusNotFound)
	var again screen
	if code := run(t.Context(), []string{"serve", "--case", dir, "--addr", "127.0.0.1:0"}, Console{In: strings.NewReader(""), Out: &again, Err: &again}); code != exitUsage {
		t.Errorf("a second workspace over the same case: exit code %d\n%s", code, &again)
	}
	if code := stop(); code != exitDone {
		t.Errorf("stopped with %d\n%s", code, log)
	}
	if s := log.String(); strings.Contains(s, "Okafor") || strings.Contains(s, link[len(link)-20:]) || !strings.Contains(s, `"msg":"request"`) {
		t.Errorf("the log tells too much or nothing:\n%s", s)
	}
	isSigned(t, dir)
}

// isSigned: what was done last is under a checkpoint.
func isSigned(t *testing.T, dir string) {
	t.Helper()
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	err = kase.DB.Read(t.Context(), func(tx *db.Tx) error {
		head, err := record.Root(tx)
		last, lastErr := record.Newest(tx)
		if head != last.Head || head.Size == 0 {
			t.Errorf("head %v, newest checkpoint %v", head, last.Head)
		}
		return errors.Join(err, lastErr)
	})
	if err != nil {
		t.Error(err)
	}
}

// TestServeOwnAuthority: with the root installed a browser is content, speaks
// HTTP/2, and takes the same root after a start anew; without it it is not.
func TestServeOwnAuthority(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	var roots []byte
	for range 2 {
		out, log, stop := serving(t, "--case", dir, "--addr", "127.0.0.1:0", "--tls-own", "--name", "localhost")
		base := firstLink.FindString(out.String())
		if base = base[:strings.Index(base, "/first")]; !strings.HasPrefix(base, "https://localhost:") {
			t.Fatalf("base %q", base)
		}
		if roots == nil {
			var err error
			if roots, err = os.ReadFile(filepath.Join(dir, "keys", rootFile)); err != nil {
				t.Fatal(err)
			}
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(roots)
		c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
		r, _ := get(t, c, base+"/sign-in", http.StatusOK)
		if r.ProtoMajor != 2 {
			t.Errorf("protocol %s", r.Proto)
		}
		if _, err := (&http.Client{}).Get(base + "/sign-in"); err == nil {
			t.Error("a browser without the root is content")
		}
		c.CloseIdleConnections()
		if code := stop(); code != exitDone {
			t.Errorf("stopped with %d\n%s", code, log)
		}
	}
}

func TestServeRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	for _, args := range []string{
		"--addr 0.0.0.0:8080", "--addr :8080", "--addr 192.168.1.2:8080", "--addr 8080", "--tls-own --tls-cert a --tls-key b",
		"--tls-cert a", "--metrics 0.0.0.0:9090", "--metrics :9090", "--addr localhost:x", "people",
	} {
		var s screen
		if code := run(t.Context(), append([]string{"serve", "--case", dir}, strings.Fields(args)...), Console{In: strings.NewReader(""), Out: &s, Err: &s}); code != exitUsage {
			t.Errorf("%s: exit code %d\n%s", args, code, &s)
		}
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("wrong usage made a case")
	}
}

// The root of a case is good for its own names and private addresses alone.
func TestAuthorityIsBound(t *testing.T) {
	dir := t.TempDir()
	a, err := openAuthority(dir, []string{"127.0.0.1", "reeve.council.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.certificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(a.root)
	check := func(c *tls.Certificate, name string) error {
		_, err := c.Leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: name})
		return err
	}
	if err := errors.Join(check(own, "reeve.council.example.org"), check(own, "127.0.0.1")); err != nil {
		t.Error(err)
	}
	thief := &authority{root: a.root, key: a.key, names: []string{"bank.example.org"}, made: make(chan *tls.Certificate, 1)}
	thief.made <- nil
	stolen, err := thief.certificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if check(stolen, "bank.example.org") == nil {
		t.Error("the root passes for another site")
	}
	if _, err := openAuthority(dir, []string{"other.example.org"}); err == nil {
		t.Error("a root for other names was taken")
	}
	later, err := a.certificate(time.Now().Add(leafLife - leafLeft + time.Hour))
	if err != nil || later == own {
		t.Errorf("the certificate is not made anew before it ends: %v", err)
	}
}

// A client that sends its header slowly, or never goes on, is let go.
func TestSlowClients(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	s.ReadHeaderTimeout = 50 * time.Millisecond
	go s.Serve(l)
	defer s.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	b, err := io.ReadAll(c)
	if err != nil || !strings.Contains(string(b), " 408 ") && len(b) > 0 {
		t.Errorf("answer %q, %v", b, err)
	}
}
