package incident

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// board shows what is known, not known and assumed, each with who has it.
func (m *Room) board(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Known, not known, assumed", Back: "/facts", Lead: "What an answer must not leave out: what we do not know, and what we only assume."}
	sight, limit := SightOf(r, web.ObjectFact), pageSize
	if r.Machine() {
		limit = mostListed
	}
	var items []Fact
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		conflicts, err := conflictsOf(tx, sight)
		if err != nil {
			return err
		}
		for _, sort := range factSorts {
			all, err := factShelf.list(tx, sight, query{where: "x.state = 'stands' AND x.sort = ?", args: []any{sort.Value}, order: "x.as_of DESC, x.id DESC", limit: limit})
			if err != nil {
				return err
			}
			n, err := factShelf.count(tx, sight, query{where: "x.state = 'stands' AND x.sort = ?", args: []any{sort.Value}})
			if err != nil {
				return err
			}
			t := factTable(all, conflicts)
			t.Title, t.ID, t.Empty = sort.Text, sort.Value, "Nothing."
			if n > int64(len(all)) {
				t.Rows = append(t.Rows, []cell{leads("All "+digits(n), "/facts?sort="+sort.Value), says(""), says(""), says("")})
			}
			s.Tables = append(s.Tables, t)
			s.Figures = append(s.Figures, figure{digits(n), sort.Text, sort.Value == sortUnknown && n > 0})
			items = append(items, all...)
		}
		return s.factLines(tx, items)
	})
	if err != nil {
		return nil, fmt.Errorf("read board: %w", err)
	}
	s.Items = items
	return s.page(), nil
}

// conflictList shows every contradiction that nobody has settled.
func (m *Room) conflictList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Facts that contradict each other", Back: "/facts", Lead: "Nothing chooses for you: each stays a contradiction until somebody decides. Until then none of these should be built on."}
	var all []Conflict
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		all, err = conflictsOf(tx, SightOf(r, web.ObjectFact))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read contradictions: %w", err)
	}
	s.Items = all
	s.columns = []string{"topic", "fact", "version", "answer", "claim", "source", "as_of", "confidence"}
	for _, c := range all {
		t := table{Title: c.Topic, Columns: []string{"Answer", "Claim", "Says who, as of", "How sure"}}
		for _, f := range c.Facts {
			t.Rows = append(t.Rows, []cell{says(f.Answer()), leads(f.Said(), path("/facts", f.ID)), {Text: f.Source, Small: shown(f.AsOf)}, says(wordsOf(confidences, f.Confidence))})
			s.lines = append(s.lines, []any{c.Topic, f.ID, f.Version, f.Answer(), f.Said(), f.Source, stamp(f.AsOf), f.Confidence})
		}
		s.Tables = append(s.Tables, t)
		if may(r, web.Approve, web.ObjectFact, own(r)) {
			s.Acts = append(s.Acts, leads("Settle: "+c.Topic, conflictPath(c.Key)))
		}
	}
	if len(all) == 0 {
		s.Tables = []table{{Empty: "No facts contradict each other."}}
	}
	return s.page(), nil
}

// noContradiction is the answer that all of the facts stand.
const noContradiction = "all"

// conflictSlip asks which of the facts of a topic stands.
func (m *Room) conflictSlip(r *web.Request) (s slip, c Conflict, err error) {
	key := r.Ask("topic")
	var all []Conflict
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		all, err = conflictsOf(tx, SightOf(r, web.ObjectFact))
		return err
	})
	if err != nil {
		return s, c, err
	}
	i := slices.IndexFunc(all, func(c Conflict) bool { return c.Key == key })
	if i < 0 {
		return s, c, reeve.WithHint(fmt.Errorf("read contradiction: %w", reeve.NotFound), "Somebody has settled it, or one of the facts has changed.")
	}
	c = all[i]
	keep := ask{Name: "keep", Kind: askChoice, Label: "Which of these stands?", Need: "Choose which stands"}
	for _, f := range c.Facts {
		keep.Choices = append(keep.Choices, choice{strconv.FormatInt(f.Number, 10), f.Answer() + " — " + f.Source + ", " + shown(f.AsOf), false})
	}
	keep.Choices = append(keep.Choices, choice{noContradiction, "All of them: they do not contradict each other", false})
	s = slip{Heading: "Settle: " + c.Topic, Back: "/facts/conflicts", Action: conflictPath(c.Key), Button: "Decide",
		Warn: "The others are kept and shown as superseded by the one that stands. Whoever owns something that cites one of them gets a task.",
		Asks: []ask{keep, {Name: "why", Kind: askArea, Label: "Why?", Hint: mayRead, Need: "Say why"}}}
	return s, c, nil
}

// settleConflict keeps which fact stands; the others are superseded by it.
func (m *Room) settleConflict(r *web.Request) (web.Answer, error) {
	s, c, err := m.conflictSlip(r)
	if err != nil {
		return nil, err
	}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		for _, f := range c.Facts {
			if err := must(r, web.Approve, web.ObjectFact, f.Mark); err != nil {
				return nil, err
			}
		}
		err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			line := fmt.Sprintf("a contradiction between %s was settled", count(int64(len(c.Facts)), "fact", "facts"))
			return record.Leaf{Verb: "settle", Object: leafObject(KindFact, c.Facts[0].ID), Rows: int64(len(c.Facts)), Line: line}, m.decideConflict(r, tx, c, s.number("keep"), s.text("why"))
		})
		if err != nil {
			return nil, err
		}
		return web.Redirect("/facts/conflicts", "It is settled, with your reason."), nil
	})
}

// decideConflict supersedes all facts of a contradiction but the one whose
// version is kept; 0 keeps all.
func (m *Room) decideConflict(r *web.Request, tx *db.Tx, c Conflict, number int64, why string) error {
	var k Kept
	k.by(r)
	i := slices.IndexFunc(c.Facts, func(f Fact) bool { return f.Number == number })
	if i < 0 {
		return settle(tx, c, why, k)
	}
	kept := c.Facts[i]
	for _, f := range c.Facts {
		if f.valueKey() == kept.valueKey() {
			continue
		}
		seen := f.Version
		f.State, f.Instead, f.Why = superseded, kept.ID, why
		f.by(r)
		if err := putFact(tx, &f, seen); err != nil {
			return err
		}
	}
	return nil
}
