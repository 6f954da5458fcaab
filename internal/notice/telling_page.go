package notice

import (
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// These are the pages of those who tell people without seeing lists of them:
// contact-centre agents and delivery officers. The program chooses the next call
// or round. No address on these pages names anybody: each shows what its visitor
// has, so that there is nothing else to ask for.

const tellingPath = "/telling"

func (m *Room) tellingSection() web.Section {
	o := web.ObjectTelling
	return web.Section{
		Title: "Telling people", Path: tellingPath, Order: 76, Object: o,
		Routes: []web.Route{
			{Pattern: "GET /telling", Verb: web.See, Object: o, Do: m.tellingStart},
			{Pattern: "POST /telling/call/next", Verb: web.Write, Object: o, Do: m.nextCall},
			{Pattern: "GET /telling/call", Verb: web.SeePersonal, Object: o, Do: m.heldCallPage},
			{Pattern: "POST /telling/call/show", Verb: web.SeePersonal, Object: o, Do: m.showCall},
			{Pattern: "POST /telling/call/verified", Verb: web.Write, Object: o, Do: m.verifyCall},
			{Pattern: "POST /telling/call/outcome", Verb: web.Write, Object: o, Do: m.endCall},
			{Pattern: "POST /telling/round/next", Verb: web.Write, Object: o, Do: m.nextRound},
			{Pattern: "GET /telling/round", Verb: web.SeePersonal, Object: o, Do: m.takenRoundPage},
			{Pattern: "POST /telling/round/show", Verb: web.SeePersonal, Object: o, Do: m.showRound},
			{Pattern: "POST /telling/round/outcome", Verb: web.Write, Object: o, Do: m.endLetter},
		},
	}
}

var tellingPage = web.NewPage[tellingView](pages, "telling.html")

// tellingView is how much waits, and what the visitor has. It names nobody.
type tellingView struct {
	callDay
	Due     int64 `json:"calls_due"`
	Later   int64 `json:"calls_later"`
	Letters int64 `json:"letters"`
	Call    bool  `json:"has_call"`
	Round   bool  `json:"has_round"`
	CanTake bool  `json:"-"`
	Most    int   `json:"-"`
}

func (m *Room) tellingStart(r *web.Request) (web.Answer, error) {
	v := tellingView{Most: inRound, CanTake: r.May(web.Act{Verb: web.Write, Object: web.ObjectTelling}) && inSession(r) == nil}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Due, v.Later, err = countCalls(tx, r.Visitor, r.Now.Unix()); err != nil {
			return err
		}
		if v.callDay, err = callFigures(tx, r.Visitor, r.Now.UTC().Truncate(24*time.Hour).Unix(), r.Now.Unix()); err != nil {
			return err
		}
		runs, err := lettersWaiting(tx, r.Visitor)
		if err != nil {
			return err
		}
		for _, l := range runs {
			v.Letters += l.letters
		}
		if v.Call, err = isThere(callOf(tx, r.Visitor.ID)); err != nil {
			return err
		}
		v.Round, err = isThere(roundTakenBy(tx, r.Visitor.ID))
		return err
	})
	return tellingPage.With("Telling people", v), err
}

// isThere tells whether something was found.
func isThere[T any](_ T, err error) (bool, error) {
	if errors.Is(err, reeve.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// inSession refuses programs: a reveal is a person's, for their session.
func inSession(r *web.Request) error {
	if r.Visitor.Token || r.Visitor.Session == "" {
		return reeve.WithHint(fmt.Errorf("tell people: %w", reeve.Denied), "this is for somebody who has signed in, not for a program")
	}
	return nil
}

// errHasOne is the answer to whoever has a call, or a round, and asks for more.
var errHasOne = reeve.WithHint(fmt.Errorf("take the next: %w", reeve.Conflict), "end what you have first: say what came of it")

// show puts on record that the visitor sees the values of what they have, in the
// caller's transaction.
func show(tx *db.Tx, r *web.Request, thing, what string, lasts time.Duration) error {
	return account.Reveal(tx, r.Visitor, thing, what, r.Now, r.Now.Add(lasts))
}

// showNow is show as an act of its own.
func (m *Room) showNow(r *web.Request, thing, what string, lasts time.Duration) error {
	return record.Work(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{}, show(tx, r, thing, what, lasts)
	})
}

// keptWords says what follows from an outcome to those who may not learn why
// somebody may not be told.
func keptWords(state string, a *attempt) string {
	switch {
	case a.Outcome == tryNotSafe || a.Against != "":
		return "Kept. Somebody else looks at it now. Do not try them again."
	case state == msgLeft:
		return "Kept as told."
	case state == msgReady:
		return "Kept. They are on the list again."
	}
	return "Kept. They are off this list: another way is looked for."
}
