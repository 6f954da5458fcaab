package access

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

const reader = "access/1"

// Read reads every table of a database.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	f, err := openFile(src, opt.Passwords)
	if err != nil {
		return w.Finish(reader, err)
	}
	f.w = w
	return w.Finish(reader, f.read())
}

func (f *file) read() error {
	s := f.survey()
	c := f.catalogue(s)
	for _, o := range c.tables {
		f.table(s, o)
	}
	for _, page := range s.definitions {
		if !c.known[page] && len(s.owned[page]) > 0 {
			f.unlisted(s, page, c.lost)
		}
	}
	f.describe(s, c)
	switch {
	case f.w.Err() != nil:
		return f.w.Err()
	case f.cut:
		return part.CutShort("some of its pages are not there")
	case c.lost:
		return part.Broken("its list of tables is lost; tables are without their names")
	case f.short:
		return part.Broken("rows that its tables count were not found")
	case f.broken:
		return part.Broken("some of its pages could not be followed")
	}
	return nil
}

// table pushes the rows of a table, then what was deleted from it.
func (f *file) table(s *survey, o object) {
	t := f.define(o.page)
	if t == nil {
		f.broken = true
		return
	}
	if isComplex(o.name) {
		o.name = t.complexName(o.name)
	}
	if strings.HasPrefix(o.name, "MSys") {
		return
	}
	f.w.Page()
	sheet := f.sheet(t, o.name)
	f.w.Begin("table "+o.name, reeve.LayerBody)
	f.w.BeginTable(t.header())
	gone := sheet.live(s.owned[o.page])
	f.short = f.short || int64(sheet.count) < t.rows
	if len(gone) == 0 || len(sheet.moved) >= maxMoved {
		return
	}
	f.w.Begin("deleted rows of "+o.name, reeve.LayerDeleted)
	f.w.BeginTable(t.header())
	f.forgive(func() { sheet.deleted(gone) })
}

// unlisted pushes a table that the catalogue does not list: a dropped one,
// whose pages were not used again, or any where the catalogue is lost.
func (f *file) unlisted(s *survey, page uint32, lost bool) {
	var t *table
	f.forgive(func() { t = f.define(page) })
	if t == nil || !t.user {
		return
	}
	f.w.Page()
	name := "table at page " + strconv.FormatUint(uint64(page), 10)
	sheet := f.sheet(t, name)
	if lost {
		f.w.Begin(name, reeve.LayerBody)
		f.w.BeginTable(t.header())
		sheet.live(s.owned[page])
		return
	}
	f.w.Begin("dropped "+name, reeve.LayerDeleted)
	f.w.BeginTable(t.header())
	sheet.freed = true
	f.forgive(func() { sheet.live(s.owned[page]) })
}

// forgive does something in which damage is to be expected.
func (f *file) forgive(do func()) {
	broken, cut := f.broken, f.cut
	do()
	f.broken, f.cut = broken, cut
}

// header are the names of the columns.
func (t *table) header() (names []string) {
	for i := range t.columns {
		names = append(names, t.columns[i].name)
	}
	return names
}

// describe pushes the names of linked tables, and the pieces that each query is
// made of: fields, tables, joins and conditions, which may name people.
func (f *file) describe(s *survey, c *catalog) {
	f.w.Begin("properties", reeve.LayerMetadata)
	for _, words := range c.linked {
		f.w.Pair("Linked table", strings.Join(words, ", "))
	}
	if t := f.define(c.pieces); t != nil {
		f.records(s, t, func(get func(string) string) {
			if name := c.queries[get("ObjectId")]; name != "" {
				f.w.Pair("Query "+name, strings.Join([]string{get("Expression"), get("Name1"), get("Name2")}, " "))
			}
		})
	}
}
