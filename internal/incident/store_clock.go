package incident

import (
	"errors"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

var (
	awares  = shelf[Aware, *Aware]{"incident_aware", KindAware, "at, who, evidence, reasoning, state, why"}
	clocks  = shelf[Clock, *Clock]{"incident_clock", KindClock, "duty, title, nation, begun, begun_why, due, whole, open, longer, aware, list_version, cohort, people, choice, choice_why, held, owner, state, ended, why"}
	reports = shelf[Report, *Report]{"incident_report", KindReport, "parent, at, phase, way, reference, note, late_why, state, why"}
)

func (a *Aware) places() []any {
	return []any{&a.At, &a.Who, &a.Evidence, &a.Reasoning, &a.State, &a.Why}
}
func (a *Aware) cells() []any { return []any{a.At, a.Who, a.Evidence, a.Reasoning, a.State, a.Why} }

func (c *Clock) places() []any {
	return []any{&c.Duty, &c.Title, &c.Nation, &c.Begun, &c.BegunWhy, &c.Due, &c.Whole, &c.Open, &c.Longer, &c.Aware, &c.ListVersion, &c.Cohort,
		&c.People, &c.Choice, &c.ChoiceWhy, &c.Held, &c.Owner, &c.State, &c.Ended, &c.Why}
}
func (c *Clock) cells() []any {
	return []any{c.Duty, c.Title, c.Nation, c.Begun, c.BegunWhy, c.Due, bit(c.Whole), bit(c.Open), c.Longer, c.Aware, c.ListVersion, c.Cohort,
		c.People, c.Choice, c.ChoiceWhy, c.Held, c.Owner, c.State, c.Ended, c.Why}
}

func (p *Report) places() []any {
	return []any{&p.Parent, &p.At, &p.Phase, &p.Way, &p.Reference, &p.Note, &p.LateWhy, &p.State, &p.Why}
}
func (p *Report) cells() []any {
	return []any{p.Parent, p.At, p.Phase, p.Way, p.Reference, p.Note, p.LateWhy, p.State, p.Why}
}

// soonest is the order of clocks: those that run, by their end, those without
// one behind them.
const soonest = "CASE WHEN x.state = 'running' THEN 0 ELSE 1 END, x.open, x.due, x.id"

// NextClocks gives the running clocks that end soonest, of those that may be
// seen.
func NextClocks(tx *db.Tx, s Sight, limit int) ([]Clock, error) {
	return clocks.list(tx, s, query{where: "x.state = 'running'", order: soonest, limit: limit})
}

// clockFigures are how many clocks run, are late and end within a day of now.
func clockFigures(tx *db.Tx, s Sight, now int64) (running, late, near int64, err error) {
	running, err = clocks.count(tx, s, query{where: "x.state = 'running'"})
	if err == nil {
		late, err = clocks.count(tx, s, query{where: "x.state = 'running' AND x.open = 0 AND x.due < ?", args: []any{now}})
	}
	if err == nil {
		near, err = clocks.count(tx, s, query{where: "x.state = 'running' AND x.open = 0 AND x.due BETWEEN ? AND ?", args: []any{now, now + 86400}})
	}
	return running, late, near, err
}

// clocksOfAware are the clocks that an awareness started.
func clocksOfAware(tx *db.Tx, aware int64) ([]Clock, error) {
	return db.All(tx, clocks.scan, "SELECT "+clocks.all()+" FROM incident_clock x WHERE x.latest = 1 AND x.aware = ? ORDER BY x.id", aware)
}

// reminded tells whether a reminder went out already.
func reminded(tx *db.Tx, c Clock, stage int64, council string) (bool, error) {
	var at int64
	err := tx.One([]any{&at}, "SELECT at FROM incident_reminder WHERE clock = ? AND due = ? AND stage = ? AND council = ?", c.ID, c.Due, stage, council)
	if errors.Is(err, reeve.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// putReminded keeps that a reminder went out.
func putReminded(tx *db.Tx, c Clock, stage int64, council string, at int64) error {
	b := tx.LoadNew("incident_reminder", "clock", "due", "stage", "council", "at")
	if err := b.Add(c.ID, c.Due, stage, council, at); err != nil {
		return err
	}
	return b.Close()
}
