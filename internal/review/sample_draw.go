package review

import (
	"bytes"
	"cmp"
	"container/heap"
	"crypto/sha256"
	"slices"
)

// A draw takes the things whose SHA-256 of "seed, line break, thing" is least.
// Whoever has the seed and the population can draw the same again, with any
// program; nobody who does not choose the seed can choose what is drawn.

// ticket is a thing in a draw.
type ticket struct {
	digest [sha256.Size]byte
	at     int
}

func ticketOf(seed, thing string, at int) ticket {
	return ticket{sha256.Sum256([]byte(seed + "\n" + thing)), at}
}

// before orders tickets; equal digests are equal things.
func (t ticket) before(o ticket) int {
	return cmp.Or(bytes.Compare(t.digest[:], o.digest[:]), cmp.Compare(t.at, o.at))
}

// lottery keeps the n least tickets of those it has seen: the greatest of them
// on top.
type lottery struct {
	seed    string
	n       int
	tickets []ticket
}

func (l *lottery) Len() int           { return len(l.tickets) }
func (l *lottery) Less(i, j int) bool { return l.tickets[i].before(l.tickets[j]) > 0 }
func (l *lottery) Swap(i, j int)      { l.tickets[i], l.tickets[j] = l.tickets[j], l.tickets[i] }
func (l *lottery) Push(x any)         { l.tickets = append(l.tickets, x.(ticket)) }
func (l *lottery) Pop() any {
	last := l.tickets[len(l.tickets)-1]
	l.tickets = l.tickets[:len(l.tickets)-1]
	return last
}

// add lets a thing take part; it reports whether it is among the least so far.
func (l *lottery) add(thing string, at int) bool {
	t := ticketOf(l.seed, thing, at)
	switch {
	case len(l.tickets) < l.n:
		heap.Push(l, t)
	case l.n > 0 && t.before(l.tickets[0]) < 0:
		l.tickets[0] = t
		heap.Fix(l, 0)
	default:
		return false
	}
	return true
}

// drawn gives the places of what was drawn, in the order of the draw.
func (l *lottery) drawn() []int {
	slices.SortFunc(l.tickets, ticket.before)
	return each(l.tickets, func(t ticket) int { return t.at })
}

// draw gives the places of n things drawn from a list.
func draw(seed string, things []string, n int) []int {
	l := &lottery{seed: seed, n: n}
	for i, t := range things {
		l.add(t, i)
	}
	return l.drawn()
}
