package ooxml

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxProperty is how much of one property is read.
const maxProperty = 64 << 10

// propertyLabels are the names under which the well-known properties are
// shown; others go by their own names.
var propertyLabels = map[string]string{
	"creator": "Author", "lastModifiedBy": "Last saved by", "title": "Title", "subject": "Subject",
	"description": "Comments", "keywords": "Keywords", "category": "Category", "contentStatus": "Status",
	"created": "Created", "modified": "Modified", "lastPrinted": "Printed",
	"Company": "Company", "Manager": "Manager", "Template": "Template", "HyperlinkBase": "Link base",
}

// dullProperties count pages and words and name programs; they say nothing of
// people.
var dullProperties = map[string]bool{
	"Application": true, "AppVersion": true, "DocSecurity": true, "TotalTime": true, "Pages": true, "Words": true,
	"Characters": true, "CharactersWithSpaces": true, "Lines": true, "Paragraphs": true, "ScaleCrop": true,
	"LinksUpToDate": true, "SharedDoc": true, "HyperlinksChanged": true, "revision": true, "Slides": true,
	"Notes": true, "HiddenSlides": true, "MMClips": true, "PresentationFormat": true, "version": true,
	"i4": true, "i8": true, "i2": true, "bool": true, "blob": true,
}

// properties reads the core, extended and custom properties of the package and
// its thumbnail.
func (f *file) properties() {
	for _, r := range f.relations("") {
		if r.external || !f.pack.Has(r.target) {
			continue
		}
		switch r.kind {
		case "core-properties", "extended-properties", "custom-properties":
			f.leaves(r.target, "properties", reeve.LayerMetadata)
		case "thumbnail":
			f.embed(r.target)
		}
	}
}

// leaves writes the elements of a part that hold text and no elements as lines
// "Label: value". A custom property goes by the name in its attribute.
func (f *file) leaves(name, place string, layer reeve.Layer) {
	f.out.Begin(place, layer)
	var text []byte
	var label, custom string
	f.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			switch kind {
			case xmlscan.Start:
				text, label = text[:0], string(s.Local())
				switch label {
				case "property":
					custom = s.Get("name")
				case "HeadingPairs", "TitlesOfParts":
					s.Skip() // the names of sheets and chapters once more
				}
			case xmlscan.Text:
				if len(text) < maxProperty {
					text = append(text, s.Text()...)
				}
			case xmlscan.End:
				f.leaf(label, custom, string(text))
				text, label = text[:0], ""
				if string(s.Local()) == "property" {
					custom = ""
				}
			}
		}
	})
}

func (f *file) leaf(label, custom, value string) {
	if label == "" || dullProperties[label] || strings.TrimSpace(value) == "" {
		return
	}
	if custom != "" {
		label = custom
	} else if known, ok := propertyLabels[label]; ok {
		label = known
	}
	f.out.Pair(label, value)
}
