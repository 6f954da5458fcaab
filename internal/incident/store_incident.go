package incident

import (
	"errors"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// The tables of the incident itself.
var (
	caseShelf     = shelf[Incident, *Incident]{"incident_case", KindIncident, "title, what, noticed, happened, lead, lead_name, severity, status, playbook, why"}
	roleShelf     = shelf[RoleHeld, *RoleHeld]{"incident_role", "role", "role, title, person, contact, deputy, begins, ends"}
	shiftShelf    = shelf[Shift, *Shift]{"incident_shift", "shift", "person, role, contact, begins, ends, state"}
	handoverShelf = shelf[Handover, *Handover]{"incident_handover", KindHandover, "done, open, worry, reads, at"}
	planShelf     = shelf[Plan, *Plan]{"incident_plan", "plan", "kind, title, begins, ends, who, why"}
)

func (i *Incident) places() []any {
	return []any{&i.Title, &i.What, &i.Noticed, &i.Happened, &i.Lead, &i.LeadName, &i.Severity, &i.Status, &i.Playbook, &i.Why}
}

func (i *Incident) cells() []any {
	return []any{i.Title, i.What, i.Noticed, i.Happened, i.Lead, i.LeadName, i.Severity, i.Status, i.Playbook, i.Why}
}

func (h *RoleHeld) places() []any {
	return []any{&h.Role, &h.Title, &h.Person, &h.Contact, &h.Deputy, &h.Begins, &h.Ends}
}

func (h *RoleHeld) cells() []any {
	return []any{h.Role, h.Title, h.Person, h.Contact, h.Deputy, h.Begins, h.Ends}
}

func (s *Shift) places() []any {
	return []any{&s.Person, &s.Role, &s.Contact, &s.Begins, &s.Ends, &s.State}
}

func (s *Shift) cells() []any {
	return []any{s.Person, s.Role, s.Contact, s.Begins, s.Ends, s.State}
}

func (h *Handover) places() []any { return []any{&h.Done, &h.Open, &h.Worry, &h.Reads, &h.At} }
func (h *Handover) cells() []any  { return []any{h.Done, h.Open, h.Worry, h.Reads, h.At} }

func (p *Plan) places() []any {
	return []any{&p.Kind, &p.Title, &p.Begins, &p.Ends, &p.Who, &p.Why}
}

func (p *Plan) cells() []any { return []any{p.Kind, p.Title, p.Begins, p.Ends, p.Who, p.Why} }

// Now gives the incident as it stands; reeve.NotFound before it was opened, or
// if it may not be seen.
func Now(tx *db.Tx, s Sight) (Incident, error) { return caseShelf.find(tx, s, 1) }

// leadOf gives who leads; nobody before the incident was opened.
func leadOf(tx *db.Tx) (Colleague, error) {
	i, err := Now(tx, Sight{All: true, Levels: TLPs})
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return Colleague{i.Lead, i.LeadName}, err
}

// onDuty gives the shifts that have not ended, the next first.
func onDuty(tx *db.Tx, s Sight, from int64) ([]Shift, error) {
	return shiftShelf.list(tx, s, query{where: "x.state = 'stands' AND x.ends >= ?", args: []any{from}, order: "x.begins, x.id", limit: 500})
}

// unreadHandovers gives the handovers that a user has still to read, the newest
// first.
func unreadHandovers(tx *db.Tx, s Sight, user string) ([]Handover, error) {
	all, err := handoverShelf.list(tx, s, query{order: "x.at DESC, x.id DESC", limit: 100,
		where: "NOT EXISTS (SELECT 1 FROM incident_reading y WHERE y.handover = x.id AND y.version = x.version AND y.reader = ?)", args: []any{user}})
	var mine []Handover
	for _, h := range all {
		if h.mustRead(user) {
			mine = append(mine, h)
		}
	}
	return mine, err
}

// addReading keeps that somebody has read a version of a handover; again is no
// error.
func addReading(tx *db.Tx, g Reading) error {
	b := tx.LoadNew("incident_reading", "handover", "version", "reader", "reader_name", "read_at")
	if err := b.Add(g.Handover, g.Version, g.Reader, g.Name, g.At); err != nil {
		return err
	}
	return b.Close()
}

// readingsOf gives who has read a handover, in order.
func readingsOf(tx *db.Tx, handover int64) ([]Reading, error) {
	return db.All(tx, func(row db.Row) (g Reading, err error) {
		return g, row.Scan(&g.Handover, &g.Version, &g.Reader, &g.Name, &g.At)
	}, "SELECT handover, version, reader, reader_name, read_at FROM incident_reading WHERE handover = ? ORDER BY read_at, reader", handover)
}
