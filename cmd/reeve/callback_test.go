package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

const callbackToken = "0123456789abcdef0123456789abcdef"

// sentLetterCase makes a case with one letter that left by GOV.UK Notify.
func sentLetterCase(t *testing.T) (dir, reference string) {
	t.Helper()
	dir, reference = filepath.Join(t.TempDir(), "case"), "7Q2M-4KXD-0001"
	kase, err := sweep.Make(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	if err := migrate(t.Context(), kase.DB); err != nil {
		t.Fatal(err)
	}
	err = kase.DB.Write(t.Context(), func(tx *db.Tx) error {
		for _, s := range []string{
			`INSERT INTO notice_run (id, title, kind, way, channel, council, bands, template, template_number, template_text, list_version, list_digest, on_day, quota, state, paused_why,
				wording, facts, unread, total, people, checked, pence, digest, user_, user_name, at, frozen_at, started_at, ended_at, version)
				VALUES (1, 'First', 'personal', 'post', 'notify', '', '', 'personal', 0, '', 1, '', 20260119, 0, 'done', '', '{}', '', 0, 0, 1, 1, 73, '', 'u', 'U', 1, 1, 1, 1, 1)`,
			`INSERT INTO notice_message (run, n, person, reference, name, about, lines, email, phone, place, kinds, data_from, data_to, items, incomplete, band, tier, confirmed, held, council,
				decided, state, why, sender, attempts, claimed, sides, day, left_at, channel_id, status, outcome, status_at)
				VALUES (1, 1, 'P1', '` + reference + `', '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', 0, '', '', 0, 'left', '', '', 1, 1, 2, '2026-01-19', 1, 'x', 'accepted', 'on-its-way', 1)`,
		} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, reference
}

// GOV.UK Notify tells what became of letters on the public listener, over TLS,
// while the site is not open; without the token of the case it is told nothing.
func TestNotifyCallsBack(t *testing.T) {
	dir, reference := sentLetterCase(t)
	if err := os.WriteFile(filepath.Join(dir, "keys", "notify-callback.token"), []byte(callbackToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, log, stop := serving(t, "--case", dir, "--addr", "127.0.0.1:0", "--tls-own", "--name", "localhost")
	public := regexp.MustCompile(`public site is at (\S+)`).FindStringSubmatch(out.String())[1]
	staff := firstLink.FindString(out.String())
	root, err := os.ReadFile(filepath.Join(dir, "keys", rootFile))
	if err != nil || !strings.HasPrefix(public, "https://") {
		t.Fatal(public, err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(root)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	tell := func(base, token, body string, want int) {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, base+"/callbacks/notify", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != want || want != http.StatusNotFound && len(text) > 0 || len(answer.Cookies()) > 0 {
			t.Errorf("%d, %d bytes, cookies %v, %v", answer.StatusCode, len(text), answer.Cookies(), err)
		}
	}
	returnedLetter := `{"notification_id":"x","reference":"` + reference + `","date_sent":"2026-01-20T17:30:00Z"}`
	tell(public, "guess", returnedLetter, http.StatusForbidden)
	tell(public, callbackToken, `{"reference":"0000-0000-0000","status":"delivered"}`, http.StatusNoContent)
	tell(public, callbackToken, returnedLetter, http.StatusNoContent)
	tell(public, callbackToken, returnedLetter, http.StatusNoContent)
	r, err := client.Post(staff[:strings.Index(staff, "/first")]+"/callbacks/notify", "application/json", strings.NewReader(returnedLetter))
	if err != nil {
		t.Fatal(err)
	}
	if r.Body.Close(); r.StatusCode == http.StatusNoContent {
		t.Error("the workspace takes callbacks")
	}
	if code := stop(); code != exitDone {
		t.Fatalf("stopped with %d\n%s", code, log)
	}
	if s := log.String(); strings.Contains(s, reference) || strings.Contains(s, callbackToken) {
		t.Error("the log holds the reference or the token")
	}
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	var gone int
	err = kase.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&gone}, "SELECT COUNT(*) FROM notice_gone WHERE reference = ?", reference)
	})
	if err != nil || gone != 1 {
		t.Errorf("%d letters came back: %v", gone, err)
	}
}

// Without a token, or with one that could be guessed, the door is not there.
func TestNoCallbacksWithoutToken(t *testing.T) {
	for _, token := range []string{"", "short"} {
		dir := filepath.Join(t.TempDir(), "case")
		kase, err := sweep.Make(t.Context(), dir, "")
		if err != nil {
			t.Fatal(err)
		}
		kase.Close()
		if err := os.WriteFile(filepath.Join(dir, "keys", "notify-callback.token"), []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
		out, _, stop := serving(t, "--case", dir, "--addr", "127.0.0.1:0")
		public := regexp.MustCompile(`public site is at (\S+)`).FindStringSubmatch(out.String())[1]
		r, err := http.NewRequest(http.MethodPost, public+"/callbacks/notify", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode == http.StatusNoContent {
			t.Errorf("with the token %q something is taken", token)
		}
		stop()
	}
}
