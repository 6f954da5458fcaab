package zip

import (
	"bufio"
	"cmp"
	"io"
	"slices"
)

// readCentral reads the central directory and reports whether it was complete.
// Entries read before a fault are kept.
func (d *Directory) readCentral(end directoryEnd) bool {
	d.Spanned = end.disk != end.startDisk || end.disk > 0 || end.here != end.total
	if end.total == 0 {
		return true
	}
	start, base := end.at-end.size, end.at-end.size-end.offset
	if signatureAt(d.source, start) != sigCentral {
		// The size is wrong, or junk follows the directory: believe the offset.
		start, base = end.offset, 0
		if signatureAt(d.source, start) != sigCentral {
			return false
		}
	}
	if end.disk != end.startDisk {
		return false
	}
	r := bufio.NewReaderSize(io.NewSectionReader(d.source, start, end.at-start), 1<<16)
	for n := int64(0); n < end.total; n++ {
		if len(d.Entries) == MaxEntries {
			d.TooMany = true
			return true
		}
		e, disk, ok := readCentralEntry(r)
		if !ok {
			return false
		}
		e.dir, e.header = d, e.header+base
		if d.Spanned && disk != end.disk {
			e.Fault = ErrSpanned
		}
		e.end = start
		d.Entries = append(d.Entries, e)
	}
	return true
}

// dropAstray removes entries whose local header is not where the directory says
// and reports whether there were none. The first and the last stand for all:
// where bytes went missing or were added, everything behind them is shifted.
func (d *Directory) dropAstray() bool {
	astray := func(e *Entry) bool {
		return e.Fault == nil && e.header >= 0 && e.header+lenLocal <= d.size && signatureAt(d.source, e.header) != sigLocal
	}
	if n := len(d.Entries); n == 0 || !astray(d.Entries[0]) && !astray(d.Entries[n-1]) {
		return true
	}
	d.Entries = slices.DeleteFunc(d.Entries, astray)
	return false
}

func readCentralEntry(r *bufio.Reader) (e *Entry, disk int64, ok bool) {
	var b [lenCentral]byte
	if _, err := io.ReadFull(r, b[:]); err != nil || le.Uint32(b[:]) != sigCentral {
		return nil, 0, false
	}
	nameLen, extraLen, commentLen := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	rest := make([]byte, nameLen+extraLen)
	if _, err := io.ReadFull(r, rest); err != nil {
		return nil, 0, false
	}
	// A comment that is cut off costs nothing but itself.
	if _, err := r.Discard(commentLen); err != nil && err != io.EOF {
		return nil, 0, false
	}
	e = &Entry{
		Flags: le.Uint16(b[8:]), Method: le.Uint16(b[10:]), CRC32: le.Uint32(b[16:]),
		Packed: int64(le.Uint32(b[20:])), Size: int64(le.Uint32(b[24:])),
		header: int64(le.Uint32(b[42:])), dosTime: le.Uint16(b[12:]), checked: true,
		Modified: dosTime(le.Uint16(b[14:]), le.Uint16(b[12:])),
	}
	disk = int64(le.Uint16(b[34:]))
	host := b[5]
	raw := rest[:nameLen]
	e.Name = decodeName(raw, e.Flags, host)
	e.readExtra(rest[nameLen:], raw, &disk)
	e.classify(host, le.Uint32(b[38:]))
	return e, disk, true
}

// classify tells folders and links from files, and names the cipher.
func (e *Entry) classify(host byte, attributes uint32) {
	const unix, darwin = 3, 19
	if host == unix || host == darwin {
		switch attributes >> 16 & 0o170000 {
		case 0o040000:
			e.Dir = true
		case 0o120000:
			e.Link = true
		}
	} else if attributes&0x10 != 0 {
		e.Dir = true
	}
	if n := len(e.Name); n > 0 && (e.Name[n-1] == '/' || e.Name[n-1] == '\\' && e.Size == 0) {
		e.Dir = true
	}
	e.Dir = e.Dir && e.Size <= 0
	switch {
	case e.Flags&flagEncrypted == 0:
		e.Encryption = Clear
	case e.strength != 0:
		e.Encryption = AES
	case e.Flags&flagStrong != 0:
		e.Encryption = Strong
	default:
		e.Encryption = ZipCrypto
	}
}

// General purpose bits, APPNOTE 4.4.4.
const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3 // sizes and CRC follow the data
	flagStrong     = 1 << 6
	flagUTF8       = 1 << 11
	flagMasked     = 1 << 13 // the local header's values are blanked
)

// settle orders the entries by their place, gives each the end of its bytes,
// and refuses those that lie inside another: the bytes of a container are
// expanded once.
func (d *Directory) settle() {
	slices.SortStableFunc(d.Entries, func(a, b *Entry) int { return cmp.Compare(a.header, b.header) })
	taken := int64(0)
	var last *Entry
	for _, e := range d.Entries {
		if e.Fault != nil {
			continue
		}
		switch {
		case e.header < 0 || e.header+lenLocal > d.size || e.Packed < 0:
			e.Fault = ErrCut
			d.Cut = true
			continue
		case e.header < taken:
			e.Fault = ErrOverlap
			continue
		}
		if last != nil {
			last.end = min(last.end, e.header)
		}
		last = e
		taken = saturate(e.header+lenLocal, e.Packed)
	}
}

// saturate adds without overflow; both are at least 0.
func saturate(a, b int64) int64 {
	if a > farthestField || b > farthestField {
		return farthestField
	}
	return a + b
}
