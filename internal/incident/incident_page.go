package incident

import (
	"context"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) incidentSection() web.Section {
	const o = web.ObjectIncident
	return web.Section{Title: "Incident", Path: "/incident", Order: 4, Object: o,
		Links: []web.Link{{Title: "Timeline", Path: "/timeline", Object: web.ObjectEntry}, {Title: "Facts", Path: "/facts", Object: web.ObjectFact}, {Title: "Board", Path: "/board", Object: web.ObjectFact},
			{Title: "Decisions", Path: "/decisions", Object: web.ObjectDecision}, {Title: "Tasks", Path: "/tasks", Object: web.ObjectTask},
			{Title: "People and rota", Path: "/incident/people"}, {Title: "Handovers", Path: "/incident/handovers"}, {Title: "Search the book", Path: "/incident/search"}},
		Routes: []web.Route{
			{Pattern: "GET /incident", Verb: web.See, Object: o, Do: m.home},
			{Pattern: "GET /incident/open", Verb: web.Write, Object: o, Do: m.openIncident},
			{Pattern: "POST /incident/open", Verb: web.Write, Object: o, Do: m.openIncident},
			{Pattern: "GET /incident/change", Verb: web.Write, Object: o, Do: m.changeIncident},
			{Pattern: "POST /incident/change", Verb: web.Write, Object: o, Do: m.changeIncident},
			{Pattern: "GET /incident/search", Verb: web.See, Object: o, Do: m.searchBook},
			{Pattern: "GET /incident/people", Verb: web.See, Object: o, Do: m.peoplePage},
			{Pattern: "GET /incident/people/role", Verb: web.Write, Object: o, Do: m.roleEdit},
			{Pattern: "POST /incident/people/role", Verb: web.Write, Object: o, Do: m.roleEdit},
			{Pattern: "GET /incident/people/role/{id}", Verb: web.Write, Object: o, Do: m.roleEdit},
			{Pattern: "POST /incident/people/role/{id}", Verb: web.Write, Object: o, Do: m.roleEdit},
			{Pattern: "GET /incident/people/shift", Verb: web.Write, Object: o, Do: m.shiftEdit},
			{Pattern: "POST /incident/people/shift", Verb: web.Write, Object: o, Do: m.shiftEdit},
			{Pattern: "GET /incident/people/shift/{id}", Verb: web.Write, Object: o, Do: m.shiftEdit},
			{Pattern: "POST /incident/people/shift/{id}", Verb: web.Write, Object: o, Do: m.shiftEdit},
			{Pattern: "GET /incident/plans/add", Verb: web.Write, Object: o, Do: m.planEdit},
			{Pattern: "POST /incident/plans", Verb: web.Write, Object: o, Do: m.planEdit},
			{Pattern: "GET /incident/plans/{id}", Verb: web.Write, Object: o, Do: m.planEdit},
			{Pattern: "POST /incident/plans/{id}", Verb: web.Write, Object: o, Do: m.planEdit},
			{Pattern: "GET /incident/handovers", Verb: web.See, Object: o, Do: m.handoverList},
			{Pattern: "GET /incident/handovers/add", Verb: web.Write, Object: o, Do: m.handoverEdit},
			{Pattern: "POST /incident/handovers", Verb: web.Write, Object: o, Do: m.handoverEdit},
			{Pattern: "GET /incident/handovers/{id}", Verb: web.See, Object: o, Do: m.handoverPage},
			{Pattern: "GET /incident/handovers/{id}/edit", Verb: web.Write, Object: o, Do: m.handoverEdit},
			{Pattern: "POST /incident/handovers/{id}", Verb: web.Write, Object: o, Do: m.handoverEdit},
			{Pattern: "GET /incident/handovers/{id}/read", Verb: web.See, Object: o, Do: m.readHandover},
			{Pattern: "POST /incident/handovers/{id}/read", Verb: web.See, Object: o, Do: m.readHandover},
		},
		Cards: []web.Card{{Object: o, Order: 4, Make: m.incidentCard}}}
}

var homePage = web.NewPage[homeView](pages, "incident.html")

// homeView is where the incident stands, and what the visitor has to do now.
type homeView struct {
	Incident  Incident   `json:"incident"`
	Versions  []Incident `json:"versions"`
	Standing  string     `json:"standing"` // of the review of the copied data
	StandPath string     `json:"-"`
	Cost      string     `json:"cost"`
	Councils  []Council  `json:"councils"`
	Plans     []Plan     `json:"plans"`
	Figures   []figure   `json:"-"`
	Tables    []table    `json:"-"`
	MayWrite  bool       `json:"-"`
	MayDecide bool       `json:"-"`
	MayNote   bool       `json:"-"`
}

// Opened reports whether there is an incident.
func (v homeView) Opened() bool { return v.Incident.ID != 0 }

// homeRows is how many lines each part of the home shows.
const homeRows = 8

func (m *Room) home(r *web.Request) (web.Answer, error) {
	v := homeView{MayWrite: may(r, web.Write, web.ObjectIncident, own(r)), MayDecide: may(r, web.Write, web.ObjectDecision, own(r)), MayNote: may(r, web.Write, web.ObjectEntry, own(r))}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		for _, part := range []func(*db.Tx, *web.Request) error{v.readCase, v.readClocks, v.readWork, v.readFacts, v.readPeople, v.readCost} {
			if err := part(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read incident: %w", err)
	}
	if m.Standing != nil && r.May(web.Act{Verb: web.See, Object: web.ObjectCase}) {
		if v.Standing, v.StandPath, err = m.Standing(r.Context(), r.Visitor); err != nil {
			return nil, fmt.Errorf("read standing: %w", err)
		}
	}
	title := "Incident"
	if v.Opened() {
		title = v.Incident.Title
	}
	return homePage.With(title, v), nil
}

func (v *homeView) readCase(tx *db.Tx, r *web.Request) (err error) {
	s := SightOf(r, web.ObjectIncident)
	if v.Incident, err = Now(tx, s); errors.Is(err, reeve.NotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if v.Versions, err = caseShelf.versions(tx, s, v.Incident.ID); err != nil {
		return err
	}
	if v.Councils, err = Councils(tx); err != nil {
		return err
	}
	v.Plans, err = planShelf.list(tx, s, query{where: "x.ends = 0"})
	return err
}

// readClocks puts the clocks that end soonest on the page.
func (v *homeView) readClocks(tx *db.Tx, r *web.Request) error {
	if !r.May(web.Act{Verb: web.See, Object: web.ObjectClock}) {
		return nil
	}
	next, err := NextClocks(tx, SightOf(r, web.ObjectClock), 5)
	if err != nil {
		return err
	}
	t := table{Title: "Clocks that end soonest", ID: "clocks", Columns: []string{"Duty", "Ends", ""}, Empty: "No clock is running."}
	for _, c := range next {
		end, left := c.Words(r.Now)
		t.Rows = append(t.Rows, []cell{{Text: c.Title, Path: path("/clocks", c.ID), Small: c.Council}, says(end), says(left)})
	}
	v.Tables = append(v.Tables, t)
	return nil
}

// readWork puts the tasks of today and the decisions that wait on the page.
func (v *homeView) readWork(tx *db.Tx, r *web.Request) error {
	now := r.Now.Unix()
	if r.May(web.Act{Verb: web.See, Object: web.ObjectTask}) {
		s := SightOf(r, web.ObjectTask)
		figures, err := taskFigures(tx, s, now)
		if err != nil {
			return err
		}
		today, err := taskShelf.list(tx, s, query{where: openTasks + " AND (x.due > 0 AND x.due < ? OR x.owner = ? OR x.escalated > 0 AND x.escalate = ?)",
			args: []any{endOfDay(r.Now), r.Visitor.ID, r.Visitor.ID}, order: "CASE WHEN x.due = 0 THEN 1 ELSE 0 END, x.due, x.id", limit: homeRows})
		if err != nil {
			return err
		}
		t := taskTable("Due today, late, or yours", today, now)
		t.ID, t.Empty = "tasks", "Nothing is due today."
		v.Figures, v.Tables = append(v.Figures, figures...), append(v.Tables, t)
	}
	if !r.May(web.Act{Verb: web.See, Object: web.ObjectDecision}) {
		return nil
	}
	waiting, err := decisionShelf.list(tx, SightOf(r, web.ObjectDecision), query{limit: homeRows, order: "x.decided, x.id",
		where: "(x.state = 'proposed' OR x.state IN ('decided', 'reviewed') AND x.review > 0 AND x.review <= ?)", args: []any{now}})
	t := decisionTable("To be decided, or looked at again", waiting, now)
	t.ID, t.Empty = "decisions", "No decision waits."
	v.Tables = append(v.Tables, t)
	return err
}

// endOfDay is midnight in London, seconds UTC.
func endOfDay(now interface{ Unix() int64 }) int64 {
	return askedMoment(dayOf(now.Unix()), true)
}

// readFacts puts contradictions on the page.
func (v *homeView) readFacts(tx *db.Tx, r *web.Request) error {
	if !r.May(web.Act{Verb: web.See, Object: web.ObjectFact}) {
		return nil
	}
	all, err := conflictsOf(tx, SightOf(r, web.ObjectFact))
	if err != nil || len(all) == 0 {
		return err
	}
	t := table{Title: "Facts that contradict each other", ID: "conflicts", Columns: []string{"Topic", "Answers"}}
	for _, c := range all[:min(len(all), homeRows)] {
		said := says("")
		for i, a := range c.Answers() {
			if i > 0 {
				said.Text += " / "
			}
			said.Text += cut(a, 80)
		}
		t.Rows = append(t.Rows, []cell{leads(c.Topic, "/facts/conflicts"), said})
	}
	v.Figures = append(v.Figures, figure{digits(int64(len(all))), "topics on which facts contradict each other", true})
	v.Tables = append(v.Tables, t)
	return nil
}

// readPeople puts unread handovers, roles and who is on duty on the page.
func (v *homeView) readPeople(tx *db.Tx, r *web.Request) error {
	s, now := SightOf(r, web.ObjectIncident), r.Now.Unix()
	unread, err := unreadHandovers(tx, s, r.Visitor.ID)
	if err != nil {
		return err
	}
	if n := int64(len(unread)); n > 0 {
		v.Figures = append(v.Figures, figure{digits(n), "handovers you have not read", true})
		v.Tables = append(v.Tables, handoverTable("Handovers you have not read", unread[:min(len(unread), homeRows)], nil))
	}
	duty, err := shiftShelf.list(tx, s, query{where: "x.state = 'stands' AND x.begins <= ? AND x.ends > ?", args: []any{now, now}, order: "x.begins, x.id", limit: 20})
	if err != nil {
		return err
	}
	if len(duty) > 0 {
		t := shiftTable(duty, now)
		t.Title, t.ID = "On duty now", "duty"
		v.Tables = append(v.Tables, t)
	}
	return nil
}

// readCost says what the incident has cost so far.
func (v *homeView) readCost(tx *db.Tx, r *web.Request) error {
	if !r.May(web.Act{Verb: web.See, Object: web.ObjectCost}) {
		return nil
	}
	sums, err := Costs(tx, SightOf(r, web.ObjectCost))
	if err != nil {
		return err
	}
	var spent int64
	for _, c := range sums {
		spent += c.Outturn()
	}
	v.Cost = moneyWords(spent)
	return nil
}

// incidentCard says on the start page where the incident stands.
func (m *Room) incidentCard(ctx context.Context, visitor *web.Visitor) (web.CardText, error) {
	card := web.CardText{Title: "Incident", Text: "No incident is open. Open one, or log a decision.", Path: "/incident"}
	err := m.db.Read(ctx, func(tx *db.Tx) error {
		s, now := sightOfCard(visitor), m.Now().Unix()
		i, err := Now(tx, s)
		if errors.Is(err, reeve.NotFound) {
			return nil
		} else if err != nil {
			return err
		}
		late, err := taskShelf.count(tx, s, query{where: openTasks + " AND x.due > 0 AND x.due < ?", args: []any{now}})
		if err != nil {
			return err
		}
		unread, err := unreadHandovers(tx, s, visitor.ID)
		card.Text = i.Title + ". " + i.StatusWords() + "."
		if late > 0 {
			card.Big = count(late, "task late", "tasks late")
		}
		if len(unread) > 0 {
			card.Text += " " + count(int64(len(unread)), "handover", "handovers") + " to read."
		}
		card.Alarm = late > 0 || len(unread) > 0
		return err
	})
	return card, err
}
