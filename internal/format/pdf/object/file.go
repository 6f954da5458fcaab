package object

import (
	"bytes"

	"github.com/reeve-council/reeve/internal/format/part"
)

// File gives the objects of a PDF file.
type File struct {
	Trailer Dict // of the newest section, completed from older ones
	Rebuilt bool // the cross-reference table was not usable
	Locked  bool // encrypted, and no password opened it

	src      part.Source
	whole    []byte // the file, where it is small enough to be held
	base     int64  // offset of the header: offsets may count from there
	entries  map[int]entry
	cache    map[int]any
	cost     int // bytes that the cache was parsed from
	busy     map[int]bool
	packs    map[int]*pack
	packSize int // bytes of decoded object streams kept
	lock     *lock
	words    []string // passwords
	meter    Meter
}

// entry says where an object is: at an offset, or in an object stream.
type entry struct {
	at   int64 // offset; -1: free
	pack int   // number of the object stream, 0 for none
	nth  int   // index in it
}

const (
	tailSize   = 4096     // bytes at the end that hold its marks
	holdWhole  = 64 << 20 // a file up to this size is held in memory
	maxObject  = 32 << 20 // bytes of one object, without its stream
	maxEntries = 2 << 20
	maxCost    = 8 << 20 // of cached objects, in bytes of the file
)

// Open reads the cross-reference table of a file, or rebuilds it, and unlocks
// what is encrypted with the first password that fits (the empty one is tried
// first).
func Open(src part.Source, passwords []string, meter Meter) *File {
	f := &File{src: src, meter: meter, words: passwords, Trailer: Dict{}, busy: map[int]bool{}}
	f.forget()
	if src.Size <= holdWhole {
		f.whole = src.Head(int(src.Size))
	}
	f.entries = map[int]entry{}
	f.base = max(0, int64(bytes.Index(f.window(0, 4096), []byte("%PDF-"))))
	if !f.readTable() {
		f.Rebuild()
	}
	f.unlock()
	if f.Dict(f.Trailer["Root"]) == nil {
		f.Rebuild()
		f.unlock()
	}
	return f
}

// Size is the size of the file in bytes.
func (f *File) Size() int64 { return f.src.Size }

// CutShort reports whether the marks that end a file are missing.
func (f *File) CutShort() bool {
	tail := f.window(max(0, f.src.Size-tailSize), tailSize)
	return !bytes.Contains(tail, []byte("%%EOF")) && !bytes.Contains(tail, []byte("startxref"))
}

// window is at most n bytes from an offset; not to be changed.
func (f *File) window(at int64, n int) []byte {
	if at < 0 || at >= f.src.Size {
		return nil
	}
	if f.whole != nil {
		return f.whole[min(at, int64(len(f.whole))):min(at+int64(n), int64(len(f.whole)))]
	}
	return f.src.At(at, n)
}

// forget empties the caches.
func (f *File) forget() {
	f.cache, f.cost = map[int]any{}, 0
	f.packs, f.packSize = map[int]*pack{}, 0
}

// Get is the object that a reference names; nil when there is none.
func (f *File) Get(ref Ref) any {
	if v, ok := f.cache[ref.Num]; ok {
		return v
	}
	e, ok := f.entries[ref.Num]
	if !ok || e.at < 0 || f.busy[ref.Num] || f.meter.Step(16) != nil {
		return nil
	}
	f.busy[ref.Num] = true
	defer delete(f.busy, ref.Num)
	var v any
	if e.pack != 0 {
		v = f.packed(ref.Num, e)
	} else {
		v, ok = f.direct(ref.Num, e.at)
		if !ok && !f.Rebuilt {
			f.Rebuild()
			if e = f.entries[ref.Num]; e.pack == 0 {
				v, _ = f.direct(ref.Num, e.at)
			}
		}
	}
	if f.cost > maxCost {
		f.forget()
	}
	f.cache[ref.Num] = v
	return v
}

// direct reads the object at an offset; ok is false where another stands there.
func (f *File) direct(num int, at int64) (v any, ok bool) {
	v, got, used := f.objectAt(at)
	if got != num && f.base > 0 {
		v, got, used = f.objectAt(at + f.base)
	}
	if got != num {
		return nil, false
	}
	f.cost += used
	return v, true
}

// objectAt reads "N G obj …" at an offset and gives its number, -1 where no
// object begins, and how many bytes it took.
func (f *File) objectAt(at int64) (v any, num, used int) {
	for n := 8 << 10; ; n *= 8 {
		b := f.window(at, n)
		p := &Parser{Lexer: NewLexer(b)}
		v, num = f.indirect(p, at)
		if p.pos < len(b) || len(b) < n || n >= maxObject || f.meter.Step(p.pos) != nil {
			return v, num, p.pos
		}
	}
}

// indirect reads an object with its header, which begins at an offset.
func (f *File) indirect(p *Parser, at int64) (any, int) {
	ref, ok := header(p)
	if !ok {
		return nil, -1
	}
	if f.lock != nil {
		p.decrypt = f.lock.strings(ref)
	}
	v := p.Object()
	d, ok := v.(Dict)
	if !ok || !bytes.HasPrefix(trimSpace(p.Rest()), []byte("stream")) {
		return v, ref.Num
	}
	p.Next()
	b := p.Rest()
	skip := 0
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		skip = 2
	case len(b) > 0 && (b[0] == '\n' || b[0] == '\r'):
		skip = 1
	}
	return &Stream{Dict: d, Ref: ref, at: at + int64(p.pos+skip), size: -1}, ref.Num
}

// header reads "N G obj".
func header(p *Parser) (Ref, bool) {
	if p.Next() != Number || !p.Whole {
		return Ref{}, false
	}
	num := int(p.Num)
	if p.Next() != Number || !p.Whole {
		return Ref{}, false
	}
	gen := int(p.Num)
	if p.Next() != Word || !bytes.HasPrefix(p.Text, []byte("obj")) {
		return Ref{}, false
	}
	p.pos -= len(p.Text) - 3 // "obj12": glued
	return Ref{num, gen}, true
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && class[b[0]] == space {
		b = b[1:]
	}
	return b
}

// extent measures a stream: its Length where endstream follows, else up to the
// next endstream.
func (f *File) extent(s *Stream) int64 {
	if s.size >= 0 {
		return s.size
	}
	n := int64(f.Int(s.Dict["Length"], -1))
	if n >= 0 && s.at+n <= f.src.Size && f.endsAt(s.at+n) {
		s.size = n
		return n
	}
	s.size = f.findEnd(s.at)
	return s.size
}

func (f *File) endsAt(at int64) bool {
	return bytes.HasPrefix(trimSpace(f.window(at, 32)), []byte("endstream"))
}

// findEnd looks for the end of a stream whose Length lies.
func (f *File) findEnd(at int64) int64 {
	const step = 256 << 10
	for off := at; off < f.src.Size; off += step {
		b := f.window(off, step+16)
		if f.meter.Step(len(b)/8) != nil || len(b) == 0 {
			break
		}
		i := bytes.Index(b, []byte("endstream"))
		if j := bytes.Index(b, []byte("endobj")); i < 0 || j >= 0 && j < i {
			i = j
		}
		if i < 0 {
			continue
		}
		n := off + int64(i) - at
		tail := f.window(at+max(n-2, 0), int(min(n, 2)))
		if bytes.HasSuffix(tail, []byte("\r\n")) {
			return n - 2
		}
		if len(tail) > 0 && (tail[len(tail)-1] == '\n' || tail[len(tail)-1] == '\r') {
			return n - 1
		}
		return n
	}
	return f.src.Size - at
}
