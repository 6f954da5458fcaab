package ooxml

import (
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

const vsdxReader = "vsdx/1"

// ReadVSDX reads a drawing in the format of Visio ([MS-VSDX]): the text of the
// shapes of each page, the data behind them, comments.
func ReadVSDX(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := open(src, opt, sink)
	if err != nil {
		return f.finish(vsdxReader, err)
	}
	v := &sketch{file: f}
	pages := "visio/pages/pages.xml"
	v.once("page", pages) // the list of pages is not a page
	for _, r := range f.relations(pages) {
		if r.kind == "page" && f.pack.Has(r.target) {
			v.page(r.target)
		}
	}
	f.orphans("visio/pages/page", v.page)
	f.orphans("visio/comments", func(name string) { f.leaves(name, "comments", reeve.LayerComment) })
	f.properties()
	if !f.pack.Has(pages) {
		return f.finish(vsdxReader, part.Broken("its main part is missing"))
	}
	return f.finish(vsdxReader, nil)
}

// sketch is a drawing of several pages.
type sketch struct {
	*file
	pages int
}

// page reads the shapes of a page: their text, and the properties that an
// organisation chart keeps of each person.
func (v *sketch) page(name string) {
	if !v.once("page", name) {
		return
	}
	v.pages++
	v.out.Page()
	place := "page " + strconv.Itoa(v.pages)
	v.out.Begin(place, reeve.LayerBody)
	v.scan(name, func(s *xmlscan.Scanner) {
		p := shapeReader{sketch: v, scan: s, place: place}
		for kind := s.Next(); kind != xmlscan.None && v.out.Err() == nil; kind = s.Next() {
			p.token(kind)
		}
	})
	v.attach(v.relations(name), place+" ")
	v.margin.Flush()
}

// shapeReader takes the tokens of one page.
type shapeReader struct {
	*sketch
	scan     *xmlscan.Scanner
	place    string
	inText   bool
	property bool   // in the section of properties
	label    string // of the property at hand
}

func (p *shapeReader) token(kind xmlscan.Kind) {
	s := p.scan
	switch local := string(s.Local()); {
	case kind == xmlscan.Text && p.inText:
		p.out.Text(string(s.Text()))
	case local == "Text":
		p.inText = kind == xmlscan.Start
		if !p.inText {
			p.out.Text("\n")
		}
	case kind != xmlscan.Start:
	case local == "Section":
		p.property = s.Get("N") == "Property"
	case local == "Row":
		p.label = ""
	case local == "Cell" && p.property:
		p.cell(s.Get("N"), s.Get("V"))
	}
}

// cell notes label and value of a property of a shape.
func (p *shapeReader) cell(name, value string) {
	switch {
	case name == "Label":
		p.label = value
	case name == "Value" && value != "":
		p.margin.Add(p.place, reeve.LayerForm, []byte(p.label+": "+value))
	}
}
