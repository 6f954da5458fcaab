package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/sweep"
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

// The public site counts an approved list version, shows facts that were
// released to the public, and tells the book that it does.
func TestPublicSources(t *testing.T) {
	ctx := t.Context()
	kase, err := sweep.Make(ctx, filepath.Join(t.TempDir(), "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	if err := migrate(ctx, kase.DB); err != nil {
		t.Fatal(err)
	}
	err = kase.DB.Write(ctx, func(tx *db.Tx) error {
		for _, l := range []string{"(1, 'superseded', 100)", "(2, 'approved', 200)", "(3, 'draft', 300)"} {
			if _, err := tx.Exec("INSERT INTO list_version (number, state, at, purpose, stamp, as_of, people, sealed, digest, figures, user_, user_name, emptied, version) " +
				"SELECT c.*, '', '', '', 0, 0, '0123456789abcdef', '', '', '', 0, 1 FROM (SELECT " + strings.Trim(l, "()") + ") c"); err != nil {
				return err
			}
		}
		for version, released := range map[int64]int{7: 1, 8: 0} {
			if _, err := tx.Exec(`INSERT INTO incident_fact (number, id, version, latest, council, tlp, created_by, created_name, created_at, changed_by, changed_name, changed_at,
				topic, topic_key, value, value_key, claim, source, as_of, confidence, sort, owner, owner_name, state, instead, why, words)
				VALUES (?, ?, 1, 1, '', 'clear', '', '', 0, '', '', 0, '', '', '', '', ?, '', 1764000000, 'confirmed', 'known', '', '', 'stands', 0, '', '')`, version, version, fmt.Sprint("Fact number ", version)); err != nil {
				return err
			}
			if released == 1 {
				if _, err := tx.Exec("INSERT INTO incident_release (version, audience, released_by, released_name, released_at, ended_by, ended_at) VALUES (?, 'public', '', '', 0, '', 0)", version); err != nil {
					return err
				}
			}
		}
		return publish.Put(tx, publish.Council{Name: "Northmoor Council", Phone: "020 7946 0100"}, publish.Shipped(), publish.Person{ID: "a"}, publish.Person{ID: "b"}, 100)
	})
	if err != nil {
		t.Fatal(err)
	}
	site := newSite(kase, slog.New(slog.DiscardHandler))
	lists, err := site.Versions(ctx)
	if err != nil || len(lists) != 1 || lists[0] != 2 {
		t.Errorf("list versions %v: %v", lists, err)
	}
	if f, err := site.Figures(ctx, 2); err != nil || f.AsOf != 200 || len(f.Steps) != 3 || !strings.Contains(f.Source, "list version 2") {
		t.Errorf("%+v: %v", f, err)
	}
	if _, err := site.Figures(ctx, 3); !errors.Is(err, reeve.NotFound) {
		t.Errorf("figures of a draft: %v", err)
	}
	if _, err := site.Figures(ctx, 0); err != nil {
		t.Errorf("figures of what stands: %v", err)
	}
	if err := site.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	page := string(site.Site().File("/what-happened").Body)
	if !strings.Contains(page, "Fact number 7 (as of 24 November 2025).") || strings.Contains(page, "Fact number 8") {
		t.Errorf("the facts: %s", page)
	}
	err = kase.DB.Read(ctx, func(tx *db.Tx) error {
		uses, err := incident.Built(tx, 7)
		if len(uses) != 2 {
			t.Errorf("%d pages cite the fact, want what-happened and the timeline", len(uses))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "site.zip")
	var said, wrong strings.Builder
	if code := run(ctx, []string{"publish", "--case", kase.Dir, "--out", out}, Console{In: strings.NewReader(""), Out: &said, Err: &wrong}); code != 0 || !strings.Contains(said.String(), "files of the public site") {
		t.Errorf("reeve publish: %d %s%s", code, said.String(), wrong.String())
	}
}

// The letter check knows the letters that have left, however they are typed.
func TestLettersKnown(t *testing.T) {
	ctx := t.Context()
	kase, err := sweep.Make(ctx, filepath.Join(t.TempDir(), "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	if err := migrate(ctx, kase.DB); err != nil {
		t.Fatal(err)
	}
	err = kase.DB.Write(ctx, func(tx *db.Tx) error {
		return errors.Join(insertRow(tx, "notice_run", map[string]any{"id": 1}),
			insertRow(tx, "notice_message", map[string]any{"run": 1, "n": 1, "reference": "ABCD-EFGH-2345", "state": "left"}),
			insertRow(tx, "notice_message", map[string]any{"run": 1, "n": 2, "reference": "ABCD-EFGH-2346", "state": "ready"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	err = kase.DB.Read(ctx, func(tx *db.Tx) error {
		for typed, want := range map[string]bool{"ABCD-EFGH-2345": true, "ABCDEFGH2345": true, "abcd efgh 2345": true, "ABCDEFGH2346": false, "ABCDEFGH2347": false, "A": false, "": false} {
			if got, err := sentLetter(tx, typed); err != nil || got != want {
				t.Errorf("%q: %t, %v", typed, got, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// insertRow adds a row of a table of notices: what is not given is 0 or empty.
func insertRow(tx *db.Tx, table string, given map[string]any) error {
	_, rest, _ := strings.Cut(strings.Join(notice.Schema(), "\n"), "CREATE TABLE "+table+" (")
	body, _, _ := strings.Cut(rest, ");")
	var names []string
	var values []any
	for _, m := range regexp.MustCompile(`(?m)^\s+([a-z_]+)\s+(INTEGER|TEXT)`).FindAllStringSubmatch(body, -1) {
		value, there := given[m[1]]
		switch {
		case !there && m[2] == "TEXT":
			value = ""
		case !there:
			value = 0
		}
		names, values = append(names, m[1]), append(values, value)
	}
	_, err := tx.Exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")+")", values...)
	return err
}

// TestOneAddressHoldsItsShare: connections that one address keeps open shut nobody
// else out, and a proxy on this machine is not taken for one reader.
func TestOneAddressHoldsItsShare(t *testing.T) {
	b := &bounded{room: make(chan struct{}, 80)}
	open := func(from string, n int) (let int) {
		for range n {
			b.room <- struct{}{}
			if b.hold(from) {
				let++
			} else {
				<-b.room
			}
		}
		return let
	}
	if n := open("192.0.2.1", 60); n != 40 { // nobody else wants them, until half is taken
		t.Errorf("one address holds %d of 80", n)
	}
	if n := open("192.0.2.2", 20); n != 10 {
		t.Errorf("another holds %d, want its eighth", n)
	}
	if n := open("2001:db8::/64", 5); n != 5 {
		t.Errorf("a third gets %d of 5", n)
	}
	if n := open("127.0.0.1", 20); n != 20 {
		t.Errorf("the proxy gets %d of 20", n)
	}
	for range 40 {
		b.leave("192.0.2.1")
		<-b.room
	}
	if n := open("192.0.2.1", 5); n != 5 || len(b.held) != 4 {
		t.Errorf("after it left: %d of 5, %d addresses", n, len(b.held))
	}
}
