package format

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// How much of a ZIP is looked at: the usual comment and end record, and the
// first names of the directory. The names that tell a format apart come early.
const (
	zipTailSize      = 66 << 10
	zipDirectorySize = 256 << 10
)

// zipDirectory is what a ZIP container says of itself without unpacking.
type zipDirectory struct {
	names    []string
	mimetype string // content of a first, stored entry "mimetype" (ODF, EPUB)
}

// zipDir reads the names of a ZIP's entries: from its central directory, or,
// where that is lost, from the local headers in the head.
func (p *Probe) zipDir() *zipDirectory {
	if p.zip != nil {
		return p.zip
	}
	p.zip = &zipDirectory{mimetype: zipMimetype(p.head)}
	if !p.has(0, "PK") {
		return p.zip
	}
	off, ok := p.zipCentral()
	if ok {
		p.zip.names = centralNames(p.src.At(off, zipDirectorySize))
	}
	if len(p.zip.names) == 0 {
		p.zip.names = localNames(p.src.Head(zipDirectorySize))
	}
	return p.zip
}

// zipCentral finds the offset of the central directory (APPNOTE 4.3.16). Bytes
// put before the archive shift it; the record's own place tells by how much.
func (p *Probe) zipCentral() (int64, bool) {
	start := max(0, p.src.Size-zipTailSize)
	tail := p.src.At(start, zipTailSize)
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail) < i+22 {
		return 0, false
	}
	size := int64(binary.LittleEndian.Uint32(tail[i+12:]))
	off := int64(binary.LittleEndian.Uint32(tail[i+16:]))
	if shifted := start + int64(i) - size; shifted >= 0 && p.at(shifted, "PK\x01\x02") {
		return shifted, true
	}
	return off, p.at(off, "PK\x01\x02")
}

// centralNames reads entry names from central directory records (APPNOTE 4.3.12).
func centralNames(b []byte) (names []string) {
	for len(b) >= 46 && string(b[:4]) == "PK\x01\x02" {
		n := int(binary.LittleEndian.Uint16(b[28:]))
		skip := 46 + n + int(binary.LittleEndian.Uint16(b[30:])) + int(binary.LittleEndian.Uint16(b[32:]))
		if len(b) < skip {
			break
		}
		names = append(names, zipName(b[46:46+n]))
		b = b[skip:]
	}
	return names
}

// localNames finds entry names by the signature of local headers (4.3.7).
func localNames(b []byte) (names []string) {
	for {
		i := bytes.Index(b, []byte("PK\x03\x04"))
		if i < 0 || len(b) < i+30 {
			return names
		}
		n := int(binary.LittleEndian.Uint16(b[i+26:]))
		if len(b) >= i+30+n && n < 1024 {
			names = append(names, zipName(b[i+30:i+30+n]))
		}
		b = b[i+4:]
	}
}

func zipName(b []byte) string { return strings.ReplaceAll(string(b), `\`, "/") }

// zipMimetype is the content of a first entry "mimetype" that is stored, as
// ODF 1.2 part 3 section 3.3 and EPUB OCF 3.3 ask.
func zipMimetype(head []byte) string {
	if len(head) < 38 || string(head[30:38]) != "mimetype" || binary.LittleEndian.Uint16(head[8:]) != 0 {
		return ""
	}
	from := 38 + int(binary.LittleEndian.Uint16(head[28:]))
	size := int(binary.LittleEndian.Uint32(head[22:]))
	if size == 0 || size > 200 {
		size = 100 // a data descriptor follows the content; its signature ends it
	}
	if from > len(head) {
		return ""
	}
	mime, _, _ := strings.Cut(string(head[from:min(from+size, len(head))]), "PK")
	return strings.TrimSpace(mime)
}

// entry matches a ZIP that has an entry of one of the names; a name that ends
// in "/" stands for anything below it. Letter case is not looked at.
func entry(names ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, have := range p.zipDir().names {
			for _, want := range names {
				if entryIs(have, want) {
					return true
				}
			}
		}
		return false
	}
}

func entryIs(have, want string) bool {
	if strings.HasSuffix(want, "/") {
		return len(have) > len(want) && strings.EqualFold(have[:len(want)], want)
	}
	return strings.EqualFold(have, want)
}

// mime matches a ZIP whose mimetype entry begins with one of the given.
func mime(starts ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, s := range starts {
			if p.has(0, "PK") && strings.HasPrefix(p.zipDir().mimetype, s) {
				return true
			}
		}
		return false
	}
}

// both matches what two matchers agree on.
func both(a, b func(*Probe) bool) func(*Probe) bool {
	return func(p *Probe) bool { return a(p) && b(p) }
}

// either matches what one of the matchers takes.
func either(ms ...func(*Probe) bool) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, m := range ms {
			if m(p) {
				return true
			}
		}
		return false
	}
}
