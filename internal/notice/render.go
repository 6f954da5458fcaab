package notice

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// renderLetter sets the letter of one recipient, makes its PDF and checks it.
// The same arguments give the same bytes.
func renderLetter(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) (*laid, error) {
	l, m, err := lay(t, r, w, c, on)
	if err != nil {
		return nil, err
	}
	if err := l.write(); err != nil {
		return nil, err
	}
	k := &checked{t: t, r: r, w: w, c: c, on: on, text: m.words(), around: around(t, r, w, on, m), laid: l}
	return l, k.check()
}

// mailText is a notice as an e-mail.
func mailText(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) (subject, text string, err error) {
	m, err := compose(t, r, w, c, on)
	if err != nil {
		return "", "", err
	}
	body := m.words()
	k := &checked{t: t, r: r, w: w, c: c, on: on, text: body, around: around(t, r, w, on, m)}
	if err := k.content(); err != nil {
		return "", "", err
	}
	if err := checkOutside(preview(body)); err != nil && t.book == nil {
		return "", "", err
	}
	parts := []string{aboutLine(t, r), greet(t, r), body, m.Closing, contactText(&speaker{book: t.book}, w, r.Reference, on)}
	return m.Title, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n\n"), nil
}

// preview is how much of an e-mail a screen shows before it is opened.
func preview(body string) string {
	if r := []rune(spaced(body)); len(r) > 150 {
		return string(r[:150])
	}
	return body
}

// shortText is a notice as a text message. It says who writes and what to do,
// never what was found: a telephone shows it to whoever stands by.
func shortText(t *Template, r *Recipient, w *Wording) string {
	say := speaker{book: t.book}
	return strings.NewReplacer("{council}", w.Council, "{reference}", r.Reference).Replace(say.say(textLine))
}

// outsideWords are what no text message, subject or envelope may name.
var outsideWords = func() []string {
	all := []string{"abuse", "health", "benefit", "offence", "bank account", "immigration", "care", "protection", "housing"}
	for _, w := range words {
		w = strings.TrimPrefix(w, "your ")
		if !slices.Contains([]string{"name", "a password or sign-in"}, w) {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}()

// checkOutside refuses data types where others could read them.
func checkOutside(text string) error {
	text = strings.ToLower(text)
	for _, w := range outsideWords {
		if i := strings.Index(text, strings.ToLower(w)); i >= 0 && wholeWord(text, i, len(w)) {
			return NamesData.about("a subject, text message or envelope")
		}
	}
	return nil
}

func wholeWord(text string, i, n int) bool {
	letter := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= 'a' && text[i] <= 'z' }
	return !letter(i-1) && !letter(i+n)
}

var mailForm = regexp.MustCompile(`^[^@\s"<>(),:;\\]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,24}$`)

// checkPhone takes a mobile number of the United Kingdom.
func checkPhone(s string) bool {
	norm, ok := uk.NormPhone(s)
	return ok && (strings.HasPrefix(norm, "07") || strings.HasPrefix(norm, "447") || strings.HasPrefix(norm, "+447"))
}

// render makes what leaves for a recipient by a way, with every check that it
// has to pass.
func render(way Way, t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) (*Parcel, error) {
	p := &Parcel{Reference: r.Reference, Way: way}
	o := r.open()
	switch way {
	case Email:
		if !mailForm.MatchString(o.Email) {
			return nil, NoEmail.about("message %s", r.Reference)
		}
		subject, text, err := mailText(t, r, w, c, on)
		if err == nil {
			err = checkOutside(subject)
		}
		p.To, p.Subject, p.Text = r.Email, subject, text
		return p, err
	case Text:
		if !checkPhone(o.Phone) {
			return nil, NoPhone.about("message %s", r.Reference)
		}
		p.To, p.Text = r.Phone, shortText(t, r, w)
		return p, checkOutside(p.Text)
	case Call, Worker:
		return p, checkSpoken(way, t, r, w, c, on)
	}
	l, err := renderLetter(t, r, w, c, on)
	if err != nil {
		return nil, err
	}
	p.PDF, p.Sides, p.Lines = l.pdf, l.sides, r.Lines
	return p, nil
}
