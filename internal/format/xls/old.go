package xls

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/figure"
)

// Records of Excel 2, 3 and 4 (BIFF2 to BIFF4) that have other numbers or
// another layout than the later ones of the same meaning.
const (
	oldInteger  = 0x0002
	oldNumber   = 0x0003
	oldLabel    = 0x0004
	oldTruth    = 0x0005
	oldString   = 0x0007
	oldRow      = 0x0008
	oldBegin2   = 0x0009
	oldFormat   = 0x001E
	oldStyle3   = 0x0243
	oldStyle4   = 0x0443
	oldFormula3 = 0x0206
	oldFormula4 = 0x0406
	oldBegin3   = 0x0209
	oldBegin4   = 0x0409
	oldSheet    = 0x008F // of a workbook of Excel 4: the name of the sheet that follows
)

// translate makes the record at hand one of the later layout, where it begins
// or belongs to a stream of an older version.
func (r *records) translate() {
	switch r.kind {
	case oldBegin2:
		r.age = 2
	case oldBegin3:
		r.age = 3
	case oldBegin4:
		r.age = 4
	case recBegin:
		r.age = 0
	}
	switch {
	case r.age == 0:
	case r.kind == oldBegin2 || r.kind == oldBegin3 || r.kind == oldBegin4:
		r.kind = recBegin
	case r.kind == oldFormula3 || r.kind == oldFormula4:
		r.kind = recFormula
	case r.age == 2:
		r.translateCell()
	}
}

// translateCell turns a cell of Excel 2: three bytes of attributes, the second
// of which has the number of the format, become a style; strings are counted in
// one byte.
func (r *records) translateCell() {
	kinds := map[uint16]uint16{oldInteger: recRK, oldNumber: recNumber, oldLabel: recLabel, oldTruth: recTruth,
		recFormula: recFormula, oldString: recString, oldRow: recRow}
	kind, ok := kinds[r.kind]
	if !ok {
		return
	}
	was := r.kind
	r.kind = kind
	switch was {
	case oldString:
		if len(r.body) > 0 {
			r.body = append([]byte{r.body[0], 0}, r.body[1:]...)
		}
		return
	case oldRow:
		r.body = nil // says nothing of hiding
		return
	}
	if len(r.body) < 9 {
		r.body = nil
		return
	}
	cell := append([]byte(nil), r.body[:4]...)
	cell = append(cell, r.body[5]&0x3F, 0)
	switch was {
	case oldInteger:
		cell = binary.LittleEndian.AppendUint32(cell, uint32(binary.LittleEndian.Uint16(r.body[7:]))<<2|2)
	case oldLabel:
		cell = append(append(cell, r.body[7], 0), r.body[8:]...)
	default:
		cell = append(cell, r.body[7:]...)
	}
	r.body = cell
}

// oldRecord takes the records that a sheet of Excel 2 to 4 has for itself,
// since no globals come before it.
func (b *book) oldRecord() {
	r := b.rec
	switch r.kind {
	case oldFormat:
		b.addFormat(b.short(0))
	case recFormat:
		b.addFormat(b.short(2))
	case oldStyle3, oldStyle4:
		if n := int(r.byteAt(1)); len(b.styles) < maxStyles {
			b.styles = append(b.styles, b.formats[n])
		}
	default:
		b.record()
	}
}

// addFormat defines the next format; in Excel 2 cells name formats themselves.
func (b *book) addFormat(code string) {
	f := shown(figure.Parse(code))
	if len(b.formats) > maxStyles {
		return
	}
	b.formats[len(b.formats)] = f
	if b.rec.age == 2 {
		b.styles = append(b.styles, f)
	}
}
