package notice

import (
	"errors"
	"strings"
	"sync"

	"github.com/reeve-council/reeve/internal/db"
)

// form is how somebody reads: the language, "" for English, and the format.
type form struct {
	Language string
	Format   Format
}

// formOf is the form in which a recipient is to get a notice. Large print is a
// size, which matters on paper alone: readers of e-mail set their own. What goes
// through a worker is read by the worker.
func (r *run) formOf(c *Recipient) form {
	f := form{languageCode(c.Language), c.Format}
	if f.Format == "" || f.Format == LargePrint && (r.Way == Email || r.Way == Text) {
		f.Format = Standard
	}
	if r.Way == Worker || !r.Kind.named() {
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

// inForm parses the frozen template of a form. Large print is the same text in
// larger letters, so that it can never say less than the other.
func (r *run) inForm(want form) (*Template, error) {
	switch want.Format {
	case LargePrint:
		t, err := r.inForm(form{want.Language, Standard})
		if err != nil {
			return nil, err
		}
		large := *t
		large.Format = LargePrint
		return &large, nil
	case Standard:
		if want.Language == "" {
			return ParseTemplate(r.Text)
		}
	}
	for _, v := range r.variants {
		if v.Language == want.Language && v.Format == want.Format {
			return ParseTemplate(v.Body)
		}
	}
	return nil, NoForm.about("run %d holds no text for this reader", r.ID)
}

// variantName is the name by which the text of a notice in another format is
// found beside its own.
func variantName(name string, f Format) string { return name + "-" + string(f) }

// fillVariants freezes into a run every form in which its notice was released.
func (m *Room) fillVariants(tx *db.Tx, r *run) error {
	all, err := usable(tx)
	if err != nil {
		return err
	}
	r.variants, r.forms = nil, &forms{all: make(map[form]*Template)}
	if k, ok := all[variantName(r.Template, EasyRead)]; ok {
		r.variants = append(r.variants, variant{Format: EasyRead, Name: k.Name, Number: k.Number, Body: k.Text})
	}
	return keepVariants(tx, r.ID, r.variants)
}

// settleForm looks whether a message can be made as its reader reads. Where it
// cannot, people make it: it waits on their list and never leaves by itself.
// Whoever is told about somebody else reads as they are written to.
func (r *run) settleForm(f *frozenMessage) Reason {
	if f.Decided != 0 {
		f.Recipient.Language, f.Recipient.Format = "", ""
	}
	if _, err := r.templateFor(&f.Recipient); errors.Is(err, NoForm) {
		f.State = msgByPeople
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
	return render(r.Way, t, &m.Recipient, &r.Wording, r.Coverage, r.On)
}
