package report

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// beginReturn begins a return for a council, filled from the facts that may be
// used for it.
func (m *Room) beginReturn(r *web.Request) (web.Answer, error) {
	x, ok := formOf(r.Part("kind"))
	if !ok {
		return nil, fmt.Errorf("find form: %w", reeve.NotFound)
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.returnsView(r, x.Kind)
	if err != nil {
		return nil, err
	}
	n := Filing{Kind: x.Kind, Mark: marking{v.Councils, v.Forms[0].Levels}.read(f), Answers: answers{}}
	if !f.OK() {
		return returnsPage.With(x.To, v).Faulty(f), nil
	}
	if err := must(r, web.Write, web.ObjectReturn, n.Mark); err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := addReturn(tx, &n, authorOf(r)); err != nil {
			return record.Leaf{}, err
		}
		if err := n.prefill(tx, incident.SightOf(r, web.ObjectFact).Leaving()); err != nil {
			return record.Leaf{}, err
		}
		return n.begin(tx, authorOf(r))
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path()+"/edit", "Begun, and filled from the facts. Read every answer."), nil
}

// begin adds the version as a draft that cites its facts.
func (f *Filing) begin(tx *db.Tx, by author) (record.Leaf, error) {
	if err := addFiling(tx, f, by); err != nil {
		return record.Leaf{}, err
	}
	return f.leaf("begin-return", "begun"), f.cite(tx, by)
}

// leaf names an act on the version.
func (f Filing) leaf(verb, words string) record.Leaf {
	return record.Leaf{Verb: verb, Object: fmt.Sprintf("return:%d", f.ID), Digest: f.sum(), Line: fmt.Sprintf("return to %s, version %d: %s", f.form().To, f.Number, words)}
}

// prefill answers what the facts answer: claims on the topics of a question, one
// in a line. A fact that another contradicts is left to people. The awareness
// of the council and its name come from the incident too.
func (f *Filing) prefill(tx *db.Tx, s incident.Sight) error {
	facts, err := incident.FactsSeen(tx, f.form().Audience, s)
	if err != nil {
		return err
	}
	facts = slices.DeleteFunc(facts, func(x incident.FactLine) bool { return !f.mayHold(x.Mark) })
	for _, p := range f.form().Parts {
		for _, q := range p.Questions {
			f.fillFrom(q, facts)
		}
	}
	slices.Sort(f.Facts)
	f.Facts = slices.Compact(f.Facts)
	return f.fillCouncil(tx)
}

// mayHold reports whether a fact may stand in the return: whoever sees the one
// may see the other.
func (f Filing) mayHold(k incident.Mark) bool {
	switch k.TLP {
	case incident.Clear, incident.Green:
		return slices.Index(incident.TLPs, f.TLP) >= slices.Index(incident.TLPs, k.TLP)
	case incident.Amber:
		return f.TLP == incident.Amber && (k.Council == "" || k.Council == f.Council) || f.TLP == incident.AmberStrict || f.TLP == incident.Red
	case incident.AmberStrict:
		return (f.TLP == incident.AmberStrict || f.TLP == incident.Red) && k.Council == f.Council
	}
	return false
}

func (f *Filing) fillFrom(q question, facts []incident.FactLine) {
	var said []string
	for _, x := range facts {
		if x.Disputed || x.Sort == "unknown" || !speaksOf(x.Topic, q.Topics) || x.Council != "" && f.Council != "" && x.Council != f.Council {
			continue
		}
		said = append(said, x.Claim)
		f.Facts = append(f.Facts, x.Version)
	}
	if said != nil && (q.As == asText || q.As == asLine) {
		f.Answers[q.Key] = strings.Join(said, "\n")
	}
}

// speaksOf reports whether a fact's topic is one of those named or a part of it,
// whatever the case: "services: housing benefit" is a part of "services".
func speaksOf(topic string, topics []string) bool {
	topic, _, _ = strings.Cut(topic, ":")
	return slices.ContainsFunc(topics, func(t string) bool { return strings.EqualFold(t, strings.TrimSpace(topic)) })
}

// fillCouncil answers who reports, and since when the council has been aware.
func (f *Filing) fillCouncil(tx *db.Tx) error {
	councils, err := incident.Councils(tx)
	if err != nil {
		return err
	}
	for _, c := range councils {
		if f.form().Clock && c.Code == f.Council {
			f.Answers["organisation"] = c.Name
		}
	}
	return f.awareNow(tx)
}

// awareNow reads since when the council has been aware, as it was last decided.
func (f *Filing) awareNow(tx *db.Tx) error {
	if !f.form().Clock {
		return nil
	}
	at, err := incident.AwareSince(tx, f.Council)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	f.Aware = at
	return err
}

// cite tells the ledger which facts the version rests on.
func (f Filing) cite(tx *db.Tx, by author) error {
	o := f.object()
	o.Owner, o.OwnerName, o.Mark, o.At = by.ID, by.Name, f.Mark, by.At
	for _, n := range f.Facts {
		if err := incident.Cite(tx, n, o); err != nil {
			return err
		}
	}
	return nil
}

// signReturn puts the visitor's name under a version. The second name approves
// it.
func (m *Room) signReturn(r *web.Request) (web.Answer, error) {
	v, f, err := m.returnForm(r, web.Approve)
	if err != nil {
		return nil, err
	}
	if v.State != draft || len(v.Faults) > 0 {
		return nil, reeve.WithHint(fmt.Errorf("sign return: %w", reeve.Invalid), cmp.Or(strings.Join(v.Faults, " "), "it is approved already"))
	}
	if v.signedBy(r.Visitor.ID) {
		return nil, reeve.WithHint(fmt.Errorf("sign return: %w", reeve.Invalid), "you have signed it: somebody else signs too")
	}
	n := v.Filing
	n.Edit = f.Number("version", "Open the page again", 1, 1<<53)
	saying := "Signed. One more person has to sign it."
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := addSign(tx, n, sign{r.Visitor.ID, r.Visitor.Name, r.Now.Unix(), n.sum()}); err != nil {
			return record.Leaf{}, err
		}
		if len(n.Signed)+1 >= signers {
			n.Edit, saying = n.Edit+1, "Signed and approved. It can be sent now."
			return n.leaf("approve-return", "signed by the second person and approved"), moveFiling(tx, n, draft, approved)
		}
		return n.leaf("sign-return", "signed"), nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path(), saying), nil
}

// returnForm reads a version and a form for an act on it that the policy must
// allow for its mark.
func (m *Room) returnForm(r *web.Request, verb web.Verb) (v returnView, f *web.Form, err error) {
	if f, err = r.Fields(); err != nil {
		return v, f, err
	}
	if v, err = m.returnView(r); err == nil {
		err = must(r, verb, web.ObjectReturn, v.Mark)
	}
	return v, f, err
}

// reopenReturn makes an approved version a draft again; the signatures fall.
func (m *Room) reopenReturn(r *web.Request) (web.Answer, error) {
	v, f, err := m.returnForm(r, web.Write)
	if err != nil {
		return nil, err
	}
	n := v.Filing
	n.Edit = f.Number("version", "Open the page again", 1, 1<<53)
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := moveFiling(tx, n, approved, draft); err != nil {
			return record.Leaf{}, err
		}
		return n.leaf("reopen-return", "opened again; its signatures fell"), dropSigns(tx, n.ID)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path()+"/edit", "It is a draft again. Two people sign it anew."), nil
}

// sendReturn keeps when and how an approved version was sent.
func (m *Room) sendReturn(r *web.Request) (web.Answer, error) {
	v, f, err := m.returnForm(r, web.Write)
	if err != nil {
		return nil, err
	}
	v.Typed = sentForm{f.Said("day"), f.Said("time"), f.Said("how"), f.Said("reference")}
	n := v.Filing
	n.SentAt = pastIn(f, "day", "time", r.Now)
	n.SentHow, n.Reference = f.Need("how", lineLength, "Enter how it was sent, such as the online form"), f.Text("reference", lineLength)
	n.Edit = f.Number("version", "Open the page again", 1, 1<<53)
	if f.OK() && n.SentAt < n.signedLast() {
		f.Fault("day", "It cannot have been sent before the second person signed it, on "+shown(n.signedLast()))
	}
	if f.OK() && n.late(n.SentAt) && strings.TrimSpace(n.Answers["delay"]) == "" {
		f.Fault("day", "This is more than 72 hours after the council became aware: open it again and say why it is late")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return returnOnePage.With(v.Title(), v).Faulty(f), nil
	}
	n.Digest = n.sum()
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := markSent(tx, n, authorOf(r)); err != nil {
			return record.Leaf{}, err
		}
		return n.leaf("send-return", "sent on "+shown(n.SentAt)), n.cite(tx, authorOf(r))
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path(), "It is kept as sent and will not change any more."), nil
}

// signedLast is when the second person signed, at the minute that people type.
func (f Filing) signedLast() (at int64) {
	for _, s := range f.Signed {
		at = max(at, s.At)
	}
	return at / 60 * 60
}

// nextReturn begins the next version of a return that was sent: a follow-up,
// with the answers of the last and the facts as they stand now.
func (m *Room) nextReturn(r *web.Request) (web.Answer, error) {
	v, _, err := m.returnForm(r, web.Write)
	if err != nil {
		return nil, err
	}
	if v.State != sent || !v.Last {
		return nil, reeve.WithHint(fmt.Errorf("begin next version: %w", reeve.Invalid), "only the newest version, once it was sent, is followed by another")
	}
	n := Filing{Return: v.Return, Kind: v.Kind, Mark: v.Mark, Follow: v.form().Phased, Answers: answers{}, Aware: v.Aware}
	for key, a := range v.Answers {
		n.Answers[key] = a
	}
	if n.Answers["case_reference"] == "" {
		n.Answers["case_reference"] = v.Reference
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		for _, c := range v.Cited {
			if c.Stands {
				n.Facts = append(n.Facts, c.Version)
			}
		}
		if err := n.awareNow(tx); err != nil {
			return record.Leaf{}, err
		}
		return n.begin(tx, authorOf(r))
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(n.Path()+"/edit", "The next version is begun with the answers of the last. Choose the list version anew."), nil
}

// momentWords is a moment that was answered, kept as UTC seconds in digits.
func momentWords(answer string) string {
	at, err := strconv.ParseInt(answer, 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(at, 0).In(london).Format("2 January 2006, 15:04")
}
