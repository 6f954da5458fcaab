package enquiry

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/sweep"
)

// A report may hold values that were copied: a reference number, the end of a
// bank account. Compared on a reviewer's word, equal values are offered as a
// suggestion of whose data the scam uses. Nothing is decided by it, and nothing
// of it is kept but that somebody compared.

// suggestion is a person whose copied data holds values that a report names.
type suggestion struct {
	Person string   `json:"person"`
	Kinds  []string `json:"kinds"` // of the equal values, in words; never a value
}

// Bounds of one comparison.
const (
	mostValues     = 80 // of a report, that are looked for
	mostCandidates = 40 // people who are compared
	mostSuggested  = 10
	longestValue   = 6 // words that one value may be written in
	shortestValue  = 6 // letters and digits
	fewestDigits   = 4
	longestMark    = 3 // letters of a word without a digit inside a value: the QQ and C of a National Insurance number
)

// heardValues is what a report names: values as they are compared, and as they
// are looked for.
type heardValues struct {
	whole map[string]bool // letters and digits of whole values, folded
	last4 map[string]bool // four digits that stand alone
	words []string        // as they were written, for the search
}

// valuesIn reads the values of a text: mail addresses, and runs of short words
// with enough digits to be a reference, a number or an account.
func valuesIn(text string) heardValues {
	h := heardValues{whole: map[string]bool{}, last4: map[string]bool{}}
	words := strings.FieldsFunc(refang.Replace(text), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`,;:!?"'()[]{}<>|*`, r)
	})
	for i, w := range words {
		w = strings.TrimRight(w, ".")
		if len(w) == 4 && digitsIn(w) == 4 {
			h.last4[w] = true
		}
		if at := strings.IndexByte(w, '@'); at > 0 && strings.Contains(w[at:], ".") {
			h.add(w)
		}
		run := ""
		for _, next := range words[i:min(len(words), i+longestValue)] {
			if digitsIn(next) == 0 && len(next) > longestMark {
				break
			}
			run = strings.TrimRight(strings.TrimSpace(run+" "+next), ".")
			if s := squeezed(run); len(s) >= shortestValue && digitsIn(s) >= fewestDigits {
				h.add(run)
			}
		}
	}
	return h
}

func (h *heardValues) add(written string) {
	s := squeezed(written)
	if len(h.words) >= mostValues || h.whole[s] {
		return
	}
	h.whole[s] = true
	h.words = append(h.words, written)
	if plain := strings.ReplaceAll(written, " ", ""); plain != written {
		h.words = append(h.words, plain)
	}
}

// squeezed is a value without what people write between its parts.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '@' {
			return r
		}
		return -1
	}, lex.Fold(s))
}

func digitsIn(s string) (n int) {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// names reports whether a value that was copied is one that the report names. Of
// accounts and cards the last four digits are enough: that is how such messages
// quote them. A name, an address or a date is never enough: others have them too.
func (h heardValues) names(k reeve.Kind, value string) bool {
	switch k {
	case reeve.KindName, reeve.KindAddress, reeve.KindPostcode, reeve.KindDateOfBirth:
		return false
	case reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard:
		if s := squeezed(value); len(s) >= 4 && h.last4[s[len(s)-4:]] {
			return true
		}
	}
	s := squeezed(value)
	return len(s) >= shortestValue && h.whole[s]
}

// textOf is all that a report says.
func textOf(r Report) string {
	return r.Subject.Reveal() + "\n" + r.Words.Reveal() + "\n" + r.Said.Reveal()
}

// suggest finds people in scope whose copied values a report names: first whose
// they could be, by the index of what was read, then value by value. A sealed
// person is never among them.
func suggest(ctx context.Context, c *sweep.Case, scope sweep.Scope, text string) ([]suggestion, error) {
	scope.Opened = nil
	heard := valuesIn(text)
	people, err := candidates(ctx, c, scope, heard)
	if err != nil {
		return nil, err
	}
	var all []suggestion
	for _, id := range people {
		kinds := map[reeve.Kind]bool{}
		err := c.Subject(ctx, id, scope, func(p sweep.SubjectPassage) error {
			for _, v := range p.Own {
				if k := reeve.Kind(v.Kind); heard.names(k, v.Value.Reveal()) {
					kinds[k] = true
				}
			}
			return nil
		})
		if errors.Is(err, reeve.NotFound) {
			continue // not theirs to see
		}
		if err != nil {
			return nil, err
		}
		if len(kinds) > 0 {
			all = append(all, suggestion{id, kindLabels(kinds)})
		}
	}
	slices.SortStableFunc(all, func(a, b suggestion) int { return len(b.Kinds) - len(a.Kinds) })
	return all[:min(len(all), mostSuggested)], nil
}

func kindLabels(kinds map[reeve.Kind]bool) (all []string) {
	for k := range kinds {
		all = append(all, strings.TrimPrefix(detect.Label(k), "your "))
	}
	slices.Sort(all)
	return all
}

// candidates are the people of documents that hold a value of the report, by
// number.
func candidates(ctx context.Context, c *sweep.Case, scope sweep.Scope, heard heardValues) (people []string, err error) {
	seen := map[string]bool{}
	for _, written := range heard.words {
		page, err := c.Search(ctx, sweep.SearchQuery{Scope: scope, Text: `"` + written + `"`, Limit: 10})
		if errors.Is(err, reeve.Invalid) {
			continue // nothing in it that the index knows
		}
		if err != nil {
			return nil, err
		}
		for _, hit := range page.Hits {
			found, err := peopleOf(ctx, c.DB, hit.Document)
			if err != nil {
				return nil, err
			}
			for _, id := range found {
				if !seen[id] && len(people) < mostCandidates {
					seen[id] = true
					people = append(people, id)
				}
			}
		}
	}
	slices.Sort(people)
	return people, nil
}
