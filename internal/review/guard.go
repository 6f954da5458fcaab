package review

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	_ notice.Guard    = (*Room)(nil)
	_ notice.Evidence = (*Room)(nil)
)

// Stand tells how people stand now, for notices: the safe contact that was
// assessed, verdicts, and whether their address, e-mail address, number and
// worker are still the frozen ones. Who is sealed is left out like somebody who
// is not there. Of a person in conflict, and of one whose exposure waits for a
// second verdict, nothing is confirmed.
func (m *Room) Stand(tx *db.Tx, version int64, people []string) (map[string]notice.Standing, error) {
	found := make(map[string]notice.Standing, len(people))
	if len(people) == 0 {
		return found, nil
	}
	err := eachStanding(tx, version, people, func(id string, s notice.Standing) { found[id] = s })
	if err != nil {
		return nil, fmt.Errorf("read how people stand: %w", err)
	}
	return found, nil
}

// Passages gives what stands behind one recipient. Text is there only where the
// visitor was granted the person's values, and nothing of what is set aside.
func (m *Room) Passages(r *web.Request, person string, limit int) ([]notice.Passage, error) {
	p, err := m.kase.Person(r.Context(), person, scopeOf(r.Visitor))
	if err != nil {
		return nil, plainFault(err)
	}
	aside, err := m.aside(r, each(p.Links, func(l sweep.LinkView) int64 { return l.Item }))
	if err != nil {
		return nil, err
	}
	granted := mayShowUpTo(r, personThing(p.ID), web.ObjectPerson, degreeOf(p.Sealed, p.Categories))
	var all []notice.Passage
	for i := range p.Links {
		l := &p.Links[i]
		if aside[l.Item] {
			continue
		}
		for j := range l.Passages {
			if len(all) == limit {
				return all, nil
			}
			x := notice.Passage{Item: l.Path, Place: l.Passages[j].Place, Path: personPath(p.ID)}
			if granted {
				x.Text = l.Passages[j].Text
			}
			all = append(all, x)
		}
	}
	return all, nil
}
