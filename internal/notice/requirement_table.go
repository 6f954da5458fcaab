package notice

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// checked is a notice as the requirements look at it: in English, for what is
// said in another language is the same, phrase by phrase.
type checked struct {
	t      *Template
	r      *Recipient
	w      *Wording
	c      Coverage
	on     reeve.Date
	text   string // what follows the greeting
	around string // who writes, when, to whom, and who signs
	laid   *laid  // nil of an e-mail
}

// requirement is one of the eighteen things that a notice must have (mission,
// section 5), as a check of every letter and e-mail. Kinds for which it has no
// meaning are in not.
type requirement struct {
	n    int
	name string
	not  []Kind
	met  func(c *checked) bool
}

// unnamed are the kinds that say nothing of what was found of one person.
var unnamed = []Kind{General}

var requirements = []requirement{
	{1, "who writes, how to reach us, date and reference", nil, func(c *checked) bool {
		return has(c.around, c.w.Council, c.w.Address, c.w.Phone, c.w.Email, c.w.Hours, longDate(c.on), c.r.Reference)
	}},
	{2, "one person, by name", unnamed, func(c *checked) bool { return namesOne(c) }},
	{3, "what happened, and that we are sorry", nil, func(c *checked) bool { return has(head(c.text), c.w.Happened) && has(head(c.text), "sorry") }},
	{4, "what we found, from when, from which service", unnamed, func(c *checked) bool { return namesFound(c) }},
	{5, "whether we still hold the data", nil, func(c *checked) bool {
		return has(c.text, "services to you") && (!c.t.Kind.named() || saysHeld(c))
	}},
	{6, "who did it and whether it is published, as of a date", nil, func(c *checked) bool { return c.w.Published == "" || has(c.text, c.w.Published) }},
	{7, "what it could mean, from these data types alone", unnamed, func(c *checked) bool { return followsAlone(c) }},
	{8, "what we did, and who investigates", nil, func(c *checked) bool { return has(c.text, c.w.Measures) }},
	{9, "what you can do, most urgent first", nil, func(c *checked) bool { return advises(c) }},
	{10, "scams: what we never ask, where to report", nil, func(c *checked) bool {
		return has(c.text, append(slices.Clone(scamLines[:len(scamLines)-1]), fraudLine(c.on))...)
	}},
	{11, "keep your Direct Debit", []Kind{Supplier, Estate}, func(c *checked) bool { return has(c.text, debitLine) }},
	{12, "where to get support", nil, func(c *checked) bool {
		return has(c.text, c.w.Line, "999", "Victim Support", "Domestic Abuse", "Samaritans", "MoneyHelper") && (c.w.Credit == "" || !c.t.Kind.named() || has(c.text, c.w.Credit))
	}},
	{13, "how to check that the letter is real, without a link or code", nil, func(c *checked) bool {
		return has(c.text, c.w.CheckPage, c.r.Reference, "council tax bill") && (c.laid == nil || len(c.laid.letter.Codes) == 0) && !links.MatchString(c.text)
	}},
	{14, "your rights", nil, func(c *checked) bool { return has(c.text, rightLines...) && has(c.text, c.w.DPO, c.w.DPOEmail) }},
	{15, "what happens next", nil, func(c *checked) bool { return has(c.text, c.w.Next) }},
	{16, "other formats, Text Relay, interpreter", nil, func(c *checked) bool { return has(c.text, formatLine) }},
	{17, "signed by a role, in plain words", nil, func(c *checked) bool { return has(c.around, c.w.Signatory, c.w.Role) && isPlain(c.t.Format, c.text) }},
	{18, "two sheets, nothing but the address in the window", nil, func(c *checked) bool {
		return c.laid == nil || c.laid.sides <= sidesOf(c.t.Format) && slices.Equal(windowText(c.laid.placed), c.laid.lines)
	}},
}

var links = regexp.MustCompile(`(?i)https?://|www\.\S+\?\S+`)

// has reports whether text holds every part, whatever the line breaks.
func has(text string, parts ...string) bool {
	text = spaced(text)
	for _, p := range parts {
		if p = spaced(p); p == "" || !strings.Contains(text, p) {
			return false
		}
	}
	return true
}

func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// head is the beginning of a letter: what a reader sees first.
func head(text string) string {
	if r := []rune(text); len(r) > 900 {
		return string(r[:900])
	}
	return text
}

// namesOne: the notice is to one person by name; where it is about somebody else,
// it says about whom.
func namesOne(c *checked) bool {
	about := aboutLine(c.t, c.r)
	return !c.r.Name.Empty() && has(c.around, greet(c.t, c.r)) && (about == "" || has(c.around, about))
}

// namesFound: every kind that may be said is said in its words, and from when and
// where it is; what is unsure, unread or left out is said to be so; bank details
// are denied of people whose items were all read, and of nobody else.
func namesFound(c *checked) bool {
	kinds, withheld := c.r.sayable()
	_, none := c.r.bank()
	english := &speaker{}
	if has(c.text, "no bank details") != none || withheld != has(c.text, "check who you are") {
		return false
	}
	if p := period(c.r.From, c.r.To, english); p != "" && !has(c.text, p) {
		return false
	}
	if (c.r.Tier == reeve.TierPossible) != has(c.text, "not sure") || (c.r.Incomplete > 0) != has(c.text, "could not read every page") {
		return false
	}
	if c.c.Share() > 0 && !has(c.text, "about "+strconv.FormatInt(c.c.Share(), 10)+" %") {
		return false
	}
	return has(c.text, origin(c.r, c.w, english)) && lists(c.text, foundLines(kinds, c.t.Kind))
}

// lists reports whether every line is an item of a list in a text.
func lists(text string, lines []string) bool {
	text = "\n" + text + "\n"
	return !slices.ContainsFunc(lines, func(l string) bool { return !strings.Contains(text, "\n- "+l+"\n") })
}

// saysHeld: what is so of the data, and neither of the other two.
func saysHeld(c *checked) bool {
	for _, line := range heldLines {
		if has(c.text, line) != (line == heldLine(c.r.Held)) {
			return false
		}
	}
	return true
}

// followsAlone: the consequences are those of the kinds that the letter names,
// and no others.
func followsAlone(c *checked) bool {
	kinds, _ := c.r.sayable()
	want, _ := follow(kinds)
	for _, g := range groups {
		if has(c.text, g.means) != slices.Contains(want, g.means) {
			return false
		}
	}
	return true
}

// advises: what the reader can do stands there, most urgent first. Where nothing
// is said of anybody, it is what everybody can do.
func advises(c *checked) bool {
	kinds, _ := c.r.sayable()
	if !c.t.Kind.named() {
		kinds = nil
	}
	_, advice := follow(kinds)
	at := 0
	text := spaced(c.text)
	for _, a := range advice {
		i := strings.Index(text[at:], spaced(a))
		if i < 0 {
			return false
		}
		at += i
	}
	return true
}

// check holds a letter that was set to the geometry and to every requirement.
func (c *checked) check() error {
	if f := checkGeometry(c.laid.placed, len(c.laid.pdf), c.laid.lines); f != "" {
		return f.about("message %s", c.r.Reference)
	}
	if c.laid.sides > sidesOf(c.t.Format) {
		return TooLong.about("message %s has %d sides", c.r.Reference, c.laid.sides)
	}
	if !prints(c.text) || !prints(c.around) {
		return Unprintable.about("message %s", c.r.Reference)
	}
	return c.content()
}

// content holds what a notice says to the requirements. A translation is held to
// the numbers and addresses of the English, and the English to the rest.
func (c *checked) content() error {
	c.w = c.w.in(c.t.Format)
	if bad, _ := forbids(c.text); bad != "" {
		return Forbidden.about("template %s", c.t.Name)
	}
	if c.t.english != nil {
		return c.translated()
	}
	for _, q := range requirements {
		if !slices.Contains(q.not, c.t.Kind) && !q.met(c) {
			return Unmet.about("%d, %s: template %s", q.n, q.name, c.t.Name)
		}
	}
	return nil
}

func (c *checked) translated() error {
	english := *c.t.english
	english.Format = c.t.Format
	m, err := compose(&english, c.r, c.w, c.c, c.on)
	if err != nil {
		return err
	}
	e := *c
	e.t, e.text, e.around = &english, m.words(), around(&english, c.r, c.w, c.on, m)
	if diff := differs(e.text+"\n"+e.around, c.text+"\n"+c.around); diff != "" {
		return Unmet.about("template %s in %s: what is said differs from the English", c.t.Name, plainName(c.t.Language))
	}
	return e.content()
}

// around is what stands round the text of a notice: who writes, when and under
// which reference, about whom and to whom, and who signs.
func around(t *Template, r *Recipient, w *Wording, on reeve.Date, m *message) string {
	return strings.Join([]string{contactText(&speaker{book: t.book}, w, r.Reference, on), aboutLine(t, r), greet(t, r), m.Closing}, "\n")
}

// prints reports whether every letter of a text can be printed.
func prints(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return paper.Printable(text)
		}
	}
	return true
}
