package web

import (
	"net/http"
	"slices"
	"time"
)

// Visitor is who asks. account makes it from a session or a token.
type Visitor struct {
	ID       string
	Name     string
	Role     string           // as people say it: "Data protection officer"
	Councils []string         // whose people they may see; nil is every council
	Opened   []string         // sealed people opened to them now, by two named people
	Openings map[string]int64 // the number of the opening of each of these
	Shown    []Grant          // what they may see in clear now, each on record
	Roles    []string         // as the policy knows them: "dpo"
	Verbs    []Verb           // what a token is limited to; nil is all that the roles allow
	Token    bool             // a program, not a person
	Session  string           // for the visitor's own list of sessions; never the secret
}

// Grant is one logged reveal: the thing whose values may be seen in clear, such
// as "person:PABC" or "batch:7", and until when.
type Grant struct {
	Thing string
	Until time.Time
}

// Granted reports whether a thing's values may be shown in clear now.
func (v *Visitor) Granted(thing string, now time.Time) bool {
	return v != nil && slices.ContainsFunc(v.Shown, func(g Grant) bool { return g.Thing == thing && now.Before(g.Until) })
}

// Door is what the web needs to know about people; account answers.
type Door interface {
	// Visitor tells who sent a request, nil if nobody who is signed in. It may
	// set cookies, to prolong a session.
	Visitor(w http.ResponseWriter, r *http.Request) (*Visitor, error)
	// May rules on an act. A nil visitor is somebody not signed in.
	May(v *Visitor, a Act) Ruling
	// Knows reports whether the policy has a row for a verb on an object.
	Knows(v Verb, o Object) bool
}
