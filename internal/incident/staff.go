package incident

import (
	"slices"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// colleagues are the users to whom something can be given; who asks is always
// among them.
func (m *Room) colleagues(r *web.Request) ([]Colleague, error) {
	var all []Colleague
	if m.Staff != nil {
		known, err := m.Staff.Colleagues(r.Context())
		if err != nil {
			return nil, err
		}
		all = known
	}
	if !slices.ContainsFunc(all, func(c Colleague) bool { return c.ID == r.Visitor.ID }) {
		all = append(all, Colleague{r.Visitor.ID, r.Visitor.Name})
	}
	return all, nil
}

// staffAsk asks for a colleague; need "" lets it be nobody.
func staffAsk(all []Colleague, name, label, hint, current, need string) ask {
	a := ask{Name: name, Kind: askPick, Label: label, Hint: hint, Value: current, Need: need}
	a.Choices = chosen(each(all, func(c Colleague) choice { return choice{c.ID, c.Name, false} }), current)
	return a
}

// nameOf is the name of a colleague, "" for nobody.
func nameOf(all []Colleague, id string) string {
	for _, c := range all {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// around is what a form needs besides its object: the councils and colleagues.
type around struct {
	councils []Council
	names    map[string]string // of the councils
	staff    []Colleague
}

// aroundForm reads them.
func (m *Room) aroundForm(r *web.Request) (a around, err error) {
	if a.staff, err = m.colleagues(r); err != nil {
		return a, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		a.councils, err = Councils(tx)
		return err
	})
	a.names = councilNames(a.councils)
	return a, err
}

// readWith reads something of the book together with the names of councils.
func (m *Room) readWith(r *web.Request, read func(tx *db.Tx, names map[string]string) error) error {
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		return read(tx, councilNames(councils))
	})
}

// ownerWords name who has something.
func ownerWords(name string) string {
	if name == "" {
		return "nobody yet"
	}
	return name
}

// mayRead is what people are told above a field into which they write freely.
const mayRead = "The regulator, a court, an inquiry or the person it is about may one day read this. Facts and reasons; no legal advice (it has a field of its own)."
