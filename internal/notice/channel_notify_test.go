package notice

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// TestNotifyLimits: the limits of the minute and of the day come back as when to
// go on.
func TestNotifyLimits(t *testing.T) {
	sim, n := practice(t, simulator.Options{Minute: 2, Letters: 3, Speed: 1})
	send := func(n *Notify) error { _, err := n.Send(t.Context(), parcels(t, n, 1)[0]); return err }
	for range 2 {
		if err := send(n); err != nil {
			t.Fatal(err)
		}
	}
	var w Wait
	if err := send(n); !errors.As(err, &w) || w.Until.Sub(sim.Now()) > time.Minute {
		t.Errorf("the third in a minute: %v", err)
	}
	sim2, n2 := practice(t, simulator.Options{Letters: 1, Speed: 1})
	if err := send(n2); err != nil {
		t.Fatal(err)
	}
	if err := send(n2); !errors.As(err, &w) || w.Until.Before(sim2.Now()) || w.Until.Hour() != 0 {
		t.Errorf("the second letter of a day that takes one: %v", err)
	}
}

// fakeNotify answers every request as it is told.
type fakeNotify struct {
	status int
	name   string
	clock  time.Duration // by how much its clock is ahead
	asked  []*http.Request
	bodies []map[string]any
}

func (f *fakeNotify) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body map[string]any
	_ = json.NewDecoder(r.Body).Decode(&body) // a question has none
	f.asked, f.bodies = append(f.asked, r), append(f.bodies, body)
	w.Header().Set("Date", time.Now().Add(f.clock).UTC().Format(http.TimeFormat))
	w.Header().Set("Location", "/elsewhere")
	w.WriteHeader(f.status)
	switch f.name {
	case "":
		fmt.Fprint(w, "<html>")
	case "taken":
		fmt.Fprint(w, `{"id":"x","reference":"r"}`)
	default:
		json.NewEncoder(w).Encode(map[string]any{"status_code": f.status, "errors": []map[string]string{{"error": f.name, "message": "Łucja Brook"}}})
	}
}

func openFake(t *testing.T, o NotifyOptions) (*fakeNotify, *Notify) {
	t.Helper()
	f := &fakeNotify{status: http.StatusCreated, name: "taken"}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	o.Base, o.Key = server.URL, testKey
	n, err := NewNotify(o)
	if err != nil {
		t.Fatal(err)
	}
	return f, n
}

// TestNotifyAnswers: what each answer of Notify's means.
func TestNotifyAnswers(t *testing.T) {
	wait := func(least, most time.Duration) func(error) bool {
		return func(err error) bool {
			var w Wait
			return errors.As(err, &w) && time.Until(w.Until) >= least && time.Until(w.Until) <= most
		}
	}
	is := func(kind error, unsure bool) func(error) bool {
		return func(err error) bool { return errors.Is(err, kind) && errors.Is(err, ErrUnsure) == unsure }
	}
	for _, c := range []struct {
		status int
		name   string
		want   func(error) bool
	}{
		{400, "ValidationError", func(err error) bool { return errors.Is(err, Refusal{"ValidationError"}) }},
		{400, "BadRequestError", is(reeve.Invalid, false)},
		{403, "AuthError", is(reeve.Denied, false)},
		{403, "BadRequestError", is(reeve.Denied, false)},
		{401, "", is(reeve.Denied, false)},
		{404, "NoResultFound", is(reeve.NotFound, false)},
		{429, "RateLimitError", wait(0, time.Minute)},
		{429, "TooManyRequestsError", wait(0, 24*time.Hour)},
		{429, "", wait(0, time.Minute)},
		{307, "", is(reeve.Unavailable, false)},
		{408, "", is(reeve.Unavailable, false)},
		{500, "Exception", is(reeve.Unavailable, true)},
		{502, "", is(reeve.Unavailable, true)},
		{503, "", is(reeve.Unavailable, true)},
		{201, "", is(reeve.Unavailable, true)},
		{400, "Łucja <b>Brook</b>", func(err error) bool { return errors.Is(err, reeve.Invalid) }},
	} {
		f, n := openFake(t, NotifyOptions{})
		f.status, f.name = c.status, c.name
		_, err := n.Send(t.Context(), parcels(t, n, 1)[0])
		if !c.want(err) || c.name != "Łucja <b>Brook</b>" && strings.Contains(err.Error(), "Brook") || len(f.asked) != 1 {
			t.Errorf("%d %s: %v after %d requests", c.status, c.name, err, len(f.asked))
		}
		if parts := strings.Split(strings.TrimPrefix(f.asked[0].Header.Get("Authorization"), "Bearer "), "."); len(parts) != 3 {
			t.Error("no token")
		}
	}
}

// TestNotifyToken: the token is what Notify documents: HS256, whose service, made
// now.
func TestNotifyToken(t *testing.T) {
	_, n := openFake(t, NotifyOptions{})
	parts := strings.Split(n.token(), ".")
	var text [2]map[string]any
	for i := range text {
		b, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(b, &text[i]) != nil {
			t.Fatalf("part %d: %s", i, parts[i])
		}
	}
	made, _ := text[1]["iat"].(float64)
	if text[0]["alg"] != "HS256" || text[0]["typ"] != "JWT" || text[1]["iss"] != testKey[9:45] || time.Since(time.Unix(int64(made), 0)).Abs() > 5*time.Second {
		t.Errorf("%v", text)
	}
}

// TestNotifyClock: a machine whose clock is wrong is told so, and by how much.
func TestNotifyClock(t *testing.T) {
	f, n := openFake(t, NotifyOptions{})
	f.status, f.name, f.clock = http.StatusForbidden, "AuthError", 5*time.Minute
	_, err := n.Find(t.Context(), "r")
	if hint := reeve.HintOf(err); !errors.Is(err, reeve.Denied) || !strings.Contains(hint, "clock") || !strings.Contains(hint, "seconds off") {
		t.Errorf("%v: %s", err, hint)
	}
	f.clock = 0
	if _, err = n.Find(t.Context(), "r"); !errors.Is(err, reeve.Denied) || !strings.Contains(reeve.HintOf(err), "key") {
		t.Errorf("%v: %s", err, reeve.HintOf(err))
	}
}

// TestNotifyOutage: an outage puts a few messages in doubt; the rest waits, for
// longer each time, and goes on when Notify answers again.
func TestNotifyOutage(t *testing.T) {
	f, n := openFake(t, NotifyOptions{})
	f.status, f.name = http.StatusServiceUnavailable, ""
	p := parcels(t, n, 1)[0]
	unsure := 0
	var w Wait
	for range 20 {
		_, err := n.Send(t.Context(), p)
		if errors.Is(err, ErrUnsure) {
			unsure++
		} else if !errors.As(err, &w) || time.Until(w.Until) > firstPause {
			t.Errorf("%v", err)
		}
	}
	if unsure != fewBroken || len(f.asked) != fewBroken {
		t.Errorf("%d in doubt after %d requests", unsure, len(f.asked))
	}
	f.status = http.StatusOK
	_, _ = n.Find(t.Context(), "r") // what is in doubt is looked up meanwhile
	if f.status, f.name = http.StatusCreated, "taken"; n.trouble.wait(time.Now()) > 0 {
		t.Error("it waits though Notify answers")
	}
	if _, err := n.Send(t.Context(), p); err != nil {
		t.Errorf("when it answers again: %v", err)
	}
	var x trouble
	now := time.Now()
	var last time.Duration
	for range 30 {
		x.failed(now)
		d := x.wait(now)
		if d < last || d > longestLull {
			t.Errorf("waits %v after %v", d, last)
		}
		last = d
	}
	if last != longestLull {
		t.Errorf("waits %v at most", last)
	}
}

// TestNotifyRefusesAll: a service that is not set up does not use up a list: after
// a few messages the run stops.
func TestNotifyRefusesAll(t *testing.T) {
	sim, n := practice(t, simulator.Options{Mode: simulator.Trial})
	p := parcels(t, n, 1)[0]
	for i := range fewRefused + 3 {
		_, err := n.Send(t.Context(), p)
		if want := map[bool]error{true: reeve.Invalid, false: reeve.Denied}[i < fewRefused]; !errors.Is(err, want) {
			t.Errorf("message %d: %v", i+1, err)
		}
	}
	if len(sim.Taken()) != 0 {
		t.Error("a letter was taken")
	}
	f, n := openFake(t, NotifyOptions{})
	for range 3 * fewRefused { // one that is taken between shows that the fault is the messages'
		f.status, f.name = 400, "BadRequestError"
		if _, err := n.Send(t.Context(), p); !errors.Is(err, reeve.Invalid) {
			t.Fatal(err)
		}
		f.status, f.name = 201, "taken"
		if _, err := n.Send(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNotifyRequests: what is sent is what Notify documents.
func TestNotifyRequests(t *testing.T) {
	f, n := openFake(t, NotifyOptions{Mail: simulator.MailTemplate, Text: simulator.TextTemplate, ReplyTo: simulator.TextTemplate, Sender: simulator.MailTemplate, Postage: "economy"})
	for _, p := range parcels(t, n, 1) {
		if _, err := n.Send(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		i := len(f.asked) - 1
		x, path := f.bodies[i], f.asked[i].URL.Path
		if x["reference"] != p.Reference {
			t.Errorf("%s: %v", p.Way, x)
		}
		ok := false
		switch p.Way {
		case Post:
			pdf, err := base64.StdEncoding.DecodeString(x["content"].(string))
			ok = err == nil && slices.Equal(pdf, p.PDF) && x["postage"] == "economy" && path == "/v2/notifications/letter"
		case Email:
			v := x["personalisation"].(map[string]any)
			ok = x["template_id"] == simulator.MailTemplate && x["email_reply_to_id"] == simulator.TextTemplate && v["body"] == p.Text && v["subject"] == p.Subject && path == "/v2/notifications/email"
		case Text:
			ok = x["template_id"] == simulator.TextTemplate && x["sms_sender_id"] == simulator.MailTemplate && x["phone_number"] != "" && path == "/v2/notifications/sms"
		}
		if !ok {
			t.Errorf("%s: %s %v", p.Way, path, x)
		}
	}
	p := parcels(t, n, 1)[1]
	p.Text = "Dear [click here](https://evil.example)"
	if _, err := n.Send(t.Context(), p); !errors.Is(err, Refusal{"link-in-text"}) {
		t.Errorf("a name that is a link: %v", err)
	}
}

// TestNotifyList: many references are looked up by the page.
func TestNotifyList(t *testing.T) {
	sim, n := practice(t, simulator.Options{Speed: 1, Minute: 10_000})
	var refs []string
	mails := parcels(t, n, 1)[1]
	for range 600 {
		mails.Reference = newReference()
		refs = append(refs, mails.Reference)
		if _, err := n.Send(t.Context(), mails); err != nil {
			t.Fatal(err)
		}
	}
	seen := make(map[string]bool)
	err := n.List(t.Context(), func(ref string, r Receipt) bool {
		seen[ref] = r.Status != "" && r.ID != ""
		return true
	})
	for _, ref := range refs {
		if !seen[ref] {
			t.Fatalf("%d of %d are listed", len(seen), len(refs))
		}
	}
	if err != nil || len(sim.Taken()) != len(refs) {
		t.Error(err)
	}
	met := 0
	if err := n.List(t.Context(), func(string, Receipt) bool { met++; return met < 5 }); err != nil || met != 5 {
		t.Errorf("it goes on to %d: %v", met, err)
	}
}

func TestNotifyKeys(t *testing.T) {
	for _, bad := range []NotifyOptions{{}, {Key: "x"}, {Key: strings.ReplaceAll(testKey, "5555-", "5555_")}, {Key: testKey, Mail: "m"}, {Key: testKey, Sender: "COUNCIL"}, {Key: testKey, Postage: "third"}} {
		if _, err := NewNotify(bad); !errors.Is(err, reeve.Invalid) || reeve.HintOf(err) == "" || strings.Contains(err.Error(), "0000") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	_, n := practice(t, simulator.Options{})
	n.secret = []byte("another")
	if _, err := n.Send(t.Context(), parcels(t, n, 1)[0]); !errors.Is(err, reeve.Denied) {
		t.Errorf("a wrong secret: %v", err)
	}
}

// TestNotifyCheck: what is not set up in Notify is told before a run.
func TestNotifyCheck(t *testing.T) {
	oks := func(n *Notify) (all []bool) {
		for _, f := range n.Check(t.Context()) {
			if !f.OK && f.Say == "" {
				t.Errorf("%+v does not say what to do", f)
			}
			all = append(all, f.OK)
		}
		return all
	}
	_, n := practice(t, simulator.Options{})
	if got := oks(n); !slices.Equal(got, []bool{true, true, true}) {
		t.Errorf("%v", got)
	}
	n.opt.Mail, n.opt.Text = simulator.TextTemplate, "aaaaaaaa-0000-4000-8000-00000000dead"
	if got := oks(n); !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("templates that are wrong: %v", got)
	}
	n.secret = []byte("another")
	if got := oks(n); !slices.Equal(got, []bool{false}) {
		t.Errorf("a wrong key: %v", got)
	}
}

// TestSimulatorJudgesOurLetters: the print of the letters that we send is in order
// by a reading of its own.
func TestSimulatorJudgesOurLetters(t *testing.T) {
	sim, n := practice(t, simulator.Options{Speed: 1})
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tpl := range all {
		r := testRecipient(1)
		r.Reference = newReference()
		if tpl.Kind == General {
			r = &Recipient{Reference: r.Reference, Lines: private([]string{"The occupier", "1 Example Street", "Example Town", "ZE1 0AA"})}
		}
		p, err := render(Post, tpl, r, testWording(), testCoverage, testOn)
		if err == nil {
			_, err = n.Send(t.Context(), p)
		}
		if err != nil {
			t.Errorf("%s: %v", tpl.Name, err)
		}
	}
	if n := len(sim.Taken()); n != len(all) {
		t.Errorf("%d letters of %d templates", n, len(all))
	}
	for _, l := range sim.Taken() {
		if l.Fate != "" || l.Why != "" {
			t.Errorf("a letter of ours: %s %s", l.Fate, l.Why)
		}
	}
}

// TestPractice: practice tells by itself what became of messages, letters that come
// back too.
func TestPractice(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	p, err := NewPractice(filepath.Join(t.TempDir()), 100_000)
	if err != nil {
		t.Fatal(err)
	}
	defer p.sim.Close()
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{p}})
	r := startUnchecked(t, m)
	if err := m.send(ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	ref := p.sim.Taken()[0].Reference
	if _, ok := p.sim.Return(ref); !ok {
		t.Fatal("no letter to come back")
	}
	if err := m.practise(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if h, _, _ := stands(t, d, ref); h.Outcome != returned {
		t.Errorf("%+v", h)
	}
}

// BenchmarkSimulator hands a letter of ours to the simulator, which reads its
// print.
func BenchmarkSimulator(b *testing.B) {
	_, n := practice(b, simulator.Options{Minute: 1 << 30, Letters: 1 << 30})
	p := parcels(b, n, 1)[0]
	for b.Loop() {
		p.Reference = newReference()
		if _, err := n.Send(b.Context(), p); err != nil {
			b.Fatal(err)
		}
	}
}
