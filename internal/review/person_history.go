package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// historyLine is something that was done about a person.
type historyLine struct {
	At       int64           `json:"at"`
	Who      string          `json:"who"`
	What     string          `json:"what"`
	Why      reeve.Sensitive `json:"why"`
	Decision int64           `json:"decision,omitempty"` // one that can be undone
}

// histories are where the lines of a person's history come from, one line for
// each desk that has some.
var histories = []func(m *Room, tx *db.Tx, r *web.Request, p *sweep.PersonView) ([]historyLine, error){
	decisionHistory,
	stopHistory,
	verdictHistory,
	noticeHistory,
}

// history is what was done about a person, newest first.
func (m *Room) history(r *web.Request, p *sweep.PersonView) ([]historyLine, error) {
	var all []historyLine
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		for _, from := range histories {
			lines, err := from(m, tx, r, p)
			if err != nil {
				return err
			}
			all = append(all, lines...)
		}
		return nil
	})
	if err == nil && m.Staff != nil && len(all) > 0 {
		err = m.nameActors(r, all)
	}
	slices.SortStableFunc(all, func(a, b historyLine) int { return cmp.Compare(b.At, a.At) })
	return all, err
}

// nameActors puts names for the numbers of users; who has left keeps the number.
func (m *Room) nameActors(r *web.Request, lines []historyLine) error {
	staff, err := m.Staff.Colleagues(r.Context())
	if err != nil {
		return fmt.Errorf("name who decided: %w", err)
	}
	for i := range lines {
		if at := slices.IndexFunc(staff, func(c Colleague) bool { return c.ID == lines[i].Who }); at >= 0 {
			lines[i].Who = staff[at].Name
		}
	}
	return nil
}

func decisionHistory(_ *Room, tx *db.Tx, r *web.Request, p *sweep.PersonView) (lines []historyLine, err error) {
	stand := standingDecisions(p.Decisions)
	for _, d := range p.Decisions {
		l := historyLine{At: d.At, Who: d.Actor, What: "Took back decision " + d.A, Why: d.Why}
		if d.What != decideWithdraw {
			l.What = fmt.Sprintf("Decision %d: %s and %s are %s", d.ID, d.A, d.B, decisionWords(d.What))
			if slices.Contains(stand, d.ID) {
				l.Decision = d.ID
			}
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func stopHistory(_ *Room, tx *db.Tx, _ *web.Request, p *sweep.PersonView) (lines []historyLine, err error) {
	stops, err := stopsOfPerson(tx, p.ID)
	for _, s := range stops {
		cause, _ := causeOf(s.Why)
		lines = append(lines, historyLine{At: s.At, Who: s.ActorName, What: "Set aside: " + cause.Title})
		if s.Decided > 0 {
			lines = append(lines, historyLine{At: s.Decided, Who: s.DeciderName, What: sentence(s.State.words())})
		}
	}
	return lines, err
}
