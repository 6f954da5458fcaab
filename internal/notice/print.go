package notice

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// This file takes personal values out of their wrapping: what is printed goes to
// the person it is about, or to whom a decision named.

// opened is what is printed of a recipient.
type opened struct {
	Name, About  string
	Lines        []string
	Email, Phone string
	Worker       string
}

func (r *Recipient) open() opened {
	o := opened{Name: r.Name.Reveal(), About: r.About.Reveal(), Email: r.Email.Reveal(), Phone: r.Phone.Reveal(), Worker: r.Worker.Reveal()}
	for _, l := range r.Lines {
		o.Lines = append(o.Lines, l.Reveal())
	}
	return o
}

// greet puts names into a notice: only what is printed has them.
func greet(t *Template, r *Recipient) string {
	switch o := r.open(); {
	case t.Kind == General:
		return occupierLine
	case o.Name == "":
		return ""
	default:
		return withName(t, dearLine, o.Name)
	}
}

// aboutLine says whose data a notice is about, when that is somebody else.
func aboutLine(t *Template, r *Recipient) string {
	if about := r.About.Reveal(); about != "" {
		return withName(t, aboutWho, about)
	}
	return ""
}

// withName says a phrase about a name in the language of a template.
func withName(t *Template, phrase, name string) string {
	say := speaker{book: t.book}
	return strings.ReplaceAll(say.say(phrase), "{name}", name)
}

// private wraps the lines of an address.
func private(lines []string) []reeve.Sensitive {
	all := make([]reeve.Sensitive, 0, len(lines))
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, reeve.Private(reeve.KindAddress, l))
		}
	}
	return all
}

// block is the address that a decision gives, under the name of who is told.
func (d *decision) block() []string {
	lines := []string{d.Name.Reveal()}
	for _, l := range d.Lines {
		lines = append(lines, l.Reveal())
	}
	return lines
}

// listRow is a letter's row in the list for a print house.
func listRow(file string, first, sides int, m *frozenMessage) []string {
	row := []string{m.Recipient.Reference, file, strconv.Itoa(first), strconv.Itoa(sides)}
	o := m.Recipient.open()
	for i := range mostLines {
		line := ""
		if i < len(o.Lines) {
			line = o.Lines[i]
		}
		row = append(row, line)
	}
	return row
}
