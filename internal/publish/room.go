package publish

import (
	"context"
	"embed"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pageFiles embed.FS

// Deps are what the room needs from the program. What is nil is not there: the
// site does without.
type Deps struct {
	DB   *db.DB
	Log  *slog.Logger
	Now  func() time.Time // nil: time.Now
	Case string           // the case's id, for names that stay the same for ever

	// Facts gives the facts that are released to the public, in the order in
	// which pages show them.
	Facts func(tx *db.Tx) ([]Fact, error)
	// Cite tells the ledger that a page shows a version of a fact.
	Cite func(tx *db.Tx, version int64, path, title string) error
	// Renamed gives a text with the names that bodies have at a moment.
	Renamed func(text string, at int64) string
	// Figures counts the funnel as it may be published: from the approved list
	// version of a number, or (0) from the review as it stands.
	Figures func(ctx context.Context, version int64) (Figures, error)
	// Versions are the list versions that are approved, the newest first.
	Versions func(ctx context.Context) ([]int64, error)
	// Letter tells whether a letter with a reference was sent. It must not take
	// longer for one that was.
	Letter func(tx *db.Tx, reference string) (bool, error)
	// Scams gives the scams that were approved for showing, the newest first.
	Scams func(tx *db.Tx) ([]Scam, error)
	// Forms are the public forms of other rooms; their routes are given to
	// Server.
	Forms []Link
}

// Room is the room: the desk where texts are written and released, and the site
// that is made of them.
type Room struct {
	Deps
	db    *db.DB
	built atomic.Pointer[builder]
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

// act runs an act of a visitor in one transaction that survives a power cut,
// and writes the leaf that do returns last.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, do)
}
