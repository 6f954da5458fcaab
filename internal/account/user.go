package account

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/web"
)

// User is a member of staff who signs in.
type User struct {
	ID       string
	Name     string
	SignIn   string // folded: the name typed at the door
	Roles    []Role
	Councils []string // nil is every council
	Active   bool
	Version  int64
	Made     int64 // UTC seconds
	Seen     int64 // when they last did anything, 0 for never

	password   string // as kept
	factor     string // sealed
	factorStep int64
	factorDue  int64
	mustChange bool
}

// Joined reports whether they have ever set a password.
func (u *User) Joined() bool { return u.password != "" }

// Factor reports whether they have a second factor.
func (u *User) Factor() bool { return u.factor != "" }

// Has reports whether the user has a role.
func (u *User) Has(r Role) bool { return slices.Contains(u.Roles, r) }

// title is the user's roles as people say them.
func (u *User) title() string {
	var titles []string
	for _, r := range u.Roles {
		if w, ok := r.words(); ok {
			titles = append(titles, w.Title)
		}
	}
	return strings.Join(titles, ", ")
}

// both reports whether somebody runs the machine and sees personal data: it
// should not be so for long, and pages say so.
func (u *User) both() bool {
	return u.Has(Administrator) && slices.ContainsFunc(u.Roles, func(r Role) bool { return r.personal() })
}

// personal reports whether a role sees personal data in clear anywhere.
func (r Role) personal() bool {
	return slices.ContainsFunc(objects, func(o objectWords) bool {
		_, ok := matrix[cell{r, web.SeePersonal, o.Object}]
		return ok
	})
}

// foldSignIn is a sign-in name as it is compared.
func foldSignIn(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func rolesOf(text string) []Role {
	var all []Role
	for _, w := range roles { // in the order of the table
		if slices.Contains(strings.Fields(text), string(w.Role)) {
			all = append(all, w.Role)
		}
	}
	return all
}

func joinRoles(list []Role) string {
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}

// fieldsOf is a kept list; nil if it is empty.
func fieldsOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Fields(text)
}
