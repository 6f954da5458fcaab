package notice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// onKeep bounds lists of what is kept.
const onKeep = 200

var decisionsPage = web.NewPage[decisionsView](pages, "decisions.html")

// decisionsView is whom to tell about children and people who died.
type decisionsView struct {
	Decisions []decision        `json:"decisions"`
	Sorts     []choice          `json:"-"`
	Formats   []choice          `json:"-"`
	Typed     map[string]string `json:"-"`
	Errors    []web.FieldError  `json:"-"`
}

func (m *Room) decisionsView(r *web.Request) (v decisionsView, err error) {
	v.Sorts, v.Typed = choices("child", "child", "A child", "estate", "Somebody who died"), map[string]string{}
	v.Formats = choices("", "", "Standard print", string(LargePrint), "Large print", string(EasyRead), "Easy Read", "braille", "Braille", "audio", "Audio", "other", "Another format: people make it")
	if r.Visitor.Councils != nil { // who it is about may be of another council
		return v, nil
	}
	return v, m.db.Read(r.Context(), func(tx *db.Tx) (err error) { v.Decisions, err = readDecisions(tx, onKeep); return err })
}

func (m *Room) decisions(r *web.Request) (web.Answer, error) {
	v, err := m.decisionsView(r)
	return decisionsPage.With("Children and estates", v), err
}

// decide puts on record whom to tell. The person must be one of the guard's: an
// unknown and a sealed one answer alike.
func (m *Room) decide(r *web.Request) (web.Answer, error) {
	v, err := m.decisionsView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	d := decision{Person: f.Need("person", 40, "Enter the id of the person whom it is about"), Sort: Kind(f.Choice("sort", "Choose about whom it is", values(v.Sorts)...)),
		Name:     reeve.Private(reeve.KindName, f.Need("name", 120, "Enter who is to be told")),
		Relation: f.Need("relation", 120, "Say who they are to the person"), Basis: f.Need("basis", 500, "Say on what this rests, such as parental responsibility"),
		Harm: f.Need("harm", 500, "Say how you checked that telling them harms nobody"), Decider: f.Need("decider", 120, "Name the officer who decided"),
		Day: f.Text("day", 10), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	readsIn(f, &d, v.Formats)
	address := f.Need("address", 400, "Enter the address, one line below the other, the postcode last")
	d.Lines = private(strings.Split(address, "\n"))
	if day, err := time.Parse(time.DateOnly, d.Day); err != nil || day.After(r.Now) {
		f.Fault("day", "Enter the day of the decision, such as 2026-01-12")
	}
	if bad := checkAddress(d.block()); f.OK() && bad != "" {
		f.Fault("address", "This address would not arrive: "+said(string(bad)))
	}
	if f.OK() {
		if err := m.knownPerson(r, d.Person); err != nil {
			f.Fault("person", "There is nobody with this id whom you may see")
		}
	}
	if !f.OK() {
		v.Errors, v.Sorts, v.Formats = f.Errors, chosen(v.Sorts, f.Said("sort")), chosen(v.Formats, f.Said("format"))
		for _, name := range []string{"person", "name", "relation", "basis", "harm", "decider", "day", "address", "language"} {
			v.Typed[name] = f.Said(name)
		}
		return decisionsPage.With("Children and estates", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "decide", Object: "person:" + d.Person, Line: "It was recorded whom to tell, for notices about a child or an estate"}, addDecision(tx, &d)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/notices/decisions", "Recorded."), nil
}

// readsIn reads how whoever is told reads. Nothing chosen is standard print, as
// nothing entered is English.
func readsIn(f *web.Form, d *decision, formats []choice) {
	d.Language = strings.ToLower(f.Text("language", 8))
	if d.Language != "" && !languageForm.MatchString(d.Language) {
		f.Fault("language", "Enter a code of two or three letters, such as cy, pl or ar, or leave it empty for English")
	}
	if f.Said("format") != "" {
		d.Format = Format(f.Choice("format", "Choose in which format they read", values(formats)...))
	}
}

// Reads says how whoever is told reads.
func (d decision) Reads() string { return form{languageCode(d.Language), d.Format}.inWords() }

func (m *Room) knownPerson(r *web.Request, person string) error {
	if r.Visitor.Councils != nil {
		return reeve.Denied
	}
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		found, err := m.Guard.Stand(tx, 0, []string{person})
		if err == nil && len(found) == 0 {
			err = reeve.NotFound
		}
		return err
	})
}

func (m *Room) endDecision(r *web.Request) (web.Answer, error) {
	return m.ended(r, "/notices/decisions", "end", "notice-decision:", func(tx *db.Tx, id int64, why string) error { return endDecision(tx, id, why, r.Now.Unix()) })
}

// ended is an act that ends what is kept under a number, with a reason.
func (m *Room) ended(r *web.Request, back, verb, object string, do func(tx *db.Tx, id int64, why string) error) (web.Answer, error) {
	id, err := r.Number("id")
	if err == nil && r.Visitor.Councils != nil { // who it is about may be of another council
		err = fmt.Errorf("%s: %w", verb, reeve.NotFound)
	}
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Need("why", 300, "say why")
	if !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("%s: %w", verb, reeve.Invalid), "give the reason")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: verb, Object: object + strconv.FormatInt(id, 10), Line: "Ended with a reason"}, do(tx, id, why)
	})
	return web.Redirect(back, "Done."), err
}
