package incident

import (
	"slices"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Kept is what every object of the room carries: its numbers, its mark, and who
// wrote it. An object is a row of versions; none is changed once it is written.
type Kept struct {
	Number      int64  `json:"number"` // of this version, in all of its table
	ID          int64  `json:"id"`     // of the object
	Version     int64  `json:"version"`
	Latest      bool   `json:"latest"` // this version stands
	Mark               // whose it is, how far it may travel
	CreatedBy   string `json:"created_by"` // a user's id
	CreatedName string `json:"created_name"`
	CreatedAt   int64  `json:"created_at"` // seconds UTC
	ChangedBy   string `json:"changed_by"` // of this version
	ChangedName string `json:"changed_name"`
	ChangedAt   int64  `json:"changed_at"`
}

// by signs a version with who writes it.
func (k *Kept) by(r *web.Request) {
	k.ChangedBy, k.ChangedName, k.ChangedAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
}

// choice is a value that a form offers.
type choice struct {
	Value  string
	Text   string
	Chosen bool
}

// chosen marks the value that stands.
func chosen(all []choice, value string) []choice {
	all = slices.Clone(all)
	for i := range all {
		all[i].Chosen = all[i].Value == value
	}
	return all
}

// values are the values of choices.
func values(all []choice) []string {
	return each(all, func(c choice) string { return c.Value })
}

// each applies f to all of a list.
func each[T, U any](list []T, f func(T) U) []U {
	all := make([]U, len(list))
	for i, x := range list {
		all[i] = f(x)
	}
	return all
}

// markForm is the two fields of a form that make a mark: council and tlp.
type markForm struct {
	Councils []choice
	Levels   []choice
}

// markFormOf offers the councils that a visitor may write for and the labels.
func markFormOf(r *web.Request, councils []Council, m Mark) markForm {
	var f markForm
	if r.Visitor.Councils == nil {
		f.Councils = append(f.Councils, choice{"", "The whole incident", false})
	}
	for _, c := range councils {
		if r.Visitor.Councils == nil || slices.Contains(r.Visitor.Councils, c.Code) {
			f.Councils = append(f.Councils, choice{c.Code, c.Name, false})
		}
	}
	for _, code := range r.Visitor.Councils {
		if !slices.ContainsFunc(f.Councils, func(c choice) bool { return c.Value == code }) {
			f.Councils = append(f.Councils, choice{code, code, false})
		}
	}
	if m.TLP == "" {
		m.TLP = Amber
	}
	f.Councils = chosen(f.Councils, m.Council)
	f.Levels = chosen(each(TLPs, func(t TLP) choice { return choice{string(t), t.Label() + ": " + t.Words(), false} }), string(m.TLP))
	return f
}

// mark reads the two fields.
func (m markForm) mark(f *web.Form) Mark {
	return Mark{Council: f.Choice("council", "Choose whose it is", values(m.Councils)...),
		TLP: TLP(f.Choice("tlp", "Choose how far it may travel", values(m.Levels)...))}
}

// as is the form with another mark chosen.
func (m markForm) as(k Mark) markForm {
	return markForm{chosen(m.Councils, k.Council), chosen(m.Levels, string(k.TLP))}
}

// offers reports whether a mark can be chosen in the form.
func (m markForm) offers(k Mark) bool {
	return slices.Contains(values(m.Councils), k.Council) && slices.Contains(values(m.Levels), string(k.TLP))
}

// seenIn is the version that stood in the form: 0 for a new object.
func seenIn(f *web.Form, id int64) int64 {
	if id == 0 {
		return 0
	}
	return f.Number("version", "Open the page again: the form is not whole", 1, 1<<53)
}

// markForm offers the councils of the incident, with a mark chosen. A new
// object of somebody who is limited to councils is theirs.
func (m *Room) markForm(r *web.Request, k Mark) (f markForm, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		f = markFormOf(r, councils, k)
		return err
	})
	return f, err
}

// leafObject names an object in the record.
func leafObject(kind string, id int64) string { return kind + ":" + strconv.FormatInt(id, 10) }
