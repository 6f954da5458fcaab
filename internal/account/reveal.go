package account

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// things are what can be revealed, by the word before the colon, and the object
// whose values become visible.
var things = map[string]web.Object{
	"person":    web.ObjectPerson,
	"household": web.ObjectPerson,
	"item":      web.ObjectDocument,
	"document":  web.ObjectDocument,
	"batch":     web.ObjectQueue,
	"sample":    web.ObjectSample,
	"version":   web.ObjectVersion,
	"register":  web.ObjectCase,
	"notice":    web.ObjectNotice,
	"telling":   web.ObjectTelling,
	"enquiry":   web.ObjectEnquiry,
	"stop":      web.ObjectStop,
	"search":    web.ObjectDocument,
}

var thingForm = regexp.MustCompile(`^[a-z]+:[A-Za-z0-9-]{1,40}$`)

// objectOf tells what a thing is; false if it is nothing that can be revealed.
func objectOf(thing string) (web.Object, bool) {
	if !thingForm.MatchString(thing) {
		return "", false
	}
	word, _, _ := strings.Cut(thing, ":")
	o, ok := things[word]
	return o, ok
}

// mayReveal reports whether a visitor may see a thing's values in clear.
func (m *Room) mayReveal(v *web.Visitor, thing string) bool {
	o, ok := objectOf(thing)
	return ok && m.May(v, web.Act{Verb: web.SeePersonal, Object: o, Degree: web.Personal}).Allowed
}

// RevealTime is how long a reveal lasts unless a room says otherwise.
const RevealTime = 15 * time.Minute

// Reveal lets a visitor's session see the values of a thing ("person:P…",
// "batch:7") in clear until a time, and puts that with its reason on record, in
// the caller's transaction. Rooms call it where a reveal is part of an act of
// theirs, such as checking out a batch; whether the visitor may is theirs to ask
// first. It appends to the record, so it comes last.
func Reveal(tx *db.Tx, v *web.Visitor, thing, reason string, now, until time.Time) error {
	if v == nil || v.Token || v.Session == "" {
		return fmt.Errorf("reveal %s: %w", thing, reeve.Denied)
	}
	if _, ok := objectOf(thing); !ok {
		return fmt.Errorf("reveal: %w", reeve.Invalid)
	}
	if err := addGrant(tx, v.Session, thing, now.Unix(), until.Unix()); err != nil {
		return fmt.Errorf("reveal %s: %w", thing, err)
	}
	_, err := record.Append(tx, record.Leaf{Time: now.Unix(), Actor: v.ID, Verb: "reveal", Object: thing,
		Line: fmt.Sprintf("Saw values in clear for %d minutes: %s", int(until.Sub(now).Minutes()), reason)})
	return err
}

// revealView is the form again, when its reason was missing.
type revealView struct {
	Thing  string           `json:"thing"`
	Back   string           `json:"back"`
	Reason string           `json:"-"`
	Errors []web.FieldError `json:"-"`
}

var revealPage = web.NewPage[revealView](pages, "reveal.html")

func (m *Room) revealSection() web.Section {
	return web.Section{Routes: []web.Route{{Pattern: "POST /reveal", Verb: web.Write, Object: web.ObjectHome, Do: m.reveal}}}
}

// reveal answers the reveal form of any page. It says nothing about whether the
// thing is there: a grant for what a visitor cannot reach shows nothing.
func (m *Room) reveal(r *web.Request) (web.Answer, error) {
	if err := person(r); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	thing := f.Said("thing")
	object, ok := objectOf(thing)
	if !ok || object == web.ObjectTelling { // shown by taking it, not by asking
		return nil, fmt.Errorf("reveal: %w", reeve.Invalid)
	}
	if err := r.Must(web.Act{Verb: web.SeePersonal, Object: object, Degree: web.Personal}); err != nil {
		return nil, err
	}
	back := localPath(f.Said("back"))
	reason := reasonOf(f)
	if !f.OK() {
		return revealPage.With("Show personal values", revealView{thing, back, reason, f.Errors}).Faulty(f), nil
	}
	err = m.write(r, func(tx *db.Tx) error { return Reveal(tx, r.Visitor, thing, reason, r.Now, r.Now.Add(RevealTime)) })
	if err != nil {
		return nil, err
	}
	return web.Redirect(back, "Values are shown for 15 minutes; this is on record"), nil
}

// reasonOf reads a reason that somebody else will be able to judge.
func reasonOf(f *web.Form) string {
	const least, most = 5, 300
	reason := f.Text("reason", most)
	if len(reason) < least {
		f.Fault("reason", "Enter the reason in a few words")
	}
	return reason
}
