package main

import (
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The public site answers on a listener of its own, and nothing of the
// workspace is there.
func TestPublicListener(t *testing.T) {
	out, _, stop := serving(t, "--case", filepath.Join(t.TempDir(), "case"), "--addr", "127.0.0.1:0")
	defer stop()
	at := regexp.MustCompile(`public site is at (\S+)`).FindStringSubmatch(out.String())
	if at == nil {
		t.Fatalf("it does not say where the public site is: %s", out)
	}
	for _, path := range []string{"/", "/people", "/sign-in", "/first", "/public", "/assets/x", "/people.json"} {
		answer, err := http.Get(at[1] + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "not open yet") {
			t.Errorf("%s: status %d before anything is released", path, answer.StatusCode)
		}
		if len(answer.Cookies()) > 0 || strings.Contains(string(body), "password") {
			t.Errorf("%s: a cookie, or a page of the workspace", path)
		}
	}
}
