package ooxml

import (
	"path"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxRelations is a limit of this package beyond part.Limits.
const maxRelations = 100_000 // relationships of one part and entries of other lists; more are passed over

// file is one office file being read.
type file struct {
	pack   *pack.Pack
	out    *part.Writer
	seen   map[string]bool // parts already dealt with
	margin *pack.Margin
}

// relation is one line of a part's .rels: kind is the last segment of its type,
// which transitional and strict files share.
type relation struct {
	id, kind, target string
	external         bool
}

// open starts reading a package.
func open(src part.Source, opt part.Options, sink part.Sink) (*file, error) {
	out := part.NewWriter(sink, opt.Limits)
	f := &file{out: out, seen: map[string]bool{}, margin: pack.NewMargin(out)}
	p, err := pack.Open(src, out)
	if err != nil {
		return f, err
	}
	f.pack = p
	return f, nil
}

// finish reads what is left for every kind of file and gives the outcome.
func (f *file) finish(reader string, why error) reeve.Outcome {
	f.margin.Flush()
	if f.pack != nil {
		if damage := f.pack.Complaint(); damage != nil {
			why = damage // what is missing is missing for this reason
		}
	}
	return f.out.Finish(reader, why)
}

// scan runs read over a part and notes what kept it from being read in full.
// The error is the writer's: a limit or the sink's refusal.
func (f *file) scan(name string, read func(*xmlscan.Scanner)) error {
	in, err := f.pack.Stream(name)
	if err != nil {
		f.out.Lost(err)
		return f.out.Err()
	}
	defer in.Close()
	pack.Scan(in, f.out, read)
	return f.out.Err()
}

// relations reads the relationships of a part ("" for the package), in stored
// order with targets resolved.
func (f *file) relations(name string) (list []relation) {
	dir, base := path.Split(name)
	rels := dir + "_rels/" + base + ".rels"
	if !f.pack.Has(rels) {
		return nil
	}
	f.scan(rels, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None && len(list) < maxRelations; kind = s.Next() {
			if kind != xmlscan.Start || string(s.Local()) != "Relationship" {
				continue
			}
			r := relation{id: s.Get("Id"), kind: lastSegment(s.Get("Type")), target: s.Get("Target")}
			if r.external = s.Get("TargetMode") == "External"; !r.external {
				r.target = resolve(dir, r.target)
			}
			list = append(list, r)
		}
	})
	return list
}

func lastSegment(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// resolve makes a part name of a target relative to a folder.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	target, _, _ = strings.Cut(target, "#")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return strings.TrimPrefix(path.Clean("/"+dir+target), "/")
}

// mainPart finds the part that the package says is its document, or the first
// of the usual names where it does not say.
func (f *file) mainPart(usual ...string) (string, error) {
	for _, r := range f.relations("") {
		if r.kind == "officeDocument" && f.pack.Has(r.target) {
			return r.target, nil
		}
	}
	for _, name := range usual {
		if f.pack.Has(name) {
			return name, nil
		}
	}
	return "", part.Broken("its main part is missing")
}

// byID makes a list of relationships searchable; the first of an id counts.
func byID(list []relation) map[string]relation {
	index := make(map[string]relation, len(list))
	for _, r := range list {
		if _, twice := index[r.id]; !twice {
			index[r.id] = r
		}
	}
	return index
}

// once reports whether a part is met for the first time in a use of it.
func (f *file) once(use, name string) bool {
	key := use + "\x00" + pack.Key(name)
	if f.seen[key] {
		return false
	}
	f.seen[key] = true
	return true
}

// attach deals with the relationships that mean the same in every kind of
// file: embedded items go to the sink, charts and diagrams are read, links to
// the outside are listed.
func (f *file) attach(list []relation, label string) error {
	for _, r := range list {
		switch {
		case r.external:
			f.margin.Link(r.kind, r.target)
		case !f.pack.Has(r.target):
			continue
		case embedKinds[r.kind]:
			f.embed(r.target)
		case r.kind == "chart" || r.kind == "chartEx" || r.kind == "chartUserShapes":
			f.chart(r.target, label)
		case r.kind == "diagramData":
			f.drawing(r.target, label+"diagram", reeve.LayerBody)
		}
		if err := f.out.Err(); err != nil {
			return err
		}
	}
	return nil
}

// embedKinds are the relationships whose targets are items of their own.
var embedKinds = map[string]bool{
	"package": true, "oleObject": true, "aFChunk": true, "image": true, "vbaProject": true, "thumbnail": true,
	"control": true, "activeXControlBinary": true, "media": true, "audio": true, "video": true, "attachedToolbars": true,
}

// embed passes a part on as an item of its own, once.
func (f *file) embed(name string) {
	if !f.once("embed", name) {
		return
	}
	if strings.HasSuffix(pack.Key(name), ".xml") {
		f.control(name)
		return
	}
	in, err := f.pack.Stream(name)
	if err != nil {
		f.out.Lost(err)
		return
	}
	defer in.Close()
	f.out.Embed(path.Base(name), in)
}

// control reads a form control kept as XML: its properties, and its own
// embedded parts.
func (f *file) control(name string) {
	f.out.Begin("controls", reeve.LayerForm)
	f.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			if kind != xmlscan.Start || string(s.Local()) != "ocxPr" {
				continue
			}
			if label := s.Get("name"); label == "Value" || label == "Caption" || label == "GroupName" {
				f.out.Pair(label, s.Get("value"))
			}
		}
	})
	f.attach(f.relations(name), "")
}

// orphans reads the parts that nothing refers to any more, or refers to in a
// file whose relationships are lost.
func (f *file) orphans(dir string, read func(name string)) {
	for _, name := range f.pack.Names() {
		key := pack.Key(name)
		if f.pack.Opened(name) || f.out.Err() != nil {
			continue
		}
		switch {
		case strings.Contains(key, "/embeddings/"), strings.Contains(key, "/media/"):
			f.embed(name)
		case strings.HasPrefix(key, dir) && strings.HasSuffix(key, ".xml"):
			read(name)
		}
	}
}
