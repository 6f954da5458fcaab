package linkage

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// words interns normal forms so that profiles hold four bytes a value and two
// values are equal exactly if their numbers are. Number 0 is "nothing". It is
// filled while taking in and only read afterwards, by many goroutines. The
// numbers depend on the order of input and must never reach an output.
type words struct {
	ids  map[string]uint32
	text []string
	meta []wordMeta
}

// wordMeta is what blocking and comparing need to know of a word: its phonetic
// code, the number of its first token (itself for a single token) and its first
// letter; for a postcode its sector and district.
type wordMeta struct {
	sound, head, initial uint32
	sector, district     uint32
}

func newWords() *words {
	return &words{ids: map[string]uint32{"": 0}, text: []string{""}, meta: make([]wordMeta, 1)}
}

// intern gives the number of a normal form, taking it in if it is new.
func (w *words) intern(s string) uint32 {
	if id, ok := w.ids[s]; ok {
		return id
	}
	id := uint32(len(w.text))
	s = strings.Clone(s)
	w.ids[s] = id
	w.text = append(w.text, s)
	w.meta = append(w.meta, wordMeta{head: id})
	return id
}

// put adds a text that is compared with nothing.
func (w *words) put(s string) uint32 {
	if s == "" {
		return 0
	}
	w.text, w.meta = append(w.text, s), append(w.meta, wordMeta{})
	return uint32(len(w.text) - 1)
}

// name interns a part of a person's name as written, with what blocking needs.
func (w *words) name(written string) uint32 {
	folded := strings.TrimSpace(lex.Fold(written))
	if folded == "" {
		return 0
	}
	if id, ok := w.ids[folded]; ok && w.meta[id].initial != 0 {
		return id
	}
	id := w.intern(folded)
	head, _, _ := strings.Cut(folded, " ")
	m := wordMeta{head: w.intern(head), initial: firstLetter(folded)}
	if code := lex.Phonetic(head); code != "" {
		m.sound = w.intern("\x01" + code)
	}
	w.meta[id] = m
	return id
}

// postcode interns a normal postcode with its sector ("SW1A 2") and district.
func (w *words) postcode(norm string) uint32 {
	if norm == "" {
		return 0
	}
	if id, ok := w.ids[norm]; ok && w.meta[id].district != 0 {
		return id
	}
	id := w.intern(norm)
	if district, unit, ok := strings.Cut(norm, " "); ok && unit != "" {
		w.meta[id].sector = w.intern("\x02" + district + " " + unit[:1])
		w.meta[id].district = w.intern("\x02" + district)
	} else {
		w.meta[id].district = w.intern("\x02" + norm)
	}
	return id
}

// firstLetter is the first rune of a folded name, 0 for an empty one.
func firstLetter(s string) uint32 {
	for _, r := range s {
		return uint32(r)
	}
	return 0
}
