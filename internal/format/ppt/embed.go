package ppt

import (
	"io"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
)

// storedObjects passes on the objects that the presentation holds (2.10.34):
// compound files, packed where the record's instance is 1.
func (p *presentation) storedObjects() {
	numbers := make([]uint32, 0, len(p.objects.places))
	for n := range p.objects.places {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if p.out.Err() != nil {
			return
		}
		if at := p.objects.places[n]; p.done[at] || n == p.objects.locked || p.objects.keys == nil && !p.isObject(at) {
			continue
		}
		if r, ok := p.objects.object(n); ok && r.kind == recObject {
			p.done[p.objects.places[n]] = true
			p.storedObject(r)
		}
	}
}

// isObject looks at the head of a record alone.
func (p *presentation) isObject(at int64) bool {
	var head [headSize]byte
	n, _ := p.objects.stream.ReadAt(head[:], at)
	return n == headSize && readHead(head[:]).kind == recObject
}

func (p *presentation) storedObject(r record) {
	b := r.body
	if r.instance == 1 {
		if len(b) < 4 {
			return
		}
		in, err := compound.Unpack(p.out, b[4:])
		if err != nil {
			p.out.Lost(err)
			return
		}
		if b, err = io.ReadAll(io.LimitReader(in, maxRecord+1)); err != nil && len(b) == 0 {
			p.out.Lost(part.Broken("a packed object cannot be unpacked"))
			return
		}
	}
	if len(b) > maxRecord {
		p.out.Lost(part.Over(reeve.ReasonTooLarge, "an embedded object larger than the limit"))
		return
	}
	compound.EmbedFile(p.out, b)
}

// pictures passes the pictures on, which stand one after the other in a stream
// of their own.
func (p *presentation) pictures() {
	e := p.stream("Pictures")
	switch {
	case e == nil || e.Size == 0:
		return
	case p.objects.keys != nil:
		p.out.Lost(part.Encrypted("the pictures are encrypted one by one"))
		return
	}
	in := e.Open()
	var head [headSize]byte
	for at := int64(0); at < e.Size && p.out.Step(1) == nil; {
		if n, _ := in.ReadAt(head[:], at); n < headSize {
			return
		}
		r := readHead(head[:])
		if r.size > 0 && r.size <= maxRecord {
			b, _ := io.ReadAll(io.NewSectionReader(in, at, headSize+r.size))
			compound.Pictures(p.out, b, nil)
		}
		at += headSize + r.size
	}
}
