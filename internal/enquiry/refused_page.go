package enquiry

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) refusedSection() web.Section {
	return web.Section{
		Routes: []web.Route{
			{Pattern: "GET /enquiries/refused", Verb: web.See, Object: web.ObjectEnquiry, Do: m.refusedList},
			{Pattern: "POST /enquiries/refused", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.settleRefused},
		},
		Cards: []web.Card{{Object: web.ObjectEnquiry, Order: 91, Make: m.refusedCard}},
	}
}

var refusedPage = web.NewPage[refusedView](pages, "refused.html")

// refusedView is what came and could not be taken in.
type refusedView struct {
	Files []asideFile `json:"files"`
	May   bool        `json:"-"`
}

func (m *Room) refusedList(r *web.Request) (web.Answer, error) {
	files, err := m.aside()
	if err != nil {
		return nil, err
	}
	return refusedPage.With("What could not be taken in", refusedView{Files: files, May: mayWrite(r, "") == nil}), nil
}

// settleRefused is that somebody looked at a file and did what was to be done.
func (m *Room) settleRefused(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	name, what := f.Text("name", 200), f.Text("what", 300)
	if what == "" || !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("settle what was refused: %w", reeve.Invalid), "say what became of it, in a sentence")
	}
	if err := mayWrite(r, ""); err != nil {
		return nil, err
	}
	err = m.act(r, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "settle", Object: "refused:" + name, Line: "Settled something that could not be taken in. " + what}, m.settle(name)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/enquiries/refused", "Settled"), nil
}

// refusedCard says on the start page that somebody may wait for an answer whose
// message nobody has seen.
func (m *Room) refusedCard(context.Context, *web.Visitor) (text web.CardText, err error) {
	files, err := m.aside()
	if err != nil || len(files) == 0 {
		return text, err
	}
	return web.CardText{Title: "Could not be taken in", Text: fmt.Sprintf("%d messages or forms could not be read and wait for a person.", len(files)), Path: "/enquiries/refused", Alarm: true}, nil
}
