package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var returnFormPage = web.NewPage[returnFormView](pages, "return_form.html")

// returnFormView is a draft being filled in.
type returnFormView struct {
	Filing
	To     string
	Note   string
	Parts  []askedPart
	Lists  []choice
	Ledger []ledgerLine // the facts that it may rest on
	Errors []web.FieldError
}

// askedPart is a part of the form with its fields.
type askedPart struct {
	Title  string
	Fields []asked
}

// asked is one question as a field.
type asked struct {
	question
	Value     string
	Day, Time string
	Choices   []choice
	Errors    []web.FieldError
}

func (a asked) Line() bool    { return a.As == asLine }
func (a asked) Text() bool    { return a.As == asText }
func (a asked) Choice() bool  { return a.As == asChoice }
func (a asked) Several() bool { return a.As == asSeveral }
func (a asked) Moment() bool  { return a.As == asMoment }
func (a asked) Count() bool   { return a.As == asFigures }
func (a asked) ID() string    { return "q_" + a.Key }

// ledgerLine is a fact that may be cited, ticked if it is.
type ledgerLine struct {
	incident.FactLine
	Ticked bool
	Old    bool // the return cites it, and it does not stand any more
}

// field makes the field of a question with what was answered.
func (q question) field(a answers) asked {
	f := asked{question: q, Value: a[q.Key]}
	switch q.As {
	case asMoment:
		if at, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
			f.Day, f.Time = dayOf(at), timeOf(at)
		}
	case asChoice, asSeveral:
		f.Choices = chosen(each(q.From, func(s string) choice { return choice{s, s, false} }), strings.Split(f.Value, "\n")...)
	}
	return f
}

// editView makes the form of a draft.
func (m *Room) editView(r *web.Request, f Filing) (v returnFormView, err error) {
	x := f.form()
	v = returnFormView{Filing: f, To: x.To, Note: x.Note}
	for _, p := range x.asked(f.Follow, nil) {
		part := askedPart{Title: p.Title}
		for _, q := range p.Questions {
			part.Fields = append(part.Fields, q.field(f.Answers))
		}
		v.Parts = append(v.Parts, part)
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		lists, err := readLists(tx)
		if err != nil {
			return err
		}
		v.Lists = []choice{{"0", "None yet", false}}
		for _, l := range lists {
			v.Lists = append(v.Lists, choice{fmt.Sprint(l.Number), fmt.Sprintf("Version %d of %s, %s", l.Number, shown(l.MadeAt), l.State), false})
		}
		v.Lists = chosen(v.Lists, fmt.Sprint(f.List))
		v.Ledger, err = f.ledger(tx, incident.SightOf(r, web.ObjectFact).Leaving())
		return err
	})
	return v, err
}

// ledger gives the facts that the version may cite, those that it cites but
// that do not stand any more first.
func (f Filing) ledger(tx *db.Tx, s incident.Sight) ([]ledgerLine, error) {
	facts, err := incident.FactsSeen(tx, f.form().Audience, s)
	if err != nil {
		return nil, err
	}
	var all []ledgerLine
	for _, n := range f.Facts {
		if slices.ContainsFunc(facts, func(x incident.FactLine) bool { return x.Version == n }) {
			continue
		}
		x, stands, err := incident.FactVersion(tx, n)
		if err != nil {
			return nil, err
		}
		if s.Sees(x.Mark) {
			all = append(all, ledgerLine{x, true, !stands})
		}
	}
	for _, x := range facts {
		if f.mayHold(x.Mark) {
			all = append(all, ledgerLine{x, slices.Contains(f.Facts, x.Version), false})
		}
	}
	return all, nil
}

func (m *Room) editReturn(r *web.Request) (web.Answer, error) {
	f, err := m.filingOf(r)
	if err != nil {
		return nil, err
	}
	if f.State != draft {
		return nil, reeve.WithHint(fmt.Errorf("edit return: %w", reeve.Invalid), "it is approved: open it again first")
	}
	v, err := m.editView(r, f)
	return returnFormPage.With("Fill in: "+f.Title(), v), err
}

// saveReturn keeps what was filled in. Figures come from the list version that
// was chosen; signatures under what was there before fall.
func (m *Room) saveReturn(r *web.Request) (web.Answer, error) {
	old, err := m.filingOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Write, web.ObjectReturn, old.Mark); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.editView(r, old)
	if err != nil {
		return nil, err
	}
	if err := v.read(f); err != nil {
		return nil, err
	}
	v.Filing.Edit = f.Number("version", "Open the page again", 1, 1<<53)
	if !f.OK() {
		v.Errors = f.Errors
		return returnFormPage.With("Fill in: "+v.Title(), v).Faulty(f), nil
	}
	n := v.Filing
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := n.recount(tx, old); err != nil {
			return record.Leaf{}, err
		}
		if err := saveFiling(tx, n, authorOf(r)); err != nil {
			return record.Leaf{}, err
		}
		return n.leaf("write-return", "filled in"), n.cite(tx, authorOf(r))
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path(), "Saved. Two people sign it before it is sent."), nil
}

// recount takes the figures from the list version that was chosen, and since
// when the council has been aware as it is decided now. Figures already taken
// from the same version stay: they never move.
func (f *Filing) recount(tx *db.Tx, old Filing) error {
	switch {
	case f.List == 0:
		f.Figures = nil
	case f.List != old.List || old.Figures == nil:
		counted, err := countList(tx, f.List, f.Council)
		if err != nil {
			return err
		}
		f.Figures = &counted
		if f.Answers["categories"] == "" {
			f.Answers["categories"] = counted.categories()
		}
	}
	return f.awareNow(tx)
}

// read reads the answers, the list version and the facts from a form.
func (v *returnFormView) read(f *web.Form) error {
	given := answers{}
	for i := range v.Parts {
		for j := range v.Parts[i].Fields {
			q := &v.Parts[i].Fields[j]
			text, err := q.read(f)
			if err != nil {
				return err
			}
			if text != "" {
				given[q.Key] = text
			}
			q.Errors = f.Errors
		}
	}
	v.Answers = given
	if v.form().Figures {
		v.List, _ = strconv.ParseInt(f.Choice("list", "Choose a list version", values(v.Lists)...), 10, 64)
		v.Lists = chosen(v.Lists, fmt.Sprint(v.List))
	}
	v.Facts = nil
	for i := range v.Ledger {
		l := &v.Ledger[i]
		if l.Ticked = slices.Contains(f.All("facts"), fmt.Sprint(l.Version)); l.Ticked {
			v.Facts = append(v.Facts, l.Version)
		}
	}
	slices.Sort(v.Facts)
	return nil
}

// read reads one answer. What would name somebody concerned is refused, unless
// the question is for those who act for the council.
func (a *asked) read(f *web.Form) (string, error) {
	switch a.As {
	case asFigures:
		return "", nil
	case asMoment:
		a.Day, a.Time = f.Said(a.ID()), f.Said(a.ID()+"_time")
		if at := momentIn(f, a.ID(), a.ID()+"_time"); at != 0 {
			return strconv.FormatInt(at, 10), nil
		}
		return "", nil
	case asChoice:
		a.Value = f.Said(a.ID())
		if a.Value != "" {
			a.Value = f.Choice(a.ID(), "Choose one of these", a.From...)
		}
		a.Choices = chosen(a.Choices, a.Value)
		return a.Value, nil
	case asSeveral:
		var all []string
		for _, s := range a.From {
			if slices.Contains(f.All(a.ID()), s) {
				all = append(all, s)
			}
		}
		a.Choices = chosen(a.Choices, all...)
		return strings.Join(all, "\n"), nil
	}
	return a.readText(f)
}

func (a *asked) readText(f *web.Form) (string, error) {
	most := textLength
	if a.As == asLine {
		most = lineLength
	}
	a.Value = f.Text(a.ID(), most)
	if a.Person {
		return a.Value, nil
	}
	what, err := named(a.Value)
	if what != "" {
		f.Fault(a.ID(), "Take out what could name somebody: this seems to hold "+what)
	}
	return a.Value, err
}
