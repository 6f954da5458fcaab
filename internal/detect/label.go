package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// labelled is a label in a text with the bytes of its value.
type labelled struct {
	heading
	from       int // start of the label
	start, end int // the value
	until      int // bytes of the value before this one need no further reading
}

// covers reports whether byte i of a label's value was read with the label.
func (l *labelled) covers(i int) bool { return i < l.until }

// findLabels lists the labels of a paragraph: words before a colon, at the start
// of a line or behind a tab, wide space, semicolon, comma or bar; words before a
// tab at the start of a line. A label without a value takes the next line.
func (p *prose) findLabels(start, end int) {
	p.labels, p.asked = p.labels[:0], p.asked[:0]
	text := p.text
	for line := start; line < end; {
		stop := end
		if i := strings.IndexByte(text[line:end], '\n'); i >= 0 {
			stop = line + i
		}
		p.labelsOfLine(line, stop)
		line = stop + 1
	}
	for i := range p.labels {
		l := &p.labels[i]
		limit := end
		if i+1 < len(p.labels) {
			limit = p.labels[i+1].from
		}
		p.extent(l, limit)
	}
}

func (p *prose) labelsOfLine(line, stop int) {
	text := p.text
	tab := strings.IndexByte(text[line:stop], '\t')
	first := strings.IndexByte(text[line:stop], ':')
	if tab > 0 && tab <= maxLabel && (first < 0 || tab < first) {
		p.addLabel(line, line+tab)
	}
	for colon := first; colon >= 0; {
		at := line + colon
		if from := max(line, at-maxLabel); colon != first || from != line || !p.wholeLabel(line, at) {
			p.addLabel(labelStart(text, line, at), at)
		}
		next := strings.IndexByte(text[at+1:stop], ':')
		if next < 0 {
			break
		}
		colon = at + 1 + next - line
	}
	if i := tickAfter(text[line:stop]); i > 0 {
		p.question(line, line+i, stop)
	}
	if first < 0 && tab < 0 && stop-line <= 40 {
		p.plainLine(line, stop)
	}
}

// tickAfter gives where the answer to a question begins in a line: behind its
// question mark, with a mark for a tick or a plain word.
func tickAfter(line string) int {
	i := strings.IndexByte(line, '?')
	if i < 8 || i+1 >= len(line) {
		return -1
	}
	rest := strings.TrimSpace(line[i+1:])
	for _, mark := range tickMarks {
		if strings.HasPrefix(rest, mark) {
			return i + 1
		}
	}
	switch low := lowerASCII(strings.TrimRight(rest, ".")); low {
	case "yes", "y", "no", "n", "none":
		return i + 1
	}
	return -1
}

// question notes a question that was answered.
func (p *prose) question(line, answer, stop int) {
	p.asked = append(p.asked, asked{line, answer, stop})
}

// wholeLabel adds the words from the start of a line to its first colon, commas
// and all, where they are a label.
func (p *prose) wholeLabel(line, colon int) bool {
	if strings.IndexByte(p.text[line:colon], ',') < 0 {
		return false
	}
	h := readHeading(p.text[line:colon])
	if h.known() {
		p.labels = append(p.labels, labelled{heading: h, from: line, start: colon + 1})
	}
	return h.known()
}

// labelStart goes back from a colon to where its label begins.
func labelStart(text string, line, colon int) int {
	low := max(line, colon-maxLabel)
	for i := colon - 1; i >= low; i-- {
		switch c := text[i]; {
		case c == '\t', c == ';', c == '|', c == ',', c == ']', c == '(', c == ':':
			return i + 1
		case c == ' ' && i > low && text[i-1] == ' ':
			return i + 1
		case c == '.' && i+1 < colon && text[i+1] == ' ' && i-line > 24:
			return i + 1
		}
	}
	return low
}

// addLabel adds the label text[from:to] if it is one; a label may stand at the
// end of other words ("Smith DOB:").
func (p *prose) addLabel(from, to int) {
	if to-from > maxLabel || to <= from || !mayBeHeading(p.text[from:to]) {
		return
	}
	for try := 0; try < 7; try++ {
		for from < to && (p.text[from] == ' ' || p.text[from] == '-' || p.text[from] == '*' || p.text[from] == '>') {
			from++
		}
		if from >= to {
			return
		}
		read := readHeading
		if try > 0 || from > 0 && p.text[from-1] == ' ' && p.behindColon(from) {
			read = exactHeading
		}
		if h := read(p.text[from:to]); h.known() {
			p.labels = append(p.labels, labelled{heading: h, from: from, start: to + 1})
			return
		}
		space := strings.IndexByte(p.text[from:to], ' ')
		if space < 0 {
			return
		}
		from += space + 1
	}
}

// behindColon reports whether the value of another label stands before byte i:
// "John Smith DOB:" behind "Name:" holds a name and a label.
func (p *prose) behindColon(i int) bool {
	for i > 0 && p.text[i-1] == ' ' {
		i--
	}
	return i > 0 && p.text[i-1] == ':'
}

// closings end a letter or message; the next line that can be a name signs it.
var closings = wordSet(`yours sincerely|yours faithfully|yours truly|kind regards|best regards|warm regards|regards|many thanks|thanks|thank you|best wishes|with best wishes|yours|with kind regards|sincerely|cheers`)

var signer = heading{field: fullName, slot: slot{key: "signed", stand: standProfessional, capacity: reeve.CapacityAuthor}, bare: true}

// plainLine reads a short line without a label: the name under a closing, or a
// heading.
func (p *prose) plainLine(line, stop int) {
	s := strings.TrimSpace(p.text[line:stop])
	var b [64]byte
	switch {
	case s == "":
		return
	case closings[string(foldLabel(b[:0], s))]:
		p.closing = true
		return
	case p.closing:
		p.closing = false
		if nameLike(s) && capitalised(s) && strings.Contains(s, " ") {
			p.labels = append(p.labels, labelled{heading: signer, from: line, start: line})
		}
		return
	}
	p.sectionHeading(line, stop)
}

// sectionHeading notes a line that only names somebody ("Next of kin details"):
// the labels below are about them.
func (p *prose) sectionHeading(line, stop int) {
	s := strings.TrimSpace(p.text[line:stop])
	if len(s) < 2 || len(s) > 36 || s[0] < 'A' || s[0] > 'Z' {
		return
	}
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, " details"), " Details"), " DETAILS")
	if !mayBeHeading(s) {
		return
	}
	if h := readHeading(s); h.bare {
		p.labels = append(p.labels, labelled{heading: h, from: line, start: stop})
	}
}

// extent sets the bytes of a label's value: to the end of its line, to the next
// label, or to a wide gap; the next line where there is nothing else; an address
// goes on for some lines.
func (p *prose) extent(l *labelled, limit int) {
	text := p.text
	l.start = min(l.start, limit)
	for l.start < limit && (text[l.start] == ' ' || text[l.start] == '\t' || text[l.start] == ':') {
		l.start++
	}
	if l.start < limit && text[l.start] == '\n' && (!l.bare || p.nameBelow(l.start+1, limit)) {
		l.start++
	}
	l.end = limit
	if i := strings.IndexByte(text[l.start:limit], '\n'); i >= 0 {
		l.end = l.start + i
	}
	if l.kind == reeve.KindAddress && l.part != partLine && l.part != partTown {
		p.extendAddress(l, limit)
	} else if i := strings.Index(text[l.start:l.end], "   "); i > 0 {
		l.end = l.start + i
	} else if i := strings.IndexByte(text[l.start:l.end], '\t'); i > 0 && l.part != partNote {
		l.end = l.start + i
	}
	for l.end > l.start && strings.IndexByte(" \t\n;|,", text[l.end-1]) >= 0 {
		l.end--
	}
	if l.kind == reeve.KindName && l.end > l.start && text[l.end-1] == '.' {
		l.end--
	}
}

// nameBelow reports whether the line at byte i holds a name and nothing else.
func (p *prose) nameBelow(i, limit int) bool {
	line := p.text[i:max(i, limit)]
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	line = strings.TrimSpace(line)
	return len(line) < 50 && strings.Contains(line, " ") && nameLike(line) && capitalised(line) && !readHeading(line).known()
}

// addressLines is how many lines an address may take.
const addressLines = 6

func (p *prose) extendAddress(l *labelled, limit int) {
	for n := 1; n < addressLines && l.end < limit; n++ {
		if _, _, _, ok := lastPostcode(p.text[l.start:l.end]); ok && l.end > l.start {
			return
		}
		next := l.end + 1
		stop := limit
		if i := strings.IndexByte(p.text[min(next, limit):limit], '\n'); i >= 0 {
			stop = next + i
		}
		if stop-next > 48 || stop <= next {
			return
		}
		l.end = stop
	}
}

// takeLabels gives the labelled values of a paragraph to the form, notes which
// bytes need no further reading, and lists the people so named.
func (d *Document) takeLabels() {
	p := &d.prose
	place := func(start, end int) reeve.Place { return p.place(d, start, end) }
	headed := len(p.labels) > 0 && p.letterhead()
	for i := range p.labels {
		l := &p.labels[i]
		value := p.text[l.start:l.end]
		switch {
		case strings.TrimSpace(value) == "":
			if l.bare {
				d.form.section = l.slot
			}
			continue
		case d.typ == Mail && d.mailHeader(l, value), d.public() && l.part == partText, headed && l.contact():
			l.until = l.end
			continue
		case l.list():
			d.takeList(l, value)
			continue
		case l.slot.key == signer.slot.key && d.signed(l, value):
			continue
		}
		d.sharedLine(i)
		from := len(d.out)
		if l.part == partFull && !nameLike(value) {
			value = leadNames(value)
		}
		if value != "" && d.put(l.heading, p.text[l.from:min(l.start, len(p.text))], value, l.start, place) {
			l.until = d.readUntil(from, l.start+len(value))
		}
		d.present(from, l.start, l.start+len(value))
		if l.bare && value != "" {
			d.form.section = l.slot
		}
	}
	d.form.flush(d)
	d.form.section = slot{}
}

// readUntil is how far the findings that a label gave reach: words behind a value
// are read as prose. end is the end of the label's text.
func (d *Document) readUntil(from, end int) int {
	last := 0
	for i := from; i < len(d.out); i++ {
		if f := &d.out[i]; f.Place.Row == d.prose.row && f.Place.Col == d.prose.col {
			last = max(last, int(f.Place.End))
		}
	}
	if last == 0 || last >= end {
		return end
	}
	return last
}

// sharedLine ends the section that the last label with a person's word opened:
// a perpetrator or second person keeps the labels of the following lines, others
// only those of their own line, and professionals no more than ways to reach them.
func (d *Document) sharedLine(i int) {
	p := &d.prose
	s := d.form.section
	if s.key == "" || i == 0 || p.labels[i-1].from == p.labels[i-1].start {
		return
	}
	l := &p.labels[i]
	sameLine := strings.IndexByte(p.text[p.labels[i-1].from:l.from], '\n') < 0
	switch {
	case s.stand == standPerpetrator && d.mainLacks(l.kind):
		d.form.section = slot{} // the victim's, whose form it is
	case s.stand == standPerpetrator || s.stand == standSecond, p.heading(s):
	case s.stand == standProfessional && l.contact() && sameLine, s.stand == standRelative && sameLine:
	default:
		d.form.section = slot{}
	}
}

// mainLacks reports whether whom the form is about has been named, and nothing of
// a kind that says where they are or when they were born has been said of them.
func (d *Document) mainLacks(kind reeve.Kind) bool {
	switch kind {
	case reeve.KindAddress, reeve.KindDateOfBirth, reeve.KindPhone:
	default:
		return false
	}
	main := d.form.main()
	if main == nil || main.surname == "" {
		return false
	}
	for i := range d.out {
		if d.out[i].Clump == main.clump && d.out[i].Kind == kind {
			return false
		}
	}
	return true
}

// heading reports whether a section was opened by a heading of its own, which
// keeps all labels of the paragraph.
func (p *prose) heading(s slot) bool {
	for i := range p.labels {
		if l := &p.labels[i]; l.bare && l.slot == s && strings.TrimSpace(p.text[l.start:l.end]) == "" {
			return true
		}
	}
	return false
}

// contact reports whether the label is of a way to reach somebody.
func (l *labelled) contact() bool {
	switch l.kind {
	case reeve.KindPhone, reeve.KindEmail, reeve.KindAddress, reeve.KindPostcode:
		return true
	}
	return false
}

// list reports whether the label promises several names.
func (l *labelled) list() bool {
	switch l.slot.key {
	case "present", "attendees", "apologies", "in attendance", "children", "siblings", "children in household", "household members", "other family members", "dependants", "dependent children", "parents",
		"other occupants", "grandparents", "distribution", "witnesses":
		return l.bare
	}
	return false
}

// takeList reads "Jane Doyle (Chair), Sarah Lee (Police)": each name is a human
// of the label's sort, and the words in brackets belong to it.
func (d *Document) takeList(l *labelled, value string) {
	p := &d.prose
	at := 0
	for at < len(value) {
		end := at
		for depth := 0; end < len(value); end++ {
			c := value[end]
			if c == '(' {
				depth++
			} else if c == ')' && depth > 0 {
				depth--
			} else if depth == 0 && (c == ',' || c == ';' || c == '\n') || c == '\n' {
				break
			}
		}
		lead := len(value[at:end]) - len(strings.TrimLeft(value[at:end], " -*•"))
		if n := leadName(value[at+lead : end]); n != "" {
			start := l.start + at + lead
			h := human{clump: d.newClump(), capacity: l.slot.capacity, stand: l.slot.stand, start: start, end: start + len(n)}
			h.given, h.surname = splitName(n, false)
			d.emit(&name, p.place(d, start, h.end), n, "", stated(l.slot.key), &h)
			p.people = append(p.people, h)
			if !strings.ContainsAny(value[at:end], "0123456789") {
				l.until = l.start + end
			} else {
				l.until = h.end
			}
		}
		at = end + 1
	}
}

// signed gives the name under a closing to the author of the message, when it
// is theirs.
func (d *Document) signed(l *labelled, value string) bool {
	p := &d.prose
	given, surname := splitName(value, false)
	if d.author.clump == 0 || !strings.EqualFold(d.author.surname, surname) || d.author.given != "" && given != "" && !strings.EqualFold(d.author.given, given) {
		return false
	}
	h := d.author
	h.start, h.end = l.start, l.end
	d.emit(&name, p.place(d, l.start, l.end), value, "", reeve.ConfidenceB, &h)
	p.people = append(p.people, h)
	l.until = l.end
	return true
}

// letterhead reports whether a paragraph is the head of an office's paper: it
// names the office and nobody.
func (p *prose) letterhead() bool {
	if len(p.marks) > 0 {
		for _, m := range p.marks {
			switch m.Kind {
			case lex.MarkName, lex.MarkPerson:
				return false
			}
		}
	}
	for i := range p.labels {
		if p.labels[i].kind == reeve.KindName {
			return false
		}
	}
	end := p.paraEnd
	s := p.text[p.paraStart:min(end, p.paraStart+400)]
	return office(s) || strings.Contains(s, "Council") || strings.Contains(s, "COUNCIL")
}

// present lists the human whom a label has just named among the paragraph's
// people, so that what stands beside the value is theirs.
func (d *Document) present(from, start, end int) {
	p := &d.prose
	for _, f := range d.out[from:] {
		if f.Kind != reeve.KindName {
			continue
		}
		for i := range d.form.people {
			if h := d.form.people[i].human; h.clump == f.Clump {
				h.start, h.end = start, end
				p.people = append(p.people, h)
			}
		}
		return
	}
}

// leadName gives the name that a longer value begins with ("Jane Doyle visited",
// "Mr John Smith, 12 Acacia Road", "Mary Khan (mother)"): two to four words that
// begin with a capital and go on in letters.
func leadName(s string) string {
	if n := leadReversed(s); n != "" {
		return n
	}
	words, end, titled := 0, 0, false
	for at := 0; at < len(s) && words < 5; {
		stop := at
		for stop < len(s) && s[stop] != ' ' && s[stop] != '\n' && s[stop] != ',' && s[stop] != '(' && s[stop] != ';' && s[stop] != '\t' {
			stop++
		}
		w := strings.TrimSuffix(s[at:stop], ".")
		if _, digits := count(w); w == "" || w[0] < 'A' || w[0] > 'Z' && w[0] < 0x80 || digits > 0 {
			break
		}
		var b [16]byte
		if words == 0 && len(w) <= 12 && titles[string(foldLabel(b[:0], w))] {
			titled = true
		}
		words++
		if end = stop; stop == len(s) || s[stop] != ' ' {
			break
		}
		at = stop + 1
	}
	if end > 0 && s[end-1] == '.' {
		end--
	}
	if words < 2 || words > 4 || words == 2 && titled && end < 5 {
		return ""
	}
	return s[:end]
}

// leadReversed gives the name "SMITH, John" or "Smith, John" that a value begins
// with: one surname, a comma, one or two given names that end there.
func leadReversed(s string) string {
	surname, rest, ok := strings.Cut(s, ", ")
	if !ok || strings.Contains(surname, " ") && !particles[lowerASCII(firstWord(surname))] || !nameLike(surname) || !capitalised(surname) {
		return ""
	}
	end := strings.IndexAny(rest, ",(;\n\t[:")
	if end < 0 {
		end = len(rest)
	}
	given := strings.TrimRight(rest[:end], " -.")
	first := firstWord(given)
	if _, known := lex.IsGivenName(first); strings.Count(given, " ") > 1 || !nameLike(given) || !capitalised(given) || !known && (strings.ToUpper(surname) != surname || len(surname) < 2) {
		return ""
	}
	return s[:len(surname)+2+len(given)]
}

// leadNames is leadName where two people are joined: "Ann Field and Paul Field, of
// 4 Elm Grove".
func leadNames(s string) string {
	first := leadName(s)
	for _, and := range [...]string{" and ", " & "} {
		rest, ok := strings.CutPrefix(s[len(first):], and)
		if second := leadName(rest); ok && first != "" && second != "" {
			return s[:len(first)+len(and)+len(second)]
		}
	}
	return first
}

// taken reports whether byte i is part of a label or of a value read with one.
func (p *prose) taken(i int) bool {
	for j := range p.labels {
		if l := &p.labels[j]; i >= l.from && i < max(l.start, l.until) && (l.until > 0 || i < l.start-1) {
			return true
		}
	}
	return false
}

// labelAt gives the label whose value holds byte i, or nil.
func (p *prose) labelAt(i int) *labelled {
	for j := range p.labels {
		if l := &p.labels[j]; i >= l.start && i < l.end {
			return l
		}
	}
	return nil
}
