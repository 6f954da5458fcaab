package incident

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) factSection() web.Section {
	const o = web.ObjectFact
	return web.Section{Object: o, Path: "/facts", Routes: []web.Route{
		{Pattern: "GET /facts", Verb: web.See, Object: o, Do: m.factList},
		{Pattern: "GET /facts/add", Verb: web.Write, Object: o, Do: m.factEdit},
		{Pattern: "POST /facts", Verb: web.Write, Object: o, Do: m.factEdit},
		{Pattern: "GET /facts/conflicts", Verb: web.See, Object: o, Do: m.conflictList},
		{Pattern: "GET /facts/conflict", Verb: web.Approve, Object: o, Do: m.settleConflict},
		{Pattern: "POST /facts/conflict", Verb: web.Approve, Object: o, Do: m.settleConflict},
		{Pattern: "GET /facts/{id}", Verb: web.See, Object: o, Do: m.factPage},
		{Pattern: "GET /facts/{id}/edit", Verb: web.Write, Object: o, Do: m.factEdit},
		{Pattern: "POST /facts/{id}", Verb: web.Write, Object: o, Do: m.factEdit},
		{Pattern: "GET /facts/{id}/withdraw", Verb: web.Write, Object: o, Do: m.withdrawFact},
		{Pattern: "POST /facts/{id}/withdraw", Verb: web.Write, Object: o, Do: m.withdrawFact},
		{Pattern: "GET /facts/{id}/release", Verb: web.Approve, Object: o, Do: m.releaseFact},
		{Pattern: "POST /facts/{id}/release", Verb: web.Approve, Object: o, Do: m.releaseFact},
		{Pattern: "GET /board", Verb: web.See, Object: o, Do: m.board},
	}}
}

// factFilter are the parts of the ledger that a list can show.
var factFilter = []choice{{"", "All that stand", false}, {sortKnown, "Known", false}, {sortUnknown, "Not known", false}, {sortAssumed, "Assumed", false}, {"old", "Superseded or withdrawn", false}}

func (m *Room) factList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Facts", Lead: "What is claimed, by whom, as of when. Everything that is sent or published is built on these and cites them.", Filters: filterBy(r, "sort", factFilter)}
	if may(r, web.Write, web.ObjectFact, own(r)) {
		s.Acts = append(s.Acts, leads("Add a fact", "/facts/add"))
	}
	s.Acts = append(s.Acts, leads("Known, not known, assumed", "/board"))
	sight, page, q := SightOf(r, web.ObjectFact), pageOf(r), factQuery(r)
	if r.Machine() {
		q.limit, q.skip = 0, 0
	}
	err := m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		all, err := factShelf.list(tx, sight, q)
		if err != nil {
			return err
		}
		conflicts, err := conflictsOf(tx, sight)
		if err != nil {
			return err
		}
		if n := int64(len(conflicts)); n > 0 {
			s.Acts = append(s.Acts, leads("Settle "+count(n, "contradiction", "contradictions"), "/facts/conflicts"))
			s.Figures = append(s.Figures, figure{digits(n), "topics on which facts contradict each other", true})
		}
		if !r.Machine() {
			s.turn(r, page, len(all) > pageSize)
			all = all[:min(len(all), pageSize)]
		}
		s.Items = all
		s.Tables = []table{factTable(all, conflicts)}
		return s.factLines(tx, all)
	})
	if err != nil {
		return nil, fmt.Errorf("list facts: %w", err)
	}
	return s.page(), nil
}

// factQuery is the question of an address.
func factQuery(r *web.Request) query {
	q := query{order: "x.topic_key, x.as_of, x.id", limit: pageSize + 1, skip: pageOf(r) * pageSize, where: "x.state = 'stands'"}
	switch sort := r.Ask("sort"); sort {
	case sortKnown, sortUnknown, sortAssumed:
		q.where += " AND x.sort = ?"
		q.args = append(q.args, sort)
	case "old":
		q.where = "x.state <> 'stands'"
	}
	for _, w := range askedWords(r.Ask("q")) {
		q.where += " AND x.words LIKE ?"
		q.args = append(q.args, "%"+w+"%")
	}
	return q
}

func factTable(all []Fact, conflicts []Conflict) table {
	t := table{Title: "", Columns: []string{"Fact", "Says who, as of", "How sure", "Who has it"}, Empty: "No facts here."}
	for _, f := range all {
		what := cell{Text: f.Said(), Path: path("/facts", f.ID), Struck: !f.Stands(), Small: f.Topic}
		if slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Key == f.topicKey() }) {
			what.Small += ": contradicted"
		}
		sure := tagged(f.StateWords(), f.Colour())
		sure.Small = wordsOf(confidences, f.Confidence)
		t.Rows = append(t.Rows, []cell{what, {Text: f.Source, Small: shown(f.AsOf)}, sure, {Text: ownerWords(f.OwnerName), Small: f.TLP.Label()}})
	}
	return t
}

// factLines makes the facts a table for .csv.
func (s *sheet) factLines(tx *db.Tx, all []Fact) error {
	released, err := releasesOf(tx, each(all, func(f Fact) int64 { return f.Number })...)
	if err != nil {
		return err
	}
	s.columns = []string{"fact", "version", "number", "topic", "value", "claim", "source", "as_of", "confidence", "sort", "state", "superseded_by", "owner", "council", "tlp", "released_to"}
	for _, f := range all {
		var to []string
		for _, r := range released {
			if r.Version == f.Number && r.EndedAt == 0 {
				to = append(to, string(r.To))
			}
		}
		s.lines = append(s.lines, []any{f.ID, f.Version, f.Number, f.Topic, NameAsOf(f.Value, f.AsOf), f.Said(), f.Source, stamp(f.AsOf), f.Confidence, f.Sort, f.State, f.Instead, f.OwnerName, f.Council, f.TLP, strings.Join(to, ";")})
	}
	return nil
}

// factAsked reads the fact that an address names.
func (m *Room) factAsked(r *web.Request) (f Fact, err error) {
	id, err := r.Number("id")
	if err != nil {
		return f, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		f, err = factShelf.find(tx, SightOf(r, web.ObjectFact), id)
		return err
	})
	return f, err
}

func (m *Room) factPage(r *web.Request) (web.Answer, error) {
	f, err := m.factAsked(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: f.Said(), Back: "/facts", Tags: []cell{tagged(f.StateWords(), f.Colour()), tlpTag(f.TLP)}}
	sight := SightOf(r, web.ObjectFact)
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := factShelf.versions(tx, sight, f.ID)
		if err != nil {
			return err
		}
		released, err := releasesOf(tx, each(versions, func(f Fact) int64 { return f.Number })...)
		if err != nil {
			return err
		}
		built, err := Built(tx, f.ID)
		if err != nil {
			return err
		}
		built = slices.DeleteFunc(built, func(u Use) bool { return !sight.Sees(u.Mark) })
		s.Facts = f.rows(names, released)
		s.Tables = []table{useTable(built), versionTable(versions, func(v Fact) string { return v.Claim + whyWords(v.Why) })}
		s.Items = struct {
			Fact     Fact      `json:"fact"`
			Versions []Fact    `json:"versions"`
			Released []Release `json:"released"`
			Built    []Use     `json:"built_on_it"`
		}{f, versions, released, built}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read fact: %w", err)
	}
	s.Acts = f.acts(r)
	return s.page(), nil
}

// whyWords says why a version was written, behind what it says.
func whyWords(why string) string {
	if why == "" {
		return ""
	}
	return " (" + why + ")"
}

func (f Fact) rows(names map[string]string, released []Release) []factRow {
	to := factRow{Name: "Released to"}
	for _, r := range released {
		if r.Version == f.Number && r.EndedAt == 0 {
			to.Cells = append(to.Cells, cell{Text: r.To.Words(), Small: r.Name + ", " + shown(r.At)})
		}
	}
	if len(to.Cells) == 0 {
		to.Cells = []cell{says("nobody: internal")}
	}
	instead := factRow{Name: "Stands instead"}
	if f.Instead > 0 {
		instead.Cells = []cell{leads(fmt.Sprintf("Fact %d", f.Instead), path("/facts", f.Instead))}
	}
	return facts(factOf("Topic", says(f.Topic)), factOf("Short answer", says(NameAsOf(f.Value, f.AsOf))), factOf("Source", says(f.Source)), factOf("As of", says(shown(f.AsOf))),
		factOf("How sure", says(wordsOf(confidences, f.Confidence))), factOf("Who has it", says(ownerWords(f.OwnerName))), to, instead,
		textFact("Why it does not stand", f.whyNot()), markFact(names, f.Mark), factOf("Cite it as", says(fmt.Sprintf("version number %d", f.Number))))
}

func (f Fact) whyNot() string {
	if f.Stands() {
		return ""
	}
	return f.Why
}

func (f Fact) acts(r *web.Request) (acts []cell) {
	if may(r, web.Write, web.ObjectFact, f.Mark) {
		acts = append(acts, leads("Change it, or write what is true now", path("/facts", f.ID, "edit")))
		if f.Stands() {
			acts = append(acts, leads("Withdraw it", path("/facts", f.ID, "withdraw")))
		}
	}
	if f.Stands() && f.TLP != Red && may(r, web.Approve, web.ObjectFact, f.Mark) {
		acts = append(acts, leads("Say to whom it may be told", path("/facts", f.ID, "release")))
	}
	return acts
}

// useTable shows what was built on a fact.
func useTable(built []Use) table {
	t := table{Title: "Built on it", ID: "built", Columns: []string{"What", "Who sees to it", "Cites"}, Empty: "Nothing cites it yet."}
	for _, u := range built {
		cites := tagged("as it stands", "green")
		if u.Stale {
			cites = tagged("as it was: look again", "red")
		}
		t.Rows = append(t.Rows, []cell{{Text: u.Title, Path: u.Path, Small: u.Kind}, says(ownerWords(u.OwnerName)), cites})
	}
	return t
}

// factSlip is the form of a fact.
func (m *Room) factSlip(r *web.Request) (s slip, f Fact, a around, err error) {
	f = Fact{AsOf: r.Now.Unix(), Confidence: "possible", Sort: sortKnown, State: stands, Owner: r.Visitor.ID}
	s = slip{Heading: "Add a fact", Lead: mayRead, Action: "/facts", Back: "/facts", Button: "Keep it"}
	if r.Part("id") != "" {
		if f, err = m.factAsked(r); err != nil {
			return s, f, a, err
		}
		s = slip{Heading: "Change a fact", Warn: "The version that stands is kept and shown as superseded. It must be released anew, and whoever owns something that cites it gets a task.", Action: path("/facts", f.ID), Back: path("/facts", f.ID), Button: "Keep the new version", Version: f.Version}
		if err = must(r, web.Write, web.ObjectFact, f.Mark); err != nil {
			return s, f, a, err
		}
	}
	if a, err = m.aroundForm(r); err != nil {
		return s, f, a, err
	}
	s.Asks = []ask{
		{Name: "claim", Kind: askArea, Label: "What is claimed?", Hint: "One sentence that could be quoted. If it is a question that nobody can answer yet, write the question and choose Not known.", Value: f.Claim, Need: "Say what is claimed", Most: 1000},
		{Name: "topic", Kind: askLine, Label: "Topic", Hint: "Claims on one topic with different answers are shown as a contradiction. Such as: date of the attack", Value: f.Topic},
		{Name: "value", Kind: askLine, Label: "Short answer", Hint: "Such as: 24 November 2025", Value: f.Value},
		{Name: "source", Kind: askLine, Label: "Who or what says so?", Value: f.Source, Need: "Say who or what says so"},
		momentAsk("as_of", "As of when?", "", f.AsOf, "Enter the day", true),
		{Name: "confidence", Kind: askChoice, Label: "How sure are we?", Choices: chosen(confidences, f.Confidence), Need: "Choose how sure we are"},
		{Name: "sort", Kind: askChoice, Label: "Where does it stand on the board?", Choices: chosen(factSorts, f.Sort), Need: "Choose where it stands"},
		staffAsk(a.staff, "owner", "Who keeps it true?", "", f.Owner, ""),
	}
	s.Asks = append(s.Asks, markAsks(r, a.councils, f.Mark)...)
	if f.ID != 0 {
		s.Asks = append(s.Asks, ask{Name: "why", Kind: askLine, Label: "Why is it changed?", Need: "Say why it is changed"})
	}
	return s, f, a, nil
}

func (m *Room) factEdit(r *web.Request) (web.Answer, error) {
	s, f, a, err := m.factSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		f.Claim, f.Topic, f.Value, f.Source, f.AsOf = s.text("claim"), s.text("topic"), s.text("value"), s.text("source"), s.number("as_of")
		f.Confidence, f.Sort, f.Owner, f.Mark = s.text("confidence"), s.text("sort"), s.text("owner"), s.mark()
		f.OwnerName, f.State, f.Instead, f.Why = nameOf(a.staff, f.Owner), stands, 0, s.text("why")
		if err := must(r, web.Write, web.ObjectFact, f.Mark); err != nil {
			return nil, err
		}
		if err := m.keepFact(r, &f, s.Version, "write"); err != nil {
			return nil, err
		}
		return web.Redirect(path("/facts", f.ID), "The fact stands. It is internal until somebody releases it."), nil
	})
}

// keepFact keeps a version of a fact, with its leaf.
func (m *Room) keepFact(r *web.Request, f *Fact, seen int64, verb string) error {
	f.by(r)
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := putFact(tx, f, seen)
		return record.Leaf{Verb: verb, Object: leafObject(KindFact, f.ID), Line: fmt.Sprintf("fact %d: version %d, %s", f.ID, f.Version, f.State)}, err
	})
}

func (m *Room) withdrawSlip(r *web.Request) (slip, Fact, error) {
	f, err := m.factAsked(r)
	if err == nil {
		err = must(r, web.Write, web.ObjectFact, f.Mark)
	}
	return slip{Heading: "Withdraw a fact", Lead: f.Said(), Action: path("/facts", f.ID, "withdraw"), Back: path("/facts", f.ID), Button: "Withdraw", Version: f.Version,
		Warn: "It stays and can be read. Whoever owns something that cites it gets a task.",
		Asks: []ask{{Name: "why", Kind: askLine, Label: "Why does it not stand any more?", Need: "Say why it does not stand any more"}}}, f, err
}

func (m *Room) withdrawFact(r *web.Request) (web.Answer, error) {
	s, f, err := m.withdrawSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		f.State, f.Why = withdrawn, s.text("why")
		if err := m.keepFact(r, &f, s.Version, "withdraw"); err != nil {
			return nil, err
		}
		return web.Redirect(path("/facts", f.ID), "The fact is withdrawn. It can still be read."), nil
	})
}

// releaseSlip asks to whom the version that stands may be told.
func (m *Room) releaseSlip(r *web.Request) (s slip, f Fact, err error) {
	if f, err = m.factAsked(r); err != nil {
		return s, f, err
	}
	if err = must(r, web.Approve, web.ObjectFact, f.Mark); err != nil {
		return s, f, err
	}
	if !f.Stands() {
		return s, f, reeve.WithHint(fmt.Errorf("release fact: %w", reeve.Invalid), "The fact does not stand any more.")
	}
	var now []Audience
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		now, err = releasedTo(tx, f.Number)
		return err
	})
	s = slip{Heading: "To whom may it be told?", Lead: f.Said(), Action: path("/facts", f.ID, "release"), Back: path("/facts", f.ID), Button: "Release to these", Version: f.Version,
		Warn: f.TLP.Label() + ": " + f.TLP.Words() + ". Only those stand below to whom that lets it go; write a version with another label to let it go further. What the public may know all may know."}
	to := ask{Name: "to", Kind: askMany, Label: "Released to", Hint: "None: internal"}
	for _, x := range releases {
		if f.TLP.allows(x.To) {
			to.Choices = append(to.Choices, choice{string(x.To), x.Words, slices.Contains(now, x.To)})
		}
	}
	s.Asks = []ask{to}
	return s, f, err
}

func (m *Room) releaseFact(r *web.Request) (web.Answer, error) {
	s, f, err := m.releaseSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		want := s.many("to")
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			leaf := record.Leaf{Verb: "release", Object: leafObject(KindFact, f.ID), Line: fmt.Sprintf("fact %d, version %d: released to %s", f.ID, f.Version, strings.Join(append([]string{"internal"}, want...), ", "))}
			at, err := factAt(tx, f.Number)
			switch {
			case err != nil:
				return leaf, err
			case !at.Latest || at.Version != s.Version:
				return leaf, fmt.Errorf("release fact: %w", reeve.Conflict)
			}
			at.by(r)
			return leaf, setReleases(tx, at.Kept, want)
		})
		if err != nil {
			return nil, err
		}
		return web.Redirect(path("/facts", f.ID), "It is on record who released it, and to whom."), nil
	})
}

// setReleases makes what a version is released to what was wanted.
func setReleases(tx *db.Tx, k Kept, want []string) error {
	now, err := releasedTo(tx, k.Number)
	if err != nil {
		return err
	}
	for _, x := range releases {
		has, wants := slices.Contains(now, x.To), slices.Contains(want, string(x.To))
		switch {
		case wants && !has:
			err = release(tx, k.Number, x.To, k)
		case has && !wants:
			err = takeBack(tx, k.Number, x.To, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// conflictPath is the page on which a contradiction is settled.
func conflictPath(topic string) string {
	return "/facts/conflict?topic=" + url.QueryEscape(topic)
}
