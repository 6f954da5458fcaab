package notice

import (
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var suppressionPage = web.NewPage[suppressionView](pages, "suppression.html")

// suppressionView is who and which addresses are never written to.
type suppressionView struct {
	Rows    []suppression    `json:"rows"`
	Person  string           `json:"-"`
	Why     string           `json:"-"`
	UPRN    string           `json:"-"`
	WhyHome string           `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

func (m *Room) suppressionView(r *web.Request) (v suppressionView, err error) {
	if r.Visitor.Councils != nil {
		return v, nil
	}
	return v, m.db.Read(r.Context(), func(tx *db.Tx) (err error) { v.Rows, err = readSuppressions(tx, onKeep); return err })
}

func (m *Room) suppression(r *web.Request) (web.Answer, error) {
	v, err := m.suppressionView(r)
	return suppressionPage.With("Never write to", v), err
}

func (m *Room) suppress(r *web.Request) (web.Answer, error) {
	v, err := m.suppressionView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := suppression{Person: f.Need("person", 40, "Enter the id of the person"), Why: f.Need("why", 300, "Say why they are not to be written to"), Cause: "asked", By: r.Visitor.ID, At: r.Now.Unix()}
	if f.OK() && m.knownPerson(r, s.Person) != nil {
		f.Fault("person", "There is nobody with this id whom you may see")
	}
	if !f.OK() {
		v.Errors, v.Person, v.Why = f.Errors, s.Person, s.Why
		return suppressionPage.With("Never write to", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "suppress", Object: "person:" + s.Person, Line: "Is never to be written to"}, addSuppression(tx, &s)
	})
	return web.Redirect("/notices/suppression", "They are in no run from now on, nor does anything leave to them from those that run."), err
}

func (m *Room) lift(r *web.Request) (web.Answer, error) {
	return m.ended(r, "/notices/suppression", "lift", "notice-suppression:", func(tx *db.Tx, id int64, why string) error { return liftSuppression(tx, id, why, r.Now.Unix()) })
}
