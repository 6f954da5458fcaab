package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

const xlsxReader = "xlsx/1"

// maxSheets is the most sheets that a workbook may list.
const maxSheets = 100_000

// ReadXLSX reads a workbook (SpreadsheetML): its sheets in order, then notes,
// drawings, caches and what nothing refers to.
func ReadXLSX(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := open(src, opt, sink)
	if err != nil {
		return f.finish(xlsxReader, err)
	}
	main, lost := f.mainPart("xl/workbook.xml", "xl/workbook2.xml")
	b := &workbook{file: f}
	if lost == nil {
		b.read(main)
	}
	f.orphans("xl/", b.orphan)
	b.unusedStrings()
	f.properties()
	return f.finish(xlsxReader, lost)
}

// workbook is what the sheets of one workbook share.
type workbook struct {
	*file
	late    bool // days are counted from 1904
	sheets  []sheetEntry
	strings stringTable
	styles  styles
	people  map[string]string // authors of threaded comments by id
	caches  int               // pivot caches and external links so far
}

// sheetEntry is a line of the workbook's list of sheets.
type sheetEntry struct {
	name, id string
	hidden   bool
}

func (b *workbook) read(main string) {
	b.readList(main)
	list := b.relations(main)
	b.shared(list)
	index := byID(list)
	for _, sheet := range b.sheets {
		r, ok := index[sheet.id]
		if !ok || r.external || b.out.Err() != nil {
			b.out.Lost(part.Broken("a sheet that the workbook lists is missing"))
			continue
		}
		b.sheet(r.target, sheet.name, sheet.hidden)
	}
	b.related(list)
}

// readList reads the workbook part: sheets, calendar, defined names.
func (b *workbook) readList(main string) {
	b.scan(main, func(s *xmlscan.Scanner) {
		var name string
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			switch {
			case kind == xmlscan.Start:
				name = ""
				switch string(s.Local()) {
				case "workbookPr":
					b.late = s.Get("date1904") == "1" || s.Get("date1904") == "true"
				case "sheet":
					b.listSheet(s)
				case "definedName":
					name = s.Get("name")
				case "fileSharing":
					b.margin.Person("Reserved by", s.Get("userName"))
				}
			case kind == xmlscan.Text && name != "" && !strings.HasPrefix(name, "_xlnm"):
				b.margin.Add("defined names", reeve.LayerMetadata, []byte(name+": "+string(s.Text())))
			}
		}
	})
}

func (b *workbook) listSheet(s *xmlscan.Scanner) {
	if len(b.sheets) >= maxSheets {
		return
	}
	id := s.GetIn("/relationships", "id")
	if id == "" {
		id = s.Get("id")
	}
	b.sheets = append(b.sheets, sheetEntry{name: s.Get("name"), id: id, hidden: s.Get("state") != "" && s.Get("state") != "visible"})
}

// shared reads what the sheets need: strings, styles, authors.
func (b *workbook) shared(list []relation) {
	for _, r := range list {
		if r.external || !b.pack.Has(r.target) {
			continue
		}
		switch r.kind {
		case "sharedStrings":
			b.readStrings(r.target)
		case "styles":
			b.readStyles(r.target)
		case "person":
			b.readPeople(r.target)
		}
	}
}

// related reads what hangs on the workbook besides its sheets.
func (b *workbook) related(list []relation) {
	for _, r := range list {
		if r.external || !b.pack.Has(r.target) || b.out.Err() != nil {
			continue
		}
		switch r.kind {
		case "pivotCacheDefinition":
			b.pivotCache(r.target)
		case "externalLink":
			b.externalLink(r.target)
		case "connections":
			b.connections(r.target)
		case "revisionHeaders":
			b.revisions(r.target)
		case "customXml":
			if b.once("data", r.target) {
				b.leaves(r.target, "form data", reeve.LayerForm)
			}
		}
	}
	b.attach(list, "")
}

// sheet reads one sheet and what hangs on it.
func (b *workbook) sheet(name, title string, hidden bool) {
	if !b.once("sheet", name) {
		return
	}
	layer := reeve.LayerBody
	if hidden {
		layer = reeve.LayerHidden
	}
	place := "sheet " + title
	b.out.Page()
	b.cells(name, place, layer)
	list := b.relations(name)
	threaded := false
	for _, r := range list {
		threaded = threaded || r.kind == "threadedComment"
	}
	for _, r := range list {
		if !r.external && b.pack.Has(r.target) && b.out.Err() == nil {
			b.sheetPart(r, place, layer, threaded)
		}
	}
	b.attach(list, place+" ")
	b.margin.Flush()
}

// sheetPart reads a part that hangs on a sheet.
func (b *workbook) sheetPart(r relation, place string, layer reeve.Layer, threaded bool) {
	switch r.kind {
	case "comments":
		b.comments(r.target, place, threaded)
	case "threadedComment":
		b.threadedComments(r.target, place)
	case "drawing":
		b.drawing(r.target, place, layer)
		b.attach(b.relations(r.target), place+" ")
	case "vmlDrawing":
		b.controlsText(r.target, place)
		b.attach(b.relations(r.target), place+" ")
	case "pivotTable":
		b.related(b.relations(r.target))
	}
}

// orphan reads a part of the workbook that nothing refers to.
func (b *workbook) orphan(name string) {
	key := pack.Key(name)
	switch {
	case strings.HasPrefix(key, "xl/worksheets/sheet"):
		b.orphanShared()
		b.sheet(name, "left over "+strconv.Itoa(b.caches+1), true)
		b.caches++
	case strings.HasPrefix(key, "xl/pivotcache/pivotcachedefinition"):
		b.pivotCache(name)
	case strings.HasPrefix(key, "xl/externallinks/externallink"):
		b.externalLink(name)
	case strings.HasPrefix(key, "xl/comments"):
		b.comments(name, "left over", false)
	case strings.HasPrefix(key, "xl/threadedcomments/"):
		b.threadedComments(name, "left over")
	case key == "xl/connections.xml":
		b.connections(name)
	}
}

// orphanShared reads strings and styles by their usual names where no
// relationship led to them.
func (b *workbook) orphanShared() {
	if name := "xl/sharedStrings.xml"; b.pack.Has(name) && !b.pack.Opened(name) {
		b.readStrings(name)
	}
	if name := "xl/styles.xml"; b.pack.Has(name) && !b.pack.Opened(name) {
		b.readStyles(name)
	}
}
