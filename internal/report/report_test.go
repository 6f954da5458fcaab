package report

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// testNow is the time in tests: ten hours after the council became aware.
var testNow = time.Date(2025, 11, 24, 18, 0, 0, 0, time.UTC)

// bench is the room under test with its neighbours over one database, and who
// acts.
type bench struct {
	t    *testing.T
	d    *db.DB
	h    http.Handler
	who  *web.Visitor
	now  time.Time
	deny []web.Verb
}

// migrateAll makes the tables that the room reads and writes.
func migrateAll(ctx context.Context, d *db.DB) error {
	return errors.Join(d.Migrate(ctx, record.Room, record.Schema()), d.Migrate(ctx, sweep.Room, sweep.Schema()), d.Migrate(ctx, job.Room, job.Schema()),
		review.Migrate(ctx, d), incident.Migrate(ctx, d), Migrate(ctx, d))
}

// Visitor, May and Knows make the bench a door: everybody is who, and may all
// but what is denied.
func (b *bench) Visitor(http.ResponseWriter, *http.Request) (*web.Visitor, error) { return b.who, nil }
func (b *bench) May(v *web.Visitor, a web.Act) web.Ruling {
	for _, verb := range b.deny {
		if verb == a.Verb {
			return web.Ruling{Reason: "denied in the test"}
		}
	}
	if a.Council != "" && v.Councils != nil && !strings.Contains(strings.Join(v.Councils, " "), a.Council) {
		return web.Ruling{Reason: "another council's"}
	}
	return web.Ruling{Allowed: true}
}
func (b *bench) Knows(web.Verb, web.Object) bool { return true }

func newBench(t *testing.T, d *db.DB) *bench {
	t.Helper()
	if err := migrateAll(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, d: d, now: testNow, who: &web.Visitor{ID: "u1", Name: "Ada Lead"}}
	clock := func() time.Time { return b.now }
	h, err := web.New(web.Options{Door: b, Now: clock, Title: "Test"}, New(Deps{DB: d, Now: clock, Case: "test", Author: "Test Council"}).Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	b.h = h
	return b
}

// as lets somebody else act.
func (b *bench) as(id, name string, councils ...string) *bench {
	b.who = &web.Visitor{ID: id, Name: name, Councils: councils}
	return b
}

func (b *bench) get(path string, status int) string {
	b.t.Helper()
	return webtest.Get(b.t, b.h, path, status)
}

// post sends a form, given as name and value in turn, and gives where it leads.
func (b *bench) post(path string, status int, fields ...string) (location, body string) {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return webtest.Post(b.t, b.h, path, form, status)
}

// author is who acts in the book, now.
func (b *bench) author() incident.Author {
	return incident.Author{ID: b.who.ID, Name: b.who.Name, At: b.now.Unix()}
}

// fact adds a fact and releases it, and gives the number of its version.
func (b *bench) fact(topic, claim string, tlp incident.TLP, to ...incident.Audience) int64 {
	b.t.Helper()
	f := incident.Fact{Kept: incident.Kept{Mark: incident.Mark{TLP: tlp}}, Topic: topic, Claim: claim, Source: "Head of IT", AsOf: b.now.Unix(), Confidence: "confirmed", Sort: "known", State: "stands"}
	b.write(func(tx *db.Tx) error {
		if err := incident.Put(tx, b.author(), &f); err != nil {
			return err
		}
		return incident.ReleaseTo(tx, b.author(), f, to...)
	})
	return f.Number
}

func (b *bench) read(do func(tx *db.Tx) error) {
	b.t.Helper()
	if err := b.d.Read(b.t.Context(), do); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) write(do func(tx *db.Tx) error) {
	b.t.Helper()
	if err := b.d.Write(b.t.Context(), do); err != nil {
		b.t.Fatal(err)
	}
}

// version looks at a page and gives the hidden number of its form.
func (b *bench) version(path string) string {
	b.t.Helper()
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(b.get(path, http.StatusOK))
	if m == nil {
		b.t.Fatalf("%s has no form", path)
	}
	return m[1]
}

// freeze makes a list version of rows, as review's tables hold one.
func (b *bench) freeze(number int64, rows ...listed) {
	b.t.Helper()
	b.write(func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO list_version (number, state, purpose, stamp, as_of, people, sealed, digest, figures, user_, user_name, at, emptied, version)
			VALUES (?, 'approved', 'test', 's', '2025-11-24', ?, 0, ?, '{}', 'u1', 'Ada', ?, 0, 1)`, number, len(rows), fmt.Sprintf("digest-%d", number), testNow.Unix())
		if err != nil {
			return err
		}
		p := tx.Load("list_person", "list", "n", "person", "registers", "name", "born", "uprn", "address", "postcode", "household", "tier", "posterior", "capacity", "role", "deceased",
			"severity", "band", "lane", "signals", "categories", "kinds", "data_from", "data_to", "items", "incomplete", "exhibit", "first_item", "controller", "safe_contact", "basis", "verdict", "taken")
		for i, r := range rows {
			err := p.Add(number, i+1, fmt.Sprintf("P%011d", i), "", "Quillfeather, Zebedee", "", "", "", "", "", r.Tier, 0, "subject", r.Role, r.Deceased,
				0, "low", r.Lane, r.Signals, r.Categories, "", 0, 0, r.Items, 0, "x", "a.txt", "", "post", "", r.Verdict, r.Taken)
			if err != nil {
				return err
			}
		}
		return p.Close()
	})
}

func TestPages(t *testing.T) {
	webtest.CheckPages(t, returnsPage, returnOnePage, returnFormPage, returnDiffPage, breachesPage, breachOnePage, breachFormPage,
		lessonsPage, lessonOnePage, lessonFormPage, papersPage, paperOnePage, paperFormPage)
}

// TestForms: keys are there once, a choice has choices, and every question that
// must be answered can be.
func TestForms(t *testing.T) {
	for _, f := range forms {
		seen := make(map[string]bool)
		for _, p := range f.Parts {
			for _, q := range p.Questions {
				if seen[q.Key] || q.Key == "" || q.Label == "" {
					t.Errorf("%s: question %q", f.Kind, q.Key)
				}
				seen[q.Key] = true
				if picks := q.As == asChoice || q.As == asSeveral; picks != (len(q.From) > 0) {
					t.Errorf("%s %s: choices and shape do not agree", f.Kind, q.Key)
				}
			}
		}
		if f.Figures && !seen["categories"] || f.Clock && !seen["delay"] {
			t.Errorf("%s lacks a question that the rules speak of", f.Kind)
		}
	}
}
