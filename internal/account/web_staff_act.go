package account

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// postLink makes a one-time link with which a user sets password and second
// factor anew, and shows it this once.
func (m *Room) postLink(r *web.Request) (web.Answer, error) {
	if err := person(r); err != nil {
		return nil, err
	}
	id, token := r.Part("id"), newSecret()
	err := m.write(r, func(tx *db.Tx) error {
		u, err := userByID(tx, id)
		if err != nil {
			return err
		}
		if !u.Active {
			return reeve.WithHint(fmt.Errorf("make link: %w", reeve.Invalid), "let the user sign in again first")
		}
		if err := addLink(tx, digest(token), id, r.Now.Unix(), r.Now.Add(inviteLife).Unix()); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "make-link", Object: "user:" + id, Line: "Made a link to set password and second factor anew"})
	})
	if err != nil {
		return nil, err
	}
	v, err := m.userView(r, id)
	if err != nil {
		return nil, err
	}
	v.Link = m.linkAddress(r, token)
	return userAnswer(v), nil
}

func (m *Room) postUnlock(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	err := m.write(r, func(tx *db.Tx) error {
		u, err := userByID(tx, id)
		if err != nil {
			return err
		}
		if err := m.unlock(tx, u.SignIn); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "unlock", Object: "user:" + id, Line: "Unlocked a user"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/staff", "Unlocked"), nil
}

// postEnd signs a user out everywhere.
func (m *Room) postEnd(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	err := m.write(r, func(tx *db.Tx) error {
		if _, err := userByID(tx, id); err != nil {
			return err
		}
		n, err := endSessions(tx, id, r.Visitor.Session)
		if err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "end-sessions", Object: "user:" + id, Rows: n, Line: "Signed a user out everywhere"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/staff/"+id, "Signed out everywhere"), nil
}

// postEndAll signs everybody out but the administrator's own session.
func (m *Room) postEndAll(r *web.Request) (web.Answer, error) {
	err := m.write(r, func(tx *db.Tx) error {
		n, err := endAll(tx, r.Visitor.Session)
		if err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "end-sessions", Object: "staff", Rows: n, Line: "Signed everybody out"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/staff", "Everybody else has to sign in again"), nil
}

// settingsView is the form of what holds for every sign-in.
type settingsView struct {
	Idle    int64            `json:"idle_minutes"`
	Longest int64            `json:"longest_hours"`
	Factor  bool             `json:"second_factor_for_all"`
	Version int64            `json:"version"`
	Admin   bool             `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

var settingsPage = web.NewPage[settingsView](pages, "settings.html")

func (m *Room) settings(r *web.Request) (web.Answer, error) {
	var s settings
	err := m.read(r.Context(), func(tx *db.Tx) (err error) {
		s, err = readSettings(tx)
		return err
	})
	v := settingsView{Idle: s.Idle, Longest: s.Longest, Factor: s.Factor, Version: s.Version, Admin: r.May(web.Act{Verb: web.Administer, Object: web.ObjectStaff})}
	return settingsPage.With("Sign-in settings", v), err
}

func (m *Room) postSettings(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := settings{Idle: f.Number("idle", "Enter minutes from 5 to 240", 5, 240), Longest: f.Number("longest", "Enter hours from 1 to 24", 1, 24),
		Factor: f.Ticked("factor"), Version: f.Number("version", "Open the page again", 0, 1<<40)}
	if !f.OK() {
		v := settingsView{Idle: s.Idle, Longest: s.Longest, Factor: s.Factor, Version: s.Version, Admin: true, Errors: f.Errors}
		return settingsPage.With("Sign-in settings", v).Faulty(f), nil
	}
	err = m.write(r, func(tx *db.Tx) error {
		if err := writeSettings(tx, s); err != nil {
			return fmt.Errorf("keep settings: %w", err)
		}
		return m.put(tx, r, record.Leaf{Verb: "change-settings", Object: "staff",
			Line: fmt.Sprintf("Sign-in settings: idle %d minutes, longest %d hours, second factor for all: %t", s.Idle, s.Longest, s.Factor)})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/staff/settings", "Kept"), nil
}
