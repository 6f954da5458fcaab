package account

import (
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// changeView is the page that asks for a new password.
type changeView struct {
	Action  string           `json:"-"`
	Current bool             `json:"-"` // asks for the password of now too
	Errors  []web.FieldError `json:"-"`
}

var changePage = web.NewPage[changeView](pages, "password.html")

func changeAnswer(v changeView) *web.View { return changePage.With("Choose a new password", v) }

func (m *Room) changeAtDoor(r *web.Request) (web.Answer, error) {
	_, _, back, err := m.waiting(r, stageChange)
	if err != nil || back != nil {
		return back, err
	}
	return changeAnswer(changeView{Action: stagePaths[stageChange]}), nil
}

func (m *Room) postChangeAtDoor(r *web.Request) (web.Answer, error) {
	s, u, back, err := m.waiting(r, stageChange)
	if err != nil || back != nil {
		return back, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	password := newPassword(f, u.SignIn, u.Name)
	if f.OK() && m.checkPassword(u.password, password) {
		f.Fault("password", "Enter a password that you have not had before")
	}
	if !f.OK() {
		return changeAnswer(changeView{Action: stagePaths[stageChange], Errors: f.Errors}).Faulty(f), nil
	}
	if err := m.changePassword(r, u, password, ""); err != nil {
		return nil, err
	}
	u.mustChange = false
	return m.advance(r, u, s)
}

// newPassword reads a new password that is entered twice.
func newPassword(f *web.Form, names ...string) string {
	password := f.Said("password")
	if fault := passwordFault(password, names...); fault != "" {
		f.Fault("password", fault)
	} else if f.Said("password_again") != password {
		f.Fault("password_again", "Enter the same password again")
	}
	return password
}

// changePassword keeps a new password and ends the user's other sessions.
func (m *Room) changePassword(r *web.Request, u *User, password, session string) error {
	kept := m.hashPassword(password)
	return m.write(r, func(tx *db.Tx) error {
		if err := setPassword(tx, u.ID, kept); err != nil {
			return err
		}
		if session != "" {
			if _, err := endSessions(tx, u.ID, session); err != nil {
				return err
			}
		}
		return m.put(tx, r, record.Leaf{Actor: u.ID, Verb: "change-password", Object: "user:" + u.ID, Line: "Changed their password"})
	})
}
