package notice

import (
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var newHomesPage = web.NewPage[newHomesView](pages, "new_homes.html")

// newHomesView is the form of a run to every home: how many there are, and what
// the gazetteers do not hold for homes.
type newHomesView struct {
	Homes     int64            `json:"homes"`
	Councils  []countLine      `json:"councils"`
	Out       []countLine      `json:"left_out"`
	Title     string           `json:"-"`
	Whose     []choice         `json:"-"`
	Templates []choice         `json:"-"`
	Channels  []choice         `json:"-"`
	Date      string           `json:"-"`
	Quota     string           `json:"-"`
	Errors    []web.FieldError `json:"-"`
}

func (m *Room) newHomesView(r *web.Request) (v newHomesView, err error) {
	var counts []homeCount
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Templates, err = templateChoices(tx, false); err != nil {
			return err
		}
		counts, err = countHomes(tx, "")
		return err
	})
	v.count(r.Visitor, counts)
	for _, c := range m.Channels {
		if contains(c.Ways(), Post) {
			v.Channels = append(v.Channels, choice{Value: c.Name(), Text: c.Name()})
		}
	}
	v.Date = r.Now.AddDate(0, 0, 3).Format(time.DateOnly)
	return v, err
}

// count adds up the addresses of the councils that a visitor may write for, and
// offers those that have homes.
func (v *newHomesView) count(who *web.Visitor, counts []homeCount) {
	out := make(map[Reason]int64)
	var order []Reason
	if who.Councils == nil {
		v.Whose = append(v.Whose, choice{Value: "", Text: "Every council in this case"})
	}
	for _, c := range counts {
		switch {
		case !sees(who, c.Council):
		case c.Reason == "" && c.N > 0:
			v.Homes += c.N
			name := c.Council
			if name == "" {
				name = "no council named"
			} else {
				v.Whose = append(v.Whose, choice{Value: c.Council, Text: c.Council})
			}
			v.Councils = append(v.Councils, countLine{c.Council, name, c.N})
		case c.Reason != "":
			if out[c.Reason] == 0 {
				order = append(order, c.Reason)
			}
			out[c.Reason] += c.N
		}
	}
	for _, reason := range order {
		v.Out = append(v.Out, countLine{string(reason), said(string(reason)), out[reason]})
	}
}

func (m *Room) newHomesRun(r *web.Request) (web.Answer, error) {
	v, err := m.newHomesView(r)
	return newHomesPage.With("Letter to every home", v), err
}

// makeHomesRun sets up a run to every home. It has no list version, and no choice
// of people.
func (m *Room) makeHomesRun(r *web.Request) (web.Answer, error) {
	v, err := m.newHomesView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	x := run{Title: f.Need("title", 120, "Give the run a name"), Way: Post, Template: f.Choice("template", "Choose a template", values(v.Templates)...),
		Channel: f.Choice("channel", "Choose a channel", values(v.Channels)...), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	x.Council = f.Choice("council", "Choose whose homes", values(v.Whose)...)
	m.takeTravel(r, f, &x)
	if f.OK() && v.Homes == 0 {
		f.Fault("council", "Load a gazetteer first: no home is known")
	}
	if !f.OK() {
		v.Errors, v.Title, v.Quota, v.Date = f.Errors, f.Said("title"), f.Said("quota"), f.Said("on")
		keepChosen(v.Whose, f.Said("council"))
		keepChosen(v.Templates, f.Said("template"))
		keepChosen(v.Channels, f.Said("channel"))
		return newHomesPage.With("Letter to every home", v).Faulty(f), nil
	}
	return m.setUp(r, &x, false, "The run is set up. Freeze it when the gazetteer and the wording are right.")
}
