package account

import (
	"embed"
	"log/slog"
	"sync"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pages embed.FS

// Deps are what the room needs from the program.
type Deps struct {
	DB     *db.DB
	Folder string           // the case folder; keys/account.key stands below it
	Secure bool             // served over TLS: the session's cookie says so
	Log    *slog.Logger     // nil: nothing is logged
	Now    func() time.Time // nil: time.Now
}

// Room is the room; it is the Door of package web.
type Room struct {
	Deps
	cost    cost
	hashing chan struct{} // bounds the passwords hashed at once: each takes memory
	key     sync.Once
	keyed   []byte
	keyErr  error
	ways    []Way
}

var _ web.Door = (*Room)(nil)

// New makes the room. Its tables must have been migrated.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	m := &Room{Deps: d, cost: productCost, hashing: make(chan struct{}, 2)}
	m.ways = []Way{passwordWay{m}}
	return m
}

// Sections are the room's places in the menu, one line for each.
func (m *Room) Sections() []web.Section {
	return []web.Section{
		m.signInSection(),
		m.meSection(),
		m.revealSection(),
		m.sealedSection(),
		m.recordSection(),
		m.staffSection(),
	}
}
