package account

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) staffSection() web.Section {
	administer := func(pattern string, do func(*web.Request) (web.Answer, error)) web.Route {
		return web.Route{Pattern: pattern, Verb: web.Administer, Object: web.ObjectStaff, Do: do}
	}
	return web.Section{Title: "Staff", Path: "/staff", Order: 90, Object: web.ObjectStaff,
		Links: []web.Link{{Title: "Staff", Path: "/staff"}, {Title: "Who may do what", Path: "/staff/policy"}, {Title: "Sign-in settings", Path: "/staff/settings"}},
		Routes: []web.Route{
			{Pattern: "GET /staff", Verb: web.See, Object: web.ObjectStaff, Do: m.staff},
			{Pattern: "GET /staff/policy", Verb: web.See, Object: web.ObjectHome, Do: m.policy},
			{Pattern: "GET /staff/settings", Verb: web.See, Object: web.ObjectStaff, Do: m.settings},
			administer("POST /staff/settings", m.postSettings),
			administer("GET /staff/new", m.newUser),
			administer("POST /staff/new", m.postNewUser),
			administer("GET /staff/{id}", m.user),
			administer("POST /staff/{id}", m.postUser),
			administer("POST /staff/{id}/link", m.postLink),
			administer("POST /staff/{id}/unlock", m.postUnlock),
			administer("POST /staff/{id}/sign-out", m.postEnd),
			administer("POST /staff/sign-out", m.postEndAll),
		}}
}

// staffRow is a user as the list shows them.
type staffRow struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Role     string `json:"roles"`
	Councils string `json:"councils"`
	Active   bool   `json:"active"`
	Joined   bool   `json:"joined"`
	Factor   bool   `json:"second_factor"`
	Locked   bool   `json:"locked"`
	Both     bool   `json:"administers_and_sees"` // should not last
	Seen     int64  `json:"seen"`
}

type staffView struct {
	Rows  []staffRow `json:"staff"`
	Admin bool       `json:"-"` // the visitor may change them
}

func (v staffView) Columns() []string {
	return []string{"id", "name", "roles", "councils", "active", "joined", "second_factor", "locked", "seen"}
}

func (v staffView) EachRow(emit func(...any) error) error {
	for _, r := range v.Rows {
		if err := emit(r.ID, r.Name, r.Role, r.Councils, r.Active, r.Joined, r.Factor, r.Locked, r.Seen); err != nil {
			return err
		}
	}
	return nil
}

var staffPage = web.NewPage[staffView](pages, "staff.html")

func (m *Room) staff(r *web.Request) (web.Answer, error) {
	v := staffView{Admin: r.May(web.Act{Verb: web.Administer, Object: web.ObjectStaff})}
	err := m.read(r.Context(), func(tx *db.Tx) error {
		all, err := Users(tx)
		if err != nil {
			return err
		}
		for _, u := range all {
			shut, err := m.locked(tx, u.SignIn)
			if err != nil {
				return err
			}
			v.Rows = append(v.Rows, staffRow{u.ID, u.Name, u.title(), councilWords(u.Councils), u.Active, u.Joined(), u.Factor(), shut, u.both(), u.Seen})
		}
		return nil
	})
	return staffPage.With("Staff", v), err
}

// userView is the form of one user.
type userView struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	SignIn   string           `json:"sign_in"`
	Roles    []roleChoice     `json:"-"`
	Councils string           `json:"councils"`
	Active   bool             `json:"active"`
	Change   bool             `json:"-"` // must choose a new password
	Joined   bool             `json:"joined"`
	Locked   bool             `json:"locked"`
	Both     bool             `json:"-"`
	Sessions []sessionRow     `json:"sessions"`
	Version  int64            `json:"version"`
	Link     string           `json:"-"` // just made, shown once
	Errors   []web.FieldError `json:"-"`
}

type roleChoice struct {
	roleWords
	Ticked bool
}

var userPage = web.NewPage[userView](pages, "user.html")

func roleChoices(ticked []Role) (all []roleChoice) {
	for _, w := range roles {
		all = append(all, roleChoice{w, slices.Contains(ticked, w.Role)})
	}
	return all
}

func (m *Room) newUser(*web.Request) (web.Answer, error) {
	return userAnswer(userView{Roles: roleChoices(nil), Active: true}), nil
}

func userAnswer(v userView) *web.View {
	title := v.Name
	if v.ID == "" {
		title = "Invite somebody"
	}
	return userPage.With(title, v)
}

// userForm reads who a user is and what they may.
func userForm(f *web.Form) *User {
	u := &User{Name: f.Need("name", 100, "Enter the name"), Active: f.Ticked("active"), mustChange: f.Ticked("change")}
	u.Roles = rolesOf(strings.Join(f.All("role"), " "))
	if u.Roles == nil {
		f.Fault("role-"+string(roles[0].Role), "Tick at least one role")
	}
	u.Councils = councilsOf(f)
	if slices.Contains(u.Roles, Partner) && u.Councils == nil {
		f.Fault("councils", "Enter the council of the partner: partners see that council's people alone")
	}
	return u
}

var councilForm = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}$`)

// councilsOf reads codes of councils, with spaces or commas between.
func councilsOf(f *web.Form) []string {
	list := strings.FieldsFunc(f.Text("councils", 400), func(c rune) bool { return c <= ' ' || c == ',' || c == ';' })
	for _, c := range list {
		if !councilForm.MatchString(c) {
			f.Fault("councils", "Enter codes of councils as registers have them, such as E09000033")
			return list
		}
	}
	if len(list) == 0 {
		return nil // every council
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func viewOf(u *User) userView {
	return userView{ID: u.ID, Name: u.Name, SignIn: u.SignIn, Roles: roleChoices(u.Roles), Councils: strings.Join(u.Councils, " "),
		Active: u.Active, Change: u.mustChange, Joined: u.Joined(), Both: u.both(), Version: u.Version}
}

// postNewUser adds a user and shows the link with which they join.
func (m *Room) postNewUser(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	u := userForm(f)
	u.ID, u.SignIn, u.Active, u.mustChange, u.Made = newID("U"), signInName(f), true, false, r.Now.Unix()
	token := newSecret()
	if f.OK() {
		err = m.write(r, func(tx *db.Tx) error {
			if _, err := userBySignIn(tx, u.SignIn); err == nil {
				f.Fault("sign_in", "Enter another sign-in name: somebody has this one")
				return nil
			}
			if err := addUser(tx, u); err != nil {
				return err
			}
			if err := addLink(tx, digest(token), u.ID, r.Now.Unix(), r.Now.Add(inviteLife).Unix()); err != nil {
				return err
			}
			return m.put(tx, r, record.Leaf{Verb: "invite", Object: "user:" + u.ID, Line: "Invited a user. " + rightsLine(u)})
		})
	}
	if err != nil {
		return nil, err
	}
	v := viewOf(u)
	if !f.OK() {
		v.ID, v.Errors = "", f.Errors
		return userAnswer(v).Faulty(f), nil
	}
	v.Version, v.Link = 1, m.linkAddress(r, token)
	return userAnswer(v), nil
}

// linkAddress is a one-time link as somebody opens it: at the address by which
// the administrator reached the workspace.
func (m *Room) linkAddress(r *web.Request, token string) string {
	scheme := "http://"
	if m.Secure {
		scheme = "https://"
	}
	return scheme + r.Host + LinkPath(token)
}

// rightsLine says on record what a user may.
func rightsLine(u *User) string {
	line := fmt.Sprintf("Roles: %s. Councils: %s.", u.title(), councilWords(u.Councils))
	if u.both() {
		line += " Administers and sees personal data."
	}
	if !u.Active {
		line += " May not sign in."
	}
	return line
}

func (m *Room) user(r *web.Request) (web.Answer, error) {
	v, err := m.userView(r, r.Part("id"))
	if err != nil {
		return nil, err
	}
	return userAnswer(v), nil
}

func (m *Room) userView(r *web.Request, id string) (v userView, err error) {
	err = m.read(r.Context(), func(tx *db.Tx) error {
		u, err := userByID(tx, id)
		if err != nil {
			return err
		}
		v = viewOf(u)
		if v.Locked, err = m.locked(tx, u.SignIn); err != nil {
			return err
		}
		set, err := readSettings(tx)
		if err != nil {
			return err
		}
		sessions, err := sessionsOf(tx, id)
		for _, s := range sessions {
			if s.alive(set, r.Now) {
				v.Sessions = append(v.Sessions, sessionRow{s.ID, s.Browser, s.Address, s.Begun, s.Seen, false})
			}
		}
		return err
	})
	return v, err
}

// postUser changes a user.
func (m *Room) postUser(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	u := userForm(f)
	u.ID, u.Version = r.Part("id"), f.Number("version", "Open the page again", 1, 1<<40)
	if f.OK() {
		err = m.write(r, func(tx *db.Tx) error { return m.change(tx, r, f, u) })
	}
	if err != nil {
		return nil, err
	}
	if f.OK() {
		return web.Redirect("/staff", "Kept"), nil
	}
	v, err := m.userView(r, u.ID)
	if err != nil {
		return nil, err
	}
	v.Name, v.Roles, v.Councils, v.Active, v.Change, v.Errors = u.Name, roleChoices(u.Roles), strings.Join(u.Councils, " "), u.Active, u.mustChange, f.Errors
	return userAnswer(v).Faulty(f), nil
}

func (m *Room) change(tx *db.Tx, r *web.Request, f *web.Form, u *User) error {
	if err := tx.Serialise("account: staff"); err != nil { // two last administrators leave one after the other
		return err
	}
	was, err := userByID(tx, u.ID)
	if err != nil {
		return err
	}
	if err := m.checkChange(tx, r, f, was, u); err != nil || !f.OK() {
		return err
	}
	if err := changeUser(tx, u); err != nil {
		return err
	}
	if !u.Active {
		if _, err := endSessions(tx, u.ID, ""); err != nil {
			return err
		}
		if _, err := dropTokens(tx, u.ID); err != nil {
			return err
		}
	}
	return m.put(tx, r, record.Leaf{Verb: "change-user", Object: "user:" + u.ID, Line: "Changed a user. " + rightsLine(u)})
}

// checkChange refuses what would leave nobody to administer, and rights that
// somebody would give themselves.
func (m *Room) checkChange(tx *db.Tx, r *web.Request, f *web.Form, was, u *User) error {
	if u.ID == r.Visitor.ID && slices.ContainsFunc(u.Roles, func(x Role) bool { return !was.Has(x) }) {
		f.Fault("role-"+string(roles[0].Role), "Ask another administrator for further roles: nobody gives them to themselves")
	}
	if was.Has(Administrator) && was.Active && (!u.Active || !u.Has(Administrator)) {
		other, err := hasAdministrator(tx, u.ID)
		if err != nil {
			return err
		}
		if !other {
			f.Fault("role-"+string(Administrator), "Make somebody else administrator first: this is the only one")
		}
	}
	return nil
}
