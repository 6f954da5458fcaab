package notice

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pages embed.FS

// Deps are what the room needs from the program.
type Deps struct {
	DB       *db.DB
	Guard    Guard
	Evidence Evidence // nil: letters are looked at without their passages
	Facts    Facts    // nil: what is said of the incident is typed
	Channels []Channel
	Eye      Eye // nil: no letter is drawn to pixels, which the page of a run says
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now
	// Callback is the token that GOV.UK Notify sends with what it tells us; "":
	// nothing is taken from outside.
	Callback string
	// Bounces is a folder into which returned mail is dropped; nil: none is read.
	Bounces *mail.Inbox
}

// Facts is what the room asks of the incident book.
type Facts interface {
	// Said gives the newest text released to the public on a topic, with the
	// number of its version; reeve.NotFound when there is none.
	Said(tx *db.Tx, topic string) (text string, version int64, err error)
	// Cite puts into the book that a run was built on versions of facts.
	Cite(tx *db.Tx, versions []int64, run int64, title, path string) error
}

// Room is the room: its pages, jobs and stores over one case.
type Room struct {
	Deps
	db    *db.DB
	watch watch
}

// New makes the room. Its tables must have been migrated.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	d.Channels = append(slices.Clip(d.Channels), inPerson{})
	return &Room{Deps: d, db: d.DB}
}

// channel finds a channel by its name.
func (m *Room) channel(name string) (Channel, error) {
	if i := slices.IndexFunc(m.Channels, func(c Channel) bool { return c.Name() == name }); i >= 0 {
		return m.Channels[i], nil
	}
	return nil, reeve.WithHint(fmt.Errorf("find channel: %w", reeve.Unavailable), "the channel of this run is not set up on this machine")
}

// Jobs are the handlers of the room's jobs.
func (m *Room) Jobs() []job.Handler {
	all := []job.Handler{
		{Kind: checkJob, Run: m.checkRun, Attempts: 3},
		{Kind: sendJob, Run: m.sendRun, Attempts: sendAttempts, Workers: 2},
		{Kind: statusJob, Run: m.pullStatuses, Every: 6 * time.Hour},
		{Kind: practiceJob, Run: m.practise, Every: time.Minute},
	}
	if m.Bounces != nil {
		all = append(all, job.Handler{Kind: bounceJob, Run: m.readBounces, Every: bounceEvery})
	}
	return all
}

// The kinds of jobs.
const (
	checkJob  = "notice.check"
	sendJob   = "notice.send"
	statusJob = "notice.status"
)

// sendAttempts is how often in a row a run is taken up again after trouble.
const sendAttempts = 20

// runArgs says which run a job is for.
type runArgs struct {
	Run int64 `json:"run"`
}

func runKey(id int64) job.Option { return job.Key(fmt.Sprintf("run %d", id)) }

// act runs an act of a visitor in one transaction that survives a power cut, and
// writes the leaf that do returns last.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, do)
}

// keep is act for a job.
func (m *Room) keep(ctx context.Context, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Work(ctx, m.db, record.By{Actor: "job", Time: m.Now().Unix()}, do)
}

func runObject(id int64) string { return fmt.Sprintf("notice-run:%d", id) }
