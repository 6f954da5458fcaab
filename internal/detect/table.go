package detect

import (
	"slices"

	"github.com/reeve-council/reeve"
)

// table is the state of the table that is being read; a table longer than a
// block goes on in the next block with the same part and number.
type table struct {
	open    bool
	part    string
	number  int
	columns []column
	slots   []slot // slots[0] is whom the row is about
	form    bool   // label and value side by side instead of columns
	humans  []human
	names   []nameParts
	parts   []rowParts
}

// nameParts collects a name that stands in several columns.
type nameParts struct {
	title, given, middle, surname string
	col                           int // column of the surname, else of the first part; -1 for none
	hasSurname                    bool
}

// rowParts collects the other values that stand in two columns.
type rowParts struct {
	sort, account, lat, long, user string
	accountCol, latCol             int
	address                        []byte
	addressCol                     int
}

// rows reads a block of a table.
func (d *Document) rows(b *reeve.Block) {
	t := &d.table
	first := 0
	if !t.open || t.part != b.Part || t.number != b.Table || b.First <= 1 && t.open && t.number == 0 {
		d.endTable()
		*t = table{open: true, part: b.Part, number: b.Table}
		first = d.learn(b)
	}
	if t.form {
		d.formRows(b)
		return
	}
	d.out = slices.Grow(d.out, (len(b.Rows)-first)*t.typed())
	for r := first; r < len(b.Rows); r++ {
		d.row(r, b.Rows[r])
	}
}

// typed is the number of columns that give findings of their own.
func (t *table) typed() int {
	n := 0
	for c := range t.columns {
		if t.columns[c].known() && t.columns[c].detector != nil {
			n++
		}
	}
	return n
}

// learn finds the header and types the columns; it gives the index of the
// first row of data.
func (d *Document) learn(b *reeve.Block) int {
	t := &d.table
	width := 0
	for _, row := range b.Rows {
		width = max(width, len(row))
	}
	header, first := b.Header, 0
	var above []string
	if header == nil {
		at := findHeader(b.Rows)
		if formTable(b.Rows, at < 0) {
			t.form = true
			return 0
		}
		if at >= 0 {
			header, first = b.Rows[at], at+1
			if at > 0 {
				above = b.Rows[at-1]
			}
		}
	}
	t.columns = make([]column, max(width, len(header)))
	t.readHeader(header, above)
	for c := range t.columns {
		cells := cellsOf(b.Rows[first:], c)
		t.columns[c].settle(cells)
		if col := &t.columns[c]; !col.known() {
			if f := guess(cells); f != nil {
				col.field = f
			} else {
				col.notes = true
			}
		}
	}
	if header == nil {
		t.guessNames(func(c int) func(yield func(string) bool) { return cellsOf(b.Rows[first:], c) })
	}
	t.assignSlots()
	return first
}

// cellsOf runs over the cells of a column in the rows that type it.
func cellsOf(rows [][]string, c int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i, row := range rows {
			if i == learnRows {
				return
			}
			if c < len(row) && !yield(row[c]) {
				return
			}
		}
	}
}

// headerRows is how far down a header may stand, below titles and dates.
const headerRows = 10

// findHeader gives the row that reads most like a header, or -1: at least two
// cells, or all of one or two, must be known, and the row must not hold values.
func findHeader(rows [][]string) int {
	best, at := 0, -1
	for r := 0; r < len(rows) && r < headerRows; r++ {
		known, filled := 0, 0
		for _, cell := range rows[r] {
			if cell == "" {
				continue
			}
			filled++
			if readHeading(cell).known() {
				known++
			}
		}
		if known < 2 && known < filled || known*3 < filled {
			continue
		}
		if known > best {
			best, at = known, r
		}
	}
	if at >= 0 && best == 1 && len(rows) < 3 {
		return -1
	}
	return at
}

// readHeader reads the header cells; a row of people above it ("Tenant 1",
// then empty cells, then "Tenant 2") chooses the slots of columns below.
func (t *table) readHeader(header, above []string) {
	var group heading
	for c, cell := range header {
		col := &t.columns[c]
		col.header = cell
		col.heading = readHeading(cell)
		if c < len(above) && above[c] != "" {
			group = readHeading(above[c])
		}
		if group.bare && col.known() && col.heading.slot.key == "" {
			col.heading.slot = group.slot
		}
	}
}

// assignSlots numbers the people of a row. The first person that is a subject
// is the one the row is about and has the columns without a person's name; a
// name that stands twice opens a second person.
func (t *table) assignSlots() {
	t.slots = append(t.slots[:0], slot{stand: standSubject, capacity: reeve.CapacitySubject})
	main := t.mainSlot()
	seen := make(map[[2]int32]bool)
	var shift int32
	for c := range t.columns {
		col := &t.columns[c]
		if !col.known() {
			continue
		}
		if key := col.heading.slot.key; key != "" && key != main && !t.nameless(col.heading.slot) {
			col.slot = t.slotIndex(col.heading.slot)
			continue
		}
		if main != "" && col.heading.slot.key == main && col.heading.slot.stand == standPerpetrator {
			t.slots[0] = col.heading.slot
		}
		if col.kind == reeve.KindName && (col.part == partFull || col.part == partSurname || col.part == partGiven) {
			p := [2]int32{int32(col.part), shift}
			if seen[p] {
				shift = t.slotIndex(slot{key: "again" + string(rune('0'+shift%10)), stand: standSecond, capacity: reeve.CapacitySubject})
				p[1] = shift
			}
			seen[p] = true
		}
		col.slot = shift
	}
	t.humans = make([]human, len(t.slots))
	t.names = make([]nameParts, len(t.slots))
	t.parts = make([]rowParts, len(t.slots))
}

// nameless reports whether a slot is a subject for which the table has no name:
// "Resident address" beside "Name" is the same person's.
func (t *table) nameless(s slot) bool {
	if s.stand != standSubject && s.stand != standVictim {
		return false
	}
	for c := range t.columns {
		if col := &t.columns[c]; col.known() && col.heading.slot.key == s.key && col.kind == reeve.KindName {
			return false
		}
	}
	return true
}

// mainSlot is the key of the person that the rows are about: the first subject
// with a name, where the header names people at all and no name stands without
// one.
func (t *table) mainSlot() string {
	for c := range t.columns {
		col := &t.columns[c]
		if !col.known() || col.kind != reeve.KindName {
			continue
		}
		switch s := col.heading.slot; {
		case s.key == "":
			return ""
		case s.capacity == reeve.CapacitySubject && s.stand != standSecond && s.stand != standPerpetrator:
			return s.key
		}
	}
	return ""
}

func (t *table) slotIndex(s slot) int32 {
	for i := 1; i < len(t.slots); i++ {
		if t.slots[i].key == s.key {
			return int32(i)
		}
	}
	t.slots = append(t.slots, s)
	return int32(len(t.slots) - 1)
}

// endTable compares what the columns were taken for with what they held.
func (d *Document) endTable() {
	t := &d.table
	if t.open && !t.form {
		for c := range t.columns {
			d.review(c, &t.columns[c])
		}
	}
	t.open = false
}

func (d *Document) review(c int, col *column) {
	if !col.known() || col.detector == nil || col.part == partNote || col.part == partText || col.filled < 20 {
		return
	}
	fix := Correction{Table: d.table.number, Column: int32(c + 1), Kind: col.kind}
	switch share := float64(col.valid) / float64(col.filled); {
	case share < typedShare/2:
		fix.Drop = true
	case share < typedShare:
		fix.Confidence = reeve.ConfidenceD
	default:
		return
	}
	d.fixes = append(d.fixes, fix)
}
