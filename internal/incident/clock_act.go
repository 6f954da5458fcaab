package incident

import (
	"strconv"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// councilsFor reads the councils for a form.
func (m *Room) councilsFor(r *web.Request) (all []Council, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err = Councils(tx)
		return err
	})
	return all, err
}

// clockOf finds the clock of an address.
func (m *Room) clockOf(r *web.Request) (c Clock, err error) {
	id, err := r.Number("id")
	if err != nil {
		return c, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		c, err = clocks.find(tx, SightOf(r, web.ObjectClock), id)
		return err
	})
	return c, err
}

// clockEdit starts a clock, or changes one.
func (m *Room) clockEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	nation, err := m.nationFor(r, r.Ask("council"))
	if err != nil {
		return nil, err
	}
	c := Clock{Duty: r.Ask("duty"), Nation: nation, State: clockRunning, Kept: Kept{Mark: Mark{Council: r.Ask("council"), TLP: Amber}}}
	s := &slip{Heading: "Start a clock", Action: "/clocks/new", Back: "/clocks", Button: "Start the clock"}
	if r.Part("id") != "" {
		if c, err = m.clockOf(r); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Button, s.Version = "Change a clock", path("/clocks", c.ID, "edit"), path("/clocks", c.ID), "Keep the new version", c.Version
	}
	was := c.Mark
	s.Asks = append(c.asks(), markAsks(r, councils, c.Mark)...)
	if c.ID > 0 {
		s.Asks = append(s.Asks, ask{Name: "why", Kind: askArea, Label: "Why does it change?", Need: "Say why it changes"})
	}
	var begin = "start-clock"
	if c.ID > 0 {
		begin = "change-clock"
	}
	return m.fill(r, s, func(f *web.Form) { c.take(s, f) }, func(tx *db.Tx) (record.Leaf, error) {
		if err := mayMove(r, web.Write, web.ObjectClock, was, c.Mark); err != nil {
			return record.Leaf{}, err
		}
		c.by(r)
		err := clocks.put(tx, &c, s.Version)
		return leafOf(begin, KindClock, c.ID, "version "+strconv.FormatInt(c.Version, 10)), err
	}, func() (string, string) { return path("/clocks", c.ID), "The clock runs: " + c.Deadline().Words() + "." })
}

// asks are the questions about a clock. Which apply depends on the duty, but
// without JavaScript all stand on one page; take says which are missing.
func (c Clock) asks() []ask {
	var all []choice
	for _, d := range duties {
		all = append(all, choice{Value: d.ID, Text: d.Title + " (" + d.Where() + ")"})
	}
	asks := []ask{
		{Name: "duty", Kind: askPick, Label: "Which duty?", Hint: "The page of duties names the law of each.", Choices: chosen(all, c.Duty), Need: "Choose the duty"},
		{Name: "title", Kind: askLine, Label: "Which case is it?", Hint: "Such as a reference. It stands in calendars and mail: no name of a person. Empty: the name of the duty.", Value: c.Title},
		momentAsk("begun", "When did it begin?", "For papers of a meeting: the day of the meeting.", c.Begun, "Enter when it began", false),
		{Name: "begun_why", Kind: askArea, Label: "Why then?", Hint: "The regulator and a court may read this.", Value: c.BegunWhy},
		{Name: "nation", Kind: askChoice, Label: "Whose bank holidays?", Choices: chosen(nations, strconv.FormatInt(c.Nation, 10)), Need: "Choose the nation"},
		momentAsk("due", "When does it end?", "Only where a contract, a policy or somebody else sets the end; otherwise the law does.", typedEnd(c), "", false),
		{Name: "owner", Kind: askLine, Label: "Who sees to it?", Value: c.Owner},
	}
	if c.Duty != "" && c.Duty != dutyArticle34 {
		return asks
	}
	return append(asks,
		ask{Name: "cohort", Kind: askLine, Label: "Article 34: which group of people?", Value: c.Cohort},
		ask{Name: "list_version", Kind: askLine, Label: "Article 34: number of the list version", Value: c.ListVersion},
		ask{Name: "people", Kind: askNumber, Label: "Article 34: how many people by that version?", Value: numberText(c.People)},
		ask{Name: "choice", Kind: askChoice, Label: "Article 34: what was decided?", Choices: chosen(choices34, c.Choice)},
		ask{Name: "choice_why", Kind: askArea, Label: "Article 34: why?", Value: c.ChoiceWhy})
}

// typedEnd is the end to show in the form: only one that was typed.
func typedEnd(c Clock) int64 {
	if d := dutyOf(c.Duty); d != nil && d.Typed() {
		return c.Due
	}
	return 0
}

// numberText is a number as one types it, "" for 0.
func numberText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// take fills a clock from what was typed and winds it.
func (c *Clock) take(s *slip, f *web.Form) {
	c.Mark = s.mark()
	c.Duty, c.Title, c.Begun, c.BegunWhy, c.Nation = s.text("duty"), s.text("title"), s.number("begun"), s.text("begun_why"), s.number("nation")
	c.Owner, c.Why = s.text("owner"), s.text("why")
	c.Cohort, c.ListVersion, c.People, c.Choice, c.ChoiceWhy = s.text("cohort"), s.text("list_version"), s.number("people"), s.text("choice"), s.text("choice_why")
	d := dutyOf(c.Duty)
	if c.Title == "" {
		c.Title = d.Title
	}
	switch {
	case d.Typed():
		if c.Due = s.number("due"); c.Due == 0 {
			s.fault(f, "due", "Enter when it ends: no law says so for this duty")
		}
	case s.number("due") != 0:
		s.fault(f, "due", "Leave this empty: the law sets the end of this duty")
	}
	if !d.Applies(nationAt(c.Nation)) {
		s.fault(f, "nation", "This duty is for "+d.Where())
	}
	if c.Duty == dutyICO && c.Aware == 0 && c.BegunWhy == "" {
		s.fault(f, "begun_why", "Say why the council was aware then, or begin with the decision on awareness")
	}
	if c.Duty == dutyArticle34 {
		if c.Cohort == "" {
			s.fault(f, "cohort", "Name the group")
		}
		if c.Choice != "" && c.Choice != "open" && c.ChoiceWhy == "" {
			s.fault(f, "choice_why", "Say why it was decided so")
		}
	}
	c.wind()
	if c.State == clockMet || c.State == clockLate {
		c.end(c.Ended)
	}
}

// clockReport records what was done about a clock.
func (m *Room) clockReport(r *web.Request) (web.Answer, error) {
	c, err := m.clockOf(r)
	if err != nil {
		return nil, err
	}
	d := c.Deadline()
	s := &slip{Heading: "Record what was done", Lead: c.Title + ": " + d.Words(), Action: path("/clocks", c.ID, "report"), Back: path("/clocks", c.ID), Button: "Put it on record", Version: c.Version,
		Asks: []ask{
			{Name: "phase", Kind: askChoice, Label: "What was done?", Choices: phasesOf(c.Duty), Need: "Choose what was done"},
			momentAsk("at", "When?", "", r.Now.Unix(), "Enter when it was done", true),
			{Name: "way", Kind: askLine, Label: "How was it sent?", Hint: "Such as: web form, telephone, post."},
			{Name: "reference", Kind: askLine, Label: "Their reference"},
			{Name: "note", Kind: askArea, Label: "What was said", Hint: "The regulator may read this.", Need: "Say what was said, in a sentence"},
			{Name: "late_why", Kind: askArea, Label: "Reasons for the delay", Hint: "Needed when the end has passed: Article 33(1) asks for them in the report."},
		}}
	p := Report{Parent: c.ID, State: stateStands, Kept: Kept{Mark: c.Mark}}
	return m.fill(r, s, func(f *web.Form) {
		p.At, p.Phase, p.Way, p.Reference, p.Note, p.LateWhy = s.number("at"), s.text("phase"), s.text("way"), s.text("reference"), s.text("note"), s.text("late_why")
		if d.Late(time.Unix(p.At, 0)) && ends(p.Phase) && p.LateWhy == "" {
			s.fault(f, "late_why", "It is late by "+leftWords(time.Unix(p.At, 0).Sub(d.At))+": give the reasons for the delay")
		}
		if duty := dutyOf(c.Duty); p.At < c.Begun && (duty == nil || !duty.Before) {
			s.fault(f, "at", "It cannot have been done before the clock began")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		leaf := leafOf("report-clock", KindClock, c.ID, "something was done")
		if err := must(r, web.Write, web.ObjectClock, c.Mark); err != nil {
			return leaf, err
		}
		p.by(r)
		if err := reports.put(tx, &p, 0); err != nil {
			return leaf, err
		}
		return leaf, m.settle(tx, r, &c, s.Version, "after "+p.Phase+" of "+shown(p.At))
	}, func() (string, string) { return path("/clocks", c.ID), "It is on record." })
}

// settle ends a clock by what stands on record about it, or lets it run again
// when that was withdrawn. Whoever comes with an old version is refused.
func (m *Room) settle(tx *db.Tx, r *web.Request, c *Clock, seen int64, why string) error {
	done, err := reports.under(tx, c.ID)
	if err != nil {
		return err
	}
	if c.State != clockVoid {
		c.State, c.Ended = clockRunning, 0
		for _, p := range done {
			if p.State == stateStands && ends(p.Phase) {
				c.end(p.At)
				break
			}
		}
	}
	c.Why = why
	c.by(r)
	return clocks.put(tx, c, seen)
}

// reportWithdraw takes back what was recorded in error. It stays, struck
// through.
func (m *Room) reportWithdraw(r *web.Request) (web.Answer, error) {
	c, err := m.clockOf(r)
	if err != nil {
		return nil, err
	}
	id, err := r.Number("report")
	if err != nil {
		return nil, err
	}
	var p Report
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		p, err = reports.child(tx, c.ID, id)
		return err
	}); err != nil {
		return nil, err
	}
	s := withdrawSlip(path(path("/clocks", c.ID)+"/report", id, "withdraw"), path("/clocks", c.ID), c.Version)
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		leaf := leafOf("withdraw-report", KindReport, p.ID, "recorded in error, clock "+strconv.FormatInt(c.ID, 10))
		if err := must(r, web.Write, web.ObjectClock, c.Mark); err != nil {
			return leaf, err
		}
		p.State, p.Why = stateWithdrawn, s.text("why")
		p.by(r)
		if err := reports.put(tx, &p, p.Version); err != nil {
			return leaf, err
		}
		return leaf, m.settle(tx, r, &c, s.Version, "a report was withdrawn")
	}, func() (string, string) { return path("/clocks", c.ID), "It is marked as recorded in error." })
}

// withdrawSlip asks why something is taken back.
func withdrawSlip(action, back string, version int64) *slip {
	return &slip{Heading: "Withdraw", Lead: "It stays on the page, struck through, with your reason.", Action: action, Back: back, Button: "Withdraw it", Version: version,
		Asks: []ask{{Name: "why", Kind: askArea, Label: "What was wrong with it?", Need: "Say what was wrong with it"}}}
}

// clockLonger extends a clock as its law allows.
func (m *Room) clockLonger(r *web.Request) (web.Answer, error) {
	c, err := m.clockOf(r)
	if err != nil {
		return nil, err
	}
	d := dutyOf(c.Duty)
	if d == nil || d.Longer == nil || c.State != clockRunning {
		return web.Redirect(path("/clocks", c.ID), "The law does not extend this clock."), nil
	}
	s := &slip{Heading: "Extend the clock", Lead: d.Longer.Words, Warn: "Law: " + d.Longer.Law + ". It must be done, and said, before the first period ends: " + c.Deadline().Words() + ".",
		Action: path("/clocks", c.ID, "longer"), Back: path("/clocks", c.ID), Button: "Extend it", Version: c.Version,
		Asks: []ask{{Name: "why", Kind: askArea, Label: "Why is it extended?", Hint: "As it was told to the person.", Need: "Say why it is extended"}}}
	return m.fill(r, s, func(f *web.Form) {
		if c.Deadline().Late(r.Now) {
			s.fault(f, "why", "The first period is over: it can no longer be extended")
		}
	}, m.changeClock(r, s, &c, "extend-clock", func() { c.Longer = s.text("why"); c.Why = "extended"; c.wind() }),
		func() (string, string) { return path("/clocks", c.ID), "Extended: " + c.Deadline().Words() + "." })
}

// changeClock is the act that keeps a changed clock.
func (m *Room) changeClock(r *web.Request, s *slip, c *Clock, verb string, change func()) func(tx *db.Tx) (record.Leaf, error) {
	return func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectClock, c.Mark); err != nil {
			return record.Leaf{}, err
		}
		change()
		c.by(r)
		err := clocks.put(tx, c, s.Version)
		return leafOf(verb, KindClock, c.ID, "version "+strconv.FormatInt(c.Version, 10)), err
	}
}

// clockHeld notes who paused what: a regulator that takes no complaints, an
// applicant who agreed to wait. No note moves a statutory date by itself.
func (m *Room) clockHeld(r *web.Request) (web.Answer, error) {
	c, err := m.clockOf(r)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Note who paused what", Lead: c.Title, Warn: "The date stays: no note moves what the law sets. If an agreement in writing moved it, start another clock with the agreed end.",
		Action: path("/clocks", c.ID, "held"), Back: path("/clocks", c.ID), Button: "Keep the note", Version: c.Version,
		Asks: []ask{{Name: "held", Kind: askArea, Label: "Who paused what, from when, and where is it said?", Value: c.Held}}}
	return m.fill(r, s, nil, m.changeClock(r, s, &c, "note-pause", func() { c.Held = s.text("held"); c.Why = "note on a pause" }),
		func() (string, string) { return path("/clocks", c.ID), "The note is kept." })
}

// clockVoid ends a clock that does not apply after all.
func (m *Room) clockVoid(r *web.Request) (web.Answer, error) {
	c, err := m.clockOf(r)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "It does not apply", Lead: c.Title, Action: path("/clocks", c.ID, "void"), Back: path("/clocks", c.ID), Button: "End the clock", Version: c.Version,
		Asks: []ask{{Name: "why", Kind: askArea, Label: "Why does this duty not apply?", Hint: "The regulator may read this.", Need: "Say why it does not apply"}}}
	return m.fill(r, s, nil, m.changeClock(r, s, &c, "void-clock", func() { c.State, c.Ended, c.Why = clockVoid, r.Now.Unix(), s.text("why") }),
		func() (string, string) { return path("/clocks", c.ID), "The clock is ended." })
}
