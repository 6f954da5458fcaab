package review

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestMain(m *testing.M) {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	code := dbtest.Main(m)
	if swept.dir != "" {
		os.RemoveAll(filepath.Dir(swept.dir))
	}
	os.Exit(code)
}

// testNow is the time in tests.
var testNow = time.Date(2026, 1, 12, 9, 30, 0, 0, time.UTC)

// swept is the small council of the tests, planted and swept once for the test
// binary; every test gets a copy of the case.
var swept struct {
	once  sync.Once
	dir   string
	truth *plant.Truth
	err   error
}

// planted gives the folder in which the small council was planted, with the
// exhibit, the registers and the case in "case".
func planted(t testing.TB) (dir string, truth *plant.Truth) {
	t.Helper()
	swept.once.Do(func() { swept.err = plantOnce() })
	if swept.err != nil {
		t.Fatal(swept.err)
	}
	return swept.dir, swept.truth
}

func plantOnce() (err error) {
	ctx := context.Background()
	if swept.dir, err = os.MkdirTemp("", "reeve-review-"); err != nil {
		return err
	}
	if swept.truth, err = plant.Generate(ctx, plant.Options{Seed: 7, People: 150, Documents: 60, Dir: filepath.Join(swept.dir, "council")}); err != nil {
		return err
	}
	swept.dir = filepath.Join(swept.dir, "council")
	c, err := sweep.Make(ctx, filepath.Join(swept.dir, "case"), "")
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err = c.Sweep(ctx, plantedSweep(swept.dir, swept.truth)); err != nil {
		return err
	}
	return migrateAll(ctx, c.DB)
}

// migrateAll makes the tables of the room and of the queue that it enqueues in.
func migrateAll(ctx context.Context, d *db.DB) error {
	return errors.Join(d.Migrate(ctx, job.Room, job.Schema()), Migrate(ctx, d))
}

// plantedSweep is what to sweep of a planted council. Scans stay unread.
func plantedSweep(dir string, truth *plant.Truth) sweep.Options {
	opt := sweep.Options{Council: plant.Council, NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, truth.Exhibit), Name: "fileserver", From: "file server", By: "R. Officer", Taken: reeve.TakenLikely}}}
	for _, r := range truth.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: filepath.Join(dir, r.File)})
	}
	return opt
}

// testCase gives a copy of the small council's case, on SQLite.
func testCase(t testing.TB) *sweep.Case {
	t.Helper()
	from, _ := planted(t)
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"case.json", "case.db"} {
		b, err := os.ReadFile(filepath.Join(from, "case", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// eachEmpty runs a test on a case without exhibits, its tables migrated, on
// both databases.
func eachEmpty(t *testing.T, test func(t *testing.T, c *sweep.Case)) {
	t.Helper()
	run := func(name string, address func() string) {
		t.Run(name, func(t *testing.T) {
			c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), address())
			if err == nil {
				t.Cleanup(func() { c.Close() })
				err = migrateAll(t.Context(), c.DB)
			}
			if err != nil {
				t.Fatal(err)
			}
			test(t, c)
		})
	}
	run("sqlite", func() string { return "" })
	run("postgres", func() string { return dbtest.PostgresAddress(t) })
}

// testDoor lets in whoever the header X-Who names, by default a lead who may do
// everything. X-Councils, X-Opened and X-Shown (lists with commas) say what they
// may see; X-Deny lists verbs that they may not.
type testDoor struct{}

func (testDoor) Visitor(_ http.ResponseWriter, r *http.Request) (*web.Visitor, error) {
	v := &web.Visitor{ID: r.Header.Get("X-Who"), Role: "Incident lead"}
	if v.ID == "" {
		v.ID = "lead"
	}
	v.Name = "User " + v.ID
	list := func(header string) []string {
		if s := r.Header.Get(header); s != "" {
			return strings.Split(s, ",")
		}
		return nil
	}
	v.Councils, v.Opened = list("X-Councils"), list("X-Opened")
	for _, thing := range list("X-Shown") {
		v.Shown = append(v.Shown, web.Grant{Thing: thing, Until: testNow.Add(time.Minute)})
	}
	v.Session = r.Header.Get("X-Deny")
	return v, nil
}

func (testDoor) May(v *web.Visitor, a web.Act) web.Ruling {
	if v != nil && strings.Contains(","+v.Session+",", ","+string(a.Verb)+",") {
		return web.Ruling{Reason: "your role does not allow it"}
	}
	return web.Ruling{Allowed: v != nil}
}

func (testDoor) Knows(web.Verb, web.Object) bool { return true }

// testRoom is the room over a case, as the whole workspace.
func testRoom(t testing.TB, d Deps) (*Room, http.Handler) {
	t.Helper()
	d.Now = func() time.Time { return testNow }
	m := New(d)
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	h, err := web.New(web.Options{Door: testDoor{}, Title: "Test case", Now: d.Now}, m.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	return m, h
}

func TestSchemasAreNamedApart(t *testing.T) {
	seen := make(map[string]bool)
	for _, s := range Schemas() {
		if seen[s.Room] || !strings.HasPrefix(s.Room, "review-") {
			t.Errorf("tables %q: the name is taken or does not begin with review-", s.Room)
		}
		seen[s.Room] = true
	}
}

func TestPlantedCaseOpens(t *testing.T) {
	_, h := testRoom(t, Deps{Case: testCase(t)})
	want(t, get(t, h, "/nowhere"), http.StatusNotFound, "Page not found")
}

// staffOf are colleagues by id.
func staffOf(ids ...string) Staff { return testStaff(ids) }

type testStaff []string

func (s testStaff) Colleagues(context.Context) ([]Colleague, error) {
	return each(s, func(id string) Colleague { return Colleague{ID: id, Name: "User " + id} }), nil
}

// The words of webtest, short.
var (
	get  = webtest.Ask
	post = webtest.Send
	send = webtest.Serve
	want = webtest.Want
	head = webtest.Head
)
