package notice

import (
	"errors"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

const (
	callPath   = tellingPath + "/call"
	callsAsked = 20 // calls that are asked about before somebody hears that none can be made

	// callLasts is how long a call shows whom it is to; then somebody else may
	// give it back.
	callLasts = longestHold * time.Second
)

var callPage = web.NewPage[callView](pages, "telling_call.html")

// callView is the call that the visitor has. Off tells that they may not be told
// any more: it is the same for whoever was sealed since, is on hold, or was told
// by somebody else, and nothing of them is shown.
type callView struct {
	Reference string            `json:"reference"`
	Off       bool              `json:"off"`
	Late      bool              `json:"late"`
	Granted   bool              `json:"-"`
	Verified  bool              `json:"verified"`
	Until     int64             `json:"until"`
	Name      reeve.Sensitive   `json:"name"`
	About     reeve.Sensitive   `json:"about"`
	Phone     reeve.Sensitive   `json:"phone"`
	Lines     []reeve.Sensitive `json:"lines"`
	Script    *script           `json:"-"`
	Told      []textBlock       `json:"-"`
	Tries     []attempt         `json:"-"`
	Outcomes  []choice          `json:"-"`
	Checks    []string          `json:"-"`
	Typed     map[string]string `json:"-"`
	Errors    []web.FieldError  `json:"-"`
}

// thing is what a reveal of a call is of.
func (x *telling) thing() string { return "telling:" + x.message.Recipient.Reference }

// nextCall gives the visitor the call that is due first. Whoever may not be
// called any more leaves the list on the way, and nobody learns of it here.
func (m *Room) nextCall(r *web.Request) (web.Answer, error) {
	if err := inSession(r); err != nil {
		return nil, err
	}
	var due []callPlace
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { due, err = callsDue(tx, r.Visitor, r.Now.Unix(), callsAsked); return err })
	if err != nil {
		return nil, err
	}
	for _, c := range due {
		x, err := m.giveCall(r, c)
		switch {
		case errors.Is(err, errHasOne):
			return web.Redirect(callPath, "You have a call. Say what came of it first."), nil
		case errors.Is(err, reeve.Conflict), err == nil && x == nil:
			continue // somebody else was quicker, or they may not be called
		case err != nil:
			return nil, err
		}
		if err := m.showNow(r, x.thing(), "name, number and address of one person, to call them", callLasts); err != nil {
			return nil, err
		}
		return web.Redirect(callPath, "The call is yours. Nobody else calls them meanwhile."), nil
	}
	return web.Redirect(tellingPath, "There is no call to make now."), nil
}

// giveCall takes a call for the visitor, who may have no other; nil where the
// guard forbids it.
func (m *Room) giveCall(r *web.Request, c callPlace) (*telling, error) {
	x := &telling{}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if x.run, err = readRun(tx, c.run); err != nil {
			return err
		}
		x.message, err = openMessage(tx, c.run, c.n)
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	by := record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}
	refused, err := m.begin(r.Context(), by, &x.run, []int64{c.n}, func() string { return byUser(r.Visitor.ID) }, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "take", Object: noticeObject(&x.message), Line: "Took the next call"}, hasNoCall(tx, r.Visitor.ID)
	})
	if err != nil || refused[c.n] != "" {
		return nil, err
	}
	return x, nil
}

// hasNoCall refuses a second call; it holds until the transaction ends.
func hasNoCall(tx *db.Tx, user string) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	found, err := isThere(callOf(tx, user))
	if err == nil && found {
		err = errHasOne
	}
	return err
}

// heldCall is the call that the visitor has, and whether they may still be told.
// Somebody sealed meanwhile stays theirs until they say what came of it: what was
// said by then must be on record.
func (m *Room) heldCall(r *web.Request) (x telling, off bool, err error) {
	return x, off, m.db.Read(r.Context(), func(tx *db.Tx) error {
		c, err := callOf(tx, r.Visitor.ID)
		if err != nil {
			return err
		}
		if x.run, err = readRun(tx, c.run); err != nil {
			return err
		}
		if x.message, err = messageAt(tx, c.run, c.n); err != nil {
			return err
		}
		if x.holder, x.since, err = holder(tx, c.run, c.n); err != nil {
			return err
		}
		off, err = m.isOff(tx, r, &x)
		return err
	})
}

// isOff tells whether what somebody has may not be told by them any more.
func (m *Room) isOff(tx *db.Tx, r *web.Request, x *telling) (bool, error) {
	if !sees(r.Visitor, x.run.Council) {
		return true, nil
	}
	if sealed, err := isSealed(tx, x.message.Recipient.Person); err != nil || sealed {
		return true, err
	}
	reason, err := m.standsAgainst(tx, &x.run, &x.message)
	return reason != "", err
}

func (m *Room) callView(r *web.Request, x *telling, off bool) (v callView, err error) {
	c := &x.message.Recipient
	v = callView{Reference: c.Reference, Off: off, Late: x.forgotten(r.Now), Until: x.since + longestHold, Outcomes: outcomesOf(Call), Checks: howChecked,
		Typed: map[string]string{"day": r.Now.UTC().Format(time.DateOnly)}}
	if v.Off || v.Late {
		return v, nil
	}
	v.Name, v.About, v.Phone, v.Lines = c.Name, c.About, c.Phone, c.Lines
	v.Granted = r.Granted(x.thing())
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Tries, err = attemptsOf(tx, x.run.ID, x.message.N); err != nil {
			return err
		}
		v.Verified, err = verifiedSince(tx, &x.message, r.Visitor.ID, x.since)
		return err
	})
	if err != nil {
		return v, err
	}
	full := r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectTelling, Degree: web.Special})
	v.Script, v.Told, err = x.script(v.Verified && v.Granted, full)
	return v, err
}

// script writes what the caller says: what was found only where told, and all of
// it only where full.
func (x *telling) script(told, full bool) (*script, []textBlock, error) {
	who := x.message.Recipient
	if !full {
		who = who.plain()
	}
	t, err := x.run.templateFor(&who)
	if err != nil {
		return nil, nil, err
	}
	s, err := scriptOf(t, &who, &x.run.Wording, x.run.Coverage, x.run.On, told)
	if err != nil {
		return nil, nil, err
	}
	return s, spoken(s.Told), nil
}

func (v callView) page() *web.View {
	return callPage.With("Call "+v.Reference, v).Show(v.Granted)
}

func (m *Room) heldCallPage(r *web.Request) (web.Answer, error) {
	x, off, err := m.heldCall(r)
	if errors.Is(err, reeve.NotFound) {
		return web.Redirect(tellingPath, "You have no call now."), nil
	}
	if err != nil {
		return nil, err
	}
	v, err := m.callView(r, &x, off)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// showCall shows the call again to its caller, who has signed in anew.
func (m *Room) showCall(r *web.Request) (web.Answer, error) {
	x, off, err := m.heldCall(r)
	if err != nil {
		return nil, err
	}
	if off || x.forgotten(r.Now) {
		return nil, errNotOnList
	}
	left := time.Unix(x.since, 0).Add(callLasts).Sub(r.Now)
	if err := m.showNow(r, x.thing(), "name, number and address of one person, again in the same call", left); err != nil {
		return nil, err
	}
	return web.Redirect(callPath, ""), nil
}

func (m *Room) verifyCall(r *web.Request) (web.Answer, error) { return m.keepCall(r, readVerified) }
func (m *Room) endCall(r *web.Request) (web.Answer, error)    { return m.keepCall(r, readOutcome) }

// keepCall keeps what came of the visitor's call, or that it was checked who is
// on the line.
func (m *Room) keepCall(r *web.Request, read func(f *web.Form, a *attempt, now time.Time)) (web.Answer, error) {
	x, off, err := m.heldCall(r)
	if errors.Is(err, reeve.NotFound) {
		return nil, errNotOnList
	}
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	a := attemptBy(r)
	read(f, &a, r.Now)
	switch {
	case a.Outcome == tryVerified && (off || x.forgotten(r.Now) || !r.Granted(x.thing())):
		return nil, errNotOnList // whose voice is that, where no name was shown?
	case a.Outcome == tryVerified && a.Note == howChecked[0]:
		if err := m.compareBorn(r, f, &x); err != nil {
			return nil, err
		}
	}
	if !f.OK() {
		v, err := m.callView(r, &x, off)
		if err != nil {
			return nil, err
		}
		v.Errors, v.Typed = f.Errors, typedIn(f)
		return v.page().Faulty(f), nil
	}
	state, err := m.putCall(r, &x, &a)
	if err != nil {
		return nil, err
	}
	if state == msgLeaving {
		return web.Redirect(callPath+"#tell", "Now you may tell them."), nil
	}
	return web.Redirect(tellingPath, keptWords(state, &a)), nil
}

// compareBorn compares the date of birth that somebody gives on the telephone
// with the one that a register holds, which the caller is not shown: they cannot
// prompt for it, nor take a near one for right.
func (m *Room) compareBorn(r *web.Request, f *web.Form, x *telling) error {
	var stand map[string]Standing
	person := x.message.Recipient.Person
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { stand, err = m.Guard.Stand(tx, x.run.List, []string{person}); return err })
	if err != nil {
		return err
	}
	born := stand[person].Born
	told, err := time.Parse(time.DateOnly, f.Said("born"))
	switch {
	case x.message.Decided != 0 || born.Day == 0: // somebody else is told about them, or no whole date is known
		f.Fault("born", "Our records hold no date of birth for whoever is on the line: check in another way")
	case err != nil:
		f.Fault("born", "Enter the date of birth that they gave")
	case told.Year() != int(born.Year) || int(told.Month()) != int(born.Month) || told.Day() != int(born.Day):
		f.Fault("born", "Our records hold another date. Do not say so. End the call politely: it could not be checked who it was")
	}
	return nil
}

// putCall writes down what came of a call; with the check of who is on the line
// goes the reveal of what was found.
func (m *Room) putCall(r *web.Request, x *telling, a *attempt) (state string, err error) {
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		msg, err := messageAt(tx, x.run.ID, x.message.N)
		if err != nil {
			return record.Leaf{}, err
		}
		if state, err = m.keepOutcome(tx, &x.run, &msg, x.holder, a); err != nil {
			return record.Leaf{}, err
		}
		if state == msgLeaving && a.Against == "" {
			left := time.Unix(x.since, 0).Add(callLasts).Sub(r.Now)
			err = show(tx, r, x.thing(), "what was found of one person, after it was checked who is on the line", left)
		}
		return outcomeLeaf(&msg, a, state), err
	})
	return state, err
}
