package incident

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// peoplePage shows who has which role, who is on duty, and what is wrong with
// the rota.
func (m *Room) peoplePage(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "People and rota", Back: "/incident"}
	if may(r, web.Write, web.ObjectIncident, own(r)) {
		s.Acts = []cell{leads("Give somebody a role", "/incident/people/role"), leads("Add a shift", "/incident/people/shift")}
	}
	s.Acts = append(s.Acts, leads("Handovers", "/incident/handovers"))
	sight, now := SightOf(r, web.ObjectIncident), r.Now.Unix()
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		roles, err := roleShelf.list(tx, sight, query{order: "x.ends, x.id", limit: 300})
		if err != nil {
			return err
		}
		rota, err := onDuty(tx, sight, now-7*86400)
		if err != nil {
			return err
		}
		s.Tables = []table{roleTable(roles), shiftTable(rota, now)}
		if tired := fatigue(rota); len(tired) > 0 {
			t := table{Title: "Too long, or too little rest", Columns: []string{"Who and when"}}
			for _, line := range tired {
				t.Rows = append(t.Rows, []cell{says(line)})
			}
			s.Tables = append(s.Tables, t)
			s.Figures = []figure{{digits(int64(len(tired))), "times somebody works too long or rests too little", true}}
		}
		s.Items = struct {
			Roles []RoleHeld `json:"roles"`
			Rota  []Shift    `json:"rota"`
		}{roles, rota}
		s.columns = []string{"person", "role", "contact", "begins", "ends"}
		for _, x := range rota {
			s.lines = append(s.lines, []any{x.Person, x.Role, x.Contact, stamp(x.Begins), stamp(x.Ends)})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read rota: %w", err)
	}
	return s.page(), nil
}

func roleTable(all []RoleHeld) table {
	t := table{Title: "Roles", Columns: []string{"Role", "Who", "Deputy", "From"}, Empty: "Nobody has a role yet."}
	for _, x := range all {
		from := says(shown(x.Begins))
		if x.Ends > 0 {
			from.Small = "until " + shown(x.Ends)
		}
		who := cell{Text: x.Person, Small: x.Contact, Path: path("/incident/people/role", x.ID), Struck: x.Ends > 0}
		t.Rows = append(t.Rows, []cell{{Text: wordsOf(roleKinds, x.Role), Small: x.Title}, who, says(ownerWords(x.Deputy)), from})
	}
	return t
}

func shiftTable(rota []Shift, now int64) table {
	t := table{Title: "Rota", Columns: []string{"Who", "Role", "From", "Until"}, Empty: "No shift is written down."}
	for _, x := range rota {
		until := says(shown(x.Ends))
		if x.Begins <= now && now < x.Ends {
			until = tagged("on duty", "green")
			until.Small = "until " + shown(x.Ends)
		}
		t.Rows = append(t.Rows, []cell{{Text: x.Person, Small: x.Contact, Path: path("/incident/people/shift", x.ID)}, says(x.Role), says(shown(x.Begins)), until})
	}
	return t
}

// partAsked reads the object of a shelf that an address names; the zero value
// without a number.
func partAsked[T any, P object[T]](m *Room, r *web.Request, s shelf[T, P]) (x T, err error) {
	if r.Part("id") == "" {
		P(&x).kept().Mark = own(r)
		return x, nil
	}
	id, err := r.Number("id")
	if err != nil {
		return x, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		x, err = s.find(tx, SightOf(r, web.ObjectIncident), id)
		return err
	})
	return x, err
}

// partSlip begins a form for a part of the incident.
func partSlip(heading, base string, k Kept) slip {
	s := slip{Heading: heading, Action: base, Back: "/incident/people", Button: "Keep it"}
	if k.ID != 0 {
		s.Action, s.Version = path(base, k.ID), k.Version
	}
	return s
}

// keepPart keeps a version of a part of the incident, with its leaf.
func keepPart[T any, P object[T]](m *Room, r *web.Request, s shelf[T, P], x *T, seen int64) error {
	k := P(x).kept()
	if err := must(r, web.Write, web.ObjectIncident, k.Mark); err != nil {
		return err
	}
	k.by(r)
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := s.put(tx, x, seen)
		return record.Leaf{Verb: "write", Object: leafObject(s.kind, k.ID), Line: fmt.Sprintf("%s %d: version %d", s.kind, k.ID, k.Version)}, err
	})
}

func (m *Room) roleEdit(r *web.Request) (web.Answer, error) {
	x, err := partAsked(m, r, roleShelf)
	if err != nil {
		return nil, err
	}
	if x.ID == 0 {
		x.Begins = r.Now.Unix()
	}
	s := partSlip("A role", "/incident/people/role", x.Kept)
	s.Asks = []ask{
		{Name: "role", Kind: askChoice, Label: "Which role?", Choices: chosen(roleKinds, x.Role), Need: "Choose the role"},
		{Name: "title", Kind: askLine, Label: "What do they see to?", Value: x.Title},
		{Name: "person", Kind: askLine, Label: "Who?", Value: x.Person, Need: "Say who"},
		{Name: "contact", Kind: askLine, Label: "How are they reached when our systems are down?", Value: x.Contact},
		{Name: "deputy", Kind: askLine, Label: "Who stands in?", Value: x.Deputy},
		momentAsk("begins", "From", "", x.Begins, "Enter the day", false), momentAsk("ends", "Until", "Empty while they have it", x.Ends, "", false),
	}
	return s.serve(r, nil, func(f *web.Form) (web.Answer, error) {
		x.Role, x.Title, x.Person, x.Contact, x.Deputy, x.Begins, x.Ends = s.text("role"), s.text("title"), s.text("person"), s.text("contact"), s.text("deputy"), s.number("begins"), s.number("ends")
		return web.Redirect("/incident/people", "It is kept."), keepPart(m, r, roleShelf, &x, s.Version)
	})
}

func (m *Room) shiftEdit(r *web.Request) (web.Answer, error) {
	x, err := partAsked(m, r, shiftShelf)
	if err != nil {
		return nil, err
	}
	s := partSlip("A shift", "/incident/people/shift", x.Kept)
	s.Asks = []ask{
		{Name: "person", Kind: askLine, Label: "Who?", Value: x.Person, Need: "Say who"},
		{Name: "role", Kind: askLine, Label: "As what?", Value: x.Role},
		{Name: "contact", Kind: askLine, Label: "How are they reached?", Value: x.Contact},
		momentAsk("begins", "From", "", x.Begins, "Enter the day", false), momentAsk("ends", "Until", "", x.Ends, "Enter the day", false),
	}
	if x.ID != 0 {
		s.Asks = append(s.Asks, ask{Name: "state", Kind: askChoice, Label: "Does it stand?", Choices: chosen([]choice{{stands, "Yes", false}, {withdrawn, "No, it falls out", false}}, x.State), Need: "Say whether it stands"})
	}
	return s.serve(r, nil, func(f *web.Form) (web.Answer, error) {
		x.Person, x.Role, x.Contact, x.Begins, x.Ends, x.State = s.text("person"), s.text("role"), s.text("contact"), s.number("begins"), s.number("ends"), s.text("state")
		if x.ID == 0 {
			x.State = stands
		}
		if x.Ends <= x.Begins || x.Ends-x.Begins > 48*3600 {
			s.fault(f, "ends", "A shift ends after it begins, within two days")
			return s.again(f)
		}
		return web.Redirect("/incident/people", "It is kept."), keepPart(m, r, shiftShelf, &x, s.Version)
	})
}

func (m *Room) planEdit(r *web.Request) (web.Answer, error) {
	x, err := partAsked(m, r, planShelf)
	if err != nil {
		return nil, err
	}
	if x.ID == 0 {
		x.Begins, x.Who = r.Now.Unix(), r.Visitor.Name
	}
	s := partSlip("Put a plan in force", "/incident/plans", x.Kept)
	s.Back = "/incident"
	s.Asks = []ask{
		{Name: "kind", Kind: askChoice, Label: "Which plan?", Choices: chosen(planKinds, x.Kind), Need: "Choose which plan"},
		{Name: "title", Kind: askLine, Label: "What is it called?", Hint: "Such as: Social care continuity plan, version 4", Value: x.Title, Need: "Say what it is called"},
		{Name: "who", Kind: askLine, Label: "Who put it in force?", Value: x.Who, Need: "Say who put it in force"},
		momentAsk("begins", "From", "", x.Begins, "Enter the day", true), momentAsk("ends", "Until", "Empty while it is in force", x.Ends, "", true),
		{Name: "why", Kind: askLine, Label: "Why?", Value: x.Why, Need: "Say why"},
	}
	return s.serve(r, nil, func(f *web.Form) (web.Answer, error) {
		x.Kind, x.Title, x.Who, x.Begins, x.Ends, x.Why = s.text("kind"), s.text("title"), s.text("who"), s.number("begins"), s.number("ends"), s.text("why")
		return web.Redirect("/incident", "It is on record."), keepPart(m, r, planShelf, &x, s.Version)
	})
}

// handoverList shows what shifts handed over, with who has read it.
func (m *Room) handoverList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Handovers", Back: "/incident", Acts: []cell{leads("Write a handover", "/incident/handovers/add")}}
	sight := SightOf(r, web.ObjectIncident)
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := handoverShelf.list(tx, sight, query{order: "x.at DESC, x.id DESC", limit: pageSize + 1, skip: pageOf(r) * pageSize})
		if err != nil {
			return err
		}
		mine, err := unreadHandovers(tx, sight, r.Visitor.ID)
		if err != nil {
			return err
		}
		s.turn(r, pageOf(r), len(all) > pageSize)
		s.Items = all
		s.Tables = []table{handoverTable("", all[:min(len(all), pageSize)], mine)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read handovers: %w", err)
	}
	return s.page(), nil
}

func handoverTable(title string, all, unread []Handover) table {
	t := table{Title: title, Columns: []string{"Handover", "From"}, Empty: "None."}
	for _, h := range all {
		c := leads(shown(h.At), path("/incident/handovers", h.ID))
		if slices.ContainsFunc(unread, func(u Handover) bool { return u.ID == h.ID }) {
			c.Small = "you have not read it yet"
		}
		t.Rows = append(t.Rows, []cell{c, says(h.ChangedName)})
	}
	return t
}

func (m *Room) handoverPage(r *web.Request) (web.Answer, error) {
	h, err := partAsked(m, r, handoverShelf)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: "Handover of " + shown(h.At), Back: "/incident/handovers", Tags: []cell{tlpTag(h.TLP)}}
	s.Facts = facts(factOf("From", says(h.ChangedName)), textFact("Done", h.Done), textFact("Open", h.Open), textFact("What worries", h.Worry))
	read := false
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readingsOf(tx, h.ID)
		t := table{Title: "Who has read it", Columns: []string{"Who", "When", "Version"}, Empty: "Nobody yet."}
		for _, g := range all {
			t.Rows = append(t.Rows, []cell{says(g.Name), says(shown(g.At)), says(fmt.Sprint(g.Version))})
			read = read || g.Reader == r.Visitor.ID && g.Version == h.Version
		}
		s.Tables = []table{t}
		s.Items = struct {
			Handover Handover  `json:"handover"`
			Read     []Reading `json:"read"`
		}{h, all}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read handover: %w", err)
	}
	if h.ChangedBy == r.Visitor.ID {
		s.Acts = append(s.Acts, leads("Write another version", path("/incident/handovers", h.ID, "edit")))
	} else if !read {
		s.Acts = append(s.Acts, leads("Say that you have read it", path("/incident/handovers", h.ID, "read")))
	}
	return s.page(), nil
}

func (m *Room) handoverEdit(r *web.Request) (web.Answer, error) {
	h, err := partAsked(m, r, handoverShelf)
	if err != nil {
		return nil, err
	}
	if h.ID != 0 && h.ChangedBy != r.Visitor.ID {
		return nil, reeve.WithHint(fmt.Errorf("change handover: %w", reeve.Denied), "A handover is changed by who wrote it.")
	}
	a, err := m.aroundForm(r)
	if err != nil {
		return nil, err
	}
	s := partSlip("Write a handover", "/incident/handovers", h.Kept)
	s.Back = "/incident/handovers"
	who := ask{Name: "reads", Kind: askMany, Label: "Who must read it?", Hint: "None ticked: everybody"}
	for _, c := range a.staff {
		who.Choices = append(who.Choices, choice{c.ID, c.Name, slices.Contains(linesOf(h.Reads), c.ID)})
	}
	s.Asks = append([]ask{
		{Name: "done", Kind: askArea, Label: "What was done?", Hint: mayRead, Value: h.Done, Need: "Say what was done"},
		{Name: "open", Kind: askArea, Label: "What is open?", Value: h.Open},
		{Name: "worry", Kind: askArea, Label: "What worries you?", Value: h.Worry}, who,
	}, markAsks(r, a.councils, h.Mark)...)
	return s.serve(r, nil, func(f *web.Form) (web.Answer, error) {
		h.Done, h.Open, h.Worry, h.Reads, h.Mark, h.At = s.text("done"), s.text("open"), s.text("worry"), s.text("reads"), s.mark(), r.Now.Unix()
		return web.Redirect("/incident/handovers", "It is handed over. You see here who has read it."), keepPart(m, r, handoverShelf, &h, s.Version)
	})
}

// readHandover keeps that the visitor has read a handover.
func (m *Room) readHandover(r *web.Request) (web.Answer, error) {
	h, err := partAsked(m, r, handoverShelf)
	if err != nil {
		return nil, err
	}
	s := slip{Heading: "Handover of " + shown(h.At), Lead: h.Done + "\n\n" + h.Open + "\n\n" + h.Worry, Action: path("/incident/handovers", h.ID, "read"), Back: path("/incident/handovers", h.ID), Button: "I have read it", Version: h.Version}
	return s.serve(r, nil, func(f *web.Form) (web.Answer, error) {
		g := Reading{Handover: h.ID, Version: s.Version, Reader: r.Visitor.ID, Name: r.Visitor.Name, At: r.Now.Unix()}
		if s.Version != h.Version {
			return nil, fmt.Errorf("read handover: %w", reeve.Conflict)
		}
		err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			return record.Leaf{Verb: "read-handover", Object: leafObject(KindHandover, h.ID), Line: fmt.Sprintf("handover %d was read", h.ID)}, addReading(tx, g)
		})
		return web.Redirect("/incident", "Whoever wrote it sees that you have read it."), err
	})
}
