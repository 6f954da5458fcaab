package incident

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// clockChoices are the running clocks that a form may link to.
func (m *Room) clockChoices(r *web.Request, current int64) (all []choice, err error) {
	all = []choice{{Value: "0", Text: "None"}}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		run, err := clocks.list(tx, SightOf(r, web.ObjectClock), query{where: "(x.state = 'running' OR x.id = ?)", args: []any{current}, order: soonest, limit: 500})
		for _, c := range run {
			all = append(all, choice{Value: strconv.FormatInt(c.ID, 10), Text: fmt.Sprintf("%d: %s, %s", c.ID, c.Title, c.Deadline().Words())})
		}
		return err
	})
	return chosen(all, strconv.FormatInt(current, 10)), err
}

// agencyEdit adds an agency or changes one.
func (m *Room) agencyEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	a := Agency{State: "to-tell", Kept: Kept{Mark: Mark{TLP: Amber}}}
	s := &slip{Heading: "Add an agency", Action: "/agencies/new", Back: "/agencies", Button: "Add it"}
	if r.Part("id") != "" {
		if a, err = m.agencyOf(r); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Button, s.Version = "Change an agency", path("/agencies", a.ID, "edit"), path("/agencies", a.ID), "Keep the new version", a.Version
	}
	was := a.Mark
	run, err := m.clockChoices(r, a.Clock)
	if err != nil {
		return nil, err
	}
	var sorts []choice
	for _, x := range agencySorts {
		sorts = append(sorts, choice{Value: x.ID, Text: x.Title})
	}
	s.Asks = append([]ask{
		{Name: "sort", Kind: askPick, Label: "Which body?", Choices: chosen(sorts, a.Sort), Need: "Choose the body"},
		{Name: "title", Kind: askLine, Label: "Its name, if it is not that", Value: a.Title},
		{Name: "duty", Kind: askArea, Label: "What do we owe it?", Hint: "Empty: what the table of agencies says.", Value: a.Duty},
		{Name: "clock", Kind: askPick, Label: "Which clock is its deadline?", Choices: run, Need: "Choose a clock, or none"},
		{Name: "contacts", Kind: askArea, Label: "Contacts", Hint: "Role, name, telephone; one a line.", Value: a.Contacts},
		{Name: "reference", Kind: askLine, Label: "Its reference", Value: a.Reference},
		{Name: "state", Kind: askChoice, Label: "How far are we?", Choices: chosen(agencyStates, a.State), Need: "Choose how far you are"},
	}, markAsks(r, councils, a.Mark)...)
	if a.ID > 0 {
		s.Asks = append(s.Asks, ask{Name: "why", Kind: askArea, Label: "Why does it change?", Need: "Say why it changes"})
	}
	return m.fill(r, s, func(*web.Form) {
		a.Mark, a.Sort, a.Title, a.Duty, a.Clock = s.mark(), s.text("sort"), s.text("title"), s.text("duty"), s.number("clock")
		a.Contacts, a.Reference, a.State, a.Why = s.text("contacts"), s.text("reference"), s.text("state"), s.text("why")
		of := sortOf(a.Sort)
		if a.Title == "" {
			a.Title = of.Title
		}
		if a.Duty == "" {
			a.Duty = of.Duty
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := mayMove(r, web.Write, web.ObjectAgency, was, a.Mark); err != nil {
			return record.Leaf{}, err
		}
		a.by(r)
		err := agencies.put(tx, &a, s.Version)
		return leafOf("write-agency", KindAgency, a.ID, "version "+strconv.FormatInt(a.Version, 10)), err
	}, func() (string, string) { return path("/agencies", a.ID), "It is kept." })
}

// agencyTold records what was said, and on which facts.
func (m *Room) agencyTold(r *web.Request) (web.Answer, error) {
	a, err := m.agencyOf(r)
	if err != nil {
		return nil, err
	}
	lines, err := m.factChoices(r)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Record what was said", Lead: a.Title, Action: path("/agencies", a.ID, "told"), Back: path("/agencies", a.ID), Button: "Put it on record", Version: a.Version,
		Warn: "The agency itself, an inquiry or a court may one day read this.",
		Asks: []ask{
			{Name: "direction", Kind: askChoice, Label: "Which way?", Choices: chosen(directions, "told"), Need: "Choose which way"},
			momentAsk("at", "When?", "", r.Now.Unix(), "Enter when it was said", true),
			{Name: "way", Kind: askLine, Label: "How?", Hint: "Such as: telephone, web form, meeting."},
			{Name: "who", Kind: askLine, Label: "Who on our side?", Value: r.Visitor.Name, Need: "Say who on our side"},
			{Name: "them", Kind: askLine, Label: "Who on theirs?"},
			{Name: "note", Kind: askArea, Label: "What was said?", Need: "Say what was said"},
			{Name: "facts", Kind: askMany, Label: "On which facts does it rest?", Hint: "When one of them changes, this stands on the list of what was built on it.", Choices: lines},
			{Name: "reference", Kind: askLine, Label: "Their reference, if they gave one"},
		}}
	t := Told{Parent: a.ID, State: stateStands, Kept: Kept{Mark: a.Mark}}
	return m.fill(r, s, func(*web.Form) {
		t.Direction, t.At, t.Way, t.Who, t.Them, t.Note = s.text("direction"), s.number("at"), s.text("way"), s.text("who"), s.text("them"), s.text("note")
		t.Facts, t.Reference = s.text("facts"), s.text("reference")
	}, func(tx *db.Tx) (record.Leaf, error) {
		leaf := leafOf("talk-to-agency", KindAgency, a.ID, "something was said")
		if err := must(r, web.Write, web.ObjectAgency, a.Mark); err != nil {
			return leaf, err
		}
		t.by(r)
		if err := tolds.put(tx, &t, 0); err != nil {
			return leaf, err
		}
		if err := citeAll(tx, t.Facts, Object{Kind: KindTold, ID: strconv.FormatInt(t.ID, 10), Title: "What was said to " + a.Title, Path: path("/agencies", a.ID) + "#said", Owner: r.Visitor.ID, OwnerName: r.Visitor.Name, Mark: a.Mark, At: r.Now.Unix()}); err != nil {
			return leaf, err
		}
		a.Reference = cmp.Or(a.Reference, t.Reference)
		if t.Direction == "told" && a.State == "to-tell" {
			a.State = "told"
		}
		a.Why = "something was said"
		a.by(r)
		return leaf, agencies.put(tx, &a, s.Version)
	}, func() (string, string) { return path("/agencies", a.ID), "It is on record." })
}

// citeAll cites fact versions, by their numbers one a line.
func citeAll(tx *db.Tx, numbers string, by Object) error {
	for _, line := range linesOf(numbers) {
		n, err := strconv.ParseInt(line, 10, 64)
		if err != nil {
			return fmt.Errorf("cite fact: %w", reeve.Invalid)
		}
		if err := Cite(tx, n, by); err != nil {
			return err
		}
	}
	return nil
}

// toldWithdraw takes back what was recorded in error. It stays, struck through.
func (m *Room) toldWithdraw(r *web.Request) (web.Answer, error) {
	a, err := m.agencyOf(r)
	if err != nil {
		return nil, err
	}
	id, err := r.Number("told")
	if err != nil {
		return nil, err
	}
	var t Told
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		t, err = tolds.child(tx, a.ID, id)
		return err
	}); err != nil {
		return nil, err
	}
	s := withdrawSlip(path(path("/agencies", a.ID)+"/told", id, "withdraw"), path("/agencies", a.ID), t.Version)
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectAgency, a.Mark); err != nil {
			return record.Leaf{}, err
		}
		t.State, t.Why = stateWithdrawn, s.text("why")
		t.by(r)
		return leafOf("withdraw-told", KindTold, t.ID, "recorded in error"), tolds.put(tx, &t, s.Version)
	}, func() (string, string) { return path("/agencies", a.ID), "It is marked as recorded in error." })
}

// agencyPolice records the state of the investigation.
func (m *Room) agencyPolice(r *web.Request) (web.Answer, error) {
	a, err := m.agencyOf(r)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Record the state of the investigation", Lead: a.Title, Action: path("/agencies", a.ID, "police"), Back: path("/agencies", a.ID), Button: "Put it on record",
		Warn: "Before any of this is told to anybody, ask the officer in the case what may be said.",
		Asks: []ask{
			{Name: "stage", Kind: askChoice, Label: "How far is it?", Choices: policeStages, Need: "Choose how far it is"},
			momentAsk("at", "Since when?", "", r.Now.Unix(), "Enter since when", true),
			momentAsk("known", "When were we told?", "", r.Now.Unix(), "Enter when we were told", true),
			{Name: "source", Kind: askLine, Label: "Who says so?", Hint: "A role and a reference.", Need: "Say who says so"},
			{Name: "note", Kind: askArea, Label: "Words"},
		}}
	p := Police{Parent: a.ID, State: stateStands, Kept: Kept{Mark: a.Mark}}
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectAgency, a.Mark); err != nil {
			return record.Leaf{}, err
		}
		p.Stage, p.At, p.Known, p.Source, p.Note = s.text("stage"), s.number("at"), s.number("known"), s.text("source"), s.text("note")
		p.by(r)
		err := polices.put(tx, &p, 0)
		return leafOf("police-state", KindAgency, a.ID, "state of the investigation"), err
	}, func() (string, string) { return path("/agencies", a.ID), "It is on record." })
}

// factChoices are the facts on which something may rest, by the number of the
// version that is cited.
func (m *Room) factChoices(r *web.Request) (all []choice, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		lines, err := FactsSeen(tx, Internal, SightOf(r, web.ObjectFact))
		for _, f := range lines {
			all = append(all, choice{Value: strconv.FormatInt(f.Version, 10), Text: f.Claim})
		}
		return err
	})
	return all, err
}
