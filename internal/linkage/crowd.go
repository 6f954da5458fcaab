package linkage

import (
	"iter"

	"github.com/reeve-council/reeve"
)

// crowd finds, among the humans of one stretch, those that a clump could be,
// without asking each: a mailbox names thousands.
type crowd struct {
	size    int
	member  map[*party]bool
	names   map[string][]*party   // by surname, and by given name of those who are offered by it
	letters map[lettered][]*party // by the first or last letter of a surname
	ids     map[reeve.ID][]*party // by unique id
	asked   int
}

// lettered is one end of a surname with the initial of the given name. Two
// surnames one edit apart agree in their first letter or in their last; that
// they mean one human is believed only where the initials agree too.
type lettered struct {
	letter, initial byte
	last            bool
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
		for _, end := range n.ends() {
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

// ends are the places where a name is looked for by the letters of a surname
// that may be misspelt; none without a given name.
func (n foldedName) ends() []lettered {
	if n.given == "" || len(n.surname) < nearSurname {
		return nil
	}
	return []lettered{{n.surname[0], n.given[0], false}, {n.surname[len(n.surname)-1], n.given[0], true}}
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
	for _, end := range n.ends() {
		if !offer(w.letters[end]) {
			return false
		}
	}
	return true
}
