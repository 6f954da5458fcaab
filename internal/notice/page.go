package notice

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Sections are the pages of the room.
func (m *Room) Sections() []web.Section {
	n := web.ObjectNotice
	return []web.Section{{
		Title: "Notices", Path: "/notices", Order: 75, Object: n,
		Links: []web.Link{{Title: "Runs", Path: "/notices"}, {Title: "Delivery", Path: "/notices/delivery"}, {Title: "Channels", Path: "/notices/channels"}, {Title: "By hand", Path: "/notices/hand"},
			{Title: "Children and estates", Path: "/notices/decisions"}, {Title: "Never write to", Path: "/notices/suppression"},
			{Title: "Templates", Path: "/notices/templates"}, {Title: "Wording", Path: "/notices/wording"},
			{Title: "Languages", Path: "/notices/languages"}, {Title: "Other formats", Path: "/notices/formats"}},
		Routes: []web.Route{
			{Pattern: "GET /notices", Verb: web.See, Object: n, Do: m.runs},
			{Pattern: "GET /notices/new", Verb: web.Write, Object: n, Do: m.newRun},
			{Pattern: "POST /notices/runs", Verb: web.Write, Object: n, Do: m.makeRun},
			{Pattern: "GET /notices/new/homes", Verb: web.Write, Object: n, Do: m.newHomesRun},
			{Pattern: "POST /notices/homes", Verb: web.Write, Object: n, Do: m.makeHomesRun},
			{Pattern: "GET /notices/runs/{id}", Verb: web.See, Object: n, Do: m.runPage},
			{Pattern: "GET /notices/runs/{id}/letters", Verb: web.See, Object: n, Do: m.letters},
			{Pattern: "GET /notices/runs/{id}/letters/{n}/pdf", Verb: web.SeePersonal, Object: n, Do: m.letterFile},
			{Pattern: "GET /notices/runs/{id}/bundle", Verb: web.Export, Object: n, Do: m.bundle},
			{Pattern: "POST /notices/runs/{id}/freeze", Verb: web.Write, Object: n, Do: m.doFreeze},
			{Pattern: "POST /notices/runs/{id}/sign", Verb: web.Approve, Object: n, Do: m.doSign},
			{Pattern: "POST /notices/runs/{id}/test", Verb: web.Write, Object: n, Do: m.doTest},
			{Pattern: "POST /notices/runs/{id}/start", Verb: web.Approve, Object: n, Do: m.doStart},
			{Pattern: "POST /notices/runs/{id}/pause", Verb: web.Write, Object: n, Do: m.doPause},
			{Pattern: "POST /notices/runs/{id}/stop", Verb: web.Write, Object: n, Do: m.doStop},
			{Pattern: "GET /notices/delivery", Verb: web.See, Object: n, Do: m.delivery},
			{Pattern: "GET /notices/delivery/figures", Verb: web.See, Object: n, Do: m.figures},
			{Pattern: "GET /notices/channels", Verb: web.See, Object: n, Do: m.channels},
			{Pattern: "POST /notices/channels/ask", Verb: web.Write, Object: n, Do: m.askChannels},
			{Pattern: "POST /notices/channels/{name}/check", Verb: web.Write, Object: n, Do: m.checkChannel},
			{Pattern: "POST /notices/channels/{name}/test", Verb: web.Write, Object: n, Do: m.testChannel},
			{Pattern: "POST /notices/doubts/{reference}", Verb: web.Write, Object: n, Do: m.settleDoubt},
			{Pattern: "GET /notices/hand", Verb: web.See, Object: n, Do: m.hand},
			{Pattern: "GET /notices/hand/{id}", Verb: web.See, Object: n, Do: m.handRun},
			{Pattern: "POST /notices/hand/{id}/rounds", Verb: web.Write, Object: n, Do: m.makeRound},
			{Pattern: "GET /notices/rounds/{id}", Verb: web.See, Object: n, Do: m.round},
			{Pattern: "GET /notices/rounds/{id}/pdf", Verb: web.SeePersonal, Object: n, Do: m.roundPDF},
			{Pattern: "GET /notices/rounds/{id}/docx", Verb: web.SeePersonal, Object: n, Do: m.roundDOCX},
			{Pattern: "GET /notices/rounds/{id}/letters", Verb: web.SeePersonal, Object: n, Do: m.roundLetters},
			{Pattern: "POST /notices/rounds/{id}/received", Verb: web.Write, Object: n, Do: m.received},
			{Pattern: "GET /notices/runs/{id}/people/{n}", Verb: web.See, Object: n, Do: m.tellOne},
			{Pattern: "POST /notices/runs/{id}/people/{n}/take", Verb: web.Write, Object: n, Do: m.takeCall},
			{Pattern: "POST /notices/runs/{id}/people/{n}/verified", Verb: web.Write, Object: n, Do: m.verify},
			{Pattern: "POST /notices/runs/{id}/people/{n}/outcome", Verb: web.Write, Object: n, Do: m.endTry},
			{Pattern: "POST /notices/runs/{id}/people/{n}/withdraw", Verb: web.Write, Object: n, Do: m.takeBack},
			{Pattern: "GET /notices/decisions", Verb: web.See, Object: n, Do: m.decisions},
			{Pattern: "POST /notices/decisions", Verb: web.Approve, Object: n, Do: m.decide},
			{Pattern: "POST /notices/decisions/{id}/end", Verb: web.Approve, Object: n, Do: m.endDecision},
			{Pattern: "GET /notices/suppression", Verb: web.See, Object: n, Do: m.suppression},
			{Pattern: "POST /notices/suppression", Verb: web.Write, Object: n, Do: m.suppress},
			{Pattern: "POST /notices/suppression/homes", Verb: web.Write, Object: n, Do: m.suppressHome},
			{Pattern: "POST /notices/suppression/{id}/lift", Verb: web.Approve, Object: n, Do: m.lift},
			{Pattern: "GET /notices/templates", Verb: web.See, Object: n, Do: m.templates},
			{Pattern: "GET /notices/templates/{name}", Verb: web.See, Object: n, Do: m.templatePage},
			{Pattern: "POST /notices/templates/{name}", Verb: web.Write, Object: n, Do: m.writeTemplate},
			{Pattern: "POST /notices/templates/{name}/{number}/release", Verb: web.Approve, Object: n, Do: m.releaseTemplate},
			{Pattern: "GET /notices/wording", Verb: web.See, Object: n, Do: m.wording},
			{Pattern: "POST /notices/wording", Verb: web.Write, Object: n, Do: m.writeWording},
			{Pattern: "GET /notices/languages", Verb: web.See, Object: n, Do: m.languages},
			{Pattern: "GET /notices/languages/open", Verb: web.See, Object: n, Do: m.openLanguage},
			{Pattern: "GET /notices/languages/{code}", Verb: web.See, Object: n, Do: m.language},
			{Pattern: "POST /notices/languages/{code}", Verb: web.Write, Object: n, Do: m.writeLanguage},
			{Pattern: "POST /notices/languages/{code}/{number}/release", Verb: web.Approve, Object: n, Do: m.releaseLanguage},
			{Pattern: "GET /notices/formats", Verb: web.See, Object: n, Do: m.formList},
			{Pattern: "GET /notices/formats/{id}/{n}/text", Verb: web.SeePersonal, Object: n, Do: m.formText},
			{Pattern: "POST /notices/formats/{id}/{n}/sent", Verb: web.Write, Object: n, Do: m.formSent},
		},
		Cards: []web.Card{{Object: n, Order: 70, Make: m.card}},
	}, m.tellingSection()}
}

// card says on the start page what waits for a signature and what is under way.
func (m *Room) card(ctx context.Context, v *web.Visitor) (web.CardText, error) {
	var sign, sending, back int64
	err := m.db.Read(ctx, func(tx *db.Tx) error {
		runs, err := readRuns(tx)
		for _, r := range runs {
			if !sees(v, r.Council) {
				continue
			}
			switch r.State {
			case Checked:
				sign++
			case Sending:
				sending++
			}
		}
		if err == nil && v.Councils == nil {
			back, err = countGone(tx)
		}
		return err
	})
	text := fmt.Sprintf("%d runs wait for signatures, %d are under way.", sign, sending)
	if back > 0 {
		text += fmt.Sprintf(" %d notices came back or failed.", back)
	}
	return web.CardText{Title: "Notices", Big: fmt.Sprint(sign + sending), Text: text, Path: "/notices", Alarm: sign > 0}, err
}

// sees tells whether a visitor may see what is a council's. A run over the whole
// case is for those who see the whole case.
func sees(v *web.Visitor, council string) bool {
	if v.Councils == nil {
		return true
	}
	for _, c := range v.Councils {
		if council != "" && c == council {
			return true
		}
	}
	return false
}

// runOf reads the run of a request; one of another council's is not there.
func (m *Room) runOf(r *web.Request) (x run, err error) {
	id, err := r.Number("id")
	if err != nil {
		return x, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { x, err = readRun(tx, id); return err })
	if err == nil && !sees(r.Visitor, x.Council) {
		err = fmt.Errorf("find run: %w", reeve.NotFound)
	}
	return x, err
}
