package review

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) holdSection() web.Section {
	return web.Section{
		Title: "End of the case", Path: "/hold", Order: 80, Object: web.ObjectHold,
		Routes: []web.Route{
			{Pattern: "GET /hold", Verb: web.See, Object: web.ObjectHold, Do: m.holdPage},
			{Pattern: "POST /hold", Verb: web.Write, Object: web.ObjectHold, Do: m.placeHold},
			{Pattern: "POST /hold/{id}/confirm", Verb: web.Approve, Object: web.ObjectHold, Do: m.confirmHold},
			{Pattern: "POST /hold/{id}/lift", Verb: web.Write, Object: web.ObjectHold, Do: m.askLift},
			{Pattern: "POST /hold/{id}/lifted", Verb: web.Approve, Object: web.ObjectHold, Do: m.agreeLift},
			{Pattern: "POST /hold/retention", Verb: web.Write, Object: web.ObjectHold, Do: m.setRetention},
			{Pattern: "POST /destroy", Verb: web.Delete, Object: web.ObjectHold, Do: m.askDestroy},
			{Pattern: "POST /destroy/{id}/sign", Verb: web.Approve, Object: web.ObjectHold, Do: m.signDestroy},
			{Pattern: "POST /destroy/{id}/withdraw", Verb: web.Write, Object: web.ObjectHold, Do: m.withdrawDestroy},
			{Pattern: "GET /destroy/{id}/certificate", Verb: web.See, Object: web.ObjectHold, Do: m.certificateFile},
		},
		Cards: []web.Card{{Object: web.ObjectHold, Order: 85, Make: m.retentionCard}},
	}
}

var holdPage = web.NewPage[holdView](pages, "hold.html")

// holdView is the end of the case: what forbids deletions, until when what is
// kept, and what was destroyed.
type holdView struct {
	Holds   []hold            `json:"holds"`
	Held    bool              `json:"held"` // a hold forbids every deletion
	Layers  []layerLine       `json:"layers"`
	Destroy []destruction     `json:"destructions"`
	Me      string            `json:"-"`
	Writes  bool              `json:"-"`
	Signs   bool              `json:"-"`
	Deletes bool              `json:"-"`
	Choices []choice          `json:"-"`
	Next    *choice           `json:"-"` // the layer that may be destroyed next
	Typed   map[string]string `json:"-"`
	Errors  []web.FieldError  `json:"-"`
}

// layerLine is a layer with what holds of it.
type layerLine struct {
	Layer string      `json:"layer"`
	Words string      `json:"words"`
	Gone  int64       `json:"destroyed"` // when; 0: it is there
	Rule  *retention  `json:"retention"` // nil: nobody has said
	Due   bool        `json:"due"`
	Log   []retention `json:"history"`
}

// layerDecisions is the layer that no command destroys: what was decided and why
// is kept as long as anybody may ask, and goes with the whole case.
const layerDecisions = "decisions"

// layerOrder is the layers in the order in which they are destroyed.
var layerOrder = []string{string(sweep.LayerText), string(sweep.LayerValues), string(sweep.LayerList), layerDecisions}

var keptTable = map[string]string{
	string(sweep.LayerText):   "Text: what was read in the files, and the search over it",
	string(sweep.LayerValues): "Values: what was found, names of files, rows of the registers",
	string(sweep.LayerList):   "List: people, households, and the rows of all list versions",
	layerDecisions:            "Decisions: verdicts, approvals and their reasons, and the record",
}

// What happens to a layer when its time is over.
const (
	happensDestroy = "destroy"
	happensReview  = "review"
)

// Words says what happens.
func (r *retention) Words() string {
	if r.Happens == happensDestroy {
		return "to be destroyed"
	}
	return "to be looked at again"
}

// State says how a hold stands.
func (h hold) State() string {
	switch {
	case h.LiftedAt > 0:
		return "lifted"
	case h.LiftAt > 0:
		return "holds; one of two wants to lift it"
	case h.SecondAt == 0:
		return "holds; a second person has to confirm it"
	}
	return "holds"
}

func (m *Room) holdView(r *web.Request) (v holdView, err error) {
	if err = wholeCase(r); err != nil {
		return v, err
	}
	gone, err := m.kase.Forgotten(r.Context())
	if err != nil {
		return v, err
	}
	rules := make(map[string][]retention)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Holds, err = readHolds(tx); err != nil {
			return err
		}
		all, err := readRetention(tx)
		if err != nil {
			return err
		}
		for _, one := range all {
			rules[one.Layer] = append(rules[one.Layer], one)
		}
		v.Destroy, err = readDestructions(tx)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read the end of the case: %w", err)
	}
	today := reeve.DateOf(r.Now).String()
	for _, layer := range layerOrder {
		line := layerLine{Layer: layer, Words: keptTable[layer], Gone: gone[sweep.Layer(layer)], Log: rules[layer]}
		if len(line.Log) > 0 {
			line.Rule = &line.Log[0]
			line.Due = line.Gone == 0 && line.Rule.Until <= today
		}
		v.Layers = append(v.Layers, line)
		if line.Gone == 0 && v.Next == nil && layer != layerDecisions {
			v.Next = &choice{layer, line.Words}
		}
	}
	v.Held = slices.ContainsFunc(v.Holds, func(h hold) bool { return h.LiftedAt == 0 })
	v.Me, v.Choices = r.Visitor.ID, each(layerOrder, func(l string) choice { return choice{l, keptTable[l]} })
	v.Writes, v.Signs, v.Deletes = mayHold(r, web.Write), mayHold(r, web.Approve), mayHold(r, web.Delete)
	v.Typed = make(map[string]string)
	return v, nil
}

func mayHold(r *web.Request, verb web.Verb) bool {
	return r.May(web.Act{Verb: verb, Object: web.ObjectHold})
}

func (v holdView) page() *web.View { return holdPage.With("End of the case", v) }

func (m *Room) holdPage(r *web.Request) (web.Answer, error) {
	v, err := m.holdView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// holdForm reads the page and the form, and gives the form back with its faults
// where there are any.
func (m *Room) holdForm(r *web.Request, read func(f *web.Form)) (v holdView, again web.Answer, err error) {
	if v, err = m.holdView(r); err != nil {
		return v, nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return v, nil, err
	}
	read(f)
	if f.OK() {
		return v, nil, nil
	}
	v.Errors = f.Errors
	for name := range r.PostForm {
		v.Typed[name] = f.Said(name)
	}
	return v, v.page().Faulty(f), nil
}

// placeHold forbids every deletion at once. A second person confirms it, which
// changes nothing but who answers for it.
func (m *Room) placeHold(r *web.Request) (web.Answer, error) {
	h := hold{By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	_, again, err := m.holdForm(r, func(f *web.Form) {
		h.Why = f.Need("hold", noteLength, "Say what the hold is for: the claim, inquiry or order")
	})
	if again != nil || err != nil {
		return again, err
	}
	return m.holdAct(r, "Nothing can be destroyed now. A second person has to confirm the hold.", func(tx *db.Tx) (record.Leaf, error) {
		err := addHold(tx, &h)
		return record.Leaf{Verb: "hold", Object: holdThing(h.ID), Line: fmt.Sprintf("placed hold %d: every deletion is forbidden", h.ID)}, err
	})
}

func holdThing(id int64) string { return "hold:" + strconv.FormatInt(id, 10) }

func (m *Room) holdAct(r *web.Request, saying string, do func(tx *db.Tx) (record.Leaf, error)) (web.Answer, error) {
	if err := m.act(r, do); err != nil {
		return nil, err
	}
	return web.Redirect("/hold", saying), nil
}

// signHold is a signature on a hold as it was seen. sign says whether it fits.
func (m *Room) signHold(r *web.Request, verb, saying string, sign func(h *hold) error) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "", 1, 1<<53)
	if !f.OK() {
		return nil, fmt.Errorf("sign hold: %w", reeve.Invalid)
	}
	return m.holdAct(r, saying, func(tx *db.Tx) (record.Leaf, error) {
		h, err := readHold(tx, id)
		if err != nil {
			return record.Leaf{}, err
		}
		h.Version = seen
		if err := sign(&h); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: verb, Object: holdThing(id), Line: fmt.Sprintf("%s %d: it %s", verb, id, h.State())}, keepHold(tx, &h)
	})
}

var (
	errHoldOver  = reeve.WithHint(fmt.Errorf("sign hold: %w", reeve.Conflict), "It does not stand as you saw it. Look again.")
	errHoldTwice = reeve.WithHint(fmt.Errorf("sign hold: %w", reeve.Denied), "You have signed this: the other signature is somebody else’s.")
)

func (m *Room) confirmHold(r *web.Request) (web.Answer, error) {
	return m.signHold(r, "confirm-hold", "Confirmed.", func(h *hold) error {
		switch {
		case h.LiftedAt > 0 || h.SecondAt > 0:
			return errHoldOver
		case h.By == r.Visitor.ID:
			return errHoldTwice
		}
		h.Second, h.SecondName, h.SecondAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
		return nil
	})
}

// askLift is the first of two signatures that lift a hold; it goes on holding.
func (m *Room) askLift(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	var why string
	_, again, err := m.holdForm(r, func(f *web.Form) { why = f.Need("lift-"+id, noteLength, "Say why the hold is over") })
	if again != nil || err != nil {
		return again, err
	}
	return m.signHold(r, "ask-lift-hold", "The hold goes on until a second person agrees.", func(h *hold) error {
		if h.LiftedAt > 0 || h.LiftAt > 0 {
			return errHoldOver
		}
		h.Lift, h.LiftName, h.LiftAt, h.LiftWhy = r.Visitor.ID, r.Visitor.Name, r.Now.Unix(), why
		return nil
	})
}

func (m *Room) agreeLift(r *web.Request) (web.Answer, error) {
	return m.signHold(r, "lift-hold", "The hold is lifted.", func(h *hold) error {
		switch {
		case h.LiftedAt > 0 || h.LiftAt == 0:
			return errHoldOver
		case h.Lift == r.Visitor.ID:
			return errHoldTwice
		}
		h.Lifted, h.LiftedName, h.LiftedAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
		return nil
	})
}

// setRetention says until when a layer is kept. Nothing is destroyed by itself:
// when the day comes, the start page says so.
func (m *Room) setRetention(r *web.Request) (web.Answer, error) {
	one := retention{ByName: r.Visitor.Name, At: r.Now.Unix()}
	_, again, err := m.holdForm(r, func(f *web.Form) {
		one.Layer = f.Choice("layer", "Choose what is kept", layerOrder...)
		one.Until = f.Text("until", 10)
		if day, err := time.Parse(time.DateOnly, one.Until); err != nil || day.Year() < 2000 || day.Year() > 2200 {
			f.Fault("until", "Enter the day, such as 2032-01-31")
		}
		one.Happens = f.Choice("happens", "Choose what happens then", happensDestroy, happensReview)
		one.Why = f.Need("retention_why", noteLength, "Say on what rule or decision this rests")
	})
	if again != nil || err != nil {
		return again, err
	}
	return m.holdAct(r, "Kept until that day.", func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "set-retention", Object: "layer:" + one.Layer, Line: fmt.Sprintf("layer %s is kept until %s, then %s", one.Layer, one.Until, one.Words())},
			addRetention(tx, one, r.Visitor.ID)
	})
}
