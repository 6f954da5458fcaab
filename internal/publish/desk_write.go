package publish

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// Bounds of what is typed, in characters.
const (
	longTitle = 120
	longBody  = 40_000
	longNote  = 300
)

// textForm is the page on which a text is written, with its versions.
type textForm struct {
	Slug     string           `json:"slug"`
	Kind     Kind             `json:"kind"`
	Path     string           `json:"path"`
	Version  int64            `json:"version"` // the newest there is
	Title    string           `json:"title"`
	Body     string           `json:"body"`
	Note     string           `json:"-"`
	Day      string           `json:"-"`
	Time     string           `json:"-"`
	History  []Text           `json:"history"`
	Released bool             `json:"released"`
	Faults   []string         `json:"faults"`
	Errors   []web.FieldError `json:"-"`
	Writes   bool             `json:"-"`
	Closes   bool             `json:"-"`
}

// form reads the newest version of a text into the form; a text that nobody has
// begun starts with what ships.
func (m *Room) form(r *web.Request, slug string) (v textForm, err error) {
	v = textForm{Slug: slug, Kind: kindOf(slug), Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectPublic}), Closes: r.May(web.Act{Verb: web.Close, Object: web.ObjectPublic})}
	if v.Kind == "" || v.Kind == KindCouncil || v.Kind == KindFigures {
		return v, fmt.Errorf("find text: %w", reeve.NotFound)
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.History, err = history(tx, slug)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read text: %w", err)
	}
	v.Path = Text{Slug: slug, Kind: v.Kind}.Path()
	if len(v.History) == 0 {
		v.Title, v.Body = shipped(slug)
		return v, nil
	}
	v.Version, v.Title, v.Body = v.History[0].Version, v.History[0].Title, v.History[0].Body
	for _, t := range v.History {
		v.Released = v.Released || t.State == Released
	}
	return v, nil
}

func (m *Room) textPage(r *web.Request) (web.Answer, error) {
	v, err := m.form(r, r.Part("slug"))
	if err != nil {
		return nil, err
	}
	return textPage.With(v.heading(), v), nil
}

func (v textForm) heading() string {
	if v.Title == "" {
		return "New update"
	}
	return v.Title
}

// write keeps a new version as a draft. It waits for a second person.
func (m *Room) write(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	slug := r.Part("slug")
	t := Text{Slug: slug, Kind: kindOf(slug), Title: f.Need("title", longTitle, "Enter a title"), Body: f.Need("body", longBody, "Enter the text") + "\n",
		Note: f.Need("note", longNote, "Say in a sentence what is new: it stands in the public list of changes"), ShowAt: showAt(f, r.Now)}
	seen := f.Number("version", "", 0, 1<<53)
	if strings.Contains(t.Title, "\n") {
		f.Fault("title", "Put the title on one line")
	}
	var faults []string
	if f.OK() {
		if faults, err = m.faults(r, t); err != nil {
			return nil, err
		}
	}
	if !f.OK() || len(faults) > 0 {
		v, err := m.form(r, slug)
		if err != nil {
			return nil, err
		}
		for _, fault := range faults {
			f.Fault("body", fault)
		}
		v.Title, v.Body, v.Note, v.Day, v.Time, v.Errors = f.Said("title"), f.Said("body"), f.Said("note"), f.Said("show_day"), f.Said("show_time"), f.Errors
		return textPage.With(v.heading(), v).Faulty(f), nil
	}
	return m.draft(r, t, seen)
}

// faults says what speaks against a text.
func (m *Room) faults(r *web.Request, t Text) (all []string, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		s, err := m.snapshot(tx, r.Now.Unix())
		all = m.check(t.Kind, t.Title, t.Body, s.words(), s.facts())
		return err
	})
	if err != nil {
		err = fmt.Errorf("check text: %w", err)
	}
	return all, err
}

// draft keeps a draft and leads to it.
func (m *Room) draft(r *web.Request, t Text, seen int64) (web.Answer, error) {
	if t.Kind == "" {
		return nil, fmt.Errorf("write text: %w", reeve.NotFound)
	}
	t.MadeBy, t.MadeName, t.MadeAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := add(tx, &t, seen); err != nil {
			return record.Leaf{}, err
		}
		return leafOf("draft-public", t), nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/public/drafts/"+strconv.FormatInt(t.ID, 10), "Kept. A second person must release it before anybody sees it."), nil
}

// leafOf is the leaf of an act on a version of a text.
func leafOf(verb string, t Text) record.Leaf {
	return record.Leaf{Verb: verb, Object: "public:" + t.Slug, Line: fmt.Sprintf("public text %s, version %d", t.Slug, t.Version)}
}

// showAt reads from when a version is to be shown, 0 for at once.
func showAt(f *web.Form, now time.Time) int64 {
	d, c := f.Text("show_day", 10), f.Text("show_time", 5)
	if d == "" && c == "" {
		return 0
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", d+" "+c, london)
	switch {
	case err != nil:
		f.Fault("show_day", "Enter a day and a time, or leave both empty")
	case at.Before(now) || at.After(now.AddDate(1, 0, 0)):
		f.Fault("show_day", "Enter a moment to come, within a year")
	}
	return at.Unix()
}

// begin makes drafts of all shipped texts that nobody has begun, so that a site
// can be opened in an hour.
func (m *Room) begin(r *web.Request) (web.Answer, error) {
	n := 0
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		last, err := newest(tx)
		if err != nil {
			return record.Leaf{}, err
		}
		begun := make(map[string]bool)
		for _, t := range last {
			begun[t.Slug] = true
		}
		for _, p := range pages {
			if begun[p.Slug] {
				continue
			}
			t := Text{Slug: p.Slug, Kind: KindPage, Note: "First version.", MadeBy: r.Visitor.ID, MadeName: r.Visitor.Name, MadeAt: r.Now.Unix()}
			t.Title, t.Body = shipped(p.Slug)
			if err := add(tx, &t, 0); err != nil {
				return record.Leaf{}, err
			}
			n++
		}
		if n == 0 {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("begin texts: %w", reeve.Conflict), "every page has been begun already")
		}
		return record.Leaf{Verb: "draft-public", Object: "public", Line: fmt.Sprintf("drafts of %d texts that ship", n)}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/public", fmt.Sprintf("%d drafts are made. Read them, then have a second person release them.", n)), nil
}

// councilForm is the page of the council's details.
type councilForm struct {
	Council
	Version   int64            `json:"version"`
	Emergency string           `json:"-"`
	Partners  string           `json:"-"`
	Note      string           `json:"-"`
	History   []Text           `json:"history"`
	Errors    []web.FieldError `json:"-"`
	Writes    bool             `json:"-"`
}

func (m *Room) councilForm(r *web.Request) (v councilForm, err error) {
	v.Writes = r.May(web.Act{Verb: web.Write, Object: web.ObjectPublic})
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.History, err = history(tx, slugCouncil)
		return err
	})
	if err != nil || len(v.History) == 0 {
		return v, err
	}
	v.Version = v.History[0].Version
	v.Council, err = readCouncil(v.History[0].Body)
	v.Emergency, v.Partners = numberLines(v.Council.Emergency), numberLines(v.Council.Partners)
	return v, err
}

func (m *Room) councilPage(r *web.Request) (web.Answer, error) {
	v, err := m.councilForm(r)
	if err != nil {
		return nil, fmt.Errorf("read council: %w", err)
	}
	return councilPage.With("Who we are", v), nil
}

func (m *Room) writeCouncil(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	c := Council{Name: f.Need("name", 100, "Enter the council's name"), Site: strings.TrimRight(f.Text("site", 200), "/"), Phone: f.Need("phone", 60, "Enter a telephone number"),
		Hours: f.Text("hours", 100), Email: f.Text("email", 100), Address: f.Text("address", 300), Officer: f.Text("officer", 200), Press: f.Text("press", 200)}
	if u, err := url.Parse(c.Site); c.Site != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.Path != "") {
		f.Fault("site", "Enter an address such as https://incident.council.example, or leave it empty")
	}
	c.Emergency, c.Partners = numbersOf(f, "emergency"), numbersOf(f, "partners")
	note := f.Need("note", longNote, "Say in a sentence what is new: it stands in the public list of changes")
	seen := f.Number("version", "", 0, 1<<53)
	if !f.OK() {
		v, err := m.councilForm(r)
		if err != nil {
			return nil, err
		}
		v.Council, v.Emergency, v.Partners, v.Note, v.Errors = c, f.Said("emergency"), f.Said("partners"), f.Said("note"), f.Errors
		return councilPage.With("Who we are", v).Faulty(f), nil
	}
	return m.draft(r, Text{Slug: slugCouncil, Kind: KindCouncil, Title: titleCouncil, Body: c.body(), Note: note}, seen)
}

func numbersOf(f *web.Form, field string) []Number {
	all, bad := numbersIn(f.Text(field, 2000))
	if len(bad) > 0 {
		f.Fault(field, "Write each line as “what: number or address”")
	}
	return all
}

// figuresForm is the page on which the funnel is drafted.
type figuresForm struct {
	Version  int64            `json:"version"`
	Now      []Number         `json:"shown"`
	Versions []int64          `json:"list_versions"`
	There    bool             `json:"-"` // something can be counted
	History  []Text           `json:"history"`
	Errors   []web.FieldError `json:"-"`
	Writes   bool             `json:"-"`
}

func (m *Room) figuresForm(r *web.Request) (v figuresForm, err error) {
	v.Writes, v.There = r.May(web.Act{Verb: web.Write, Object: web.ObjectPublic}), m.Figures != nil
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		s, err := m.snapshot(tx, r.Now.Unix())
		if err != nil {
			return err
		}
		if s.Figures != nil {
			for _, step := range s.Figures.Steps {
				v.Now = append(v.Now, Number{step.Title, step.Words()})
			}
		}
		v.History, err = history(tx, slugFigures)
		return err
	})
	if err == nil && m.Versions != nil {
		v.Versions, err = m.Versions(r.Context())
	}
	if err == nil && len(v.History) > 0 {
		v.Version = v.History[0].Version
	}
	return v, err
}

func (m *Room) figuresPage(r *web.Request) (web.Answer, error) {
	v, err := m.figuresForm(r)
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	return figuresPage.With("What was taken", v), nil
}

// writeFigures counts the funnel now and keeps it as a draft: what two people
// release are these numbers.
func (m *Room) writeFigures(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	if m.Figures == nil {
		return nil, fmt.Errorf("count figures: %w", reeve.Unavailable)
	}
	list := f.Number("list", "Choose where the numbers come from", 0, 1<<53)
	note := f.Need("note", longNote, "Say in a sentence what is new: it stands in the public list of changes")
	seen := f.Number("version", "", 0, 1<<53)
	if !f.OK() {
		v, err := m.figuresForm(r)
		if err != nil {
			return nil, err
		}
		v.Errors = f.Errors
		return figuresPage.With("What was taken", v).Faulty(f), nil
	}
	figures, err := m.Figures(r.Context(), list)
	if err != nil {
		return nil, fmt.Errorf("count figures: %w", err)
	}
	return m.draft(r, Text{Slug: slugFigures, Kind: KindFigures, Title: "What data was taken", Body: figures.body(), Note: note}, seen)
}
