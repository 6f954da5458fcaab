package report

import (
	"fmt"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) breachSection() web.Section {
	return web.Section{Object: web.ObjectReturn, Routes: []web.Route{
		{Pattern: "GET /reports/breaches", Verb: web.See, Object: web.ObjectReturn, Do: m.breaches},
		{Pattern: "GET /reports/breaches/new", Verb: web.Write, Object: web.ObjectReturn, Do: m.newBreach},
		{Pattern: "POST /reports/breaches", Verb: web.Write, Object: web.ObjectReturn, Do: m.addBreach},
		{Pattern: "GET /reports/breaches/{id}", Verb: web.See, Object: web.ObjectReturn, Do: m.breachPage},
		{Pattern: "GET /reports/breaches/{id}/edit", Verb: web.Write, Object: web.ObjectReturn, Do: m.editBreach},
		{Pattern: "POST /reports/breaches/{id}", Verb: web.Write, Object: web.ObjectReturn, Do: m.changeBreach},
		{Pattern: "GET /papers/breaches/{as}", Verb: web.Export, Object: web.ObjectReturn, Do: m.breachPaper},
	}}
}

var (
	breachesPage   = web.NewPage[breachesView](pages, "breaches.html")
	breachOnePage  = web.NewPage[breachView](pages, "breach.html")
	breachFormPage = web.NewPage[breachFormView](pages, "breach_form.html")
)

// breachesView is the register as it stands; its .csv is the register's export.
type breachesView struct {
	Rows    []Breach `json:"rows"`
	Waiting int      `json:"waiting"` // where somebody has to decide
	Write   bool     `json:"-"`
	Take    bool     `json:"-"`
}

func (v breachesView) Columns() []string {
	return []string{"id", "version", "council", "tlp", "title", "happened", "aware", "what", "effects", "action", "people", "reported", "why", "reported_at",
		"hours", "reference", "people_told", "people_told_why", "state", "changed_by", "changed_at"}
}

func (v breachesView) EachRow(emit func(cells ...any) error) error {
	for _, b := range v.Rows {
		hours := ""
		if b.Hours() >= 0 {
			hours = strconv.FormatInt(b.Hours(), 10)
		}
		if err := emit(b.ID, b.Version, b.Council, string(b.TLP), b.Title, utc(b.Happened), utc(b.Aware), b.What, b.Effects, b.Action, b.People, b.Reported, b.Why,
			utc(b.ReportedAt), hours, b.Reference, b.Told, b.ToldWhy, b.State, b.ChangedBy, utc(b.ChangedAt)); err != nil {
			return err
		}
	}
	return nil
}

// utc is a time as lists hold it; "" for 0.
func utc(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).UTC().Format(time.RFC3339)
}

// seenBreaches is the register as somebody may see it.
func (m *Room) seenBreaches(r *web.Request, s incident.Sight) (v breachesView, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readBreaches(tx)
		for _, b := range all {
			if !s.Sees(b.Mark) {
				continue
			}
			if v.Rows = append(v.Rows, b); b.State == "open" && (b.Reported == "open" || b.Told == "open") {
				v.Waiting++
			}
		}
		return err
	})
	return v, err
}

func (m *Room) breaches(r *web.Request) (web.Answer, error) {
	v, err := m.seenBreaches(r, incident.SightOf(r, web.ObjectReturn))
	v.Write, v.Take = r.May(web.Act{Verb: web.Write, Object: web.ObjectReturn}), r.May(web.Act{Verb: web.Export, Object: web.ObjectReturn})
	if err == nil && r.Machine() {
		err = r.Must(web.Act{Verb: web.Export, Object: web.ObjectReturn})
	}
	return breachesPage.With("Register of breaches", v), err
}

// breachView is one entry with its versions.
type breachView struct {
	Breach
	Before []Breach `json:"before"`
	Write  bool     `json:"-"`
}

// breachOf reads an entry that the visitor may see.
func (m *Room) breachOf(r *web.Request) (v breachView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readBreach(tx, id)
		if err != nil {
			return err
		}
		s := incident.SightOf(r, web.ObjectReturn)
		if !s.Sees(all[0].Mark) {
			return fmt.Errorf("read breach: %w", reeve.NotFound)
		}
		v.Breach = all[0]
		for _, b := range all[1:] {
			if s.Sees(b.Mark) {
				v.Before = append(v.Before, b)
			}
		}
		return nil
	})
	v.Write = r.May(web.Act{Verb: web.Write, Object: web.ObjectReturn, Council: v.Council, Degree: v.TLP.Degree()})
	return v, err
}

func (m *Room) breachPage(r *web.Request) (web.Answer, error) {
	v, err := m.breachOf(r)
	return breachOnePage.With("Breach: "+v.Title, v), err
}

// breachFormView is an entry being written.
type breachFormView struct {
	Breach
	marking
	HappenedDay, HappenedTime, AwareDay, AwareTime, ReportedDay, ReportedTime string
	PeopleOf, ReportedOf, ToldOf, StateOf                                     []choice
	Errors                                                                    []web.FieldError
}

func (m *Room) breachForm(r *web.Request, b Breach) (v breachFormView, err error) {
	v.Breach = b
	v.marking, err = m.markingOf(r, b.Mark)
	v.HappenedDay, v.HappenedTime, v.AwareDay, v.AwareTime = dayOf(b.Happened), timeOf(b.Happened), dayOf(b.Aware), timeOf(b.Aware)
	v.ReportedDay, v.ReportedTime = dayOf(b.ReportedAt), timeOf(b.ReportedAt)
	v.PeopleOf, v.ReportedOf = chosen(breachPeople, b.People), chosen(breachReported, b.Reported)
	v.ToldOf, v.StateOf = chosen(breachTold, b.Told), chosen(breachStates, b.State)
	return v, err
}

func (m *Room) newBreach(r *web.Request) (web.Answer, error) {
	v, err := m.breachForm(r, Breach{People: "unknown", Reported: "open", Told: "open", State: "open"})
	return breachFormPage.With("Add a breach", v), err
}

func (m *Room) editBreach(r *web.Request) (web.Answer, error) {
	old, err := m.breachOf(r)
	if err != nil {
		return nil, err
	}
	v, err := m.breachForm(r, old.Breach)
	return breachFormPage.With("Change a breach", v), err
}

// fill reads the form into the view.
func (v *breachFormView) fill(f *web.Form, now time.Time) {
	v.HappenedDay, v.HappenedTime, v.AwareDay, v.AwareTime = f.Said("happened_day"), f.Said("happened_time"), f.Said("aware_day"), f.Said("aware_time")
	v.ReportedDay, v.ReportedTime = f.Said("reported_day"), f.Said("reported_time")
	b := &v.Breach
	b.Mark = v.read(f)
	b.Title = f.Need("title", lineLength, "Enter what to call it")
	b.Happened, b.Aware = momentIn(f, "happened_day", "happened_time"), pastIn(f, "aware_day", "aware_time", now)
	b.What, b.Effects, b.Action = f.Need("what", textLength, "Enter the facts of the breach"), f.Need("effects", textLength, "Enter its effects, or that none are known"),
		f.Need("action", textLength, "Enter what was done about it")
	b.People = f.Choice("people", "Choose how many people", values(breachPeople)...)
	b.Reported = f.Choice("reported", "Choose whether it was reported", values(breachReported)...)
	b.Why, b.Reference = f.Text("why", textLength), f.Text("reference", lineLength)
	b.ReportedAt = momentIn(f, "reported_day", "reported_time")
	b.Told, b.ToldWhy = f.Choice("told", "Choose whether the people were told", values(breachTold)...), f.Text("told_why", textLength)
	b.State = f.Choice("state", "Choose the state", values(breachStates)...)
	b.check(f)
	v.Councils, v.Levels = chosen(v.Councils, b.Council), chosen(v.Levels, string(b.TLP))
	v.PeopleOf, v.ReportedOf = chosen(breachPeople, b.People), chosen(breachReported, b.Reported)
	v.ToldOf, v.StateOf, v.Errors = chosen(breachTold, b.Told), chosen(breachStates, b.State), f.Errors
}

// check is what the fields of a breach must say together. What was not reported
// needs its reason as much as what was reported late: the register is how the
// Commissioner verifies compliance.
func (b Breach) check(f *web.Form) {
	if b.Reported == "no" && b.Why == "" {
		f.Fault("why", "Say why it was not reported: what makes a risk to people unlikely")
	}
	if b.Reported == "yes" && b.ReportedAt == 0 {
		f.Fault("reported_day", "Enter when it was reported")
	}
	if b.Late() && b.Why == "" {
		f.Fault("why", "Say why it was reported after the 72 hours")
	}
	if b.Told == "no" && b.ToldWhy == "" {
		f.Fault("told_why", "Say why the people were not told")
	}
	if b.State == "closed" && (b.Reported == "open" || b.Told == "open") {
		f.Fault("state", "Decide whether it is reported and whether people are told, then close it")
	}
}

func (m *Room) addBreach(r *web.Request) (web.Answer, error) {
	return m.writeBreach(r, Breach{}, "Add a breach")
}

func (m *Room) changeBreach(r *web.Request) (web.Answer, error) {
	old, err := m.breachOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Write, web.ObjectReturn, old.Mark); err != nil {
		return nil, err
	}
	return m.writeBreach(r, old.Breach, "Change a breach")
}

// writeBreach keeps what a form says as the next version of an entry.
func (m *Room) writeBreach(r *web.Request, b Breach, title string) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.breachForm(r, b)
	if err != nil {
		return nil, err
	}
	v.fill(f, r.Now)
	seen := int64(0)
	if b.ID != 0 {
		seen = f.Number("version", "Open the entry again", 1, 1<<53)
	}
	if !f.OK() {
		v.Errors = f.Errors
		return breachFormPage.With(title, v).Faulty(f), nil
	}
	b = v.Breach
	if err := must(r, web.Write, web.ObjectReturn, b.Mark); err != nil {
		return nil, err
	}
	b.ChangedBy, b.ChangedName, b.ChangedAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := putBreach(tx, &b, seen)
		return record.Leaf{Verb: "write-breach", Object: fmt.Sprintf("breach:%d", b.ID),
			Line: fmt.Sprintf("register of breaches: entry %d, version %d; ICO: %s, people: %s", b.ID, b.Version, b.Reported, b.Told)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(b.Path(), "The register holds it now."), nil
}

// breachPaper hands the register out as a document, on record.
func (m *Room) breachPaper(r *web.Request) (web.Answer, error) {
	v, err := m.seenBreaches(r, incident.SightOf(r, web.ObjectReturn).Leaving())
	if err != nil {
		return nil, err
	}
	s := sheet{Title: "Register of personal data breaches", Subtitle: "Article 33(5) of the UK GDPR, as it stood on " + shown(r.Now.Unix()), Author: m.Author, Date: r.Now}
	for _, b := range v.Rows {
		s.Pieces = append(s.Pieces, b.pieces()...)
	}
	if v.Rows == nil {
		s.Pieces = append(s.Pieces, plain("There is no entry that may be shown here."))
	}
	return m.handOut(r, s, "register-of-breaches", "register", int64(len(v.Rows)))
}

func (b Breach) pieces() []piece {
	hours := "not reported"
	if h := b.Hours(); h >= 0 {
		hours = digits(h) + " hours after the council became aware"
	}
	return []piece{head(1, fmt.Sprintf("%d. %s", b.ID, b.Title)), {Pairs: [][2]string{
		{"Council", b.Council}, {"Happened", shown(b.Happened)}, {"The council became aware", shown(b.Aware)}, {"People concerned", b.PeopleWords()},
		{"Facts", b.What}, {"Effects", b.Effects}, {"Remedial action", b.Action},
		{"Reported to the ICO", b.ReportedWords() + ", " + hours}, {"Reference", b.Reference}, {"Reason", b.Why},
		{"People told (Article 34)", b.ToldWords()}, {"Reason", b.ToldWhy}, {"State", b.StateWords()},
		{"Written by", fmt.Sprintf("%s, %s, version %d", b.ChangedName, shown(b.ChangedAt), b.Version)}, {"Marking", b.TLP.Label()}}}}
}
