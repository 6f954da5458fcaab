package doc

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/part"
)

// Marks and places of the file information block ([MS-DOC] 2.5).
const (
	markWord97                = 0xA5EC
	markWord6                 = 0xA5DC
	firstFarEast, lastFarEast = 0xA697, 0xA699 // of Word 95
	firstWide                 = 193            // version (nFib) from which text may be in Unicode and tables stand in a stream of their own

	flagComplex    = 0x0004
	flagEncrypted  = 0x0100
	flagOtherTable = 0x0200
	flagUnicode    = 0x1000
	flagObfuscated = 0x8000
)

// Pairs of place and length in the table stream, by number (2.5.6). The older
// versions have the first forty of them too, in another place.
const (
	pairCommentRefs  = 4
	pairComments     = 5
	pairRunPages     = 12 // PlcfBteChpx
	pairParaPages    = 13 // PlcfBtePapx
	pairNames        = 32 // SttbfAssoc
	pairPieces       = 33 // Clx
	pairOwners       = 36 // GrpXstAtnOwners
	pairDrawings     = 50 // DggInfo
	pairChangers     = 51 // SttbfRMark
	pairSavers       = 71 // SttbSavedBy
	storyCount       = 8
	maxTable         = 128 << 20
	firstPairWord97  = 0x9A
	firstPairWord6   = 0x58
	storiesWord97    = 0x4C
	storiesWord6     = 0x34
	wholeBlockWord97 = 0x382 // bytes of the block that are looked at
)

// block is the file information block.
type block struct {
	b       []byte
	old     bool // Word 6 or 95
	version int
	flags   int
}

// readBlock reads the block at the start of the document stream.
func readBlock(b []byte) (*block, error) {
	f := &block{b: b}
	if len(b) < 0x60 {
		return nil, part.CutShort("the document is cut short")
	}
	mark := f.u16(0)
	f.version, f.flags = f.u16(2), f.u16(10)
	f.old = f.version < firstWide
	switch {
	case mark == markWord97 || mark == markWord6, mark >= firstFarEast && mark <= lastFarEast && f.old:
		return f, nil
	case mark == 0xA5DB || mark == 0xA59B || mark == 0xA59C:
		return nil, part.Unsupported("a document of Word 2 or before")
	}
	return nil, part.Broken("the document does not begin as one")
}

func (f *block) u16(at int) int {
	if at+2 > len(f.b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(f.b[at:]))
}

func (f *block) u32(at int) uint32 {
	if at+4 > len(f.b) {
		return 0
	}
	return binary.LittleEndian.Uint32(f.b[at:])
}

// has reports whether a flag is set.
func (f *block) has(flag int) bool { return f.flags&flag != 0 }

// pair is the place and length of a structure in the table stream.
func (f *block) pair(n int) (at, size int64) {
	where := firstPairWord97 + 8*n
	if f.old {
		if n > pairOwners {
			return 0, 0
		}
		where = firstPairWord6 + 8*n
	}
	return int64(f.u32(where)), int64(f.u32(where + 4))
}

// stories are the lengths of the document's texts in characters, in the order
// in which they stand: main text, footnotes, headers, macros, comments,
// endnotes, text boxes, text boxes in headers (2.5.4).
func (f *block) stories() (n [storyCount]int64) {
	where := storiesWord97
	if f.old {
		where = storiesWord6
	}
	for i := range n {
		if c := int32(f.u32(where + 4*i)); c > 0 {
			n[i] = int64(c)
		}
	}
	return n
}
