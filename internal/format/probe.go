package format

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// headSize is how much of a file the identifier looks at before it opens a
// directory: enough for every magic number and for the shape of a text.
const headSize = 8 << 10

// Probe is what the matchers look at. Everything beyond the head is worked out
// when a matcher first asks for it.
type Probe struct {
	src  Source
	head []byte

	zip  *zipDirectory
	ole  *oleDirectory
	text *textShape
}

func newProbe(src Source) *Probe { return &Probe{src: src, head: src.Head(headSize)} }

// has reports whether the bytes at an offset of the head are want.
func (p *Probe) has(off int, want string) bool {
	return len(p.head) >= off+len(want) && string(p.head[off:off+len(want)]) == want
}

// hasFold is has for ASCII letters of either case; want is in lower case.
func (p *Probe) hasFold(off int, want string) bool {
	return len(p.head) >= off+len(want) && strings.EqualFold(string(p.head[off:off+len(want)]), want)
}

// at reports whether the bytes at an offset of the file are want.
func (p *Probe) at(off int64, want string) bool {
	return string(p.src.At(off, len(want))) == want
}

// contains reports whether want is in the first n bytes.
func (p *Probe) contains(n int, want string) bool {
	return bytes.Contains(p.head[:min(n, len(p.head))], []byte(want))
}

// u16 and u32 read little-endian numbers of the head, 0 beyond its end.
func (p *Probe) u16(off int) uint16 {
	if len(p.head) < off+2 {
		return 0
	}
	return binary.LittleEndian.Uint16(p.head[off:])
}

func (p *Probe) u32(off int) uint32 {
	if len(p.head) < off+4 {
		return 0
	}
	return binary.LittleEndian.Uint32(p.head[off:])
}

// magic matches a file that begins with one of the given byte strings.
func magic(starts ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, s := range starts {
			if p.has(0, s) {
				return true
			}
		}
		return false
	}
}

// magicAt matches a file that has one of the byte strings at an offset.
func magicAt(off int64, wants ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, s := range wants {
			if p.at(off, s) {
				return true
			}
		}
		return false
	}
}

// data narrows a mark that a sentence could begin with to what is not text.
func data(m func(*Probe) bool) func(*Probe) bool {
	return func(p *Probe) bool { return m(p) && !p.isText() }
}

// ext splits a list of extensions.
func ext(list string) []string { return strings.Fields(list) }
