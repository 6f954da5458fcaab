package account

import (
	"errors"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// stagePaths are where somebody does what is still to be done.
var stagePaths = map[string]string{stageCode: "/sign-in/code", stageEnrol: "/sign-in/second-factor", stageChange: "/sign-in/password"}

// nextStage tells what a user who has shown their password, and if coded their
// second factor, has still to do before they are in.
func nextStage(u *User, set settings, coded bool, now time.Time) string {
	switch {
	case u.Factor() && !coded:
		return stageCode
	case u.mustChange:
		return stageChange
	case set.Factor && !u.Factor() && now.Unix() >= u.factorDue:
		return stageEnrol
	}
	return stageFull
}

// admit begins the session of a user who has proved who they are, by whatever
// way, and sends them on: in, or to what is still to be done.
func (m *Room) admit(r *web.Request, u *User, way, aim string) (web.Answer, error) {
	return m.step(r, u, &Session{way: way, aim: aim}, false)
}

// advance sends somebody who did what was to be done on to what is next.
func (m *Room) advance(r *web.Request, u *User, s *Session) (web.Answer, error) {
	return m.step(r, u, s, true)
}

func (m *Room) step(r *web.Request, u *User, s *Session, coded bool) (web.Answer, error) {
	var secret string
	var next string
	err := m.write(r, func(tx *db.Tx) error {
		set, err := readSettings(tx)
		if err != nil {
			return err
		}
		next = nextStage(u, set, coded, r.Now)
		secret, err = m.begin(tx, r, u, s, next)
		return err
	})
	if err != nil {
		return nil, err
	}
	r.SetCookie(m.cookie(secret))
	if next == stageFull {
		return web.Redirect(s.aim, ""), nil
	}
	return web.Redirect(stagePaths[next], ""), nil
}

// begin keeps a session with a new secret, in the place of the one that came
// with the request: a secret that was known before somebody was in is worth
// nothing afterwards.
func (m *Room) begin(tx *db.Tx, r *web.Request, u *User, s *Session, stage string) (secret string, err error) {
	if old := m.secretOf(r.Request); old != "" {
		if err := dropSession(tx, digest(old)); err != nil {
			return "", err
		}
	}
	secret = newSecret()
	hash, now := digest(secret), r.Now.Unix()
	begun := &Session{ID: newID("S"), Holder: u.ID, Browser: agentOf(r.Request), Address: addressOf(r.Request), Begun: now, Seen: now, stage: stage, way: s.way, aim: s.aim}
	if err := addSession(tx, hash, begun); err != nil || stage != stageFull {
		return secret, err
	}
	set, err := readSettings(tx)
	if err != nil {
		return "", err
	}
	return secret, errors.Join(
		clearSessions(tx, set, now),
		m.forgive(tx, u.SignIn, begun.Address),
		touch(tx, hash, u.ID, now),
		m.put(tx, r, record.Leaf{Actor: u.ID, Verb: "sign-in", Object: "session:" + begun.ID, Line: "Signed in with " + s.way + ", " + begun.Browser}))
}

// half gives the session and user of somebody who is between password and in;
// reeve.NotFound if there is none, or it waits for something else.
func (m *Room) half(tx *db.Tx, r *web.Request, stage string) (*Session, *User, error) {
	secret := m.secretOf(r.Request)
	if secret == "" {
		return nil, nil, reeve.NotFound
	}
	s, err := findSession(tx, digest(secret))
	if err != nil {
		return nil, nil, err
	}
	if s.stage != stage || !s.alive(settings{}, r.Now) {
		return nil, nil, reeve.NotFound
	}
	u, err := userByID(tx, s.Holder)
	if err == nil && !u.Active {
		err = reeve.NotFound
	}
	return s, u, err
}

// waiting is half in a transaction of its own; somebody who is not there is
// sent back to the door.
func (m *Room) waiting(r *web.Request, stage string) (s *Session, u *User, back web.Answer, err error) {
	err = m.read(r.Context(), func(tx *db.Tx) (err error) {
		s, u, err = m.half(tx, r, stage)
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		return nil, nil, web.Redirect("/sign-in", "Sign in again: that took too long"), nil
	}
	return s, u, nil, err
}
