package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// form is what the labels of a document have said so far: its people by slot.
// A second name for the same slot opens a new record.
type form struct {
	people  []formPerson
	section slot // whom labels without a person's name are about, after a heading such as "Next of kin"
}

type formPerson struct {
	key string
	human
	name    nameParts
	written bool // a name finding exists
	place   reeve.Place
	sort    string
	user    bool
}

// person gives the human of a slot, opening it on first use.
func (d *Document) person(s slot) *formPerson {
	if s.key == "" {
		s = d.form.section
	}
	if s.stand == standSubject || s.stand == standVictim {
		s.key = "" // the client, the tenant, the victim: whom the form is about
	}
	for i := range d.form.people {
		if d.form.people[i].key == s.key {
			return &d.form.people[i]
		}
	}
	h := human{clump: d.newClump(), capacity: s.capacity, stand: s.stand}
	if s.key == "" && h.capacity == reeve.CapacityUnknown {
		h.capacity, h.stand = reeve.CapacitySubject, standSubject
	}
	p := formPerson{key: s.key, human: h, name: nameParts{col: -1}}
	if s.key == "" && d.subject.clump != 0 && !d.prose.cell && d.typ != Mail {
		p.human = d.subject // the labels of a letter are about its addressee
		p.written = p.surname != ""
	}
	d.form.people = append(d.form.people, p)
	return &d.form.people[len(d.form.people)-1]
}

// main is the form's subject, or nil.
func (f *form) main() *human {
	for i := range f.people {
		if f.people[i].key == "" {
			return &f.people[i].human
		}
	}
	return nil
}

// adoptMain makes the first person whom the prose of a paragraph is about the
// main person of labels that named nobody, and gives them what those said.
func (d *Document) adoptMain() {
	main := d.form.main()
	if main == nil || main.surname != "" || main.given != "" || d.prose.cell || d.typ == Mail {
		return
	}
	for i := range d.prose.people {
		h := &d.prose.people[i]
		if !h.mayCarry() || h.stand == standRelative || h.stand == standPerpetrator || h.surname == "" {
			continue
		}
		for j := range d.out {
			if d.out[j].Clump == main.clump {
				d.out[j].Clump = h.clump
			}
		}
		h.carries = true
		*main = *h
		main.capacity = reeve.CapacitySubject
		return
	}
}

// renew starts a new record when the main person gets a second name.
func (d *Document) renew(p *formPerson, given, surname string) *formPerson {
	if !p.written || surname == "" || strings.EqualFold(p.surname, surname) && (given == "" || p.given == "" || strings.EqualFold(p.given, given) || sameInitial(given, p.given)) {
		return p
	}
	d.form.flush(d)
	if p.key == "" {
		d.form.people = d.form.people[:0]
		d.subject = human{} // another record, of another person
		return d.person(slot{})
	}
	key, h := p.key, human{clump: d.newClump(), capacity: p.capacity, stand: p.stand}
	*p = formPerson{key: key, human: h, name: nameParts{col: -1}}
	return p
}

// put takes one labelled value. It reports false where the label promises no
// value, so that the text is left to be read as prose. at is the offset of text
// in what place counts from.
func (d *Document) put(h heading, label, text string, at int, place func(start, end int) reeve.Place) bool {
	trimmed := strings.TrimSpace(text)
	at += strings.Index(text, trimmed)
	where := func(start, end int) reeve.Place { return place(at+start, at+end) }
	switch h.part {
	case partNote:
		return false
	case partOther:
		_, digits := count(trimmed)
		return digits >= 4 && len(trimmed) < 40
	case partSaid:
		if day := dayIn(trimmed); !day.IsZero() {
			d.said = day
		}
		return true
	case partText:
		return d.putText(h, label, trimmed, where)
	case partDead:
		if !dead(trimmed) {
			return blank(trimmed) || answerOf(trimmed) == answerNo
		}
		stated := strings.TrimSuffix(strings.TrimSpace(label), ":") + ": " + trimmed
		d.emit(&death, where(0, len(trimmed)), stated, "", reeve.ConfidenceB, &d.person(h.slot).human)
		return true
	}
	if h.kind == reeve.KindName {
		return d.putName(h, trimmed, where)
	}
	if h.detector == nil {
		return len(trimmed) < 40
	}
	return d.putValue(h, trimmed, where)
}

// putName takes a whole name or a part of one.
func (d *Document) putName(h heading, text string, where func(start, end int) reeve.Place) bool {
	if !nameLike(text) || !capitalised(text) {
		return blank(text)
	}
	if h.bare && (h.slot.key == "subject" || h.slot.key == "re") && !known(text) {
		return false // what a message is about: "Penalty Charge"
	}
	if h.part == partFull && d.putCouple(h, text, where) {
		return true
	}
	p := d.person(h.slot)
	switch h.part {
	case partFull:
		given, surname := splitName(text, false)
		if q := d.signsFor(h.slot, given, surname); q != nil {
			d.emit(&name, where(0, len(text)), text, "", reeve.ConfidenceB, q)
			return true
		}
		p = d.renew(p, given, surname)
		p.given, p.surname = given, surname
		p.emitName(d, text, "", where(0, len(text)))
	case partKnown, partPrevious:
		d.emit(&name, where(0, len(text)), text, "", reeve.ConfidenceB, &p.human)
	case partTitle, partInitials:
		p.name.title = text
	default:
		d.putPart(p, h.part, text, where(0, len(text)))
	}
	return true
}

// known reports whether a name holds a title or a given name that is widely known.
func known(s string) bool {
	if withoutTitle(s) != s {
		return true
	}
	for w := range strings.FieldsSeq(s) {
		if _, ok := lex.IsGivenName(strings.Trim(w, ",.")); ok && !lex.IsCommonWord(w) {
			return true
		}
	}
	return false
}

// signsFor gives whom a form is about when they sign it themselves.
func (d *Document) signsFor(s slot, given, surname string) *human {
	switch s.key {
	case "signed", "signed by", "author", "completed by", "form completed by":
		if main := d.form.main(); main != nil && main.surname != "" && strings.EqualFold(main.surname, surname) && strings.EqualFold(main.given, given) {
			return main
		}
	}
	return nil
}

// couple gives the two names in "Mr & Mrs J Smith", "John and Jane Smith".
func couple(text string) []reeve.Name {
	if !strings.Contains(text, " and ") && !strings.Contains(text, "&") && !strings.Contains(text, " And ") && !strings.Contains(text, " AND ") && !strings.Contains(text, "/") {
		return nil
	}
	if names := lex.ParseNames(text); len(names) == 2 {
		return names
	}
	return nil
}

// putCouple gives a field that names two people to the slot and to a second one.
func (d *Document) putCouple(h heading, text string, where func(start, end int) reeve.Place) bool {
	names := couple(text)
	if names == nil {
		return false
	}
	second := slot{key: h.slot.key + "&", stand: h.slot.stand, capacity: h.slot.capacity}
	if second.capacity == reeve.CapacityUnknown {
		second.capacity = reeve.CapacitySubject
	}
	if second.stand == standSubject || second.stand == standVictim || second.stand == standNobody {
		second.stand = standSecond
	}
	for i, n := range names {
		q := d.person(h.slot)
		if i == 1 {
			q = d.person(second)
		}
		q = d.renew(q, n.Given, n.Surname)
		q.given, q.surname = n.Given, n.Surname
		q.emitName(d, writtenName(n), n.Surname+", "+strings.TrimSpace(n.Given+" "+n.Middle), where(0, len(text)))
	}
	return true
}

// writtenName puts the parts of a name together again.
func writtenName(n reeve.Name) string {
	parts := nameParts{title: n.Title, given: n.Given, middle: n.Middle, surname: n.Surname}
	return parts.written()
}

func (p *formPerson) emitName(d *Document, text, norm string, place reeve.Place) {
	d.emit(&name, place, text, norm, stated(p.key), &p.human)
	if p.stand == standPerpetrator && !p.written {
		d.accuse(p, place)
	}
	p.written = true
	if p.key == "" {
		d.subject = p.human
	}
}

// meetingKeys are the labels of who chairs a meeting, speaks at it or comes.
var meetingKeys = wordSet(`chair|chairperson|present|attendees|apologies|in attendance|minute taker|minutes by`)

// stated is how sure a name behind a label is. A form states who somebody is;
// the paper of a meeting or a conference only says who came, as prose does.
func stated(key string) reeve.Confidence {
	if meetingKeys[strings.TrimRight(key, "0123456789&")] {
		return reeve.ConfidenceC
	}
	return reeve.ConfidenceB
}

// accuse says of the person in a perpetrator's field what the field says of
// them: an alleged offence.
func (d *Document) accuse(p *formPerson, place reeve.Place) {
	key := strings.TrimRight(p.key, "0123456789&")
	if key == "respondent" || d.public() {
		return
	}
	f := d.emit(&offence, place, key, "", reeve.ConfidenceC, &p.human)
	f.Signal = reeve.SignalOffender
}

// putPart collects given name, middle name and surname, and writes the name
// when both ends are known.
func (d *Document) putPart(p *formPerson, part part, text string, place reeve.Place) {
	n := &p.name
	again := part == partSurname && n.surname != "" || part == partGiven && n.given != ""
	if again || p.written && part != partMiddle {
		d.form.flush(d)
		if part == partSurname {
			p = d.renew(p, "", text)
		} else if p.written && !strings.EqualFold(p.given, text) {
			p = d.renew(p, text, "\x00")
		}
		n = &p.name
	}
	p.place = place
	switch part {
	case partSurname:
		n.surname = text
	case partMiddle:
		n.middle = text
	case partGiven:
		n.given = text
	}
	if n.surname != "" && n.given != "" {
		p.writeParts(d)
	}
}

func (p *formPerson) writeParts(d *Document) {
	p.given, p.surname = p.name.given, p.name.surname
	p.emitName(d, p.name.written(), p.name.norm(), p.place)
	title := p.name.title
	p.name = nameParts{col: -1, title: title}
}

// flush writes names of which only a part came.
func (f *form) flush(d *Document) {
	for i := range f.people {
		if p := &f.people[i]; p.name.surname != "" || p.name.given != "" {
			p.writeParts(d)
		}
	}
}

// capitalised reports whether every word of a name begins with a capital
// letter, small particles apart, or the text is one word in any case.
func capitalised(s string) bool {
	words := 0
	for w := range strings.SplitSeq(s, " ") {
		if w == "" {
			continue
		}
		words++
		if c := w[0]; isLower(c) && !particles[w] && words > 0 {
			return false
		}
	}
	return words > 0
}

var particles = wordSet(`van|der|de|den|von|du|da|dos|del|di|la|le|el|al|bin|binti|ibn|abu|ap|ter|ten|st|o|y|e|and`)

// someone reports whether a label about a circumstance can be about a person:
// the form has one, or names one in this paragraph. "CAUTION: …" under a message
// is about nobody.
func (d *Document) someone(s slot) bool {
	if len(d.form.people) > 0 || d.prose.cell || d.subject.clump != 0 || s.key != "" {
		return true
	}
	for i := range d.prose.labels {
		if k := d.prose.labels[i].kind; k == reeve.KindName || k.UniqueID() || k == reeve.KindDateOfBirth {
			return true
		}
	}
	return false
}

// putText takes an answer about a circumstance.
func (d *Document) putText(h heading, label, text string, where func(start, end int) reeve.Place) bool {
	a := answerOf(text)
	if a == answerNone {
		return true
	}
	if !d.someone(h.slot) {
		return false
	}
	p := d.person(h.slot)
	if !p.mayCarry() {
		return false
	}
	f := d.emit(h.detector, where(0, len(text)), strings.TrimSuffix(strings.TrimSpace(label), ":")+": "+text, "", reeve.ConfidenceB, &p.human)
	f.Signal, f.Negated = h.signal, a == answerNo
	if day := said(text); !day.IsZero() {
		f.Said = day
	}
	if p.stand == standPerpetrator {
		blame(f)
	}
	return len(text) <= 48 // longer answers are read as prose too
}

// leading finds the value that a longer text begins with: "4242 4242 4242 4242
// exp 09/27". The text must have a form that can be checked.
func (h heading) leading(text string) (value, norm string, ok bool) {
	if h.detector == nil || !h.detector.formed() || h.kind == reeve.KindCredential || h.kind == reeve.KindAge {
		return text, "", false
	}
	if reference(h.kind) {
		first := text[:max(0, strings.IndexAny(text, " ,;(\n"))]
		norm, ok := h.valueOf(first)
		return first, norm, ok
	}
	for tries, end := 0, len(text); tries < 8; tries++ {
		end = strings.LastIndexAny(text[:end], " ,;(\n")
		if end <= 0 {
			break
		}
		if norm, ok := h.valueOf(text[:end]); ok {
			return text[:end], norm, true
		}
	}
	return text, "", false
}

// putValue takes a value with a form.
func (d *Document) putValue(h heading, text string, where func(start, end int) reeve.Place) bool {
	if h.part == partAmount && !d.someone(h.slot) {
		return false
	}
	p := d.person(h.slot)
	switch h.part {
	case partSort:
		p.sort = text
		if norm, ok := wholeAccount(text); ok {
			d.emit(&bankAccount, where(0, len(text)), text, norm, reeve.ConfidenceB, &p.human)
			p.sort = ""
		}
		return true
	case partAccount:
		norm, ok := bankPair(p.sort, text)
		if ok {
			d.emit(&bankAccount, where(0, len(text)), p.sort+" "+text, norm, reeve.ConfidenceB, &p.human)
		}
		return ok
	case partUser:
		p.user = true
		return true
	}
	if i := strings.Index(text, ". "); i > 0 && reference(h.kind) {
		text = text[:i]
	}
	norm, ok := h.valueOf(text)
	if !ok {
		if text, norm, ok = h.leading(text); !ok {
			return blank(text)
		}
	}
	if h.kind == reeve.KindAddress {
		norm, start, end, ok := lastPostcode(text)
		if ok {
			d.emit(&postcode, where(start, end), text[start:end], norm, reeve.ConfidenceB, &p.human)
		}
		if ok && start == 0 && h.part == partWhole {
			return true // a postcode is all that the field holds
		}
	}
	d.emit(h.detector, where(0, len(text)), text, norm, reeve.ConfidenceB, &p.human).Signal = h.signal
	return true
}
