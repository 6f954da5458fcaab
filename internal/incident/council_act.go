package incident

import (
	"fmt"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// councilAdd adds a council to the incident, or changes its name and part.
func (m *Room) councilAdd(r *web.Request) (web.Answer, error) {
	if r.Visitor.Councils != nil {
		return nil, reeve.WithHint(fmt.Errorf("add council: %w", reeve.Denied), "who is limited to councils adds none")
	}
	s := &slip{Heading: "Add a council", Action: "/councils/add", Back: "/councils", Button: "Add it", Lead: "With a code that is there already, its name and part are changed.",
		Asks: []ask{
			{Name: "code", Kind: askLine, Label: "Code", Hint: "As users are limited to it, such as RBKC. It stays for ever.", Most: 40, Need: "Enter a code"},
			{Name: "name", Kind: askLine, Label: "Name", Need: "Enter the name"},
			{Name: "part", Kind: askChoice, Label: "Its part", Choices: councilParts, Need: "Choose its part"},
		}}
	return m.fill(r, s, func(f *web.Form) {
		if strings.ContainsAny(s.text("code"), " \n\t/?#%") {
			s.fault(f, "code", "Use letters, digits and hyphens")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		c := Council{Code: s.text("code"), Name: s.text("name"), Part: s.text("part")}
		leaf := record.Leaf{Verb: "add-council", Object: "council:" + c.Code, Line: "council " + c.Code + ": " + c.Part}
		return leaf, putCouncil(tx, c, r.Visitor.ID, r.Now.Unix())
	}, func() (string, string) { return councilPath(s.text("code")), "The council is in the incident." })
}

// profileEdit changes a council's particulars.
func (m *Room) profileEdit(r *web.Request) (web.Answer, error) {
	c, err := m.councilAt(r)
	if err != nil {
		return nil, err
	}
	var p Profile
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		p, err = profileOf(tx, SightOf(r, web.ObjectCouncil), c.Code)
		return err
	}); err != nil {
		return nil, err
	}
	s := &slip{Heading: "Particulars of " + c.Name, Action: councilPath(c.Code) + "/edit", Back: councilPath(c.Code), Button: "Keep them", Version: p.Version,
		Asks: []ask{
			{Name: "nation", Kind: askChoice, Label: "Nation", Choices: chosen(nations, strconv.FormatInt(p.Nation, 10)), Need: "Choose the nation"},
			{Name: "contact", Kind: askArea, Label: "Contact for this incident", Hint: "Role, name, telephone.", Value: p.Contact},
			{Name: "officer", Kind: askArea, Label: "Data protection officer", Value: p.Officer},
			{Name: "ico", Kind: askLine, Label: "ICO registration number", Value: p.ICO},
			{Name: "mails", Kind: askArea, Label: "Who is reminded of its clocks by mail?", Hint: "Addresses that work during the attack, one a line. Messages name duties and references, no people.", Value: p.Mails, Most: 1000},
		}}
	return m.fill(r, s, func(f *web.Form) {
		for _, address := range linesOf(s.text("mails")) {
			if a, err := netmail.ParseAddress(address); err != nil || a.Address != address {
				s.fault(f, "mails", "Enter addresses alone, one a line")
				return
			}
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectCouncil, p.Mark); err != nil {
			return record.Leaf{}, err
		}
		p.Nation, p.Contact, p.Officer, p.ICO, p.Mails = s.number("nation"), s.text("contact"), s.text("officer"), s.text("ico"), s.text("mails")
		p.by(r)
		err := profiles.put(tx, &p, s.Version)
		return leafOf("write-profile", KindProfile, p.ID, "version "+strconv.FormatInt(p.Version, 10)), err
	}, func() (string, string) { return councilPath(c.Code), "The particulars are kept." })
}

// codes are councils as choices.
func codes(all []Council, picked string) []choice {
	lines := linesOf(picked)
	return each(all, func(c Council) choice {
		return choice{Value: c.Code, Text: c.Name, Chosen: slices.Contains(lines, c.Code)}
	})
}

// arrangementEdit describes what councils run together.
func (m *Room) arrangementEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	a := Arrangement{State: stateStands, Kept: Kept{Mark: Mark{TLP: Green}}}
	s := &slip{Heading: "Describe a joint arrangement", Action: "/councils/arrangements/new", Back: "/councils", Button: "Keep it"}
	if r.Part("id") != "" {
		if a, err = findFor(m, r, arrangements, web.ObjectCouncil); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Version = "Change a joint arrangement", path("/councils/arrangements", a.ID, "edit"), path("/councils/arrangements", a.ID), a.Version
	}
	was := a.Mark
	s.Asks = append([]ask{
		{Name: "title", Kind: askLine, Label: "What is it?", Hint: "Such as: shared file servers.", Value: a.Title, Need: "Say what it is"},
		{Name: "kind", Kind: askChoice, Label: "Of what sort?", Choices: chosen(arrangementSorts, a.Sort), Need: "Choose the sort"},
		{Name: "what", Kind: askArea, Label: "Which data and services?", Value: a.What, Need: "Say which data and services"},
		{Name: "host", Kind: askMany, Label: "Who runs it?", Choices: codes(councils, a.Host)},
		{Name: "controllers", Kind: askMany, Label: "Controllers", Hint: "Each decides for itself why its data is there.", Choices: codes(councils, a.Controllers)},
		{Name: "joint", Kind: askMany, Label: "Joint controllers", Choices: codes(councils, a.Joint)},
		{Name: "processors", Kind: askMany, Label: "Processors", Hint: "They hold it for others.", Choices: codes(councils, a.Processors)},
		{Name: "law", Kind: askArea, Label: "Under which agreement?", Value: a.Law},
		{Name: "contact", Kind: askArea, Label: "Contact", Value: a.Contact},
		{Name: "state", Kind: askChoice, Label: "Does it stand?", Choices: chosen(arrangementStates, a.State), Need: "Choose whether it stands"},
		{Name: "why", Kind: askArea, Label: "On what does this rest?", Hint: mayRead},
	}, markAsks(r, councils, a.Mark)...)
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		a.Mark = s.mark()
		if err := mayMove(r, web.Write, web.ObjectCouncil, was, a.Mark); err != nil {
			return record.Leaf{}, err
		}
		a.Title, a.Sort, a.What, a.Host, a.Controllers, a.Joint = s.text("title"), s.text("kind"), s.text("what"), s.text("host"), s.text("controllers"), s.text("joint")
		a.Processors, a.Law, a.Contact, a.State, a.Why = s.text("processors"), s.text("law"), s.text("contact"), s.text("state"), s.text("why")
		a.by(r)
		err := arrangements.put(tx, &a, s.Version)
		return leafOf("write-arrangement", KindArrangement, a.ID, "version "+strconv.FormatInt(a.Version, 10)), err
	}, func() (string, string) { return path("/councils/arrangements", a.ID), "It is kept." })
}

// warningEdit writes a warning to other councils.
func (m *Room) warningEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	lines, err := m.factChoices(r)
	if err != nil {
		return nil, err
	}
	w := Warning{State: stateDraft, Kept: Kept{Mark: Mark{TLP: Green}}}
	s := &slip{Heading: "Warn other councils", Action: "/councils/warnings/new", Back: "/councils/warnings", Button: "Keep the draft"}
	if r.Part("id") != "" {
		if w, err = findFor(m, r, warnings, web.ObjectCouncil); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Version = "Change a warning", path("/councils/warnings", w.ID, "edit"), path("/councils/warnings", w.ID), w.Version
	}
	was := w.Mark
	s.Asks = append([]ask{
		{Name: "title", Kind: askLine, Label: "Of what do you warn?", Value: w.Title, Need: "Say of what you warn"},
		{Name: "note", Kind: askArea, Label: "What happened, as far as it concerns them?", Value: w.Note, Need: "Say what happened"},
		{Name: "ask", Kind: askArea, Label: "What should they do?", Value: w.Ask, Need: "Say what they should do"},
		{Name: "addressed", Kind: askMany, Label: "Which councils of this incident?", Choices: codes(councils, w.Addressed)},
		{Name: "outside", Kind: askArea, Label: "Who else?", Hint: "One a line.", Value: w.Outside},
		{Name: "way", Kind: askLine, Label: "How is it sent?", Hint: "Not by a way that the attack may have reached.", Value: w.Way},
		{Name: "facts", Kind: askMany, Label: "On which facts does it rest?", Choices: picked(lines, w.Facts)},
	}, markAsks(r, councils, w.Mark)...)
	return m.fill(r, s, func(f *web.Form) {
		if s.text("addressed") == "" && s.text("outside") == "" {
			s.fault(f, "addressed", "Choose who is warned")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		w.Mark = s.mark()
		if err := mayMove(r, web.Write, web.ObjectCouncil, was, w.Mark); err != nil {
			return record.Leaf{}, err
		}
		w.Title, w.Note, w.Ask, w.Addressed, w.Outside, w.Way, w.Facts = s.text("title"), s.text("note"), s.text("ask"), s.text("addressed"), s.text("outside"), s.text("way"), s.text("facts")
		w.State, w.Sent = stateDraft, 0
		w.by(r)
		if err := warnings.put(tx, &w, s.Version); err != nil {
			return record.Leaf{}, err
		}
		by := Object{Kind: KindWarning, ID: strconv.FormatInt(w.ID, 10), Title: "Warning: " + w.Title, Path: path("/councils/warnings", w.ID), Owner: r.Visitor.ID, OwnerName: r.Visitor.Name, Mark: w.Mark, At: r.Now.Unix()}
		return leafOf("write-warning", KindWarning, w.ID, "version "+strconv.FormatInt(w.Version, 10)), citeAll(tx, w.Facts, by)
	}, func() (string, string) { return path("/councils/warnings", w.ID), "The draft is kept." })
}

// picked marks the choices that some lines name.
func picked(all []choice, lines string) []choice {
	return each(all, func(c choice) choice { c.Chosen = slices.Contains(linesOf(lines), c.Value); return c })
}

// warningSend records that a warning went out. Those to whom it is addressed may
// see it from then on.
func (m *Room) warningSend(r *web.Request) (web.Answer, error) {
	w, err := findFor(m, r, warnings, web.ObjectCouncil)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Send the warning", Lead: w.Title, Action: path("/councils/warnings", w.ID, "send"), Back: path("/councils/warnings", w.ID), Button: "It is sent", Version: w.Version,
		Asks: []ask{momentAsk("sent", "When was it sent?", "", r.Now.Unix(), "Enter when it was sent", true), {Name: "way", Kind: askLine, Label: "How?", Value: w.Way, Need: "Say how"}}}
	return m.fill(r, s, func(f *web.Form) {
		if w.State != stateDraft {
			s.fault(f, "sent", "It was sent already: change it first")
		}
		if w.TLP == Red || w.TLP == AmberStrict {
			s.fault(f, "sent", w.TLP.Label()+" does not travel: change its mark first")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Approve, web.ObjectCouncil, w.Mark); err != nil {
			return record.Leaf{}, err
		}
		w.State, w.Sent, w.Way, w.Why = stateSent, s.number("sent"), s.text("way"), "sent"
		w.by(r)
		if err := warnings.put(tx, &w, s.Version); err != nil {
			return record.Leaf{}, err
		}
		for _, c := range linesOf(w.Addressed) {
			if err := share(tx, KindWarning, w.ID, c, r.Visitor.ID, r.Now.Unix()); err != nil {
				return record.Leaf{}, err
			}
		}
		return leafOf("send-warning", KindWarning, w.ID, "version "+strconv.FormatInt(w.Version, 10)), nil
	}, func() (string, string) { return path("/councils/warnings", w.ID), "It is on record as sent." })
}
