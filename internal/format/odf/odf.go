package odf

import (
	"bytes"
	"io"
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
	f := &file{out: part.NewWriter(sink, opt.Limits), seen: map[string]bool{}}
	if !bytes.HasPrefix(src.Head(4), []byte("PK")) {
		f.scan(src.Stream(), func(s *xmlscan.Scanner) { f.content(s, "", reeve.LayerBody) })
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
	seen     map[string]bool // parts and names already dealt with
	asides   []aside
	locks    locks
	repeated int // bytes that repeated rows and cells have added
}

// aside is text of another layer than the text it stands in.
type aside struct {
	place string
	layer reeve.Layer
	text  []byte
}

// Limits of this package beyond part.Limits.
const (
	maxAside = 64 << 10 // text beside the text that is held before it is given out
	maxSeen  = 100_000  // different names that are noted
	maxField = 64 << 10 // bytes of one property or label
)

func (f *file) finish(reader string, why error) reeve.Outcome {
	f.flushAsides()
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
	if !f.pack.Has(name) || !f.fresh("part", name) || f.out.Err() != nil {
		return
	}
	in, err := f.stream(name)
	if err != nil {
		f.out.Lost(err)
		return
	}
	defer in.Close()
	f.scan(in, func(s *xmlscan.Scanner) { f.content(s, place, layer) })
	f.flushAsides()
}

// scan runs visit over a stream and notes what kept it from being read in full.
func (f *file) scan(in io.Reader, visit func(*xmlscan.Scanner)) {
	s := xmlscan.New(in)
	visit(s)
	if err := s.Err(); err != nil && f.out.Err() == nil {
		f.out.Lost(scanFault(err))
	}
}

func scanFault(err error) error {
	switch err {
	case xmlscan.ErrCutShort:
		return part.CutShort("a part ends before its own structure does")
	case xmlscan.ErrTooDeep:
		return part.Over(reeve.ReasonTooDeep, "a part is nested too deeply")
	case xmlscan.ErrTooLarge:
		return part.Over(reeve.ReasonTooLarge, "a part holds a tag that is too large")
	}
	return err
}

// embedRest passes on the pictures and objects of the package. Scripts and the
// program's own settings say nothing of people.
func (f *file) embedRest() {
	for _, name := range f.pack.Names() {
		key := pack.Key(name)
		switch {
		case f.pack.Opened(name), strings.HasSuffix(key, ".xml"), strings.HasSuffix(key, ".rdf"), key == "mimetype", key == "layout-cache",
			strings.HasPrefix(key, "meta-inf/"), strings.HasPrefix(key, "configurations2/"), strings.HasPrefix(key, "basic/"),
			strings.HasPrefix(key, "objectreplacements/"):
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

// fresh reports whether a word of a sort is met for the first time.
func (f *file) fresh(sort, word string) bool {
	key := sort + "\x00" + word
	if word == "" || f.seen[key] || len(f.seen) > maxSeen {
		return false
	}
	f.seen[key] = true
	return true
}

// person lists someone who worked on the file, once for each thing done.
func (f *file) person(what, name string) {
	if f.fresh(what, name) {
		f.aside("people", reeve.LayerMetadata, []byte(what+": "+name))
	}
}

// aside adds a line to a place and layer, to be given out later.
func (f *file) aside(place string, layer reeve.Layer, line []byte) {
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return
	}
	for i := range f.asides {
		if a := &f.asides[i]; a.place == place && a.layer == layer {
			a.text = append(append(a.text, line...), '\n')
			return
		}
	}
	f.asides = append(f.asides, aside{place, layer, append(append([]byte(nil), line...), '\n')})
}

func (f *file) asideSize() (n int) {
	for i := range f.asides {
		n += len(f.asides[i].text)
	}
	return n
}

// flushAsides gives out what was gathered; whoever goes on begins its own part
// again.
func (f *file) flushAsides() {
	for i := range f.asides {
		a := &f.asides[i]
		if len(a.text) == 0 {
			continue
		}
		f.out.Begin(a.place, a.layer)
		f.out.Text(string(a.text))
		a.text = a.text[:0]
	}
}
