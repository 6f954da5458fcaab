package format

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// oleDirectory is what an OLE compound file says of itself: the streams and
// storages of its root by name in upper case, and the root's class ([MS-CFB]
// 2.6). What is deeper belongs to embedded objects and says nothing.
type oleDirectory struct {
	first map[string]oleStream
	class string // 16 bytes as stored
}

type oleStream struct {
	name               string
	left, right, child uint32
	sector             uint32
	size               uint64
	root               bool
}

// Entries looked at; a message with thousands of recipients says what it is
// long before.
const oleEntries = 4096

// oleDir walks the directory chain of a compound file. A chain that breaks
// gives what came before the break.
func (p *Probe) oleDir() *oleDirectory {
	if p.ole != nil {
		return p.ole
	}
	p.ole = &oleDirectory{first: map[string]oleStream{}}
	shift := p.u16(30)
	if !p.has(0, oleMagic) || shift < 7 || shift > 16 {
		return p.ole
	}
	size := 1 << shift
	sector := p.u32(48)
	var all []oleStream
	for sector < 0xFFFFFFFA && len(all) < oleEntries {
		b := p.src.At((int64(sector)+1)<<shift, size)
		for ; len(b) >= 128; b = b[128:] {
			all = append(all, p.ole.entry(b[:128]))
		}
		if len(all) == 0 {
			break
		}
		sector = p.oleNext(sector, shift)
	}
	p.ole.keep(all)
	return p.ole
}

// keep takes the entries of the root: its child and all siblings of that, which
// form a tree. Where the tree is broken all entries count.
func (d *oleDirectory) keep(all []oleStream) {
	if len(all) > 0 && all[0].root {
		next := []uint32{all[0].child}
		for seen := 0; len(next) > 0 && seen < oleEntries; seen++ {
			i := next[len(next)-1]
			next = next[:len(next)-1]
			if i < uint32(len(all)) && all[i].name != "" && !d.has(all[i].name) {
				d.first[all[i].name] = all[i]
				next = append(next, all[i].left, all[i].right)
			}
		}
	}
	if len(d.first) < 2 {
		for _, e := range all {
			if e.name != "" && !d.has(e.name) {
				d.first[e.name] = e
			}
		}
	}
}

func (d *oleDirectory) has(name string) bool { _, ok := d.first[name]; return ok }

// entry reads one directory entry.
func (d *oleDirectory) entry(e []byte) oleStream {
	n := int(binary.LittleEndian.Uint16(e[64:]))
	if n < 2 || n > 64 || e[66] == 0 {
		return oleStream{}
	}
	if e[66] == 5 {
		d.class = string(e[80:96])
	}
	units := make([]uint16, (n-2)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(e[2*i:])
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(e[at:]) }
	return oleStream{name: strings.ToUpper(string(utf16.Decode(units))), left: u32(68), right: u32(72), child: u32(76),
		sector: u32(116), size: binary.LittleEndian.Uint64(e[120:]), root: e[66] == 5}
}

// oleNext follows the allocation table, of which the header lists the first 109
// sectors and the DIFAT chain the rest.
func (p *Probe) oleNext(sector uint32, shift uint16) uint32 {
	const end = 0xFFFFFFFE
	per := uint32(1) << (shift - 2)
	table := sector / per
	fat := p.u32(76 + 4*int(min(table, 108)))
	if table >= 109 {
		fat = p.oleDIFAT(table-109, shift)
	}
	b := p.src.At((int64(fat)+1)<<shift+int64(sector%per)*4, 4)
	if fat >= 0xFFFFFFFA || len(b) < 4 {
		return end
	}
	return binary.LittleEndian.Uint32(b)
}

// oleDIFAT is the n-th sector of the allocation table beyond the header's list.
func (p *Probe) oleDIFAT(n uint32, shift uint16) uint32 {
	const free = 0xFFFFFFFF
	per := uint32(1)<<(shift-2) - 1
	sector := p.u32(68)
	for ; n >= per && sector < 0xFFFFFFFA; n -= per {
		b := p.src.At((int64(sector)+1)<<shift+int64(per)*4, 4)
		if len(b) < 4 {
			return free
		}
		sector = binary.LittleEndian.Uint32(b)
	}
	b := p.src.At((int64(sector)+1)<<shift+int64(n)*4, 4)
	if sector >= 0xFFFFFFFA || len(b) < 4 {
		return free
	}
	return binary.LittleEndian.Uint32(b)
}

// start is the first n bytes of a stream that has its own sectors.
func (p *Probe) oleStart(name string, n int) []byte {
	s, ok := p.oleDir().first[name]
	if !ok || s.size < 4096 && uint32(s.size) < p.u32(56) {
		return nil
	}
	return p.src.At((int64(s.sector)+1)<<p.u16(30), n)
}

// stream matches a compound file that has a stream or storage of one of the
// names, in any letter case.
func stream(names ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		if !p.has(0, oleMagic) {
			return false
		}
		for _, want := range names {
			if _, ok := p.oleDir().first[strings.ToUpper(want)]; ok {
				return true
			}
		}
		return false
	}
}

// class matches a compound file whose root has the class, given as its
// registry form without braces.
func class(id string) func(*Probe) bool {
	want := classBytes(id)
	return func(p *Probe) bool { return p.has(0, oleMagic) && p.oleDir().class == want }
}

// classBytes turns 000C1084-0000-0000-C000-000000000046 into the stored form,
// of which the first three groups are little-endian.
func classBytes(id string) string {
	var b []byte
	hex := strings.ReplaceAll(id, "-", "")
	for i := 0; i+2 <= len(hex); i += 2 {
		b = append(b, nibble(hex[i])<<4|nibble(hex[i+1]))
	}
	for _, g := range [][2]int{{0, 4}, {4, 6}, {6, 8}} {
		for i, j := g[0], g[1]-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
	}
	return string(b)
}

func nibble(c byte) byte {
	if c >= 'A' {
		return c - 'A' + 10
	}
	return c - '0'
}

// word6 matches a Word 6 or 95 document: its stream begins with the older mark
// ([MS-DOC] 2.5.1 has A5EC; A5DC and A5DB came before).
func word6(p *Probe) bool {
	b := p.oleStart("WORDDOCUMENT", 2)
	return len(b) == 2 && b[1] == 0xA5 && b[0] != 0xEC
}
