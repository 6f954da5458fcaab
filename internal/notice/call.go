package notice

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/uk"
)

// NoWorker is a brief for nobody: no register names the worker.
const NoWorker Fault = "no-named-worker"

// checkSpoken holds what is said on the telephone or through a worker to the
// rules of every notice: it needs no address, but somebody to tell it. A call is held
// to them in both forms, as not everybody may say all of it.
func checkSpoken(way Way, t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) error {
	o := r.open()
	if _, ok := uk.NormPhone(o.Phone); way == Call && !ok {
		return NoPhone.about("message %s", r.Reference)
	}
	if way == Worker && o.Worker == "" {
		return NoWorker.about("message %s", r.Reference)
	}
	forms := []*Recipient{r}
	if plain := r.plain(); way == Call && r.Confirmed {
		forms = append(forms, &plain)
	}
	for _, r := range forms {
		m, err := compose(t, r, w, c, on)
		if err == nil {
			err = (&checked{t: t, r: r, w: w, c: c, on: on, text: m.words(), around: around(t, r, w, on, m)}).content()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// plain is a recipient as those tell them who do not go up to special: no more is
// named than before a verdict, and the rest is offered after an identity check by
// whoever may say it.
func (r Recipient) plain() Recipient {
	r.Confirmed = false
	return r
}

// script is what a caller says, in the order in which it is said. Before it was
// checked who is on the line there is only Open, Check and Machine, which say
// nothing of anybody's data, nor that there is any.
type script struct {
	Open    []string      `json:"open"`
	Machine string        `json:"machine"` // to a machine, or to somebody else who answers
	Check   []string      `json:"check"`
	Safe    []string      `json:"safe"`
	Told    []paper.Block `json:"-"`
	Close   []string      `json:"close"`
}

// scriptOf writes the script of one call. Told is empty until it was checked who
// is on the line. Names are left to the page.
func scriptOf(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date, verified bool) (*script, error) {
	s := &script{
		Open: []string{
			"Ask for the person by their full name. Say nothing else to anybody who is not them.",
			"“I am calling from " + w.Council + ". I have to check who I am speaking to before I can say why.”",
			"“You can check that I am real. Hang up, and call the number on your council tax bill. Give the reference " + r.Reference + ".”",
		},
		Machine: "“This is " + w.Council + ". Please call the number on your council tax bill. The reference is " + r.Reference + ".” Say no more than this.",
		Check: []string{
			"Let them tell you their full name, their address with its postcode, and their date of birth.",
			"Never read these out to them. Compare what they say with what our records hold.",
			"Never ask for a password, a PIN or bank details.",
			"If one thing is wrong or missing, end the call politely. Say that we will call again.",
		},
		Safe: []string{
			"“Can you talk now, without anybody listening?”",
			"“Is this number safe for you? Is your post safe?”",
			"If they are not safe, or you are not sure: end the call, and choose that it was not safe.",
		},
		Close: []string{
			"“Would you like this in writing? Is it safe to send it to you?”",
			"“What would help you most now?”" + moreHelp(w),
			"In danger now: 999. If they cannot speak, they press 55.",
		},
	}
	if !verified {
		return s, nil
	}
	m, err := compose(t, r, w, c, on)
	if err != nil {
		return nil, err
	}
	s.Told = aloud(m.Blocks)
	return s, nil
}

// moreHelp names the line for people who need more help, where there is one.
func moreHelp(w *Wording) string {
	if w.Line == "" {
		return ""
	}
	return " The number for more help is " + w.Line + "."
}
