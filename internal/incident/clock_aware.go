package incident

import (
	"cmp"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) awareList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "When we were aware", Back: "/clocks", Lead: "The 72 hours run from the moment at which a council had a reasonable degree of certainty that personal data was concerned. That moment is a decision, with evidence and reasons, and each council makes its own."}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		names := councilNames(councils)
		all, err := awares.list(tx, SightOf(r, web.ObjectClock), query{order: "x.at, x.id"})
		if err != nil {
			return err
		}
		s.Items = all
		t := table{Columns: []string{"Council", "Aware", "Who", "Decided by"}, Empty: "No decision yet."}
		for _, a := range all {
			off := a.State == stateWithdrawn
			t.Rows = append(t.Rows, []cell{leads(councilWords(names, a.Council), path("/aware", a.ID)), {Text: shown(a.At), Struck: off}, says(a.Who), says(a.ChangedName)})
		}
		s.Tables = []table{t}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectClock}) {
		s.Acts = []cell{leads("Decide when a council was aware", "/aware/new")}
	}
	return s.page(), nil
}

func (m *Room) awareOne(r *web.Request) (web.Answer, error) {
	a, err := m.awareOf(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: "Aware: " + shown(a.At), Back: "/aware", Tags: []cell{tlpTag(a.TLP)}, Items: a}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		sight := SightOf(r, web.ObjectClock)
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		versions, err := awares.versions(tx, sight, a.ID)
		if err != nil {
			return err
		}
		started, err := clocks.list(tx, sight, query{where: "x.aware = ?", args: []any{a.ID}})
		if err != nil {
			return err
		}
		s.Facts = facts(factOf("Aware", cell{Text: shown(a.At), Struck: a.State == stateWithdrawn}), factOf("Who was aware", says(a.Who)), textFact("Evidence", a.Evidence),
			textFact("Reasoning", a.Reasoning), factOf("Decided by", says(a.ChangedName+", "+shown(a.ChangedAt))), markFact(councilNames(councils), a.Mark))
		t := clockTable(started, councilNames(councils), r.Now)
		t.Title = "Clocks that it started"
		s.Tables = []table{t, versionTable(versions, func(v Aware) string { return shown(v.At) + ", " + stateText(v.State) + ". " + v.Why })}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectClock, Council: a.Council, Degree: a.TLP.Degree()}) {
		s.Acts = []cell{leads("Decide anew, or withdraw", path("/aware", a.ID, "edit"))}
	}
	return s.page(), nil
}

func stateText(state string) string {
	if state == stateWithdrawn {
		return "withdrawn"
	}
	return "stands"
}

// awareOf finds the awareness of an address.
func (m *Room) awareOf(r *web.Request) (a Aware, err error) {
	id, err := r.Number("aware")
	if err != nil {
		return a, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		a, err = awares.find(tx, SightOf(r, web.ObjectClock), id)
		return err
	})
	return a, err
}

// awareEdit decides when a council was aware, or decides it anew. The clock of
// 72 hours is started, moved or ended in the same transaction.
func (m *Room) awareEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	a := Aware{State: stateStands, Kept: Kept{Mark: Mark{TLP: Amber}}}
	s := &slip{Heading: "Decide when a council was aware", Action: "/aware/new", Back: "/aware", Button: "Decide",
		Warn: "The ICO will read this. Aware means a reasonable degree of certainty that a security incident has compromised personal data (EDPB guidelines 9/2022, which the ICO's own follow), not the end of the investigation."}
	if r.Part("aware") != "" {
		if a, err = m.awareOf(r); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Version = "Decide anew when the council was aware", path("/aware", a.ID, "edit"), path("/aware", a.ID), a.Version
	}
	was := a.Mark
	nation, err := m.nationFor(r, a.Council)
	if err != nil {
		return nil, err
	}
	s.Asks = append([]ask{
		momentAsk("at", "When was the council aware?", "", a.At, "Enter when the council was aware", true),
		{Name: "who", Kind: askLine, Label: "Who was aware?", Hint: "A role, such as: duty officer of IT.", Value: a.Who, Need: "Say who was aware"},
		{Name: "evidence", Kind: askArea, Label: "On what evidence?", Hint: "Alerts, messages, minutes, with their references.", Value: a.Evidence, Need: "Name the evidence"},
		{Name: "reasoning", Kind: askArea, Label: "Why then, and neither earlier nor later?", Value: a.Reasoning, Need: "Give the reasons"},
		{Name: "nation", Kind: askChoice, Label: "Nation of the council", Choices: chosen(nations, strconv.FormatInt(nation, 10)), Need: "Choose the nation"},
	}, markAsks(r, councils, a.Mark)...)
	if a.ID > 0 {
		s.Asks = append(s.Asks, ask{Name: "state", Kind: askChoice, Label: "Does it stand?", Choices: []choice{{Value: stateStands, Text: "It stands, as above", Chosen: true},
			{Value: stateWithdrawn, Text: "It is withdrawn: the council was not aware of a breach"}}, Need: "Choose"},
			ask{Name: "why", Kind: askArea, Label: "Why is it decided anew?", Need: "Say why it is decided anew"})
	}
	return m.fill(r, s, func(*web.Form) {
		a.Mark, a.At, a.Who, a.Evidence, a.Reasoning, nation = s.mark(), s.number("at"), s.text("who"), s.text("evidence"), s.text("reasoning"), s.number("nation")
		a.State, a.Why = cmp.Or(s.text("state"), stateStands), s.text("why")
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := mayMove(r, web.Write, web.ObjectClock, was, a.Mark); err != nil {
			return record.Leaf{}, err
		}
		a.by(r)
		err := awares.put(tx, &a, s.Version)
		if err == nil {
			err = followAware(tx, r, a, nation)
		}
		return leafOf("decide-aware", KindAware, a.ID, "version "+strconv.FormatInt(a.Version, 10)), err
	}, func() (string, string) { return path("/aware", a.ID), "Decided. The clock follows it." })
}

// nationFor is the nation of a council as its particulars have it; with "" that
// of the first council that the visitor is limited to.
func (m *Room) nationFor(r *web.Request, council string) (nation int64, err error) {
	if council == "" && len(r.Visitor.Councils) > 0 {
		council = r.Visitor.Councils[0]
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		p, err := profileOf(tx, Sight{All: true, Levels: TLPs}, council)
		nation = p.Nation
		return err
	})
	return nation, err
}

// followAware makes the clock of 72 hours agree with an awareness.
func followAware(tx *db.Tx, r *web.Request, a Aware, nation int64) error {
	all, err := clocksOfAware(tx, a.ID)
	if err != nil {
		return err
	}
	if len(all) == 0 && a.State == stateStands {
		all = []Clock{{Duty: dutyICO, Title: dutyOf(dutyICO).Title, Aware: a.ID, State: clockRunning}}
	}
	for _, c := range all {
		c.Mark, c.Nation, c.Begun, c.BegunWhy, c.Why = a.Mark, nation, a.At, a.Reasoning, "the moment of awareness was decided"
		switch {
		case a.State == stateWithdrawn:
			c.State, c.Ended, c.Why = clockVoid, r.Now.Unix(), "the awareness was withdrawn"
		case c.State == clockVoid:
			c.State, c.Ended = clockRunning, 0
		}
		c.wind()
		if c.State == clockMet || c.State == clockLate {
			c.end(c.Ended)
		}
		c.by(r)
		if err := clocks.put(tx, &c, c.Version); err != nil {
			return err
		}
	}
	return nil
}
