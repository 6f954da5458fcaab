package review

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestHoldTemplatesFitTheirViews(t *testing.T) { webtest.CheckPages(t, holdPage) }

func TestHoldTakesTwo(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/hold"), http.StatusOK, "No hold was placed", "Nobody has said")
	want(t, get(t, h, "/hold", "X-Councils", "RBKC"), http.StatusForbidden)
	want(t, post(t, h, "/hold", url.Values{}), http.StatusUnprocessableEntity, "Say what the hold is for")
	want(t, post(t, h, "/hold", url.Values{"hold": {"a claim"}}, "X-Who", "u1"), http.StatusSeeOther)
	want(t, get(t, h, "/hold"), http.StatusOK, "A legal hold stands", "a second person has to confirm it")
	want(t, post(t, h, "/hold/1/confirm", url.Values{"version": {"1"}}, "X-Who", "u1"), http.StatusForbidden)
	want(t, post(t, h, "/hold/1/confirm", url.Values{"version": {"1"}}, "X-Who", "u2"), http.StatusSeeOther)

	ask := url.Values{"destroy_layer": {"text"}, "ground": {"closed"}, "destroy_why": {"the end"}, "sure": {"text"}}
	want(t, post(t, h, "/destroy", ask, "X-Who", "u1"), http.StatusForbidden, "Two people have to lift the hold first")

	want(t, post(t, h, "/hold/1/lift", url.Values{"version": {"2"}}, "X-Who", "u1"), http.StatusUnprocessableEntity, "Say why the hold is over")
	want(t, post(t, h, "/hold/1/lift", url.Values{"version": {"2"}, "lift-1": {"settled"}}, "X-Who", "u1"), http.StatusSeeOther)
	want(t, get(t, h, "/hold"), http.StatusOK, "A legal hold stands", "one of two wants to lift it")
	want(t, post(t, h, "/hold/1/lifted", url.Values{"version": {"3"}}, "X-Who", "u1"), http.StatusForbidden)
	want(t, post(t, h, "/hold/1/lifted", url.Values{"version": {"2"}}, "X-Who", "u2"), http.StatusConflict)
	want(t, post(t, h, "/hold/1/lifted", url.Values{"version": {"3"}}, "X-Who", "u2"), http.StatusSeeOther)
	if l := lastLeaf(t, c); l.Verb != "lift-hold" || l.Object != "hold:1" || l.Actor != "u2" {
		t.Errorf("leaf %+v", l)
	}
	want(t, post(t, h, "/destroy", ask, "X-Who", "u1"), http.StatusSeeOther)
}

func TestRetention(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	want(t, post(t, h, "/hold/retention", url.Values{"layer": {"text"}, "until": {"soon"}, "happens": {"destroy"}}), http.StatusUnprocessableEntity, "Enter the day", "Say on what rule")
	form := url.Values{"layer": {"text"}, "until": {"2026-01-01"}, "happens": {"destroy"}, "retention_why": {"the schedule"}}
	want(t, post(t, h, "/hold/retention", form), http.StatusSeeOther)
	want(t, get(t, h, "/hold"), http.StatusOK, "Due", "2026-01-01, then to be destroyed")
	want(t, get(t, h, "/"), http.StatusOK, "The layer text was kept until 2026-01-01")
	form.Set("until", "2032-01-01")
	want(t, post(t, h, "/hold/retention", form), http.StatusSeeOther)
	if w := get(t, h, "/"); strings.Contains(w.Body.String(), "The layer text was kept") {
		t.Error("a day to come is no alarm")
	}
}

// destroy has a layer destroyed by two people, as the page and the command do.
func destroy(t *testing.T, m *Room, h http.Handler, l sweep.Layer, number string) {
	t.Helper()
	ask := url.Values{"destroy_layer": {string(l)}, "ground": {"retention"}, "destroy_why": {"Mrs Quillfeather asked"}, "sure": {string(l)}}
	want(t, post(t, h, "/destroy", ask, "X-Who", "u1"), http.StatusSeeOther)
	if _, err := m.Destroy(t.Context(), l, "test"); !errors.Is(err, reeve.NotFound) {
		t.Errorf("destroyed with one signature: %v", err)
	}
	want(t, post(t, h, "/destroy/"+number+"/sign", url.Values{"version": {"1"}}, "X-Who", "u1"), http.StatusForbidden)
	want(t, post(t, h, "/destroy/"+number+"/sign", url.Values{"version": {"1"}}, "X-Who", "u2"), http.StatusSeeOther)
	doc, err := m.Destroy(t.Context(), l, "test")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := doc.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if s := text.String(); !strings.Contains(s, "by user u2") || strings.Contains(s, "Quillfeather") || strings.Contains(s, "User u1") {
		t.Errorf("certificate: %s", s)
	}
	want(t, get(t, h, "/destroy/"+number+"/certificate"), http.StatusOK, "%PDF")
}

// TestDestroy: layer after layer, two people destroy what a case holds. Pages say
// so, nothing of it is left in any file of the case, and the record holds.
func TestDestroy(t *testing.T) {
	c := testCase(t)
	m, h := testRoom(t, Deps{Case: c})
	indexed(t, m)
	at := freezeNow(t, h)
	person, text, name := "", "", ""
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		if err := tx.One([]any{&person, &name}, "SELECT id, name FROM case_people WHERE sealed = 0 AND name LIKE '% %' ORDER BY place LIMIT 1"); err != nil {
			return err
		}
		return tx.One([]any{&text}, "SELECT CAST(document AS TEXT) FROM case_links WHERE person = ? AND document NOT IN (SELECT document FROM case_sealed_documents) ORDER BY document LIMIT 1", person)
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, post(t, h, "/destroy", url.Values{"destroy_layer": {"list"}, "ground": {"closed"}, "destroy_why": {"x"}, "sure": {"list"}}), http.StatusConflict)
	want(t, post(t, h, "/destroy", url.Values{"destroy_layer": {"text"}, "ground": {"closed"}, "destroy_why": {"x"}, "sure": {"txt"}}), http.StatusUnprocessableEntity, "Type the name of the layer")

	toldBefore(t, c, person, name)

	destroy(t, m, h, sweep.LayerText, "1")
	want(t, get(t, h, "/search?q=council"), http.StatusServiceUnavailable, "was destroyed on")
	want(t, get(t, h, "/people/"+person), http.StatusOK)
	if _, err := c.Sweep(t.Context(), sweep.Options{}); !errors.Is(err, reeve.Unavailable) {
		t.Errorf("a sweep after the text was destroyed: %v", err)
	}

	destroy(t, m, h, sweep.LayerValues, "2")
	want(t, get(t, h, at), http.StatusOK, "were destroyed on", "people")
	want(t, post(t, h, at+"/export", url.Values{"format": {"csv"}}), http.StatusUnprocessableEntity, "there is nothing to export")

	list := url.Values{"destroy_layer": {"list"}, "ground": {"closed"}, "destroy_why": {"x"}, "sure": {"list"}}
	setRunState(t, c, "sending")
	want(t, post(t, h, "/destroy", list), http.StatusConflict, "finish or stop them first")
	setRunState(t, c, "done")
	destroy(t, m, h, sweep.LayerList, "3")
	want(t, get(t, h, "/people"), http.StatusOK, "Nobody")
	want(t, get(t, h, "/people/"+person), http.StatusNotFound)
	want(t, get(t, h, at), http.StatusOK, "were destroyed on")
	want(t, get(t, h, "/hold"), http.StatusOK, "Certificate 3")
	for _, page := range []string{"/", "/standing", "/versions", "/statements/list?version=1", "/article34", "/today", "/coverage"} {
		want(t, get(t, h, page), http.StatusOK)
	}
	if _, err := c.Decide(t.Context(), "same", person, person, "x", "u1", false); !errors.Is(err, reeve.Unavailable) && !errors.Is(err, reeve.Invalid) {
		t.Errorf("a decision after all was destroyed: %v", err)
	}
	leftNowhere(t, c.Dir, name)
}

// toldBefore puts into the case a letter that left by a print house.
func toldBefore(t *testing.T, c *sweep.Case, person, name string) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		runs := tx.Load("notice_run", "id", "title", "kind", "way", "channel", "council", "bands", "template", "template_number", "template_text", "list_version", "list_digest", "on_day",
			"quota", "state", "paused_why", "wording", "facts", "unread", "total", "people", "checked", "pence", "digest", "user_", "user_name", "at", "frozen_at", "started_at", "ended_at", "version")
		if err := runs.Add(int64(1), "t", "personal", "post", "print-house", "", "", "personal", int64(0), "", int64(1), "", int64(20260119), int64(0), "done", "", "{}", "", int64(0), int64(0), int64(1),
			int64(1), int64(0), "", "u1", "U", int64(1), int64(1), int64(1), int64(1), int64(1)); err != nil {
			return err
		}
		if err := runs.Close(); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO notice_message (run, n, person, reference, name, about, lines, email, phone, place, kinds, data_from, data_to, items, incomplete, band, tier, confirmed, held,
			council, decided, state, why, sender, attempts, claimed, sides, day, left_at, channel_id, status, outcome, status_at)
			VALUES (1, 1, ?, 'AAAA-BBBB-CCCC', ?, '', ?, '', '', '1examplestreet', 'nino', 0, 0, 1, 0, 'low', 'strong', 0, '', '', 0, 'left', '', '', 1, 0, 2, '2026-01-19', 1, '', 'handed-over', 'arrived', 1)`,
			person, name, name+"\n1 Example Street\nZE1 0AA")
		return err
	})
	if err == nil {
		err = os.MkdirAll(filepath.Join(c.Dir, notice.LettersFolder), 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(c.Dir, notice.LettersFolder, "AAAA-BBBB-CCCC.pdf"), []byte(name), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func setRunState(t *testing.T, c *sweep.Case, state string) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_run SET state = ?", state)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// leftNowhere searches all files of a case for a text.
func leftNowhere(t *testing.T, dir, text string) {
	t.Helper()
	if len(text) < 8 {
		t.Fatalf("a name of %d bytes", len(text))
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			t.Errorf("%s still holds a name", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDestroyOnBothDatabases: every statement of every layer runs, in order, once.
func TestDestroyOnBothDatabases(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c})
		for i, l := range sweep.Layers {
			destroy(t, m, h, l, string(rune('1'+i)))
		}
		if _, err := m.Destroy(t.Context(), sweep.LayerText, "test"); !errors.Is(err, reeve.NotFound) {
			t.Errorf("destroyed twice: %v", err)
		}
		gone, err := c.Forgotten(t.Context())
		if err != nil || len(gone) != len(sweep.Layers) {
			t.Errorf("%v, %v", gone, err)
		}
	})
}

// TestHoldStopsASignedDestruction: a hold placed after the second signature still
// stops it.
func TestHoldStopsASignedDestruction(t *testing.T) {
	m, h := testRoom(t, Deps{Case: testCase(t)})
	ask := url.Values{"destroy_layer": {"text"}, "ground": {"closed"}, "destroy_why": {"the end"}, "sure": {"text"}}
	want(t, post(t, h, "/destroy", ask, "X-Who", "u1"), http.StatusSeeOther)
	want(t, post(t, h, "/destroy/1/sign", url.Values{"version": {"1"}}, "X-Who", "u2"), http.StatusSeeOther)
	want(t, post(t, h, "/hold", url.Values{"hold": {"a claim"}}, "X-Who", "u3"), http.StatusSeeOther)
	if _, err := m.Destroy(t.Context(), sweep.LayerText, "test"); !errors.Is(err, reeve.Denied) {
		t.Errorf("destroyed under a hold: %v", err)
	}
}
