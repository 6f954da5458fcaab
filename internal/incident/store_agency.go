package incident

var (
	agencies = shelf[Agency, *Agency]{"incident_agency", KindAgency, "sort, title, duty, clock, contacts, reference, state, why"}
	tolds    = shelf[Told, *Told]{"incident_told", KindTold, "parent, at, direction, way, who, them, note, facts, reference, state, why"}
	polices  = shelf[Police, *Police]{"incident_police", KindPolice, "parent, at, known, stage, source, note, state, why"}
)

func (a *Agency) places() []any {
	return []any{&a.Sort, &a.Title, &a.Duty, &a.Clock, &a.Contacts, &a.Reference, &a.State, &a.Why}
}
func (a *Agency) cells() []any {
	return []any{a.Sort, a.Title, a.Duty, a.Clock, a.Contacts, a.Reference, a.State, a.Why}
}

func (t *Told) places() []any {
	return []any{&t.Parent, &t.At, &t.Direction, &t.Way, &t.Who, &t.Them, &t.Note, &t.Facts, &t.Reference, &t.State, &t.Why}
}
func (t *Told) cells() []any {
	return []any{t.Parent, t.At, t.Direction, t.Way, t.Who, t.Them, t.Note, t.Facts, t.Reference, t.State, t.Why}
}

func (p *Police) places() []any {
	return []any{&p.Parent, &p.At, &p.Known, &p.Stage, &p.Source, &p.Note, &p.State, &p.Why}
}
func (p *Police) cells() []any {
	return []any{p.Parent, p.At, p.Known, p.Stage, p.Source, p.Note, p.State, p.Why}
}
