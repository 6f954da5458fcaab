package xls

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/ole"
)

// Limits of a pivot cache.
const (
	maxFields    = 1 << 14
	maxPivotSize = 128 << 20
)

// pivotCaches reads the copies of their sources that pivot tables keep: whole
// rows, which outlive the sheet that they came from.
func (b *book) pivotCaches(f *ole.File) {
	caches := f.Find("_SX_DB_CUR")
	if caches == nil {
		caches = f.Find("_SX_DB")
	}
	if caches == nil {
		return
	}
	for i, e := range caches.Children {
		if e.Kind != ole.Stream || b.out.Err() != nil {
			continue
		}
		p := &pivot{book: &book{out: b.out, margin: b.margin, rec: newRecords(e.Open(), b.out), wide: b.wide, narrow: b.narrow}}
		b.out.Begin("pivot cache "+strconv.Itoa(i+1), reeve.LayerCache)
		p.read()
		b.out.EndTable()
	}
	b.margin.Flush()
}

// pivot is one cache being read: fields with the values that the records point
// to, then the records ([MS-XLS] 2.1.7.12).
type pivot struct {
	*book
	fields []pivotField
	size   int
	began  bool
	row    []string
	open   []int // fields of the row at hand whose values come in records of their own
}

type pivotField struct {
	name   string
	shared bool // records point to its items
	count  int  // items still to come
	wide   bool // by numbers of two bytes
	items  []string
}

func (p *pivot) read() {
	for p.rec.next() && p.rec.kind != recEnd {
		switch kind := p.rec.kind; {
		case kind == recPivotCache:
			p.margin.Person("Refreshed by", p.long(18))
		case kind == recPivotField && len(p.fields) < maxFields:
			p.field()
		case kind == recPivotRecord:
			p.indexes()
		case kind >= recPivotNumber && kind <= recPivotNothing:
			p.take(p.value())
		}
	}
	p.endRow()
	if !p.began {
		p.itemsAlone()
	}
}

// field begins a column (2.4.283): flags, parents, counts, its name.
func (p *pivot) field() {
	flags, n := p.rec.u16(0), p.rec.u16(12)
	f := pivotField{shared: flags&1 != 0, wide: flags&0x200 != 0, count: n}
	if len(p.rec.body) > 14 {
		f.name = p.long(14)
	}
	p.fields = append(p.fields, f)
}

// take puts a value where it belongs: among the items of the last field while
// some are to come, else into the row.
func (p *pivot) take(text string) {
	if n := len(p.fields); n > 0 && !p.began {
		if f := &p.fields[n-1]; f.count > 0 {
			f.count--
			if p.size += len(text) + 16; p.size < maxPivotSize {
				f.items = append(f.items, text)
			}
			return
		}
	}
	if len(p.open) == 0 {
		p.endRow()
		p.begin()
	}
	if len(p.open) > 0 {
		p.row[p.open[0]] = text
		p.open = p.open[1:]
	}
}

// begin starts a row: the fields that no index fills wait for values.
func (p *pivot) begin() {
	if !p.began {
		p.began = true
		var names []string
		for _, f := range p.fields {
			names = append(names, f.name)
		}
		p.out.BeginTable(names)
	}
	p.row = make([]string, len(p.fields))
	p.open = p.open[:0:0]
	for i, f := range p.fields {
		if !f.shared {
			p.open = append(p.open, i)
		}
	}
}

// indexes takes a record's numbers of items, one for each field that shares
// its items.
func (p *pivot) indexes() {
	p.endRow()
	p.begin()
	b := p.rec.body
	for i := range p.fields {
		f := &p.fields[i]
		if !f.shared || len(b) == 0 {
			continue
		}
		n := int(b[0])
		if f.wide {
			if len(b) < 2 {
				break
			}
			n = int(binary.LittleEndian.Uint16(b))
			b = b[1:]
		}
		b = b[1:]
		if n < len(f.items) {
			p.row[i] = f.items[n]
		}
	}
}

func (p *pivot) endRow() {
	if p.row != nil {
		p.out.Row(p.row)
		p.row = nil
	}
}

// itemsAlone gives out the values of the columns where the records were not
// saved: each a table of its own, as nothing says which go together.
func (p *pivot) itemsAlone() {
	for _, f := range p.fields {
		if len(f.items) == 0 {
			continue
		}
		p.out.BeginTable([]string{f.name})
		for _, text := range f.items {
			p.out.Row([]string{text})
		}
	}
}

// value shows the value in the record at hand.
func (p *pivot) value() string {
	r := p.rec
	switch r.kind {
	case recPivotNumber:
		if len(r.body) >= 8 {
			return string(figure.AppendPlain(nil, floatOf(r.body)))
		}
	case recPivotTruth:
		return truth(r.byteAt(0), false)
	case recPivotError:
		return truth(r.byteAt(0), true)
	case recPivotInteger:
		return strconv.Itoa(int(int16(r.u16(0))))
	case recPivotText:
		return p.long(0)
	case recPivotDate:
		return pivotDate(r.u16(0), r.u16(2), int(r.byteAt(4)), int(r.byteAt(5)), int(r.byteAt(6)), int(r.byteAt(7)))
	}
	return ""
}

// pivotDate shows a date; the time where there is one.
func pivotDate(year, month, day, hour, minute, second int) string {
	d := reeve.Date{Year: int16(min(year, 9999)), Month: int8(min(month, 13)), Day: int8(min(day, 32))}
	if !d.Valid() {
		return ""
	}
	if hour|minute|second == 0 {
		return d.String()
	}
	return d.String() + " " + two(hour) + ":" + two(minute) + ":" + two(second)
}

func two(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }

func floatOf(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
