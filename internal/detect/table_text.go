package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// notes reads the cells of free text as prose whose subject is the row's person.
func (d *Document) notes(r int, cells []string) {
	for c, text := range cells {
		if c >= len(d.table.columns) || len(text) < 3 {
			continue
		}
		col := &d.table.columns[c]
		if col.notes && worthReading(text) || col.known() && col.part == partNote {
			d.proseCell(r, c, text, col.slot)
		}
	}
}

// worthReading leaves out cells that hold neither words nor a number of some
// length.
func worthReading(text string) bool {
	letters, digits := count(text)
	return letters >= 3 || digits >= 6
}

// proseCell reads one cell as prose about the person of a slot.
func (d *Document) proseCell(r, c int, text string, slot int32) {
	p := &d.prose
	h := d.table.humans[slot]
	if h.clump == 0 && d.table.slots[slot].capacity == reeve.CapacitySubject {
		h.clump = d.newClump()
		d.table.humans[slot] = h
	}
	n := &d.table.names[slot]
	h.given, h.surname = n.given, n.surname
	if h.surname == "" {
		h.given, h.surname = d.nameInClump(h.clump)
	}
	before := d.subject
	d.subject = h
	p.row, p.col = int32(r), int32(c)
	p.cell = true
	d.read(text)
	p.cell = false
	d.subject = before
}

// nameInClump finds the name that this row gave its person.
func (d *Document) nameInClump(clump uint32) (given, surname string) {
	for i := len(d.out) - 1; i >= 0 && clump != 0; i-- {
		f := &d.out[i]
		if f.Place.Row != int32(d.prose.row) && f.Clump != clump {
			return "", ""
		}
		if f.Clump == clump && f.Kind == reeve.KindName {
			return splitName(f.Value.Reveal(), false)
		}
	}
	return "", ""
}

// formTable reports whether a table is a form: labels in the first column, what
// was filled in beside them. Where a row could be a header, nearly all of the
// first column must be labels; words for people alone ("Social worker") count
// only with a colon, since a column of roles holds them too.
func formTable(rows [][]string, headless bool) bool {
	labels, filled := 0, 0
	for i, row := range rows {
		if i == 60 {
			break
		}
		if len(row) < 2 || row[0] == "" {
			continue
		}
		filled++
		cell, colon := strings.CutSuffix(strings.TrimSpace(row[0]), ":")
		if h := readHeading(cell); h.known() && (!h.bare || colon || headless) {
			labels++
		}
	}
	if !headless {
		return labels >= 3 && labels*4 >= filled*3
	}
	return labels >= 2 && labels*2 >= filled || labels == 1 && filled == 1
}

// formRows reads a form set as a table: each known label takes the cell to its
// right; other cells are read as prose about the form's subject.
func (d *Document) formRows(b *reeve.Block) {
	from := len(d.out)
	for r, row := range b.Rows {
		for c := 0; c < len(row); c++ {
			cell := strings.TrimSpace(row[c])
			if cell == "" {
				continue
			}
			h := readHeading(strings.TrimSuffix(cell, ":"))
			if !h.known() {
				d.formProse(r, c, row[c])
				continue
			}
			if c+1 < len(row) && strings.TrimSpace(row[c+1]) != "" && !readHeading(strings.TrimSuffix(strings.TrimSpace(row[c+1]), ":")).known() {
				c++
				d.formCell(r, c, h, cell, row[c])
			} else if h.bare {
				d.form.section = h.slot
			}
		}
	}
	d.form.flush(d)
	d.settleCapacities(from)
}

// formCell gives a labelled cell to the form, or reads it as prose where the
// label promises no value.
func (d *Document) formCell(r, c int, h heading, label, text string) {
	place := func(start, end int) reeve.Place { return d.cellPlace(r, c, start, end) }
	if !d.put(h, label, text, 0, place) {
		d.formProse(r, c, text)
	}
}

func (d *Document) formProse(r, c int, text string) {
	if !worthReading(text) {
		return
	}
	p := &d.prose
	before := d.subject
	if main := d.form.main(); main != nil {
		d.subject = *main
	}
	p.row, p.col, p.cell = int32(r), int32(c), true
	d.read(text)
	p.cell = false
	if main := d.form.main(); main == nil {
		d.subject = before
	}
}
