package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) returnSection() web.Section {
	const o = web.ObjectReturn
	return web.Section{
		Title: "Reports", Path: "/reports", Order: 7, Object: o,
		Links: []web.Link{{Title: "Returns", Path: "/reports"}, {Title: "Register of breaches", Path: "/reports/breaches"}, {Title: "Papers", Path: "/papers"}},
		Routes: []web.Route{
			{Pattern: "GET /reports", Verb: web.See, Object: o, Do: m.returns},
			{Pattern: "GET /reports/{kind}", Verb: web.See, Object: o, Do: m.returns},
			{Pattern: "POST /reports/{kind}", Verb: web.Write, Object: o, Do: m.beginReturn},
			{Pattern: "GET /reports/{kind}/{id}", Verb: web.See, Object: o, Do: m.returnPage},
			{Pattern: "GET /reports/{kind}/{id}/edit", Verb: web.Write, Object: o, Do: m.editReturn},
			{Pattern: "POST /reports/{kind}/{id}", Verb: web.Write, Object: o, Large: 4 << 20, Do: m.saveReturn},
			{Pattern: "GET /reports/{kind}/{id}/diff", Verb: web.See, Object: o, Do: m.returnDiff},
			{Pattern: "POST /reports/{kind}/{id}/sign", Verb: web.Approve, Object: o, Do: m.signReturn},
			{Pattern: "POST /reports/{kind}/{id}/reopen", Verb: web.Write, Object: o, Do: m.reopenReturn},
			{Pattern: "POST /reports/{kind}/{id}/sent", Verb: web.Write, Object: o, Do: m.sendReturn},
			{Pattern: "POST /reports/{kind}/{id}/next", Verb: web.Write, Object: o, Do: m.nextReturn},
			{Pattern: "GET /reports/{kind}/{id}/file/{as}", Verb: web.Export, Object: o, Do: m.returnFile},
		},
		Cards: []web.Card{{Object: o, Order: 7, Make: m.returnCard}},
	}
}

var (
	returnsPage    = web.NewPage[returnsView](pages, "returns.html")
	returnOnePage  = web.NewPage[returnView](pages, "return.html")
	returnDiffPage = web.NewPage[diffView](pages, "return_diff.html")
)

// returnsView is the returns of one kind, or of all.
type returnsView struct {
	Forms    []formLine `json:"forms"`
	Councils []choice   `json:"-"`
	One      bool       `json:"-"` // a page of one kind
	Write    bool       `json:"-"`
}

// formLine is one kind of return with what there is of it.
type formLine struct {
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	To       string   `json:"to"`
	How      string   `json:"how"`
	Note     string   `json:"note"`
	Versions []Filing `json:"versions"`
	New      []choice `json:"-"` // councils for which none was begun
	Levels   []choice `json:"-"`
	Now      int64    `json:"-"`
}

// Hours is for the page: how long after awareness a version went out.
func (l formLine) Hours(f Filing) int64 { return f.hours(l.Now) }

// Columns and EachRow are the list of returns as a table.
func (v returnsView) Columns() []string {
	return []string{"to", "council", "tlp", "version", "follow_up", "state", "list_version", "aware", "sent_at", "sent_by", "reference", "path"}
}

func (v returnsView) EachRow(emit func(cells ...any) error) error {
	for _, l := range v.Forms {
		for _, f := range l.Versions {
			if err := emit(l.To, f.Council, string(f.TLP), f.Number, f.Follow, f.State, f.List, utc(f.Aware), utc(f.SentAt), f.SentName, f.Reference, f.Path()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Room) returns(r *web.Request) (web.Answer, error) {
	kind := r.Part("kind")
	if _, ok := formOf(kind); kind != "" && !ok {
		return nil, fmt.Errorf("find form: %w", reeve.NotFound)
	}
	v, err := m.returnsView(r, kind)
	title := "Reports and returns"
	if v.One {
		title = v.Forms[0].To
	}
	return returnsPage.With(title, v), err
}

func (m *Room) returnsView(r *web.Request, kind string) (v returnsView, err error) {
	v.One, v.Write = kind != "", r.May(web.Act{Verb: web.Write, Object: web.ObjectReturn})
	if v.Councils, err = m.councilsOf(r.Context(), r.Visitor); err != nil {
		return v, err
	}
	all, err := m.seenFilings(r.Context(), kind, incident.SightOf(r, web.ObjectReturn))
	for _, f := range forms {
		if kind != "" && kind != f.Kind {
			continue
		}
		l := formLine{Kind: f.Kind, Title: f.Title, To: f.To, How: f.How, Note: f.Note, Now: r.Now.Unix()}
		for _, x := range all {
			if x.Kind == f.Kind {
				l.Versions = append(l.Versions, x)
			}
		}
		l.New = slices.DeleteFunc(slices.Clone(v.Councils), func(c choice) bool {
			return slices.ContainsFunc(l.Versions, func(x Filing) bool { return x.Council == c.Value })
		})
		l.Levels = levelsOf(f.TLP)
		v.Forms = append(v.Forms, l)
	}
	return v, err
}

// seenFilings gives the versions of returns that somebody may see.
func (m *Room) seenFilings(ctx context.Context, kind string, s incident.Sight) (all []Filing, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		all, err = readFilings(tx, kind)
		all = slices.DeleteFunc(all, func(f Filing) bool { return !s.Sees(f.Mark) })
		return err
	})
	return all, err
}

// returnCard says whether a report to the ICO runs late. It counts what is
// amber or freer, and the 72 hours of any report of the visitor's councils.
func (m *Room) returnCard(ctx context.Context, who *web.Visitor) (c web.CardText, err error) {
	s := incident.Sight{All: who.Councils == nil, Councils: who.Councils, Levels: []incident.TLP{incident.Clear, incident.Green, incident.Amber}}
	all, err := m.seenFilings(ctx, "", s)
	waiting, late := 0, 0
	for _, f := range all {
		if f.State != sent {
			waiting++
			if f.late(m.Now().Unix()) {
				late++
			}
		}
	}
	if err != nil || waiting == 0 {
		return c, err
	}
	return web.CardText{Title: "Reports", Big: digits(int64(waiting)), Text: fmt.Sprintf("not sent yet; %d past the 72 hours.", late), Path: "/reports", Alarm: late > 0}, nil
}

// returnView is one version of a return.
type returnView struct {
	Filing
	To      string           `json:"to"`
	How     string           `json:"-"`
	Note    string           `json:"-"`
	Asked   []partView       `json:"asked"`
	Hours   int64            `json:"hours_since_aware"` // -1 no clock
	Left    int64            `json:"hours_left"`
	Late    bool             `json:"late"`
	Faults  []string         `json:"faults"` // what stands in the way of approval
	Cited   []citedFact      `json:"cited"`
	Others  []Filing         `json:"-"` // versions, the newest first
	Writers []writer         `json:"-"`
	Write   bool             `json:"-"`
	Sign    bool             `json:"-"` // the visitor may sign it now
	Take    bool             `json:"-"`
	Last    bool             `json:"-"` // it is the newest version
	Day     string           `json:"-"`
	Time    string           `json:"-"`
	Typed   sentForm         `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// sentForm is how it was sent, as typed.
type sentForm struct{ Day, Time, How, Reference string }

// partView is a part of a form with its answers.
type partView struct {
	Title   string       `json:"title"`
	Answers []answerView `json:"answers"`
}

// answerView is a question with what was answered.
type answerView struct {
	Label   string   `json:"label"`
	Lines   []string `json:"lines"`
	Figures bool     `json:"figures"` // the figures of the return stand here
}

// citedFact is a fact that something rests on, in the version that it cites.
type citedFact struct {
	incident.FactLine
	Stands bool `json:"stands"` // the version still stands
}

// citedFacts reads versions of facts as somebody may see them; those that may
// not be seen are left out.
func citedFacts(tx *db.Tx, s incident.Sight, versions []int64) ([]citedFact, error) {
	var all []citedFact
	for _, n := range versions {
		line, stands, err := incident.FactVersion(tx, n)
		if err != nil {
			return nil, err
		}
		if s.Sees(line.Mark) {
			all = append(all, citedFact{line, stands})
		}
	}
	return all, nil
}

// filingOf reads the version that the address names, if the visitor may see it.
func (m *Room) filingOf(r *web.Request) (f Filing, err error) {
	id, err := r.Number("id")
	if err != nil {
		return f, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		f, err = readFiling(tx, id)
		if err == nil && (f.Kind != r.Part("kind") || !incident.SightOf(r, web.ObjectReturn).Sees(f.Mark)) {
			err = fmt.Errorf("read return: %w", reeve.NotFound)
		}
		return err
	})
	return f, err
}

func (m *Room) returnPage(r *web.Request) (web.Answer, error) {
	v, err := m.returnView(r)
	if err != nil {
		return nil, err
	}
	return returnOnePage.With(v.Title(), v), nil
}

func (m *Room) returnView(r *web.Request) (v returnView, err error) {
	if v.Filing, err = m.filingOf(r); err != nil {
		return v, err
	}
	f, now := v.form(), r.Now.Unix()
	v.To, v.How, v.Note, v.Asked, v.Writers = f.To, f.How, f.Note, v.answered(), writers
	v.Hours, v.Late = v.hours(now), v.late(cmp.Or(v.SentAt, now))
	v.Left = max(0, (v.Aware+reportable-now)/3600)
	if v.State == draft {
		v.Faults = v.faults(now)
	}
	may := func(verb web.Verb) bool {
		return r.May(web.Act{Verb: verb, Object: web.ObjectReturn, Council: v.Council, Degree: v.TLP.Degree()})
	}
	v.Write, v.Take = may(web.Write), may(web.Export) && v.TLP != incident.Red
	v.Sign = may(web.Approve) && v.State == draft && !v.signedBy(r.Visitor.ID) && len(v.Faults) == 0
	v.Typed = sentForm{Day: dayOf(now), Time: timeOf(now)}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readFilings(tx, v.Kind)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Return == v.Return {
				v.Others = append(v.Others, x)
			}
		}
		v.Last = v.Others[0].ID == v.ID
		v.Cited, err = citedFacts(tx, incident.SightOf(r, web.ObjectFact), v.Facts)
		return err
	})
	return v, err
}

// answered gives the answers in the order of the form, each as lines.
func (f Filing) answered() []partView {
	var all []partView
	for _, p := range f.form().asked(f.Follow, f.Answers) {
		v := partView{Title: p.Title}
		for _, q := range p.Questions {
			a := answerView{Label: q.Label, Figures: q.As == asFigures}
			if q.As == asMoment {
				a.Lines = lines(momentWords(f.Answers[q.Key]))
			} else if q.As != asFigures {
				a.Lines = lines(f.Answers[q.Key])
			}
			v.Answers = append(v.Answers, a)
		}
		all = append(all, v)
	}
	return all
}

// diffView is what changed from one version to another.
type diffView struct {
	Before  Filing      `json:"before"`
	After   Filing      `json:"after"`
	Changes []change    `json:"changes"`
	Counts  []countDiff `json:"figures"`
	Others  []Filing    `json:"-"` // that the newer can be compared with
}

// countDiff is a line of the figures that differs.
type countDiff struct {
	Name   string `json:"name"`
	Before Span   `json:"before"`
	After  Span   `json:"after"`
}

func (m *Room) returnDiff(r *web.Request) (web.Answer, error) {
	after, err := m.filingOf(r)
	if err != nil {
		return nil, err
	}
	v := diffView{After: after}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readFilings(tx, after.Kind)
		for _, x := range all {
			if x.Return != after.Return || x.Number >= after.Number {
				continue
			}
			if v.Others = append(v.Others, x); v.Before.ID == 0 || r.Ask("from") == fmt.Sprint(x.ID) {
				v.Before = x
			}
		}
		return err
	})
	if err == nil && v.Before.ID == 0 {
		err = reeve.WithHint(fmt.Errorf("compare return: %w", reeve.NotFound), "this is the first version: there is none to compare it with")
	}
	if err != nil {
		return nil, err
	}
	v.Changes = after.form().changes(v.Before.Answers, after.Answers)
	v.Counts = countChanges(v.Before.Figures, after.Figures)
	return returnDiffPage.With(fmt.Sprintf("What changed from version %d to %d", v.Before.Number, after.Number), v), nil
}

// countChanges compares figures line by line.
func countChanges(before, after *figures) (all []countDiff) {
	type row struct {
		name string
		Span Span
	}
	rows := func(f *figures) (all []row) {
		if f == nil {
			return nil
		}
		all = append(all, row{"People", f.People}, row{"Records", f.Records}, row{"Deceased", f.Deceased})
		for _, split := range [][]slice{f.Taken, f.Type, f.Category} {
			for _, s := range split {
				all = append(all, row{s.Name, s.Span})
			}
		}
		return all
	}
	was, is := rows(before), rows(after)
	for _, a := range is {
		i := slices.IndexFunc(was, func(b row) bool { return b.name == a.name })
		b := row{name: a.name}
		if i >= 0 {
			b, was = was[i], slices.Delete(was, i, i+1)
		}
		if a.Span != b.Span {
			all = append(all, countDiff{a.name, b.Span, a.Span})
		}
	}
	for _, b := range was {
		all = append(all, countDiff{b.name, b.Span, Span{}})
	}
	return all
}
