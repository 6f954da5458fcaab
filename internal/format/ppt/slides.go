package ppt

import (
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

const reader = "ppt/1"

// Read reads a presentation of PowerPoint 97 to 2003.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	out := part.NewWriter(sink, opt.Limits)
	f, err := compound.Open(src)
	if err != nil {
		return part.Fail(reader, err)
	}
	p := &presentation{out: out, margin: pack.NewMargin(out), file: f, said: map[uint64]bool{}}
	err = p.read(opt.Passwords)
	if fault := compound.Complaint(f); fault != nil {
		out.Lost(fault)
	}
	return out.Finish(reader, err)
}

// presentation is one being read.
type presentation struct {
	out     *part.Writer
	margin  *pack.Margin
	file    *ole.File
	objects objects
	done    map[int64]bool  // places of the objects that have been read
	said    map[uint64]bool // digests of the lines that have been given out
}

// stream finds a stream of the presentation; a file for both generations of
// programs keeps those of the newer in a storage of its own.
func (p *presentation) stream(name string) *ole.Entry {
	for _, path := range [][]string{{"PP97_DUALSTORAGE", name}, {name}} {
		if e := p.file.Find(path...); e != nil && e.Kind == ole.Stream {
			return e
		}
	}
	return nil
}

func (p *presentation) read(passwords []string) error {
	main := p.stream("PowerPoint Document")
	if main == nil {
		return p.older()
	}
	p.done = map[int64]bool{}
	p.objects = objects{stream: main.Open(), size: main.Size, out: p.out}
	var user []byte
	if e := p.stream("Current User"); e != nil {
		user, _ = e.Bytes(4096)
	}
	p.objects.load(p.lastSave(user))
	if p.objects.locked != 0 {
		if err := p.objects.unlock(passwords); err != nil {
			return err
		}
	} else if u32(user, 12) == encryptedTag {
		return part.Encrypted("the document has a password")
	}
	if p.document() {
		p.leftOver("left over", reeve.LayerDeleted)
	} else {
		p.out.Lost(part.Broken("the list of slides is lost"))
		p.leftOver("slides", reeve.LayerBody)
	}
	p.margin.Flush()
	p.pictures()
	p.user(user)
	compound.Properties(p.file, p.out)
	return nil
}

// older carves the text out of a presentation of PowerPoint 95 or before.
func (p *presentation) older() error {
	for _, name := range []string{"PP40", "PP4", "Text_Content"} {
		if e := p.file.Find(name); e != nil && e.Kind == ole.Stream {
			compound.Salvage(e.Open(), e.Size, p.out)
			compound.Properties(p.file, p.out)
			return compound.Salvaged
		}
	}
	return part.Unsupported("a presentation of PowerPoint 95 or before")
}

// lastSave is where the record of the last save stands, by the stream that
// says so (2.3.2), or the last such record that a walk of the document meets.
func (p *presentation) lastSave(user []byte) int64 {
	at := int64(u32(user, 16))
	if len(user) >= 20 && len(p.objects.read(at, recSaved)) > 0 {
		return at
	}
	at = 0
	p.walk(func(place int64, r record) {
		if r.kind == recSaved {
			at = place
		}
	})
	return at
}

// walk visits the heads of the records that stand one after the other in the
// document stream.
func (p *presentation) walk(visit func(at int64, r record)) {
	var head [headSize]byte
	for at := int64(0); at < p.objects.size && p.out.Step(1) == nil; {
		if n, _ := p.objects.stream.ReadAt(head[:], at); n < headSize {
			return
		}
		r := readHead(head[:])
		visit(at, r)
		at += headSize + r.size
	}
}

// listed is a slide, master or notes page in a list of the document, with the
// texts of its outline.
type listed struct {
	object, id uint32
	outline    []record
}

// document reads the document in its order: slides with their notes, masters,
// and what is listed beside. It reports whether there is one.
func (p *presentation) document() bool {
	doc, ok := p.objects.object(p.objects.document)
	if !ok || doc.kind != recDocument {
		return false
	}
	p.done[p.objects.places[p.objects.document]] = true
	var lists [3][]listed
	each(doc.body, func(r record) {
		if r.kind == recSlideList && int(r.instance) < len(lists) {
			lists[r.instance] = append(lists[r.instance], readList(r.body)...)
		}
	})
	slides, masters, notes := lists[0], lists[1], lists[2]
	pages := map[uint32]uint32{}
	for _, n := range notes {
		pages[n.id] = n.object
	}
	for i, s := range slides {
		p.slide(s, strconv.Itoa(i+1), pages)
	}
	for _, m := range masters {
		p.page(m.object, "master", reeve.LayerHeader, true)
	}
	p.out.Begin("document", reeve.LayerMetadata)
	each(doc.body, func(r record) {
		if r.kind != recSlideList {
			p.beside(r, 0)
		}
	})
	p.margin.Flush()
	p.storedObjects()
	return true
}

// readList reads a list of slides (2.4.14.3): each with the texts behind it.
func readList(b []byte) (list []listed) {
	each(b, func(r record) {
		switch n := len(list); {
		case r.kind == recSlidePersist:
			list = append(list, listed{object: u32(r.body, 0), id: u32(r.body, 12)})
		case n > 0 && (r.kind == recTextHeader || r.kind == recWideText || r.kind == recNarrowText):
			list[n-1].outline = append(list[n-1].outline, r)
		}
	})
	return list
}

// slide reads a slide and its notes.
func (p *presentation) slide(s listed, number string, notes map[uint32]uint32) {
	p.out.Page()
	place := "slide " + number
	body, ok := p.objects.object(s.object)
	layer := reeve.LayerBody
	if show := find(body.body, recSlideShow); len(show) >= 12 && binary.LittleEndian.Uint16(show[10:])&4 != 0 {
		layer = reeve.LayerHidden
	}
	p.out.Begin(place, layer)
	if !ok || body.kind != recSlide {
		p.outline(s.outline)
		p.out.Lost(part.Broken("a slide that the presentation lists is missing"))
		return
	}
	w := &writer{presentation: p, place: place, layer: layer, outline: texts(s.outline)}
	p.content(body, s.object, w)
	w.unusedOutline()
	if page, ok := notes[u32(find(body.body, recSlideAtom), 16)]; ok {
		p.page(page, "notes "+number, reeve.LayerComment, false)
	}
	p.margin.Flush()
}

// page reads an object that is a page of its own.
func (p *presentation) page(object uint32, place string, layer reeve.Layer, master bool) {
	if at, ok := p.objects.places[object]; !ok || p.done[at] {
		return
	}
	body, ok := p.objects.object(object)
	if !ok {
		return
	}
	p.out.Begin(place, layer)
	w := &writer{presentation: p, place: place, layer: layer, master: master}
	p.content(body, object, w)
}

// content writes the text of a slide, notes page or master.
func (p *presentation) content(r record, object uint32, w *writer) {
	p.done[p.objects.places[object]] = true
	switch r.kind {
	case recSlide, recNotes, recMaster, recHandout:
		w.write(r, 0)
	}
}

// outline writes the texts of a slide whose own record is lost.
func (p *presentation) outline(list []record) {
	w := &writer{presentation: p}
	for _, t := range texts(list) {
		w.text(t)
	}
}

// leftOver reads the pages that stand in the stream and have not been read: what
// they say that nothing before them said.
func (p *presentation) leftOver(place string, layer reeve.Layer) {
	var places []int64
	p.walk(func(at int64, r record) {
		switch r.kind {
		case recSlide, recNotes, recHandout, recDocument, recMaster:
			if !p.done[at] && len(places) < maxObjects {
				places = append(places, at)
			}
		}
	})
	slices.Sort(places)
	if p.objects.keys != nil {
		return // earlier forms are encrypted under numbers that nothing tells
	}
	p.out.Begin(place, layer)
	for _, at := range places {
		r, ok := p.objects.at(at, 0)
		if !ok || p.out.Err() != nil {
			return
		}
		w := &writer{presentation: p, place: place, layer: layer, fresh: true, master: r.kind == recMaster}
		w.write(r, 0)
	}
}

// user notes who saved last: a name in bytes, counted (2.3.2).
func (p *presentation) user(b []byte) {
	const nameAt = 28
	if len(b) < nameAt {
		return
	}
	n := min(int(binary.LittleEndian.Uint16(b[20:])), len(b)-nameAt)
	p.margin.Person("Last opened by", compound.Narrow{}.String(b[nameAt:nameAt+n]))
	p.margin.Flush()
}
