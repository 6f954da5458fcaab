package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// meSection is a user's own sign-in.
func (m *Room) meSection() web.Section {
	own := func(pattern string, do func(*web.Request) (web.Answer, error)) web.Route {
		return web.Route{Pattern: pattern, Verb: web.Write, Object: web.ObjectHome, Do: func(r *web.Request) (web.Answer, error) {
			if err := person(r); err != nil {
				return nil, err
			}
			return do(r)
		}}
	}
	return web.Section{
		Cards: []web.Card{{Object: web.ObjectHome, Order: 1, Make: m.factorCard}},
		Routes: []web.Route{
			own("GET /me", m.me),
			own("GET /me/password", func(*web.Request) (web.Answer, error) {
				return changeAnswer(changeView{Action: "/me/password", Current: true}), nil
			}),
			own("POST /me/password", m.postPassword),
			own("GET /me/second-factor", m.factor),
			own("POST /me/second-factor", m.postFactor),
			own("POST /me/recovery-codes", m.postCodes),
			own("POST /me/sessions/{id}/end", m.endOne),
			own("POST /me/sessions/end", m.endOthers),
			own("POST /me/tokens", m.postToken),
			own("POST /me/tokens/{id}/end", m.endToken),
		}}
}

// sessionRow is one of the visitor's sessions.
type sessionRow struct {
	ID      string `json:"id"`
	Browser string `json:"browser"`
	Address string `json:"address"`
	Begun   int64  `json:"begun"`
	Seen    int64  `json:"seen"`
	Here    bool   `json:"here"` // the one that asks
}

type tokenRow struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Verbs string `json:"verbs"`
	Made  int64  `json:"made"`
	Until int64  `json:"until"`
	Seen  int64  `json:"seen"`
	Over  bool   `json:"over"`
}

// meView is what a user sees of their own sign-in.
type meView struct {
	Name     string       `json:"name"`
	SignIn   string       `json:"sign_in"`
	Role     string       `json:"role"`
	Councils string       `json:"councils"`
	Factor   bool         `json:"second_factor"`
	Codes    int          `json:"recovery_codes"`
	Sessions []sessionRow `json:"sessions"`
	Tokens   []tokenRow   `json:"tokens"`

	Token    string           `json:"-"` // a new token, shown once
	Verbs    []verbChoice     `json:"-"`
	Label    string           `json:"-"` // of the token form, given back
	Days     int64            `json:"-"`
	Password string           `json:"-"` // always empty: fields are never filled in
	Errors   []web.FieldError `json:"-"`
}

type verbChoice struct {
	Verb, Title string
	Ticked      bool
}

var mePage = web.NewPage[meView](pages, "me.html")

func (m *Room) me(r *web.Request) (web.Answer, error) { return m.meView(r, meView{Days: 30}) }

func (m *Room) meView(r *web.Request, v meView) (*web.View, error) {
	now := r.Now.Unix()
	err := m.read(r.Context(), func(tx *db.Tx) error {
		u, err := userByID(tx, r.Visitor.ID)
		if err != nil {
			return err
		}
		v.Name, v.SignIn, v.Role, v.Factor = u.Name, u.SignIn, u.title(), u.Factor()
		v.Councils = councilWords(u.Councils)
		if v.Codes, err = countRecovery(tx, u.ID); err != nil {
			return err
		}
		sessions, err := sessionsOf(tx, u.ID)
		if err != nil {
			return err
		}
		set, err := readSettings(tx)
		if err != nil {
			return err
		}
		for _, s := range sessions {
			if s.alive(set, r.Now) {
				v.Sessions = append(v.Sessions, sessionRow{s.ID, s.Browser, s.Address, s.Begun, s.Seen, s.ID == r.Visitor.Session})
			}
		}
		tokens, err := tokensOf(tx, u.ID)
		for _, t := range tokens {
			v.Tokens = append(v.Tokens, tokenRow{t.ID, t.Name, strings.ReplaceAll(joinVerbs(t.Verbs), " ", ", "), t.Made, t.Until, t.Seen, t.Until <= now})
		}
		return err
	})
	if v.Verbs == nil {
		v.Verbs = verbChoices(nil)
	}
	return mePage.With("Your sign-in", v), err
}

// councilWords says how far somebody's councils reach.
func councilWords(councils []string) string {
	if councils == nil {
		return "every council"
	}
	return strings.Join(councils, ", ")
}

// confirm asks for the password again before something that a borrowed browser
// should not do. A wrong one is a fault of the form, and counted as at the door.
func (m *Room) confirm(r *web.Request, f *web.Form, field string) (u *User, err error) {
	var h *held
	err = m.write(r, func(tx *db.Tx) (err error) {
		if u, err = userByID(tx, r.Visitor.ID); err != nil {
			return err
		}
		h, err = m.charge(tx, u.SignIn, addressOf(r.Request), r.Now)
		return err
	})
	if err != nil {
		return nil, err
	}
	if h != nil {
		f.Fault(field, h.words())
		return u, nil
	}
	if password := f.Said(field); len(password) > 4*mostPassword || !m.checkPassword(u.password, password) {
		f.Fault(field, "Enter your password as it is now")
		return u, m.failed(r, u, u.SignIn)
	}
	return u, m.write(r, func(tx *db.Tx) error { return m.forgive(tx, u.SignIn, addressOf(r.Request)) })
}

func (m *Room) postPassword(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	u, err := m.confirm(r, f, "current_password")
	if err != nil {
		return nil, err
	}
	password := newPassword(f, u.SignIn, u.Name)
	if !f.OK() {
		return changeAnswer(changeView{Action: "/me/password", Current: true, Errors: f.Errors}).Faulty(f), nil
	}
	if err := m.changePassword(r, u, password, r.Visitor.Session); err != nil {
		return nil, err
	}
	return web.Redirect("/me", "Your password is changed; your other sessions have ended"), nil
}

var ownEnrolment = enrolView{Action: "/me/second-factor", Back: "/me", Current: true}

func (m *Room) factor(r *web.Request) (web.Answer, error) {
	var u *User
	err := m.read(r.Context(), func(tx *db.Tx) (err error) {
		u, err = userByID(tx, r.Visitor.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return enrolAnswer(u, newFactor(), ownEnrolment)
}

func (m *Room) postFactor(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	u, err := m.confirm(r, f, "current_password")
	if err != nil {
		return nil, err
	}
	codes, faulty, err := m.enrolFrom(r, f, u, ownEnrolment)
	if err != nil || faulty != nil {
		return faulty, err
	}
	return m.codes(r, u, codes, "/me"), nil
}

// postCodes makes new recovery codes in the place of the old ones.
func (m *Room) postCodes(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	u, err := m.confirm(r, f, "current_password")
	if err != nil {
		return nil, err
	}
	if !u.Factor() {
		f.Fault("current_password", "Set up your second factor first: recovery codes stand in for it")
	}
	if !f.OK() {
		return m.meAgain(r, f, meView{})
	}
	codes, hashes := newRecovery()
	err = m.write(r, func(tx *db.Tx) error {
		if err := setRecovery(tx, u.ID, hashes); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "make-recovery-codes", Object: "user:" + u.ID, Line: "Made new recovery codes"})
	})
	if err != nil {
		return nil, err
	}
	return m.codes(r, u, codes, "/me"), nil
}

func (m *Room) meAgain(r *web.Request, f *web.Form, v meView) (web.Answer, error) {
	v.Errors = f.Errors
	again, err := m.meView(r, v)
	if err != nil {
		return nil, err
	}
	return again.Faulty(f), nil
}

func (m *Room) endOne(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	err := m.write(r, func(tx *db.Tx) error {
		if err := endSession(tx, r.Visitor.ID, id); err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return m.put(tx, r, record.Leaf{Verb: "end-session", Object: "session:" + id, Line: "Ended a session of their own"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/me", "That session has ended"), nil
}

func (m *Room) endOthers(r *web.Request) (web.Answer, error) {
	err := m.write(r, func(tx *db.Tx) error {
		n, err := endSessions(tx, r.Visitor.ID, r.Visitor.Session)
		if err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "end-sessions", Object: "user:" + r.Visitor.ID, Rows: n, Line: "Ended their other sessions"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/me", "Your other sessions have ended"), nil
}

// factorCard reminds whoever left their second factor for later.
func (m *Room) factorCard(ctx context.Context, v *web.Visitor) (card web.CardText, err error) {
	err = m.read(ctx, func(tx *db.Tx) error {
		u, err := userByID(tx, v.ID)
		if err == nil && !u.Factor() {
			card = web.CardText{Title: "Your second factor", Text: "A stolen password is enough to sign in as you. Set up a second factor.", Path: "/me/second-factor", Alarm: true}
		}
		return err
	})
	if v.Token {
		return web.CardText{}, err
	}
	return card, err
}
