package enquiry

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
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
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestMain(m *testing.M) {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	if dir := os.Getenv(killedCase); dir != "" {
		fmt.Fprintln(os.Stderr, serveKilled(dir))
		os.Exit(1)
	}
	code := dbtest.Main(m)
	if swept.dir != "" {
		os.RemoveAll(swept.dir)
	}
	os.Exit(code)
}

// testNow is the time in tests: a Monday morning.
var testNow = time.Date(2026, 1, 12, 9, 30, 0, 0, time.UTC)

// swept is the small council of the tests, planted and swept once for the test
// binary; every test gets a copy of the case.
var swept struct {
	once sync.Once
	dir  string
	err  error
}

func plantOnce() (err error) {
	ctx := context.Background()
	if swept.dir, err = os.MkdirTemp("", "reeve-enquiry-"); err != nil {
		return err
	}
	council := filepath.Join(swept.dir, "council")
	truth, err := plant.Generate(ctx, plant.Options{Seed: 7, People: 150, Documents: 60, Dir: council})
	if err != nil {
		return err
	}
	c, err := sweep.Make(ctx, filepath.Join(swept.dir, "case"), "")
	if err != nil {
		return err
	}
	defer c.Close()
	opt := sweep.Options{Council: plant.Council, NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(council, truth.Exhibit), Name: "fileserver", From: "file server", By: "R. Officer", Taken: reeve.TakenLikely}}}
	for _, r := range truth.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: filepath.Join(council, r.File)})
	}
	if _, err = c.Sweep(ctx, opt); err != nil {
		return err
	}
	return errors.Join(review.Migrate(ctx, c.DB), Migrate(ctx, c.DB))
}

// plantedCase gives a copy of the small council's case, on SQLite.
func plantedCase(t testing.TB) *sweep.Case {
	t.Helper()
	swept.once.Do(func() { swept.err = plantOnce() })
	if swept.err != nil {
		t.Fatal(swept.err)
	}
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"case.json", "case.db"} {
		b, err := os.ReadFile(filepath.Join(swept.dir, "case", name))
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

// emptyCase is a case without exhibits, on SQLite.
func emptyCase(t testing.TB) *sweep.Case { return caseAt(t, "") }

func caseAt(t testing.TB, address string) *sweep.Case {
	t.Helper()
	c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), address)
	if err == nil {
		t.Cleanup(func() { c.Close() })
		err = errors.Join(review.Migrate(t.Context(), c.DB), Migrate(t.Context(), c.DB))
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// eachCase runs a test on an empty case on both databases.
func eachCase(t *testing.T, test func(t *testing.T, c *sweep.Case)) {
	t.Run("sqlite", func(t *testing.T) { test(t, emptyCase(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, caseAt(t, dbtest.PostgresAddress(t))) })
}

// testDoor lets in whoever X-Who names, by default an agent who may do
// everything. X-Councils says whose things they may see; X-Deny lists what they
// may not, as verb-object.
type testDoor struct{}

func (testDoor) Visitor(_ http.ResponseWriter, r *http.Request) (*web.Visitor, error) {
	v := &web.Visitor{ID: r.Header.Get("X-Who"), Role: "Contact centre"}
	if v.ID == "" {
		v.ID = "agent"
	}
	v.Name = "User " + v.ID
	if s := r.Header.Get("X-Councils"); s != "" {
		v.Councils = strings.Split(s, ",")
	}
	if s := r.Header.Get("X-Opened"); s != "" {
		v.Opened = strings.Split(s, ",")
	}
	v.Session = r.Header.Get("X-Deny")
	return v, nil
}

func (testDoor) May(v *web.Visitor, a web.Act) web.Ruling {
	if v != nil && strings.Contains(","+v.Session+",", fmt.Sprintf(",%s-%s,", a.Verb, a.Object)) {
		return web.Ruling{Reason: "not in this test"}
	}
	return web.Ruling{Allowed: v != nil}
}

func (testDoor) Knows(web.Verb, web.Object) bool { return true }

// testRoom is the room over a case, as the whole workspace.
func testRoom(t testing.TB, d Deps) (*Room, http.Handler) {
	t.Helper()
	if d.Now == nil {
		d.Now = func() time.Time { return testNow }
	}
	m := New(d)
	if m.shut != nil {
		t.Fatal(m.shut)
	}
	t.Cleanup(func() { m.Close() })
	h, err := web.New(web.Options{Door: testDoor{}, Title: "Test case", Now: d.Now}, m.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	return m, h
}

// public is the room's routes as the public site serves them.
func public(t testing.TB, m *Room) http.Handler {
	t.Helper()
	p, err := web.NewPublic(web.PublicOptions{Now: m.Now, Frame: func(w io.Writer, p web.PublicPage) error {
		return publicFrame.Execute(w, p)
	}}, m.Public()...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var publicFrame = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><head><title>{{.Title}}</title><meta name="viewport" content="width=device-width"><style>input,button,select,textarea{min-height:28px;margin:4px 0;max-width:100%}</style></head><body><main>` +
	`{{range .Errors}}<p>{{.Text}}</p>{{end}}{{.Content}}</main></body></html>`))

// leaves are the verbs on record.
func leaves(t testing.TB, c *sweep.Case) (verbs []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		lines, err := record.Lines(tx, 0, 1000)
		for _, l := range lines {
			verbs = append(verbs, l.Verb)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return verbs
}

// ask runs a read.
func ask[T any](t testing.TB, c *sweep.Case, do func(tx *db.Tx) (T, error)) (v T) {
	t.Helper()
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) { v, err = do(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return v
}

// The words of webtest, short.
var (
	get  = webtest.Ask
	post = webtest.Send
	send = webtest.Serve
	want = webtest.Want
	head = webtest.Head
)
