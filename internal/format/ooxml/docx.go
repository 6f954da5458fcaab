package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

const docxReader = "docx/1"

// ReadDOCX reads a word processor's document (WordprocessingML): the body first,
// then what hangs on it, then what nothing refers to.
func ReadDOCX(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := open(src, opt, sink)
	if err != nil {
		return f.finish(docxReader, err)
	}
	main, lost := f.mainPart("word/document.xml", "word/document2.xml")
	d := &document{file: f}
	if lost == nil {
		d.read(main)
	}
	f.orphans("word/", d.orphan)
	f.properties()
	return f.finish(docxReader, lost)
}

// document is what the parts of one document share.
type document struct {
	*file
	hidden map[string]bool // ids of styles that hide their text
	counts map[string]int  // parts of a kind so far
	lists  lists
}

// read reads the main part and all that it refers to.
func (d *document) read(main string) {
	list := d.relations(main)
	for _, r := range list {
		switch {
		case r.external || !d.pack.Has(r.target):
		case r.kind == "styles":
			d.readStyles(r.target)
		case r.kind == "numbering":
			d.readLists(r.target)
		}
	}
	d.walk(main, "", reeve.LayerBody)
	d.related(list)
}

// related reads the parts that a list of relationships names.
func (d *document) related(list []relation) {
	for _, r := range list {
		if r.external || !d.pack.Has(r.target) || d.out.Err() != nil {
			continue
		}
		if place, layer := d.role(r.kind); place != "" {
			d.side(r.target, place, layer)
			continue
		}
		switch r.kind {
		case "settings", "people":
			d.readSettings(r.target)
			d.attach(d.relations(r.target), "") // template, sources of a mail merge
		case "glossaryDocument":
			d.side(r.target, "glossary", reeve.LayerHidden)
		case "customXml":
			if d.once("data", r.target) {
				d.leaves(r.target, "form data", reeve.LayerForm)
			}
		}
	}
	d.attach(list, "")
}

// role is the place and layer of a part by its kind of relationship, or by the
// beginning of its name, which is the same word.
func (d *document) role(kind string) (string, reeve.Layer) {
	switch kind {
	case "header", "footer":
		return d.numbered(kind), reeve.LayerHeader
	case "footnotes", "endnotes":
		return kind, reeve.LayerBody
	case "comments":
		return kind, reeve.LayerComment
	}
	return "", 0
}

// numbered tells the parts of one kind apart: header, header 2, header 3.
func (d *document) numbered(kind string) string {
	if d.counts == nil {
		d.counts = map[string]int{}
	}
	d.counts[kind]++
	if n := d.counts[kind]; n > 1 {
		return kind + " " + strconv.Itoa(n)
	}
	return kind
}

// side reads a part beside the body with all that it refers to, once.
func (d *document) side(name, place string, layer reeve.Layer) {
	if !d.once("part", name) {
		return
	}
	d.walk(name, place, layer)
	d.related(d.relations(name))
}

// orphan reads a part of the document that nothing refers to.
func (d *document) orphan(name string) {
	base := strings.TrimPrefix(pack.Key(name), "word/")
	base = strings.TrimRight(strings.TrimSuffix(base, ".xml"), "0123456789")
	switch base {
	case "document":
		d.side(name, "left over", reeve.LayerHidden)
	case "header", "footer", "footnotes", "endnotes", "comments":
		place, layer := d.role(base)
		d.side(name, place, layer)
	}
}

// readStyles notes the styles whose text is hidden and those that number.
func (d *document) readStyles(name string) {
	d.hidden, d.lists.byStyle = map[string]bool{}, map[string]listPlace{}
	var id string
	d.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			if kind != xmlscan.Start {
				continue
			}
			switch string(s.Local()) {
			case "style":
				id = s.Get("styleId")
			case "vanish":
				if on(s) && id != "" && len(d.hidden) < maxRelations {
					d.hidden[id] = true
				}
			case "numId", "ilvl":
				if len(d.lists.byStyle) < maxLists {
					d.lists.byStyle[id] = d.lists.byStyle[id].with(s)
				}
			}
		}
	})
}

// on is the value of a property that is true unless it says otherwise.
func on(s *xmlscan.Scanner) bool {
	switch s.Get("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// readSettings lists what settings and the people part say of people: document
// variables, mail merge sources, authors.
func (d *document) readSettings(name string) {
	d.out.Begin("settings", reeve.LayerMetadata)
	d.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			if kind != xmlscan.Start {
				continue
			}
			switch local := string(s.Local()); local {
			case "docVar":
				d.out.Pair(s.Get("name"), s.Get("val"))
			case "connectString", "query", "udl", "addressFieldName", "mailSubject":
				d.out.Pair(local, s.Get("val"))
			case "person":
				d.margin.Person("Author", s.Get("author"))
			case "presenceInfo":
				d.margin.Person("Account", s.Get("userId"))
			}
		}
	})
}
