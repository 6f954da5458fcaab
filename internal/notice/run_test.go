package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sandbox"
)

func TestMain(m *testing.M) {
	if sandbox.Called() { // to become the program that draws
		sandbox.Serve(nil)
	}
	if os.Getenv("REEVE_NOTICE_SENDER") != "" {
		sendUntilKilled()
	}
	os.Exit(dbtest.Main(m))
}

// listTables stand in for the views that review and the case publish.
var listTables = []string{`
CREATE TABLE review_version (id INTEGER, number INTEGER, state TEXT, digest TEXT, made_at INTEGER, emptied INTEGER);
CREATE TABLE review_version_council (version INTEGER, person TEXT, council TEXT);
CREATE TABLE review_version_person (version INTEGER, n INTEGER, person TEXT, name TEXT, address TEXT, postcode TEXT, role TEXT, deceased TEXT, band TEXT, tier TEXT,
	kinds TEXT, data_from INTEGER, data_to INTEGER, items INTEGER, incomplete INTEGER, controller TEXT, verdict TEXT, PRIMARY KEY (version, n));
CREATE TABLE review_version_contact (version INTEGER, n INTEGER, person TEXT, email TEXT, phone TEXT, language TEXT, format TEXT, worker TEXT, services TEXT,
	held TEXT, PRIMARY KEY (version, n));
CREATE TABLE case_items (id INTEGER, status TEXT);
CREATE TABLE case_sealed_ids (id TEXT);
CREATE TABLE case_redirects (old TEXT, new_ TEXT, why TEXT);
`}

// prepare makes the tables and a list of people.
func prepare(t testing.TB, d *db.DB, people int) {
	t.Helper()
	for _, s := range []struct {
		room  string
		steps []string
	}{{record.Room, record.Schema()}, {job.Room, job.Schema()}, {"test-lists", listTables}, {TableRoom, Schema()}} {
		if err := d.Migrate(context.Background(), s.room, s.steps); err != nil {
			t.Fatal(err)
		}
	}
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.Exec("INSERT INTO review_version VALUES (1, 1, 'approved', 'abc', 1, 0)"); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO case_items VALUES (1, 'read'), (2, 'needs-ocr')"); err != nil {
			return err
		}
		load := tx.Load("review_version_person", "version", "n", "person", "name", "address", "postcode", "role", "deceased", "band", "tier", "kinds", "data_from", "data_to",
			"items", "incomplete", "controller", "verdict")
		for i := range people {
			if err := load.Add(int64(1), int64(i+1), personID(i), fmt.Sprintf("Ada Brook%d", i), fmt.Sprintf("%d Example Street, Example Town", i+1), "ZE1 0AA", "resident", "no",
				"medium", "strong", "address;name;nino", int64(20110000), int64(20160000), int64(2), int64(0), "rbkc", "confirmed"); err != nil {
				return err
			}
		}
		if err := load.Close(); err != nil {
			return err
		}
		return keepWording(tx, "", testWording(), 0, "u1", 1)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func personID(i int) string { return fmt.Sprintf("P%012d", i) }

// testGuard says of everybody what the test set, by default an adult who may be
// written to.
type testGuard struct {
	mu    sync.Mutex
	stand map[string]*Standing // nil: not listed
	asked map[string]int
}

var grownUp = Standing{Contact: reeve.ContactPost, Deceased: "no", Born: reeve.Date{Year: 1970, Month: 1, Day: 2}, Verdict: "confirmed"}

func (g *testGuard) Stand(_ *db.Tx, _ int64, people []string) (map[string]Standing, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	found := make(map[string]Standing)
	for _, p := range people {
		if g.asked != nil {
			g.asked[p]++
		}
		s, set := g.stand[p]
		switch {
		case !set:
			found[p] = grownUp
		case s != nil:
			found[p] = *s
		}
	}
	return found, nil
}

const testKey = "test-key-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"

// practice is a simulator behind HTTP, and the channel to it.
func practice(t testing.TB, o simulator.Options) (*simulator.Simulator, *Notify) {
	t.Helper()
	o.Key = testKey
	if o.Start.IsZero() {
		o.Start = time.Date(2026, 1, 19, 8, 0, 0, 0, time.UTC)
	}
	if o.Speed == 0 {
		o.Speed = 1000
	}
	s, err := simulator.Open(filepath.Join(t.TempDir(), "simulator.log"), o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { server.Close(); s.Close() })
	n, err := NewNotify(NotifyOptions{Base: server.URL, Key: testKey, Clock: s, Life: o.Life, Mail: simulator.MailTemplate, Text: simulator.TextTemplate})
	if err != nil {
		t.Fatal(err)
	}
	return s, n
}

// checkedTestRun makes a run, freezes and checks it.
func checkedTestRun(t testing.TB, m *Room, r run) run {
	t.Helper()
	r = frozenTestRun(t, m, r)
	if err := m.checkRun(context.Background(), work(t, r.ID)); err != nil {
		t.Fatal(err)
	}
	return reload(t, m, r.ID)
}

// frozenTestRun makes a run and freezes it.
func frozenTestRun(t testing.TB, m *Room, r run) run {
	t.Helper()
	ctx := context.Background()
	if r.Template == "" {
		r.Template = "personal"
	}
	if r.Kind == "" {
		r.Kind, r.Way = Personal, Post
	}
	if r.List == 0 {
		r.List = 1
	}
	r.Title, r.Channel, r.On, r.By, r.At = "Test", m.Channels[0].Name(), testOn, "u1", 1
	err := m.db.Write(ctx, func(tx *db.Tx) error {
		all, err := usable(tx)
		if err != nil {
			return err
		}
		r.Text = all[r.Template].Text
		if err := addRun(tx, &r); err != nil {
			return err
		}
		return m.freeze(tx, &r, 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func work(t testing.TB, id int64) *job.Work {
	b, err := json.Marshal(runArgs{id})
	if err != nil {
		t.Fatal(err)
	}
	return &job.Work{Args: b}
}

func reload(t testing.TB, m *Room, id int64) (r run) {
	t.Helper()
	err := m.db.Read(context.Background(), func(tx *db.Tx) (err error) { r, err = readRun(tx, id); return err })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// start lets two people sign and starts a run.
func start(t testing.TB, m *Room, r run) run {
	t.Helper()
	err := m.db.Write(context.Background(), func(tx *db.Tx) error {
		for _, who := range []string{"u1", "u2"} {
			if err := sign(tx, &r, signature{who, who, r.Digest, 3}); err != nil {
				return err
			}
		}
		return moveRun(tx, &r, Sending, "", 4)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func countOf(t testing.TB, m *Room, count func(*db.Tx, int64) ([]counted, error), run int64) map[string]int64 {
	t.Helper()
	all := make(map[string]int64)
	err := m.db.Read(context.Background(), func(tx *db.Tx) error {
		list, err := count(tx, run)
		for _, c := range list {
			all[c.Word] = c.N
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRun freezes, checks, signs and sends a run, and pulls what became of it.
func TestRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 30)
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE review_version_person SET address = 'No fixed abode, Example Town' WHERE n = 3")
			if err == nil {
				_, err = tx.Exec("UPDATE review_version_person SET postcode = 'ZE1' WHERE n = 4")
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		sim, channel := practice(t, simulator.Options{Speed: 100_000}) // a day is a second: the printer begins soon
		guard := &testGuard{stand: map[string]*Standing{personID(0): nil, personID(1): {Contact: reeve.ContactHold}}}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
		r := checkedTestRun(t, m, run{})
		if r.State != Checked || r.People != 28 || r.Pence != 26*73 || r.Digest == "" {
			t.Fatalf("%s, %d people, %d pence, digest %q", r.State, r.People, r.Pence, r.Digest)
		}
		if got := countOf(t, m, exclusions, r.ID); got["not-listed"] != 1 || got["hold"] != 1 {
			t.Errorf("left out: %v", got)
		}
		if got := countOf(t, m, faults, r.ID); got[string(NoFixedAbode)] != 1 || got[string(NoPostcode)] != 1 {
			t.Errorf("faulty: %v", got)
		}
		start(t, m, r)
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if r = reload(t, m, r.ID); r.State != Done {
			t.Fatalf("the run is %s: %v", r.State, countOf(t, m, states, r.ID))
		}
		if n := len(sim.Taken()); n != 26 {
			t.Errorf("%d letters were taken", n)
		}
		for began := time.Now(); countOf(t, m, outcomes, r.ID)["arrived"] != 26; {
			if err := m.pullStatuses(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			time.Sleep(50 * time.Millisecond)
			if time.Since(began) > time.Minute {
				t.Fatalf("outcomes %v", countOf(t, m, outcomes, r.ID))
			}
		}
		ref := sim.Taken()[0].Reference
		if err := m.Tell(t.Context(), ref, "returned"); err != nil {
			t.Fatal(err)
		}
		if got := countOf(t, m, outcomes, r.ID); got["returned"] != 1 {
			t.Errorf("outcomes %v", got)
		}
		if err := m.Tell(t.Context(), "0000-0000-0000", "returned"); !errors.Is(err, reeve.NotFound) {
			t.Errorf("a reference that is not ours: %v", err)
		}
		again := checkedTestRun(t, m, run{Kind: Update, Way: Post, Template: "update"})
		if got := countOf(t, m, exclusions, again.ID); again.People != 25 || got[string(NotListed)] != 4 { // two faulty, one sealed, one whose letter came back
			t.Errorf("an update goes to %d; left out %v", again.People, got)
		}
		if more := checkedTestRun(t, m, run{}); more.People != 2 || countOf(t, m, exclusions, more.ID)["already-told"] != 25 || countOf(t, m, exclusions, more.ID)["suppressed"] != 1 {
			t.Errorf("a second run has %d people: %v", more.People, countOf(t, m, exclusions, more.ID))
		}
	})
}

// TestQuotaByDay: a run with a quota takes as many days as it needs.
func TestQuotaByDay(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 25)
	sim, channel := practice(t, simulator.Options{Speed: 400_000, Letters: 8})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{Quota: 6}))
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	days := make(map[string]int)
	for _, l := range sim.Taken() {
		days[dayOn(l.At)]++
	}
	if len(sim.Taken()) != 25 || len(days) < 4 {
		t.Errorf("%d letters on %v", len(sim.Taken()), days)
	}
	for day, n := range days {
		if n > 8 {
			t.Errorf("%d letters on %s", n, day)
		}
	}
}

// TestPauseAndStop: a run that is paused hands nothing over, and what had not
// left when it was stopped never does.
func TestPauseAndStop(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 60)
	sim, channel := practice(t, simulator.Options{Minute: 10, Speed: 20})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	done := make(chan error, 1)
	go func() { done <- m.send(context.Background(), r.ID) }()
	for len(sim.Taken()) == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return moveRun(tx, &r, Paused, "wait", 5) }); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	n := len(sim.Taken())
	if n == 60 {
		t.Fatal("everything had left before the pause")
	}
	if err := m.send(t.Context(), r.ID); err != nil || len(sim.Taken()) != n {
		t.Errorf("paused, %d more left (%v)", len(sim.Taken())-n, err)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		if err := moveRun(tx, &r, Stopped, "no", 6); err != nil {
			return err
		}
		_, err := stopMessages(tx, r.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := countOf(t, m, states, r.ID); got["left"] != int64(n) || got["stopped"] != int64(60-n) {
		t.Errorf("%d were taken: %v", n, got)
	}
}

// TestRefusedAsItLeaves: who is put on hold after the signatures is not sent
// anything, and the attempt is on record.
func TestRefusedAsItLeaves(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 5)
	sim, channel := practice(t, simulator.Options{})
	guard := &testGuard{stand: map[string]*Standing{}}
	m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	guard.stand[personID(2)] = &Standing{Contact: reeve.ContactHold}
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if got := countOf(t, m, states, r.ID); got["left"] != 4 || got["refused"] != 1 || len(sim.Taken()) != 4 {
		t.Errorf("%v", got)
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		var person, reason string
		if err := tx.One([]any{&person, &reason}, "SELECT person, reason FROM notice_refusal"); err != nil || person != personID(2) || reason != "hold" {
			t.Errorf("%q %q %v", person, reason, err)
		}
		_, err := record.Audit(tx)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDecisions: a child's notice goes to whom children's services named, at the
// address that they gave, and to nobody without.
func TestDecisions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 4)
		_, channel := practice(t, simulator.Options{})
		young := Standing{Contact: reeve.ContactPost, Born: reeve.Date{Year: 2012, Month: 3, Day: 4}}
		m := New(Deps{DB: d, Guard: &testGuard{stand: map[string]*Standing{personID(0): &young, personID(1): &young}}, Channels: []Channel{channel}})
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			return addDecision(tx, &decision{Person: personID(0), Sort: Child, Name: reeve.Private(reeve.KindName, "Bea Hill"), Lines: private([]string{"9 Other Road", "Example Town", "ZE1 0AB"}),
				Relation: "mother", Basis: "parental responsibility", Harm: "checked", Decider: "S. Worker", Day: "2026-01-10", By: "u3", At: 1})
		}); err != nil {
			t.Fatal(err)
		}
		if r := checkedTestRun(t, m, run{}); r.People != 2 || countOf(t, m, exclusions, r.ID)["under-18"] != 2 {
			t.Errorf("a personal run has %d people: %v", r.People, countOf(t, m, exclusions, r.ID))
		}
		r := checkedTestRun(t, m, run{Kind: Child, Way: Post, Template: "child"})
		if r.People != 1 {
			t.Fatalf("a run about children has %d people: %v", r.People, countOf(t, m, exclusions, r.ID))
		}
		var x frozenMessage
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { x, err = messageAt(tx, r.ID, 1); return err }); err != nil {
			t.Fatal(err)
		}
		o := x.Recipient.open()
		if o.Name != "Bea Hill" || o.About != "Ada Brook0" || strings.Join(o.Lines, "|") != "Bea Hill|9 Other Road|Example Town|ZE1 0AB" || x.State != msgReady {
			t.Errorf("%+v %s %s", o, x.State, x.Why)
		}
	})
}

func TestSignedByTwo(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := checkedTestRun(t, m, run{})
	err := d.Write(t.Context(), func(tx *db.Tx) error { return sign(tx, &r, signature{"u1", "u1", r.Digest, 3}) })
	if err != nil || reload(t, m, r.ID).State != Checked {
		t.Fatalf("one signature: %v, %s", err, reload(t, m, r.ID).State)
	}
	r = reload(t, m, r.ID)
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return sign(tx, &r, signature{"u1", "u1", r.Digest, 3}) }); err == nil {
		t.Error("one person signed twice")
	}
	r = reload(t, m, r.ID)
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return moveRun(tx, &r, Sending, "", 4) }); !errors.Is(err, reeve.Conflict) {
		t.Errorf("started with one signature: %v", err)
	}
}

func TestReferences(t *testing.T) {
	seen := make(map[string]bool)
	for range 1000 {
		ref := newReference()
		if norm, ok := NormReference(strings.ToLower(strings.ReplaceAll(ref, "-", " "))); !ok || norm != ref || seen[ref] {
			t.Fatalf("%q %q %v", ref, norm, ok)
		}
		seen[ref] = true
	}
	for _, bad := range []string{"", "7Q2M-4KXD", "7Q2M-4KXD-9T2U", "7Q2M-4KXD-9T2A-1", strings.Repeat("A", 100), "<script>"} {
		if _, ok := NormReference(bad); ok {
			t.Errorf("%q passes", bad)
		}
	}
	if norm, ok := NormReference("olil-olil-olil"); !ok || norm != "0111-0111-0111" {
		t.Errorf("%q %v", norm, ok)
	}
}
