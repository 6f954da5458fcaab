package linkage

import (
	"iter"

	"github.com/reeve-council/reeve"
)

// crowd finds, among the humans of one stretch, those that a clump could be,
// without asking each: a mailbox names thousands. It offers all that fitsFull
// or fitsPart would take and some that they refuse.
type crowd struct {
	size    int
	member  map[*party]bool
	names   map[string][]*party   // by surname, and by given name of those who are offered by it
	letters map[lettered][]*party // by the first or last letter of a surname
	ids     map[reeve.ID][]*party // by unique id
	asked   int
}

// lettered is one end of a surname. Two surnames one edit apart agree in their
// first letter or in their last.
type lettered struct {
	letter byte
	last   bool
}

func newCrowd() *crowd {
	return &crowd{member: map[*party]bool{}, names: map[string][]*party{}, letters: map[lettered][]*party{}, ids: map[reeve.ID][]*party{}}
}

func (w *crowd) join(p *party) {
	w.size++
	w.member[p] = true
}

// learn takes in what a clump has just added to a party.
func (w *crowd) learn(p *party, c *clump) {
	if !w.member[p] {
		return
	}
	for _, id := range c.ids {
		if id.Kind.UniqueID() {
			put(w.ids, id, p)
		}
	}
	for _, n := range c.folded {
		put(w.names, "g "+n.given, p)
		if n.surname == "" {
			continue
		}
		put(w.names, "s "+n.surname, p)
		for _, end := range ends(n.surname) {
			put(w.letters, end, p)
		}
	}
}

// put adds a party to a list once; it was added last if at all just before.
func put[K comparable](m map[K][]*party, k K, p *party) {
	if list := m[k]; len(list) == 0 || list[len(list)-1] != p {
		m[k] = append(list, p)
	}
}

func ends(surname string) [2]lettered {
	return [2]lettered{{surname[0], false}, {surname[len(surname)-1], true}}
}

// near offers each party that the clump could be, once.
func (w *crowd) near(c *clump) iter.Seq[*party] {
	w.asked++
	question := w.asked
	return func(yield func(*party) bool) {
		offer := func(list []*party) bool {
			for _, p := range list {
				if p.asked == question {
					continue
				}
				p.asked = question
				if !yield(p) {
					return false
				}
			}
			return true
		}
		for _, id := range c.ids {
			if id.Kind.UniqueID() && !offer(w.ids[id]) {
				return
			}
		}
		for _, n := range c.folded {
			if !w.offerNames(n, offer) {
				return
			}
		}
	}
}

func (w *crowd) offerNames(n foldedName, offer func([]*party) bool) bool {
	if n.surname == "" {
		return offer(w.names["g "+n.given])
	}
	if !offer(w.names["s "+n.surname]) {
		return false
	}
	if len(n.surname) < nearSurname {
		return true
	}
	for _, end := range ends(n.surname) {
		if !offer(w.letters[end]) {
			return false
		}
	}
	return true
}
