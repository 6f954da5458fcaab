package enquiry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/uk"
	"github.com/reeve-council/reeve/internal/web"
)

var newPage = web.NewPage[newView](pages, "enquiry_new.html")

// newView is the form in which an agent types what somebody asks.
type newView struct {
	Typed    typedForm
	Kinds    []choice
	Topics   []choice
	Channels []choice
	Councils []string // to choose from; none where the visitor has all
	Errors   []web.FieldError
}

// typedForm is a form as it was typed, to be given back.
type typedForm struct {
	Channel, Kind, Topic, Council                     string
	Name, Email, Phone, Postcode, Safe, Words, Letter string
	Vulnerable                                        bool
	Form, Day, Once, Way, Sender, Copied              string
	Call                                              int64 // check of the caller, before
}

func (m *Room) newForm(r *web.Request) (web.Answer, error) {
	if err := mayWrite(r, ""); err != nil {
		return nil, err
	}
	v := newView{Typed: typedForm{Channel: r.Ask("channel"), Topic: r.Ask("topic"), Form: r.Ask("form")}}
	v.Typed.Call, _ = strconv.ParseInt(r.Ask("call"), 10, 64)
	return m.showNew(r, v), nil
}

func (m *Room) showNew(r *web.Request, v newView) *web.View {
	v.Kinds = codesOf(kinds, func(c string) string { return kindTable[Kind(c)] })
	v.Topics = topics
	v.Channels = slices.DeleteFunc(channelChoices(), func(c choice) bool { return c.Value == string(ByForm) })
	v.Councils = r.Visitor.Councils
	return newPage.With("New enquiry", v)
}

// readPerson reads the fields about who asks.
func readPerson(f *web.Form) (p Person, typed typedForm) {
	typed = typedForm{Name: f.Text("name", 200), Email: f.Text("email", 254), Phone: f.Text("phone", 40), Postcode: f.Text("postcode", 12), Safe: f.Text("safe", 500)}
	if typed.Email != "" && (strings.Count(typed.Email, "@") != 1 || strings.ContainsAny(typed.Email, " ,;<>")) {
		f.Fault("email", "Enter an e-mail address such as name@example.org")
	}
	if typed.Phone != "" {
		if _, ok := uk.NormPhone(typed.Phone); !ok && len(strings.Trim(typed.Phone, "+0123456789 ()-")) > 0 {
			f.Fault("phone", "Enter a telephone number such as 020 7946 0999")
		}
	}
	if typed.Postcode != "" {
		if norm, ok := uk.NormPostcode(typed.Postcode); ok {
			typed.Postcode = norm
		} else {
			f.Fault("postcode", "Enter a whole postcode, or leave it empty")
		}
	}
	return personOf(typed.Name, typed.Email, typed.Phone, typed.Postcode, typed.Safe), typed
}

// newKeep keeps what an agent typed.
func (m *Room) newKeep(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s, typed := m.readTyped(r, f)
	number, err := formNumber(typed.Form)
	if typed.Form != "" && err != nil {
		f.Fault("form", "Enter the number as it is printed on the form, such as F000123-H")
	}
	if s.Channel == ByPaper && typed.Form == "" {
		f.Fault("form", "Enter the number that is printed on the form")
	}
	if !f.OK() {
		return m.showNew(r, newView{Typed: typed, Errors: f.Errors}).Faulty(f), nil
	}
	if err := mayWrite(r, s.Council); err != nil {
		return nil, err
	}
	caller, err := m.verifiedBy(r, typed.Call)
	if err != nil {
		return nil, err
	}
	var id int64
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		if id, _, err = m.keepEnquiry(tx, s); err != nil {
			return leaf, err
		}
		if typed.Form != "" {
			if err := typeForm(tx, number, id, r.Visitor.Name, r.Now.Unix()); err != nil {
				return leaf, err
			}
		}
		if id, err = tieVerified(tx, id, caller, s); err != nil {
			return leaf, err
		}
		return record.Leaf{Verb: "enquiry-type", Object: leafObject(id), Line: fmt.Sprintf("Typed in enquiry %d", id)}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/enquiries/%d", id), "Kept. Their reference is "+spacedReference(s.Reference)), nil
}

// readTyped reads the agent's form.
func (m *Room) readTyped(r *web.Request, f *web.Form) (Submission, typedForm) {
	person, typed := readPerson(f)
	typed.Channel = f.Choice("channel", "Choose how it came", string(ByPhone), string(ByMail), string(ByCounter), string(ByPaper))
	typed.Kind = f.Choice("kind", "Choose what they want", values(kinds)...)
	typed.Topic = f.Choice("topic", "Choose what it is about", values(topics)...)
	typed.Words = f.Need("words", mostWords/4, "Write what they asked, in their words")
	typed.Letter, typed.Form, typed.Vulnerable = f.Text("letter", 40), f.Text("form", 12), f.Ticked("vulnerable")
	typed.Council = f.Said("council")
	if r.Visitor.Councils != nil && !slices.Contains(r.Visitor.Councils, typed.Council) {
		typed.Council = r.Visitor.Councils[0]
	}
	typed.Day = f.Text("day", 10)
	typed.Call, _ = strconv.ParseInt(f.Said("call"), 10, 64)
	at := r.Now
	if typed.Day != "" {
		day, err := time.ParseInLocation(time.DateOnly, typed.Day, london)
		if err != nil || day.After(r.Now) || r.Now.Sub(day) > 366*24*time.Hour {
			f.Fault("day", "Enter the day on which it came, such as 2026-01-12")
		} else if !sameDay(day, r.Now) {
			at = day.Add(12 * time.Hour)
		}
	}
	return Submission{Reference: newReference(), At: at.Unix(), Channel: Channel(typed.Channel), Kind: Kind(typed.Kind), Topic: typed.Topic, Person: person, Words: private(typed.Words),
		Letter: private(typed.Letter), Vulnerable: typed.Vulnerable, Council: typed.Council, Form: typed.Form, By: r.Visitor.ID, ByName: r.Visitor.Name}, typed
}

func sameDay(a, b time.Time) bool {
	x, y := a.In(london), b.In(london)
	return x.Year() == y.Year() && x.YearDay() == y.YearDay()
}

var errFormGone = reeve.WithHint(fmt.Errorf("type form: %w", reeve.Conflict), "this form was typed in or made void already, or was never printed")
