package notice

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

const (
	takenPath = tellingPath + "/round"

	// roundLasts is how long a round shows to whom its letters go: a day's work.
	roundLasts = 12 * time.Hour
)

var takenRoundPage = web.NewPage[takenView](pages, "telling_round.html")

// takenView is the round that the visitor took: whose letters they carry and
// where to, and nothing of what is in them.
type takenView struct {
	ID       int64             `json:"id"`
	Late     bool              `json:"late"`
	Granted  bool              `json:"-"`
	Until    int64             `json:"until"`
	Letters  []doorLine        `json:"letters"`
	Outcomes []choice          `json:"-"`
	Typed    map[string]string `json:"-"`
	Errors   []web.FieldError  `json:"-"`
}

// doorLine is one letter. One that is Off is brought back: nothing but its
// reference is shown, whatever stands against it.
type doorLine struct {
	Reference string            `json:"reference"`
	Off       bool              `json:"off"`
	Name      reeve.Sensitive   `json:"name"`
	Lines     []reeve.Sensitive `json:"lines"`
	message   frozenMessage
}

func (o *round) thing() string { return "telling:round-" + strconv.FormatInt(o.ID, 10) }

func (o *round) late(now time.Time) bool { return !now.Before(time.Unix(o.At, 0).Add(roundLasts)) }

// nextRound gives the visitor the next letters to hand over.
func (m *Room) nextRound(r *web.Request) (web.Answer, error) {
	if err := inSession(r); err != nil {
		return nil, err
	}
	var runs []lettersLine
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { runs, err = lettersWaiting(tx, r.Visitor); return err })
	if err != nil {
		return nil, err
	}
	for _, l := range runs {
		o, err := m.giveRound(r, l.run)
		switch {
		case errors.Is(err, errHasOne):
			return web.Redirect(takenPath, "You have a round. Say first what came of each letter."), nil
		case errors.Is(err, reeve.Conflict), err == nil && o == nil:
			continue
		case err != nil:
			return nil, err
		}
		if err := m.showNow(r, o.thing(), "names and addresses of one round of letters, to hand them over", roundLasts); err != nil {
			return nil, err
		}
		return web.Redirect(takenPath, fmt.Sprintf("Round %d is yours. Whoever prints letters gives them to you in closed envelopes.", o.ID)), nil
	}
	return web.Redirect(tellingPath, "There is no round to take now."), nil
}

// giveRound makes a round for the visitor; nil where the guard forbids all of it.
func (m *Room) giveRound(r *web.Request, id int64) (*round, error) {
	var x run
	if err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { x, err = readRun(tx, id); return err }); err != nil {
		return nil, err
	}
	o := &round{Run: x.ID, Way: x.Way, Carrier: reeve.Private(reeve.KindName, r.Visitor.Name), Taker: r.Visitor.ID, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	refused, err := m.sendOut(r, &x, o)
	if err != nil || int64(refused) == o.People {
		return nil, err
	}
	return o, nil
}

// takenRound is the round that the visitor has, with its run.
func (m *Room) takenRound(r *web.Request) (o round, x run, err error) {
	return o, x, m.db.Read(r.Context(), func(tx *db.Tx) error {
		if o, err = roundTakenBy(tx, r.Visitor.ID); err != nil {
			return err
		}
		x, err = readRun(tx, o.Run)
		return err
	})
}

func (m *Room) takenView(r *web.Request, o *round, x *run) (takenView, error) {
	v := takenView{ID: o.ID, Late: o.late(r.Now), Until: o.At + int64(roundLasts/time.Second), Outcomes: outcomesOf(Hand), Typed: map[string]string{"day": r.Now.UTC().Format(time.DateOnly)}}
	v.Granted = !v.Late && r.Granted(o.thing())
	return v, m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := lettersOut(tx, o)
		for i := 0; i < len(all) && err == nil; i++ {
			l := doorLine{Reference: all[i].Recipient.Reference, message: all[i]}
			l.Off, err = m.isOff(tx, r, &telling{run: *x, message: all[i]})
			if !l.Off && !v.Late {
				l.Name, l.Lines = all[i].Recipient.Name, all[i].Recipient.Lines
			}
			v.Letters = append(v.Letters, l)
		}
		return err
	})
}

func (v takenView) page() *web.View {
	return takenRoundPage.With("Round "+strconv.FormatInt(v.ID, 10), v).Show(v.Granted)
}

func (m *Room) takenRoundPage(r *web.Request) (web.Answer, error) {
	o, x, err := m.takenRound(r)
	if errors.Is(err, reeve.NotFound) {
		return web.Redirect(tellingPath, "You have no round now."), nil
	}
	if err != nil {
		return nil, err
	}
	v, err := m.takenView(r, &o, &x)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// showRound shows the round again to its carrier, who has signed in anew.
func (m *Room) showRound(r *web.Request) (web.Answer, error) {
	o, _, err := m.takenRound(r)
	if err != nil {
		return nil, err
	}
	if o.late(r.Now) {
		return nil, errNotOnList
	}
	left := time.Unix(o.At, 0).Add(roundLasts).Sub(r.Now)
	if err := m.showNow(r, o.thing(), "names and addresses of the same round again", left); err != nil {
		return nil, err
	}
	return web.Redirect(takenPath, ""), nil
}

// endLetter keeps what came of one letter of the visitor's round.
func (m *Room) endLetter(r *web.Request) (web.Answer, error) {
	o, x, err := m.takenRound(r)
	if errors.Is(err, reeve.NotFound) {
		return nil, errNotOnList
	}
	if err != nil {
		return nil, err
	}
	v, err := m.takenView(r, &o, &x)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	a := attemptBy(r)
	i := slices.IndexFunc(v.Letters, func(l doorLine) bool { return l.Reference == f.Said("letter") })
	if i < 0 {
		f.Fault("letter", "Choose the letter")
	}
	if readOutcome(f, &a, r.Now); !f.OK() {
		v.Errors, v.Typed = f.Errors, typedIn(f)
		return v.page().Faulty(f), nil
	}
	a.Next = 0
	msg := &v.Letters[i].message
	var state string
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		state, err = m.keepOutcome(tx, &x, msg, o.sender(), &a)
		return outcomeLeaf(msg, &a, state), err
	})
	if err != nil {
		return nil, err
	}
	if len(v.Letters) == 1 {
		return web.Redirect(tellingPath, keptWords(state, &a)+" That was the last letter of the round."), nil
	}
	return web.Redirect(takenPath, keptWords(state, &a)), nil
}
