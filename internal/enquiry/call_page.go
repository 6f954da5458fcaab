package enquiry

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) callSection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /calls", Verb: web.See, Object: web.ObjectEnquiry, Do: m.callForm},
		{Pattern: "POST /calls", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.callCheck},
	}}
}

var callPage = web.NewPage[callView](pages, "call.html")

// callView is the agent's screen while somebody calls: find what they wrote by
// its reference, check who they are, and read out what may be said. It holds
// nothing of what the case knows, but the kinds that Say allows to name.
type callView struct {
	Typed   typedForm        `json:"-"`
	Born    string           `json:"-"`
	Shown   bool             `json:"-"` // a photo document was shown
	Checked bool             `json:"checked"`
	Call    int64            `json:"call"` // number of the check
	Said    spoken           `json:"said"`
	Scripts []Script         `json:"-"`
	Letters bool             `json:"-"` // references of letters can be checked
	Errors  []web.FieldError `json:"-"`
}

func (m *Room) callForm(r *web.Request) (web.Answer, error) {
	scripts, err := m.scriptsNow(r)
	return callPage.With("Somebody calls", callView{Scripts: scripts, Letters: m.Letters != nil, Typed: typedForm{Channel: string(ByPhone)}}), err
}

// callCheck checks what a caller said and shows what may be said to them. What
// they said is given back into the form and kept nowhere.
func (m *Room) callCheck(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	if err := mayWrite(r, ""); err != nil {
		return nil, err
	}
	said, v := m.readCaller(f)
	if v.Scripts, err = m.scriptsNow(r); err != nil {
		return nil, err
	}
	if !f.OK() {
		v.Errors = f.Errors
		return callPage.With("Somebody calls", v).Faulty(f), nil
	}
	var check int64
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		check, err = countCheck(tx, r.Visitor.ID, said.postcode, said.way, r.Now.Unix())
		return record.Leaf{Verb: "check-caller", Object: fmt.Sprintf("call:%d", check), Line: fmt.Sprintf("Checked who calls, call %d", check)}, err
	})
	if err != nil {
		return nil, err
	}
	speech, err := m.hear(r, said, check)
	if err != nil {
		return nil, err
	}
	v.Checked, v.Call, v.Said = true, check, speech
	return callPage.With("Somebody calls", v), nil
}

func (m *Room) readCaller(f *web.Form) (said caller, v callView) {
	t := typedForm{Name: f.Text("name", 200), Postcode: f.Text("postcode", 12), Letter: f.Text("letter", 40), Channel: f.Choice("way", "Choose how they are in touch", string(ByPhone), string(ByCounter))}
	v = callView{Typed: t, Born: f.Text("born", 30), Shown: f.Ticked("document"), Letters: m.Letters != nil}
	if v.Born != "" {
		born, ok := lex.ParseDate(v.Born)
		if !ok || !born.Full() {
			f.Fault("born", "Enter the whole date of birth, such as 5 March 2001")
		}
		said.born = born
	}
	if t.Postcode != "" {
		norm, ok := lex.NormPostcode(t.Postcode)
		if !ok {
			f.Fault("postcode", "Enter a whole postcode")
		}
		said.postcode = norm
	}
	if v.Shown && t.Channel != string(ByCounter) {
		f.Fault("document", "A photo document can only be shown in person")
	}
	said.name, said.letter, said.document, said.way = reeve.Private(reeve.KindName, t.Name), t.Letter, v.Shown, Channel(t.Channel)
	return said, v
}

// hear puts together what a caller showed, and asks the policy. Whom a check
// verified is kept for the question that is taken down next.
func (m *Room) hear(r *web.Request, said caller, check int64) (spoken, error) {
	f, err := lookUp(r.Context(), m.kase, scopeOf(r.Visitor), said, r.Now)
	if err != nil {
		return spoken{}, err
	}
	letter, hers := false, false
	if m.Letters != nil && said.letter != "" {
		person, _, err := m.Letters.Letter(r.Context(), strings.TrimSpace(said.letter))
		if err != nil && !errors.Is(err, reeve.NotFound) {
			return spoken{}, err
		}
		letter = err == nil
		hers = letter && f.person != "" && person == f.person
	}
	level := levelOf(f.person != "", hers, said.document)
	if level == Verified {
		err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			return record.Leaf{Verb: "verify-caller", Object: fmt.Sprintf("call:%d", check), Line: fmt.Sprintf("Verified who calls, call %d", check)},
				keepCaller(tx, check, r.Visitor.ID, f.person, r.Now.Unix())
		})
		if err != nil {
			return spoken{}, err
		}
	}
	return wordsFor(Say(level, letter, f.standing, f.list, f.told), f.kinds), nil
}
