package doc

import (
	"encoding/binary"
)

// piece is a run of text that stands together in the document stream.
type piece struct {
	from, to int64 // characters of the whole text
	at       int64 // place in the document stream
	wide     bool  // UTF-16; else one byte a character
	traits   traits
}

// width is the bytes of a character.
func (p *piece) width() int64 {
	if p.wide {
		return 2
	}
	return 1
}

// readPieces reads a piece table (2.9.38): properties that pieces refer to, then
// the table itself. In older versions all pieces are of one width.
func readPieces(b []byte, old, wide bool) []piece {
	var shared []traits
	for len(b) >= 5 {
		size := int64(binary.LittleEndian.Uint16(b[1:]))
		switch {
		case b[0] == 1 && size+3 <= int64(len(b)):
			shared = append(shared, readTraits(b[3:3+size], old))
			b = b[3+size:]
		case b[0] == 2:
			size = min(int64(binary.LittleEndian.Uint32(b[1:])), int64(len(b)-5))
			if list := pieceTable(b[5:5+size], shared, old, wide); len(list) > 0 {
				return list
			}
			b = b[1:]
		default:
			b = b[1:] // some writers leave bytes before the table
		}
	}
	return nil
}

// pieceTable reads n+1 places and n descriptors of 8 bytes (2.8.35).
func pieceTable(b []byte, shared []traits, old, wide bool) (list []piece) {
	if len(b) < 16 {
		return nil
	}
	le := binary.LittleEndian
	n := (len(b) - 4) / 12
	for i := range n {
		from, to := int64(le.Uint32(b[4*i:])), int64(le.Uint32(b[4*i+4:]))
		if to < from || i == 0 && from != 0 || to > 1<<31 {
			return nil
		}
		d := b[4*(n+1)+8*i:]
		p := piece{from: from, to: to, at: int64(le.Uint32(d[2:])), wide: true}
		switch {
		case old:
			p.wide = wide
		case p.at&(1<<30) != 0:
			p.at, p.wide = p.at&^(1<<30)/2, false
		}
		if change := le.Uint16(d[6:]); change&1 != 0 && int(change>>1) < len(shared) {
			p.traits = shared[change>>1]
		}
		list = append(list, p)
	}
	return list
}
