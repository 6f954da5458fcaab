package account

import (
	"context"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// listed bounds the rows of this room's lists of openings and reads.
const listed = 200

func (m *Room) sealedSection() web.Section {
	return web.Section{Title: "Sealed people", Path: "/sealed/reads", Order: 84, Object: objectSealedRead,
		Links: []web.Link{{Title: "Who read them", Path: "/sealed/reads"}, {Title: "Requests to open", Path: "/sealed", Object: objectOpening}},
		Cards: []web.Card{{Object: objectOpening, Order: 84, Make: m.openingCard}, {Object: objectSealedRead, Order: 85, Make: m.readCard}},
		Routes: []web.Route{
			{Pattern: "GET /sealed", Verb: web.See, Object: objectOpening, Do: m.sealed},
			{Pattern: "POST /sealed", Verb: web.Write, Object: objectOpening, Do: m.ask},
			{Pattern: "POST /sealed/openings/{id}/agree", Verb: web.Approve, Object: objectOpening, Do: m.agree},
			{Pattern: "POST /sealed/openings/{id}/refuse", Verb: web.Approve, Object: objectOpening, Do: m.refuse},
			{Pattern: "POST /sealed/openings/{id}/end", Verb: web.Write, Object: objectOpening, Do: m.endOpening},
			{Pattern: "GET /sealed/reads", Verb: web.See, Object: objectSealedRead, Do: m.reads},
			{Pattern: "POST /sealed/reads/{id}/check", Verb: web.Approve, Object: objectSealedRead, Do: m.check},
		}}
}

// openingRow is an opening as the page shows it.
type openingRow struct {
	ID     int64  `json:"id"`
	Person string `json:"person"`
	Asker  string `json:"asker"`
	Reason string `json:"reason"`
	Asked  int64  `json:"asked"`
	State  string `json:"state"`
	Second string `json:"second"`
	Until  int64  `json:"until"`
	Answer bool   `json:"-"` // the visitor may agree or refuse
	End    bool   `json:"-"`
}

type sealedView struct {
	Rows   []openingRow     `json:"openings"`
	Person string           `json:"-"`
	Reason string           `json:"-"`
	Errors []web.FieldError `json:"-"`
}

func (v sealedView) Columns() []string {
	return []string{"id", "person", "asker", "reason", "asked", "state", "second", "until"}
}

func (v sealedView) EachRow(emit func(...any) error) error {
	for _, r := range v.Rows {
		if err := emit(r.ID, r.Person, r.Asker, r.Reason, r.Asked, r.State, r.Second, r.Until); err != nil {
			return err
		}
	}
	return nil
}

var sealedPage = web.NewPage[sealedView](pages, "sealed.html")

func (m *Room) sealed(r *web.Request) (web.Answer, error) {
	return m.sealedView(r, sealedView{})
}

func (m *Room) sealedView(r *web.Request, v sealedView) (*web.View, error) {
	err := m.read(r.Context(), func(tx *db.Tx) error {
		all, err := openings(tx, listed)
		if err != nil {
			return err
		}
		names, err := Names(tx)
		for _, o := range all {
			if o.seenBy(r.Visitor) {
				v.Rows = append(v.Rows, m.openingRow(r, o, names))
			}
		}
		return err
	})
	return sealedPage.With("Sealed people", v), err
}

func (m *Room) openingRow(r *web.Request, o *Opening, names map[string]string) openingRow {
	state := o.state(r.Now.Unix())
	return openingRow{ID: o.ID, Person: o.Person, Asker: names[o.Asker], Reason: o.Reason, Asked: o.Asked, State: state, Second: names[o.Second], Until: o.Until,
		Answer: state == "waiting" && Second(r.Visitor, o.Asker) == nil, End: state == "open"}
}

// ask keeps a request. Any well-formed id is taken, and answered alike.
func (m *Room) ask(r *web.Request) (web.Answer, error) {
	if err := person(r); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	id := f.Text("person", 40)
	if !personForm.MatchString(id) {
		f.Fault("person", "Enter the person's id: P and twelve letters or digits")
	}
	reason := reasonOf(f)
	if !f.OK() {
		v, err := m.sealedView(r, sealedView{Person: id, Reason: reason, Errors: f.Errors})
		if err != nil {
			return nil, err
		}
		return v.Faulty(f), nil
	}
	o := &Opening{Person: id, Asker: r.Visitor.ID, Councils: r.Visitor.Councils, Reason: reason, Asked: r.Now.Unix()}
	err = m.write(r, func(tx *db.Tx) error {
		if err := addOpening(tx, o); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "ask-opening", Object: openingThing(o.ID), Line: "Asked to open a person: " + reason})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/sealed", "Asked. Somebody else who may has to agree within a day"), nil
}

func (m *Room) agree(r *web.Request) (web.Answer, error) {
	return m.answer(r, "agree-opening", "Agreed that a person is opened", r.Now.Add(OpeningTime).Unix(), "Opened for 60 minutes")
}

func (m *Room) refuse(r *web.Request) (web.Answer, error) {
	return m.answer(r, "refuse-opening", "Refused that a person is opened", 0, "Refused")
}

// answer keeps what a second person said to a request.
func (m *Room) answer(r *web.Request, verb, line string, until int64, saying string) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	err = m.write(r, func(tx *db.Tx) error {
		o, err := oneOpening(tx, id)
		if err != nil {
			return err
		}
		if !o.seenBy(r.Visitor) {
			return fmt.Errorf("find opening: %w", reeve.NotFound)
		}
		if err := Second(r.Visitor, o.Asker); err != nil {
			return err
		}
		if o.state(r.Now.Unix()) != "waiting" {
			return fmt.Errorf("answer opening: %w", reeve.Conflict)
		}
		if err := answerOpening(tx, id, r.Visitor.ID, r.Now.Unix(), until); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: verb, Object: openingThing(id), Line: line})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/sealed", saying), nil
}

// endOpening closes what is open: anybody who may open may, as that is the safe
// side.
func (m *Room) endOpening(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	err = m.write(r, func(tx *db.Tx) error {
		o, err := oneOpening(tx, id)
		if err == nil && !o.seenBy(r.Visitor) {
			err = fmt.Errorf("find opening: %w", reeve.NotFound)
		}
		if err != nil {
			return err
		}
		if err := endOpening(tx, id, r.Now.Unix()); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "end-opening", Object: openingThing(id), Line: "Ended an opening"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/sealed", "Closed again"), nil
}

func (m *Room) openingCard(ctx context.Context, v *web.Visitor) (card web.CardText, err error) {
	var n int
	err = m.read(ctx, func(tx *db.Tx) (err error) {
		n, err = countWaiting(tx, m.Now().Add(-askTime).Unix())
		return err
	})
	if n == 0 || v.Councils != nil || err != nil {
		return web.CardText{}, err
	}
	return web.CardText{Title: "Sealed people", Big: strconv.Itoa(n), Text: "requests to open one wait for somebody else to agree", Path: "/sealed", Alarm: true}, nil
}
