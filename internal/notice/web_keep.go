package notice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	decisionsPage   = web.NewPage[decisionsView](pages, "decisions.html")
	suppressionPage = web.NewPage[suppressionView](pages, "suppression.html")
	templatesPage   = web.NewPage[templatesView](pages, "templates.html")
	templatePageOf  = web.NewPage[templateView](pages, "template.html")
	wordingPage     = web.NewPage[wordingView](pages, "wording.html")
)

const onKeep = 200

// decisionsView is whom to tell about children and people who died.
type decisionsView struct {
	Decisions []decision        `json:"decisions"`
	Sorts     []choice          `json:"-"`
	Typed     map[string]string `json:"-"`
	Errors    []web.FieldError  `json:"-"`
}

func (m *Room) decisionsView(r *web.Request) (v decisionsView, err error) {
	v.Sorts, v.Typed = choices("child", "child", "A child", "estate", "Somebody who died"), map[string]string{}
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
		v.Errors = f.Errors
		for _, name := range []string{"person", "name", "relation", "basis", "harm", "decider", "day", "address"} {
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

// suppressionView is who and which addresses are never written to.
type suppressionView struct {
	Rows   []suppression    `json:"rows"`
	Person string           `json:"-"`
	Why    string           `json:"-"`
	Errors []web.FieldError `json:"-"`
}

func (m *Room) suppressionView(r *web.Request) (v suppressionView, err error) {
	if r.Visitor.Councils != nil {
		return v, nil
	}
	return v, m.db.Read(r.Context(), func(tx *db.Tx) (err error) { v.Rows, err = readSuppressions(tx, onKeep); return err })
}

func (m *Room) suppression(r *web.Request) (web.Answer, error) {
	v, err := m.suppressionView(r)
	return suppressionPage.With("Never write to", v), err
}

func (m *Room) suppress(r *web.Request) (web.Answer, error) {
	v, err := m.suppressionView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := suppression{Person: f.Need("person", 40, "Enter the id of the person"), Why: f.Need("why", 300, "Say why they are not to be written to"), Cause: "asked", By: r.Visitor.ID, At: r.Now.Unix()}
	if f.OK() && m.knownPerson(r, s.Person) != nil {
		f.Fault("person", "There is nobody with this id whom you may see")
	}
	if !f.OK() {
		v.Errors, v.Person, v.Why = f.Errors, s.Person, s.Why
		return suppressionPage.With("Never write to", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "suppress", Object: "person:" + s.Person, Line: "Is never to be written to"}, addSuppression(tx, &s)
	})
	return web.Redirect("/notices/suppression", "They are in no run from now on, nor does anything leave to them from those that run."), err
}

func (m *Room) lift(r *web.Request) (web.Answer, error) {
	return m.ended(r, "/notices/suppression", "lift", "notice-suppression:", func(tx *db.Tx, id int64, why string) error { return liftSuppression(tx, id, why, r.Now.Unix()) })
}

// templatesView is the templates in use and those that wait for release.
type templatesView struct {
	Templates []templateLine `json:"templates"`
	Waiting   []keptTemplate `json:"waiting"`
}

type templateLine struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Format   Format `json:"format"`
	Language string `json:"language"`
	Number   int64  `json:"number"`
}

func (m *Room) templates(r *web.Request) (web.Answer, error) {
	var v templatesView
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := usable(tx)
		if err != nil {
			return err
		}
		for _, name := range sortedNames(all) {
			t, err := ParseTemplate(all[name].Text)
			if err != nil {
				return err
			}
			v.Templates = append(v.Templates, templateLine{name, kindWords[t.Kind], t.Format, t.Language, all[name].Number})
		}
		kept, err := readTemplates(tx)
		v.Waiting = slices.DeleteFunc(kept, func(k keptTemplate) bool { return k.SecondAt > 0 })
		return err
	})
	return templatesPage.With("Templates", v), err
}

// templateView is one template with the form to write its next version.
type templateView struct {
	Name       string           `json:"name"`
	Number     int64            `json:"number"`
	Text       string           `json:"text"`
	Fields     []string         `json:"fields"`
	Blocks     []string         `json:"blocks"`
	Conditions []string         `json:"conditions"`
	Errors     []web.FieldError `json:"-"`
}

func (m *Room) templateView(r *web.Request) (v templateView, err error) {
	v = templateView{Name: r.Part("name"), Fields: names(fields), Blocks: names(blocks), Conditions: names(conditions)}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := usable(tx)
		k, ok := all[v.Name]
		if err == nil && !ok {
			err = fmt.Errorf("find template: %w", reeve.NotFound)
		}
		v.Number, v.Text = k.Number, k.Text
		return err
	})
	return v, err
}

func (m *Room) templatePage(r *web.Request) (web.Answer, error) {
	v, err := m.templateView(r)
	return templatePageOf.With("Template "+v.Name, v), err
}

// writeTemplate keeps a new version, which holds the requirements, for a second
// person to release.
func (m *Room) writeTemplate(r *web.Request) (web.Answer, error) {
	v, err := m.templateView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	text := f.Text("text", mostTemplate)
	t, err := ParseTemplate(text)
	if err == nil && t.Name != v.Name {
		err = BrokenTemplate.about("the name in its head is another")
	}
	if err == nil {
		err = tryTemplate(t)
	}
	if err != nil {
		f.Fault("text", "This cannot be used: "+err.Error())
		v.Errors, v.Text = f.Errors, text
		return templatePageOf.With("Template "+v.Name, v).Faulty(f), nil
	}
	k := keptTemplate{Name: v.Name, Text: text, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addTemplate(tx, &k)
		return record.Leaf{Verb: "write", Object: fmt.Sprintf("notice-template:%s.%d", k.Name, k.Number), Line: "A version of a template was written"}, err
	})
	return web.Redirect("/notices/templates", "Kept. A second person releases it."), err
}

func (m *Room) releaseTemplate(r *web.Request) (web.Answer, error) {
	n, err := r.Number("number")
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "release", Object: fmt.Sprintf("notice-template:%s.%d", plainName(r.Part("name")), n), Line: "A version of a template was released"},
			agreeTemplate(tx, r.Part("name"), n, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
	})
	return web.Redirect("/notices/templates", "Released. Runs that are set up from now on use it."), err
}

// tryTemplate holds a template to every requirement on an invented letter.
func tryTemplate(t *Template) error {
	w := Wording{Council: "The council", Address: "PO Box 1\nExample Town\nZE1 0AA", Phone: "020 7946 0100", Hours: "Monday to Friday, 9am to 5pm", Email: "data@example.org",
		CheckPage: "example.org/letter", DPO: "R. Officer", DPOEmail: "dpo@example.org", Signatory: "A. Chief", Role: "Chief executive", Line: "020 7946 0199",
		Services: "our services", Website: "example.org", Happened: "On 24 November 2025 someone copied our files.", Measures: "We told the police.", Published: "We do not know who did it.", Next: "We will write again."}
	r := Recipient{Reference: "0000-0000-0000", Name: reeve.Private(reeve.KindName, "A Reader"), Lines: private([]string{"A Reader", "1 Example Street", "Example Town", "ZE1 0AA"}),
		Kinds: []reeve.Kind{reeve.KindName, reeve.KindNINO, reeve.KindBankAccount, reeve.KindHealth}, From: reeve.Date{Year: 2011}, To: reeve.Date{Year: 2016}, Items: 2, Incomplete: 1,
		Band: reeve.BandHigh, Tier: reeve.TierPossible, Held: "yes"}
	_, err := renderLetter(t, &r, &w, Coverage{4, 100}, reeve.Date{Year: 2026, Month: 1, Day: 19})
	return err
}

// wordingView is the form of what a council says in all its notices.
type wordingView struct {
	Council string           `json:"council"`
	W       Wording          `json:"wording"`
	Version int64            `json:"version"`
	Errors  []web.FieldError `json:"-"`
}

func (m *Room) wordingView(r *web.Request, council string) (v wordingView, err error) {
	v.Council = council
	if !sees(r.Visitor, council) {
		return v, fmt.Errorf("read wording: %w", reeve.NotFound)
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.W, v.Version, err = readWording(tx, council)
		return err
	})
	if isNotFound(err) {
		err = nil
	}
	return v, err
}

func (m *Room) wording(r *web.Request) (web.Answer, error) {
	v, err := m.wordingView(r, r.Ask("council"))
	return wordingPage.With("Wording", v), err
}

func (m *Room) writeWording(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.wordingView(r, f.Text("council", 40))
	if err != nil {
		return nil, err
	}
	need := func(field string) string { return f.Need(field, 1000, "Fill this in: letters need it") }
	v.W = Wording{Council: need("name"), Address: need("address"), Phone: need("phone"), Hours: need("hours"), Email: need("email"), Website: f.Text("website", 200),
		CheckPage: need("check_page"), DPO: need("dpo"), DPOEmail: need("dpo_email"), Signatory: need("signatory"), Role: need("role"), Line: need("worker_line"),
		Services: need("services"), Happened: need("happened"), Measures: need("measures"), Published: f.Text("published", 1000), Next: need("next"), Credit: f.Text("credit", 500)}
	for field, text := range map[string]string{"happened": v.W.Happened, "measures": v.W.Measures, "published": v.W.Published, "next": v.W.Next, "credit": v.W.Credit} {
		if bad := forbids(text); bad != "" {
			f.Fault(field, "A letter never says “"+bad+"”")
		}
		if n, _ := longestSentence(text); n > mostWords {
			f.Fault(field, fmt.Sprintf("A sentence here has %d words: make it %d or fewer", n, mostWords))
		}
	}
	if bad := checkAddress(append([]string{v.W.Council}, strings.Split(v.W.Address, "\n")...)); v.W.Address != "" && bad != "" {
		f.Fault("address", "A letter would not come back to this address: "+said(string(bad)))
	}
	slices.SortStableFunc(f.Errors, func(a, b web.FieldError) int { return strings.Compare(a.Field, b.Field) })
	if !f.OK() {
		v.Errors = f.Errors
		return wordingPage.With("Wording", v).Faulty(f), nil
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("keep wording: %w", reeve.Invalid)
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "write", Object: "notice-wording:" + v.Council, Line: "What the council says in its notices was changed"},
			keepWording(tx, v.Council, &v.W, seen, r.Visitor.ID, r.Now.Unix())
	})
	return web.Redirect("/notices/wording", "Kept. Runs that are frozen from now on use it."), err
}
