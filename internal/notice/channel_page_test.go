package notice

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// mailRun is a run of e-mails that is being sent by the mail server.
func mailRun(t *testing.T, m *Room, people int) run {
	t.Helper()
	r := startUnchecked(t, m)
	err := m.db.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE notice_run SET way = 'email', channel = ? WHERE id = ?", mailName, r.ID); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE notice_message SET email = 'resident' || n || '@example.org' WHERE run = ?", r.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m.Guard = mailGuard(people)
	if r = reload(t, m, r.ID); r.Way != Email || r.People != int64(people) {
		t.Fatalf("%s, %d people", r.Way, r.People)
	}
	return r
}

// mailGuard lets everybody be written to by e-mail.
func mailGuard(people int) *testGuard {
	g := &testGuard{stand: make(map[string]*Standing)}
	for i := range people {
		s := grownUp
		s.Contact = reeve.ContactEmail
		g.stand[personID(i)] = &s
	}
	return g
}

// inDoubt leaves two messages of a run in doubt: the connection broke at the last
// moment of each.
func inDoubt(t *testing.T, m *Room, r run) []doubt {
	t.Helper()
	var all []doubt
	err := m.db.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE notice_message SET state = 'leaving', sender = 'died', claimed = 1000 WHERE run = ? AND n IN (1, 2)", r.ID); err != nil {
			return err
		}
		return nil
	})
	if err == nil {
		err = m.send(t.Context(), r.ID)
	}
	if err == nil {
		err = m.db.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = doubts(tx, 10); return err })
	}
	if err != nil || len(all) != 2 {
		t.Fatalf("%d in doubt: %v", len(all), err)
	}
	return all
}

// TestDoubts: what a mail server may have taken is settled by a person, and tried
// again only when they say so, also when the run has come to its end meanwhile.
func TestDoubts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 4)
		channel, server := mailServer(t)
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := mailRun(t, m, 4)
		all := inDoubt(t, m, r)
		if len(server.Mails()) != 2 || reload(t, m, r.ID).State != Done {
			t.Fatalf("%d mails, the run is %s", len(server.Mails()), reload(t, m, r.ID).State)
		}
		door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
		h := webtest.House(t, door, m.Sections()...)
		if page := webtest.Get(t, h, "/notices/channels", http.StatusOK); !strings.Contains(page, all[0].Reference+"@council.example.org") || strings.Contains(page, "resident1@") {
			t.Error("the page does not say what to look for, or names somebody")
		}
		settle := func(ref, what, why string, status int) {
			t.Helper()
			webtest.Post(t, h, "/notices/doubts/"+ref, url.Values{"what": {what}, "why": {why}}, status)
		}
		settle(all[0].Reference, "left", "", http.StatusUnprocessableEntity)
		settle(all[0].Reference, "perhaps", "log", http.StatusUnprocessableEntity)
		settle("0000-0000-0000", "left", "log", http.StatusNotFound)
		settle(all[0].Reference, "left", "log of the mail server, 10:15", http.StatusSeeOther)
		settle(all[1].Reference, "again", "not in the log", http.StatusSeeOther)
		settle(all[1].Reference, "again", "not in the log", http.StatusNotFound)
		if reload(t, m, r.ID).State != Sending {
			t.Fatalf("the run is %s", reload(t, m, r.ID).State)
		}
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		mails := strings.Join(server.Mails(), "\n")
		if reload(t, m, r.ID).State != Done || len(server.Mails()) != 3 || !strings.Contains(mails, all[1].Reference+"@") || strings.Contains(mails, all[0].Reference+"@") {
			t.Errorf("%d mails, the run is %s", len(server.Mails()), reload(t, m, r.ID).State)
		}
		if h, _, _ := stands(t, d, all[0].Reference); h.State != msgLeft || h.Outcome != arrived {
			t.Errorf("%+v", h)
		}
	})
}

// TestStoppedDoubts: nothing more leaves from a run that was stopped, and officers
// of another council see nothing of it.
func TestStoppedDoubts(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 4)
	channel, server := mailServer(t)
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := mailRun(t, m, 4)
	all := inDoubt(t, m, r)
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_run SET state = 'stopped' WHERE id = ?", r.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
	h := webtest.House(t, door, m.Sections()...)
	form := url.Values{"what": {"again"}, "why": {"not in the log"}}
	webtest.Post(t, h, "/notices/doubts/"+all[0].Reference, form, http.StatusConflict)
	door.Visitor = &web.Visitor{ID: "u3", Name: "Three", Councils: []string{"wcc"}}
	webtest.Post(t, h, "/notices/doubts/"+all[0].Reference, form, http.StatusNotFound)
	if page := webtest.Get(t, h, "/notices/channels", http.StatusOK); strings.Contains(page, all[0].Reference) {
		t.Error("another council's officer sees what is in doubt")
	}
	if len(server.Mails()) != 2 {
		t.Errorf("%d mails", len(server.Mails()))
	}
}

// TestBounces: a report about a notice is its receipt; a delay, another's report
// and what is none change nothing; the address of the home stays good.
func TestBounces(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 4)
	channel, _ := mailServer(t)
	dir := t.TempDir()
	inbox, err := mail.NewInbox(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Bounces: inbox, Now: func() time.Time { return time.Now().Add(time.Minute) }})
	r := mailRun(t, m, 4)
	all := inDoubt(t, m, r)
	var sent []string
	err = d.Read(t.Context(), func(tx *db.Tx) (err error) {
		sent, err = db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT reference FROM notice_message WHERE state = 'left' ORDER BY n")
		return err
	})
	if err != nil || len(sent) != 2 {
		t.Fatal(sent, err)
	}
	drop := func(name, ref, action, status string) {
		t.Helper()
		text := "From: MAILER-DAEMON@mail.example.org\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: " + action +
			"\r\nStatus: " + status + "\r\n\r\n--b\r\n\r\nMessage-ID: <" + ref + "@council.example.org>\r\n--b--\r\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	drop("a.eml", sent[0], "failed", "5.1.1")
	drop("b.eml", sent[1], "delayed", "4.4.1")
	drop("c.eml", all[0].Reference, "failed", "4.4.7")
	drop("d.eml", "0000-0000-0000", "failed", "5.1.1")
	if err := os.WriteFile(filepath.Join(dir, "e.eml"), []byte("Subject: hello\r\n\r\nI got your mail.\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := m.readBounces(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		drop("again.eml", sent[0], "failed", "5.1.1")
	}
	for ref, want := range map[string]outcome{sent[0]: failed, sent[1]: arrived, all[0].Reference: failed} {
		if h, _, _ := stands(t, d, ref); h.Outcome != want || h.State != msgLeft {
			t.Errorf("%s: %+v, not %s", ref, h, want)
		}
	}
	if taken, refused := filesIn(t, filepath.Join(dir, mail.Taken)), filesIn(t, filepath.Join(dir, mail.Refused)); taken != 3 || refused != 2 {
		t.Errorf("%d were taken, %d put aside", taken, refused)
	}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		rows, err := readSuppressions(tx, 10)
		for _, s := range rows {
			if strings.Contains(s.Place.Reveal(), "example street") {
				t.Errorf("a bounce keeps letters from a home: %+v", s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestChannelsPage: what is set up and what is not, a check, a test message, and
// trouble without a name in it.
func TestChannelsPage(t *testing.T) {
	webtest.CheckPages(t, channelsPage)
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	sim, channel := practice(t, simulator.Options{Speed: 1})
	out, server := mailServer(t)
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel, out}})
	h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...)
	page := webtest.Get(t, h, "/notices/channels", http.StatusOK)
	for _, want := range []string{"GOV.UK Notify", "mail server", "20,000", "3,000 a minute", "which is not set up", "no folder is set up"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, "In person") || strings.Contains(page, "Not set up</h2>") {
		t.Error("the page shows what is no channel, or lacks none")
	}
	if _, page := webtest.Post(t, h, "/notices/channels/notify/check", nil, http.StatusOK); strings.Count(page, "In order") != 3 {
		t.Error("the check does not say that all is in order")
	}
	webtest.Post(t, h, "/notices/channels/print-house/check", nil, http.StatusServiceUnavailable)
	test := func(channel, way, to string, status int) string {
		t.Helper()
		_, page := webtest.Post(t, h, "/notices/channels/"+channel+"/test", url.Values{"way": {way}, "to": {to}}, status)
		return page
	}
	test("notify", "post", "", http.StatusSeeOther)
	test("notify", "email", "", http.StatusSeeOther)
	test("notify", "text", "020 7946 0100", http.StatusUnprocessableEntity)
	test("notify", "text", "07700 900123", http.StatusSeeOther)
	test("notify", "hand", "", http.StatusUnprocessableEntity)
	test("mail", "email", "", http.StatusSeeOther)
	taken := sim.Taken()
	if len(taken) != 3 || taken[0].Type != "letter" || taken[0].Fate != "" || len(server.Mails()) != 1 || !strings.Contains(server.Mails()[0], "about nobody") {
		t.Errorf("%+v, %d mails", taken, len(server.Mails()))
	}
	server.Answer("RCPT", "550 no such user data@council.example.org")
	test("mail", "email", "", http.StatusSeeOther)
	page = webtest.Get(t, h, "/notices/channels", http.StatusOK)
	if !strings.Contains(page, "refused a message for good: 1 times") || strings.Contains(page, "550") {
		t.Error("the trouble is not shown, or with the text of the server")
	}
	webtest.Post(t, h, "/notices/channels/ask", nil, http.StatusSeeOther)
}

// TestTroubleNames: trouble is counted by its name, the newest first.
func TestTroubleNames(t *testing.T) {
	var w watch
	for i, err := range []error{nil, reeve.NotFound, Refusal{"ValidationError"}, Refusal{"ValidationError"}, errors.Join(reeve.Unavailable, ErrUnsure), Wait{time.Now(), "x"}, reeve.Denied, reeve.Unavailable, errors.New("x")} {
		w.note("c", err, int64(i))
	}
	var got []string
	for _, x := range w.of("c") {
		if x.Words == "" {
			t.Errorf("%s has no words", x.Name)
		}
		got = append(got, x.Name)
	}
	if strings.Join(got, " ") != "other not-reached not-allowed asked-to-wait no-answer ValidationError" || w.of("c")[5].Times != 2 || w.of("d") != nil {
		t.Errorf("%q", got)
	}
}
