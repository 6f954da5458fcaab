package enquiry

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) enquirySection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /enquiries/{id}", Verb: web.See, Object: web.ObjectEnquiry, Do: m.enquiry},
		{Pattern: "POST /enquiries/{id}/take", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.takeThis},
		{Pattern: "POST /enquiries/{id}/note", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.note},
		{Pattern: "POST /enquiries/{id}/state", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.setState},
		{Pattern: "POST /enquiries/{id}/extend", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.extend},
		{Pattern: "POST /enquiries/{id}/pause", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.pause},
		{Pattern: "POST /enquiries/{id}/resume", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.resume},
		{Pattern: "POST /enquiries/{id}/stage", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.nextStage},
		{Pattern: "POST /enquiries/{id}/merge", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.mergeInto},
		{Pattern: "POST /enquiries/{id}/unmerge", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.takeOut},
		{Pattern: "GET /enquiries/{id}/receipt", Verb: web.See, Object: web.ObjectEnquiry, Do: m.printReceipt},
		{Pattern: "POST /enquiries/{id}/person", Verb: web.Judge, Object: web.ObjectPerson, Do: m.tieEnquiry},
		{Pattern: "POST /enquiries/{id}/person/{tie}/withdraw", Verb: web.Judge, Object: web.ObjectPerson, Do: m.untieEnquiry},
		{Pattern: "GET /enquiries/new", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.newForm},
		{Pattern: "POST /enquiries/new", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.newKeep},
	}}
}

var enquiryPage = web.NewPage[enquiryView](pages, "enquiry.html")

// enquiryView is one enquiry with all that was done about it.
type enquiryView struct {
	Enquiry
	Now      int64            `json:"-"`
	Late     bool             `json:"late"`
	Notes    []Note           `json:"notes"`
	Parts    []Enquiry        `json:"parts"` // contacts that were merged into it
	Others   []Enquiry        `json:"others"`
	Moves    []choice         `json:"-"`
	May      bool             `json:"-"`
	Source   string           `json:"source"` // of the term
	Law      bool             `json:"law"`
	Mine     bool             `json:"-"`
	Term     termActs         `json:"-"`
	Receipt  Receipt          `json:"receipt"`
	Said     spoken           `json:"said"`  // what may be said to whoever asked
	Ties     []tie            `json:"about"` // whom it is about, for those who may see people
	MayTie   bool             `json:"-"`
	TypedTie tieForm          `json:"-"`
	Typed    string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// Mergeable reports whether the enquiry may become part of another.
func (v enquiryView) Mergeable() bool { return v.MergedInto == 0 && v.Repeats == 0 && v.Living() }

// enquiry shows one enquiry. Its words are in clear for whoever has it, which is
// an act on record, or was granted a look.
func (m *Room) enquiry(r *web.Request) (web.Answer, error) {
	v, err := m.view(r)
	if err != nil {
		return nil, err
	}
	return enquiryPage.With("Enquiry "+fmt.Sprint(v.ID), v).Show(m.clear(r, v.Enquiry)), nil
}

// clear reports whether a visitor may see what was said in clear.
func (m *Room) clear(r *web.Request, e Enquiry) bool {
	may := r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectEnquiry, Council: e.Council, Degree: web.Personal})
	return may && (e.Owner == r.Visitor.ID && e.State.Live() || r.Granted(fmt.Sprintf("enquiry:%d", e.ID)))
}

func (m *Room) view(r *web.Request) (v enquiryView, err error) {
	var about []tie
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		e, err := asked(tx, r)
		if err != nil {
			return err
		}
		v.Enquiry = e
		if v.Notes, err = readNotes(tx, e.ID); err != nil {
			return err
		}
		if v.Parts, err = partsOf(tx, e.ID); err != nil {
			return err
		}
		if v.Receipt, err = readReceipt(tx, "enquiry", e.ID); err != nil {
			return err
		}
		if about, err = enquiryTies.of(tx, e.ID); err != nil {
			return err
		}
		v.Others, err = alsoFrom(tx, e)
		v.Others = slices.DeleteFunc(v.Others, func(o Enquiry) bool { return !sees(r.Visitor, o.Council) })
		return err
	})
	if err != nil {
		return v, err
	}
	if v.Said, err = m.speechFor(r, v.ID); err != nil {
		return v, err
	}
	if v.Ties, err = m.seenTies(r, about); err != nil {
		return v, err
	}
	v.MayTie = mayTie(r)
	for _, s := range moves[v.State] {
		if s != Answered {
			v.Moves = append(v.Moves, choice{string(s), stateTable[s].words})
		}
	}
	t := terms[v.Kind]
	v.Now, v.Late, v.Source, v.Law = r.Now.Unix(), v.Enquiry.Late(r.Now.Unix()), t.Source, t.Law
	v.May, v.Mine = mayWrite(r, v.Council) == nil, v.Owner == r.Visitor.ID
	v.termActs(m.Nation)
	return v, nil
}

// asked is the enquiry of the path; what is another council's is not there.
func asked(tx *db.Tx, r *web.Request) (e Enquiry, err error) {
	id, err := r.Number("id")
	if err != nil {
		return e, err
	}
	if e, err = readEnquiry(tx, id); err == nil && !sees(r.Visitor, e.Council) {
		err = fmt.Errorf("read enquiry: %w", reeve.NotFound)
	}
	return e, err
}

// doing runs an act on the enquiry of the path, at the version that the form
// was made from.
func (m *Room) doing(r *web.Request, f *web.Form, do func(tx *db.Tx, e *Enquiry) (Note, error)) error {
	seen := f.Number("version", "Open the page again: the form is not whole", 1, 1<<53)
	if !f.OK() {
		return fmt.Errorf("read form: %w", reeve.Invalid)
	}
	return m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err != nil {
			return leaf, err
		}
		if err := mayWrite(r, e.Council); err != nil {
			return leaf, err
		}
		note, err := do(tx, &e)
		if err != nil {
			return leaf, err
		}
		if err := change(tx, e, seen); err != nil {
			return leaf, err
		}
		note.By, note.ByName, note.At = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
		if err := addNote(tx, e.ID, note); err != nil {
			return leaf, err
		}
		return record.Leaf{Verb: "enquiry-" + note.What, Object: leafObject(e.ID), Line: noteTable[note.What] + ": enquiry " + fmt.Sprint(e.ID)}, nil
	})
}

func leafObject(id int64) string { return fmt.Sprintf("enquiry:%d", id) }

// take makes somebody the one who has an enquiry, and gives the leaf.
func take(tx *db.Tx, r *web.Request, e Enquiry, seen int64) (record.Leaf, error) {
	if !e.State.Live() {
		return record.Leaf{}, fmt.Errorf("take enquiry: %w", reeve.Conflict)
	}
	e.Owner, e.OwnerName, e.State = r.Visitor.ID, r.Visitor.Name, Open
	if err := change(tx, e, seen); err != nil {
		return record.Leaf{}, err
	}
	err := addNote(tx, e.ID, Note{What: "take", By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()})
	return record.Leaf{Verb: "enquiry-take", Object: leafObject(e.ID), Line: fmt.Sprintf("Took enquiry %d and may read it", e.ID)}, err
}

func (m *Room) takeThis(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "Open the page again: the form is not whole", 1, 1<<53)
	var id int64
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err == nil {
			err = mayWrite(r, e.Council)
		}
		if err != nil {
			return leaf, err
		}
		id = e.ID
		return take(tx, r, e, seen)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/enquiries/%d", id), "You have this enquiry now; this is on record"), nil
}

// note keeps a note, that somebody was in touch, or the answer.
func (m *Room) note(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	words := f.Need("words", 5000, "Write what was said or done")
	what := f.Choice("what", "Choose what this is", "note", "contact", "answer")
	way := ""
	if what == "contact" || what == "answer" {
		way = f.Choice("way", "Choose how you were in touch", values(channelChoices())...)
	}
	if !f.OK() {
		return m.back(r, f, words)
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		if e.MergedInto != 0 {
			return Note{}, fmt.Errorf("write to a merged enquiry: %w", reeve.Conflict)
		}
		if what != "note" {
			e.touched(r.Now, m.Nation)
		}
		if what == "answer" {
			if !e.State.may(Answered) {
				return Note{}, fmt.Errorf("answer enquiry: %w", reeve.Conflict)
			}
			e.State, e.Ended = Answered, r.Now.Unix()
		}
		return Note{What: what, Way: Channel(way), Words: private(words)}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "Kept")
}

// back gives a form back with what is wrong.
func (m *Room) back(r *web.Request, f *web.Form, typed string) (web.Answer, error) {
	v, err := m.view(r)
	if err != nil {
		return nil, err
	}
	v.Errors, v.Typed = f.Errors, typed
	return enquiryPage.With("Enquiry "+fmt.Sprint(v.ID), v).Show(m.clear(r, v.Enquiry)).Faulty(f), nil
}

func (m *Room) again(r *web.Request, saying string) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/enquiries/%d", id), saying), nil
}

// setState moves an enquiry, with a reason.
func (m *Room) setState(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	to := State(f.Choice("state", "Choose the new state", string(Fresh), string(Open), string(Waiting), string(Closed)))
	why := f.Need("state_why", 1000, "Say why")
	if !f.OK() {
		return m.back(r, f, "")
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		if !e.State.may(to) {
			return Note{}, fmt.Errorf("change state: %w", reeve.Conflict)
		}
		if to == Closed {
			if err := r.Must(web.Act{Verb: web.Close, Object: web.ObjectEnquiry, Council: e.Council, Degree: web.Personal}); err != nil {
				return Note{}, err
			}
		}
		e.State, e.Ended = to, 0
		switch to {
		case Closed:
			e.Ended = r.Now.Unix()
		case Fresh:
			e.Owner, e.OwnerName = "", ""
		}
		return Note{What: "state", Words: private(stateTable[to].words + ": " + why)}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "Kept")
}

// mergeInto makes this enquiry part of another, named by its reference or number.
func (m *Room) mergeInto(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	into := f.Number("into", "Enter the number of the enquiry that this repeats", 1, 1<<53)
	if !f.OK() {
		return m.back(r, f, "")
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err != nil {
			return leaf, err
		}
		whole, err := readEnquiry(tx, into)
		if err != nil || !sees(r.Visitor, whole.Council) || whole.Council != e.Council || !whole.State.Live() {
			return leaf, reeve.WithHint(fmt.Errorf("merge enquiries: %w", reeve.Invalid), "the other must be open, and of the same council")
		}
		if err := mayWrite(r, e.Council); err != nil {
			return leaf, err
		}
		if e.Kind != whole.Kind && (e.Kind == Rights || e.Kind == Complaint) {
			return leaf, reeve.WithHint(fmt.Errorf("merge enquiries: %w", reeve.Invalid), "a complaint or a request about rights has a clock of its own and goes only into one of its kind")
		}
		by := Note{By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
		return record.Leaf{Verb: "enquiry-merge", Object: leafObject(e.ID), Line: fmt.Sprintf("Merged enquiry %d into %d", e.ID, into)}, merge(tx, e.ID, into, by)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/enquiries/%d", into), "Merged. You can take it out again"), nil
}

// takeOut takes a merged enquiry out again.
func (m *Room) takeOut(r *web.Request) (web.Answer, error) {
	if _, err := r.Fields(); err != nil {
		return nil, err
	}
	err := m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		e, err := asked(tx, r)
		if err == nil {
			err = mayWrite(r, e.Council)
		}
		if err != nil {
			return leaf, err
		}
		by := Note{By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
		return record.Leaf{Verb: "enquiry-unmerge", Object: leafObject(e.ID), Line: fmt.Sprintf("Took enquiry %d out of the one it was merged into", e.ID)}, unmerge(tx, e.ID, by)
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "Taken out again")
}
