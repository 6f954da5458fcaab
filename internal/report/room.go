package report

import (
	"context"
	"embed"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a clean laptop may have no time zones

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
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

	// Case is the case's id, by which the record names itself on papers.
	Case string
	// Author is the organisation that stands on papers; "" prints none.
	Author string
	// Staff tells who can be given a lesson to see to; nil: names are typed.
	Staff incident.Staff
}

// Room is the room: its pages over one case.
type Room struct {
	Deps
	db *db.DB
}

// New makes the room. Its tables, and those of incident and review, must have
// been migrated.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Room{Deps: d, db: d.DB}
}

// Sections are the desks of the room, one line for each.
func (m *Room) Sections() []web.Section {
	return []web.Section{
		m.returnSection(),
		m.breachSection(),
		m.paperSection(),
		m.lessonSection(),
	}
}

// act runs an act of a visitor in one transaction that survives a power cut,
// and writes the leaf that do returns last. The actor and the time are filled
// in. The line of a leaf names things by id and holds no text of theirs.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, do)
}

// authorOf is who asks, as the author of a change.
func authorOf(r *web.Request) author {
	return author{r.Visitor.ID, r.Visitor.Name, r.Now.Unix()}
}

// must refuses an act on something with a mark that the policy does not allow.
func must(r *web.Request, v web.Verb, o web.Object, k incident.Mark) error {
	return r.Must(web.Act{Verb: v, Object: o, Council: k.Council, Degree: k.TLP.Degree()})
}

// footing is what stands at the foot of a paper: the newest signed head of the
// record, or the head of now where none was signed yet.
func (m *Room) footing(tx *db.Tx) (string, error) {
	c, err := record.Newest(tx)
	if err == nil {
		return strings.TrimSpace(c.Footer()), nil
	}
	if !errors.Is(err, reeve.NotFound) {
		return "", err
	}
	head, err := record.Root(tx)
	return strings.TrimSpace(head.Text(record.Origin(m.Case))), err
}

// councilsOf offers the councils for which a visitor may write; "" is the whole
// incident.
func (m *Room) councilsOf(ctx context.Context, v *web.Visitor) (all []choice, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		councils, err := incident.Councils(tx)
		if v.Councils == nil {
			all = append(all, choice{"", "The whole incident", false})
		}
		for _, c := range councils {
			if v.Councils == nil || slices.Contains(v.Councils, c.Code) {
				all = append(all, choice{c.Code, c.Name, false})
			}
		}
		return err
	})
	return all, err
}

// marking is the two fields of a form that make a mark: council and tlp.
type marking struct {
	Councils []choice
	Levels   []choice
}

// markingOf offers what may be chosen, with what stands chosen.
func (m *Room) markingOf(r *web.Request, k incident.Mark) (marking, error) {
	councils, err := m.councilsOf(r.Context(), r.Visitor)
	if k.TLP == "" {
		k.TLP = incident.Amber
	}
	return marking{chosen(councils, k.Council), levelsOf(k.TLP)}, err
}

// levelsOf offers the labels, with one chosen.
func levelsOf(stands incident.TLP) []choice {
	return chosen(each(incident.TLPs, func(t incident.TLP) choice { return choice{string(t), t.Label() + ": " + t.Words(), false} }), string(stands))
}

// read reads the two fields.
func (m marking) read(f *web.Form) incident.Mark {
	return incident.Mark{Council: f.Choice("council", "Choose whose it is", values(m.Councils)...),
		TLP: incident.TLP(f.Choice("tlp", "Choose how far it may travel", values(m.Levels)...))}
}
