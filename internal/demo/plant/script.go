package plant

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// The little language of templates. A template is lines; each becomes a
// paragraph. "# " starts a heading, "|" a row of a table, "@from", "@to", "@cc"
// and "@subject" fill a mail's head, "@sheet NAME", "@hidden" and "@comment" say
// where what follows goes. In braces:
//
//	{a.field}              a value of actor a (see paper.field)
//	{a!kind/signal:words}  a circumstance said of a; words may be @list
//	{a~kind:words}         the same, denied ("no known disabilities")
//	{-kind:text}           a decoy: looks like the kind, is nobody's and no finding
//	{+kind:text}           an office's value: may be found, belongs to nobody
//	{-name:@resident}      somebody else of the same name as a resident
//	{=addr} {=pc}          the home of a, said of no person: a household's
//	{l.dob}                the author's label for a field
//	{date} {date+14} {n:100-999} {money:20-900} {one:this;that} {street} {ward}
//
// A line whose every {x.field} is empty is left out, as a clerk leaves out a
// field that does not apply; so is a sentence about an actor who is not there.

// run writes a template into the paper.
func (p *paper) run(template string) {
	var rows [][]string
	sheet := ""
	flush := func() {
		if rows != nil {
			p.blocks = append(p.blocks, block{rows: rows, sheet: sheet, hidden: p.hidden, comment: p.comment})
			rows = nil
		}
	}
	for line := range strings.SplitSeq(strings.TrimSpace(template), "\n") {
		line = strings.TrimSpace(line)
		if row, ok := strings.CutPrefix(line, "|"); ok {
			rows = append(rows, p.row(row))
			continue
		}
		flush()
		switch {
		case strings.HasPrefix(line, "@sheet "):
			sheet = line[7:]
		case strings.HasPrefix(line, "@"):
			p.order(line)
		default:
			p.paragraph(line)
		}
	}
	flush()
}

func (p *paper) row(line string) []string {
	var cells []string
	for cell := range strings.SplitSeq(strings.TrimSuffix(line, "|"), "|") {
		text, _ := p.fill(strings.TrimSpace(cell))
		cells = append(cells, text)
	}
	return cells
}

func (p *paper) paragraph(line string) {
	if line == "{block}" {
		p.addressBlock(p.cast['a'])
		return
	}
	heading := strings.HasPrefix(line, "# ")
	if line = p.present(line); line == "" {
		return
	}
	text, empty := p.fill(strings.TrimPrefix(line, "# "))
	if !empty {
		p.line(strings.TrimSpace(text), heading)
	}
}

// present leaves out the sentences about actors who are not in the case. A line
// that was empty before stays, as one blank.
func (p *paper) present(line string) string {
	if line == "" {
		return " "
	}
	var keep []string
	for sentence := range strings.SplitSeq(line, ". ") {
		if !p.missing(sentence) {
			keep = append(keep, sentence)
		}
	}
	return strings.Join(keep, ". ")
}

// missing reports whether a sentence speaks of an actor who is not there.
func (p *paper) missing(sentence string) bool {
	for i := 0; i+2 < len(sentence); i++ {
		if sentence[i] != '{' || !strings.ContainsRune(".!~", rune(sentence[i+2])) || sentence[i+1] == 'l' {
			continue
		}
		if who, ok := p.cast[sentence[i+1]]; !ok || who.human == nil {
			return true
		}
	}
	return false
}

// order obeys a line that begins with "@".
func (p *paper) order(line string) {
	word, rest, _ := strings.Cut(line[1:], " ")
	switch word {
	case "hidden":
		p.hidden = true
	case "comment":
		p.comment = true
	case "plain":
		p.hidden, p.comment = false, false
	case "from", "to", "cc", "subject":
		p.mailHead(word, rest)
	case "attach":
		p.attachment(rest)
	}
}

// mailHead fills a line of a mail's head; in a paper that is no mail it is a
// line of the text, as in a mail that was printed.
func (p *paper) mailHead(word, rest string) {
	text, _ := p.fill(rest)
	if !p.mail {
		p.line(strings.ToUpper(word[:1])+word[1:]+": "+text, false)
		return
	}
	switch word {
	case "from":
		p.head.from = text
	case "to":
		p.head.to = text
	case "cc":
		p.head.cc = text
	case "subject":
		p.head.subject = text
	}
}

// attachment adds a table of another document type to a mail.
func (p *paper) attachment(name string) {
	for i := range docTypes {
		d := &docTypes[i]
		if d.name != name {
			continue
		}
		q := &paper{chance: p.chance, town: p.town, manner: p.manner, date: p.date, title: d.name}
		d.compose(q)
		l := layoutOf(pick(p.chance, []string{"xlsx", "csv"}))
		p.attach = append(p.attach, attachment{fmt.Sprintf("%s.%s", name, l.ext), l.write(q), q.facts})
	}
}

// addressBlock writes name and address as on an envelope, over several lines
// or in one, as the author does.
func (p *paper) addressBlock(a actor) {
	home := a.homeOn(p.date)
	name := p.plant(a, nameAs(a.human, "titled_full", p.chance), "", false)
	if !p.manner.block || home.none {
		parts := []string{name, p.plant(a, addressAs(home), "", false), townName}
		if pc := p.plant(a, postcodeAs(home, p.chance), "", false); pc != "" {
			parts = append(parts, pc)
		}
		p.line(strings.Join(parts, ", "), false)
		return
	}
	p.line(name, false)
	p.line(p.plant(a, written{home.first(), reeve.KindAddress, "address_block"}, "", false), false)
	p.line(townName, false)
	p.line(p.plant(a, postcodeAs(home, p.chance), "", false), false)
}

// fill replaces what stands in braces. empty is true when the line had fields
// and none of them had a value: then nothing was planted either.
func (p *paper) fill(line string) (text string, empty bool) {
	var b strings.Builder
	fields, filled := 0, 0
	for {
		open := strings.IndexByte(line, '{')
		if open < 0 {
			break
		}
		end := open + strings.IndexByte(line[open:], '}')
		if end < open {
			break
		}
		b.WriteString(p.literal(line[:open]))
		value, counts := p.slot(line[open+1 : end])
		if counts {
			fields++
			if value != "" {
				filled++
			}
		}
		b.WriteString(value)
		line = line[end+1:]
	}
	b.WriteString(p.literal(line))
	return b.String(), fields > 0 && filled == 0
}

// literal is the text between slots; a poor scan damages one word in thirty.
func (p *paper) literal(s string) string {
	if !p.ocr || len(s) < 12 {
		return s
	}
	list := strings.Split(s, " ")
	for i, w := range list {
		if len(w) > 4 && p.one(0.03) {
			list[i] = smudge(w, p.chance)
		}
	}
	return strings.Join(list, " ")
}

// slot gives the text of one pair of braces, and whether it was a person's
// field.
func (p *paper) slot(s string) (string, bool) {
	if strings.ContainsRune("-+=", rune(s[0])) {
		return p.nobodys(s), false
	}
	if len(s) > 2 && (s[1] == '.' || s[1] == '!' || s[1] == '~') {
		return p.said(s)
	}
	word, rest, _ := strings.Cut(s, ":")
	switch word {
	case "n":
		low, high := span(rest)
		return strconv.Itoa(p.between(low, high)), false
	case "money":
		low, high := span(rest)
		return fmt.Sprintf("£%d.%02d", p.between(low, high), p.IntN(100)), false
	case "one":
		return pick(p.chance, strings.Split(rest, ";")), false
	case "street":
		return pick(p.chance, streetWords) + " " + pick(p.chance, streetTypes), false
	case "ward":
		return pick(p.chance, wards), false
	case "company":
		return pick(p.chance, companyWords), false
	case "year":
		return strconv.Itoa(int(p.date.Year)), false
	case "council":
		return councilName, false
	}
	if days, ok := strings.CutPrefix(s, "date"); ok {
		n, _ := strconv.Atoi(days)
		return dateAs(later(p.date, n), p.manner.dates), false
	}
	panic("plant: no slot " + s)
}

// nobodys plants a value that is no person's: a decoy, an office's, a household's.
func (p *paper) nobodys(s string) string {
	if s[0] == '=' {
		w, _ := p.field(p.cast['a'].human, s[1:])
		if w.text != "" && w.form != "" {
			p.facts = append(p.facts, Fact{Kind: w.kind, Value: w.text, Form: "household", block: len(p.blocks)})
		}
		return w.text
	}
	kind, text, _ := strings.Cut(s[1:], ":")
	if text == "@resident" {
		other := pick(p.chance, p.town.cases["adult"]).who
		text = other.given + " " + other.surname
	}
	inner, _ := p.fill(strings.NewReplacer("[", "{", "]", "}").Replace(text))
	form := map[byte]string{'-': "decoy", '+': "office"}[s[0]]
	p.facts = append(p.facts, Fact{Kind: reeve.Kind(kind), Value: inner, Form: form, Decoy: true, block: len(p.blocks)})
	return inner
}

// said is a slot about an actor.
func (p *paper) said(s string) (string, bool) {
	if s[0] == 'l' && s[1] == '.' {
		return p.manner.labels[s[2:]], false
	}
	who, ok := p.cast[s[0]]
	if !ok || who.human == nil {
		return "", true
	}
	if s[1] == '.' {
		w, known := p.field(who.human, s[2:])
		if !known {
			return p.plainField(who.human, s[2:]), false
		}
		return p.plant(who, w, "", false), true
	}
	what, text, _ := strings.Cut(s[2:], ":")
	kind, signal, _ := strings.Cut(what, "/")
	if list, ok := strings.CutPrefix(text, "@"); ok {
		text = p.listed(who.human, list)
	}
	text = strings.NewReplacer("[", "", "]", "").Replace(text)
	if text == "" {
		return "", true
	}
	form := "circumstance"
	if s[1] == '~' {
		form = "negated"
	}
	return p.plant(who, written{text, reeve.Kind(kind), form}, reeve.Signal(signal), s[1] == '~'), true
}

// plainField is what is no personal value by itself.
func (p *paper) plainField(h *human, name string) string {
	age, _ := h.born.AgeOn(p.date)
	switch name {
	case "age":
		return strconv.Itoa(max(age, 0))
	case "job":
		return h.job
	case "sort":
		return h.sort
	case "sex":
		return string(h.sex)
	case "he":
		return map[byte]string{'M': "he", 'F': "she"}[h.sex]
	case "his":
		return map[byte]string{'M': "his", 'F': "her"}[h.sex]
	case "him":
		return map[byte]string{'M': "him", 'F': "her"}[h.sex]
	case "He":
		return map[byte]string{'M': "He", 'F': "She"}[h.sex]
	case "His":
		return map[byte]string{'M': "His", 'F': "Her"}[h.sex]
	case "lang":
		return h.group.language
	case "title":
		return h.title
	case "ward":
		return h.homeOn(p.date).ward
	}
	panic("plant: no field " + name)
}

// listed gives a circumstance that stays the same for a person in every
// document.
func (p *paper) listed(h *human, list string) string {
	from := func(list []string) string { return list[(h.n*31)%len(list)] }
	switch list {
	case "health":
		return from(healthWords)
	case "mental":
		return from(mentalWords)
	case "disability":
		return from(disabilityWords)
	case "offence":
		return from(offenceWords)
	case "need":
		return from(needWords)
	case "union":
		return from(unionWords)
	case "party":
		return from(partyWords)
	case "sexuality":
		return from(sexualityWords)
	case "ethnicity":
		return h.ethnicity
	case "religion":
		return h.religion
	case "language":
		return h.group.language
	case "income":
		return fmt.Sprintf("£%d.%02d", 71+(h.n*37)%700, h.n*13%100)
	case "debt":
		return fmt.Sprintf("£%d.%02d", 40+(h.n*53)%2900, h.n*7%100)
	case "salary":
		return fmt.Sprintf("%d", 18000+(h.n*379)%42000)
	}
	panic("plant: no list " + list)
}

func span(s string) (low, high int) {
	a, b, _ := strings.Cut(s, "-")
	low, _ = strconv.Atoi(a)
	high, _ = strconv.Atoi(b)
	return low, max(low, high)
}

// later is the date n days on, near enough for letters.
func later(d reeve.Date, n int) reeve.Date {
	total := int(d.Day) - 1 + n
	month := int(d.Month) - 1 + total/28
	return reeve.Date{Year: d.Year + int16(month/12), Month: int8(month%12 + 1), Day: int8(total%28 + 1)}
}
