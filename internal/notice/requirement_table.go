package notice

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// checked is a letter as the requirements look at it.
type checked struct {
	t    *Template
	r    *Recipient
	w    *Wording
	c    Coverage
	on   reeve.Date
	text string // what follows the greeting
	box  string // the contact block
	laid *laid
}

// requirement is one of the eighteen things that a letter must have (mission,
// section 5), as a check of every letter. Kinds for which it has no meaning are
// in not.
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
		return has(c.box, c.w.Council, c.w.Phone, c.w.Email, c.w.Hours, longDate(c.on), c.r.Reference)
	}},
	{2, "one person, by name", unnamed, func(c *checked) bool { return !c.r.Name.Empty() }},
	{3, "what happened, and that we are sorry", nil, func(c *checked) bool { return has(head(c.text), c.w.Happened) && has(head(c.text), "sorry") }},
	{4, "what we found, from when, from which service", unnamed, func(c *checked) bool { return namesFound(c) }},
	{5, "whether we still hold the data", nil, func(c *checked) bool { return has(c.text, "services to you") }},
	{6, "who did it and whether it is published, as of a date", nil, func(c *checked) bool { return c.w.Published == "" || has(c.text, c.w.Published) }},
	{7, "what it could mean, from these data types alone", unnamed, func(c *checked) bool { return followsAlone(c) }},
	{8, "what we did, and who investigates", nil, func(c *checked) bool { return has(c.text, c.w.Measures) }},
	{9, "what you can do, most urgent first", unnamed, func(c *checked) bool { return advises(c) }},
	{10, "scams: what we never ask, where to report", nil, func(c *checked) bool {
		return has(c.text, append(slices.Clone(scamLines[:4]), fraudLine(c.on))...)
	}},
	{11, "keep your Direct Debit", []Kind{Supplier, Estate}, func(c *checked) bool { return has(c.text, "Keep your Direct Debit") }},
	{12, "where to get support", nil, func(c *checked) bool { return has(c.text, c.w.Line, "Victim Support", "Domestic Abuse") }},
	{13, "how to check that the letter is real, without a link or code", nil, func(c *checked) bool {
		return has(c.text, c.w.CheckPage, c.r.Reference, "council tax bill") && len(c.laid.letter.Codes) == 0 && !links.MatchString(c.text)
	}},
	{14, "your rights", nil, func(c *checked) bool { return has(c.text, rightLines[:3]...) && has(c.text, c.w.DPO) }},
	{15, "what happens next", nil, func(c *checked) bool { return has(c.text, c.w.Next) }},
	{16, "other formats, Text Relay, interpreter", nil, func(c *checked) bool { return has(c.text, formatLine) }},
	{17, "signed by a role, in plain words", nil, func(c *checked) bool {
		n, _ := longestSentence(c.text)
		return has(c.box+joined(c.laid), c.w.Signatory, c.w.Role) && (c.t.Language != "en-GB" || n <= mostWords && readingAge(c.text) <= mostAge)
	}},
	{18, "two sheets, nothing but the address in the window", nil, func(c *checked) bool {
		return c.laid.sides <= sidesOf(c.t.Format) && slices.Equal(windowText(c.laid.placed), c.laid.lines)
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

func joined(l *laid) string {
	var b strings.Builder
	for _, p := range l.placed {
		b.WriteString(p.Text + " ")
	}
	return b.String()
}

// namesFound: every kind that may be said is said in its words; what is left out
// is offered; bank details are denied only of people whose items were all read.
func namesFound(c *checked) bool {
	kinds, withheld := c.r.sayable()
	whose := "your"
	if c.t.Kind == Child || c.t.Kind == Estate {
		whose = "their"
	}
	_, none := c.r.bank()
	if says := has(c.text, "no bank details"); says && !none {
		return false
	}
	if p := period(c.r.From, c.r.To); p != "" && !has(c.text, p) || withheld && !has(c.text, "who you are") {
		return false
	}
	if c.c.share() > 0 && !has(c.text, "about "+strconv.FormatInt(c.c.share(), 10)+" %") {
		return false
	}
	return has(c.text, c.w.Services) && (len(kinds) == 0 || has(c.text, foundLines(kinds, whose)...))
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

func advises(c *checked) bool {
	kinds, _ := c.r.sayable()
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

// forbidden are words that no notice may say: that somebody is not affected,
// that data is only old, and what was said of others.
var forbidden = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bnot (been )?affected\b`), regexp.MustCompile(`(?i)\bunaffected\b`), regexp.MustCompile(`(?i)\bhistoric(al)? (data|information) only\b`),
	regexp.MustCompile(`(?i)\bonly (historic|old)`), regexp.MustCompile(`(?i)\byour data is safe\b`), regexp.MustCompile(`(?i)\bno (data|personal data) (was|were) (taken|copied)\b`),
	regexp.MustCompile(`(?i)\bno need to worry\b`), regexp.MustCompile(`(?i)\bclick\b`),
}

// forbids gives the first forbidden words of a text, "" if there are none.
func forbids(text string) string {
	for _, re := range forbidden {
		if s := re.FindString(text); s != "" {
			return s
		}
	}
	return ""
}

// check holds a letter that was set to the geometry and to every requirement.
func (c *checked) check() error {
	if f := checkGeometry(c.laid.placed, len(c.laid.pdf), c.laid.lines); f != "" {
		return f.about("message %s", c.r.Reference)
	}
	if c.laid.sides > sidesOf(c.t.Format) {
		return TooLong.about("message %s has %d sides", c.r.Reference, c.laid.sides)
	}
	return c.content()
}

func (c *checked) content() error {
	if forbids(c.text) != "" {
		return Forbidden.about("template %s", c.t.Name)
	}
	for _, q := range requirements {
		if !slices.Contains(q.not, c.t.Kind) && !q.met(c) {
			return Unmet.about("%d, %s: template %s", q.n, q.name, c.t.Name)
		}
	}
	return nil
}
