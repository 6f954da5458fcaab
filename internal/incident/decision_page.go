package incident

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) decisionSection() web.Section {
	const o = web.ObjectDecision
	return web.Section{Object: o, Path: "/decisions", Routes: []web.Route{
		{Pattern: "GET /decisions", Verb: web.See, Object: o, Do: m.decisionList},
		{Pattern: "GET /decisions/add", Verb: web.Write, Object: o, Do: m.decisionEdit},
		{Pattern: "POST /decisions", Verb: web.Write, Object: o, Do: m.decisionEdit},
		{Pattern: "GET /decisions/{id}", Verb: web.See, Object: o, Do: m.decisionPage},
		{Pattern: "GET /decisions/{id}/edit", Verb: web.Write, Object: o, Do: m.decisionEdit},
		{Pattern: "POST /decisions/{id}", Verb: web.Write, Object: o, Do: m.decisionEdit},
		{Pattern: "GET /decisions/{id}/advice", Verb: web.Write, Object: web.ObjectLegal, Do: m.adviceEdit},
		{Pattern: "POST /decisions/{id}/advice", Verb: web.Write, Object: web.ObjectLegal, Do: m.adviceEdit},
	}}
}

// decisionFilter are the parts of the log.
var decisionFilter = []choice{{"", "All", false}, {decided, "Decided", false}, {proposed, "To be decided", false}, {"due", "To be looked at again", false}, {"old", "Superseded or withdrawn", false}}

func decisionQuery(r *web.Request) query {
	q := query{order: "x.decided DESC, x.id DESC", limit: pageSize + 1, skip: pageOf(r) * pageSize}
	and := func(more string, args ...any) {
		if q.where != "" {
			q.where += " AND "
		}
		q.where += more
		q.args = append(q.args, args...)
	}
	switch r.Ask("show") {
	case decided:
		and("x.state IN ('decided', 'reviewed')")
	case proposed:
		and("x.state = 'proposed'")
	case "due":
		and("x.state IN ('decided', 'reviewed') AND x.review > 0 AND x.review <= ?", r.Now.Unix())
	case "old":
		and("x.state IN ('superseded', 'withdrawn')")
	}
	for _, w := range askedWords(r.Ask("q")) {
		and("x.words LIKE ?", "%"+w+"%")
	}
	return q
}

func (m *Room) decisionList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Decisions", Filters: filterBy(r, "show", decisionFilter)}
	if may(r, web.Write, web.ObjectDecision, own(r)) {
		s.Acts = []cell{leads("Log a decision", "/decisions/add")}
	}
	sight, page, q := SightOf(r, web.ObjectDecision), pageOf(r), decisionQuery(r)
	if r.Machine() {
		q.limit, q.skip = 0, 0
	}
	var all []Decision
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		all, err = decisionShelf.list(tx, sight, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	s.columns = []string{"decision", "version", "title", "state", "decided", "decider", "authority", "delegation", "reason", "review", "council", "tlp"}
	for _, d := range all {
		s.lines = append(s.lines, []any{d.ID, d.Version, d.Title, d.State, stamp(d.Decided), d.Decider, d.Authority, d.Delegation, d.Reason, dueStamp(d.Review), d.Council, d.TLP})
	}
	s.Items = all
	if !r.Machine() {
		s.turn(r, page, len(all) > pageSize)
		all = all[:min(len(all), pageSize)]
	}
	s.Tables = []table{decisionTable("", all, r.Now.Unix())}
	return s.page(), nil
}

func decisionTable(title string, all []Decision, now int64) table {
	t := table{Title: title, Columns: []string{"Decision", "When, by whom", "State"}, Empty: "No decisions here."}
	for _, d := range all {
		state := tagged(d.StateWords(), d.Colour())
		if d.Due(now) {
			state.Small = "to be looked at again"
		}
		t.Rows = append(t.Rows, []cell{{Text: d.Title, Path: path("/decisions", d.ID), Small: d.Authority, Struck: d.State == withdrawn}, {Text: shown(d.Decided), Small: d.Decider}, state})
	}
	return t
}

func (m *Room) decisionAsked(r *web.Request) (d Decision, err error) {
	id, err := r.Number("id")
	if err != nil {
		return d, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		d, err = decisionShelf.find(tx, SightOf(r, web.ObjectDecision), id)
		return err
	})
	return d, err
}

// readsAdvice reports whether somebody may read legal advice about a decision:
// it is the council's whose decision it is, and an answer that leaves Reeve
// holds none.
func readsAdvice(r *web.Request, d Decision) bool {
	if r.Machine() || r.Visitor.Councils != nil && !slices.Contains(r.Visitor.Councils, d.Council) {
		return false
	}
	return r.May(web.Act{Verb: web.See, Object: web.ObjectLegal, Council: d.Council, Degree: web.Special})
}

// writesAdvice reports whether they may add to it.
func writesAdvice(r *web.Request, d Decision) bool {
	return readsAdvice(r, d) && may(r, web.Write, web.ObjectLegal, Mark{d.Council, Red})
}

func (m *Room) decisionPage(r *web.Request) (web.Answer, error) {
	d, err := m.decisionAsked(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: d.Title, Back: "/decisions", Tags: []cell{tagged(d.StateWords(), d.Colour()), tlpTag(d.TLP)}}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := decisionShelf.versions(tx, SightOf(r, web.ObjectDecision), d.ID)
		if err != nil {
			return err
		}
		s.Facts = d.rows(names)
		cites, err := citeTable(tx, d, SightOf(r, web.ObjectFact))
		if err != nil {
			return err
		}
		s.Tables = []table{cites, versionTable(versions, func(v Decision) string { return v.StateWords() + ": " + v.Title + whyWords(v.Why) })}
		s.Items = struct {
			Decision Decision   `json:"decision"`
			Versions []Decision `json:"versions"`
		}{d, versions}
		if readsAdvice(r, d) {
			advice, err := adviceOn(tx, d.ID)
			s.Tables = append([]table{adviceTable(advice)}, s.Tables...)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read decision: %w", err)
	}
	if may(r, web.Write, web.ObjectDecision, d.Mark) {
		s.Acts = append(s.Acts, leads("Change it, review it, or put another in its place", path("/decisions", d.ID, "edit")))
	}
	if writesAdvice(r, d) {
		s.Acts = append(s.Acts, leads("Add legal advice (privileged)", path("/decisions", d.ID, "advice")))
	}
	return s.page(), nil
}

func (d Decision) rows(names map[string]string) []factRow {
	evidence := factRow{Name: "Evidence"}
	for _, line := range linesOf(d.Evidence) {
		c := says(line)
		if strings.HasPrefix(line, "/") && !strings.HasPrefix(line, "//") && !strings.ContainsAny(line, " \\") {
			c = leads(line, line)
		}
		evidence.Cells = append(evidence.Cells, c)
	}
	review := ""
	if d.Review > 0 {
		review = shown(d.Review)
	}
	return facts(textFact("What had to be decided", d.Question), textFact("Options", d.Options), textFact("Reason", d.Reason), factOf("Decided by", says(d.Decider)),
		factOf("Decided", says(shown(d.Decided))), textFact("By what right", d.Authority), textFact("Delegation", d.Delegation), textFact("Who saw it otherwise", d.Dissent),
		evidence, factOf("To be looked at again", says(review)), markFact(names, d.Mark))
}

// citeTable shows the facts on which a decision was built.
func citeTable(tx *db.Tx, d Decision, s Sight) (table, error) {
	t := table{Title: "Built on these facts", Columns: []string{"Fact", "Says who, as of", "Stands"}, Empty: "It cites no facts."}
	numbers, _ := d.cites()
	for _, n := range numbers {
		f, err := factAt(tx, n)
		if err == nil {
			_, err = factShelf.find(tx, s, f.ID)
		}
		switch {
		case errors.Is(err, reeve.NotFound):
			t.Rows = append(t.Rows, []cell{says("a fact that you may not see"), says(""), says("")})
			continue
		case err != nil:
			return t, err
		}
		stand := tagged("as cited", "green")
		if !f.Latest || !f.Stands() {
			stand = tagged("changed since", "red")
		}
		t.Rows = append(t.Rows, []cell{leads(f.Said(), path("/facts", f.ID)), {Text: f.Source, Small: shown(f.AsOf)}, stand})
	}
	return t, nil
}

func adviceTable(all []Advice) table {
	t := table{Title: "Legal advice: privileged and confidential", ID: "advice", Columns: []string{"Advice", "From", "Written"}, Empty: "None."}
	for _, a := range all {
		t.Rows = append(t.Rows, []cell{says(a.Text), says(a.Adviser), {Text: shown(a.At), Small: a.Name}})
	}
	return t
}

// decisionSlip is the form of a decision. What is needed stands first, so that
// the first decision of a bad morning is on record within a minute.
func (m *Room) decisionSlip(r *web.Request) (s slip, d Decision, err error) {
	now := r.Now.Unix()
	d = Decision{State: decided, Decided: now, Decider: r.Visitor.Name}
	s = slip{Heading: "Log a decision", Lead: "The first two are enough; the rest can be added later.", Warn: mayRead, Action: "/decisions", Back: "/decisions", Button: "Put it on record"}
	if r.Part("id") != "" {
		if d, err = m.decisionAsked(r); err != nil {
			return s, d, err
		}
		if err = must(r, web.Write, web.ObjectDecision, d.Mark); err != nil {
			return s, d, err
		}
		s = slip{Heading: "Change a decision", Lead: "The version before stays and is shown.", Warn: mayRead, Action: path("/decisions", d.ID), Back: path("/decisions", d.ID), Button: "Keep the new version", Version: d.Version}
	}
	a, err := m.aroundForm(r)
	if err != nil {
		return s, d, err
	}
	s.Asks = []ask{
		{Name: "title", Kind: askLine, Label: "What was decided?", Value: d.Title, Need: "Say what was decided"},
		{Name: "reason", Kind: askArea, Label: "Why?", Value: d.Reason, Need: "Say why: it is what will be asked first"},
		{Name: "decider", Kind: askLine, Label: "Who decided?", Hint: "Name and office", Value: d.Decider, Need: "Say who decided"},
		momentAsk("decided", "When?", "", d.Decided, "Enter the day", true),
		{Name: "authority", Kind: askLine, Label: "By what right?", Hint: "Such as: chief executive, scheme of delegation 4.2", Value: d.Authority},
		{Name: "delegation", Kind: askLine, Label: "Delegation", Hint: "Who gave it, when, and until when", Value: d.Delegation},
		{Name: "question", Kind: askArea, Label: "What had to be decided?", Value: d.Question},
		{Name: "options", Kind: askArea, Label: "Which options were there?", Hint: "One a line, with what spoke for and against it", Value: d.Options},
		{Name: "dissent", Kind: askArea, Label: "Who saw it otherwise, and why?", Value: d.Dissent},
		{Name: "evidence", Kind: askArea, Label: "What shows it?", Hint: "Links or references, one a line", Value: d.Evidence},
		{Name: "cites", Kind: askLine, Label: "Built on which facts?", Hint: "Their version numbers, such as 12, 15: each stands on the page of its fact", Value: strings.Join(strings.Fields(d.Cites), ", ")},
		momentAsk("review", "When is it looked at again?", "Delegations and waivers end: say when.", d.Review, "", false),
		{Name: "state", Kind: askChoice, Label: "State", Choices: chosen(decisionStates, d.State), Need: "Choose the state"},
	}
	s.Asks = append(s.Asks, markAsks(r, a.councils, d.Mark)...)
	if d.ID != 0 {
		s.Asks = append(s.Asks, ask{Name: "why", Kind: askLine, Label: "Why this version?", Need: "Say why there is another version"})
	}
	return s, d, nil
}

func (m *Room) decisionEdit(r *web.Request) (web.Answer, error) {
	s, d, err := m.decisionSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, func(form *web.Form) {
		d.Cites = strings.Join(strings.FieldsFunc(s.text("cites"), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }), " ")
		if _, ok := d.cites(); !ok {
			s.fault(form, "cites", "Enter version numbers of facts, such as 12, 15")
		}
	}, func(form *web.Form) (web.Answer, error) {
		d.Title, d.Reason, d.Decider, d.Decided, d.Authority, d.Delegation = s.text("title"), s.text("reason"), s.text("decider"), s.number("decided"), s.text("authority"), s.text("delegation")
		d.Question, d.Options, d.Dissent, d.Evidence, d.Review = s.text("question"), s.text("options"), s.text("dissent"), s.text("evidence"), s.number("review")
		d.State, d.Mark, d.Why = s.text("state"), s.mark(), s.text("why")
		if err := must(r, web.Write, web.ObjectDecision, d.Mark); err != nil {
			return nil, err
		}
		d.by(r)
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			err := putDecision(tx, &d, s.Version, SightOf(r, web.ObjectFact))
			return record.Leaf{Verb: "decide", Object: leafObject(KindDecision, d.ID), Line: fmt.Sprintf("decision %d: version %d, %s", d.ID, d.Version, d.State)}, err
		})
		if errors.Is(err, reeve.Invalid) {
			s.fault(form, "cites", reeve.HintOf(err))
			return s.again(form)
		}
		if err != nil {
			return nil, err
		}
		return web.Redirect(path("/decisions", d.ID), "The decision is on record."), nil
	})
}

func (m *Room) adviceSlip(r *web.Request) (slip, Decision, error) {
	d, err := m.decisionAsked(r)
	if err == nil && !writesAdvice(r, d) {
		err = reeve.WithHint(fmt.Errorf("advise on decision %d: %w", d.ID, reeve.Denied), "Legal advice is kept by the lawyers of the council whose decision it is.")
	}
	return slip{Heading: "Legal advice on a decision", Lead: d.Title, Action: path("/decisions", d.ID, "advice"), Back: path("/decisions", d.ID), Button: "Keep the advice",
		Warn: "Privileged: only those see it whom the policy lets see legal advice, on the screen alone. It stands in no list, search, export or bundle. It cannot be changed once it is kept.",
		Asks: []ask{{Name: "text", Kind: askArea, Label: "Advice", Need: "Enter the advice"}, {Name: "adviser", Kind: askLine, Label: "Who gave it?", Value: r.Visitor.Name, Need: "Say who gave it"}}}, d, err
}

func (m *Room) adviceEdit(r *web.Request) (web.Answer, error) {
	s, d, err := m.adviceSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		a := Advice{Text: s.text("text"), Adviser: s.text("adviser"), By: r.Visitor.ID, Name: r.Visitor.Name, At: r.Now.Unix()}
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			err := addAdvice(tx, d.ID, &a)
			return record.Leaf{Verb: "advise", Object: leafObject(KindDecision, d.ID), Line: fmt.Sprintf("decision %d: legal advice %d was added", d.ID, a.Number)}, err
		})
		if err != nil {
			return nil, err
		}
		return web.Redirect(path("/decisions", d.ID), "The advice is kept apart from the decision."), nil
	})
}
