package enquiry

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// forgettable fills a case: an enquiry that ended with a repeat, an answer and a
// tie, a mail and a report with a file, and an enquiry that is still open. All but
// the last hold the word Quillfeather.
func forgettable(t *testing.T, c *sweep.Case, m *Room, h http.Handler) {
	t.Helper()
	for range 2 { // the second repeats the first
		want(t, post(t, h, "/enquiries/new", typedEnquiry("name", "Ann Quillfeather", "email", "quillfeather@example.org", "words", "Ask for Quillfeather")), 303)
	}
	drop := func(box, text string) {
		if err := os.WriteFile(filepath.Join(c.Dir, inboxFolder, box, "a.eml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	drop("enquiries", "From: Ben Quillfeather <ben@example.org>\r\nTo: ask@council.example\r\nSubject: Quillfeather\r\n\r\nIs the data of Quillfeather safe?\r\n")
	want(t, tell(t, public(t, m), "192.0.2.1:1", map[string]string{"way": "email", "words": "They knew Quillfeather", "name": "Ann Quillfeather", "email": "quillfeather@example.org"},
		map[string]string{"Quillfeather.txt": "Dear Quillfeather"}), 200)
	run(t, m)
	drop("scams", "\x7fELF Quillfeather is no mail")
	run(t, m)
	want(t, post(t, h, "/enquiries/1/note", url.Values{"version": {"2"}, "what": {"answer"}, "way": {"phone"}, "words": {"Told Quillfeather"}}), 303)
	want(t, post(t, h, "/enquiries/3/note", url.Values{"version": {"1"}, "what": {"answer"}, "way": {"phone"}, "words": {"Told Quillfeather"}}), 303)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("name", "Cara Stillopen", "email", "cara@example.org")), 303)
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		for _, s := range []string{"INSERT INTO enquiry_person (id, enquiry, person, basis, why, by_, by_name, at, withdrawn, withdrawn_why) VALUES (1, 1, 'PQUILL', 'staff', 'Quillfeather', 'x', 'X', 1, 0, '')",
			"INSERT INTO scam_person (id, report, person, why, by_, by_name, at, withdrawn, withdrawn_why) VALUES (1, 1, 'PQUILL', 'Quillfeather', 'x', 'X', 1, 0, '')"} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// named are the columns of the room that hold a word.
func named(t *testing.T, c *sweep.Case, word string) (all []string) {
	t.Helper()
	for table, columns := range map[string]string{"enquiry": "name email phone postcode safe words letter extended_why", "enquiry_note": "words", "enquiry_person": "person why",
		"scam_report": "name email phone sender subject words said", "scam_file": "name", "scam_link": "target shown", "scam_cluster": "title", "scam_person": "person why"} {
		for _, column := range strings.Fields(columns) {
			n := ask(t, c, func(tx *db.Tx) (n int64, err error) {
				return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM "+table+" WHERE LOWER("+column+") LIKE ?", "%"+strings.ToLower(word)+"%")
			})
			if n > 0 {
				all = append(all, table+"."+column)
			}
		}
	}
	return all
}

// TestForget: what ended is destroyed by two people, whole, and nothing else is;
// the certificate is in the record; a hold forbids it.
func TestForget(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		now := time.Now()
		m, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now.Add(time.Minute) }})
		if err := c.DB.Migrate(t.Context(), job.Room, job.Schema()); err != nil {
			t.Fatal(err)
		}
		forgettable(t, c, m, h)
		if n := len(named(t, c, "Quillfeather")); n < 9 {
			t.Fatalf("%d columns only hold what is to be destroyed", n)
		}
		now = now.AddDate(0, 25, 0)
		day := now.AddDate(0, -24, -1).In(london).Format(time.DateOnly)
		form := url.Values{"before": {day}, "ground": {"retention"}, "destroy_why": {"the schedule"}, "sure": {"enquiries"}}
		want(t, post(t, h, "/enquiries/kept/destroy", form), 422, "nobody has said how long")
		want(t, post(t, h, "/enquiries/kept", url.Values{"months": {"0"}}), 422, "Enter how many months", "Say on what rule")
		want(t, post(t, h, "/enquiries/kept", url.Values{"months": {"24"}, "kept_why": {"The schedule"}}), 303)
		want(t, get(t, h, "/enquiries/kept"), 200, "<b>2</b> enquiries whose time is over", "<b>1</b> reports whose time is over")
		want(t, get(t, h, "/enquiries/kept", "X-Councils", "NORVALE"), 403)
		hold(t, c, "INSERT INTO hold (id, why, user_, user_name, at, second, second_name, second_at, lift, lift_name, lift_at, lift_why, lifted, lifted_name, lifted_at, version) VALUES (1, 'x', 'u', 'U', 1, '', '', 0, '', '', 0, '', '', '', 0, 1)")
		want(t, post(t, h, "/enquiries/kept/destroy", form), 403, "lift the hold first")
		hold(t, c, "UPDATE hold SET lifted_at = 2")
		want(t, post(t, h, "/enquiries/kept/destroy", form), 303)
		want(t, post(t, h, "/enquiries/kept/destroy", form), 409)
		want(t, post(t, h, "/enquiries/kept/1/sign", url.Values{"version": {"1"}}), 403, "somebody else’s")
		if err := m.forget(t.Context(), nil); err != nil || len(named(t, c, "Quillfeather")) < 9 {
			t.Fatalf("destroyed with one signature: %v", err)
		}
		want(t, post(t, h, "/enquiries/kept/1/sign", url.Values{"version": {"1"}}, "X-Who", "second"), 303)
		for range 2 { // once more changes nothing
			if err := m.forget(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		checkForgotten(t, c, m, h)
	})
}

func hold(t *testing.T, c *sweep.Case, statement string) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(statement); return err })
	if err != nil {
		t.Fatal(err)
	}
}

func checkForgotten(t *testing.T, c *sweep.Case, m *Room, h http.Handler) {
	t.Helper()
	if left := named(t, c, "Quillfeather"); len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
	if len(named(t, c, "Stillopen")) == 0 {
		t.Error("what has not ended was destroyed")
	}
	err := filepath.WalkDir(c.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte("Quillfeather")) {
			t.Errorf("%s still holds it", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	want(t, get(t, h, "/enquiries/1"), 200, "What was said here was destroyed")
	want(t, get(t, h, "/scams/1"), 200, "What was said here was destroyed")
	want(t, get(t, h, "/enquiries/kept"), 200, "<b>0</b> enquiries whose time is over", "Certificate 1 (PDF)")
	want(t, get(t, h, "/enquiries/kept/1/certificate"), 200, "%PDF")
	d := ask(t, c, func(tx *db.Tx) (destruction, error) { return oneDestruction(tx, "WHERE id = 1") })
	var text bytes.Buffer
	if err := m.certificate(&d).WriteText(&text); err != nil {
		t.Fatal(err)
	}
	lines := ask(t, c, func(tx *db.Tx) ([]record.Line, error) { return record.Lines(tx, 0, 1000) })
	if !slices.ContainsFunc(lines, func(l record.Line) bool {
		return l.Verb == "destroy" && l.Object == "enquiry-destruction:1" && l.Digest == digestOf(text.Bytes())
	}) {
		t.Error("the certificate’s digest is not in the record")
	}
	for _, wanted := range []string{"by user second", "Messages and forms as they came", "because"} {
		if !strings.Contains(strings.ToLower(text.String()), strings.ToLower(wanted)) {
			t.Errorf("the certificate does not say %q:\n%s", wanted, text.String())
		}
	}
	if s := strings.Join(leaves(t, c), " "); strings.Count(s, " destroy") != 1 || strings.Count(s, "compact") != 1 {
		t.Errorf("on record: %s", s)
	}
}
