package incident

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// caseAsked gives the incident; the zero value before it was opened.
func (m *Room) caseAsked(r *web.Request) (i Incident, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		i, err = Now(tx, SightOf(r, web.ObjectIncident))
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return i, err
}

// openSlip is the one form that opens an incident.
func (m *Room) openSlip(r *web.Request) (s slip, a around, err error) {
	if a, err = m.aroundForm(r); err != nil {
		return s, a, err
	}
	i, err := m.caseAsked(r)
	if err == nil && i.ID != 0 {
		err = reeve.WithHint(fmt.Errorf("open incident: %w", reeve.Conflict), "It is open already. If something new begins, change what it says on its page.")
	}
	if err != nil {
		return s, a, err
	}
	var councils []string
	for _, c := range a.councils {
		councils = append(councils, c.Code+" "+c.Name)
	}
	s = slip{Heading: "Open the incident", Lead: "What you do not know can be left. Everything can be changed later.", Warn: mayRead, Action: "/incident/open", Back: "/incident", Button: "Open it"}
	s.Asks = []ask{
		{Name: "title", Kind: askLine, Label: "What shall it be called?", Hint: "Such as: Unusual activity on shared servers. No names of people.", Need: "Give it a name"},
		{Name: "what", Kind: askArea, Label: "What has been seen?"},
		momentAsk("noticed", "When was it noticed?", "When the first of us saw it, not when it was told", r.Now.Unix(), "Enter the day", true),
		staffAsk(a.staff, "lead", "Who leads?", "", r.Visitor.ID, "Choose who leads"),
		{Name: "playbook", Kind: askChoice, Label: "Which playbook fits best?", Hint: "It lays out tasks and first decisions. Nothing is sent, switched or told by it.", Choices: chosen(playbookChoices(), playbooks[0].Key), Need: "Choose a playbook"},
		{Name: "severity", Kind: askChoice, Label: "How bad is it?", Choices: chosen(severities, ""), Hint: "If you leave it, the playbook says"},
		{Name: "councils", Kind: askArea, Label: "Which councils are in it?", Hint: "One a line: a short code as users are limited to, then the name. The first leads. Such as: NMB Northmere Borough Council", Value: strings.Join(councils, "\n")},
	}
	return s, a, nil
}

// openIncident opens the incident and lays out its playbook.
func (m *Room) openIncident(r *web.Request) (web.Answer, error) {
	s, a, err := m.openSlip(r)
	if err != nil {
		return nil, err
	}
	var councils []Council
	return s.serve(r, func(form *web.Form) {
		var fault string
		if councils, fault = readCouncils(s.text("councils")); fault != "" {
			s.fault(form, "councils", fault)
		}
	}, func(*web.Form) (web.Answer, error) {
		p := playbookOf(s.text("playbook"))
		i := Incident{Kept: Kept{Mark: Mark{TLP: Amber}}, Title: s.text("title"), What: s.text("what"), Noticed: s.number("noticed"), Lead: s.text("lead"), Severity: s.text("severity"), Status: statusOpen, Playbook: p.Key}
		i.LeadName = nameOf(a.staff, i.Lead)
		if i.Severity == "" {
			i.Severity = p.Severity
		}
		if err := must(r, web.Write, web.ObjectIncident, i.Mark); err != nil {
			return nil, err
		}
		i.by(r)
		var n int64
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			n, err = begin(tx, &i, p, councils)
			return record.Leaf{Verb: "open", Object: leafObject(KindIncident, i.ID), Rows: n, Line: fmt.Sprintf("the incident was opened from playbook %s: %s laid out", p.Key, count(n, "task and decision", "tasks and decisions"))}, err
		})
		if err != nil {
			return nil, err
		}
		return web.Redirect("/incident", "The incident is open. "+count(n, "thing was", "things were")+" laid out; drop what does not fit."), nil
	})
}

// begin keeps a new incident with its councils, the entry of its beginning and
// what the playbook lays out; reeve.Conflict if one is open.
func begin(tx *db.Tx, i *Incident, p *Playbook, councils []Council) (int64, error) {
	if err := caseShelf.put(tx, i, 0); err != nil {
		return 0, err
	}
	if i.ID != 1 {
		return 0, fmt.Errorf("open incident: %w", reeve.Conflict)
	}
	for _, c := range councils {
		if err := putCouncil(tx, c, i.ChangedBy, i.ChangedAt); err != nil {
			return 0, err
		}
	}
	by := Kept{Mark: i.Mark, ChangedBy: i.ChangedBy, ChangedName: i.ChangedName, ChangedAt: i.ChangedAt}
	e := Entry{Kept: by, Happened: i.Noticed, Known: i.Noticed, Kind: "event", Source: i.ChangedName, Title: cut("Noticed: "+i.Title, titleLength), Note: i.What, State: stands}
	if err := addEntry(tx, &e, 0); err != nil {
		return 0, err
	}
	return p.layOut(tx, by)
}

// readCouncils reads councils, one a line: a code and a name.
func readCouncils(typed string) (all []Council, fault string) {
	part := "lead"
	for _, line := range linesOf(typed) {
		code, name, _ := strings.Cut(line, " ")
		name = strings.TrimSpace(name)
		if len(code) > 20 || strings.ContainsAny(code, ",;:") {
			return nil, "A code has up to 20 letters and digits: " + cut(line, 40)
		}
		if name == "" {
			name = code
		}
		all = append(all, Council{code, cut(name, lineLength), part})
		part = "affected"
	}
	if len(all) > 50 {
		return nil, "Enter up to 50 councils"
	}
	return all, ""
}

// changeSlip is the form that changes what the incident says and where it
// stands.
func (m *Room) changeSlip(r *web.Request) (s slip, i Incident, a around, err error) {
	if i, err = m.caseAsked(r); err == nil && i.ID == 0 {
		err = fmt.Errorf("change incident: %w", reeve.NotFound)
	}
	if err == nil {
		a, err = m.aroundForm(r)
	}
	if err != nil {
		return s, i, a, err
	}
	s = slip{Heading: "Change the incident", Lead: "The version before stays and is shown.", Action: "/incident/change", Back: "/incident", Button: "Keep it", Version: i.Version}
	nexts := append([]choice{{i.Status, "As it is: " + i.StatusWords(), true}}, i.nexts()...)
	s.Asks = []ask{
		{Name: "status", Kind: askChoice, Label: "Where does it stand?", Hint: "A second phase lays out its playbook. Standing down keeps the book: what a false alarm cost is asked for.", Choices: nexts, Need: "Choose where it stands"},
		{Name: "severity", Kind: askChoice, Label: "How bad is it?", Choices: chosen(severities, i.Severity), Need: "Choose how bad it is"},
		staffAsk(a.staff, "lead", "Who leads?", "", i.Lead, "Choose who leads"),
		{Name: "title", Kind: askLine, Label: "Name", Value: i.Title, Need: "Give it a name"},
		{Name: "what", Kind: askArea, Label: "What has been seen?", Value: i.What},
		momentAsk("happened", "When did it begin, as far as is known?", "", i.Happened, "", true),
		{Name: "why", Kind: askArea, Label: "Why is it changed?", Hint: mayRead, Need: "Say why"},
	}
	return s, i, a, nil
}

// changeIncident keeps the next version of the incident. Closing it is an act
// of its own for the policy; a second phase lays out its playbook.
func (m *Room) changeIncident(r *web.Request) (web.Answer, error) {
	s, i, a, err := m.changeSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		before := i.Status
		i.Status, i.Severity, i.Lead, i.Title, i.What, i.Happened, i.Why = s.text("status"), s.text("severity"), s.text("lead"), s.text("title"), s.text("what"), s.number("happened"), s.text("why")
		i.LeadName = nameOf(a.staff, i.Lead)
		verb := web.Write
		if i.Status != before && i.Over() {
			verb = web.Close
		}
		if err := must(r, verb, web.ObjectIncident, i.Mark); err != nil {
			return nil, err
		}
		i.by(r)
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			leaf := record.Leaf{Verb: "change", Object: leafObject(KindIncident, i.ID)}
			if err := caseShelf.put(tx, &i, s.Version); err != nil {
				return leaf, err
			}
			leaf.Line = fmt.Sprintf("the incident: %s, %s", i.Status, i.Severity)
			if i.Status == before {
				return leaf, nil
			}
			leaf.Verb = "turn"
			return leaf, turned(tx, i)
		})
		if err != nil {
			return nil, err
		}
		return web.Redirect("/incident", "The incident is now: "+i.StatusWords()+"."), nil
	})
}

// turned writes into the timeline that the status changed, and lays out the
// playbook of a second phase.
func turned(tx *db.Tx, i Incident) error {
	by := Kept{Mark: i.Mark, ChangedBy: i.ChangedBy, ChangedName: i.ChangedName, ChangedAt: i.ChangedAt}
	e := Entry{Kept: by, Happened: i.ChangedAt, Known: i.ChangedAt, Kind: "milestone", Source: i.ChangedName, Title: i.StatusWords(), Note: i.Why, State: stands}
	if err := addEntry(tx, &e, 0); err != nil {
		return err
	}
	if i.Status == statusPublished {
		_, err := playbookOf("published").layOut(tx, by)
		return err
	}
	return nil
}
