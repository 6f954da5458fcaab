package review

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// stopsView is the list of what was set aside.
type stopsView struct {
	All    bool       `json:"all"` // decided ones too
	Rows   []stopLine `json:"rows"`
	Sum    stopSum    `json:"sum"`
	Next   string     `json:"next"`
	Leads  []leadLine `json:"leads"`
	Decide bool       `json:"-"`
	Looked bool       `json:"all_looked_at"` // every item was looked at for privilege
}

// stopLine is a stop in the list.
type stopLine struct {
	ID     int64  `json:"id"`
	What   string `json:"what"`
	Things int64  `json:"items"`
	Why    string `json:"why"`
	Who    string `json:"set_aside_by"`
	At     int64  `json:"at"`
	Lead   string `json:"owner"`
	State  string `json:"state"`
	Colour string `json:"-"`
	item   int64
}

func (v stopsView) Columns() []string {
	return []string{"stop", "what", "items", "why", "set_aside_by", "at", "owner", "state"}
}

// EachRow gives the rows of the page.
func (v stopsView) EachRow(emit func(...any) error) error {
	for _, l := range v.Rows {
		if err := emit(l.ID, l.What, l.Things, l.Why, l.Who, l.At, l.Lead, l.State); err != nil {
			return err
		}
	}
	return nil
}

const stopsOnPage = 50

func (m *Room) stops(r *web.Request) (web.Answer, error) {
	v := stopsView{All: r.Ask("all") != "", Decide: r.May(mayDecideStops)}
	before, _ := strconv.ParseInt(r.Ask("before"), 10, 64)
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		rows, err := stopsPage(tx, !v.All, before, stopsOnPage+1)
		if err != nil {
			return err
		}
		if len(rows) > stopsOnPage {
			rows = rows[:stopsOnPage]
			v.Next = fmt.Sprintf("/stops?before=%d", rows[stopsOnPage-1].ID)
			if v.All {
				v.Next += "&all=1"
			}
		}
		if v.Rows, err = stopLines(tx, rows, r.Visitor); err != nil {
			return err
		}
		counts, err := countStops(tx)
		if err != nil {
			return err
		}
		v.Sum = sumStops(counts)
		v.Leads, err = leadLines(tx)
		return err
	})
	if err == nil {
		v.Rows, err = m.linesInScope(r, v.Rows)
	}
	if err == nil {
		v.Looked, err = m.siftedWhole(r.Context())
	}
	if err != nil {
		return nil, fmt.Errorf("list what was set aside: %w", err)
	}
	return stopsListPage.With("Set aside", v), nil
}

// stopLines are stops as a visitor may see them: people of other councils are
// left out, and a sealed one that is not opened has no id.
func stopLines(tx *db.Tx, rows []stop, v *web.Visitor) ([]stopLine, error) {
	var people []string
	for _, s := range rows {
		if s.Person != "" {
			people = append(people, s.Person)
		}
	}
	sights, err := sightsOf(tx, people, scopeOf(v))
	if err != nil {
		return nil, err
	}
	var lines []stopLine
	for _, s := range rows {
		if s.Person != "" && sights[s.Person] == sightNone {
			continue
		}
		cause, _ := causeOf(s.Why)
		l := stopLine{ID: s.ID, item: s.Item, What: sentence(thingWords(s.Item, s.Person)), Things: s.Things, Why: cause.Title, Who: s.ActorName, At: s.At,
			Lead: s.LeadName, State: s.State.words(), Colour: "orange"}
		if s.Person != "" && sights[s.Person] == sightSealed {
			l.What = "Somebody whose record is sealed"
		}
		switch s.State {
		case stopKept:
			l.Colour = "grey"
		case stopReleased:
			l.Colour = "green"
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// linesInScope leaves out the items that hold nobody of the visitor's councils.
func (m *Room) linesInScope(r *web.Request, lines []stopLine) ([]stopLine, error) {
	if r.Visitor.Councils == nil {
		return lines, nil
	}
	var seen []stopLine
	for _, l := range lines {
		if l.item > 0 {
			_, err := m.kase.Item(r.Context(), l.item, scopeOf(r.Visitor))
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		seen = append(seen, l)
	}
	return seen, nil
}

// stopView is one stop with what may be done with it.
type stopView struct {
	Stop     stopLine         `json:"stop"`
	Effect   string           `json:"effect"`
	Note     string           `json:"note"`
	Outcome  string           `json:"outcome"`
	Proposed string           `json:"release_proposed_by"`
	Decider  string           `json:"decided_by"`
	Decided  int64            `json:"decided"`
	Link     string           `json:"link"` // to the thing, "" where nobody opens it
	Two      bool             `json:"two_people"`
	Closed   bool             `json:"closed"` // released
	Waits    bool             `json:"waits_for_second"`
	Mine     bool             `json:"-"` // the visitor proposed the release
	Decide   bool             `json:"-"`
	Version  int64            `json:"version"`
	Reason   string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// readStopFor reads a stop that a visitor may know of.
func (m *Room) readStopFor(r *web.Request) (s stop, line stopLine, err error) {
	id, err := r.Number("id")
	if err != nil {
		return s, line, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if s, err = readStop(tx, id); err != nil {
			return err
		}
		lines, err := stopLines(tx, []stop{s}, r.Visitor)
		if err == nil && len(lines) == 0 {
			err = reeve.NotFound
		}
		if err == nil {
			line = lines[0]
		}
		return err
	})
	if err == nil {
		var lines []stopLine
		if lines, err = m.linesInScope(r, []stopLine{line}); err == nil && len(lines) == 0 {
			err = reeve.NotFound
		}
	}
	if err != nil {
		return s, line, fmt.Errorf("find stop: %w", err)
	}
	return s, line, nil
}

func (m *Room) stopPage(r *web.Request) (web.Answer, error) {
	s, line, err := m.readStopFor(r)
	if err != nil {
		return nil, err
	}
	return stopOnePage.With("Set aside", viewOfStop(r, s, line)), nil
}

func viewOfStop(r *web.Request, s stop, line stopLine) stopView {
	cause, _ := causeOf(s.Why)
	v := stopView{Stop: line, Effect: cause.Effect, Outcome: s.Outcome, Proposed: s.Proposed, Decider: s.DeciderName, Decided: s.Decided,
		Two: cause.Two, Closed: s.State == stopReleased, Waits: s.State == stopProposed, Mine: s.Proposer == r.Visitor.ID,
		Decide: r.May(mayDecideStops) && s.Hidden != r.Visitor.ID, Version: s.Version}
	if s.Hidden != "" {
		v.Effect = s.ActorName + " said that they know somebody in it. It is taken away from them alone."
	}
	known := s.Person == "" || line.What != "Somebody whose record is sealed"
	if v.Decide && known {
		v.Note = s.Note
		if !cause.Never {
			v.Link = pathOfThing(s.Item, s.Person)
		}
	}
	return v
}

func pathOfThing(item int64, person string) string {
	if person != "" {
		return "/people/" + person
	}
	return "/documents/" + strconv.FormatInt(item, 10)
}

func (m *Room) moveStop(r *web.Request) (web.Answer, error) {
	s, line, err := m.readStopFor(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	move := stopMove(f.Choice("act", "Choose what happens with it", string(moveTake), string(moveKeep), string(moveRelease), string(moveRefuse)))
	why := f.Text("reason", 1000)
	if why == "" && move != moveTake {
		f.Fault("reason", "Give the reason: somebody may have to follow it years from now")
	}
	if !f.OK() {
		v := viewOfStop(r, s, line)
		v.Reason, v.Errors = why, f.Errors
		return stopOnePage.With("Set aside", v).Faulty(f), nil
	}
	if v := f.Number("version", "The form is not whole: open the page again", 1, 1<<40); v != s.Version {
		return nil, fmt.Errorf("move stop: %w", reeve.Conflict)
	}
	to, err := s.next(move, r.Visitor.ID)
	if err != nil {
		return nil, err
	}
	s.move(move, to, why, r)
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "stop " + s.moved(move), Object: s.Thing(), Rows: s.Things, Line: why}, keepStop(tx, &s)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/stops/%d", s.ID), "Done: "+s.State.words()+"."), nil
}

// move writes down who did what.
func (s *stop) move(m stopMove, to stopState, why string, r *web.Request) {
	if s.Lead == "" || m == moveTake {
		s.Lead, s.LeadName = r.Visitor.ID, r.Visitor.Name
	}
	if m == moveTake {
		return
	}
	s.State, s.Outcome = to, why
	switch to {
	case stopProposed:
		s.Proposer, s.Proposed = r.Visitor.ID, r.Visitor.Name
	default:
		s.Decider, s.DeciderName, s.Decided = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	}
	if to == stopKept {
		s.Proposer, s.Proposed = "", ""
	}
}

// moved is a move as the record says it.
func (s *stop) moved(m stopMove) string {
	if m == moveRelease && s.State == stopProposed {
		return "propose-release"
	}
	return string(m)
}

// leadLine is who is told of a cause.
type leadLine struct {
	Code  string `json:"code"`
	Cause string `json:"cause"`
	Name  string `json:"name"`
	Reach string `json:"reach"`
}

type stopLeadsView struct {
	Leads  []leadLine       `json:"leads"`
	May    bool             `json:"-"`
	Errors []web.FieldError `json:"-"`
}

func leadLines(tx *db.Tx) ([]leadLine, error) {
	named, err := stopLeads(tx)
	if err != nil {
		return nil, err
	}
	lines := make([]leadLine, len(stopCauses))
	for i, c := range stopCauses {
		lines[i] = leadLine{Code: c.Code, Cause: c.Title}
		if at := slices.IndexFunc(named, func(l stopLead) bool { return l.Why == c.Code }); at >= 0 {
			lines[i].Name, lines[i].Reach = named[at].Name, named[at].Reach
		}
	}
	return lines, nil
}

func (m *Room) stopLeads(r *web.Request) (web.Answer, error) {
	v := stopLeadsView{May: r.May(web.Act{Verb: web.Administer, Object: web.ObjectStop})}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.Leads, err = leadLines(tx)
		return err
	})
	return stopLeadsPage.With("Who is told when something is set aside", v), err
}

func (m *Room) keepLeads(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v := stopLeadsView{May: true}
	for _, c := range stopCauses {
		v.Leads = append(v.Leads, leadLine{Code: c.Code, Cause: c.Title, Name: f.Text("name-"+c.Code, 100), Reach: f.Text("reach-"+c.Code, 100)})
	}
	if !f.OK() {
		v.Errors = f.Errors
		return stopLeadsPage.With("Who is told when something is set aside", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		for _, l := range v.Leads {
			if err := keepStopLead(tx, stopLead{l.Code, l.Name, l.Reach}); err != nil {
				return record.Leaf{}, err
			}
		}
		return record.Leaf{Verb: "name-leads", Object: "stops", Rows: int64(len(v.Leads)), Line: "named who is told when something is set aside"}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/stops", "Kept."), nil
}

// siftNow has everything looked at for privilege that was not looked at yet.
func (m *Room) siftNow(r *web.Request) (web.Answer, error) {
	err := m.db.Write(r.Context(), func(tx *db.Tx) error {
		_, err := job.Enqueue(tx, siftKind, nil, job.Key("all"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/stops", "It begins as soon as the machine has time. What looks privileged is set aside as it is met."), nil
}

func (m *Room) stopJobs() []job.Handler {
	return []job.Handler{{Kind: siftKind, Every: siftEvery, Run: func(ctx context.Context, _ *job.Work) error { return m.siftAll(ctx) }}}
}
