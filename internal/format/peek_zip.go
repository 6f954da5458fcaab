package format

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
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
	mimetype string // of the "mimetype" entry, or of the root in an ODF manifest
}

// zipEntry is one record of the central directory.
type zipEntry struct {
	name   string
	method uint16
	size   uint32 // compressed
	at     uint32 // of its local header
}

// zipDir reads the names of a ZIP's entries: from its central directory, or,
// where that is lost, from the local headers in the head.
func (p *Probe) zipDir() *zipDirectory {
	if p.zip != nil {
		return p.zip
	}
	p.zip = &zipDirectory{mimetype: zipMimetype(p.head)}
	if off, ok := p.zipCentral(); ok {
		for _, e := range centralEntries(p.src.At(off, zipDirectorySize)) {
			p.zip.names = append(p.zip.names, e.name)
			p.zipTyped(e)
		}
	}
	if len(p.zip.names) == 0 {
		p.zip.names = localNames(p.src.Head(zipDirectorySize))
	}
	return p.zip
}

// zipTyped takes the media type from the two entries that may name it.
func (p *Probe) zipTyped(e zipEntry) {
	if p.zip.mimetype != "" {
		return
	}
	switch e.name {
	case "mimetype":
		p.zip.mimetype = strings.TrimSpace(string(p.zipOpen(e, 200)))
	case "META-INF/manifest.xml":
		p.zip.mimetype = rootType(string(p.zipOpen(e, 16<<10)))
	}
}

// rootType is the media type that an ODF manifest gives the package itself
// (ODF 1.2 part 3, 4.3).
func rootType(manifest string) string {
	for _, tag := range strings.Split(manifest, "<") {
		if strings.Contains(tag, `full-path="/"`) {
			_, after, _ := strings.Cut(tag, `media-type="`)
			mime, _, _ := strings.Cut(after, `"`)
			return mime
		}
	}
	return ""
}

// zipOpen gives the first n bytes of an entry.
func (p *Probe) zipOpen(e zipEntry, n int) []byte {
	h := p.src.At(int64(e.at), 30)
	if len(h) < 30 || string(h[:4]) != "PK\x03\x04" {
		return nil
	}
	from := int64(e.at) + 30 + int64(binary.LittleEndian.Uint16(h[26:])) + int64(binary.LittleEndian.Uint16(h[28:]))
	raw := p.src.At(from, int(min(e.size, 64<<10)))
	if e.method != 8 {
		return raw[:min(n, len(raw))]
	}
	out, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), int64(n)))
	return out
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

// centralEntries reads central directory records (APPNOTE 4.3.12).
func centralEntries(b []byte) (all []zipEntry) {
	for len(b) >= 46 && string(b[:4]) == "PK\x01\x02" {
		n := int(binary.LittleEndian.Uint16(b[28:]))
		skip := 46 + n + int(binary.LittleEndian.Uint16(b[30:])) + int(binary.LittleEndian.Uint16(b[32:]))
		if len(b) < skip {
			break
		}
		all = append(all, zipEntry{name: zipName(b[46 : 46+n]), method: binary.LittleEndian.Uint16(b[10:]),
			size: binary.LittleEndian.Uint32(b[20:]), at: binary.LittleEndian.Uint32(b[42:])})
		b = b[skip:]
	}
	return all
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
		if !p.has(0, "PK") {
			return false
		}
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

// entryEnds matches a ZIP that has an entry whose name ends so.
func entryEnds(tail string) func(*Probe) bool {
	return func(p *Probe) bool {
		for _, name := range p.zipDir().names {
			if p.has(0, "PK") && strings.HasSuffix(name, tail) {
				return true
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

// endsAsZIP matches what is no other format but ends with a ZIP's directory: the
// last volume of one that was split, or a ZIP behind other bytes.
func endsAsZIP(p *Probe) bool { return !p.isText() && len(p.zipDir().names) > 0 }

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
