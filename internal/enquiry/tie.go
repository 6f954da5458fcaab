package enquiry

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// spoken is what may be said to whoever asked, in words.
type spoken struct {
	Lines  []string `json:"lines"`
	Listed bool     `json:"listed"`
	Kinds  []string `json:"kinds"`
}

// wordsFor puts a speech into words.
func wordsFor(s Speech, kinds []reeve.Kind) spoken {
	out := spoken{Listed: s.Listed}
	for _, code := range s.Lines {
		out.Lines = append(out.Lines, speechTable[code])
	}
	if s.Listed {
		for _, k := range kinds {
			out.Kinds = append(out.Kinds, spokenKinds[k])
		}
		slices.Sort(out.Kinds)
		out.Kinds = slices.Compact(out.Kinds)
	}
	return out
}

// speechFor is what may be said now to whoever an enquiry is from. It asks anew
// each time, so that a hold, a seal or a new list counts at once. An enquiry of
// nobody who was verified, and one of somebody of whom nothing may be said, have
// the same answer.
func (m *Room) speechFor(r *web.Request, enquiry int64) (spoken, error) {
	var who found
	who.standing, who.list = None, NoList
	level := Nobody
	var person string
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		person, err = callerOf(tx, enquiry)
		return err
	})
	if err == nil && person != "" {
		who, err = m.stands(r, person)
		level = Verified
	}
	if err != nil {
		return spoken{}, err
	}
	return wordsFor(Say(level, false, who.standing, who.list, who.told), who.kinds), nil
}

// stands is how a person stands for a visitor; whoever they may not know of is
// nobody.
func (m *Room) stands(r *web.Request, person string) (f found, err error) {
	f.standing, f.list = None, NoList
	p, err := m.kase.Person(r.Context(), person, scopeOf(r.Visitor))
	if errors.Is(err, reeve.NotFound) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return f.fill(tx, p.PersonLine, reeve.DateOf(r.Now)) })
	return f, err
}

// verified is a caller whom an agent's check verified just before.
type verified struct {
	call   int64
	person string // "" where nobody was verified
	listed bool   // it may be said that their data was in the files
}

// verifiedBy gives the caller whom a check of this visitor verified.
func (m *Room) verifiedBy(r *web.Request, call int64) (v verified, err error) {
	if call == 0 {
		return v, nil
	}
	v.call = call
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.person, err = checkedCaller(tx, call, r.Visitor.ID, r.Now.Unix())
		return err
	})
	if err != nil || v.person == "" {
		return v, err
	}
	f, err := m.stands(r, v.person)
	v.listed = f.standing == Listed && f.list == ApprovedList
	return v, err
}

// tieVerified ties a new enquiry to a verified caller, and merges it into what
// that person asked already; it gives the enquiry to go on with. A caller of whom
// nothing may be said is never merged: two contacts of theirs look like two of
// strangers.
func tieVerified(tx *db.Tx, id int64, v verified, s Submission) (into int64, err error) {
	if v.person == "" {
		return id, nil
	}
	if err := tieCaller(tx, id, v, s); err != nil || !v.listed {
		return id, err
	}
	part, err := readEnquiry(tx, id)
	if err != nil || part.MergedInto != 0 {
		return id, err
	}
	whole, err := sameCaller(tx, id, s, v.person)
	if errors.Is(err, reeve.NotFound) {
		return id, nil
	}
	if err != nil {
		return id, err
	}
	return whole.ID, merge(tx, id, whole.ID, Note{By: s.By, ByName: s.ByName, At: s.At})
}

// tieForm is what a reviewer types to tie something to a person.
type tieForm struct{ Who, Why string }

// readTie reads it; who is sealed, and who is not there, are told alike.
func (m *Room) readTie(r *web.Request, f *web.Form) (t tieForm, err error) {
	t.Who = strings.ToUpper(f.Need("person", 20, "Enter the person’s number, such as PABC…"))
	t.Why = f.Need("tie_why", 1000, "Say how you know")
	if !f.OK() {
		return t, nil
	}
	p, err := m.kase.Person(r.Context(), t.Who, sweep.Scope{Councils: r.Visitor.Councils})
	if errors.Is(err, reeve.NotFound) {
		f.Fault("person", "There is no person with that number whom you may see")
		return t, nil
	}
	if err == nil {
		t.Who = p.ID // as they stand now, if they were merged
	}
	return t, err
}

// seenTies are the people of a thing whom the visitor may see; none for whoever
// may not see people.
func (m *Room) seenTies(r *web.Request, all []tie) (seen []tie, err error) {
	if !r.May(web.Act{Verb: web.See, Object: web.ObjectPerson, Degree: web.Personal}) {
		return nil, nil
	}
	for _, t := range all {
		_, err := m.kase.Person(r.Context(), t.Person, scopeOf(r.Visitor))
		if errors.Is(err, reeve.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seen = append(seen, t)
	}
	return seen, nil
}

// mayTie reports whether a visitor may say whose matter something is.
func mayTie(r *web.Request) bool {
	return r.May(web.Act{Verb: web.Judge, Object: web.ObjectPerson, Degree: web.Personal})
}

// tieEnquiry keeps that an enquiry is about a person of the case. It verifies
// nobody: what may be said to whoever asked is the same as before.
func (m *Room) tieEnquiry(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	t, err := m.readTie(r, f)
	if err != nil {
		return nil, err
	}
	if !f.OK() {
		return m.backTie(r, f, t)
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err != nil {
			return leaf, err
		}
		_, err = enquiryTies.add(tx, e.ID, t.Who, t.Why, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
		return record.Leaf{Verb: "enquiry-person", Object: "person:" + t.Who, Line: fmt.Sprintf("Found enquiry %d to be about person %s", e.ID, t.Who)}, err
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "Kept. It tells the person who asked nothing")
}

func (m *Room) backTie(r *web.Request, f *web.Form, t tieForm) (web.Answer, error) {
	v, err := m.view(r)
	if err != nil {
		return nil, err
	}
	v.Errors, v.TypedTie = f.Errors, t
	return enquiryPage.With("Enquiry "+fmt.Sprint(v.ID), v).Show(m.clear(r, v.Enquiry)).Faulty(f), nil
}

// untieEnquiry takes a tie back.
func (m *Room) untieEnquiry(r *web.Request) (web.Answer, error) {
	id, why, err := readUntie(r)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err != nil {
			return leaf, err
		}
		return record.Leaf{Verb: "enquiry-person-withdraw", Object: leafObject(e.ID), Line: fmt.Sprintf("Took back whom enquiry %d is about", e.ID)}, enquiryTies.end(tx, e.ID, id, why, r.Now.Unix())
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "Taken back")
}

// readUntie reads which tie is taken back, and why.
func readUntie(r *web.Request) (id int64, why string, err error) {
	f, err := r.Fields()
	if err != nil {
		return 0, "", err
	}
	if id, err = r.Number("tie"); err != nil {
		return 0, "", err
	}
	if why = f.Text("untie_why", 1000); why == "" {
		err = reeve.WithHint(fmt.Errorf("take back: %w", reeve.Invalid), "say why it is taken back")
	}
	return id, why, err
}
