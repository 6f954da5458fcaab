package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// human is somebody whom the text speaks of, as far as one block tells.
type human struct {
	clump    uint32
	capacity reeve.Capacity // CapacityUnknown until something tells
	stand    stand
	role     string // the word that told stand: "mother"
	pair     uint32 // the register's name pair, 0 for none
	given    string // as written; "" for "Mrs Khan"
	surname  string
	start    int // bytes of the latest place
	end      int
	sentence int
	focus    bool // "re John Smith": whom the entry is about
	firm     bool // not a human: a company's name stands where a person's would
	anchored bool // a register's value beside the name is of one who bears it
	carries  bool // something else than the name is said of them
}

// newClump numbers the next human of the document.
func (d *Document) newClump() uint32 {
	d.clumps++
	return d.clumps
}

// splitName finds given name and surname in a name as marked, without making
// new strings.
func splitName(s string, reversed bool) (given, surname string) {
	s = strings.TrimSpace(s)
	if last, first, ok := strings.Cut(s, ","); ok {
		return firstWord(first), strings.TrimSpace(last)
	}
	s = withoutTitle(s)
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", s
	}
	if reversed {
		first, rest, _ := strings.Cut(s, " ")
		return firstWord(rest), first
	}
	return firstWord(s), s[i+1:]
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " ")
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

var titles = wordSet(`mr|mrs|ms|miss|dr|master|rev|revd|sir|lady|lord|prof|professor|mx|cllr|councillor|dame|fr|sr|pc|dc|ds|dci|sgt|insp|dear|hi|hello|mstr|mme|messrs`)

// withoutTitle cuts forms of address from the front of a name.
func withoutTitle(s string) string {
	for {
		w, rest, ok := strings.Cut(s, " ")
		var b [16]byte
		if !ok || len(w) > 12 || !titles[string(foldLabel(b[:0], w))] {
			return s
		}
		s = strings.TrimLeft(rest, " ")
	}
}

// same reports whether a name as now marked can be the human h: the register's
// pair, or the surname with nothing that speaks against it, or the given name
// alone.
func (h *human) same(m lex.Mark, given, surname string) bool {
	switch m.Kind {
	case lex.MarkGiven:
		return h.given != "" && strings.EqualFold(h.given, surname)
	case lex.MarkName:
		if h.pair != 0 && h.pair == m.ID {
			return true
		}
	}
	if !strings.EqualFold(h.surname, surname) || surname == "" {
		return false
	}
	return given == "" || h.given == "" || strings.EqualFold(h.given, given) || sameInitial(h.given, given)
}

// sameInitial compares "J" or "J." with John.
func sameInitial(a, b string) bool {
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	if len(a) == 0 || len(b) == 0 || len(a) > 1 && len(b) > 1 {
		return false
	}
	return a[0]|0x20 == b[0]|0x20
}

// mayCarry reports whether circumstances may be said of the human.
func (h *human) mayCarry() bool {
	switch h.capacity {
	case reeve.CapacityProfessional, reeve.CapacityAuthor, reeve.CapacityPassing:
		return false
	}
	return true
}
