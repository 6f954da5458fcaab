package account

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// firstView is the page that a one-time link opens: the first administrator
// says who they are; everybody sets their password and second factor.
type firstView struct {
	enrolment
	Link     string `json:"-"`
	First    bool   `json:"-"` // the first administrator
	Later    bool   `json:"-"` // the second factor may be left for later
	Name     string `json:"-"`
	SignIn   string `json:"-"`
	Lead     bool   `json:"-"` // ticked: does the data protection officer's work too
	Deferred bool   `json:"-"` // ticked: later

	Errors []web.FieldError `json:"-"`
}

var firstPage = web.NewPage[firstView](pages, "first.html")

// factorGrace is how long a second factor may be left for later.
const factorGrace = 7 * 24 * time.Hour

// joining is somebody with a one-time link.
type joining struct {
	link  string
	user  *User // without an id: the first administrator
	first bool
	later bool
}

// join finds out whose link it is. One that was used, has run out or never was
// is reeve.NotFound.
func (m *Room) join(r *web.Request, link string) (j joining, err error) {
	j = joining{link: link, user: &User{}}
	err = m.read(r.Context(), func(tx *db.Tx) error {
		holder, err := findLink(tx, digest(link), r.Now.Unix())
		if err != nil {
			return reeve.WithHint(fmt.Errorf("use link: %w", err), "a one-time link works once and not for ever: ask for a new one")
		}
		set, err := readSettings(tx)
		if err != nil {
			return err
		}
		j.first = holder == ""
		j.later = j.first || !set.Factor
		if !j.first {
			j.user, err = userByID(tx, holder)
		}
		return err
	})
	return j, err
}

func (m *Room) first(r *web.Request) (web.Answer, error) {
	j, err := m.join(r, r.Ask("link"))
	if err != nil {
		return nil, err
	}
	return j.view(firstView{Name: j.user.Name, SignIn: j.user.SignIn, Lead: true}, newFactor())
}

func (j joining) view(v firstView, secret string) (*web.View, error) {
	v.Link, v.First, v.Later = j.link, j.first, j.later
	var err error
	v.enrolment, err = enrol(secret, issuer, v.SignIn)
	title := "Set up your sign-in"
	if j.first {
		title = "Set up Reeve"
	}
	return firstPage.With(title, v), err
}

func (m *Room) postFirst(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	j, err := m.join(r, f.Said("link"))
	if err != nil {
		return nil, err
	}
	v := firstView{Name: j.user.Name, SignIn: j.user.SignIn, Lead: f.Ticked("lead"), Deferred: j.later && f.Ticked("later")}
	if j.first {
		v.Name, v.SignIn = f.Need("name", 100, "Enter your name"), signInName(f)
	}
	password := newPassword(f, v.SignIn, v.Name)
	secret := factorOf(f.Said("code_secret"))
	step, coded := stepOf(secret, f.Said("code"), r.Now)
	if !coded && !v.Deferred {
		f.Fault("code", "Enter the six digits that your app shows now")
	}
	if !f.OK() {
		v.Errors = f.Errors
		again, err := j.view(v, secret)
		if err != nil {
			return nil, err
		}
		return again.Faulty(f), nil
	}
	return m.joined(r, j, v, chosen{m.hashPassword(password), secret, step})
}

// signInName reads a name to sign in with.
func signInName(f *web.Form) string {
	s := foldSignIn(f.Need("sign_in", 60, "Enter a sign-in name"))
	if strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c == '\u00a0' }) {
		f.Fault("sign_in", "Enter a sign-in name without spaces")
	}
	return s
}

// chosen is what somebody with a one-time link set: the hash of their password,
// and their second factor with the step of the code that showed it.
type chosen struct {
	kept   string
	secret string
	step   int64
}

// joined keeps what came with a one-time link and lets its holder in.
func (m *Room) joined(r *web.Request, j joining, v firstView, c chosen) (web.Answer, error) {
	var codes []string
	var cookie string
	err := m.write(r, func(tx *db.Tx) (err error) {
		if err := useLink(tx, digest(j.link), r.Now.Unix()); err != nil {
			return err
		}
		if codes, err = m.keepJoined(tx, r, j, v, c); err != nil {
			return err
		}
		cookie, err = m.begin(tx, r, j.user, &Session{way: "a one-time link"}, stageFull)
		return err
	})
	if err != nil {
		return nil, err
	}
	r.SetCookie(m.cookie(cookie))
	if codes == nil {
		return web.Redirect("/", "You are in. Set up your second factor within a week"), nil
	}
	return m.codes(r, j.user, codes, "/"), nil
}

// keepJoined makes the first administrator, or resets the user whose link it is,
// and keeps password and second factor; it gives the recovery codes, none if
// the second factor was left for later.
func (m *Room) keepJoined(tx *db.Tx, r *web.Request, j joining, v firstView, c chosen) (codes []string, err error) {
	if j.first {
		err = m.addFirst(tx, r, j.user, v)
	} else {
		err = m.reset(tx, j.user)
	}
	if err != nil {
		return nil, err
	}
	if err := setPassword(tx, j.user.ID, c.kept); err != nil {
		return nil, err
	}
	line := "Joined with a one-time link and set up a second factor"
	if v.Deferred {
		line = "Joined with a one-time link and left the second factor for later"
		err = setFactor(tx, j.user.ID, "", 0, r.Now.Add(factorGrace).Unix())
	} else {
		codes, err = m.keepFactor(tx, j.user, c.secret, c.step)
	}
	if err != nil {
		return nil, err
	}
	return codes, m.put(tx, r, record.Leaf{Actor: j.user.ID, Verb: "join", Object: "user:" + j.user.ID, Line: line})
}

// addFirst makes the first administrator.
func (m *Room) addFirst(tx *db.Tx, r *web.Request, u *User, v firstView) error {
	there, err := hasAdministrator(tx, "")
	if err != nil {
		return err
	}
	if there {
		return reeve.WithHint(fmt.Errorf("add first administrator: %w", reeve.Conflict), "an administrator is there already: they can invite you")
	}
	u.ID, u.Name, u.SignIn, u.Active, u.Made = newID("U"), v.Name, v.SignIn, true, r.Now.Unix()
	u.Roles = []Role{Administrator}
	if v.Lead {
		u.Roles = append(u.Roles, DPO)
	}
	return addUser(tx, u)
}

// reset takes away what a user had, as somebody else may have it: sessions,
// tokens, second factor, lock.
func (m *Room) reset(tx *db.Tx, u *User) error {
	if !u.Active {
		return reeve.NotFound
	}
	if _, err := endSessions(tx, u.ID, ""); err != nil {
		return err
	}
	if _, err := dropTokens(tx, u.ID); err != nil {
		return err
	}
	err := m.unlock(tx, u.SignIn)
	if errors.Is(err, reeve.Conflict) { // was not locked
		err = nil
	}
	u.factor, u.mustChange = "", false
	return errors.Join(err, setRecovery(tx, u.ID, nil))
}
