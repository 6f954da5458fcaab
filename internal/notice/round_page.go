package notice

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var roundPage = web.NewPage[roundView](pages, "round.html")

// roundView is what one named person carries, and what came of it.
type roundView struct {
	round
	RunLine runLine          `json:"run_line"`
	Thing   string           `json:"-"`
	Path    string           `json:"-"`
	List    string           `json:"-"` // of the run
	Brief   bool             `json:"-"`
	Granted bool             `json:"-"`
	Reveals bool             `json:"-"`
	Writes  bool             `json:"-"`
	Lines   []carriedLine    `json:"lines"`
	Errors  []web.FieldError `json:"-"`
}

// carriedLine is one of its people. Stop says why they may not be told any more
// while somebody still carries their paper.
type carriedLine struct {
	N         int64             `json:"n"`
	Person    string            `json:"person"`
	Reference string            `json:"reference"`
	Name      reeve.Sensitive   `json:"name"`
	Lines     []reeve.Sensitive `json:"lines"`
	State     string            `json:"state"`
	Words     string            `json:"-"`
	Stop      string            `json:"stop"`
	Path      string            `json:"-"`
}

func roundPath(id int64) string   { return "/notices/rounds/" + strconv.FormatInt(id, 10) }
func roundObject(id int64) string { return "notice-round:" + strconv.FormatInt(id, 10) }

// roundOf reads the round of a request with its run; one of another council's is
// not there.
func (m *Room) roundOf(r *web.Request) (o round, x run, err error) {
	id, err := r.Number("id")
	if err != nil {
		return o, x, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if o, err = readRound(tx, id); err != nil {
			return err
		}
		x, err = readRun(tx, o.Run)
		return err
	})
	if err == nil && !sees(r.Visitor, x.Council) {
		err = fmt.Errorf("find round: %w", reeve.NotFound)
	}
	return o, x, err
}

func (m *Room) roundView(r *web.Request) (v roundView, err error) {
	o, x, err := m.roundOf(r)
	if err != nil {
		return v, err
	}
	v = roundView{round: o, RunLine: x.line(), Thing: handThing + strconv.FormatInt(x.ID, 10), Path: roundPath(o.ID), List: handPath(x.ID), Brief: o.Way == Worker,
		Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice})}
	v.Granted = r.Granted(v.Thing)
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectNotice})
	return v, m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := messagesIn(tx, &o)
		for i := 0; i < len(all) && err == nil; i++ {
			c := &all[i].Recipient
			l := carriedLine{N: all[i].N, Person: c.Person, Reference: c.Reference, Name: c.Name, Lines: c.Lines, State: all[i].State, Words: messageWords(&all[i]), Path: tellPath(x.ID, all[i].N)}
			if all[i].State == msgLeaving {
				var reason Reason
				reason, err = m.standsAgainst(tx, &x, &all[i])
				l.Stop = said(string(reason))
			}
			v.Lines = append(v.Lines, l)
		}
		return err
	})
}

// messageWords says where a notice stands that people carry.
func messageWords(x *frozenMessage) string {
	switch x.State {
	case msgReady:
		return "on the list again"
	case msgLeaving:
		return "with somebody who tells them"
	case msgLeft:
		return "told"
	case msgUnreached:
		return "not reached"
	case msgStopped:
		return "the run was stopped"
	case msgRefused:
		return "not to be told: " + said(x.Why)
	}
	return x.State
}

func (v roundView) page() *web.View {
	return roundPage.With("Round "+strconv.FormatInt(v.ID, 10), v).Show(v.Granted)
}

func (m *Room) round(r *web.Request) (web.Answer, error) {
	v, err := m.roundView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// received keeps that the carrier has the paper in hand.
func (m *Room) received(r *web.Request) (web.Answer, error) {
	v, err := m.roundView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	note := f.Need("note", 300, "Say how you know: signed paper, a call back, an answer")
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "receive", Object: roundObject(v.ID), Line: "The carrier has the paper of the round"}, receivedRound(tx, v.ID, r.Now.Unix(), note, r.Visitor.ID)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Path, "On record."), nil
}

// paperOf takes from a round whoever may not be told any more, and writes the
// paper of the rest. Each print is on record.
func (m *Room) paperOf(r *web.Request) (*paper.Document, []frozenMessage, *run, error) {
	o, x, err := m.roundOf(r)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := m.granted(r, &x); err != nil {
		return nil, nil, nil, err
	}
	var out []int64
	if err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { out, err = stillOut(tx, &o); return err }); err != nil {
		return nil, nil, nil, err
	}
	by := record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}
	if _, err := m.askAgain(r.Context(), by, &x, out, o.sender()); err != nil {
		return nil, nil, nil, err
	}
	var people []frozenMessage
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if people, err = carried(tx, &o); err != nil {
			return record.Leaf{}, err
		}
		if len(people) == 0 {
			return record.Leaf{}, errNotOnList
		}
		return record.Leaf{Verb: "print", Object: roundObject(o.ID), Rows: int64(len(people)), Digest: o.Digest, Line: fmt.Sprintf("The paper of round %d was printed for %d people", o.ID, len(people))},
			printedRound(tx, o.ID, r.Now.Unix())
	})
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := x.briefOf(&o, people)
	return d, people, &x, err
}

// carried gives the messages that a round still has.
func carried(tx *db.Tx, o *round) ([]frozenMessage, error) {
	all, err := messagesIn(tx, o)
	var still []frozenMessage
	for _, x := range all {
		if x.State == msgLeaving {
			still = append(still, x)
		}
	}
	return still, err
}

func (m *Room) roundPDF(r *web.Request) (web.Answer, error) {
	d, _, _, err := m.paperOf(r)
	if err != nil {
		return nil, err
	}
	return web.File{Name: "round-" + r.Part("id") + ".pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return d.WritePDF(w) }}, nil
}

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (m *Room) roundDOCX(r *web.Request) (web.Answer, error) {
	d, _, _, err := m.paperOf(r)
	if err != nil {
		return nil, err
	}
	return web.File{Name: "round-" + r.Part("id") + ".docx", Type: docxType, Pour: func(w http.ResponseWriter) error { return d.WriteDOCX(w) }}, nil
}

// roundLetters is the letters of a round in one file, in the order of its list.
func (m *Room) roundLetters(r *web.Request) (web.Answer, error) {
	_, people, x, err := m.paperOf(r)
	if err != nil {
		return nil, err
	}
	b := paper.NewBundle("Letters of round "+r.Part("id"), x.Wording.Council, dayOf(x.On), true)
	for i := range people {
		l, err := m.pdfOf(x, &people[i])
		if err != nil {
			return nil, err
		}
		if _, _, err := b.Add(l.letter); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		return nil, err
	}
	return web.File{Name: "round-" + r.Part("id") + "-letters.pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { _, err := out.WriteTo(w); return err }}, nil
}
