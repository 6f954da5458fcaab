package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// findCircumstances reads the wordings of a paragraph and says them of whom
// they are said.
func (d *Document) findCircumstances() {
	if d.public() {
		return
	}
	p := &d.prose
	day := d.entryDate()
	var longest uint32 // end of the latest wording
	for _, m := range p.marks {
		t := d.set.term(m)
		if t == nil || len(t.means) == 0 {
			continue
		}
		if m.Start < longest || p.taken(int(m.Start)) || d.jobTitle(m, t) {
			continue // "care plan" in "education, health and care plan"
		}
		longest = m.End
		d.circumstance(m, t, day)
	}
}

// jobTitle reports whether a wording names what somebody does rather than what
// is done for somebody: it stands beside the name of the one who does it, alone on
// its line, or in a field for jobs.
func (d *Document) jobTitle(m lex.Mark, t *term) bool {
	p := &d.prose
	start, end := int(m.Start), int(m.End)
	if l := p.labelAt(start); l != nil && l.part == partOther {
		return true
	}
	if t.stands == nil || t.stands.stand != standProfessional {
		return false
	}
	for i := range p.people {
		h := &p.people[i]
		if start >= h.end && start-h.end <= 4 && apposed(p.text[h.end:start]) || h.start >= end && p.near(end, h.start, " :,(-") {
			return true
		}
	}
	return false
}

// entryDate is the date that begins the paragraph, as case notes do, else the
// document's.
func (d *Document) entryDate() reeve.Date {
	for _, m := range d.prose.marks {
		switch m.Kind {
		case lex.MarkDate:
			if int(m.Start)-d.prose.breaks[0] <= 12 {
				if day := reeve.DateNumber(int(m.ID)); day.Valid() {
					return day
				}
			}
			return d.said
		case lex.MarkLine, lex.MarkStop:
			return d.said
		}
	}
	return d.said
}

func (d *Document) circumstance(m lex.Mark, t *term, day reeve.Date) {
	p := &d.prose
	start, end := int(m.Start), int(m.End)
	n := p.sentence(start)
	from, to := p.bounds(n, p.paraEnd)
	to = max(to, end) // a phrase may run over a line end
	if q := p.askedAt(start); q != nil {
		d.answered(t, q, day)
		return
	}
	sentence := p.text[from:to]
	if forEverybody(sentence) {
		return
	}
	denied := negated(p.text[from:start], p.text[end:to])
	said := d.relativeSaid(from, start, n)
	if said == nil {
		said = d.saidOf(start, end, n, sentence)
	}
	for _, row := range t.means {
		c := &circumstanceRows[row]
		if c.kind == reeve.KindChildSocialCare {
			said = d.ofChild(said)
		}
		for _, h := range said {
			if c.weight == weak && !(h.sentence == n && h.end > 0) && !p.cell {
				continue
			}
			if d.overlapped(c, h.clump, start, end) {
				continue
			}
			f := d.emit(detectorOf(c.kind), p.place(d, start, end), p.text[start:end], "", reeve.ConfidenceC, h)
			f.Signal, f.Negated, f.Said = c.signal, denied, day
			if f.Capacity == reeve.CapacityAuthor {
				f.Capacity = reeve.CapacitySubject
			}
			if h.stand == standPerpetrator {
				blame(f)
			}
		}
	}
}

// childhood is how many years a person is a child (Children Act 1989 s105).
const childhood = 18

// ofChild gives the child of the paragraph instead of the grown-up who is named
// nearest to what is said of children: the person whose birth the text tells and
// who was a child then. Where it tells none, whom the words stand beside.
func (d *Document) ofChild(said []*human) []*human {
	p := &d.prose
	if len(said) > 0 && said[0].stand == standRelative {
		if main := d.form.main(); main != nil {
			return append(p.said[:0], main)
		}
		if d.subject.clump != 0 && d.subject.stand != standRelative {
			return append(p.said[:0], &d.subject)
		}
		return nil // foster carers and parents are not looked after
	}
	if len(said) != 1 || len(p.people) < 2 || d.childThen(said[0].clump) == answerYes {
		return said
	}
	for i := range p.people {
		if h := &p.people[i]; h.mayCarry() && d.childThen(h.clump) == answerYes {
			return append(p.said[:0], h)
		}
	}
	return said
}

// childThen reports whether the text makes a clump a child at its own date.
func (d *Document) childThen(clump uint32) answer {
	for i := len(d.out) - 1; i >= 0; i-- {
		f := &d.out[i]
		if f.Kind != reeve.KindDateOfBirth || f.Clump != clump {
			continue
		}
		born, err := reeve.ParseISODate(f.Norm)
		if err != nil {
			return answerNone
		}
		then := d.entryDate()
		if then.IsZero() && born.Year >= 1990 || !then.IsZero() && then.Year-born.Year <= childhood {
			return answerYes
		}
		return answerNo
	}
	return answerNone
}

// askedAt gives the answered question that holds byte i, or nil.
func (p *prose) askedAt(i int) *asked {
	for j := range p.asked {
		if q := &p.asked[j]; i >= q.start && i < q.mid {
			return q
		}
	}
	return nil
}

// answered says what a form asked and its subject affirmed: "Do you get PIP or
// DLA? [x] Higher rate [ ] No".
func (d *Document) answered(t *term, q *asked, day reeve.Date) {
	p := &d.prose
	main := d.form.main()
	if main == nil && d.subject.clump != 0 {
		main = &d.subject
	}
	text := strings.TrimSpace(p.text[q.start:q.end])
	a := answerOf(p.text[q.mid:q.end])
	if main == nil || a == answerNone {
		return
	}
	for _, row := range t.means {
		c := &circumstanceRows[row]
		if d.overlapped(c, main.clump, q.start, q.end) {
			continue
		}
		f := d.emit(detectorOf(c.kind), p.place(d, q.start, q.start+len(text)), text, "", reeve.ConfidenceB, main)
		f.Signal, f.Negated, f.Said = c.signal, a == answerNo, day
	}
}

// overlapped reports whether a wording that says the same of the same human
// overlaps bytes start..end: of "signed off sick with", one is enough.
func (d *Document) overlapped(c *circumstanceRow, clump uint32, start, end int) bool {
	for i := len(d.out) - 1; i >= 0 && i >= len(d.out)-6; i-- {
		f := &d.out[i]
		if f.Kind == c.kind && f.Signal == c.signal && f.Clump == clump && int(f.Place.Start) < end && int(f.Place.End) > start &&
			f.Place.Block == d.n && f.Place.Row == d.prose.row && f.Place.Col == d.prose.col {
			return true
		}
	}
	return false
}

// relativeSaid gives whom the clause before a wording is about where a word for
// a person, not a name, is its subject: the one whom the paragraph or the form
// has given that word; nobody (not nil, but empty) where it has given it to no
// one. Nil where the clause has no such subject.
func (d *Document) relativeSaid(from, start, sentence int) []*human {
	p := &d.prose
	role, about := aboutRelative(p.text[from:start])
	if !about {
		if role, about = d.roleSubject(from, start); !about {
			return nil
		}
	}
	for i := range p.people {
		if h := &p.people[i]; h.sentence == sentence && h.start >= from && h.end <= start && (h.stand == standRelative || h.stand == standPerpetrator) {
			return nil // named in the clause itself
		}
	}
	p.said = p.said[:0]
	for i := range p.people {
		if h := &p.people[i]; h.role == role {
			return append(p.said, h)
		}
	}
	for i := range d.form.people {
		if h := &d.form.people[i]; h.key == role {
			return append(p.said, &h.human)
		}
	}
	return []*human{}
}

// roleSubject finds a perpetrator or relative, without a name, that begins the
// sentence: "Perpetrator was convicted", "Mum has depression".
func (d *Document) roleSubject(from, start int) (string, bool) {
	for _, m := range d.prose.marks {
		if int(m.Start) < from {
			continue
		}
		if int(m.Start) >= start || int(m.Start)-from > 8 {
			break
		}
		if t := d.set.term(m); t != nil && t.stands != nil && (t.stands.stand == standPerpetrator || t.stands.stand == standRelative) {
			return t.stands.key, true
		}
	}
	return "", false
}

// saidOf finds of whom a sentence says a wording at start..end: the nearest
// subject or relative before it in the sentence with those joined to them by
// "and"; else the nearest behind it; else, where a pronoun carries on, the
// latest of the paragraph; else whom the document is about. Never a professional.
func (d *Document) saidOf(start, end, sentence int, text string) []*human {
	p := &d.prose
	p.said = p.said[:0]
	last := -1
	for i := range p.people {
		if h := &p.people[i]; h.sentence == sentence && h.end <= start && h.mayCarry() {
			last = i
		}
	}
	if last >= 0 {
		p.said = append(p.said, &p.people[last])
		for i := last - 1; i >= 0 && p.joined(i, i+1); i-- {
			if p.people[i].mayCarry() && p.people[i].clump != p.people[last].clump {
				p.said = append(p.said, &p.people[i])
			}
		}
		return p.said
	}
	if from, _ := p.bounds(sentence, start); hasPronoun(p.text[from:start]) {
		if h := d.carried(sentence, text); h != nil {
			return append(p.said, h)
		}
	}
	for i := range p.people {
		if h := &p.people[i]; h.sentence == sentence && h.start >= end && h.start-end < maxAhead && h.mayCarry() && !p.doer(end, h) {
			return append(p.said, h)
		}
	}
	if h := d.carried(sentence, text); h != nil {
		p.said = append(p.said, h)
	}
	return p.said
}

// doer reports whether a person behind a wording did it rather than has it:
// "fled violence from …", "held by her sister …".
func (p *prose) doer(end int, h *human) bool {
	gap := strings.ReplaceAll(p.text[max(end, h.start-24):h.start], "\n", " ")
	return strings.Contains(gap, " from ") || strings.Contains(gap, " by ") || strings.Contains(gap, " against ")
}

// joined reports whether "and", a comma or an ampersand alone stands between
// two neighbouring people of a paragraph.
func (p *prose) joined(i, j int) bool {
	a, b := &p.people[i], &p.people[j]
	if a.sentence != b.sentence || b.start < a.end || b.start-a.end > 40 {
		return false
	}
	gap := p.text[a.end:b.start]
	if open := strings.IndexByte(gap, '('); open >= 0 {
		if end := strings.IndexByte(gap, ')'); end > open {
			gap = gap[:open] + gap[end+1:]
		}
	}
	var buf [48]byte
	for w := range strings.FieldsSeq(string(foldLabel(buf[:0], gap))) {
		if _, role := slots[w]; !role && !titles[w] && !joiners[w] {
			return false
		}
	}
	return strings.TrimSpace(gap) != ""
}

var joiners = wordSet(`and|&|both|her|his|their|the|with`)

// carried finds the human whom an earlier sentence, the form, the letter or the
// document brought in.
func (d *Document) carried(sentence int, text string) *human {
	p := &d.prose
	if d.author.clump != 0 && d.author.stand != standProfessional && d.typ == Mail && speaksOfSelf(text) {
		return &d.author
	}
	if l := p.labelAt(p.breaks[sentence] + len(text) - 1); l != nil && l.part == partNote && d.form.main() != nil {
		return d.form.main()
	}
	latest := p.topic(sentence)
	if latest != nil && (hasPronoun(text) || p.short(text)) {
		return latest
	}
	if latest != nil && speaksToReader(text) && (latest.clump == d.subject.clump || d.form.main() != nil && d.form.main().clump == latest.clump) {
		return latest
	}
	if latest == nil && len(p.labels) > 0 {
		if h := d.form.main(); h != nil {
			return h
		}
	}
	if d.subject.clump == 0 || latest != nil {
		return nil
	}
	if p.cell || d.typ != Mail && d.typ != Minutes && d.form.main() != nil && p.short(text) || d.typ == Record && (hasPronoun(text) || speaksToReader(text) || p.short(text)) || hasPronoun(text) && d.typ != Mail {
		return &d.subject
	}
	return nil
}

// topicLead is how far from a sentence's start its first person may stand to be
// what the sentence is about.
const topicLead = 25

// topic is whom the sentences before one are about: the person that the latest
// of them begins with, or names without a pronoun in it.
func (p *prose) topic(sentence int) *human {
	var topic *human
	seen := -1
	for i := range p.people {
		h := &p.people[i]
		if h.sentence >= sentence || h.sentence == seen && !h.focus || !h.mayCarry() || h.stand == standPerpetrator && topic != nil {
			continue
		}
		seen = h.sentence
		from, to := p.bounds(h.sentence, h.end)
		if topic == nil || h.focus || h.start-from <= topicLead || !hasPronoun(p.text[from:to]) {
			topic = h
		}
	}
	return topic
}

// short reports whether a sentence is one of a form or a list of notes: a few
// words without a subject of their own ("Diabetic. Uses a frame.").
func (p *prose) short(text string) bool { return len(strings.TrimSpace(text)) <= 60 }
