package notice

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	languagesPage  = web.NewPage[languagesView](pages, "languages.html")
	languagePageOf = web.NewPage[languageView](pages, "language.html")
)

// languagesView is the languages in which notices can leave, and what waits for
// a second person.
type languagesView struct {
	Languages []languageLine `json:"languages"`
	Waiting   []keptLanguage `json:"waiting"`
}

type languageLine struct {
	Language   string          `json:"language"`
	Number     int64           `json:"number"`
	Translator string          `json:"translator"`
	Checker    string          `json:"checker"`
	Of         []languageWhole `json:"of"`
}

// languageWhole is what a language can say whole with the wording of one council,
// for every council's notices say what it wrote itself.
type languageWhole struct {
	Council string   `json:"council"` // "" for the whole case
	Whole   []string `json:"whole"`   // templates of which every phrase is translated
	Lacks   int      `json:"lacks"`   // phrases of all templates that are not
	Printed bool     `json:"printed"` // its letters can be printed here
}

func (m *Room) languages(r *web.Request) (web.Answer, error) {
	var v languagesView
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		used, err := usableLanguages(tx)
		if err != nil {
			return err
		}
		all, wordings, err := m.translatable(tx)
		if err != nil {
			return err
		}
		for _, l := range used {
			b, err := parseBook(l.Language, l.Text)
			if err != nil {
				return err
			}
			line := languageLine{Language: l.Language, Number: l.Number, Translator: l.Translator, Checker: l.Checker}
			for _, w := range wordings {
				line.Of = append(line.Of, b.whole(w.council, all, &w.Wording))
			}
			v.Languages = append(v.Languages, line)
		}
		kept, err := readLanguages(tx)
		v.Waiting = slices.DeleteFunc(kept, func(k keptLanguage) bool { return k.SecondAt > 0 })
		return err
	})
	return languagesPage.With("Languages", v), err
}

// whole says of a language which templates it can say as they and the wording of
// a council are today.
func (b *book) whole(council string, all []*Template, w *Wording) languageWhole {
	l := languageWhole{Council: council, Printed: true}
	for _, t := range all {
		if len(b.lacks(t, w)) == 0 {
			l.Whole, l.Printed = append(l.Whole, t.Name), l.Printed && b.printable(t, w)
		}
	}
	for _, p := range phrasesOfAll(all, []councilWording{{council, *w}}) {
		if b.phrases[p] == "" {
			l.Lacks++
		}
	}
	l.Printed = l.Printed && len(l.Whole) > 0
	return l
}

// translatable gives the templates to people, and what the whole case and each
// council say in them.
func (m *Room) translatable(tx *db.Tx) (all []*Template, wordings []councilWording, err error) {
	kept, err := usable(tx)
	for _, name := range sortedNames(kept) {
		t, err := ParseTemplate(kept[name].Text)
		if err != nil {
			return nil, nil, err
		}
		if t.Kind.named() {
			all = append(all, t)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	wordings, err = readWordings(tx)
	if err == nil && len(wordings) == 0 {
		wordings = []councilWording{{}}
	}
	return all, wordings, err
}

// languageView is one language with the form to write its next version.
type languageView struct {
	Language   string           `json:"language"`
	Number     int64            `json:"number"`
	Text       string           `json:"text"`
	Translator string           `json:"translator"`
	Checker    string           `json:"checker"`
	Missing    int              `json:"missing"`
	Phrases    int              `json:"phrases"`
	Errors     []web.FieldError `json:"-"`
}

// languageForm is a code of ISO 639 as registers keep it.
var languageForm = regexp.MustCompile(`^[a-z]{2,3}$`)

func (m *Room) languageView(r *web.Request) (v languageView, err error) {
	v.Language = r.Part("code")
	if !languageForm.MatchString(v.Language) || v.Language == "en" {
		return v, fmt.Errorf("find language: %w", reeve.NotFound)
	}
	b := &book{Language: v.Language, phrases: map[string]string{}}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		kept, err := readLanguages(tx)
		if err != nil {
			return err
		}
		for _, k := range kept {
			if k.Language != v.Language {
				continue
			}
			v.Number, v.Translator, v.Checker = k.Number, k.Translator, k.Checker
			if b, err = parseBook(k.Language, k.Text); err != nil {
				return err
			}
		}
		all, wordings, err := m.translatable(tx)
		if err != nil {
			return err
		}
		phrases := phrasesOfAll(all, wordings)
		v.Phrases, v.Text = len(phrases), b.sheet(phrases)
		for _, p := range phrases {
			if b.phrases[p] == "" {
				v.Missing++
			}
		}
		return nil
	})
	return v, err
}

// phrasesOfAll are the phrases of templates with some wordings, each once.
func phrasesOfAll(all []*Template, wordings []councilWording) (phrases []string) {
	seen := make(map[string]bool)
	for _, w := range wordings {
		for _, t := range all {
			for _, p := range phrasesOf(t, &w.Wording) {
				if !seen[p] {
					phrases, seen[p] = append(phrases, p), true
				}
			}
		}
	}
	return phrases
}

func (m *Room) language(r *web.Request) (web.Answer, error) {
	v, err := m.languageView(r)
	return languagePageOf.With("Language "+languageName(v.Language), v), err
}

// writeLanguage keeps a new version of a language for a second person to
// release. It may be unfinished: only notices that it says whole leave in it.
func (m *Room) writeLanguage(r *web.Request) (web.Answer, error) {
	v, err := m.languageView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	k := keptLanguage{Language: v.Language, Text: f.Need("text", mostBook, "Write the phrases"), Translator: f.Need("translator", 120, "Say who translated it"),
		Checker: f.Need("checker", 120, "Say who read it against the English"), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	if k.Translator != "" && k.Translator == k.Checker {
		f.Fault("checker", "Somebody else than the translator reads it against the English")
	}
	if _, err := parseBook(k.Language, k.Text); err != nil {
		f.Fault("text", "This cannot be used: "+err.Error())
	}
	if !f.OK() {
		v.Errors, v.Text, v.Translator, v.Checker = f.Errors, k.Text, k.Translator, k.Checker
		return languagePageOf.With("Language "+languageName(v.Language), v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addLanguage(tx, &k)
		return record.Leaf{Verb: "write", Object: fmt.Sprintf("notice-language:%s.%d", k.Language, k.Number), Line: "A version of a language was written"}, err
	})
	return web.Redirect("/notices/languages", "Kept. A second person releases it."), err
}

func (m *Room) releaseLanguage(r *web.Request) (web.Answer, error) {
	n, err := r.Number("number")
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "release", Object: fmt.Sprintf("notice-language:%s.%d", plainName(r.Part("code")), n), Line: "A version of a language was released"},
			agreeLanguage(tx, r.Part("code"), n, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
	})
	return web.Redirect("/notices/languages", "Released. Runs that are frozen from now on use it."), err
}

// openLanguage leads to the page of a language by its code.
func (m *Room) openLanguage(r *web.Request) (web.Answer, error) {
	code := languageCode(r.Ask("code"))
	if !languageForm.MatchString(code) {
		return nil, reeve.WithHint(fmt.Errorf("open language: %w", reeve.Invalid), "enter a code of two or three letters, such as cy, pl or ar; English is always there")
	}
	return web.Redirect("/notices/languages/"+code, ""), nil
}
