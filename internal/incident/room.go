package incident

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pages embed.FS

// Deps are what the room needs from the program.
type Deps struct {
	DB  *db.DB
	Log *slog.Logger
	Now func() time.Time // nil: time.Now

	// Case is the case's id, for addresses that are the same for ever (calendars).
	Case string
	// Staff tells who can be given something to do; nil: names are typed.
	Staff Staff
	// Standing says in a sentence where the review of the copied data stands, for
	// the incident's home; nil: nothing is said.
	Standing func(ctx context.Context, v *web.Visitor) (text, path string, err error)
	// Office is what the desks for clocks, agencies, evidence, costs and councils
	// need besides.
	Office Office
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

// Room is the room: its pages and jobs over one case.
type Room struct {
	Deps
	db *db.DB
}

// New makes the room. Its tables must have been migrated.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Room{Deps: d, db: d.DB}
}

// Sections are the desks of the room, one line for each. A desk with a title
// stands in the menu at its Order:
//
//	4 incident (home; its Links are the other desks of A) · 5 clocks (its Links
//	are agencies, evidence, costs, councils)
//
// The others leave the title empty and stand in the Links of one that has it.
func (m *Room) Sections() []web.Section {
	return append([]web.Section{
		m.incidentSection(),
		m.entrySection(),
		m.factSection(),
		m.decisionSection(),
		m.taskSection(),
	}, m.officeSections()...)
}

// Jobs are the handlers of the room's jobs, one line for each desk that has
// some.
func (m *Room) Jobs() []job.Handler {
	return slices.Concat(m.officeJobs(), m.entryJobs(), []job.Handler{m.lateJob()})
}

// act runs an act of a visitor in one transaction that survives a power cut,
// and writes the leaf that do returns last. The actor and the time are filled
// in. The line of a leaf names objects by id and holds no text of theirs: it
// stands in the timeline, whose readers may not all see the object.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, do)
}

// must refuses an act on an object of a mark that the policy does not allow.
// Somebody who is limited to councils writes what is theirs: what is the whole
// incident's they may see, as far as its label lets them.
func must(r *web.Request, v web.Verb, o web.Object, k Mark) error {
	if v != web.See && r.Visitor.Councils != nil && k.Council == "" {
		return reeve.WithHint(fmt.Errorf("%s %s: %w", v, o, reeve.Denied), "It is the whole incident's, and you write for "+strings.Join(r.Visitor.Councils, ", ")+".")
	}
	return r.Must(web.Act{Verb: v, Object: o, Council: k.Council, Degree: k.TLP.Degree()})
}

// may is must as a question.
func may(r *web.Request, v web.Verb, o web.Object, k Mark) bool { return must(r, v, o, k) == nil }

// own is the mark that a new object of a visitor has before they choose one.
func own(r *web.Request) Mark {
	k := Mark{TLP: Amber}
	if len(r.Visitor.Councils) > 0 {
		k.Council = r.Visitor.Councils[0]
	}
	return k
}
