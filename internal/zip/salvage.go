package zip

import (
	"bytes"
	"io"
)

// salvage walks the local headers and adds every entry that the central
// directory did not give.
func (d *Directory) salvage() {
	known := make(map[int64]bool, len(d.Entries))
	for _, e := range d.Entries {
		known[e.header] = true
	}
	d.Salvaged = true
	switch signatureAt(d.source, 0) {
	case sigDescriptor:
		d.Spanned = signatureAt(d.source, 4) == sigLocal
	case sigLocal, sigTemporary:
		d.Cut = true
	}
	scan := scanner{source: d.source, size: d.size, patience: 8 * d.size}
	for at := int64(0); ; {
		at = scan.find(at, localMark)
		if at < 0 {
			return
		}
		e, ok := d.localEntry(&scan, at)
		if !ok {
			at++
			continue
		}
		if len(d.Entries) == MaxEntries {
			d.TooMany = true
			return
		}
		if !known[at] {
			d.Entries = append(d.Entries, e)
		}
		at = e.end
	}
}

var localMark = []byte("PK\x03\x04")

// localEntry reads the local header at a place and finds where its data ends.
func (d *Directory) localEntry(scan *scanner, at int64) (*Entry, bool) {
	var b [lenLocal]byte
	if !readFull(d.source, b[:], at) {
		return nil, false
	}
	method := le.Uint16(b[8:])
	nameLen, extraLen := int(le.Uint16(b[26:])), int(le.Uint16(b[28:]))
	if le.Uint16(b[4:])&0xff > 63 || methodName(method) == "" || nameLen == 0 || nameLen > 4096 {
		return nil, false // four bytes that merely look like a header
	}
	rest := make([]byte, nameLen+extraLen)
	if !readFull(d.source, rest, at+lenLocal) {
		return nil, false
	}
	e := &Entry{
		Flags: le.Uint16(b[6:]), Method: method, CRC32: le.Uint32(b[14:]),
		Packed: int64(le.Uint32(b[18:])), Size: int64(le.Uint32(b[22:])),
		header: at, dosTime: le.Uint16(b[10:]), checked: true, dir: d,
		Modified: dosTime(le.Uint16(b[12:]), le.Uint16(b[10:])),
	}
	e.Name = decodeName(rest[:nameLen], e.Flags, 0)
	var disk int64
	e.readExtra(rest[nameLen:], rest[:nameLen], &disk)
	e.header = at // whatever a zip64 field made of it
	e.classify(0, 0)
	data := at + lenLocal + int64(len(rest))
	if e.Flags&flagDescriptor != 0 && e.Packed == 0 {
		e.findDescriptor(scan, data)
	}
	e.end = saturate(data, e.Packed)
	if e.end > d.size {
		e.end = d.size
		d.Cut = true
	}
	return e, true
}

// findDescriptor looks for the record behind the data that repeats its length:
// the signature is not enough, as an inner archive has such records too. Where
// there is none the entry takes all up to the next header, and its size and
// CRC stay unknown.
func (e *Entry) findDescriptor(scan *scanner, data int64) {
	next := int64(-1)
	for at := data; scan.patience > 0 || next < 0; at++ {
		from := at
		at = scan.find(at, []byte("PK"))
		if at < 0 {
			break
		}
		scan.patience -= at - from
		switch signatureAt(scan.source, at) {
		case sigDescriptor:
			if e.takeDescriptor(scan.source, at+4, at-data) {
				return
			}
			if next < 0 && at+4+20 > scan.size {
				next = at // the container ends inside the descriptor
			}
		case sigLocal, sigCentral:
			if e.takeDescriptor(scan.source, at-12, at-12-data) || e.takeDescriptor(scan.source, at-20, at-20-data) {
				return
			}
			if next < 0 {
				next = at
			}
		}
	}
	if next < 0 {
		next = scan.size
	}
	e.Packed, e.Size, e.checked = next-data, -1, false
}

// takeDescriptor reads CRC and sizes at a place if the packed size is the one
// that the place itself proves.
func (e *Entry) takeDescriptor(r io.ReaderAt, at, packed int64) bool {
	var b [20]byte
	if packed < 0 || !readFull(r, b[:12], at) {
		return false
	}
	if int64(le.Uint32(b[4:])) == packed {
		e.CRC32, e.Packed, e.Size = le.Uint32(b[:]), packed, int64(le.Uint32(b[8:]))
		return true
	}
	if !readFull(r, b[:], at) || le.Uint64(b[4:]) != uint64(packed) || le.Uint64(b[12:]) > farthestField {
		return false
	}
	e.CRC32, e.Packed, e.Size = le.Uint32(b[:]), packed, int64(le.Uint64(b[12:]))
	return true
}

// scanner finds marks by reading forward in windows. Patience is how many
// bytes may be looked at beyond the next header, in all, for descriptors: a
// file of nothing but false headers would else be read once for each of them.
type scanner struct {
	source   io.ReaderAt
	size     int64
	patience int64
	buf      []byte
	start    int64 // place of buf[0]
}

const window = 1 << 18

// find gives the first place of mark at or after a place, or -1.
func (s *scanner) find(at int64, mark []byte) int64 {
	for at+int64(len(mark)) <= s.size {
		if at < s.start || at+int64(len(mark)) > s.start+int64(len(s.buf)) {
			if !s.load(at) {
				return -1
			}
		}
		if i := bytes.Index(s.buf[at-s.start:], mark); i >= 0 {
			return at + int64(i)
		}
		end := s.start + int64(len(s.buf))
		if end >= s.size {
			return -1
		}
		at = end - int64(len(mark)) + 1
	}
	return -1
}

func (s *scanner) load(at int64) bool {
	if cap(s.buf) == 0 {
		s.buf = make([]byte, window)
	}
	n, _ := s.source.ReadAt(s.buf[:min(window, s.size-at)], at)
	s.buf, s.start = s.buf[:n], at
	return n >= 2
}
