package notice

import (
	"errors"
	"strings"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// form is how somebody reads: the language, "" for English, and the format.
type form struct {
	Language string
	Format   Format
}

// formOf is the form in which a recipient is to get a notice. Large print is a
// size, which matters on paper alone: readers of e-mail set their own. What goes
// through a worker, or is said on the telephone, is read by somebody of ours.
func (r *run) formOf(c *Recipient) form {
	f := form{languageCode(c.Language), c.Format}
	if f.Format == "" || f.Format == LargePrint && (r.Way == Email || r.Way == Text) {
		f.Format = Standard
	}
	if r.Way == Worker || r.Way == Call || !r.Kind.named() {
		return form{Format: Standard}
	}
	return f
}

// languageCode is a language as forms know it: the primary part of its code in
// lower case, and nothing for English.
func languageCode(s string) string {
	code, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	if code == "en" {
		return ""
	}
	return code
}

// forms are the templates of a run by who reads them, parsed when first asked
// for. Letters are made by several hands at once.
type forms struct {
	mu  sync.Mutex
	all map[form]*Template
}

// templateFor gives the template by which a recipient's message is made, in the
// form in which they read; NoForm where the run was frozen without one.
func (r *run) templateFor(c *Recipient) (*Template, error) {
	want := r.formOf(c)
	if r.forms == nil {
		return r.inForm(want)
	}
	r.forms.mu.Lock()
	defer r.forms.mu.Unlock()
	if t := r.forms.all[want]; t != nil {
		return t, nil
	}
	t, err := r.inForm(want)
	if err == nil {
		r.forms.all[want] = t
	}
	return t, err
}

// inForm makes the template of a form from what was frozen. Large print is the
// same text in larger letters, so that it can never say less than the other; a
// language is the English text said by its phrases.
func (r *run) inForm(want form) (*Template, error) {
	if want.Format == LargePrint {
		t, err := r.inForm(form{want.Language, Standard})
		if err != nil {
			return nil, err
		}
		large := *t
		large.Format = LargePrint
		return &large, nil
	}
	text := r.Text
	if want.Format != Standard {
		text = r.body("", want.Format)
	}
	if text == "" {
		return nil, NoForm.about("run %d holds no text for this reader", r.ID)
	}
	t, err := ParseTemplate(text)
	if err != nil || want.Language == "" {
		return t, err
	}
	b, err := parseBook(want.Language, r.body(want.Language, ""))
	if err != nil {
		return nil, err
	}
	return b.translate(t, &r.Wording, r.Way)
}

// body is a frozen variant; "" where there is none.
func (r *run) body(language string, f Format) string {
	for _, v := range r.variants {
		if v.Language == language && v.Format == f {
			return v.Body
		}
	}
	return ""
}

// variantName is the name by which the text of a notice in another format is
// found beside its own.
func variantName(name string, f Format) string { return name + "-" + string(f) }

// sayable refuses to freeze words that no notice may say: a fact may have been
// released with them since the wording was checked.
func sayable(w *Wording) error {
	for _, text := range []string{w.Happened, w.Measures, w.Published, w.Next, w.Credit, w.Services, w.Easy.Happened, w.Easy.Measures, w.Easy.Published, w.Easy.Next} {
		if bad, instead := forbids(text); bad != "" {
			return reeve.WithHint(Forbidden.about("the wording, or a fact that stands in its place"), "no notice says “"+bad+"”: change it, and say "+instead)
		}
	}
	return nil
}

// fillVariants freezes into a run every form in which its notice was released.
func (m *Room) fillVariants(tx *db.Tx, r *run) error {
	if err := sayable(&r.Wording); err != nil {
		return err
	}
	all, err := usable(tx)
	if err != nil {
		return err
	}
	r.variants, r.forms = nil, &forms{all: make(map[form]*Template)}
	k, ok := all[variantName(r.Template, EasyRead)]
	if err := r.easyEnough(ok); err != nil {
		return err
	}
	if ok {
		r.variants = append(r.variants, variant{Format: EasyRead, Name: k.Name, Number: k.Number, Body: k.Text})
	}
	languages, err := usableLanguages(tx)
	if err != nil {
		return err
	}
	for _, l := range languages {
		r.variants = append(r.variants, variant{Language: l.Language, Name: l.Language, Number: l.Number, Body: l.Text})
	}
	return keepVariants(tx, r.ID, r.variants)
}

// easyEnough refuses to freeze a wording that letters in Easy Read could not say: a
// fact may have taken the place of what was checked as it was written. beside says
// that the run's template is there in Easy Read too.
func (r *run) easyEnough(beside bool) error {
	read := beside && r.formOf(&Recipient{Format: EasyRead}).Format == EasyRead
	if t, err := ParseTemplate(r.Text); err != nil || t.Format != EasyRead && !read {
		return err
	}
	if bad := r.Wording.easyFaults(); len(bad) > 0 {
		return reeve.WithHint(Unmet.about("the wording in Easy Read, or a fact that stands in its place"), bad[0].Text+", on the page Wording")
	}
	return nil
}

// settleForm looks whether a message can be made as its reader reads. Where it
// cannot, people make it: it waits on their list and never leaves by itself.
// What people make for the post needs an address as every letter does.
func (r *run) settleForm(f *frozenMessage) Reason {
	_, err := r.templateFor(&f.Recipient)
	if errors.Is(err, NoForm) || errors.Is(err, Unprintable) {
		f.State = msgByPeople
		if bad := checkAddress(f.Recipient.open().Lines); bad != "" && r.Way.onPaper() {
			f.State, f.Why = msgFaulty, string(bad)
			return ""
		}
		return OtherFormat
	}
	return ""
}

// render makes what leaves for one message of the run, in its reader's form.
func (r *run) render(m *frozenMessage) (*Parcel, error) {
	t, err := r.templateFor(&m.Recipient)
	if err != nil {
		return nil, err
	}
	if err := r.hold(m); err != nil {
		return nil, err
	}
	return render(r.Way, t, &m.Recipient, &r.Wording, r.Coverage, r.On)
}
