package report

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) paperSection() web.Section {
	const o = web.ObjectReturn
	return web.Section{Object: o, Routes: []web.Route{
		{Pattern: "GET /papers", Verb: web.See, Object: o, Do: m.papers},
		{Pattern: "GET /papers/new/{kind}", Verb: web.Write, Object: o, Do: m.newPaper},
		{Pattern: "POST /papers/new/{kind}", Verb: web.Write, Object: o, Do: m.makePaper},
		{Pattern: "GET /papers/{id}", Verb: web.See, Object: o, Do: m.paperPage},
		{Pattern: "GET /papers/{id}/{as}", Verb: web.Export, Object: o, Do: m.paperFile},
	}}
}

var (
	papersPage    = web.NewPage[papersView](pages, "papers.html")
	paperOnePage  = web.NewPage[paperView](pages, "paper.html")
	paperFormPage = web.NewPage[paperFormView](pages, "paper_form.html")
)

// timeAt is UTC seconds as a time in London.
func timeAt(unix int64) time.Time { return time.Unix(unix, 0).In(london) }

// papersView is the papers that were made, and those that can be.
type papersView struct {
	Rows  []Memo      `json:"rows"`
	Kinds []paperKind `json:"-"`
	Write bool        `json:"-"`
}

func (v papersView) Columns() []string {
	return []string{"id", "kind", "audience", "council", "tlp", "title", "list_version", "digest", "made_by", "made_at"}
}

func (v papersView) EachRow(emit func(cells ...any) error) error {
	for _, p := range v.Rows {
		if err := emit(p.ID, p.Kind, string(p.Audience), p.Council, string(p.TLP), p.Title, p.List, p.Digest, p.MadeBy, utc(p.MadeAt)); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) papers(r *web.Request) (web.Answer, error) {
	v := papersView{Kinds: paperKinds, Write: r.May(web.Act{Verb: web.Write, Object: web.ObjectReturn})}
	s := incident.SightOf(r, web.ObjectReturn)
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readMemos(tx)
		v.Rows = slices.DeleteFunc(all, func(p Memo) bool { return !s.Sees(p.Mark) })
		return err
	})
	return papersPage.With("Papers", v), err
}

// paperFormView is a paper about to be made.
type paperFormView struct {
	paperKind
	Audiences []choice
	Councils  []choice
	Lists     []choice
	Summary   string
	Asked     string
	Name      string
	Errors    []web.FieldError
}

func (m *Room) paperForm(r *web.Request) (v paperFormView, err error) {
	k, ok := paperOf(r.Part("kind"))
	if !ok {
		return v, fmt.Errorf("find kind of paper: %w", reeve.NotFound)
	}
	v = paperFormView{paperKind: k, Name: k.Title + ", " + longDay(r.Now.Unix())}
	for _, a := range k.For {
		v.Audiences = append(v.Audiences, choice{string(a), a.Words(), len(v.Audiences) == 0})
	}
	if v.Councils, err = m.councilsOf(r.Context(), r.Visitor); err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		lists, err := readLists(tx)
		v.Lists = []choice{{"0", "None: without figures", len(lists) == 0}}
		for i, l := range lists {
			v.Lists = append(v.Lists, choice{fmt.Sprint(l.Number), fmt.Sprintf("Version %d of %s, %s", l.Number, shown(l.MadeAt), l.State), i == 0})
		}
		return err
	})
	return v, err
}

func (m *Room) newPaper(r *web.Request) (web.Answer, error) {
	v, err := m.paperForm(r)
	return paperFormPage.With("Make a paper: "+v.Title, v), err
}

// makePaper writes a paper from what may go to its readers, keeps it, and tells
// the ledger which facts stand in it.
func (m *Room) makePaper(r *web.Request) (web.Answer, error) {
	v, err := m.paperForm(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	p := Memo{Kind: v.Kind, Audience: incident.Audience(f.Choice("audience", "Choose for whom it is", values(v.Audiences)...)),
		Mark: incident.Mark{Council: f.Choice("council", "Choose whose it is", values(v.Councils)...)}, Title: f.Need("name", lineLength, "Enter its title"),
		MadeBy: r.Visitor.ID, MadeName: r.Visitor.Name, MadeAt: r.Now.Unix()}
	p.List, _ = strconv.ParseInt(f.Choice("list", "Choose a list version", values(v.Lists)...), 10, 64)
	v.Summary, v.Asked, v.Name = f.Text("summary", textLength), f.Text("asked", textLength), f.Said("name")
	for _, field := range []string{"name", "summary", "asked"} {
		what, err := named(f.Said(field), public...)
		if err != nil {
			return nil, err
		}
		if what != "" {
			f.Fault(field, "Take out what could name somebody: this seems to hold "+what)
		}
	}
	v.Audiences, v.Councils, v.Lists = chosen(v.Audiences, string(p.Audience)), chosen(v.Councils, p.Council), chosen(v.Lists, fmt.Sprint(p.List))
	if !f.OK() {
		v.Errors = f.Errors
		return paperFormPage.With("Make a paper: "+v.Title, v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) { return m.writePaper(tx, r, v, &p) })
	if err != nil {
		return nil, err
	}
	return web.Redirect(p.Path(), "Made. It is kept as it is now."), nil
}

// writePaper writes the paper and keeps it.
func (m *Room) writePaper(tx *db.Tx, r *web.Request, v paperFormView, p *Memo) (record.Leaf, error) {
	g := gathered{Now: r.Now.Unix(), Audience: p.Audience, Council: p.Council, Summary: v.Summary, Asked: v.Asked}
	if v.Since > 0 {
		g.Since = r.Now.Unix() - int64(v.Since)*3600
	}
	if err := g.gather(tx, paperSight(incident.SightOf(r, web.ObjectReturn), p.Council, p.Audience), p.List); err != nil {
		return record.Leaf{}, err
	}
	p.Pieces = g.write(v.paperKind)
	cited, err := citedFacts(tx, incident.Sight{All: true, Levels: p.Audience.Levels()}, g.used)
	if err != nil {
		return record.Leaf{}, err
	}
	p.Pieces, p.Facts, p.TLP = append(p.Pieces, annex(cited)...), g.used, g.label(v.paperKind)
	if p.Footer, err = m.footing(tx); err != nil {
		return record.Leaf{}, err
	}
	if err := addMemo(tx, p); err != nil {
		return record.Leaf{}, err
	}
	for _, n := range p.Facts {
		if err := incident.Cite(tx, n, p.object()); err != nil {
			return record.Leaf{}, err
		}
	}
	return record.Leaf{Verb: "make-paper", Object: fmt.Sprintf("paper:%d", p.ID), Digest: p.Digest,
		Line: fmt.Sprintf("%s %d made for %s, from %d facts", v.Title, p.ID, p.Audience, len(p.Facts))}, nil
}

// write makes the parts of a paper, those that hold something.
func (g *gathered) write(k paperKind) []piece {
	var all []piece
	if k.Privileged {
		all = append(all, warning("PRIVILEGED AND CONFIDENTIAL. Prepared for the purpose of obtaining legal advice. Do not copy or forward."))
	}
	for _, p := range k.Parts {
		if made := p.Make(g); len(made) > 0 {
			all = append(append(all, head(1, p.Title)), made...)
		}
	}
	return all
}

// label is the label of the paper: the closest of what stands in it, and for a
// privileged one no further than the council.
func (g *gathered) label(k paperKind) incident.TLP {
	if k.Privileged {
		g.use(incident.Mark{TLP: incident.AmberStrict})
	}
	if g.Figures != nil && g.Audience != incident.Public && g.Audience != incident.Press {
		g.use(incident.Mark{TLP: incident.Amber})
	}
	return g.TLP
}

// paperView is one paper as it is read.
type paperView struct {
	Memo
	Text    template.HTML `json:"-"`
	Cited   []citedFact   `json:"cited"`
	Changed int           `json:"changed"` // facts of it that do not stand any more
	Writers []writer      `json:"-"`
	Take    bool          `json:"-"`
}

// memoOf reads the paper that the address names, if the visitor may see it.
func (m *Room) memoOf(r *web.Request) (v paperView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Memo, err = readMemo(tx, id); err != nil {
			return err
		}
		if !incident.SightOf(r, web.ObjectReturn).Sees(v.Mark) {
			return fmt.Errorf("read paper: %w", reeve.NotFound)
		}
		v.Cited, err = citedFacts(tx, incident.SightOf(r, web.ObjectFact), v.Facts)
		return err
	})
	for _, c := range v.Cited {
		if !c.Stands {
			v.Changed++
		}
	}
	v.Writers, v.Take = writers, r.May(web.Act{Verb: web.Export, Object: web.ObjectReturn, Council: v.Council, Degree: v.TLP.Degree()})
	return v, err
}

func (m *Room) paperPage(r *web.Request) (web.Answer, error) {
	v, err := m.memoOf(r)
	if err != nil {
		return nil, err
	}
	v.Text, err = v.sheet(m.Author).html()
	return paperOnePage.With(v.Title, v), err
}

func (m *Room) paperFile(r *web.Request) (web.Answer, error) {
	v, err := m.memoOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Export, web.ObjectReturn, v.Mark); err != nil {
		return nil, err
	}
	return m.handOut(r, v.sheet(m.Author), fmt.Sprintf("%s-%d", v.Kind, v.ID), fmt.Sprintf("paper:%d", v.ID), 0)
}
