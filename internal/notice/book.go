package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// book is a language: the translation of each phrase that a notice may print. It
// is applied to the English template, so that a translation can never have other
// fields, blocks or conditions than the English; and as phrases are known by the
// English itself, a translation falls away when the English changes.
type book struct {
	Language string
	phrases  map[string]string
}

// mostBook is the length of a language in bytes.
const mostBook = 400_000

// parseBook reads phrases: the English behind "> ", below it the translation, an
// empty line between phrases. One without a translation is not translated yet. A
// translation that does not carry the fields, numbers and addresses of the
// English is a Fault.
func parseBook(language, text string) (*book, error) {
	if len(text) > mostBook {
		return nil, BrokenTemplate.about("longer than %d bytes", mostBook)
	}
	b := &book{Language: language, phrases: make(map[string]string)}
	var english, other []string
	flush := func() error {
		from, to := spaced(strings.Join(english, " ")), spaced(strings.Join(other, " "))
		english, other = nil, nil
		if from == "" && to == "" {
			return nil
		}
		return b.add(from, to)
	}
	for line := range strings.Lines(text + "\n\n") {
		line = strings.TrimSpace(line)
		rest, isEnglish := strings.CutPrefix(line, ">")
		if line == "" || isEnglish && len(other) > 0 {
			if err := flush(); err != nil {
				return nil, err
			}
		}
		switch {
		case isEnglish:
			english = append(english, rest)
		case line != "":
			other = append(other, line)
		}
	}
	return b, nil
}

func (b *book) add(from, to string) error {
	switch {
	case from == "":
		return BrokenTemplate.about("a translation stands below no English: %q", first(to))
	case b.phrases[from] != "":
		return BrokenTemplate.about("translated twice: %q", first(from))
	case to == "":
		return nil
	}
	if diff := differs(from, to); diff != "" {
		return Unmet.about("the translation of %q lacks, or adds, %s", first(from), diff)
	}
	b.phrases[from] = to
	return nil
}

// first is the beginning of a phrase, for errors: phrases hold no personal data.
func first(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// mark is what a translation has to carry as it is: fields, numbers, and
// addresses of mail and pages.
var mark = regexp.MustCompile(`\{[a-z-]+\}|[^\s@<>()]+@[A-Za-z0-9.-]*[A-Za-z0-9]|(?:[a-z0-9-]+\.)+(?:gov\.uk|org\.uk|co\.uk|org|com|uk)\b[^\s,;)]*|\p{Nd}+`)

// differs gives the first mark that one text has and the other has not; "" when
// both carry the same.
func differs(a, b string) string {
	have := make(map[string]int)
	for _, m := range mark.FindAllString(a, -1) {
		have[strings.TrimRight(m, ".")]++
	}
	for _, m := range mark.FindAllString(b, -1) {
		if m = strings.TrimRight(m, "."); have[m] == 0 {
			return m
		}
		have[strings.TrimRight(m, ".")]--
	}
	for _, m := range mark.FindAllString(a, -1) {
		if m = strings.TrimRight(m, "."); have[m] > 0 {
			return m
		}
	}
	return ""
}

// speaker says phrases in the language of a book; without one, in English.
type speaker struct {
	book    *book
	missing bool // something was to be said that has no translation
}

func (s *speaker) say(phrase string) string {
	if s.book == nil || strings.TrimSpace(phrase) == "" {
		return phrase
	}
	t, ok := s.book.phrases[spaced(phrase)]
	if !ok {
		s.missing = true
	}
	return t
}

func (s *speaker) all(phrases []string) []string {
	said := make([]string, 0, len(phrases))
	for _, p := range phrases {
		said = append(said, s.say(p))
	}
	return said
}

// knows reports whether every phrase can be said.
func (s *speaker) knows(phrases ...string) bool {
	return s.book == nil || !slices.ContainsFunc(phrases, func(p string) bool { _, ok := s.book.phrases[spaced(p)]; return !ok })
}

// phrasesOf are all phrases that a template may print with a wording, each once,
// in the order of the notice.
func phrasesOf(t *Template, w *Wording) (all []string) {
	add := func(phrases ...string) {
		for _, p := range phrases {
			if p = spaced(p); p != "" && strings.ContainsFunc(fieldForm.ReplaceAllString(p, ""), isWordRune) && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	w = w.in(t.Format)
	add(t.Title, dearLine)
	if t.Kind == Child || t.Kind == Estate {
		add(aboutWho)
	}
	for _, x := range t.parts {
		if x.sort == partBlock {
			add(blockPhrases(x.text, t.Kind)...)
			continue
		}
		add(append([]string{x.text}, x.items...)...)
	}
	add(w.Happened, w.Measures, w.Published, w.Next, w.Credit, w.Services, oneYear, manyYears)
	add(fraudLines()[0])
	add(aroundPhrases(w)...)
	add(textLine)
	return all
}

var fieldForm = regexp.MustCompile(`\{[a-z-]+\}`)

func isWordRune(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127 }

// blockPhrases are the phrases that a block may be made of.
func blockPhrases(block string, about Kind) (all []string) {
	switch block {
	case "found":
		for _, g := range slices.Backward(groups) {
			for _, k := range g.kinds {
				all = append(all, kindLine(k, about))
			}
		}
		return append(all, unnamedLine)
	case "held":
		return heldLines
	case "not-found":
		return []string{noBankLine}
	case "scams":
		return scamLines
	case "rights":
		return rightLines
	case "formats":
		return []string{formatLine}
	case "check":
		return []string{checkLine}
	}
	for _, g := range groups {
		if block == "consequences" {
			all = append(all, g.means)
		} else {
			all = append(all, g.advice...)
		}
	}
	return all
}

// lacks gives the phrases of a template that a book does not translate yet.
func (b *book) lacks(t *Template, w *Wording) []string {
	return slices.DeleteFunc(phrasesOf(t, w), func(p string) bool { return b.phrases[p] != "" })
}

// printable reports whether the letters of every phrase of a template can be
// printed. Scripts that need shaping, or run from right to left, cannot.
func (b *book) printable(t *Template, w *Wording) bool {
	return !slices.ContainsFunc(phrasesOf(t, w), func(p string) bool { return !paper.Printable(b.phrases[p]) })
}

// translate gives a template in the language of a book. What lacks a phrase, and
// what is to be printed and cannot be, is a Fault.
func (b *book) translate(t *Template, w *Wording, way Way) (*Template, error) {
	if n := len(b.lacks(t, w)); n > 0 {
		return nil, NoForm.about("%d phrases of template %s are not translated into %s", n, t.Name, plainName(b.Language))
	}
	if way != Email && way != Text && !b.printable(t, w) {
		return nil, Unprintable.about("template %s in %s", t.Name, plainName(b.Language))
	}
	say := speaker{book: b}
	out := *t
	out.english, out.book, out.Language, out.Title = t, b, b.Language, say.say(t.Title)
	out.parts = make([]part, len(t.parts))
	for i, x := range t.parts {
		if x.sort != partBlock {
			x.text, x.items = b.keep(x.text), b.keepAll(x.items)
		}
		out.parts[i] = x
	}
	return &out, nil
}

// keep translates a phrase of a template; one of fields alone stays as it is.
func (b *book) keep(phrase string) string {
	if t := b.phrases[spaced(phrase)]; t != "" {
		return t
	}
	return phrase
}

func (b *book) keepAll(phrases []string) []string {
	var all []string
	for _, p := range phrases {
		all = append(all, b.keep(p))
	}
	return all
}

// sheet writes phrases for a translator, with the translations that there are.
func (b *book) sheet(phrases []string) string {
	var s strings.Builder
	for _, p := range phrases {
		fmt.Fprintf(&s, "> %s\n%s\n\n", p, b.phrases[p])
	}
	return strings.TrimRight(s.String(), "\n") + "\n"
}
