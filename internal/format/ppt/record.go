package ppt

import "encoding/binary"

// Records that are read ([MS-PPT] 2.13.24).
const (
	recDocument      = 0x03E8
	recSlide         = 0x03EE
	recSlideAtom     = 0x03EF
	recNotes         = 0x03F0
	recSlidePersist  = 0x03F3
	recMaster        = 0x03F8
	recSlideShow     = 0x03F9
	recPlaceholder   = 0x0BC3
	recOutlineRef    = 0x0F9E
	recTextHeader    = 0x0F9F
	recWideText      = 0x0FA0
	recNarrowText    = 0x0FA8
	recString        = 0x0FBA
	recHandout       = 0x0FC9
	recLink          = 0x0FD7
	recMargins       = 0x0FD9
	recSlideList     = 0x0FF0
	recSaved         = 0x0FF5
	recObject        = 0x1011
	recTagData       = 0x138B
	recDirectory     = 0x1772
	recComment       = 0x2EE0
	recEncryption    = 0x2F14
	recShape         = 0xF004
	headSize         = 8
	maxNested        = 32
	maxRecord        = 64 << 20
	containerVersion = 0xF
)

// record is one record: a container holds others.
type record struct {
	kind     uint16
	version  byte
	instance uint16
	size     int64 // as declared
	body     []byte
}

// readHead reads the 8 bytes before the body.
func readHead(b []byte) (r record) {
	head := binary.LittleEndian.Uint16(b)
	r.version, r.instance = byte(head&0xF), head>>4
	r.kind, r.size = binary.LittleEndian.Uint16(b[2:]), int64(binary.LittleEndian.Uint32(b[4:]))
	return r
}

// next takes the record at the start of b; what is cut short is taken as far
// as it goes.
func next(b []byte) (r record, rest []byte, ok bool) {
	if len(b) < headSize {
		return r, nil, false
	}
	r = readHead(b)
	n := min(r.size, int64(len(b)-headSize))
	r.body = b[headSize : headSize+n]
	return r, b[headSize+n:], true
}

// each visits the records in b.
func each(b []byte, visit func(record)) {
	for r, rest, ok := next(b); ok; r, rest, ok = next(rest) {
		visit(r)
	}
}

// find gives the body of the first record of a kind in b.
func find(b []byte, kind uint16) []byte {
	for r, rest, ok := next(b); ok; r, rest, ok = next(rest) {
		if r.kind == kind {
			return r.body
		}
	}
	return nil
}

func u32(b []byte, at int) uint32 {
	if at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
