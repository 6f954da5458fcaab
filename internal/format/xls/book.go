package xls

import (
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Limits of what is held of a workbook.
const (
	maxSheets   = 100_000
	maxStyles   = 200_000
	maxPictures = 64 << 20 // bytes of the pictures of all sheets, which wait in memory
	maxNested   = 16       // substreams within substreams
)

// book is a workbook while it is read.
type book struct {
	out       *part.Writer
	margin    *pack.Margin
	rec       *records
	passwords []string
	wide      bool // BIFF8: text in Unicode
	narrow    compound.Narrow
	late      bool // days are counted from 1904
	sheets    []sheetEntry
	byPlace   map[int64]int // place in the stream → number of the sheet
	strings   stringTable
	styles    []*figure.Format // by style; nil shows numbers plainly
	formats   map[int]*figure.Format
	scratch   []byte
	links     linkCache
	unlisted  int    // substreams that no list of sheets names
	title     string // of the sheet that follows, in a workbook of Excel 4
	depth     int    // of substreams that stand within the globals
	fault     error  // a part.Fault that ends the reading
}

// sheetEntry is a line of the workbook's list of sheets (2.4.28).
type sheetEntry struct {
	name   string
	hidden bool
	seen   bool
	tried  bool // the reader moved to where it should begin
}

// read reads the substreams in stored order. Where the records lose their way
// it goes on at the next sheet that the list names. The error is a part.Fault.
func (b *book) read() error {
	b.margin = pack.NewMargin(b.out)
	b.formats = map[int]*figure.Format{}
	first := true
	for b.out.Err() == nil {
		if !b.rec.next() || b.rec.kind != recBegin {
			if first {
				return b.noBook()
			}
			if !b.resume() {
				break
			}
			continue
		}
		b.substream()
		if b.fault != nil {
			return b.fault
		}
		first = false
	}
	b.margin.Flush()
	b.unusedStrings()
	b.out.Begin("", reeve.LayerBody)
	b.missing()
	return nil
}

// noBook says why a stream that does not begin a workbook of our kind is not
// read.
func (b *book) noBook() error {
	if b.rec.at == 0 || b.rec.kind == recBegin {
		return part.CutShort("the workbook is empty or cut short")
	}
	return errNotBook
}

var errNotBook = part.Broken("the workbook does not begin as one")

// resume moves to the next listed sheet behind the place at hand.
func (b *book) resume() bool {
	next := int64(-1)
	for at, n := range b.byPlace {
		if at > b.rec.from && !b.sheets[n].tried && (next < 0 || at < next) {
			next = at
		}
	}
	if next < 0 {
		return false
	}
	b.sheets[b.byPlace[next]].tried = true
	return b.rec.seek(next)
}

// missing notes the sheets that the list names and nobody found.
func (b *book) missing() {
	if slices.ContainsFunc(b.sheets, func(s sheetEntry) bool { return !s.seen }) {
		b.out.Lost(part.Broken("a sheet that the workbook lists is missing"))
	} else if b.rec.cut {
		b.out.Lost(part.CutShort("the workbook ends before its own structure does"))
	}
}

// substream reads the one whose beginning is at hand (2.1.7.20).
func (b *book) substream() {
	version, kind := b.rec.u16(0), b.rec.u16(2)
	switch kind {
	case subGlobals, subWorkspace:
		b.wide = version >= 0x0600
		b.globals()
		return
	case subCode:
		b.skipTo(recEnd)
		return
	}
	if len(b.sheets) == 0 {
		b.wide = version >= 0x0600
	}
	b.sheet(kind)
}

// skipTo passes over records up to one of a kind.
func (b *book) skipTo(kind uint16) {
	if n, ok := b.byPlace[b.rec.from]; ok {
		b.sheets[n].seen = true
	}
	for b.rec.next() && b.rec.kind != kind {
	}
}

// globals reads what the sheets share. In a workbook of Excel 4 the sheets
// themselves stand within.
func (b *book) globals() {
	for b.fault == nil && b.rec.next() && b.rec.kind != recEnd {
		switch {
		case b.rec.kind == recBegin && b.rec.age > 0 && b.depth < maxNested:
			b.depth++
			b.substream()
			b.depth--
		case b.rec.kind == recBegin: // the globals have no end
			b.rec.seek(b.rec.from)
			return
		case b.rec.age > 0:
			b.oldRecord()
		default:
			b.record()
		}
	}
	b.links.end(b)
}

// record takes a record of the globals.
func (b *book) record() {
	r := b.rec
	switch r.kind {
	case recCodePage:
		b.narrow = compound.CodePage(r.u16(0))
	case recCalendar:
		b.late = r.u16(0) == 1
	case recFilePass:
		b.rec.lock, b.fault = unlock(r.body, b.wide, b.passwords)
	case oldSheet:
		b.title = b.short(4)
	case recSheet:
		b.listSheet()
	case recStrings:
		b.sharedStrings()
	case recFormat:
		b.format()
	case recStyle:
		if len(b.styles) < maxStyles {
			b.styles = append(b.styles, b.lookup(r.u16(2)))
		}
	case recName:
		b.name()
	case recWriter:
		b.margin.Person("Last opened by", b.person())
	case recSharing:
		b.margin.Person("Reserved by", b.long(4))
	case recDrawings:
		b.pictures()
	default:
		b.links.record(b)
	}
}

// person reads the name in a WRITEACCESS record, which is filled up with
// spaces.
func (b *book) person() string {
	if b.wide {
		return trim(b.long(0))
	}
	return trim(b.short(0))
}

func (b *book) listSheet() {
	r := b.rec
	if len(b.sheets) >= maxSheets || len(r.body) < 7 {
		return
	}
	b.byPlace[int64(r.u32(0))] = len(b.sheets)
	b.sheets = append(b.sheets, sheetEntry{name: b.short(6), hidden: r.byteAt(4)&3 != 0})
}

// format defines the number format of an id.
func (b *book) format() {
	if len(b.formats) > maxStyles {
		return
	}
	var code string
	if b.wide {
		code = b.long(2)
	} else {
		code = b.short(2)
	}
	b.formats[b.rec.u16(0)] = shown(figure.Parse(code))
}

// lookup gives the format of an id: the one defined, or the one that needs no
// definition.
func (b *book) lookup(id int) *figure.Format {
	f, ok := b.formats[id]
	if !ok && len(b.formats) <= maxStyles {
		f = shown(figure.Builtin(id))
		b.formats[id] = f
	}
	return f
}

// shown is nil for a format that shows numbers plainly, which is most of them.
func shown(f figure.Format) *figure.Format {
	if f.General() {
		return nil
	}
	return &f
}

// name notes a defined name (2.4.150) and the text that it may stand for;
// names that programs made are left.
func (b *book) name() {
	r := b.rec
	const builtin, text = 0x20, 0x17
	n := int(r.byteAt(3))
	if r.u16(0)&builtin != 0 || n == 0 {
		return
	}
	label, size := b.counted(14, n), n
	at := 14 + n
	if b.wide {
		if r.byteAt(14)&1 != 0 {
			size *= 2
		}
		at = 15 + size
	}
	value := ""
	if r.byteAt(at) == text {
		value = ": " + b.short(at+1)
	}
	b.margin.Add("defined names", reeve.LayerMetadata, []byte(label+value))
}

// pictures passes on the pictures of all sheets, which stand in the globals,
// in as many records as it takes.
func (b *book) pictures() {
	all := append([]byte(nil), b.rec.body...)
	for len(all) < maxPictures && b.rec.moreOf(recDrawings) {
		all = append(all, b.rec.body...)
	}
	compound.Pictures(b.out, all, nil)
	if len(all) >= maxPictures {
		b.out.Lost(part.Over(reeve.ReasonTooLarge, "more bytes of pictures than can be held"))
	}
}

// enter finds the entry of the sheet that begins at the record at hand, and
// its layer.
func (b *book) enter() (place string, layer reeve.Layer) {
	n, ok := b.byPlace[b.rec.from]
	if !ok {
		b.unlisted++
		if b.title != "" {
			return "sheet " + b.title, reeve.LayerBody
		}
		if len(b.sheets) == 0 {
			return "sheet " + strconv.Itoa(b.unlisted), reeve.LayerBody
		}
		return "sheet left over " + strconv.Itoa(b.unlisted), reeve.LayerHidden
	}
	s := &b.sheets[n]
	s.seen = true
	if s.hidden {
		return "sheet " + s.name, reeve.LayerHidden
	}
	return "sheet " + s.name, reeve.LayerBody
}
