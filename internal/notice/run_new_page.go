package notice

import (
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var newPage = web.NewPage[newView](pages, "new.html")

// newView is the form of a new run.
type newView struct {
	Title     string           `json:"title"`
	Lists     []choice         `json:"-"`
	Templates []choice         `json:"-"`
	Ways      []choice         `json:"-"`
	Channels  []choice         `json:"-"`
	Bands     []choice         `json:"-"`
	Council   string           `json:"-"`
	Date      string           `json:"-"`
	Quota     string           `json:"-"`
	Errors    []web.FieldError `json:"-"`
}

func (m *Room) newView(r *web.Request) (v newView, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		lists, err := readLists(tx)
		if err != nil {
			return err
		}
		for _, l := range lists {
			if l.State == "approved" {
				n := strconv.FormatInt(l.Number, 10)
				v.Lists = append(v.Lists, choice{Value: n, Text: "Version " + n})
			}
		}
		v.Templates, err = templateChoices(tx, true)
		return err
	})
	for _, c := range m.Channels {
		v.Channels = append(v.Channels, choice{Value: c.Name(), Text: c.Name()})
	}
	v.Ways = choices("post", "post", "By post", "email", "By e-mail", "text", "By text message", "hand", "By hand, to the person themself", "call", "By telephone", "worker", "Brief for a named worker")
	v.Bands = choices("", "", "Everybody in the list", "low;medium", "Low and medium", "high;very-high", "High and very high")
	v.Date = r.Now.AddDate(0, 0, 3).Format(time.DateOnly)
	return v, err
}

// templateChoices are the released templates of letters to people, or of those to
// every home.
func templateChoices(tx *db.Tx, named bool) (choices []choice, err error) {
	all, err := usable(tx)
	for _, name := range sortedNames(all) {
		t, err := ParseTemplate(all[name].Text)
		if err != nil {
			return nil, err
		}
		// The form in which somebody reads is theirs: a run to people finds it.
		if t.Kind.named() == named && (!named || t.Format == Standard) {
			choices = append(choices, choice{Value: name, Text: kindWords[t.Kind] + ": " + t.String(), Chosen: name == string(Personal)})
		}
	}
	return choices, err
}

func (m *Room) newRun(r *web.Request) (web.Answer, error) {
	v, err := m.newView(r)
	return newPage.With("New run", v), err
}

func (m *Room) makeRun(r *web.Request) (web.Answer, error) {
	v, err := m.newView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	x := run{Title: f.Need("title", 120, "Give the run a name"), Way: Way(f.Choice("way", "Choose how it travels", values(v.Ways)...)), Channel: f.Choice("channel", "Choose a channel", values(v.Channels)...),
		Template: f.Choice("template", "Choose a template", values(v.Templates)...), Bands: split[reeve.Band](f.Choice("bands", "Choose whom", values(v.Bands)...)), Council: f.Text("council", 40), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	list := f.Choice("list", "Choose an approved list version", values(v.Lists)...)
	x.List, _ = strconv.ParseInt(list, 10, 64)
	m.takeTravel(r, f, &x)
	if !f.OK() {
		v.Errors, v.Title, v.Council, v.Quota, v.Date = f.Errors, f.Said("title"), f.Said("council"), f.Said("quota"), f.Said("on")
		for field, all := range map[string][]choice{"list": v.Lists, "template": v.Templates, "bands": v.Bands, "way": v.Ways, "channel": v.Channels} {
			keepChosen(all, f.Said(field))
		}
		return newPage.With("New run", v).Faulty(f), nil
	}
	return m.setUp(r, &x, true, "The run is set up. Freeze it when the list and the wording are right.")
}

// setUp keeps a new run. named says whether it may be one to people on a list: a
// form of the other sort does not make it.
func (m *Room) setUp(r *web.Request, x *run, named bool, saying string) (web.Answer, error) {
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		all, err := usable(tx)
		if err != nil {
			return record.Leaf{}, err
		}
		k := all[x.Template]
		t, err := ParseTemplate(k.Text)
		if err != nil {
			return record.Leaf{}, err
		}
		if t.Kind.named() != named {
			return record.Leaf{}, Misplaced.about("template %s in this form", t.Name)
		}
		x.Text, x.Number, x.Kind = k.Text, k.Number, t.Kind
		if err := addRun(tx, x); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "make", Object: runObject(x.ID), Line: "A run of notices was set up"}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(runPath(x.ID), saying), nil
}

// takeTravel takes from a form when and how a run leaves, and for which council.
func (m *Room) takeTravel(r *web.Request, f *web.Form, x *run) {
	if q := f.Text("quota", 8); q != "" {
		x.Quota = f.Number("quota", "Enter how many a day, such as 5000", 1, 250_000)
	}
	day, err := time.Parse(time.DateOnly, f.Text("on", 10))
	if err != nil || day.Before(r.Now.AddDate(0, 0, -1)) || day.After(r.Now.AddDate(0, 3, 0)) {
		f.Fault("on", "Enter the date on the letters, from today to three months on")
	}
	x.On = reeve.DateOf(day)
	if !f.OK() {
		return
	}
	if c, err := m.channel(x.Channel); err != nil || !contains(c.Ways(), x.Way) {
		f.Fault("channel", "This channel does not send that way")
	}
	if !sees(r.Visitor, x.Council) {
		f.Fault("council", "Name your own council")
	}
}

func contains(ways []Way, w Way) bool {
	for _, x := range ways {
		if x == w {
			return true
		}
	}
	return false
}

// keepChosen shows again what was chosen in a form that was not taken.
func keepChosen(all []choice, value string) {
	for i := range all {
		all[i].Chosen = all[i].Value == value
	}
}

func values(all []choice) (v []string) {
	for _, c := range all {
		v = append(v, c.Value)
	}
	return v
}
