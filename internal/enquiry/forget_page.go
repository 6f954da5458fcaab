package enquiry

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) forgetSection() web.Section {
	return web.Section{
		Routes: []web.Route{
			{Pattern: "GET /enquiries/kept", Verb: web.See, Object: web.ObjectHold, Do: m.keptFor},
			{Pattern: "POST /enquiries/kept", Verb: web.Write, Object: web.ObjectHold, Do: m.keepRule},
			{Pattern: "POST /enquiries/kept/destroy", Verb: web.Delete, Object: web.ObjectHold, Do: m.askForget},
			{Pattern: "POST /enquiries/kept/{id}/sign", Verb: web.Approve, Object: web.ObjectHold, Do: m.signForget},
			{Pattern: "POST /enquiries/kept/{id}/withdraw", Verb: web.Write, Object: web.ObjectHold, Do: m.withdrawForget},
			{Pattern: "GET /enquiries/kept/{id}/certificate", Verb: web.See, Object: web.ObjectHold, Do: m.forgetCertificate},
		},
		Cards: []web.Card{{Object: web.ObjectHold, Order: 86, Make: m.forgetCard}},
	}
}

var forgetPage = web.NewPage[forgetView](pages, "forget.html")

// forgetView is how long what residents sent is kept, and what was destroyed.
type forgetView struct {
	Rules     []kept            `json:"rules"` // the newest first: it holds
	Held      bool              `json:"held"`
	Enquiries int64             `json:"enquiries_due"`
	Reports   int64             `json:"reports_due"`
	Destroy   []destruction     `json:"destructions"`
	Day       string            `json:"-"` // before which is proposed
	Me        string            `json:"-"`
	Writes    bool              `json:"-"`
	Signs     bool              `json:"-"`
	Deletes   bool              `json:"-"`
	Typed     map[string]string `json:"-"`
	Errors    []web.FieldError  `json:"-"`
}

// wholeCase refuses whoever sees some councils alone: one certificate is about
// all of them.
func wholeCase(r *web.Request) error {
	if r.Visitor.Councils != nil {
		return reeve.WithHint(fmt.Errorf("act on what is kept: %w", reeve.Denied), "This is about the whole case: it is for those who see every council.")
	}
	return nil
}

func (m *Room) forgetView(r *web.Request) (v forgetView, err error) {
	if err = wholeCase(r); err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Rules, err = readKept(tx); err != nil {
			return err
		}
		if v.Held, err = isHeld(tx); err != nil {
			return err
		}
		if len(v.Rules) > 0 {
			before := v.Rules[0].Cutoff(r.Now)
			v.Day = time.Unix(before, 0).In(london).Format(time.DateOnly)
			if v.Enquiries, v.Reports, err = countEnded(tx, before); err != nil {
				return err
			}
		}
		v.Destroy, err = readDestructions(tx)
		return err
	})
	may := func(verb web.Verb) bool { return r.May(web.Act{Verb: verb, Object: web.ObjectHold}) }
	v.Me, v.Writes, v.Signs, v.Deletes, v.Typed = r.Visitor.ID, may(web.Write), may(web.Approve), may(web.Delete), make(map[string]string)
	return v, err
}

const forgetTitle = "How long enquiries are kept"

func (m *Room) keptFor(r *web.Request) (web.Answer, error) {
	v, err := m.forgetView(r)
	if err != nil {
		return nil, err
	}
	return forgetPage.With(forgetTitle, v), nil
}

// forgetForm reads a form of the page, and gives the page back with the faults
// where there are any.
func (m *Room) forgetForm(r *web.Request, read func(f *web.Form, v forgetView)) (again web.Answer, err error) {
	v, err := m.forgetView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	if read(f, v); f.OK() {
		return nil, nil
	}
	v.Errors = f.Errors
	for name := range r.PostForm {
		v.Typed[name] = f.Said(name)
	}
	return forgetPage.With(forgetTitle, v).Faulty(f), nil
}

func (m *Room) forgetAct(r *web.Request, saying string, do func(tx *db.Tx) (record.Leaf, error)) (web.Answer, error) {
	if err := m.act(r, do); err != nil {
		return nil, err
	}
	return web.Redirect("/enquiries/kept", saying), nil
}

// keepRule says how long. Nothing is destroyed by itself.
func (m *Room) keepRule(r *web.Request) (web.Answer, error) {
	k := kept{ByName: r.Visitor.Name, At: r.Now.Unix()}
	again, err := m.forgetForm(r, func(f *web.Form, _ forgetView) {
		k.Months = f.Number("months", "Enter how many months, 1 to 240", 1, 240)
		k.Why = f.Need("kept_why", 300, "Say on what rule or decision this rests")
	})
	if again != nil || err != nil {
		return again, err
	}
	return m.forgetAct(r, "Kept so long.", func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "set-retention", Object: "enquiries", Line: fmt.Sprintf("enquiries and reports of scams are kept for %d months after they ended", k.Months)}, addKept(tx, k, r.Visitor.ID)
	})
}

// askForget is the first of two signatures.
func (m *Room) askForget(r *web.Request) (web.Answer, error) {
	d := destruction{State: destroyAsked, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	again, err := m.forgetForm(r, func(f *web.Form, v forgetView) {
		d.Ground = f.Choice("ground", "Choose the ground", grounds...)
		d.Why = f.Need("destroy_why", 300, "Say why it is destroyed now")
		day, err := time.ParseInLocation(time.DateOnly, f.Text("before", 10), london)
		switch {
		case err != nil || day.After(r.Now):
			f.Fault("before", "Enter a day that has come, such as 2026-01-31")
		case d.Ground == "retention" && (len(v.Rules) == 0 || day.Unix() > v.Rules[0].Cutoff(r.Now)):
			f.Fault("before", "The time of what ended so late is not over, or nobody has said how long it is kept")
		}
		d.Before = day.Unix()
		if f.Text("sure", 20) != "enquiries" {
			f.Fault("sure", "Type the word enquiries")
		}
	})
	if again != nil || err != nil {
		return again, err
	}
	return m.forgetAct(r, "A second person has to sign before anything is destroyed.", func(tx *db.Tx) (record.Leaf, error) {
		if err := mayDestroy(tx); err != nil {
			return record.Leaf{}, err
		}
		err := addDestruction(tx, &d)
		return record.Leaf{Verb: "ask-destroy", Object: d.Thing(), Line: "asked to destroy: " + d.What() + "; " + d.Because()}, err
	})
}

// forgetStep changes a request as it was seen.
func (m *Room) forgetStep(r *web.Request, saying string, do func(tx *db.Tx, d *destruction) (record.Leaf, error)) (web.Answer, error) {
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
		return nil, fmt.Errorf("sign a destruction: %w", reeve.Invalid)
	}
	return m.forgetAct(r, saying, func(tx *db.Tx) (record.Leaf, error) {
		d, err := oneDestruction(tx, "WHERE id = ?", id)
		if err != nil {
			return record.Leaf{}, err
		}
		if d.Version != seen || d.State != destroyAsked {
			return record.Leaf{}, fmt.Errorf("sign a destruction: %w", reeve.Conflict)
		}
		return do(tx, &d)
	})
}

// signForget is the second signature; a job then does it.
func (m *Room) signForget(r *web.Request) (web.Answer, error) {
	return m.forgetStep(r, "Signed by two. It is being destroyed.", func(tx *db.Tx, d *destruction) (record.Leaf, error) {
		if d.By == r.Visitor.ID {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("sign a destruction: %w", reeve.Denied), "You asked for it: the second signature is somebody else’s.")
		}
		if err := mayDestroy(tx); err != nil {
			return record.Leaf{}, err
		}
		d.State, d.Second, d.SecondName, d.SecondAt = destroySigned, r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
		if err := keepDestruction(tx, d); err != nil {
			return record.Leaf{}, err
		}
		_, err := job.Enqueue(tx, forgetKind, nil, job.Key(d.Thing()))
		return record.Leaf{Verb: "sign-destroy", Object: d.Thing(), Line: "signed, as the second, to destroy: " + d.What()}, err
	})
}

func (m *Room) withdrawForget(r *web.Request) (web.Answer, error) {
	return m.forgetStep(r, "Withdrawn: nothing is destroyed.", func(tx *db.Tx, d *destruction) (record.Leaf, error) {
		d.State = destroyWithdrawn
		return record.Leaf{Verb: "withdraw-destroy", Object: d.Thing(), Line: "withdrew the request to destroy: " + d.What()}, keepDestruction(tx, d)
	})
}

func (m *Room) forgetCertificate(r *web.Request) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	var d destruction
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		d, err = oneDestruction(tx, "WHERE id = ? AND state = ?", id, destroyDone)
		return err
	})
	if err != nil {
		return nil, err
	}
	doc := m.certificate(&d)
	return web.File{Name: fmt.Sprintf("certificate-enquiries-%d.pdf", d.ID), Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return doc.WritePDF(w) }}, nil
}

// forgetCard says on the start page that the time of something is over, that
// nobody has said how long it is kept, or that a signature is waited for.
func (m *Room) forgetCard(ctx context.Context, visitor *web.Visitor) (text web.CardText, err error) {
	if visitor.Councils != nil {
		return text, nil
	}
	var parts []string
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		rules, err := readKept(tx)
		if err != nil {
			return err
		}
		if len(rules) > 0 {
			enquiries, reports, err := countEnded(tx, rules[0].Cutoff(m.Now()))
			if err != nil {
				return err
			}
			if enquiries+reports > 0 {
				parts = append(parts, fmt.Sprintf("the time of %d enquiries and %d reports of scams is over", enquiries, reports))
			}
		}
		all, err := readDestructions(tx)
		if len(all) > 0 && all[0].State == destroyAsked {
			parts = append(parts, "a destruction waits for a second signature")
		}
		return err
	})
	if err != nil || len(parts) == 0 {
		return text, err
	}
	words := strings.Join(parts, "; ")
	return web.CardText{Title: "What residents sent", Text: strings.ToUpper(words[:1]) + words[1:] + ".", Path: "/enquiries/kept", Alarm: true}, nil
}
