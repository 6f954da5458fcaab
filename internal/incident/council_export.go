package incident

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/web"
)

// within is what of a sight somebody else's sight allows as well: who looks
// through another council's eyes sees no more than with their own.
func (s Sight) within(own Sight) Sight {
	var levels []TLP
	for _, t := range s.Levels {
		for _, o := range own.Levels {
			if t == o {
				levels = append(levels, t)
			}
		}
	}
	s.Levels = levels
	return s
}

// lookAs refuses to show one council's view or file to who is limited to
// another.
func lookAs(r *web.Request, v web.Verb, code string) error {
	return r.Must(web.Act{Verb: v, Object: web.ObjectCouncil, Council: code})
}

// chapter is one volume as a council may have it.
type chapter struct {
	volume
	all   []bookItem
	count int64 // of them all, where all holds the first
}

// chaptersFor gives everything of the book that a council may have: by Outside,
// and no more than who asks may see themselves. This one function makes the view
// and the file, so that they cannot differ. limit is how many of each kind; 0 is
// all.
func chaptersFor(tx *db.Tx, r *web.Request, code string, limit int) (all []chapter, err error) {
	for _, v := range volumes() {
		sight := Outside(code).within(SightOf(r, v.object))
		items, err := v.items(tx, sight, limit)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", v.kind, err)
		}
		n, err := v.count(tx, sight)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", v.kind, err)
		}
		all = append(all, chapter{v, items, n})
	}
	return all, nil
}

// mostInView is how many objects of a kind the page of a view lists.
const mostInView = 100

// councilView shows what a visitor of another council sees, but what is red.
func (m *Room) councilView(r *web.Request) (web.Answer, error) {
	c, err := m.councilAt(r)
	if err == nil {
		err = lookAs(r, web.See, c.Code)
	}
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: "What " + c.Name + " may have", Back: councilPath(c.Code), Lead: "Its own objects, what is green or clear, and what is shared with it; nothing red. The signed file for this council holds the same."}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		limit := mostInView
		if r.Machine() {
			limit = 0
		}
		chapters, err := chaptersFor(tx, r, c.Code, limit)
		if err != nil {
			return err
		}
		s.columns = []string{"kind", "id", "council", "tlp", "title"}
		type line struct {
			Kind  string `json:"kind"`
			Count int64  `json:"count"`
		}
		var items []line
		for _, x := range chapters {
			items = append(items, line{x.kind, x.count})
			s.Figures = append(s.Figures, figure{Number: digits(x.count), Text: x.title})
			s.Tables = append(s.Tables, x.table(names))
			for _, b := range x.all {
				s.lines = append(s.lines, []any{x.kind, b.ID, b.Mark.Council, string(b.Mark.TLP), b.Title})
			}
		}
		s.Items = items
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.page(), nil
}

func (x chapter) table(names map[string]string) table {
	t := table{Title: x.title, Columns: []string{"What", "Whose", "Label"}, Empty: "Nothing."}
	for _, b := range x.all {
		t.Rows = append(t.Rows, []cell{leads(b.Title, b.Path), says(councilWords(names, b.Mark.Council)), tlpTag(b.Mark.TLP)})
	}
	if more := x.count - int64(len(x.all)); more > 0 {
		t.Rows = append(t.Rows, []cell{says("and " + digits(more) + " more, in the list as CSV"), {}, {}})
	}
	return t
}

// councilExport makes the one signed file that a council gets.
func (m *Room) councilExport(r *web.Request) (web.Answer, error) {
	c, err := m.councilAt(r)
	if err == nil {
		err = r.Must(web.Act{Verb: web.Export, Object: web.ObjectCouncil, Council: c.Code, Degree: web.Personal})
	}
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Signed file for " + c.Name, Lead: "Everything of the book that this council may have, to read and for programs, with a manifest and the proof from the record. What is red is never in it.",
		Action: councilPath(c.Code) + "/export", Back: councilPath(c.Code), Button: "Make the file", Asks: []ask{{Name: "why", Kind: askLine, Label: "What is it for?", Need: "Say what it is for"}}}
	return s.serve(r, nil, func(*web.Form) (web.Answer, error) {
		p, err := m.councilParcel(r, c, s.text("why"))
		if err != nil {
			return nil, err
		}
		data, err := m.pack(r, p, "council-file", "export-council")
		if err != nil {
			return nil, err
		}
		return zipAnswer(p.name, data), nil
	})
}

// exported is one object as it stands in the file.
type exported struct {
	Kind   string `json:"kind"`
	ID     int64  `json:"id"`
	Mark   Mark   `json:"mark"`
	Object any    `json:"object"`
	Under  any    `json:"under,omitempty"`
}

// councilParcel gathers the file: for programs, to read in full, and an index to
// print. What is in it was found by the sight of the
// council; that nothing red is among it is checked once more as it is written.
func (m *Room) councilParcel(r *web.Request, c Council, why string) (*parcel, error) {
	p := &parcel{name: "incident-" + idOf(c.Code) + "-" + r.Now.In(london).Format("2006-01-02") + ".zip"}
	d := &paper.Document{Title: "The incident, as far as " + c.Name + " may have it", Subtitle: "Made " + shown(r.Now.Unix()) + ". For: " + why, Date: r.Now}
	whole := &paper.Document{Title: d.Title, Subtitle: d.Subtitle, Date: r.Now}
	var all []exported
	err := m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		d.Footer = footOf(tx)
		chapters, err := chaptersFor(tx, r, c.Code, 0)
		if err != nil {
			return err
		}
		for _, x := range chapters {
			t := paper.Table{Caption: x.title, Columns: []paper.Column{{Title: "Number"}, {Title: "When"}, {Title: "What"}, {Title: "Whose"}, {Title: "Label"}}}
			for _, b := range x.all {
				if b.Mark.TLP == Red {
					return fmt.Errorf("write file for a council: %s is red: %w", thingOf(x.kind, b.ID), reeve.Denied)
				}
				all = append(all, exported{x.kind, b.ID, b.Mark, b.Object, b.Under})
				p.objects = append(p.objects, thingOf(x.kind, b.ID))
				t.Rows = append(t.Rows, []string{digits(b.ID), shown(b.At), b.Title, councilWords(names, b.Mark.Council), b.Mark.TLP.Label()})
			}
			head := paper.Heading{Level: 1, Text: x.title}
			if len(t.Rows) == 0 {
				none := paper.Paragraph{Text: "Nothing."}
				d.Blocks, whole.Blocks = append(d.Blocks, head, none), append(whole.Blocks, head, none)
				continue
			}
			d.Blocks, whole.Blocks = append(d.Blocks, head, t), append(append(whole.Blocks, head), x.blocks(names)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := p.addJSON("incident.json", struct {
		Case    string     `json:"case"`
		Council Council    `json:"council"`
		Made    int64      `json:"made"`
		For     string     `json:"for"`
		Objects []exported `json:"objects"`
	}{m.Case, c, r.Now.Unix(), why, all}); err != nil {
		return nil, err
	}
	if err := p.addHTML("incident", whole); err != nil {
		return nil, err
	}
	return p, p.addPDF("index", d)
}
