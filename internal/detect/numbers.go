package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/uk"
)

// findValues reads the marks of a paragraph that may be values with a form.
func (d *Document) findValues() {
	p := &d.prose
	p.pairEnd = 0
	for i := 0; i < len(p.marks); i++ {
		m := p.marks[i]
		switch m.Kind {
		case lex.MarkNumber, lex.MarkCode, lex.MarkEmail, lex.MarkIP, lex.MarkDate, lex.MarkPostcode, lex.MarkAddress, lex.MarkStreet, lex.MarkRef:
		default:
			continue
		}
		if int(m.Start) < p.pairEnd {
			continue
		}
		if p.taken(int(m.Start)) {
			if m.Kind == lex.MarkRef {
				d.known(m, squeeze(m.Of(p.text)))
			}
			continue
		}
		d.value(i, m)
	}
	d.findSecrets()
	d.findZones()
}

func (d *Document) value(i int, m lex.Mark) {
	p := &d.prose
	text := m.Of(p.text)
	start, end := int(m.Start), int(m.End)
	switch m.Kind {
	case lex.MarkNumber:
		d.number(i, m, d.set.digits[m.Flags&lex.NumberDigits])
	case lex.MarkCode:
		d.number(i, m, d.set.mixed[m.Flags&lex.CodeLength])
	case lex.MarkRef:
		d.ref(i, m)
	case lex.MarkEmail:
		if norm, ok := checkEmail(text); ok {
			owner := d.emailOwner(start, end)
			conf := reeve.ConfidenceC
			if owner.owns(norm) {
				conf = reeve.ConfidenceB
			}
			f := d.emit(&email, p.place(d, start, end), text, norm, conf, owner)
			if m.Has(lex.FlagInRegister) {
				f.Records = d.ix.Records(m)
				f.Confidence = d.cap(reeve.ConfidenceB)
			}
		}
	case lex.MarkIP:
		if norm, ok := checkIP(text); ok && d.context(i)&d.set.masks[reeve.KindIPAddress] != 0 {
			d.emit(&ipAddress, p.place(d, start, end), text, norm, reeve.ConfidenceB, d.owner(start, end))
		}
	case lex.MarkDate:
		d.date(i, m)
	case lex.MarkPostcode:
		d.postcode(m)
	case lex.MarkAddress, lex.MarkStreet:
		d.address(i, m)
	}
}

// cap lowers a confidence that was given after emit in texts for everybody.
func (d *Document) cap(c reeve.Confidence) reeve.Confidence {
	if d.public() {
		return reeve.ConfidenceD
	}
	return c
}

// owns reports whether a mail address holds the surname of a person.
func (h *human) owns(address string) bool {
	return len(h.surname) > 2 && strings.Contains(address, strings.ToLower(h.surname))
}

// emailOwner prefers the person whose name the address holds.
func (d *Document) emailOwner(start, end int) *human {
	local := strings.ToLower(d.prose.text[start:end])
	for i := range d.prose.people {
		if h := &d.prose.people[i]; h.owns(local) {
			return h
		}
	}
	return d.owner(start, end)
}

// Reach of words of context, in bytes before and behind a value.
const (
	nearBefore = 60
	nearBehind = 30
)

// context gives the bits of the detectors whose words stand near mark i: of the
// nearest word before it, and of those behind it in the line. Words that say the
// number is something else (invoice, meter) take everything away when nearest.
func (d *Document) context(i int) uint64 {
	p := &d.prose
	m := p.marks[i]
	var mask uint64
	for j := i - 1; j >= 0; j-- {
		o := p.marks[j]
		if int(m.Start)-int(o.End) > nearBefore || o.Kind == lex.MarkPara {
			break
		}
		if t := d.set.term(o); t != nil {
			if t.not && mask == 0 {
				return 0
			}
			mask |= t.near
		}
	}
	if mask != 0 {
		return mask
	}
	for j := i + 1; j < len(p.marks); j++ {
		o := p.marks[j]
		if int(o.Start)-int(m.End) > nearBehind || o.Kind == lex.MarkPara || o.Kind == lex.MarkLine {
			break
		}
		if t := d.set.term(o); t != nil {
			mask |= t.near
		}
	}
	return mask
}

// refused reports whether the nearest word before mark i says that its number
// is something else.
func (d *Document) refused(i int) bool {
	p := &d.prose
	m := p.marks[i]
	for j := i - 1; j >= 0; j-- {
		o := p.marks[j]
		if int(m.Start)-int(o.End) > nearBefore || o.Kind == lex.MarkPara || o.Kind == lex.MarkLine {
			return false
		}
		if t := d.set.term(o); t != nil && (t.not || t.near != 0) {
			return t.not
		}
	}
	return false
}

// number asks the detectors of a length about mark i: first those that a word
// beside it names, then those that take a value alone.
func (d *Document) number(i int, m lex.Mark, candidates []*near) {
	if m.Kind == lex.MarkNumber && d.bankPairAt(i, m) {
		return
	}
	if len(candidates) == 0 || d.refused(i) {
		return
	}
	p := &d.prose
	text := m.Of(p.text)
	near := d.context(i)
	if l := p.labelAt(int(m.Start)); l != nil && l.detector != nil {
		near |= d.set.masks[l.kind]
	}
	for _, c := range candidates {
		if near&c.mask == 0 {
			continue
		}
		if norm, ok := c.Check(text); ok && !exemplary(p.text, int(m.Start)) {
			d.found(c.Detector, m, norm, d.beside(i, c, norm))
			return
		}
	}
	if m.Kind == lex.MarkNumber && m.Has(lex.NumberPound) || d.registered(i, m) {
		return
	}
	for _, c := range candidates {
		if c.Lone == 0 && c.NearPerson == 0 {
			continue
		}
		norm, ok := c.Check(text)
		if !ok || exemplary(p.text, int(m.Start)) {
			continue
		}
		conf := c.Lone
		if c.NearPerson != 0 && d.nearest(int(m.Start), int(m.End)) != nil && !(c.Kind == reeve.KindNINO && len(norm) < 9) {
			conf = c.NearPerson // two letters and six digits without their last letter are many things
		}
		if c.Kind == reeve.KindDrivingLicence && d.drives(m, norm) {
			conf = reeve.ConfidenceB
		}
		if conf != 0 {
			d.found(c.Detector, m, norm, conf)
			return
		}
	}
}

// confidence of a value that passed its check beside a word of context: B where
// the check is one, C for references, which only have a form.
func (n *near) confidence() reeve.Confidence {
	switch n.Kind {
	case reeve.KindElectoralNumber, reeve.KindVehicleRegistration, reeve.KindPhone:
		return reeve.ConfidenceC
	}
	if reference(n.Kind) {
		return reeve.ConfidenceC
	}
	return reeve.ConfidenceB
}

// drives reports whether a driver number was made from the surname of the person
// it stands beside.
func (d *Document) drives(m lex.Mark, norm string) bool {
	h := d.nearest(int(m.Start), int(m.End))
	licence, ok := uk.ParseDriver(norm)
	if h == nil || !ok || len(h.surname) < 2 {
		return false
	}
	surname := strings.TrimRight(licence.Surname, "9")
	return len(surname) > 1 && strings.HasPrefix(squeeze(h.surname), surname)
}

// beside is the confidence of value norm at mark i that a word near it names: B
// also for references straight behind their word ("payroll no. E30027") and for
// vehicle marks of today's form.
func (d *Document) beside(i int, c *near, norm string) reeve.Confidence {
	conf := c.confidence()
	switch {
	case conf == reeve.ConfidenceB:
	case c.Kind == reeve.KindVehicleRegistration && uk.ClassifyVehicle(norm) == uk.VehicleCurrent:
		return reeve.ConfidenceB
	case reference(c.Kind) && i > 0 && d.prose.near(int(d.prose.marks[i-1].End), int(d.prose.marks[i].Start), " .:#-\t"):
		if t := d.set.term(d.prose.marks[i-1]); t != nil && t.near&c.mask != 0 {
			return reeve.ConfidenceB
		}
	}
	return conf
}

func (d *Document) found(det *Detector, m lex.Mark, norm string, conf reeve.Confidence) {
	start, end := int(m.Start), int(m.End)
	d.emit(det, d.prose.place(d, start, end), m.Of(d.prose.text), norm, conf, d.owner(start, end))
}

// exemplary reports whether the words straight before a value call it an
// example.
func exemplary(text string, start int) bool {
	before := " " + strings.ToLower(text[max(0, start-24):start])
	for _, w := range [...]string{"e.g", " eg ", " eg:", "example", "such as", "format", "looks like", "for instance", "specimen", "sample"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

// ref takes a value that a register holds.
func (d *Document) ref(i int, m lex.Mark) {
	kind := d.ix.RefKind(m)
	det := detectorOf(kind)
	if det == nil {
		return
	}
	if d.partOfNumber(i, m) {
		return
	}
	start, end := int(m.Start), int(m.End)
	text := m.Of(d.prose.text)
	norm := squeeze(text)
	if det.Check != nil {
		if n, ok := det.Check(text); ok {
			norm = n
		}
	}
	conf := reeve.ConfidenceC
	if letters, digits := count(text); letters+digits >= 8 && digits >= 5 {
		conf = reeve.ConfidenceB
	}
	if d.refused(i) {
		conf = reeve.ConfidenceD
	}
	if f := d.known(m, norm); f != nil {
		f.Confidence = min(f.Confidence, d.cap(conf))
		return
	}
	d.emit(det, d.prose.place(d, start, end), text, norm, conf, d.owner(start, end)).Records = d.ix.Records(m)
}

// registered reports whether the register knows the number at mark i as a
// reference.
func (d *Document) registered(i int, m lex.Mark) bool {
	marks := d.prose.marks
	for j := max(0, i-2); j < min(len(marks), i+3); j++ {
		if o := marks[j]; o.Kind == lex.MarkRef && o.Start == m.Start && o.End == m.End {
			return reference(d.ix.RefKind(o))
		}
	}
	return false
}

// partOfNumber reports whether a longer number covers mark i: the end of a
// telephone number may be a reference of the register by chance.
func (d *Document) partOfNumber(i int, m lex.Mark) bool {
	marks := d.prose.marks
	for j := max(0, i-3); j < min(len(marks), i+4); j++ {
		o := marks[j]
		if (o.Kind == lex.MarkNumber || o.Kind == lex.MarkCode) && o.Start <= m.Start && o.End >= m.End && o.End-o.Start > m.End-m.Start+2 {
			return true
		}
	}
	return false
}

// known finds the finding that was made of the value at mark m, and gives it the
// register's records; of a reference, the register knows better than a label
// what it is. Nil where there is none.
func (d *Document) known(m lex.Mark, norm string) *reeve.Finding {
	kind := d.ix.RefKind(m)
	p := &d.prose
	for j := len(d.out) - 1; j >= 0 && j >= len(d.out)-40; j-- {
		f := &d.out[j]
		if f.Place.Block != d.n || f.Place.Row != p.row || f.Place.Col != p.col || f.Place.Start != m.Start {
			continue
		}
		if f.Kind == kind {
			f.Records = d.ix.Records(m)
			return f
		}
		if det := detectorOf(kind); det != nil && (reference(f.Kind) && f.Records == nil || f.Confidence >= reeve.ConfidenceC) {
			f.Value = reeve.Private(kind, f.Value.Reveal())
			f.Kind, f.Rule, f.Norm, f.Records = kind, det.Rule, norm, d.ix.Records(m)
			return f
		}
	}
	return nil
}

// reference reports whether values of the kind have no form of their own.
func reference(kind reeve.Kind) bool {
	switch kind {
	case reeve.KindCouncilTaxRef, reeve.KindBenefitRef, reeve.KindRentRef, reeve.KindCaseRef, reeve.KindLocalRef:
		return true
	}
	return false
}

// bankPairAt joins the sort code at mark i with the account number behind it.
func (d *Document) bankPairAt(i int, m lex.Mark) bool {
	p := &d.prose
	if m.Flags&lex.NumberDigits != 6 {
		return false
	}
	for j := i + 1; j < len(p.marks); j++ {
		o := p.marks[j]
		if int(o.Start)-int(m.End) > 48 || o.Kind == lex.MarkPara {
			return false
		}
		if n := o.Flags & lex.NumberDigits; o.Kind != lex.MarkNumber || n < 7 || n > 10 {
			continue
		}
		code, account := m.Of(p.text), o.Of(p.text)
		if strings.IndexByte(code, '/') >= 0 {
			return false // a date
		}
		norm, ok := bankPair(code, account)
		named := (d.context(i)|d.context(j))&d.set.masks[reeve.KindBankAccount] != 0
		if !ok || !named && int(o.Start)-int(m.End) > 3 || d.refused(i) {
			return false
		}
		conf := reeve.ConfidenceC
		if named || strings.Count(code, "-") == 2 {
			conf = reeve.ConfidenceB // its form and its check are a sort code's
		}
		p.pairEnd = int(o.End)
		d.emit(&bankAccount, p.place(d, int(m.Start), int(o.End)), code+" "+account, norm, conf, d.owner(int(m.Start), int(o.End)))
		return true
	}
	return false
}

// date takes a date as somebody's birth when a word of birth stands before it,
// or when it follows a name in a record and is a register's date of birth.
func (d *Document) date(i int, m lex.Mark) {
	p := &d.prose
	day := reeve.DateNumber(int(m.ID))
	if !day.Full() || day.Year < 1890 || day.Year > 2035 {
		return
	}
	start, end := int(m.Start), int(m.End)
	conf := reeve.Confidence(0)
	switch h := d.nearest(start, end); {
	case d.bornBefore(i):
		conf = reeve.ConfidenceB
	case h != nil && h.end <= start && start-h.end <= 4 && strings.Trim(p.text[h.end:start], " ,([\t-|\n") == "" && (d.bornBeside(h, day.Year, start, end) || h.anchored && m.Has(lex.FlagInRegister) && !d.stamped(day.Year, end)):
		conf = reeve.ConfidenceC
	}
	if conf == 0 || exemplary(p.text, start) {
		return
	}
	d.emit(&dateOfBirth, p.place(d, start, end), m.Of(p.text), day.String(), conf, d.owner(start, end))
}

// bornBeside reports whether the date straight behind a name is the birth of its
// bearer. Who signs and who works for the council is followed by the day on which
// they did; in brackets stands a birth.
func (d *Document) bornBeside(h *human, year int16, start, end int) bool {
	if d.stamped(year, end) || h.capacity == reeve.CapacityProfessional || h.capacity == reeve.CapacityAuthor {
		return false
	}
	return strings.ContainsAny(d.prose.text[h.end:start], "([") || h.capacity != reeve.CapacityUnknown && h.capacity != reeve.CapacityPassing ||
		!d.said.IsZero() && d.said.Year-year >= schoolAge
}

// schoolAge is how many years before a message a date must lie to be a birth: one
// that lies nearer is the date of another message.
const schoolAge = 4

// stamped reports whether a date that ends at byte end is the stamp of a message
// or an entry rather than a birth: mail has those behind names, and a time of day
// follows.
func (d *Document) stamped(year int16, end int) bool {
	if d.typ == Mail && (d.said.IsZero() || d.said.Year-year < schoolAge) {
		return true
	}
	rest := strings.TrimLeft(d.prose.text[end:min(len(d.prose.text), end+16)], " ,\tatonAT@-")
	return len(rest) > 2 && isDigit(rest[0]) && strings.IndexByte(rest[:min(4, len(rest))], ':') > 0
}

// bornBefore reports whether a word of birth stands close before mark i, with
// nothing but small words between.
func (d *Document) bornBefore(i int) bool {
	p := &d.prose
	m := p.marks[i]
	var b [16]byte
	tail := string(foldLabel(b[:0], p.text[max(0, int(m.Start)-12):m.Start]))
	if strings.HasSuffix(tail, "d o b") || strings.HasSuffix(tail, "dob") || strings.HasSuffix(tail, " b") && strings.HasSuffix(strings.TrimRight(p.text[:m.Start], " "), "b.") {
		return true
	}
	mask := d.set.masks[reeve.KindDateOfBirth]
	for j := i - 1; j >= 0 && int(m.Start)-int(p.marks[j].End) <= 24; j-- {
		o := p.marks[j]
		switch o.Kind {
		case lex.MarkDate, lex.MarkStop, lex.MarkPara, lex.MarkLine:
			return false
		}
		if t := d.set.term(o); t != nil && t.near&mask != 0 {
			return true
		}
	}
	return false
}

// postcode takes a postcode that is not part of an address already found.
func (d *Document) postcode(m lex.Mark) {
	p := &d.prose
	start, end := int(m.Start), int(m.End)
	norm, ok := uk.NormPostcode(m.Of(p.text))
	if !ok && !m.Has(lex.FlagRepaired) {
		return
	}
	if p.officeNear(start) {
		return
	}
	conf := reeve.ConfidenceC
	if m.ID == 0 {
		conf = reeve.ConfidenceD
	}
	if d.addressed(start) {
		conf = reeve.ConfidenceB
	} else if m.ID != 0 {
		d.flat(start, end)
	}
	d.emit(&postcode, p.place(d, start, end), m.Of(p.text), norm, conf, d.owner(start, end))
}

// addressed reports whether an address that has been found runs on to a postcode
// at byte start.
func (d *Document) addressed(start int) bool {
	for i := len(d.out) - 1; i >= 0 && i >= len(d.out)-4; i-- {
		f := &d.out[i]
		if f.Kind == reeve.KindAddress && f.Place.Block == d.n && f.Place.Row == d.prose.row && f.Place.Col == d.prose.col && int(f.Place.Start) < start && int(f.Place.End) > start {
			return true
		}
	}
	return false
}

// flatReach is how far before a postcode, in bytes, its flat may begin.
const flatReach = 70

// flat takes an address without a house number, as blocks of flats have, that
// runs up to a postcode: "Flat 46, Gladstone House, Wharf Hill, W8 7NX".
func (d *Document) flat(start, end int) {
	p := &d.prose
	for i := range p.marks {
		if m := p.marks[i]; (m.Kind == lex.MarkAddress || m.Kind == lex.MarkStreet) && int(m.End) <= start && start-int(m.End) < flatReach {
			return
		}
	}
	before := p.text[max(p.paraStart, start-flatReach):start]
	at := -1
	for _, w := range [...]string{"Flat ", "Room ", "Unit ", "Apartment ", "Apt ", "flat ", "FLAT "} {
		at = max(at, strings.LastIndex(before, w))
	}
	if at < 0 || strings.ContainsAny(before[at:], ".;:") || strings.Count(before[at:], "\n") > 2 {
		return
	}
	from := start - len(before) + at
	d.emit(&address, p.place(d, from, end), p.text[from:end], "", reeve.ConfidenceC, d.owner(from, end))
}

// address takes number and street, on to the postcode where one follows.
func (d *Document) address(i int, m lex.Mark) {
	p := &d.prose
	start, end := int(m.Start), int(m.End)
	for j := i + 1; j < len(p.marks) && int(p.marks[j].Start)-int(m.End) < 90; j++ {
		o := p.marks[j]
		if o.Kind == lex.MarkPara || o.Kind == lex.MarkStop || o.Kind == lex.MarkAddress || o.Kind == lex.MarkStreet || o.Kind == lex.MarkName || o.Kind == lex.MarkPerson {
			break
		}
		if o.Kind == lex.MarkPostcode {
			end = int(o.End)
			break
		}
	}
	if p.officeNear(start) {
		return
	}
	f := d.emit(&address, p.place(d, start, end), p.text[start:end], "", reeve.ConfidenceC, d.owner(start, end))
	if m.Kind == lex.MarkAddress {
		f.Records = d.ix.Records(m)
	}
}

// officeWords stand in the line of an address that is an organisation's.
var officeWords = []string{"town hall", "civic centre", "council offices", "council house", "municipal", "registered office", "head office", "county hall", "guildhall", "city hall", "po box", "registered in england",
	"borough council", "county council", "city council", "district council", "civic offices"}

// officeNear reports whether the line of offset i, or the one before it in the
// paragraph, names an office.
func (p *prose) officeNear(i int) bool {
	from, to := i, i
	for n := 0; from > 0 && i-from < 160; from-- {
		if p.text[from-1] == '\n' {
			if n++; n == 2 || from > 1 && p.text[from-2] == '\n' {
				break
			}
		}
	}
	for to < len(p.text) && p.text[to] != '\n' && to-i < 80 {
		to++
	}
	return office(p.text[from:to])
}

func office(s string) bool {
	low := strings.ToLower(s)
	for _, w := range officeWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
