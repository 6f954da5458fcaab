package review

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) contactSection() web.Section {
	return web.Section{
		Path: "/contact", Object: web.ObjectContact,
		Routes: []web.Route{
			{Pattern: "GET /contact", Verb: web.See, Object: web.ObjectContact, Do: m.contacts},
			{Pattern: "GET /contact/{id}", Verb: web.See, Object: web.ObjectContact, Do: m.contactPage},
			{Pattern: "POST /contact/{id}", Verb: web.Judge, Object: web.ObjectContact, Do: m.assess},
			{Pattern: "GET /contact/screening", Verb: web.See, Object: web.ObjectContact, Do: m.screenRules},
			{Pattern: "POST /contact/screening", Verb: web.Approve, Object: web.ObjectContact, Do: m.drawUpRule},
			{Pattern: "GET /contact/screening/{id}", Verb: web.See, Object: web.ObjectContact, Do: m.screenRule},
			{Pattern: "POST /contact/screening/{id}/sign", Verb: web.Approve, Object: web.ObjectContact, Do: m.signRule},
			{Pattern: "POST /contact/screening/{id}/end", Verb: web.Approve, Object: web.ObjectContact, Do: m.endRule},
		},
	}
}

var (
	contactsPage = web.NewPage[contactsView](pages, "contacts.html")
	contactPage  = web.NewPage[contactView](pages, "contact.html")
)

func contactPath(person string) string { return "/contact/" + url.PathEscape(person) }

// contactsView is the people whose contact must be assessed, the most urgent
// first.
type contactsView struct {
	People  []contactLine  `json:"people"`
	Value   string         `json:"value"`
	Choices []filterChoice `json:"-"`
	Next    string         `json:"next"`
	First   bool           `json:"-"`
}

// contactLine is one of them in words.
type contactLine struct {
	contactRow
	Words      string `json:"words"`
	LaneWords  string `json:"-"`
	LaneColour string `json:"-"`
	BandWords  string `json:"-"`
	Why        string `json:"-"`
	Path       string `json:"-"`
}

const contactsOnPage = 50

func (m *Room) contacts(r *web.Request) (web.Answer, error) {
	v := contactsView{Value: r.Ask("value"), First: r.Ask("after") == ""}
	listed := []reeve.SafeContact{reeve.ContactHold, reeve.ContactNotAssessed}
	if v.Value != string(listed[0]) && v.Value != string(listed[1]) && v.Value != doubted {
		v.Value = ""
	}
	v.Choices = append(filterChoices(v.Value, listed, contactWords), filterChoice{doubted, "A notice came back, or telling them was not safe", v.Value == doubted})
	after, err := strconv.ParseInt(r.Ask("after"), 10, 64)
	if err != nil {
		after = -1
	}
	var rows []contactRow
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		rows, err = contactsToAssess(tx, scopeOf(r.Visitor), v.Value, r.Visitor.ID, after, contactsOnPage+1)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list contacts: %w", err)
	}
	if len(rows) > contactsOnPage {
		rows = rows[:contactsOnPage]
		v.Next = "/contact?" + url.Values{"value": {v.Value}, "after": {strconv.FormatInt(rows[len(rows)-1].place, 10)}}.Encode()
	}
	for _, c := range rows {
		v.People = append(v.People, contactLine{contactRow: c, Words: contactWords(reeve.SafeContact(c.Listed)), LaneWords: laneWords(reeve.Lane(c.Lane)),
			LaneColour: laneColour(reeve.Lane(c.Lane)), BandWords: bandWords(reeve.Band(c.Band)),
			Why: enumerate(each(split[reeve.Signal](c.Signals), signalWords), enough), Path: contactPath(c.ID)})
	}
	return contactsPage.With("Safe contact", v), nil
}

func (v contactsView) Columns() []string {
	return []string{"person", "name", "postcode", "lane", "band", "signals", "safe_contact", "waiting", "unsafe", "doubted"}
}

func (v contactsView) EachRow(emit func(...any) error) error {
	for _, c := range v.People {
		if err := emit(c.ID, c.Name, c.Postcode, c.Lane, c.Band, c.Signals, c.Listed, c.Waiting, c.Unsafe, c.Doubted); err != nil {
			return err
		}
	}
	return nil
}

// contactBases are on what an assessment of safe contact may rest.
var contactBases = []choice{
	{"worker", "Their named worker says so"},
	{"person", "They said so themselves, and it was safe to ask"},
	{"service", "The service that knows them says so"},
	{"police", "The police or a partner of MARAC or MAPPA say so"},
	{"register", "A register entry was checked with its owner"},
	{"risk", "A danger was seen: more care than the lists ask"},
}

// contactView is how one person may be contacted, and the form to set it.
type contactView struct {
	Person   string            `json:"person"`
	Name     reeve.Sensitive   `json:"name"`
	Words    lineWords         `json:"-"`
	Listed   sweep.ContactView `json:"listed"`
	Now      contactNow        `json:"now"`
	NowWords string            `json:"-"`
	Basis    string            `json:"-"`
	Doubts   []doubtRow        `json:"doubts"`
	State    verdictState      `json:"state"`
	Log      []verdictLine     `json:"log"`
	Values   []choice          `json:"-"`
	Bases    []choice          `json:"-"`
	Judges   bool              `json:"-"`
	Place    string            `json:"-"`
	Path     string            `json:"-"`
	Typed    contactTyped      `json:"-"`
	Granted  bool              `json:"-"`
	Errors   []web.FieldError  `json:"-"`
}

type contactTyped struct{ Value, Basis, Evidence, Dated, Why string }

// basisWords says what an effective contact rests on.
func basisWords(c contactNow) string {
	switch c.Basis {
	case "assessed":
		return "Somebody assessed it for this person."
	case "screened":
		return "Two named people signed a screening rule that covers this person, and no flag has come since."
	case "merged":
		return "Somebody who was not to be contacted directly was merged into this person, or parted from them, since: assess it again."
	case "unsafe":
		return "Somebody who tried to tell them found that it was not safe. Nothing leaves to them, by no way, until it is assessed again."
	case "returned":
		return "A notice came back, or the number or address turned out not to be theirs, since it was assessed: assess it again."
	case "flag":
		return "It was assessed otherwise, but the lists have put the person on hold since: assess it again."
	}
	return "What the lists say; nobody has assessed it."
}

func (m *Room) contactView(r *web.Request, t *target) (v contactView, err error) {
	p, err := m.kase.Person(r.Context(), t.Person, scopeOf(r.Visitor))
	if err != nil {
		return v, plainFault(err)
	}
	if p.Sealed {
		if err := m.noteSealed(r, p.ID); err != nil {
			return v, err
		}
	}
	log, err := m.verdictView(r, t)
	if err != nil {
		return v, err
	}
	v = contactView{Person: p.ID, Name: p.Name, Words: wordsOfLine(&p.PersonLine), Listed: p.Contact, State: log.Now, Log: log.Log, Values: verdictValues[aboutContact],
		Bases: contactBases, Place: personPath(p.ID), Path: contactPath(p.ID), Granted: mayShow(r, personThing(p.ID), web.ObjectPerson),
		Judges: r.May(web.Act{Verb: web.Judge, Object: web.ObjectContact}), Typed: contactTyped{Dated: r.Now.In(london).Format(time.DateOnly)}}
	approves := r.May(secondAct(aboutContact))
	for i := range v.Log {
		l := &v.Log[i]
		l.Words = contactWords(reeve.SafeContact(l.Value)) + " (" + wordsIn(contactBases, l.Basis) + ")"
		l.Seconds = approves && l.By != r.Visitor.ID && l.Gone == nil && l.Needs != "" && l.Second == nil
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Now, err = contactOf(tx, p.ID); err != nil {
			return err
		}
		v.Doubts, err = doubtsOn(tx, p.ID)
		return err
	})
	v.NowWords, v.Basis = contactWords(reeve.SafeContact(v.Now.Value)), basisWords(v.Now)
	return v, err
}

func (m *Room) contactPage(r *web.Request) (web.Answer, error) {
	t, err := m.targetOf(r, aboutContact, r.Part("id"))
	if err != nil {
		return nil, err
	}
	v, err := m.contactView(r, &t)
	if err != nil {
		return nil, err
	}
	return contactPage.With("Safe contact of person "+v.Person, v).Show(v.Granted), nil
}

// assess sets how one person may be contacted. A way that lets them into a bulk
// run holds only when a second person has agreed.
func (m *Room) assess(r *web.Request) (web.Answer, error) {
	t, err := m.targetOf(r, aboutContact, r.Part("id"))
	if err != nil {
		return nil, err
	}
	v, err := m.contactView(r, &t)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v.Typed = contactTyped{f.Said("value"), f.Said("basis"), f.Said("evidence"), f.Said("dated"), f.Said("why")}
	given := verdict{Value: f.Choice("value", "Choose how they may be contacted", values(v.Values)...), Basis: f.Choice("basis", "Choose on what this rests", values(contactBases)...),
		Evidence: f.Need("evidence", 500, "Say where the evidence is: a case number, a note, a name and day"), Why: f.Need("why", 1000, "Give the reason: a later reader must be able to follow it"),
		Dated: f.Text("dated", 10)}
	if day, err := time.Parse(time.DateOnly, given.Dated); err != nil || day.After(r.Now) {
		f.Fault("dated", "Enter the day of the evidence, such as 2026-01-12")
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("assess contact: %w", reeve.Invalid)
	}
	if bulkContact(given.Value) && v.Listed.Value == string(reeve.ContactWorker) {
		f.Fault("value", "A named worker stands in the person’s own register record: contact goes through them")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return contactPage.With("Safe contact of person "+v.Person, v).Show(v.Granted).Faulty(f), nil
	}
	if err := m.give(r, &t, &given, seen); err != nil {
		return nil, err
	}
	return web.Redirect(v.Path, keptWords(&given)), nil
}

// errRuleOver is the answer to a signature that comes too late.
var errRuleOver = reeve.WithHint(fmt.Errorf("sign screening rule: %w", reeve.Conflict), "The rule was ended or has both signatures.")
