package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

const pptxReader = "pptx/1"

// ReadPPTX reads a presentation (PresentationML): slides in their order with
// notes and comments, what masters say beside their placeholders once, then
// slides that the presentation no longer lists.
func ReadPPTX(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := open(src, opt, sink)
	if err != nil {
		return f.finish(pptxReader, err)
	}
	main, lost := f.mainPart("ppt/presentation.xml")
	p := &presentation{file: f, authors: map[string]string{}}
	if lost == nil {
		p.read(main)
	}
	f.orphans("ppt/", p.orphan)
	f.properties()
	return f.finish(pptxReader, lost)
}

// presentation is what its slides share.
type presentation struct {
	*file
	authors map[string]string // of comments, by id
	slides  int
}

func (p *presentation) read(main string) {
	var order []string
	p.scan(main, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None && len(order) < maxRelations; kind = s.Next() {
			if kind == xmlscan.Start && string(s.Local()) == "sldId" {
				order = append(order, s.GetIn("/relationships", "id"))
			}
		}
	})
	list := p.relations(main)
	for _, r := range list {
		if (r.kind == "commentAuthors" || r.kind == "authors") && p.pack.Has(r.target) {
			p.readAuthors(r.target)
		}
	}
	index := byID(list)
	for _, id := range order {
		r, ok := index[id]
		if !ok || r.external {
			p.out.Lost(part.Broken("a slide that the presentation lists is missing"))
			continue
		}
		p.slide(r.target, reeve.LayerBody)
	}
	for _, r := range list {
		if !r.external && r.kind == "customXml" && p.pack.Has(r.target) && p.once("data", r.target) {
			p.leaves(r.target, "form data", reeve.LayerForm)
		}
		if (r.kind == "slideMaster" || r.kind == "notesMaster" || r.kind == "handoutMaster") && p.pack.Has(r.target) {
			p.master(r.target)
		}
	}
	p.attach(list, "")
}

// readAuthors notes who writes comments: the older form by number, the newer
// by a long id.
func (p *presentation) readAuthors(name string) {
	p.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None && len(p.authors) < maxRelations; kind = s.Next() {
			if local := string(s.Local()); kind == xmlscan.Start && (local == "cmAuthor" || local == "author") {
				p.authors[s.Get("id")] = s.Get("name")
				p.margin.Person("Comment by", s.Get("name"))
				p.margin.Person("Account", s.Get("userId"))
			}
		}
	})
}

// slide reads a slide and what hangs on it.
func (p *presentation) slide(name string, layer reeve.Layer) {
	if !p.once("slide", name) || p.out.Err() != nil {
		return
	}
	p.slides++
	p.out.Page()
	number := strconv.Itoa(p.slides)
	p.shapes(name, "slide "+number, layer, false)
	list := p.relations(name)
	for _, r := range list {
		if r.external || !p.pack.Has(r.target) {
			continue
		}
		switch r.kind {
		case "notesSlide":
			p.notes(r.target, number)
		case "comments", "comment":
			p.comments(r.target, "comments "+number)
		}
	}
	p.attach(list, "slide "+number+" ")
	p.margin.Flush()
}

func (p *presentation) notes(name, number string) {
	if !p.once("slide", name) {
		return
	}
	p.shapes(name, "notes "+number, reeve.LayerComment, false)
	p.attach(p.relations(name), "notes "+number+" ")
}

// shapes reads the text of a slide. A slide that is not shown says so in its
// root element.
func (p *presentation) shapes(name, place string, layer reeve.Layer, skipHeld bool) {
	p.out.Begin(place, layer)
	p.scan(name, func(s *xmlscan.Scanner) {
		d := shapes{file: p.file, scan: s, skipHeld: skipHeld}
		for kind := s.Next(); kind != xmlscan.None && p.out.Err() == nil; kind = s.Next() {
			if kind == xmlscan.Start && string(s.Local()) == "sld" && s.Get("show") == "0" {
				p.out.Begin(place, reeve.LayerHidden)
			}
			d.token(kind)
		}
	})
}

// master reads what a master and its layouts show on every slide.
func (p *presentation) master(name string) {
	if !p.once("slide", name) {
		return
	}
	p.shapes(name, "master", reeve.LayerHeader, true)
	list := p.relations(name)
	for _, r := range list {
		if r.kind == "slideLayout" && !r.external && p.pack.Has(r.target) && p.once("slide", r.target) {
			p.shapes(r.target, "master", reeve.LayerHeader, true)
			p.attach(p.relations(r.target), "master ")
		}
	}
	p.attach(list, "master ")
}

// comments reads the remarks on a slide: the older form has its text in one
// element, the newer in paragraphs.
func (p *presentation) comments(name, place string) {
	if !p.once("slide", name) {
		return
	}
	p.out.Begin(place, reeve.LayerComment)
	p.scan(name, func(s *xmlscan.Scanner) {
		d := shapes{file: p.file, scan: s}
		old := false
		for kind := s.Next(); kind != xmlscan.None && p.out.Err() == nil; kind = s.Next() {
			local := string(s.Local())
			switch {
			case kind == xmlscan.Start && (local == "cm" || local == "reply"):
				p.out.Pair("Comment by", p.authors[s.Get("authorId")])
			case local == "text":
				old = kind == xmlscan.Start
				d.endLine()
			case kind == xmlscan.Text && old:
				d.add(s.Text())
			default:
				d.token(kind)
			}
		}
	})
}

// orphan reads a slide, notes or comments that nothing refers to.
func (p *presentation) orphan(name string) {
	key := pack.Key(name)
	switch {
	case strings.HasPrefix(key, "ppt/slides/slide"):
		p.slide(name, reeve.LayerDeleted)
	case strings.HasPrefix(key, "ppt/notesslides/notesslide"):
		p.notes(name, "left over")
	case strings.HasPrefix(key, "ppt/comments/"):
		p.comments(name, "comments left over")
	}
}
