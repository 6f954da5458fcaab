package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// pivotCache reads the copy of its source that a pivot table keeps (18.10):
// whole rows, which outlive the sheet that they came from.
func (b *workbook) pivotCache(name string) {
	if !b.once("cache", name) {
		return
	}
	b.caches++
	p := &pivot{workbook: b}
	b.out.Begin("pivot cache "+strconv.Itoa(b.caches), reeve.LayerCache)
	b.scan(name, p.define)
	records := false
	for _, r := range b.relations(name) {
		if r.kind == "pivotCacheRecords" && b.pack.Has(r.target) {
			records = true
			b.out.BeginTable(p.header())
			b.scan(r.target, p.records)
			b.out.EndTable()
		}
	}
	if !records {
		p.itemsAlone()
	}
}

// pivot is one cache being read.
type pivot struct {
	*workbook
	fields []pivotField
	size   int64
	row    []string
}

// pivotField is a column with the values that its records point to.
type pivotField struct {
	name  string
	items []string
}

// define reads the columns and their shared values.
func (p *pivot) define(s *xmlscan.Scanner) {
	shared := false
	for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
		switch local := string(s.Local()); {
		case kind == xmlscan.Start && local == "pivotCacheDefinition":
			p.margin.Person("Refreshed by", s.Get("refreshedBy"))
		case kind == xmlscan.Start && local == "cacheField" && len(p.fields) < maxSheetColumns:
			p.fields = append(p.fields, pivotField{name: string(unescapeX([]byte(s.Get("name"))))})
		case local == "sharedItems":
			shared = kind == xmlscan.Start
		case local == "extLst" && kind == xmlscan.Start:
			s.Skip()
		case kind == xmlscan.Start && shared && len(p.fields) > 0:
			p.share(pivotValue(local, s.Get("v")))
		}
	}
}

// share keeps a value for the records, as long as there is room.
func (p *pivot) share(value string) {
	if p.size += int64(len(value)) + 16; p.size <= maxStringBytes/2 {
		f := &p.fields[len(p.fields)-1]
		f.items = append(f.items, value)
	}
}

// pivotValue shows a value by the name of its element: b, d, e, m, n, s.
func pivotValue(kind, v string) string {
	switch kind {
	case "m", "e":
		return ""
	case "b":
		return truth(append([]byte(v), '0'))
	case "d":
		return string(isoMoment([]byte(v)))
	}
	return string(unescapeX([]byte(v)))
}

func (p *pivot) header() (names []string) {
	for _, f := range p.fields {
		names = append(names, f.name)
	}
	return names
}

// records reads the rows; an x points to a shared value of its column.
func (p *pivot) records(s *xmlscan.Scanner) {
	for kind := s.Next(); kind != xmlscan.None && p.out.Err() == nil; kind = s.Next() {
		local := string(s.Local())
		switch {
		case local == "r":
			if kind == xmlscan.End && len(p.row) > 0 {
				p.out.Row(p.row)
			}
			p.row = nil
		case kind != xmlscan.Start || local == "pivotCacheRecords" || len(p.row) >= maxSheetColumns:
		case local == "x":
			p.row = append(p.row, p.item(s.Get("v")))
		default:
			p.row = append(p.row, pivotValue(local, s.Get("v")))
		}
	}
}

func (p *pivot) item(index string) string {
	n, err := strconv.Atoi(index)
	col := len(p.row)
	if err != nil || n < 0 || col >= len(p.fields) || n >= len(p.fields[col].items) {
		return ""
	}
	return p.fields[col].items[n]
}

// itemsAlone gives out the values of the columns where the records were not
// saved: each column a table of its own, as nothing says which go together.
func (p *pivot) itemsAlone() {
	for _, f := range p.fields {
		if len(f.items) == 0 {
			continue
		}
		p.out.BeginTable([]string{f.name})
		for _, v := range f.items {
			p.out.Row([]string{v})
		}
	}
	p.out.EndTable()
}

// externalLink reads the cells of another workbook that this one remembers
// (18.14).
func (b *workbook) externalLink(name string) {
	if !b.once("cache", name) {
		return
	}
	b.caches++
	label := "external link " + strconv.Itoa(b.caches)
	var titles []string
	b.scan(name, func(s *xmlscan.Scanner) {
		var r *sheetReader
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			switch local := string(s.Local()); {
			case kind == xmlscan.Start && local == "sheetName":
				titles = append(titles, s.Get("val"))
			case kind == xmlscan.Start && local == "sheetData":
				b.out.Begin(label+" "+titleOf(titles, s.Get("sheetId")), reeve.LayerCache)
				r = &sheetReader{workbook: b, scan: s, layer: reeve.LayerCache, next: 1}
			case r == nil:
			case kind == xmlscan.Start && local == "row":
				r.startRow()
			case kind == xmlscan.Start && local == "cell":
				r.readCell()
			case kind == xmlscan.End && local == "row":
				r.endRow()
			}
		}
	})
	b.out.EndTable()
	b.attach(b.relations(name), "")
}

func titleOf(titles []string, id string) string {
	if n, err := strconv.Atoi(id); err == nil && n >= 0 && n < len(titles) {
		return "sheet " + titles[n]
	}
	return "sheet " + id
}

// connectionWords are the attributes of connections that say where data came
// from and who could fetch it.
var connectionWords = map[string]bool{"name": true, "description": true, "sourceFile": true, "connection": true,
	"command": true, "serverCommand": true, "url": true, "post": true, "odcFile": true, "cubeConnection": true}

// connections lists the sources that the workbook queries (18.13); passwords
// stand in them.
func (b *workbook) connections(name string) {
	if !b.once("connections", name) {
		return
	}
	b.out.Begin("connections", reeve.LayerMetadata)
	b.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			if kind != xmlscan.Start {
				continue
			}
			s.Attrs(func(local, value []byte) {
				if connectionWords[string(local)] {
					b.out.Pair(string(local), strings.ReplaceAll(string(value), ";", "; "))
				}
			})
		}
	})
}

// revisions reads the log of a shared workbook (18.11): who changed what, with
// the old values.
func (b *workbook) revisions(name string) {
	b.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			if kind == xmlscan.Start && string(s.Local()) == "header" {
				b.margin.Person("Changed by", s.Get("userName"))
			}
		}
	})
	for _, r := range b.relations(name) {
		if r.kind == "revisionLog" && b.pack.Has(r.target) && b.once("revision", r.target) {
			b.revisionLog(r.target)
		}
	}
}

// revisionLog reads the values of cells before (oc) and after (nc) a change.
func (b *workbook) revisionLog(name string) {
	b.out.Begin("changes", reeve.LayerDeleted)
	b.scan(name, func(s *xmlscan.Scanner) {
		r := &sheetReader{workbook: b, scan: s, layer: reeve.LayerDeleted}
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			if kind == xmlscan.Start && (string(s.Local()) == "oc" || string(s.Local()) == "nc") {
				r.readCell()
				for _, cell := range r.spans {
					b.out.Line(cell.text + string(r.buf[cell.from:cell.to]))
				}
				r.spans, r.buf = r.spans[:0], r.buf[:0]
			}
		}
	})
}
