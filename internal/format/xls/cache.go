package xls

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
)

func sortedKeys[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }

// linkCache follows the records in which a workbook remembers cells of others:
// which workbook (2.4.271), which of its sheets (2.4.332), and rows of cells
// (2.4.64).
type linkCache struct {
	books  int
	gave   int      // rows so far
	sheets []string // of the workbook at hand
	place  string
	table  grid
	row    int
	cells  []string
}

// record takes one of the records, and ends a row when another comes.
func (l *linkCache) record(b *book) {
	switch b.rec.kind {
	case recBookLink:
		l.end(b)
		l.book(b)
	case recExternSheet:
		if !b.wide {
			l.end(b)
			l.oldBook(b)
		}
	case recExternCount:
		l.end(b)
		l.sheet(b)
	case recExternRow:
		l.cached(b)
	default:
		l.end(b)
	}
}

// book begins another workbook: its path, encoded, then the names of its
// sheets.
func (l *linkCache) book(b *book) {
	r := b.rec
	l.sheets, l.place = nil, ""
	count, n := r.u16(0), r.u16(2)
	if n == 0x0401 || n == 0x3A01 || len(r.body) < 5 {
		return // this workbook itself, or an add-in
	}
	c := cursor{r, r.body[2:]}
	path, ok := c.rich(nil)
	l.books++
	b.margin.Link("externalLink", linkPath(string(path)))
	for i := 0; ok && i < count && i < maxSheets; i++ {
		var name []byte
		if name, ok = c.rich(nil); ok {
			l.sheets = append(l.sheets, string(name))
		}
	}
}

// oldBook begins another workbook before BIFF8, where one record names path
// and sheet.
func (l *linkCache) oldBook(b *book) {
	l.sheets, l.place = nil, ""
	name := b.short(0)
	if len(b.rec.body) < 3 || b.rec.byteAt(1) == 3 {
		return
	}
	l.books++
	l.sheets = []string{linkPath(name)}
	b.margin.Link("externalLink", linkPath(name))
}

// linkPath decodes a path (2.5.277): a first character says that it is one, and
// control characters stand for drives and folders.
func linkPath(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch r {
		case 3:
			return '\\'
		case 1, 2, 4, 5, 6, 7, 8:
			return ' '
		}
		return r
	}, s), " ")
}

// sheet begins the rows of one sheet.
func (l *linkCache) sheet(b *book) {
	if l.books == 0 {
		return
	}
	title := "sheet " + strconv.Itoa(b.rec.u16(2)+1)
	if n := b.rec.u16(2); n < len(l.sheets) {
		title = "sheet " + l.sheets[n]
	}
	l.place = "external link " + strconv.Itoa(l.books) + " " + title
	l.table = grid{out: b.out, layer: reeve.LayerCache}
}

// cached takes cells of one row: last column, first column, row, values.
func (l *linkCache) cached(b *book) {
	r := b.rec
	if l.place == "" || len(r.body) < 5 {
		return
	}
	last, first, row := int(r.byteAt(0)), int(r.byteAt(1)), r.u16(2)
	if row != l.row {
		l.end(b)
		l.row = row
	}
	c := cursor{r, r.body[4:]}
	for col := first; col <= last; col++ {
		text, ok := b.cachedValue(&c)
		if !ok {
			return
		}
		for len(l.cells) <= col {
			l.cells = append(l.cells, "")
		}
		l.cells[col] = text
	}
}

// cachedValue reads one value (2.5.231): a byte of kind, then eight bytes or
// text.
func (b *book) cachedValue(c *cursor) (string, bool) {
	kind, ok := c.take(1)
	if !ok {
		return "", false
	}
	if kind[0] == 2 {
		return b.cachedText(c)
	}
	k := kind[0]
	v, ok := c.take(8)
	switch {
	case !ok:
		return "", false
	case k == 1:
		return string(figure.AppendPlain(nil, floatOf(v))), true
	case k == 4:
		return truth(v[0], false), true
	case k == 16:
		return truth(v[0], true), true
	}
	return "", k == 0
}

func (b *book) cachedText(c *cursor) (string, bool) {
	if b.wide {
		text, ok := c.rich(nil)
		return string(text), ok
	}
	n, ok := c.take(1)
	if !ok {
		return "", false
	}
	text, ok := c.take(int(n[0]))
	return b.narrow.String(text), ok
}

// end gives out the row at hand. The rows stand between records of the book, so
// that the part is begun for each run of them.
func (l *linkCache) end(b *book) {
	if len(l.cells) == 0 {
		return
	}
	b.out.Begin(l.place, reeve.LayerCache)
	l.table.put(l.row+1, reeve.LayerCache, l.cells)
	l.cells = nil
	l.gave++
}
