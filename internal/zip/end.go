package zip

import (
	"bytes"
	"encoding/binary"
	"io"
)

// Signatures of APPNOTE 4.3, as read in little-endian order.
const (
	sigLocal      = 0x04034b50
	sigCentral    = 0x02014b50
	sigEnd        = 0x06054b50
	sigEnd64      = 0x06064b50
	sigLocator64  = 0x07064b50
	sigDescriptor = 0x08074b50 // also the first bytes of a spanned set
	sigTemporary  = 0x30304b50 // a spanned set that needed one volume only

	lenLocal      = 30
	lenCentral    = 46
	lenEnd        = 22
	lenEnd64      = 56
	lenLocator64  = 20
	searchForEnd  = 1 << 20 // how far from the end junk may push the end record
	maxUint16     = 1<<16 - 1
	maxUint32     = 1<<32 - 1
	farthestField = 1 << 62 // offsets beyond it are lies, and would overflow
)

// directoryEnd is the end of central directory record, with zip64 merged in.
type directoryEnd struct {
	disk, startDisk int64 // number of this volume, and of that where the directory starts
	here, total     int64 // entries in this volume and in all
	size, offset    int64 // of the central directory
	at              int64 // where the directory must end: place of this record
}

var le = binary.LittleEndian

// findEnd looks for the last end record that makes sense, from the end.
func findEnd(r io.ReaderAt, size int64) (directoryEnd, bool) {
	for _, span := range [...]int64{lenEnd + 1024, lenEnd + maxUint16, searchForEnd} {
		span = min(span, size)
		tail := make([]byte, span)
		if n, _ := r.ReadAt(tail, size-span); int64(n) < span {
			return directoryEnd{}, false
		}
		for i := len(tail) - lenEnd; i >= 0; {
			if i = bytes.LastIndex(tail[:i+4], []byte("PK\x05\x06")); i < 0 {
				break
			}
			if end, ok := parseEnd(r, tail[i:], size-span+int64(i)); ok {
				return end, true
			}
			i--
		}
		if span == size {
			break
		}
	}
	return directoryEnd{}, false
}

func parseEnd(r io.ReaderAt, b []byte, at int64) (directoryEnd, bool) {
	if len(b) < lenEnd {
		return directoryEnd{}, false
	}
	end := directoryEnd{
		disk: int64(le.Uint16(b[4:])), startDisk: int64(le.Uint16(b[6:])),
		here: int64(le.Uint16(b[8:])), total: int64(le.Uint16(b[10:])),
		size: int64(le.Uint32(b[12:])), offset: int64(le.Uint32(b[16:])), at: at,
	}
	if end.here == maxUint16 || end.total == maxUint16 || end.size == maxUint32 || end.offset == maxUint32 || end.disk == maxUint16 {
		end.widen(r)
	}
	if end.total == 0 && end.size == 0 {
		return end, end.disk == 0
	}
	return end, end.size <= end.at && end.size >= lenCentral
}

// widen reads the zip64 record that the locator before the end record points
// at; where it is not there, the narrow values stand.
func (end *directoryEnd) widen(r io.ReaderAt) {
	var locator [lenLocator64]byte
	if end.at < lenLocator64 || !readFull(r, locator[:], end.at-lenLocator64) || le.Uint32(locator[:]) != sigLocator64 {
		return
	}
	// The offset is wrong where junk stands before the container: the record
	// normally stands right before its locator.
	stated := le.Uint64(locator[8:])
	for _, at := range [...]uint64{stated, uint64(end.at - lenLocator64 - lenEnd64)} {
		var b [lenEnd64]byte
		if at > farthestField || !readFull(r, b[:], int64(at)) || le.Uint32(b[:]) != sigEnd64 {
			continue
		}
		size, offset := le.Uint64(b[40:]), le.Uint64(b[48:])
		here, total := le.Uint64(b[24:]), le.Uint64(b[32:])
		if size > farthestField || offset > farthestField || here > farthestField || total > farthestField {
			return
		}
		*end = directoryEnd{disk: int64(le.Uint32(b[16:])), startDisk: int64(le.Uint32(b[20:])), here: int64(here), total: int64(total),
			size: int64(size), offset: int64(offset), at: int64(at)}
		return
	}
}

// readFull reports whether all of b could be read at off.
func readFull(r io.ReaderAt, b []byte, off int64) bool {
	if off < 0 {
		return false
	}
	n, _ := r.ReadAt(b, off)
	return n == len(b)
}

// signatureAt is the four bytes at off, 0 where there are none.
func signatureAt(r io.ReaderAt, off int64) uint32 {
	var b [4]byte
	if !readFull(r, b[:], off) {
		return 0
	}
	return le.Uint32(b[:])
}
