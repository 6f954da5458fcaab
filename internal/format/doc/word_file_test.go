package doc

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/compound/compoundtest"
	"github.com/reeve-council/reeve/internal/ole"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

var (
	packed = compoundtest.Pack
	wide   = compoundtest.Wide
)

const textAt = 0x400 // place of the text in the document stream

// wordFile is a document being written. Text is one narrow piece, then one in
// UTF-16; ranges are in characters.
type wordFile struct {
	narrow, wide string // narrow text in Windows-1252
	lost         string // what stands between them and in no piece
	stories      [storyCount]int
	runs, paras  []ranged
	parts        map[int][]byte
	data         []byte
	flags        uint16
	password     string // encrypts the streams
}

// ranged gives a range of characters a list of property changes.
type ranged struct {
	from, to int
	changes  []byte
}

func (w *wordFile) place(char int) uint32 {
	if n := len(w.narrow); char > n {
		return uint32(textAt + n + len(w.lost) + 2*(char-n))
	}
	return uint32(textAt + char)
}

// page writes the ranges as one page of properties; paragraphs count in words
// behind the number of a style.
func (w *wordFile) page(list []ranged, paragraph bool) []byte {
	page := make([]byte, pageSize)
	page[pageSize-1] = byte(len(list))
	size, at := 1, pageSize-1
	if paragraph {
		size = 13
	}
	for i, r := range list {
		binary.LittleEndian.PutUint32(page[4*i:], w.place(r.from))
		binary.LittleEndian.PutUint32(page[4*i+4:], w.place(r.to))
		if len(r.changes) == 0 {
			continue
		}
		b := packed(byte(len(r.changes)), r.changes)
		if paragraph {
			b = packed(uint16(0), r.changes)
			if n := len(b); n%2 == 1 {
				b = packed(byte((n+1)/2), b)
			} else {
				b = packed(byte(0), byte(n/2), b)
			}
		}
		at = (at - len(b)) &^ 1
		copy(page[at:], b)
		page[4*(len(list)+1)+size*i] = byte(at / 2)
	}
	return page
}

// file puts the streams together.
func (w *wordFile) file(more ...oletest.Stream) []byte {
	text := append([]byte(w.narrow+w.lost), wide(w.wide)...)
	main := append(make([]byte, textAt), text...)
	for len(main)%pageSize != 0 {
		main = append(main, 0)
	}
	first := uint32(len(main) / pageSize)
	main = append(append(main, w.page(w.runs, false)...), w.page(w.paras, true)...)
	le := binary.LittleEndian
	le.PutUint16(main, markWord97)
	le.PutUint16(main[2:], firstWide)
	le.PutUint16(main[10:], flagOtherTable|w.flags)
	le.PutUint32(main[0x18:], textAt)
	le.PutUint32(main[0x1C:], uint32(textAt+len(text)))
	for i, n := range w.stories {
		le.PutUint32(main[storiesWord97+4*i:], uint32(n))
	}
	n, all := uint32(len(w.narrow)), uint32(len(w.narrow)+len(wide(w.wide))/2)
	parts := map[int][]byte{
		pairPieces: packed("\xFF", byte(2), uint32(28), uint32(0), n, all, // a byte that does not belong before it
			uint16(0), uint32(textAt*2|1<<30), uint16(0), uint16(0), uint32(textAt+len(w.lost))+n, uint16(0)),
		pairRunPages:  packed(uint32(textAt), uint32(len(main)), first),
		pairParaPages: packed(uint32(textAt), uint32(len(main)), first+1),
	}
	for i, b := range w.parts {
		parts[i] = b
	}
	table := make([]byte, 8)
	if w.password != "" {
		table = compoundtest.LockRC4(w.password)
		le.PutUint32(main[14:], uint32(len(table)))
		le.PutUint16(main[10:], flagOtherTable|flagEncrypted)
	}
	lead := len(table)
	for i := range 100 {
		if b, ok := parts[i]; ok {
			le.PutUint32(main[firstPairWord97+8*i:], uint32(len(table)))
			le.PutUint32(main[firstPairWord97+8*i+4:], uint32(len(b)))
			table = append(table, b...)
		}
	}
	if w.password != "" {
		lock(main, plainHead, table[:lead], w.password)
		lock(table, lead, table[:lead], w.password)
	}
	streams := append([]oletest.Stream{{Path: "WORDDOCUMENT", Data: main}, {Path: "1Table", Data: table}}, more...)
	if w.data != nil {
		streams = append(streams, oletest.Stream{Path: "Data", Data: w.data})
	}
	return oletest.File(streams...)
}

// lock encrypts a stream in blocks of 512 bytes, but for its first ones.
func lock(b []byte, plain int, header []byte, password string) {
	keys, err := ole.OpenRC4(header, []string{password})
	if err != nil {
		panic(err)
	}
	for at := 0; at < len(b); at += 512 {
		block := b[at:min(at+512, len(b))]
		sealed := append([]byte(nil), block...)
		keys.Stream(uint32(at/512)).XORKeyStream(sealed, sealed)
		copy(block[min(max(plain-at, 0), len(block)):], sealed[min(max(plain-at, 0), len(block)):])
	}
}

// strung is a table of strings in UTF-16.
func strung(list ...string) []byte {
	b := packed(uint16(0xFFFF), uint16(len(list)), uint16(0))
	for _, s := range list {
		b = append(b, packed(uint16(len(s)), wide(s))...)
	}
	return b
}

var (
	deleted = packed(uint16(0x0800), byte(1))
	vanish  = packed(uint16(0x083C), byte(1))
	cellSet = packed(uint16(0x2416), byte(1))
	rowSet  = packed(uint16(0x2416), byte(1), uint16(0x2417), byte(1))
	inner   = packed(uint16(0x2416), byte(1), uint16(0x244B), byte(1))
	innerTR = packed(uint16(0x2416), byte(1), uint16(0x244C), byte(1))
)

// story builds the texts of a document and the ranges in them.
type story struct {
	wordFile
	last int // length when the last story ended
}

func (s *story) add(text string, changes []byte) *story {
	if changes != nil {
		s.runs = append(s.runs, ranged{len(s.narrow), len(s.narrow) + len(text), changes})
	}
	s.narrow += text
	return s
}

// para adds text whose paragraph has changes.
func (s *story) para(text string, changes []byte) *story {
	s.paras = append(s.paras, ranged{len(s.narrow), len(s.narrow) + len(text), changes})
	s.narrow += text
	return s
}

// end ends the story with a number.
func (s *story) end(n int) *story {
	s.stories[n], s.last = len(s.narrow)-s.last, len(s.narrow)
	return s
}

// letter is a document with all that documents usually hold.
func letter() *story {
	s := &story{}
	s.add("Dear Zo\xEB Sample\r\r", nil).add("Your son ", nil).add("(name cut) ", deleted).add("draft only ", vanish).add("is placed.\r", nil)
	s.add("See \x13 HYPERLINK \"mailto:p.clerk@example.org\" \x14the clerk\x15.\x0Bor call\r", nil)
	s.para("Name\x07", cellSet).para("Born\x07", cellSet).para("\x07", rowSet)
	s.para("Zo\xEB\r", cellSet).para("Sample\x07", cellSet).para("\x07", cellSet).para("\x07", rowSet)
	s.para("x\r", inner).para("y\r", inner).para("\r", innerTR).para("after\x07", cellSet).para("two\x07", cellSet).para("\x07", rowSet)
	s.para("Yours\r", nil).end(0)
	s.add("\x02 A footnote\r", nil).end(1).add("In confidence\r", nil).end(2)
	s.add("\x05Is this right?\r", nil).add("\x05Yes\r", nil).end(4)
	s.add("Boxed\r", nil).end(6)
	s.wide = "Ďakujem, 𝒵oë\r"
	s.stories[7] = len(wide(s.wide)) / 2
	first := len("\x05Is this right?\r")
	ref := func(who uint16) []byte { return packed(make([]byte, 20), who, make([]byte, 8)) }
	s.parts = map[int][]byte{
		pairComments:    packed(uint32(0), uint32(first), uint32(first+5), uint32(first+6)),
		pairCommentRefs: packed(uint32(1), uint32(2), uint32(3), ref(1), ref(0)),
		pairOwners:      packed(uint16(7), wide("P Clerk"), uint16(6), wide("A Boss")),
		pairChangers:    strung("Unknown", "P Clerk"),
		pairSavers:      strung("P Clerk", `C:\Letters\zoe.doc`),
		pairNames:       strung("", "", "", "", "", "", "", "", `H:\merge\leavers.mdb`),
	}
	return s
}
