package review

import (
	"context"
	"embed"
	"log/slog"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pages embed.FS

// Deps are what the room needs from the program.
type Deps struct {
	Case *sweep.Case
	Log  *slog.Logger
	Now  func() time.Time // nil: time.Now

	// Roots are the folders of this machine below which an exhibit may be named
	// by its path; none: exhibits are uploaded.
	Roots []string
	// Upload is how many bytes one uploaded file may have; 0: 2 GiB.
	Upload int64
	// Sweep is how sweeps run on this machine (Workers, NoOCR, Reader); what to
	// sweep comes from the pages.
	Sweep sweep.Options
	// Staff tells who can be given something to do; nil: everybody takes for
	// themselves.
	Staff Staff
	// Residents tells what residents reported; nil: nobody takes reports.
	Residents Residents
}

// Staff is what the room asks about users; account answers.
type Staff interface {
	// Colleagues are the users who may sign in now, by name.
	Colleagues(ctx context.Context) ([]Colleague, error)
}

// Colleague is a user to whom something can be given.
type Colleague struct {
	ID   string
	Name string
}

// Room is the room: its pages, jobs and stores over one case.
type Room struct {
	Deps
	kase    *sweep.Case
	db      *db.DB
	live    *live // the sweep of this process
	counted counted
	counts  keptCounts
}

// New makes the room. Its tables must have been migrated.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Upload <= 0 {
		d.Upload = defaultUpload
	}
	m := &Room{Deps: d, kase: d.Case, db: d.Case.DB}
	m.live = newLive(m)
	return m
}

// defaultUpload is the largest file that is taken through the browser unless
// the operator says otherwise: larger exhibits are put on the server.
const defaultUpload = 2 << 30

// Sections are the desks of the room, one line for each. A desk with a title
// stands in the menu at its Order:
//
//	10 today · 20 standing · 30 person (people, households) · 40 queue (verdicts,
//	batches, samples, contacts) · 50 search · 60 exhibit (registers, sweep,
//	coverage) · 70 version (exports, Article 34) · 80 hold
//
// The others leave the title empty and stand in the Links of one that has it.
func (m *Room) Sections() []web.Section {
	return []web.Section{
		m.todaySection(),
		m.standingSection(),
		m.searchSection(),
		m.exhibitSection(),
		m.registerSection(),
		m.liveSection(),
		m.coverageSection(),
		m.personSection(),
		m.householdSection(),
		m.documentSection(),
		m.stopSection(),
		m.queueSection(),
		m.verdictSection(),
		m.contactSection(),
		m.sampleSection(),
		m.versionSection(),
		m.exportSection(),
		m.toldSection(),
		m.article34Section(),
		m.statementSection(),
		m.holdSection(),
		m.sarSection(),
	}
}

// Jobs are the handlers of the room's jobs, one line for each desk that has
// some.
func (m *Room) Jobs() []job.Handler {
	var all []job.Handler
	all = append(all, m.searchJobs()...)
	all = append(all, m.stopJobs()...)
	all = append(all, m.toldJobs()...)
	all = append(all, m.versionJobs()...)
	all = append(all, m.destroyJobs()...)
	return all
}

// Close stops what the room itself runs, and waits for it: a sweep.
func (m *Room) Close() error { return m.live.close() }

// act runs an act of a visitor in one transaction that survives a power cut,
// and writes the leaf that do returns last. The actor and the time are filled in.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, actor(r), do)
}

// put is act within a transaction that is another's.
func put(tx *db.Tx, r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return actor(r).Put(tx, do)
}

func actor(r *web.Request) record.By { return record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()} }
