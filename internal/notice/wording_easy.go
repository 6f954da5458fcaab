package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/web"
)

// easySaid is a text of the wording as Easy Read letters say it, and the field in
// which a council can put it more simply.
type easySaid struct{ field, text string }

func (w *Wording) easySaid() []easySaid {
	e := w.in(EasyRead)
	return []easySaid{{"easy_happened", e.Happened}, {"easy_measures", e.Measures}, {"easy_published", e.Published}, {"easy_next", e.Next}, {"credit", w.Credit},
		{"services", "They come from " + w.Services + "."}, {"worker_line", "You can call " + w.Line + "."}, {"dpo", "Our data protection officer is " + w.DPO + ", " + w.DPOEmail + "."}}
}

// easyFaults names every sentence of a wording that Easy Read letters could not
// say. They would be made with it and held back one by one, when a run is checked.
func (w *Wording) easyFaults() (faults []web.FieldError) {
	for _, x := range w.easySaid() {
		for _, s := range sentences(x.text) {
			if n := len(wordsOf(s)); n > mostEasyWords {
				faults = append(faults, web.FieldError{Field: x.field, Text: fmt.Sprintf("Easy Read letters would say “%s”, which has %d words. Say it here in %d or fewer", s, n, mostEasyWords)})
			}
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return w.easyAge()
}

// easyAge is the fault of a wording that is too hard to read in Easy Read as a
// whole; it names the hardest of its sentences.
func (w *Wording) easyAge() []web.FieldError {
	all, _, err := builtin()
	if err != nil {
		return nil
	}
	reader := Recipient{Name: reeve.Private(reeve.KindName, "A Reader"), About: reeve.Private(reeve.KindName, "A Reader"), Kinds: []reeve.Kind{reeve.KindName}, Held: "yes"}
	for _, t := range all {
		if t.Format != EasyRead {
			continue
		}
		m, err := compose(t, &reader, w, Coverage{}, reportFraudFrom)
		if err != nil || readingAge(m.words()) <= mostEasyAge {
			continue // a field that is missing is said elsewhere
		}
		field, hardest := w.hardest()
		return []web.FieldError{{Field: field, Text: "Easy Read letters would be too hard to read. The hardest sentence is “" + hardest + "”. Use shorter words here"}}
	}
	return nil
}

// hardest gives the sentence with the highest reading age, and its field.
func (w *Wording) hardest() (field, sentence string) {
	most := 0.0
	for _, x := range w.easySaid() {
		for _, s := range sentences(x.text) {
			if age := readingAge(s); len(wordsOf(s)) >= leastMeasured && (field == "" || age > most) {
				most, field, sentence = age, x.field, s
			}
		}
	}
	if field == "" {
		return "easy_happened", w.in(EasyRead).Happened
	}
	return field, sentence
}
