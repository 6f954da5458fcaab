package account

import (
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// codeView is the page that asks for the second factor.
type codeView struct {
	Errors []web.FieldError `json:"-"`
}

var codePage = web.NewPage[codeView](pages, "code.html")

func (m *Room) code(r *web.Request) (web.Answer, error) {
	_, _, back, err := m.waiting(r, stageCode)
	if err != nil || back != nil {
		return back, err
	}
	return codePage.With("Enter your code", codeView{}), nil
}

func (m *Room) postCode(r *web.Request) (web.Answer, error) {
	s, u, back, err := m.waiting(r, stageCode)
	if err != nil || back != nil {
		return back, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	code := f.Need("code", 50, "Enter the code of your app, or a recovery code")
	if f.OK() {
		if err := m.tryCode(r, f, u, code); err != nil {
			return nil, err
		}
	}
	if !f.OK() {
		return codePage.With("Enter your code", codeView{f.Errors}).Faulty(f), nil
	}
	return m.advance(r, u, s)
}

// tryCode counts the attempt, then looks at the code; what is wrong is a fault
// of the form.
func (m *Room) tryCode(r *web.Request, f *web.Form, u *User, code string) error {
	var h *held
	err := m.write(r, func(tx *db.Tx) (err error) {
		h, err = m.charge(tx, u.SignIn, addressOf(r.Request), r.Now)
		return err
	})
	if err != nil {
		return err
	}
	if h != nil {
		f.Fault("code", h.words())
		return nil
	}
	var ok, recovery bool
	err = m.write(r, func(tx *db.Tx) (err error) {
		if ok, recovery, err = m.checkCode(tx, u, code, r.Now); err != nil || !recovery {
			return err
		}
		return m.put(tx, r, record.Leaf{Actor: u.ID, Verb: "use-recovery-code", Object: "user:" + u.ID, Line: "Signed in with a recovery code"})
	})
	if err != nil || ok {
		return err
	}
	f.Fault("code", "That code is wrong, or was used before. Wait for the next one")
	return m.failed(r, u, u.SignIn)
}

// enrolView is the page that sets up a second factor.
type enrolView struct {
	enrolment
	Action  string           `json:"-"` // where the form goes
	Back    string           `json:"-"` // "" where there is none
	Current bool             `json:"-"` // asks for the password too
	Errors  []web.FieldError `json:"-"`
}

var enrolPage = web.NewPage[enrolView](pages, "enrol.html")

func enrolAnswer(u *User, secret string, v enrolView) (_ *web.View, err error) {
	v.enrolment, err = enrol(secret, issuer, u.SignIn)
	return enrolPage.With("Set up your second factor", v), err
}

// issuer is what an authenticator app shows.
const issuer = "Reeve"

func (m *Room) enrolAtDoor(r *web.Request) (web.Answer, error) {
	_, u, back, err := m.waiting(r, stageEnrol)
	if err != nil || back != nil {
		return back, err
	}
	return enrolAnswer(u, newFactor(), enrolView{Action: stagePaths[stageEnrol]})
}

func (m *Room) postEnrolAtDoor(r *web.Request) (web.Answer, error) {
	s, u, back, err := m.waiting(r, stageEnrol)
	if err != nil || back != nil {
		return back, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	codes, faulty, err := m.enrolFrom(r, f, u, enrolView{Action: stagePaths[stageEnrol]})
	if err != nil || faulty != nil {
		return faulty, err
	}
	// The way in stands below the codes, which are shown this once.
	if _, err := m.advance(r, u, s); err != nil {
		return nil, err
	}
	return m.codes(r, u, codes, s.aim), nil
}

// enrolFrom reads the form of a new second factor and keeps it, with new
// recovery codes.
func (m *Room) enrolFrom(r *web.Request, f *web.Form, u *User, v enrolView) (codes []string, faulty web.Answer, err error) {
	secret := factorOf(f.Said("code_secret"))
	step, ok := stepOf(secret, f.Said("code"), r.Now)
	if !ok {
		f.Fault("code", "Enter the six digits that your app shows now")
	}
	if !f.OK() {
		v.Errors = f.Errors
		again, err := enrolAnswer(u, secret, v)
		if err != nil {
			return nil, nil, err
		}
		return nil, again.Faulty(f), nil
	}
	err = m.write(r, func(tx *db.Tx) (err error) {
		if codes, err = m.keepFactor(tx, u, secret, step); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Actor: u.ID, Verb: "set-second-factor", Object: "user:" + u.ID, Line: "Set up a second factor"})
	})
	return codes, nil, err
}

// keepFactor keeps a second factor and makes the recovery codes that go with it.
func (m *Room) keepFactor(tx *db.Tx, u *User, secret string, step int64) ([]string, error) {
	sealed, err := m.seal(u.ID, secret)
	if err != nil {
		return nil, err
	}
	if err := setFactor(tx, u.ID, sealed, step, 0); err != nil {
		return nil, err
	}
	u.factor, u.factorStep = sealed, step
	codes, hashes := newRecovery()
	return codes, setRecovery(tx, u.ID, hashes)
}

// codesView is the page of recovery codes, to be printed.
type codesView struct {
	Who   string   `json:"who"` // on the printed page
	Codes []string `json:"-"`
	Next  string   `json:"next"`
	Made  int64    `json:"made"`
}

var codesPage = web.NewPage[codesView](pages, "codes.html")

func (m *Room) codes(r *web.Request, u *User, codes []string, next string) web.Answer {
	return codesPage.With("Your recovery codes", codesView{u.Name, codes, next, r.Now.Unix()})
}
