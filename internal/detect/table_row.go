package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// row reads one row: one human for each slot that has something in it.
func (d *Document) row(r int, cells []string) {
	t := &d.table
	for i := range t.slots {
		t.humans[i] = human{capacity: t.slots[i].capacity, stand: t.slots[i].stand}
		t.names[i] = nameParts{col: -1}
		t.parts[i] = rowParts{address: t.parts[i].address[:0], addressCol: -1}
	}
	from := len(d.out)
	saidBefore := d.said
	d.said = t.rowDate(cells)
	for c, cell := range cells {
		if c < len(t.columns) && cell != "" {
			d.cell(r, c, &t.columns[c], cell)
		}
	}
	for i := range t.slots {
		d.finishSlot(r, i, cells)
	}
	d.notes(r, cells)
	d.keepOwned(from)
	sortFindings(d.out[from:])
	d.said = saidBefore
}

// rowDate is the date that the row gives for itself.
func (t *table) rowDate(cells []string) reeve.Date {
	for c := range t.columns {
		if t.columns[c].known() && t.columns[c].part == partSaid && c < len(cells) && cells[c] != "" {
			if day := dateIn(cells[c]); !day.IsZero() {
				return day
			}
		}
	}
	return reeve.Date{}
}

// human gives the human of a column, numbered on first use.
func (d *Document) slotHuman(i int32) *human {
	h := &d.table.humans[i]
	if h.clump == 0 {
		h.clump = d.newClump()
	}
	return h
}

// cell reads one cell of a typed column.
func (d *Document) cell(r, c int, col *column, text string) {
	if !col.known() || col.notes || col.part == partNote || col.part == partOther || col.part == partSaid {
		return
	}
	if col.kind == reeve.KindName || col.part == partLine || col.part == partTown {
		d.collect(r, c, col, text)
		return
	}
	if col.detector == nil {
		return
	}
	norm, ok := col.valueOf(text)
	if col.part != partText && !blank(text) {
		col.filled++
		if ok {
			col.valid++
		}
	}
	if !ok {
		return
	}
	if d.collectHalf(c, col, text) {
		return
	}
	h := d.slotHuman(col.slot)
	f := d.emitCell(r, c, col, text, norm, h)
	switch {
	case col.part == partText, col.part == partDead:
		d.stateCell(f, col, text)
	case col.kind == reeve.KindAddress:
		d.cellPostcode(r, c, text, h)
	case f.Signal == "":
		f.Signal = col.signal
	}
}

func (d *Document) emitCell(r, c int, col *column, text, norm string, h *human) *reeve.Finding {
	conf := reeve.ConfidenceB
	if col.guessed && !col.detector.formed() || col.guessed && col.kind == reeve.KindDateOfBirth {
		conf = reeve.ConfidenceC
	}
	f := d.emit(col.detector, d.cellPlace(r, c, 0, len(text)), text, norm, conf, h)
	f.Column = int32(c + 1)
	f.Signal = col.signal
	return f
}

// stateCell completes a finding about a circumstance: its value is the header
// with the cell, its date the cell where that is one. A perpetrator's column of
// abuse is an allegation against them.
func (d *Document) stateCell(f *reeve.Finding, col *column, text string) {
	f.Value = reeve.Private(f.Kind, strings.TrimSpace(col.header)+": "+strings.TrimSpace(text))
	f.Signal = col.signal
	if day := said(text); !day.IsZero() {
		f.Said = day
	}
	if d.table.slots[col.slot].stand == standPerpetrator {
		blame(f)
	}
}

// blame turns what was done to a victim into what is said of who did it.
func blame(f *reeve.Finding) {
	switch f.Kind {
	case reeve.KindDomesticAbuse, reeve.KindProtection, reeve.KindChildSocialCare, reeve.KindAdultSocialCare:
		text := f.Value.Reveal()
		f.Kind, f.Signal, f.Rule = reeve.KindOffence, reeve.SignalOffender, offence.Rule
		f.Value = reeve.Private(reeve.KindOffence, text)
	}
}

// collect keeps the parts of a name or address until the row is read.
func (d *Document) collect(r, c int, col *column, text string) {
	n, p := &d.table.names[col.slot], &d.table.parts[col.slot]
	if blank(text) {
		return
	}
	text = strings.TrimSpace(text)
	switch col.part {
	case partLine, partTown:
		if p.addressCol < 0 {
			p.addressCol = c
		} else {
			p.address = append(p.address, ',', ' ')
		}
		p.address = append(p.address, text...)
	case partTitle:
		n.title = text
	case partFull:
		d.fullNameCell(r, c, col, text)
	case partKnown, partPrevious:
		if nameLike(text) {
			d.emitCell(r, c, col, text, "", d.slotHuman(col.slot))
		}
	default:
		n.collect(c, col, text)
	}
}

func (n *nameParts) collect(c int, col *column, text string) {
	col.filled++
	if !nameLike(text) {
		return
	}
	col.valid++
	switch col.part {
	case partSurname:
		n.surname, n.col, n.hasSurname = text, c, true
		return
	case partMiddle:
		n.middle = text
	default:
		if n.given == "" {
			n.given = text
		}
	}
	if !n.hasSurname && n.col < 0 {
		n.col = c
	}
}

func (d *Document) fullNameCell(r, c int, col *column, text string) {
	col.filled++
	if organisation(text) {
		d.slotHuman(col.slot).firm = true
		return
	}
	if !nameLike(text) {
		if _, digits := count(text); digits > 0 && len(text) > 12 {
			d.proseCell(r, c, text, col.slot)
		}
		return
	}
	col.valid++
	names := couple(text)
	if names == nil {
		d.emitCell(r, c, col, text, "", d.slotHuman(col.slot))
		return
	}
	for i, n := range names {
		h := d.slotHuman(col.slot)
		if i == 1 {
			h = &human{clump: d.newClump(), capacity: h.capacity, stand: h.stand}
		}
		f := d.emitCell(r, c, col, writtenName(n), n.Surname+", "+strings.TrimSpace(n.Given+" "+n.Middle), h)
		f.Place.End = uint32(len(text))
	}
}

// collectHalf keeps values that need a second column.
func (d *Document) collectHalf(c int, col *column, text string) bool {
	p := &d.table.parts[col.slot]
	text = strings.TrimSpace(text)
	switch col.part {
	case partSort:
		p.sort = text
	case partAccount:
		p.account, p.accountCol = text, c
	case partLat:
		p.lat, p.latCol = text, c
	case partLong:
		p.long = text
	case partUser:
		p.user = text
	default:
		return false
	}
	return true
}

// finishSlot writes the findings that needed more than one column.
func (d *Document) finishSlot(r, i int, cells []string) {
	n, p := &d.table.names[i], &d.table.parts[i]
	put := func(c int, value, norm string) {
		f := d.emitCell(r, c, &d.table.columns[c], value, norm, d.slotHuman(int32(i)))
		f.Place.End = uint32(len(cells[c])) // the place is one cell, the value more
	}
	if n.col >= 0 && (n.hasSurname || n.given != "") {
		put(n.col, n.written(), n.norm())
	}
	if norm, ok := bankPair(p.sort, p.account); ok {
		put(p.accountCol, p.sort+" "+p.account, norm)
	}
	if p.lat != "" && p.long != "" {
		put(p.latCol, p.lat+", "+p.long, p.lat+","+p.long)
	}
	if p.addressCol >= 0 && wholeAddress(string(p.address)) && len(p.address) > 5 && (n.col >= 0 || placed(p.address)) {
		put(p.addressCol, string(p.address), "")
	}
}

// placed reports whether an address that stands beside no name holds a number: the
// names of buildings are in lists of meters and repairs.
func placed(address []byte) bool {
	_, digits := count(string(address))
	return digits > 0
}

// written is the name as people write it.
func (n *nameParts) written() string {
	s := n.given
	for _, part := range [...]string{n.middle, n.surname} {
		if part != "" && s != "" {
			s += " "
		}
		s += part
	}
	if n.title != "" && len(n.title) <= 12 {
		return n.title + " " + s
	}
	return s
}

// norm says which part is which, as "Surname, Given Middle".
func (n *nameParts) norm() string {
	if n.surname == "" {
		return ""
	}
	s := n.surname + ", " + n.given
	if n.middle != "" {
		s += " " + n.middle
	}
	return s
}

// cellPostcode finds the postcode in a cell that holds a whole address.
func (d *Document) cellPostcode(r, c int, text string, h *human) {
	if norm, start, end, ok := lastPostcode(text); ok {
		d.emit(&postcode, d.cellPlace(r, c, start, end), text[start:end], norm, reeve.ConfidenceB, h).Column = int32(c + 1)
	}
}

// lastPostcode finds a postcode in the last two words of a text.
func lastPostcode(s string) (norm string, start, end int, ok bool) {
	end = len(strings.TrimRight(s, " .,;)\t\n"))
	start = strings.LastIndexAny(s[:end], " ,\n") + 1
	if norm, ok = uk.NormPostcode(s[start:end]); ok {
		return norm, start, end, true
	}
	first := strings.LastIndexAny(strings.TrimRight(s[:start], " ,\n"), " ,\n") + 1
	if norm, ok = uk.NormPostcode(s[first:end]); ok {
		return norm, first, end, true
	}
	return "", 0, 0, false
}

// keepOwned drops what a row said of nobody: circumstances, an age and a death
// need a person or an address beside them.
func (d *Document) keepOwned(from int) {
	kept := d.out[:from]
	d.doubt(from)
	for _, f := range d.out[from:] {
		if attribute(f.Kind) && d.loneAttribute(from, f.Clump) {
			continue
		}
		if f.Kind.Circumstance() && (f.Capacity == reeve.CapacityProfessional || f.Capacity == reeve.CapacityPassing) {
			continue
		}
		if d.table.firm(f.Clump) {
			f.Confidence = reeve.ConfidenceD
		}
		kept = append(kept, f)
	}
	d.out = kept
}

// doubt lowers what a row states of nobody: a name with nothing beside it is a
// list of contacts or of posts, a reference that its header only calls "Ref" is an
// order's or an article's.
func (d *Document) doubt(from int) {
	row := d.out[from:]
	for i := range row {
		f := &row[i]
		switch {
		case f.Kind == reeve.KindName && f.Confidence == reeve.ConfidenceB && d.alone(row, f.Clump):
			f.Confidence = reeve.ConfidenceC
		case reference(f.Kind) && f.Column > 0 && vagueRefs[d.table.vague(f.Column)] && !identified(row, f.Clump):
			f.Confidence = reeve.ConfidenceD
		}
	}
}

// vagueRefs are headers of references that may be anything's.
var vagueRefs = wordSet(`ref|reference|our ref|our reference|your ref|your reference|ref no|reference no|reference number|ref number|case id|case no|case number|customer ref|id number|account ref`)

// vague gives the folded header of a column.
func (t *table) vague(column int32) string {
	var b [2 * maxLabel]byte
	h := t.columns[column-1].header
	return string(foldLabel(b[:0], h[:min(len(h), maxLabel)]))
}

// alone reports whether the row says nothing else of the clump of a name.
func (d *Document) alone(row []reeve.Finding, clump uint32) bool {
	for i := range row {
		if row[i].Clump == clump && row[i].Kind != reeve.KindName {
			return false
		}
	}
	return true
}

// identified reports whether the row says who a clump is, or where they live.
func identified(row []reeve.Finding, clump uint32) bool {
	for i := range row {
		f := &row[i]
		if f.Clump != clump || reference(f.Kind) || f.Kind.Circumstance() {
			continue
		}
		return true
	}
	return false
}

// firm reports whether a clump of the row is a company's.
func (t *table) firm(clump uint32) bool {
	for i := range t.humans {
		if t.humans[i].firm && t.humans[i].clump == clump {
			return true
		}
	}
	return false
}

// attribute reports whether a kind is said of somebody and never tells who.
func attribute(kind reeve.Kind) bool {
	return kind.Circumstance() || kind == reeve.KindAge || kind == reeve.KindDeath
}

// loneAttribute reports whether a clump of this row holds what is said of
// somebody and nothing else.
func (d *Document) loneAttribute(from int, clump uint32) bool {
	for _, f := range d.out[from:] {
		if f.Clump == clump && !attribute(f.Kind) {
			return false
		}
	}
	return true
}
