package notice

import (
	"fmt"
	"maps"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	templatesPage  = web.NewPage[templatesView](pages, "templates.html")
	templatePageOf = web.NewPage[templateView](pages, "template.html")
)

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
	if err := checkOutside(t.Title); err != nil {
		return err
	}
	_, err := renderLetter(t, &r, &w, Coverage{4, 100}, reeve.Date{Year: 2026, Month: 1, Day: 19})
	return err
}

func sortedNames(all map[string]keptTemplate) []string { return slices.Sorted(maps.Keys(all)) }
