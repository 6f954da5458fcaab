package incident

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// testNow is the time in tests: the morning after.
var testNow = time.Date(2025, 11, 25, 9, 30, 0, 0, time.UTC)

// migrateAll makes the tables of the room and of those below that it writes to.
func migrateAll(ctx context.Context, d *db.DB) error {
	return errors.Join(d.Migrate(ctx, record.Room, record.Schema()), d.Migrate(ctx, job.Room, job.Schema()), Migrate(ctx, d))
}

// testBook is an empty book on SQLite.
func testBook(t testing.TB) *db.DB {
	t.Helper()
	d := dbtest.SQLite(t)
	if err := migrateAll(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// eachBook runs a test on an empty book on both databases.
func eachBook(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := migrateAll(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		test(t, d)
	})
}

// testDoor lets in whoever the header X-Who names, by default a lead. X-Role
// puts the policy of the house behind it; without, everything is allowed but the
// verbs of X-Deny. X-Councils limits them.
type testDoor struct{ policy *account.Room }

func (testDoor) Visitor(_ http.ResponseWriter, r *http.Request) (*web.Visitor, error) {
	v := &web.Visitor{ID: r.Header.Get("X-Who"), Role: "Incident lead", Session: r.Header.Get("X-Deny")}
	if v.ID == "" {
		v.ID = "lead"
	}
	v.Name = "User " + v.ID
	if s := r.Header.Get("X-Councils"); s != "" {
		v.Councils = strings.Split(s, ",")
	}
	if s := r.Header.Get("X-Role"); s != "" {
		v.Roles = strings.Split(s, ",")
	}
	return v, nil
}

func (d testDoor) May(v *web.Visitor, a web.Act) web.Ruling {
	switch {
	case v != nil && v.Roles != nil:
		return d.policy.May(v, a)
	case v != nil && strings.Contains(","+v.Session+",", ","+string(a.Verb)+","):
		return web.Ruling{Reason: "your role does not allow it"}
	}
	return web.Ruling{Allowed: v != nil}
}

func (d testDoor) Knows(v web.Verb, o web.Object) bool { return d.policy.Knows(v, o) }

// testStaff are colleagues by id.
type testStaff []string

func (s testStaff) Colleagues(context.Context) ([]Colleague, error) {
	return each(s, func(id string) Colleague { return Colleague{id, "User " + id} }), nil
}

// testRoom is the room over a book, as the whole workspace.
func testRoom(t testing.TB, d *db.DB) (*Room, http.Handler) {
	t.Helper()
	m := New(Deps{DB: d, Now: func() time.Time { return testNow }, Case: "C1", Staff: testStaff{"lead", "u1", "u2"}})
	h, err := web.New(web.Options{Door: testDoor{&account.Room{}}, Title: "Test case", Now: m.Now}, m.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	return m, h
}

// wantNot fails if an answer holds a text.
func wantNot(t testing.TB, w *httptest.ResponseRecorder, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(w.Body.String(), s) {
			t.Errorf("the answer holds %q: %s", s, head(w.Body.String()))
		}
	}
}

// write runs a transaction.
func write(t testing.TB, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// read runs a reading transaction.
func read(t testing.TB, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// lastLeaf is the newest act on record.
func lastLeaf(t testing.TB, d *db.DB) (last record.Line) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		lines, err := record.Lines(tx, 0, 100_000)
		if len(lines) > 0 {
			last = lines[len(lines)-1]
		}
		return err
	})
	return last
}

// everything is the sight of who sees all of the book.
var everything = Sight{All: true, Levels: TLPs}

// by signs what a test writes.
func by(council string, tlp TLP) Kept {
	return Kept{Mark: Mark{council, tlp}, ChangedBy: "u1", ChangedName: "User u1", ChangedAt: testNow.Unix()}
}

func TestSchemasAreNamedApart(t *testing.T) {
	seen := make(map[string]bool)
	for _, s := range Schemas() {
		if seen[s.Room] || !strings.HasPrefix(s.Room, "incident-") {
			t.Errorf("tables %q: the name is taken or does not begin with incident-", s.Room)
		}
		seen[s.Room] = true
	}
}

// The words of webtest, short.
var (
	get  = webtest.Ask
	post = webtest.Send
	send = webtest.Serve
	want = webtest.Want
	head = webtest.Head
)
