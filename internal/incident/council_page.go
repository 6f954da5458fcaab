package incident

import (
	"fmt"
	"net/url"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) councilSection() web.Section {
	o := web.ObjectCouncil
	routes := []web.Route{
		see("/councils", o, m.councilList),
		see("/councils/arrangements/{id}", o, m.arrangementOne),
		see("/councils/clearances", o, m.clearanceList),
		see("/councils/clearances/{id}", o, m.clearanceOne),
		see("/councils/warnings", o, m.warningList),
		see("/councils/warnings/{id}", o, m.warningOne),
		see("/councils/of/{code}", o, m.councilOne),
		see("/councils/of/{code}/view", o, m.councilView),
	}
	for _, x := range []struct {
		pattern string
		verb    web.Verb
		do      func(*web.Request) (web.Answer, error)
	}{
		{"/councils/add", web.Write, m.councilAdd},
		{"/councils/of/{code}/edit", web.Write, m.profileEdit},
		{"/councils/of/{code}/export", web.Export, m.councilExport},
		{"/councils/arrangements/new", web.Write, m.arrangementEdit},
		{"/councils/arrangements/{id}/edit", web.Write, m.arrangementEdit},
		{"/councils/clearances/new", web.Write, m.clearanceEdit},
		{"/councils/clearances/{id}/sign", web.Approve, m.clearanceSign},
		{"/councils/clearances/{id}/revoke", web.Approve, m.clearanceRevoke},
		{"/councils/warnings/new", web.Write, m.warningEdit},
		{"/councils/warnings/{id}/edit", web.Write, m.warningEdit},
		{"/councils/warnings/{id}/send", web.Approve, m.warningSend},
		{"/councils/share", web.Write, m.shareEdit},
		{"/councils/field", web.Write, m.fieldEdit},
	} {
		routes = append(routes, both(x.pattern, x.verb, o, x.do)...)
	}
	return web.Section{Path: "/councils", Object: o, Routes: routes}
}

func (m *Room) councilList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Councils", Back: "/clocks", Lead: "Who is in this incident, what they run together and in which role, and what each has declared safe."}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		all, err := arrangements.list(tx, SightOf(r, web.ObjectCouncil), query{})
		if err != nil {
			return err
		}
		s.Items = struct {
			Councils     []Council     `json:"councils"`
			Arrangements []Arrangement `json:"arrangements"`
		}{councils, all}
		s.Tables = []table{councilTable(councils), arrangementTable(all, councils)}
		s.columns = []string{"council", "name", "part"}
		for _, c := range councils {
			s.lines = append(s.lines, []any{c.Code, c.Name, c.Part})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list councils: %w", err)
	}
	s.Acts = []cell{leads("What is declared safe", "/councils/clearances"), leads("Warnings", "/councils/warnings")}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCouncil}) {
		s.Acts = append(s.Acts, leads("Describe a joint arrangement or shared system", "/councils/arrangements/new"), leads("Share one object with a council", "/councils/share"))
		if r.Visitor.Councils == nil {
			s.Acts = append(s.Acts, leads("Add a council", "/councils/add"))
		}
	}
	return s.page(), nil
}

func councilPath(code string) string { return "/councils/of/" + url.PathEscape(code) }

func councilTable(all []Council) table {
	t := table{Title: "In this incident", Columns: []string{"Council", "Part", "What it sees"}, Empty: "No council yet."}
	for _, c := range all {
		t.Rows = append(t.Rows, []cell{{Text: c.Name, Path: councilPath(c.Code), Small: c.Code}, says(choiceText(councilParts, c.Part)), leads("its view", councilPath(c.Code)+"/view")})
	}
	return t
}

// arrangementTable shows who has which role where.
func arrangementTable(all []Arrangement, councils []Council) table {
	t := table{Title: "Joint arrangements and shared systems", ID: "arrangements", Columns: []string{"Arrangement", "Data and services"}, Empty: "None described yet."}
	for _, c := range councils {
		t.Columns = append(t.Columns, c.Name)
	}
	for _, a := range all {
		state := a.State
		if state == stateStands {
			state = ""
		}
		row := []cell{{Text: a.Title, Path: path("/councils/arrangements", a.ID), Small: choiceText(arrangementStates, state)}, says(a.What)}
		for _, c := range councils {
			row = append(row, says(a.rolesOf(c.Code)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// councilAt finds the council of an address. Who is limited to councils sees the
// names of all, but the view and the file of their own alone.
func (m *Room) councilAt(r *web.Request) (c Council, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := Councils(tx)
		for _, x := range all {
			if x.Code == r.Part("code") {
				c = x
			}
		}
		return err
	})
	if err == nil && c.Code == "" {
		err = fmt.Errorf("find council: %w", reeve.NotFound)
	}
	return c, err
}

func (m *Room) councilOne(r *web.Request) (web.Answer, error) {
	c, err := m.councilAt(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: c.Name, Back: "/councils", Tags: []cell{tagged(choiceText(councilParts, c.Part), "blue")}}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		sight := SightOf(r, web.ObjectCouncil)
		p, err := profileOf(tx, sight, c.Code)
		if err != nil {
			return err
		}
		running, err := clocks.list(tx, SightOf(r, web.ObjectClock), query{where: "x.council = ? AND x.state = 'running'", args: []any{c.Code}, order: soonest, limit: pageSize})
		if err != nil {
			return err
		}
		declared, err := clearances.list(tx, sight, query{where: "x.council = ?", args: []any{c.Code}, order: "x.id DESC", limit: pageSize})
		if err != nil {
			return err
		}
		s.Items = struct {
			Council Council `json:"council"`
			Profile Profile `json:"profile"`
		}{c, p}
		s.Facts = facts(factOf("Nation", says(nationAt(p.Nation).String())), factOf("Code", says(c.Code)), textFact("Contact", p.Contact), textFact("Data protection officer", p.Officer),
			factOf("ICO registration", says(p.ICO)), textFact("Reminded by mail", p.Mails))
		t := clockTable(running, names, r.Now)
		t.Title = "Its clocks"
		s.Tables = []table{t, clearanceTable(declared, names, r)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.Acts = []cell{leads("What "+c.Name+" sees of this incident", councilPath(c.Code)+"/view")}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCouncil, Council: c.Code}) {
		s.Acts = append(s.Acts, leads("Change its particulars", councilPath(c.Code)+"/edit"), leads("Declare something safe in its name", "/councils/clearances/new?council="+url.QueryEscape(c.Code)))
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectClock, Council: c.Code}) {
		s.Acts = append(s.Acts, leads("Start a clock of it", "/clocks/new?council="+url.QueryEscape(c.Code)))
	}
	if r.May(web.Act{Verb: web.Export, Object: web.ObjectCouncil, Council: c.Code, Degree: web.Personal}) {
		s.Acts = append(s.Acts, leads("Signed file of what it may have (ZIP)", councilPath(c.Code)+"/export"))
	}
	return s.page(), nil
}

func (m *Room) arrangementOne(r *web.Request) (web.Answer, error) {
	a, err := findFor(m, r, arrangements, web.ObjectCouncil)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: a.Title, Back: "/councils", Tags: []cell{tlpTag(a.TLP)}, Items: a}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := arrangements.versions(tx, SightOf(r, web.ObjectCouncil), a.ID)
		s.Facts = facts(factOf("What it is", says(choiceText(arrangementSorts, a.Sort))), factOf("Stands", says(choiceText(arrangementStates, a.State))), textFact("Data and services", a.What),
			factOf("Run by", says(namesOf(names, a.Host))), factOf("Controllers", says(namesOf(names, a.Controllers))), factOf("Joint controllers", says(namesOf(names, a.Joint))),
			factOf("Processors", says(namesOf(names, a.Processors))), textFact("Agreement", a.Law), textFact("Contact", a.Contact), textFact("What follows", a.follows()), markFact(names, a.Mark))
		s.Tables = []table{versionTable(versions, func(v Arrangement) string { return choiceText(arrangementStates, v.State) + ". " + v.Why })}
		return err
	})
	if err != nil {
		return nil, err
	}
	if may(r, web.Write, web.ObjectCouncil, a.Mark) {
		s.Acts = []cell{leads("Change it", path("/councils/arrangements", a.ID, "edit"))}
	}
	return s.page(), nil
}

// follows says what the roles mean for who reports.
func (a Arrangement) follows() string {
	switch {
	case a.State == "disputed":
		return "Roles are disputed: until it is decided each council reports for itself, and says so."
	case a.Joint != "":
		return "Joint controllers: their agreement says who answers residents (UK GDPR, Article 26); each reports to the ICO, or one with the consent of the others."
	case a.Processors != "":
		return "A processor tells the controllers without undue delay (Article 33(2)); each controller reports to the ICO within 72 hours of being aware itself."
	}
	return "Each controller reports to the ICO for itself."
}

// findFor finds the object of the address's id that who asks may see.
func findFor[T any, P object[T]](m *Room, r *web.Request, s shelf[T, P], o web.Object) (x T, err error) {
	id, err := r.Number("id")
	if err != nil {
		return x, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		x, err = s.find(tx, SightOf(r, o), id)
		return err
	})
	return x, err
}
