package account

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/web"
)

type verbWords struct {
	Verb  web.Verb
	Title string
}

type objectWords struct {
	Object web.Object
	Title  string
}

// degreeWords are the degrees as people read them, by number.
var degreeWords = []string{"plain", "personal", "special", "sealed"}

// cell is one field of the access matrix.
type cell struct {
	role   Role
	verb   web.Verb
	object web.Object
}

// matrix is the policy table, looked up by cell: how grave a thing may be. A
// cell that is not there denies.
var matrix = func() map[cell]web.Degree {
	m := make(map[cell]web.Degree)
	put := func(r Role, v web.Verb, o web.Object, upTo web.Degree) {
		c := cell{r, v, o}
		m[c] = max(m[c], upTo)
	}
	for _, w := range roles { // everybody has the start page and their own sign-in
		put(w.Role, web.See, web.ObjectHome, web.Plain)
		put(w.Role, web.Write, web.ObjectHome, web.Plain)
	}
	for _, r := range policyTable {
		for _, v := range r.may {
			for _, o := range r.on {
				put(r.role, v, o, r.upTo)
			}
		}
	}
	return m
}()

// Knows reports whether any role may do a verb to an object.
func (m *Room) Knows(v web.Verb, o web.Object) bool {
	return slices.ContainsFunc(roles, func(w roleWords) bool { _, ok := matrix[cell{w.Role, v, o}]; return ok })
}

// May rules on an act: a role of the visitor must allow it up to its degree; a
// token must have been made for the verb; and nobody who is limited to councils
// acts on what is another council's, or on the case as a whole.
func (m *Room) May(v *web.Visitor, a web.Act) web.Ruling {
	switch {
	case v == nil:
		return web.Ruling{Reason: "Sign in first."}
	case v.Verbs != nil && !slices.Contains(v.Verbs, a.Verb):
		return web.Ruling{Reason: fmt.Sprintf("This token was not made to %s.", a.Verb)}
	case !within(v, a):
		return web.Ruling{Reason: "You are limited to " + strings.Join(v.Councils, ", ") + "; this is not theirs alone."}
	}
	return byRole(v, a)
}

// within is the council scope.
func within(v *web.Visitor, a web.Act) bool {
	if v.Councils == nil {
		return true
	}
	if a.Council != "" {
		return slices.Contains(v.Councils, a.Council)
	}
	for _, w := range wholeCase {
		if w.verb == a.Verb && w.object == a.Object {
			return false
		}
	}
	return true
}

func byRole(v *web.Visitor, a web.Act) web.Ruling {
	best := web.Degree(-1)
	for _, r := range v.Roles {
		if Role(r) == Partner && v.Councils == nil {
			continue // another council's officer is somebody only within that council
		}
		if upTo, ok := matrix[cell{Role(r), a.Verb, a.Object}]; ok {
			best = max(best, upTo)
		}
	}
	switch {
	case best >= a.Degree && a.Degree >= web.Plain:
		return web.Ruling{Allowed: true}
	case best >= 0:
		return web.Ruling{Reason: "Your role goes up to " + degreeWords[best] + " here, not further. " + whoMay(a)}
	}
	return web.Ruling{Reason: whoMay(a)}
}

// whoMay says whom to ask.
func whoMay(a web.Act) string {
	var titles []string
	for _, w := range roles {
		if upTo, ok := matrix[cell{w.Role, a.Verb, a.Object}]; ok && upTo >= a.Degree {
			titles = append(titles, w.Title)
		}
	}
	if titles == nil {
		return "No role may do this."
	}
	return "Who may: " + strings.Join(titles, ", ") + "."
}
