package incident

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) agencySection() web.Section {
	routes := []web.Route{see("/agencies", web.ObjectAgency, m.agencyList), see("/agencies/{id}", web.ObjectAgency, m.agencyOne)}
	routes = append(routes, both("/agencies/new", web.Write, web.ObjectAgency, m.agencyEdit)...)
	routes = append(routes, both("/agencies/{id}/edit", web.Write, web.ObjectAgency, m.agencyEdit)...)
	routes = append(routes, both("/agencies/{id}/told", web.Write, web.ObjectAgency, m.agencyTold)...)
	routes = append(routes, both("/agencies/{id}/told/{told}/withdraw", web.Write, web.ObjectAgency, m.toldWithdraw)...)
	routes = append(routes, both("/agencies/{id}/police", web.Write, web.ObjectAgency, m.agencyPolice)...)
	return web.Section{Path: "/agencies", Object: web.ObjectAgency, Routes: routes}
}

func (m *Room) agencyList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Agencies", Back: "/clocks", Lead: "Who must be told or works with us: what we owe them, by when, and what was said on which facts."}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		sight := SightOf(r, web.ObjectAgency)
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		q := query{order: "CASE x.state WHEN 'to-tell' THEN 0 WHEN 'closed' THEN 2 WHEN 'none' THEN 3 ELSE 1 END, x.id", limit: pageSize + 1, skip: pageOf(r) * pageSize}
		if c := r.Ask("council"); c != "" {
			q.where, q.args = "x.council = ?", []any{c}
		}
		s.Filters = councilFilters(r, councils)
		all, err := agencies.list(tx, sight, q)
		if err != nil {
			return err
		}
		if s.turn(r, pageOf(r), len(all) > pageSize); len(all) > pageSize {
			all = all[:pageSize]
		}
		s.Items = all
		return fillAgencies(tx, r, &s, all, councilNames(councils))
	})
	if err != nil {
		return nil, fmt.Errorf("list agencies: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectAgency}) {
		s.Acts = []cell{leads("Add an agency", "/agencies/new")}
	}
	return s.page(), nil
}

// clocksSeen gives clocks by id, those of some ids that may be seen.
func clocksSeen(tx *db.Tx, s Sight, ids []int64) (map[int64]Clock, error) {
	seen := make(map[int64]Clock)
	if len(ids) == 0 {
		return seen, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	all, err := clocks.list(tx, s, query{where: "x.id IN (" + marks(len(ids)) + ")", args: args})
	for _, c := range all {
		seen[c.ID] = c
	}
	return seen, err
}

func fillAgencies(tx *db.Tx, r *web.Request, s *sheet, all []Agency, names map[string]string) error {
	run, err := clocksSeen(tx, SightOf(r, web.ObjectClock), each(all, func(a Agency) int64 { return a.Clock }))
	if err != nil {
		return err
	}
	t := table{Columns: []string{"Agency", "Council", "What we owe", "Deadline", "Stands"}, Empty: "None yet."}
	s.columns = []string{"agency", "council", "sort", "title", "state", "reference", "clock", "tlp"}
	for _, a := range all {
		deadline := cell{}
		if c, ok := run[a.Clock]; ok {
			end, left := c.Words(r.Now)
			deadline = cell{Text: end, Path: path("/clocks", c.ID), Small: left}
		}
		name := leads(a.Title, path("/agencies", a.ID))
		if a.Reference != "" {
			name.Small = "their reference " + a.Reference
		}
		t.Rows = append(t.Rows, []cell{name, says(councilWords(names, a.Council)), says(a.Duty), deadline, a.tag()})
		s.lines = append(s.lines, []any{a.ID, a.Council, a.Sort, a.Title, a.State, a.Reference, a.Clock, string(a.TLP)})
	}
	s.Tables = []table{t}
	return nil
}

// agencyOf finds the agency of an address.
func (m *Room) agencyOf(r *web.Request) (a Agency, err error) {
	id, err := r.Number("id")
	if err != nil {
		return a, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		a, err = agencies.find(tx, SightOf(r, web.ObjectAgency), id)
		return err
	})
	return a, err
}

func (m *Room) agencyOne(r *web.Request) (web.Answer, error) {
	a, err := m.agencyOf(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: a.Title, Back: "/agencies", Tags: []cell{a.tag(), tlpTag(a.TLP)}}
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error { return a.fill(tx, r, &s) }); err != nil {
		return nil, err
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectAgency, Council: a.Council, Degree: a.TLP.Degree()}) {
		at := path("/agencies", a.ID)
		s.Acts = []cell{leads("Record what was said", at+"/told"), leads("Change it", at+"/edit")}
		if sortOf(a.Sort).Police {
			s.Acts = append(s.Acts, leads("Record the state of the investigation", at+"/police"))
		}
	}
	return s.page(), nil
}

func (a Agency) fill(tx *db.Tx, r *web.Request, s *sheet) error {
	councils, err := Councils(tx)
	if err != nil {
		return err
	}
	said, err := tolds.under(tx, a.ID)
	if err != nil {
		return err
	}
	police, err := polices.under(tx, a.ID)
	if err != nil {
		return err
	}
	versions, err := agencies.versions(tx, SightOf(r, web.ObjectAgency), a.ID)
	if err != nil {
		return err
	}
	run, err := clocksSeen(tx, SightOf(r, web.ObjectClock), []int64{a.Clock})
	if err != nil {
		return err
	}
	s.Items = struct {
		Agency Agency   `json:"agency"`
		Told   []Told   `json:"told"`
		Police []Police `json:"police"`
	}{a, said, police}
	s.Facts = facts(textFact("What we owe them", a.Duty), textFact("How they are reached", sortOf(a.Sort).Reach), textFact("Contacts", a.Contacts), factOf("Their reference", says(a.Reference)))
	if c, ok := run[a.Clock]; ok {
		end, left := c.Words(r.Now)
		s.Facts = append(s.Facts, factOf("Deadline", cell{Text: end, Path: path("/clocks", c.ID), Small: left}))
	}
	if now := newest(police); now != nil {
		s.Facts = append(s.Facts, factOf("Investigation", cell{Text: choiceText(policeStages, now.Stage), Small: "since " + shown(now.At) + ", says " + now.Source}))
	}
	s.Facts = append(s.Facts, markFact(councilNames(councils), a.Mark))
	s.Tables = []table{a.toldTable(said)}
	if len(police) > 0 {
		s.Tables = append(s.Tables, policeTable(police))
	}
	s.Tables = append(s.Tables, versionTable(versions, func(v Agency) string { return choiceText(agencyStates, v.State) + ". " + v.Why }))
	return nil
}

func (a Agency) toldTable(said []Told) table {
	t := table{Title: "What was said", ID: "said", Columns: []string{"When", "Way", "Words", "On facts", "Between", ""}, Empty: "Nothing yet."}
	for _, x := range said {
		off := x.State == stateWithdrawn
		words, act := cell{Text: x.Note, Struck: off}, leads("Withdraw", path(path("/agencies", a.ID)+"/told", x.ID, "withdraw"))
		if off {
			words.Small, act = "Withdrawn: "+x.Why, cell{}
		}
		on := cell{}
		for i, n := range linesOf(x.Facts) {
			if i > 0 {
				on.Text += ", "
			}
			on.Text += n
		}
		t.Rows = append(t.Rows, []cell{{Text: shown(x.At), Struck: off}, {Text: choiceText(directions, x.Direction), Small: x.Way}, words, on, {Text: x.Who + " and " + x.Them, Small: x.Reference}, act})
	}
	return t
}

func policeTable(all []Police) table {
	t := table{Title: "The investigation", ID: "investigation", Columns: []string{"From", "State", "Source", "Known to us", "Words"}}
	for _, p := range all {
		off := p.State == stateWithdrawn
		t.Rows = append(t.Rows, []cell{{Text: shown(p.At), Struck: off}, {Text: choiceText(policeStages, p.Stage), Struck: off}, says(p.Source), says(shown(p.Known)), says(p.Note)})
	}
	return t
}
