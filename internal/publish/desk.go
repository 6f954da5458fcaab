package publish

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Sections is the desk at which texts are written and released.
func (m *Room) Sections() []web.Section {
	return []web.Section{{
		Title: "Public site", Path: "/public", Order: 78, Object: web.ObjectPublic,
		Links: []web.Link{{Title: "Public site", Path: "/public"}, {Title: "Who we are", Path: "/public/council"}, {Title: "What was taken", Path: "/public/figures"}},
		Routes: []web.Route{
			{Pattern: "GET /public", Verb: web.See, Object: web.ObjectPublic, Do: m.desk},
			{Pattern: "POST /public/begin", Verb: web.Write, Object: web.ObjectPublic, Do: m.begin},
			{Pattern: "POST /public/release", Verb: web.Approve, Object: web.ObjectPublic, Do: m.releaseMany},
			{Pattern: "GET /public/texts/{slug}", Verb: web.See, Object: web.ObjectPublic, Do: m.textPage},
			{Pattern: "POST /public/texts/{slug}", Verb: web.Write, Object: web.ObjectPublic, Large: 256 << 10, Do: m.write},
			{Pattern: "POST /public/texts/{slug}/withdraw", Verb: web.Close, Object: web.ObjectPublic, Do: m.takeOff},
			{Pattern: "GET /public/drafts/{id}", Verb: web.See, Object: web.ObjectPublic, Do: m.draftPage},
			{Pattern: "POST /public/drafts/{id}/release", Verb: web.Approve, Object: web.ObjectPublic, Do: m.releaseOne},
			{Pattern: "POST /public/drafts/{id}/refuse", Verb: web.Write, Object: web.ObjectPublic, Do: m.refuse},
			{Pattern: "GET /public/council", Verb: web.See, Object: web.ObjectPublic, Do: m.councilPage},
			{Pattern: "POST /public/council", Verb: web.Write, Object: web.ObjectPublic, Do: m.writeCouncil},
			{Pattern: "GET /public/figures", Verb: web.See, Object: web.ObjectPublic, Do: m.figuresPage},
			{Pattern: "POST /public/figures", Verb: web.Write, Object: web.ObjectPublic, Do: m.writeFigures},
			{Pattern: "GET /public/files", Verb: web.Export, Object: web.ObjectPublic, Do: m.download},
		},
		Cards: []web.Card{{Object: web.ObjectPublic, Order: 85, Make: m.card}},
	}}
}

var (
	deskPage    = web.NewPage[deskView](pageFiles, "desk.html")
	textPage    = web.NewPage[textForm](pageFiles, "text.html")
	draftPage   = web.NewPage[draftView](pageFiles, "draft.html")
	councilPage = web.NewPage[councilForm](pageFiles, "council.html")
	figuresPage = web.NewPage[figuresForm](pageFiles, "figures.html")
)

// deskView is where the public site stands.
type deskView struct {
	Open    bool       `json:"open"`
	Lacks   []string   `json:"lacks"` // what a site cannot be opened without
	Waiting []deskLine `json:"waiting"`
	Texts   []deskLine `json:"texts"`
	Updates []deskLine `json:"updates"`
	Alarms  []string   `json:"alarms"`
	Shipped int        `json:"shipped_texts"` // texts that nobody has begun
	New     string     `json:"-"`             // the address of a new update
	Writes  bool       `json:"-"`
	Signs   bool       `json:"-"`
	Exports bool       `json:"-"`
}

// deskLine is a text, in the version that counts for the list it stands in.
type deskLine struct {
	Text
	Edit string `json:"-"` // where it is written
	Mine bool   `json:"-"` // whoever looks wrote it
	Now  string `json:"shown"`
}

// editPath is where a text is written.
func editPath(t Text) string {
	switch t.Kind {
	case KindCouncil, KindFigures:
		return "/public/" + t.Slug
	}
	return "/public/texts/" + t.Slug
}

func (m *Room) desk(r *web.Request) (web.Answer, error) {
	v := deskView{Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectPublic}), Signs: r.May(web.Act{Verb: web.Approve, Object: web.ObjectPublic}),
		Exports: r.May(web.Act{Verb: web.Export, Object: web.ObjectPublic})}
	now := r.Now.Unix()
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		s, err := m.snapshot(tx, now)
		if err != nil {
			return err
		}
		v.Open, v.Lacks, v.Alarms = s.Open(), lacks(s), m.alarms(s)
		drafts, err := waiting(tx)
		if err != nil {
			return err
		}
		for _, t := range drafts {
			v.Waiting = append(v.Waiting, deskLine{Text: t, Edit: editPath(t), Mine: t.MadeBy == r.Visitor.ID})
		}
		last, err := newest(tx)
		if err != nil {
			return err
		}
		v.fill(last, s, now)
		slug, err := nextUpdate(tx)
		v.New = "/public/texts/" + slug
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read public texts: %w", err)
	}
	return deskPage.With("Public site", v), nil
}

// fill lists the texts: those of the table, then the updates, the newest first.
func (v *deskView) fill(last []Text, s Snapshot, now int64) {
	by := make(map[string]Text)
	for _, t := range last {
		by[t.Slug] = t
		if t.Kind == KindUpdate {
			v.Updates = append(v.Updates, lineOf(t, s, now))
		}
	}
	slices.SortFunc(v.Updates, func(a, b deskLine) int { return int(updateNumber(b.Slug) - updateNumber(a.Slug)) })
	fixed := []Text{{Slug: slugCouncil, Kind: KindCouncil, Title: titleCouncil}, {Slug: slugStatus, Kind: KindStatus, Title: "Status line and banner"},
		{Slug: slugFigures, Kind: KindFigures, Title: "What data was taken"}}
	for _, p := range pages {
		title, _ := shipped(p.Slug)
		fixed = append(fixed, Text{Slug: p.Slug, Kind: KindPage, Title: title})
	}
	for _, t := range fixed {
		if begun, there := by[t.Slug]; there {
			if t.Kind == KindCouncil { // kept under the title of the page of numbers once
				begun.Title = titleCouncil
			}
			t = begun
		} else if t.Kind == KindPage {
			v.Shipped++
		}
		v.Texts = append(v.Texts, lineOf(t, s, now))
	}
}

// lineOf says in words what the public sees of a text.
func lineOf(t Text, s Snapshot, now int64) deskLine {
	l := deskLine{Text: t, Edit: editPath(t)}
	live, there := s.Texts[t.Slug]
	switch {
	case there:
		l.Now = "version " + strconv.FormatInt(live.Version, 10) + ", since " + moment(live.From())
	case t.State == Withdrawn:
		l.Now = "withdrawn on " + day(t.EndedAt)
	default:
		l.Now = "not shown"
	}
	if t.State == Released && !t.Due(now) {
		l.Now += "; version " + strconv.FormatInt(t.Version, 10) + " from " + moment(t.From())
	}
	return l
}

// lacks names what a site cannot be opened without.
func lacks(s Snapshot) (all []string) {
	if s.Council.Name == "" || s.Council.Phone == "" {
		all = append(all, "Who we are, with a telephone number")
	}
	for _, slug := range []string{"home", "contact"} {
		if _, there := s.Texts[slug]; !there {
			title, _ := shipped(slug)
			all = append(all, "The page “"+title+"”")
		}
	}
	return all
}

// alarms name texts that are shown and should not be as they are: a fact that
// they cite was taken back, or is disputed.
func (m *Room) alarms(s Snapshot) (all []string) {
	facts := s.facts()
	for _, slug := range sorted(s.Texts) {
		t := s.Texts[slug]
		for _, id := range cited(t.Body) {
			f, there := facts[id]
			switch {
			case !there:
				all = append(all, fmt.Sprintf("“%s” cites fact %d, which is not released to the public any more: its line is left out", t.Title, id))
			case f.Disputed:
				all = append(all, fmt.Sprintf("“%s” cites fact %d, which another fact contradicts", t.Title, id))
			}
		}
	}
	return all
}

func (m *Room) card(ctx context.Context, _ *web.Visitor) (c web.CardText, err error) {
	c = web.CardText{Title: "Public site", Path: "/public"}
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		s, err := m.snapshot(tx, m.Now().Unix())
		if err != nil {
			return err
		}
		drafts, err := waiting(tx)
		if err != nil {
			return err
		}
		alarms := m.alarms(s)
		switch {
		case len(alarms) > 0:
			c.Alarm, c.Text = true, alarms[0]
		case !s.Open():
			c.Text = "Not open yet."
		case len(s.updates()) > 0:
			c.Text = "Last update on " + day(s.updates()[0].From()) + "."
		default:
			c.Text = "Open, without an update so far."
		}
		if len(drafts) > 0 {
			c.Big = strconv.Itoa(len(drafts)) + " to release"
		}
		return nil
	})
	return c, err
}

// draftView is one version as it would be shown, with what speaks against it.
type draftView struct {
	Text
	Edit    string        `json:"-"`
	Shown   template.HTML `json:"-"`
	Faults  []string      `json:"faults"`
	Reading Reading       `json:"reading"`
	Before  *Text         `json:"before"` // what is shown now
	Rows    []Number      `json:"rows"`   // council's details and figures, one by one
	Mine    bool          `json:"-"`
	Writes  bool          `json:"-"`
	Signs   bool          `json:"-"`

	Errors []web.FieldError `json:"-"`
}

// Ready reports whether nothing keeps the draft from being released.
func (v draftView) Ready() bool { return v.State == Draft && len(v.Faults) == 0 }

// When is when it would be shown.
func (v draftView) When() string {
	if v.ShowAt == 0 {
		return "as soon as it is released"
	}
	return "from " + moment(v.ShowAt)
}

func (m *Room) draftPage(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	v := draftView{Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectPublic}), Signs: r.May(web.Act{Verb: web.Approve, Object: web.ObjectPublic})}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Text, err = find(tx, id); err != nil {
			return err
		}
		s, err := m.snapshot(tx, r.Now.Unix())
		if err != nil {
			return err
		}
		if live, there := s.Texts[v.Slug]; there && live.ID != v.ID {
			v.Before = &live
		}
		return m.look(&v, s, r.Now.Unix())
	})
	if err != nil {
		return nil, fmt.Errorf("read draft: %w", err)
	}
	v.Edit, v.Mine = editPath(v.Text), v.MadeBy == r.Visitor.ID
	return draftPage.With(v.Title+", version "+strconv.FormatInt(v.Version, 10), v), nil
}

// look fills in how a version would be shown.
func (m *Room) look(v *draftView, s Snapshot, now int64) error {
	words, facts := s.words(), s.facts()
	switch v.Kind {
	case KindCouncil:
		c, err := readCouncil(v.Body)
		v.Rows = c.rows()
		return err
	case KindFigures:
		f, err := readFigures(v.Body)
		for _, step := range f.Steps {
			v.Rows = append(v.Rows, Number{step.Title, step.Words()})
		}
		v.Rows = append(v.Rows, Number{"As of", moment(f.AsOf)}, Number{"Source", f.Source})
		return err
	}
	filled, _, _ := fill(v.Body, words, facts)
	if m.Renamed != nil {
		filled = m.Renamed(filled, now)
	}
	v.Faults, v.Reading = m.check(v.Kind, v.Title, v.Body, words, facts), readingOf(passages(filled))
	var err error
	v.Shown, err = renderMarkdown(unnamed, filled)
	return err
}

// rows are the council's details one by one.
func (c Council) rows() []Number {
	rows := []Number{{"Name", c.Name}, {"Address of this site", c.Site}, {"Telephone", c.Phone}, {"Hours", c.Hours}, {"E-mail", c.Email},
		{"Post and visits", c.Address}, {"Data protection officer", c.Officer}, {"Press", c.Press}}
	rows = append(rows, c.Emergency...)
	return append(rows, c.Partners...)
}

func (m *Room) download(r *web.Request) (web.Answer, error) {
	all, err := m.Files(r.Context())
	if err != nil {
		return nil, err
	}
	return web.File{Name: "public-site.zip", Type: "application/zip", Pour: func(w http.ResponseWriter) error { return pack(w, all, r.Now) }}, nil
}
