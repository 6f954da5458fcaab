package incident

import (
	"context"
	"fmt"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) clockSection() web.Section {
	routes := []web.Route{
		see("/clocks", web.ObjectClock, m.clockList),
		see("/clocks/duties", web.ObjectClock, m.dutyList),
		see("/clocks/calendar", web.ObjectClock, m.clockCalendar),
		see("/clocks/sheet", web.ObjectClock, m.clockSheet),
		see("/aware", web.ObjectClock, m.awareList),
		see("/aware/{aware}", web.ObjectClock, m.awareOne),
		see("/clocks/{id}", web.ObjectClock, m.clockOne),
	}
	routes = append(routes, both("/clocks/new", web.Write, web.ObjectClock, m.clockEdit)...)
	routes = append(routes, both("/aware/new", web.Write, web.ObjectClock, m.awareEdit)...)
	routes = append(routes, both("/aware/{aware}/edit", web.Write, web.ObjectClock, m.awareEdit)...)
	routes = append(routes, both("/clocks/{id}/edit", web.Write, web.ObjectClock, m.clockEdit)...)
	routes = append(routes, both("/clocks/{id}/report", web.Write, web.ObjectClock, m.clockReport)...)
	routes = append(routes, both("/clocks/{id}/report/{report}/withdraw", web.Write, web.ObjectClock, m.reportWithdraw)...)
	routes = append(routes, both("/clocks/{id}/longer", web.Write, web.ObjectClock, m.clockLonger)...)
	routes = append(routes, both("/clocks/{id}/held", web.Write, web.ObjectClock, m.clockHeld)...)
	routes = append(routes, both("/clocks/{id}/void", web.Close, web.ObjectClock, m.clockVoid)...)
	return web.Section{
		Title: "Clocks and agencies", Path: "/clocks", Order: 5, Object: web.ObjectClock, Routes: routes,
		Links: []web.Link{
			{Title: "Clocks", Path: "/clocks"},
			{Title: "When we were aware", Path: "/aware"},
			{Title: "Agencies", Path: "/agencies", Object: web.ObjectAgency},
			{Title: "Evidence", Path: "/evidence", Object: web.ObjectEvidence},
			{Title: "Costs", Path: "/costs", Object: web.ObjectCost},
			{Title: "Councils", Path: "/councils", Object: web.ObjectCouncil},
		},
		Cards: []web.Card{{Object: web.ObjectClock, Order: 5, Make: m.clockCard}},
	}
}

// clockCard says on the start page which clock ends next.
func (m *Room) clockCard(ctx context.Context, v *web.Visitor) (web.CardText, error) {
	card := web.CardText{Title: "Statutory clocks", Path: "/clocks", Text: "No clock is running."}
	now := m.Now()
	err := m.db.Read(ctx, func(tx *db.Tx) error {
		sight := sightOfCard(v)
		running, late, _, err := clockFigures(tx, sight, now.Unix())
		if err != nil || running == 0 {
			return err
		}
		next, err := NextClocks(tx, sight, 1)
		if err != nil {
			return err
		}
		_, left := next[0].Words(now)
		card.Big, card.Text = left, next[0].Title+". "+count(running, "clock runs", "clocks run")+"."
		if late > 0 {
			card.Text += " " + count(late, "is late", "are late") + "."
		}
		card.Alarm = late > 0 || !next[0].Open && next[0].Deadline().At.Sub(now) < 24*time.Hour
		return nil
	})
	return card, err
}

func (m *Room) clockList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Statutory clocks", Lead: "What the law wants done by when, council by council. Hours run through nights, weekends and bank holidays; days end at midnight in London."}
	q := query{where: "x.state = 'running'", order: soonest, limit: pageSize + 1, skip: pageOf(r) * pageSize}
	if r.Ask("state") == "ended" {
		q.where = "x.state <> 'running'"
		q.order = "x.ended DESC, x.id DESC"
	}
	if c := r.Ask("council"); c != "" {
		q.where, q.args = q.where+" AND x.council = ?", append(q.args, c)
	}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error { return m.fillClocks(tx, r, q, &s) })
	if err != nil {
		return nil, fmt.Errorf("list clocks: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectClock}) {
		s.Acts = append(s.Acts, leads("Start a clock", "/clocks/new"), leads("Decide when a council was aware", "/aware/new"))
	}
	s.Acts = append(s.Acts, leads("All duties with their law", "/clocks/duties"), leads("Dates for a calendar (iCalendar file)", "/clocks/calendar"), leads("Sheet to print (PDF)", "/clocks/sheet"))
	return s.page(), nil
}

func (m *Room) fillClocks(tx *db.Tx, r *web.Request, q query, s *sheet) error {
	sight := SightOf(r, web.ObjectClock)
	councils, err := Councils(tx)
	if err != nil {
		return err
	}
	running, late, near, err := clockFigures(tx, sight, r.Now.Unix())
	if err != nil {
		return err
	}
	s.Figures = []figure{{digits(running), "running", false}, {digits(late), "late", late > 0}, {digits(near), "end within a day", near > 0}}
	s.Filters = append(filterBy(r, "state", []choice{{Value: "", Text: "running"}, {Value: "ended", Text: "ended"}}), councilFilters(r, councils)...)
	all, err := clocks.list(tx, sight, q)
	if err != nil {
		return err
	}
	if len(all) > pageSize {
		all = all[:pageSize]
		s.turn(r, pageOf(r), true)
	} else {
		s.turn(r, pageOf(r), false)
	}
	s.Items = all
	s.Tables = []table{clockTable(all, councilNames(councils), r.Now)}
	s.columns = []string{"clock", "council", "duty", "title", "begun", "due", "whole_day", "state", "ended", "tlp"}
	for _, c := range all {
		s.lines = append(s.lines, []any{c.ID, c.Council, c.Duty, c.Title, c.Begun, c.Due, c.Whole, c.State, c.Ended, string(c.TLP)})
	}
	return nil
}

// councilFilters narrow a list down to a council.
func councilFilters(r *web.Request, councils []Council) []cell {
	if len(councils) < 2 {
		return nil
	}
	all := []choice{{Value: "", Text: "all councils"}}
	for _, c := range councils {
		all = append(all, choice{Value: c.Code, Text: c.Name})
	}
	return filterBy(r, "council", all)
}

func clockTable(all []Clock, names map[string]string, now time.Time) table {
	t := table{Columns: []string{"Duty", "Stands", "End", "Council"}, Empty: "No clock."}
	for _, c := range all {
		end, _ := c.Words(now)
		duty := cell{Text: c.Title, Path: path("/clocks", c.ID)}
		if d := dutyOf(c.Duty); d != nil {
			duty.Small = d.Law
		}
		stands := c.tag(now)
		if c.Held != "" && c.State == clockRunning {
			stands.Small = "with a note on a pause"
		}
		t.Rows = append(t.Rows, []cell{duty, stands, says(end), says(councilWords(names, c.Council))})
	}
	return t
}

func (m *Room) clockOne(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	var s sheet
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		sight := SightOf(r, web.ObjectClock)
		c, err := clocks.find(tx, sight, id)
		if err != nil {
			return err
		}
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		done, err := reports.under(tx, id)
		if err != nil {
			return err
		}
		versions, err := clocks.versions(tx, sight, id)
		if err != nil {
			return err
		}
		s = c.sheet(councilNames(councils), done, versions, r.Now)
		if r.May(web.Act{Verb: web.Write, Object: web.ObjectClock, Council: c.Council, Degree: c.TLP.Degree()}) {
			s.Acts = c.acts()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.page(), nil
}

// sheet is the page of a clock.
func (c Clock) sheet(names map[string]string, done []Report, versions []Clock, now time.Time) sheet {
	end, _ := c.Words(now)
	s := sheet{Heading: c.Title, Back: "/clocks", Tags: []cell{c.tag(now), tlpTag(c.TLP)}, Items: struct {
		Clock   Clock    `json:"clock"`
		Reports []Report `json:"reports"`
	}{c, done}}
	law, note := "", ""
	if d := dutyOf(c.Duty); d != nil {
		law, note = d.Law+" ("+d.Basis.Words()+", "+d.Where()+")", d.Note
	}
	s.Facts = facts(
		factOf("End", says(end)),
		factOf("Began", says(shown(c.Begun))),
		textFact("Why it began then", c.BegunWhy),
		factOf("Law", says(law)),
		textFact("To know", note),
		factOf("Extended because", says(c.Longer)),
		textFact("Paused by (moves no date)", c.Held),
		factOf("Who sees to it", says(c.Owner)),
		markFact(names, c.Mark),
	)
	if c.Aware > 0 {
		s.Facts = append(s.Facts, factOf("Awareness", leads("the decision on the moment of awareness", path("/aware", c.Aware))))
	}
	if c.Duty == dutyArticle34 {
		s.Facts = append(s.Facts, facts(factOf("Group", says(c.Cohort)), factOf("List version", says(c.ListVersion)), factOf("People", says(digits(c.People))),
			factOf("Decided", says(choiceText(choices34, c.Choice))), textFact("Because", c.ChoiceWhy))...)
	}
	s.Tables = []table{c.reportTable(done), versionTable(versions, func(v Clock) string { return v.Deadline().Words() + "; " + clockState(v.State) + ". " + v.Why })}
	return s
}

func (c Clock) reportTable(done []Report) table {
	t := table{Title: "What was done", ID: "done", Columns: []string{"When", "What", "Reference", "Words", "By", ""}, Empty: "Nothing yet."}
	for _, p := range done {
		off := p.State == stateWithdrawn
		when := cell{Text: shown(p.At), Struck: off}
		if c.Deadline().Late(time.Unix(p.At, 0)) && ends(p.Phase) {
			when.Small = "late"
		}
		words := cell{Text: p.Note, Struck: off}
		if p.LateWhy != "" {
			words.Small = "Reasons for the delay: " + p.LateWhy
		}
		if off {
			words.Small = "Withdrawn: " + p.Why
		}
		act := cell{}
		if !off {
			act = leads("Withdraw", path(path("/clocks", c.ID)+"/report", p.ID, "withdraw"))
		}
		t.Rows = append(t.Rows, []cell{when, {Text: choiceText(phasesOf(c.Duty), p.Phase), Small: p.Way}, says(p.Reference), words, says(p.CreatedName), act})
	}
	return t
}

// acts are what can be done about a clock now.
func (c Clock) acts() []cell {
	at := path("/clocks", c.ID)
	all := []cell{leads("Record what was done", at+"/report")}
	if c.State == clockRunning {
		if d := dutyOf(c.Duty); d != nil && d.Longer != nil && c.Longer == "" {
			all = append(all, leads("Extend it as the law allows", at+"/longer"))
		}
		all = append(all, leads("Note who paused what", at+"/held"), leads("It does not apply", at+"/void"))
	}
	return append(all, leads("Change it", at+"/edit"))
}

// choiceText is the words of a value.
func choiceText(all []choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Text
		}
	}
	return value
}

func (m *Room) dutyList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Duties with a clock", Back: "/clocks", Lead: "Every duty for which a clock can be started, with the law and what begins it."}
	type line struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Law   string `json:"law"`
		Basis Basis  `json:"basis"`
		Where string `json:"where"`
	}
	var items []line
	s.columns = []string{"id", "title", "begins", "law", "basis", "where"}
	for _, a := range areas {
		t := table{Title: a.Title, Columns: []string{"Duty", "Begins", "Law", "Where"}}
		for _, d := range duties {
			if d.Area != a.Area {
				continue
			}
			law := cell{Text: d.Law}
			if d.Basis != BasisLaw {
				law.Small = d.Basis.Words()
			}
			t.Rows = append(t.Rows, []cell{{Text: d.Title, Small: d.Note}, says(d.Begins), law, says(d.Where())})
			items = append(items, line{d.ID, d.Title, d.Law, d.Basis, d.Where()})
			s.lines = append(s.lines, []any{d.ID, d.Title, d.Begins, d.Law, string(d.Basis), d.Where()})
		}
		s.Tables = append(s.Tables, t)
	}
	s.Items = items
	return s.page(), nil
}
