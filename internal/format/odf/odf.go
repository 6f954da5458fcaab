package odf

import (
	"bytes"
	"path"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// ReadText reads a text document, packed or flat.
func ReadText(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	return read("odt/1", src, opt, sink)
}

// ReadSheet reads a spreadsheet, packed or flat.
func ReadSheet(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	return read("ods/1", src, opt, sink)
}

// ReadSlides reads a presentation or a drawing, packed or flat.
func ReadSlides(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	return read("odp/1", src, opt, sink)
}

// read is the same for all: content says by its elements what it is.
func read(reader string, src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	out := part.NewWriter(sink, opt.Limits)
	f := &file{out: out, margin: pack.NewMargin(out)}
	if !bytes.HasPrefix(src.Head(4), []byte("PK")) {
		pack.Scan(src.Stream(), f.out, func(s *xmlscan.Scanner) { f.content(s, "", reeve.LayerBody) })
		return f.finish(reader, nil)
	}
	p, err := pack.Open(src, f.out)
	if err != nil {
		return f.finish(reader, err)
	}
	f.pack = p
	return f.finish(reader, f.readPack(opt.Passwords))
}

// file is one document being read.
type file struct {
	pack     *pack.Pack // nil for a flat file
	out      *part.Writer
	margin   *pack.Margin
	locks    locks
	repeated int // bytes that repeated rows and cells have added
}

// Limits of this package beyond part.Limits.
const (
	maxField  = 64 << 10 // bytes of one property or label
	maxStyles = 100_000  // styles that are noted
)

func (f *file) finish(reader string, why error) reeve.Outcome {
	f.margin.Flush()
	if f.pack != nil {
		if damage := f.pack.Complaint(); damage != nil {
			why = damage
		}
	}
	return f.out.Finish(reader, why)
}

// readPack reads the parts of a package in the order in which they matter.
func (f *file) readPack(passwords []string) error {
	if err := f.unlock(passwords); err != nil {
		return err
	}
	if !f.pack.Has("content.xml") && !f.pack.Has("styles.xml") {
		f.embedRest()
		return part.Broken("its content part is missing")
	}
	f.part("content.xml", "", reeve.LayerBody)
	f.part("styles.xml", "styles", reeve.LayerHeader)
	f.part("meta.xml", "properties", reeve.LayerMetadata)
	for _, name := range f.pack.Names() {
		if strings.HasSuffix(name, "/content.xml") {
			f.part(name, path.Dir(name), reeve.LayerBody)
		}
	}
	f.embedRest()
	return f.out.Err()
}

// part reads a part of the package, if it is there.
func (f *file) part(name, place string, layer reeve.Layer) {
	if !f.pack.Has(name) || !f.margin.Fresh("part", name) || f.out.Err() != nil {
		return
	}
	in, err := f.stream(name)
	if err != nil {
		f.out.Lost(err)
		return
	}
	defer in.Close()
	pack.Scan(in, f.out, func(s *xmlscan.Scanner) { f.content(s, place, layer) })
	f.margin.Flush()
}

// embedRest passes on the pictures and objects of the package. Scripts and the
// program's own settings say nothing of people; the thumbnail is the first page
// too small to read (OpenDocument part 2, 3.7), which would wait for OCR in vain.
func (f *file) embedRest() {
	for _, name := range f.pack.Names() {
		key := pack.Key(name)
		switch {
		case f.pack.Opened(name), strings.HasSuffix(key, ".xml"), strings.HasSuffix(key, ".rdf"), key == "mimetype", key == "layout-cache",
			strings.HasPrefix(key, "meta-inf/"), strings.HasPrefix(key, "configurations2/"), strings.HasPrefix(key, "basic/"),
			strings.HasPrefix(key, "objectreplacements/"), strings.HasPrefix(key, "thumbnails/"):
			continue
		}
		in, err := f.stream(name)
		if err != nil {
			f.out.Lost(err)
			continue
		}
		f.out.Embed(path.Base(name), in)
		in.Close()
	}
}
