package detect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// findPeople lists the humans that a paragraph names, in order of their places,
// and writes their name findings. A name that can be a human of the paragraph,
// or the document's subject, is that human's.
func (d *Document) findPeople() {
	p := &d.prose
	for i, m := range p.marks {
		switch m.Kind {
		case lex.MarkName, lex.MarkPerson, lex.MarkSurname, lex.MarkGiven:
		default:
			continue
		}
		if m.Has(lex.FlagInPlace) {
			continue
		}
		if !p.taken(int(m.Start)) && !d.worded(i, m) {
			d.meet(i, m, p.labelAt(int(m.Start)))
		}
	}
	d.calledByRole()
	d.calledByGiven()
	for i := range p.people {
		p.people[i].sentence = p.sentence(p.people[i].start)
	}
	slices.SortStableFunc(p.people, func(a, b human) int { return a.start - b.start })
}

// calledByRole takes names that no list knows but a word for a person leads to:
// "first responder Lesley Green".
func (d *Document) calledByRole() {
	p := &d.prose
	for _, m := range p.marks {
		t := d.set.term(m)
		if t == nil || t.stands == nil || p.taken(int(m.Start)) || int(m.End)+2 >= len(p.text) || p.text[m.End] != ' ' && p.text[m.End] != ':' {
			continue
		}
		at := int(m.End) + 1
		for at < len(p.text) && p.text[at] == ' ' {
			at++
		}
		n := leadName(p.text[at:min(len(p.text), at+60)])
		if n == "" || p.peopled(at, at+len(n)) || organisation(n) {
			continue
		}
		given, surname := splitName(n, false)
		if _, ok := lex.IsGivenName(given); !ok {
			continue
		}
		h := human{clump: d.newClump(), capacity: t.stands.capacity, stand: t.stands.stand, role: t.stands.key, given: given, surname: surname, start: at, end: at + len(n)}
		d.emit(&name, p.place(d, h.start, h.end), n, "", reeve.ConfidenceC, &h)
		p.people = append(p.people, h)
	}
}

// calledByGiven finds those whom the form is about by their given name where it is
// a word besides, which no list dares to mark: "Hazel is at high risk".
func (d *Document) calledByGiven() {
	for i := range d.form.people {
		d.findGiven(&d.form.people[i].human)
	}
	if main := d.form.main(); d.subject.clump != 0 && (main == nil || main.clump != d.subject.clump) {
		d.findGiven(&d.subject)
	}
}

// monthWords are given names that texts hold as something else.
var monthWords = wordSet(`Will|May|Jan|April|June|August|Mark|Bill`)

func (d *Document) findGiven(h *human) {
	p := &d.prose
	given := firstWord(h.given)
	if len(given) < 3 || given[0] < 'A' || given[0] > 'Z' && given[0] < 0x80 || monthWords[given] {
		return
	}
	for at := p.paraStart; at < p.paraEnd; {
		i := strings.Index(p.text[at:p.paraEnd], given)
		if i < 0 {
			return
		}
		start, end := at+i, at+i+len(given)
		at = end
		if start > 0 && isWordByte(p.text[start-1]) || end < len(p.text) && (isWordByte(p.text[end]) || p.text[end] == '-') || p.taken(start) || p.peopled(start, end) || p.labelAt(start) != nil {
			continue
		}
		again := *h
		again.start, again.end = start, end
		p.people = append(p.people, again)
	}
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c >= 0x80
}

// peopled reports whether a person of the paragraph stands in bytes start..end.
func (p *prose) peopled(start, end int) bool {
	for i := range p.people {
		if p.people[i].start < end && p.people[i].end > start {
			return true
		}
	}
	return false
}

// worded reports whether a phrase of the vocabulary covers a name mark: "Reg No"
// is no Reginald.
func (d *Document) worded(i int, m lex.Mark) bool {
	marks := d.prose.marks
	for j := max(0, i-3); j < min(len(marks), i+4); j++ {
		if o := marks[j]; o.Kind == lex.MarkWord && o.Start <= m.Start && o.End >= m.End {
			if t := d.set.term(o); t != nil && (t.not || t.near != 0 || t.cue != cueNone) {
				return true
			}
		}
	}
	return false
}

// meet takes one name mark of the prose.
func (d *Document) meet(i int, m lex.Mark, l *labelled) {
	p := &d.prose
	given, surname := splitName(m.Of(p.text), m.Has(lex.FlagReversed))
	h := human{pair: m.ID, given: given, surname: surname}
	if m.Kind != lex.MarkName {
		h.pair = 0
	}
	known := d.acquainted(m, given, surname)
	if known != nil {
		h = *known
	} else if m.Kind == lex.MarkGiven || m.Kind == lex.MarkSurname && !m.Has(lex.FlagInitial) && !m.Has(lex.FlagTitle) && !m.Has(lex.FlagAnchored) {
		return
	} else if a := d.signsOff(m); a != nil {
		h.clump, h.capacity, h.stand = a.clump, reeve.CapacityAuthor, a.stand
		d.author = h
	} else {
		h.clump = d.newClump()
	}
	h.start, h.end, h.anchored = p.titleBefore(i), int(m.End), m.Has(lex.FlagAnchored)
	conf := reeve.ConfidenceC
	if l != nil && l.kind == reeve.KindName && h.start-l.start <= 2 {
		conf = stated(l.slot.key)
		if known == nil {
			d.bind(&h, l)
		}
	}
	if s := p.roleOf(i, m); s != nil && h.stand != standPerpetrator && (h.capacity == reeve.CapacityUnknown || s.stand == standPerpetrator) {
		h.stand, h.capacity, h.role = s.stand, s.capacity, s.key
	} else if h.capacity == reeve.CapacityUnknown && endsWithAny(p.text[max(p.paraStart, h.start-14):h.start], " re ", "Re ", "re: ", "RE ", "regarding ", "concerning ") {
		h.stand, h.capacity, h.focus = standSubject, reeve.CapacitySubject, true
	} else if h.capacity == reeve.CapacityUnknown && p.entryBy(i) {
		h.stand, h.capacity = standProfessional, reeve.CapacityAuthor
	} else if h.capacity == reeve.CapacityUnknown && m.Has(lex.FlagDear|lex.FlagTitle) {
		h.stand, h.capacity = standSubject, d.addressee()
	}
	if m.Kind != lex.MarkGiven {
		d.emit(&name, p.place(d, h.start, h.end), p.text[h.start:h.end], h.norm(m), conf, &h)
	}
	p.people = append(p.people, h)
	d.introduce(h, i, m)
}

// signsOff gives the author without a name whom a name alone on its line signs
// for: of a message from a bare address, of a letter that has said "I". Nil when
// the name is no such signature.
func (d *Document) signsOff(m lex.Mark) *human {
	a := &d.author
	if a.clump == 0 {
		a = &d.self
	}
	if a.clump == 0 || a.surname != "" || m.Has(lex.FlagDear) {
		return nil
	}
	text := d.prose.text
	from := strings.LastIndexByte(text[:m.Start], '\n') + 1
	to := len(text)
	if i := strings.IndexByte(text[m.End:], '\n'); i >= 0 {
		to = int(m.End) + i
	}
	if len(strings.TrimSpace(text[from:to])) > int(m.End-m.Start)+6 {
		return nil
	}
	return a
}

// introduce takes a human as whom the document is about: the addressee of a
// letter, the first person that a record names.
func (d *Document) introduce(h human, i int, m lex.Mark) {
	p := &d.prose
	if d.subject.clump != 0 || d.typ == Mail || d.typ == Minutes || d.public() || p.cell || !h.mayCarry() {
		return
	}
	if m.Has(lex.FlagDear|lex.FlagTitle) || d.typ == Record && h.surname != "" && h.start < recordHead && d.block.Table == 0 || d.addressBlock(i) {
		if q := d.form.main(); q != nil && q.surname == "" { // labels that came before the name
			old := h.clump
			h.clump = q.clump
			p.people[len(p.people)-1].clump = h.clump
			for j := range d.out {
				if d.out[j].Clump == old {
					d.out[j].Clump = h.clump
				}
			}
		}
		d.subject = h
	}
}

// recordHead is how far down a record, in bytes, its first name tells whom it
// is about.
const recordHead = 1500

// addressBlock reports whether an address follows name mark i within three
// lines: the name above an address.
func (d *Document) addressBlock(i int) bool {
	p := &d.prose
	lines := 0
	for j := i + 1; j < len(p.marks) && lines <= 3; j++ {
		switch p.marks[j].Kind {
		case lex.MarkLine:
			lines++
		case lex.MarkAddress, lex.MarkStreet:
			return lines > 0 && p.labelAt(int(p.marks[j].Start)) == nil && p.aloneOnLine(i) && !p.officeNear(int(p.marks[j].Start))
		case lex.MarkName, lex.MarkPerson:
			return false
		}
	}
	return false
}

// aloneOnLine reports whether nothing but a title stands on the line of name
// mark i beside the name.
func (p *prose) aloneOnLine(i int) bool {
	start, end := p.titleBefore(i), int(p.marks[i].End)
	from := strings.LastIndexByte(p.text[:start], '\n') + 1
	to := len(p.text)
	if n := strings.IndexByte(p.text[end:], '\n'); n >= 0 {
		to = end + n
	}
	return len(strings.TrimSpace(p.text[from:start]))+len(strings.TrimSpace(p.text[end:to])) <= 4
}

// entryBy reports whether name mark i is that of who wrote a case note: the date
// before it begins the line, and a colon or the line's end follows.
func (p *prose) entryBy(i int) bool {
	if i == 0 || p.marks[i-1].Kind != lex.MarkDate || p.marks[i].Start-p.marks[i-1].End > 4 {
		return false
	}
	date, end := int(p.marks[i-1].Start), int(p.marks[i].End)
	if date > 0 && p.text[date-1] != '\n' {
		return false
	}
	return end == len(p.text) || p.text[end] == ':' || p.text[end] == '\n'
}

// titleBefore is the start of name mark i with the form of address before it.
func (p *prose) titleBefore(i int) int {
	m := p.marks[i]
	if m.Has(lex.FlagTitle) && i > 0 && p.marks[i-1].Kind == lex.MarkTitle && m.Start-p.marks[i-1].End <= 2 {
		return int(p.marks[i-1].Start)
	}
	return int(m.Start)
}

// norm says which part is the surname where the order does not: "SMITH John".
func (h *human) norm(m lex.Mark) string {
	if !m.Has(lex.FlagReversed) || h.given == "" {
		return ""
	}
	return h.surname + ", " + h.given
}

// addressee is what the person is to whom a text is addressed: in a letter it
// is about them; a message goes to anybody.
func (d *Document) addressee() reeve.Capacity {
	if d.typ == Mail {
		return reeve.CapacityUnknown
	}
	return reeve.CapacitySubject
}

// bind gives the first person in a label's value the label's slot.
func (d *Document) bind(h *human, l *labelled) {
	q := d.person(l.slot)
	q = d.renew(q, h.given, h.surname)
	if !q.written {
		h.clump = q.clump
	}
	h.capacity, h.stand = q.capacity, q.stand
	q.given, q.surname, q.pair, q.written = h.given, h.surname, h.pair, true
	if q.key == "" {
		d.subject = *h
	}
}

// acquainted finds the human whom a name can mean: of this paragraph, latest
// first; then the form's; then the document's subject and author.
func (d *Document) acquainted(m lex.Mark, given, surname string) *human {
	p := &d.prose
	for i := len(p.people) - 1; i >= 0; i-- {
		if p.people[i].same(m, given, surname) {
			return &p.people[i]
		}
	}
	for i := range d.form.people {
		if h := &d.form.people[i].human; h.surname != "" && h.same(m, given, surname) {
			return h
		}
	}
	if d.subject.clump != 0 && d.subject.same(m, given, surname) {
		return &d.subject
	}
	if d.author.clump != 0 && d.author.same(m, given, surname) {
		return &d.author
	}
	return nil
}

// roleOf finds the word that says who the person at mark i is: straight before
// the name ("social worker Jane Doyle", "SW: Jane Doyle", "his mother Mrs Khan")
// or behind it ("Jane Doyle (social worker)", "Jane Doyle, Housing Officer", the
// next line of a signature).
func (p *prose) roleOf(i int, m lex.Mark) *slot {
	d := p.set
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		o := p.marks[j]
		if t := d.term(o); t != nil && t.stands != nil {
			if p.near(int(o.End), int(m.Start), " \t:,(-") {
				return t.stands
			}
			break
		}
		if o.Kind != lex.MarkTitle {
			break
		}
	}
	for j := i + 1; j < len(p.marks) && j <= i+3; j++ {
		o := p.marks[j]
		if o.Kind == lex.MarkStop {
			break
		}
		t := d.term(o)
		if t == nil || t.stands == nil {
			continue
		}
		if o.Start < m.End || o.Start-m.End > 32 {
			break
		}
		if gap := p.text[m.End:o.Start]; apposed(gap) {
			return t.stands
		}
		break
	}
	return nil
}

// near reports whether only the given bytes, and a title, stand between two
// offsets.
func (p *prose) near(from, to int, between string) bool {
	if from > to || to-from > 12 {
		return false
	}
	gap := strings.Trim(p.text[from:to], between)
	var b [16]byte
	return gap == "" || titles[string(foldLabel(b[:0], gap))]
}

// apposed reports whether a gap joins a name to the word that explains it: a
// bracket, comma, dash or line end, and small words behind it.
func apposed(gap string) bool {
	gap = strings.TrimLeft(gap, " \t")
	if gap == "" {
		return false
	}
	rest, ok := strings.CutPrefix(gap, "–")
	if !ok {
		if strings.IndexByte("(,-\n[", gap[0]) < 0 {
			return false
		}
		rest = gap[1:]
	}
	for w := range strings.FieldsSeq(rest) {
		switch strings.ToLower(w) {
		case "his", "her", "their", "the", "a", "an", "my", "senior", "principal", "allocated", "acting", "lead", "our", "team", "interim", "assistant", "independent", "adult", "children's", "housing":
		default:
			return false
		}
	}
	return true
}

// who finds whose a value at bytes start..end is: who writes of it as their own;
// else the nearest person (nearest); else whom the row or the form is about; else
// who speaks or is spoken to. Nil when nobody is.
func (d *Document) who(start, end int) *human {
	if d.typ == Mail && d.author.clump != 0 && d.privately(start) && d.ofSelf(start) {
		return &d.author
	}
	if h := d.nearest(start, end); h != nil {
		return h
	}
	p := &d.prose
	if p.cell && d.subject.clump != 0 {
		return &d.subject
	}
	if len(p.labels) > 0 {
		if h := d.form.main(); h != nil {
			return h
		}
	}
	return d.spokenTo(start)
}

// nearest gives the nearest person before a value in its sentence, else the
// nearest behind it there, else the nearest before it in the paragraph.
func (d *Document) nearest(start, end int) *human {
	p := &d.prose
	if len(p.people) == 0 {
		return nil
	}
	s := p.sentence(start)
	var before, behind, earlier *human
	for i := range p.people {
		h := &p.people[i]
		switch {
		case h.sentence == s && h.end <= start:
			before = h
		case h.sentence == s && behind == nil && h.start-end < maxAhead:
			behind = h
		case h.sentence < s && start-h.end < maxBehind:
			earlier = h
		}
	}
	return cmp.Or(before, behind, earlier)
}

// spokenTo gives the author of a message for "my number is …" and the reader of
// a letter for "your number is …".
func (d *Document) spokenTo(start int) *human {
	p := &d.prose
	if len(p.breaks) == 0 || p.cell {
		return nil
	}
	from, to := p.bounds(p.sentence(start), p.paraEnd)
	from = max(from, start-120)
	text := p.text[from:max(from, min(to, start+80))]
	switch {
	case d.typ == Mail && d.author.clump != 0 && (speaksOfSelf(text) || d.privately(start)):
		return &d.author
	case d.typ != Mail && d.subject.clump != 0 && speaksToReader(text):
		return &d.subject
	case d.author.clump == 0 && strings.Contains(text, "I "):
		return d.writer()
	}
	return nil
}

// ofSelf reports whether the author of a message says right before byte start that
// what stands there is their own; a person whom they name between is not them.
func (d *Document) ofSelf(start int) bool {
	p := &d.prose
	from, _ := p.bounds(p.sentence(start), p.paraEnd)
	from = max(from, start-ownClause)
	for i := range p.people {
		if h := &p.people[i]; h.end <= start {
			from = max(from, h.end)
		}
	}
	return from < start && saidOfSelf(p.text[from:start])
}

// privately reports whether byte i stands in the words of somebody who writes
// to the council of themselves: not in a header, not in what they quote, and not
// from a domain that the message also goes to.
func (d *Document) privately(i int) bool {
	p := &d.prose
	for j := range p.labels {
		if p.labels[j].slot.key == "from" || p.labels[j].slot.key == "sender" {
			return false
		}
	}
	line := strings.LastIndexByte(p.text[:i], '\n') + 1
	return d.author.stand != standProfessional && !strings.HasPrefix(p.text[line:], ">")
}

// writer is the author of a letter before their name is read at its foot.
func (d *Document) writer() *human {
	if d.self.clump == 0 {
		d.self = human{clump: d.newClump(), capacity: reeve.CapacityAuthor, stand: standSubject}
	}
	return &d.self
}

// Reach of a name, in bytes: over values behind it, and back over values before.
const (
	maxBehind = 400
	maxAhead  = 120
	ownClause = 120 // back to "my" or "I live" before a value
)

// nobody is the human without a name that one sentence speaks of: its values
// belong together.
func (d *Document) nobody(start int) *human {
	p := &d.prose
	if s := p.sentence(start); p.loneAt != s {
		p.lone = human{clump: d.newClump()}
		p.loneAt = s
	}
	return &p.lone
}

// owner is who, or nobody.
func (d *Document) owner(start, end int) *human {
	if h := d.who(start, end); h != nil {
		return h
	}
	return d.nobody(start)
}
