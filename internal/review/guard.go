package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
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
	args := append([]any{version}, arguments(people)...)
	err := tx.Each(func(row db.Row) error {
		var id, contact, born, worker string
		var minor, moved, mail, phone, other, told int64
		var s notice.Standing
		if err := row.Scan(&id, &contact, &s.Deceased, &born, &s.Verdict, &minor, &moved, &mail, &phone, &other, &worker, &told); err != nil {
			return err
		}
		s.Contact, s.Minor, s.Moved = reeve.SafeContact(contact), minor > 0, moved > 0
		s.OtherEmail, s.OtherPhone, s.OtherWorker = mail > 0, phone > 0, other > 0
		s.Worker, s.Told = reeve.Private(reeve.KindName, worker), told > 0
		if born != "" {
			d, err := reeve.ParseISODate(born)
			s.Born, s.Minor = d, s.Minor || err != nil // a date that cannot be read protects
		}
		found[id] = s
		return nil
	}, `SELECT p.id, c.value, p.deceased, p.born, COALESCE(v.value, ''),
		(SELECT COUNT(*) FROM case_signals m WHERE m.person = p.id AND m.signal = 'minor'),
		CASE WHEN f.person IS NOT NULL AND (f.address <> p.address OR f.postcode <> p.postcode) THEN 1 ELSE 0 END,
		`+otherThan("email")+", "+otherThan("phone")+", "+otherThan("worker")+`, COALESCE(k.worker, ''), `+toldByCall+`
		FROM case_people p JOIN review_contact c ON c.person = p.id
		LEFT JOIN review_verdicts v ON v.about = 'person' AND v.thing = p.id
		LEFT JOIN case_contacts k ON k.person = p.id
		LEFT JOIN review_version_person f ON f.version = ? AND f.person = p.id
		LEFT JOIN review_version_contact g ON g.version = f.version AND g.n = f.n
		WHERE p.sealed = 0 AND p.id IN (`+marks(len(people))+")", args...)
	if err != nil {
		return nil, fmt.Errorf("read how people stand: %w", err)
	}
	return found, nil
}

// otherThan is 1 where a frozen row f has another way of reaching the person than
// the registers give now, 0 where nothing was frozen.
func otherThan(column string) string {
	return "CASE WHEN f.person IS NOT NULL AND COALESCE(g." + column + ", '') <> COALESCE(k." + column + ", '') THEN 1 ELSE 0 END"
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
