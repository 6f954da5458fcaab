package account

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// signInSection is the way in: what somebody who is not signed in may ask for.
func (m *Room) signInSection() web.Section {
	s := web.Section{Routes: []web.Route{
		{Pattern: "GET /sign-in", Open: true, Do: m.signIn},
		{Pattern: "GET /sign-in/code", Open: true, Do: m.code},
		{Pattern: "POST /sign-in/code", Open: true, Do: m.postCode},
		{Pattern: "GET /sign-in/second-factor", Open: true, Do: m.enrolAtDoor},
		{Pattern: "POST /sign-in/second-factor", Open: true, Do: m.postEnrolAtDoor},
		{Pattern: "GET /sign-in/password", Open: true, Do: m.changeAtDoor},
		{Pattern: "POST /sign-in/password", Open: true, Do: m.postChangeAtDoor},
		{Pattern: "POST /sign-out", Verb: web.Write, Object: web.ObjectHome, Do: m.signOut},
		{Pattern: "GET /first", Open: true, Do: m.first},
		{Pattern: "POST /first", Open: true, Do: m.postFirst},
	}}
	for _, w := range m.ways {
		s.Routes = append(s.Routes, w.Routes()...)
	}
	return s
}

// signInView is the page at the door.
type signInView struct {
	To     string           `json:"to"`
	Name   string           `json:"-"`
	Offers []Offer          `json:"-"`
	Errors []web.FieldError `json:"-"`
}

var signInPage = web.NewPage[signInView](pages, "signin.html")

func (m *Room) signIn(r *web.Request) (web.Answer, error) {
	if r.Visitor != nil {
		return web.Redirect(localPath(r.Ask("to")), ""), nil
	}
	return m.signInView(signInView{To: r.Ask("to")}), nil
}

func (m *Room) signInView(v signInView) *web.View {
	v.To = localPath(v.To)
	for _, w := range m.ways {
		if o, ok := w.Offer(); ok {
			v.Offers = append(v.Offers, o)
		}
	}
	return signInPage.With("Sign in", v)
}

// localPath is a path of this workspace to go to after signing in: what could
// lead anywhere else, or round in a circle, becomes the start page.
func localPath(to string) string {
	u, err := url.Parse(to)
	switch {
	case err != nil, u.Scheme != "", u.Host != "", u.User != nil, u.Opaque != "":
	case !strings.HasPrefix(to, "/"), strings.HasPrefix(to, "//"), len(to) > 500:
	case strings.ContainsFunc(u.Path, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\\' }):
	case path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/"):
	case strings.HasPrefix(u.Path, "/sign-"), u.Path == "/first":
	default:
		return u.RequestURI()
	}
	return "/"
}

// passwordWay is name and password.
type passwordWay struct{ m *Room }

func (passwordWay) Name() string         { return "password" }
func (passwordWay) Offer() (Offer, bool) { return Offer{}, false }
func (w passwordWay) Routes() []web.Route {
	return []web.Route{{Pattern: "POST /sign-in", Open: true, Do: w.post}}
}

const wrongPassword = "The sign-in name or the password is wrong"

func (w passwordWay) post(r *web.Request) (web.Answer, error) {
	m := w.m
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	name, password := f.Need("name", 100, "Enter your sign-in name"), f.Said("password")
	if password == "" || len(password) > 4*mostPassword {
		f.Fault("password", "Enter your password")
	}
	again := func() (web.Answer, error) {
		return m.signInView(signInView{To: f.Said("to"), Name: name, Errors: f.Errors}).Faulty(f), nil
	}
	if !f.OK() {
		return again()
	}
	u, h, err := m.approach(r, name)
	if err != nil {
		return nil, err
	}
	if h != nil {
		f.Fault("name", h.words())
		return again()
	}
	if !m.checkPassword(u.password, password) || !u.Active {
		f.Fault("name", wrongPassword)
		if err := m.failed(r, u, name); err != nil {
			return nil, err
		}
		return again()
	}
	if m.stale(u.password) {
		kept := m.hashPassword(password)
		if err := m.write(r, func(tx *db.Tx) error { return keepHash(tx, u.ID, u.password, kept) }); err != nil {
			return nil, err
		}
	}
	return m.admit(r, u, w.Name(), localPath(f.Said("to")))
}

// approach counts an attempt with a sign-in name and finds the user; an unknown
// name gives one without id or password, who fails as slowly as others.
func (m *Room) approach(r *web.Request, name string) (u *User, h *held, err error) {
	err = m.write(r, func(tx *db.Tx) error {
		if h, err = m.charge(tx, name, addressOf(r.Request), r.Now); err != nil || h != nil {
			return err
		}
		u, err = userBySignIn(tx, name)
		if errors.Is(err, reeve.NotFound) {
			u, err = &User{}, nil
		}
		return err
	})
	return u, h, err
}

// failed puts a failed attempt on record: whose it was if the name is
// somebody's, never what was typed.
func (m *Room) failed(r *web.Request, u *User, name string) error {
	return m.write(r, func(tx *db.Tx) error {
		leaf := record.Leaf{Verb: "sign-in-failed", Line: "A sign-in failed, from " + addressOf(r.Request)}
		if u.ID != "" {
			leaf.Object = "user:" + u.ID
		}
		if shut, err := m.locked(tx, name); err != nil {
			return err
		} else if shut {
			leaf.Verb, leaf.Line = "lock", leaf.Line+"; there were too many, the name is locked"
		}
		return m.put(tx, r, leaf)
	})
}

// write runs a change in a transaction.
func (m *Room) write(r *web.Request, do func(tx *db.Tx) error) error {
	return m.DB.Write(r.Context(), do)
}

func (m *Room) read(ctx context.Context, do func(tx *db.Tx) error) error { return m.DB.Read(ctx, do) }

// put appends a leaf of now. Its actor is the visitor, or the program where
// nobody has proved who they are.
func (m *Room) put(tx *db.Tx, r *web.Request, leaf record.Leaf) error {
	leaf.Time = r.Now.Unix()
	switch {
	case leaf.Actor != "":
	case r.Visitor != nil:
		leaf.Actor = r.Visitor.ID
	default:
		leaf.Actor = program
	}
	_, err := record.Append(tx, leaf)
	return err
}

// signOut ends the session.
func (m *Room) signOut(r *web.Request) (web.Answer, error) {
	if err := person(r); err != nil {
		return nil, err
	}
	err := m.write(r, func(tx *db.Tx) error {
		if err := endSession(tx, r.Visitor.ID, r.Visitor.Session); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "sign-out", Object: "session:" + r.Visitor.Session})
	})
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return nil, err
	}
	r.SetCookie(m.cookie(""))
	return web.Redirect("/sign-in", "You have signed out"), nil
}

// person refuses programs: what only the user themselves may do.
func person(r *web.Request) error {
	if r.Visitor == nil || r.Visitor.Token {
		return reeve.WithHint(reeve.Denied, "a token cannot do this: sign in")
	}
	return nil
}

// agentOf names the browser of a request.
func agentOf(r *http.Request) string { return browserOf(r.UserAgent()) }
