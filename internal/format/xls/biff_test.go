package xls

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/compound/compoundtest"
)

var (
	packed = compoundtest.Pack
	wide   = compoundtest.Wide
)

// biff is a workbook stream being written.
type biff []byte

func (b *biff) rec(kind uint16, parts ...any) *biff {
	body := packed(parts...)
	*b = append(*b, packed(kind, uint16(len(body)), body)...)
	return b
}

// begin starts a substream of BIFF8 (0x0600) or BIFF5 (0x0500).
func (b *biff) begin(version, kind uint16) *biff {
	return b.rec(recBegin, version, kind, uint16(0), uint16(0), uint32(0), uint32(0))
}

func (b *biff) end() *biff { return b.rec(recEnd) }

// low is a string of BIFF8 of lower bytes behind a count of two bytes.
func low(s string) []byte { return packed(uint16(len(s)), byte(0), s) }

// high is a string of BIFF8 in UTF-16.
func high(s string) []byte { w := wide(s); return packed(uint16(len(w)/2), byte(1), w) }

// book joins globals and sheets, and writes the places of the sheets into the
// BOUNDSHEET records.
func joined(globals, first biff, others ...biff) []byte {
	out := append([]byte(nil), globals...)
	at, n := 0, 0
	sheets := append([]biff{first}, others...)
	for _, s := range sheets {
		for binary.LittleEndian.Uint16(out[at:]) != recSheet {
			at += 4 + int(binary.LittleEndian.Uint16(out[at+2:]))
		}
		binary.LittleEndian.PutUint32(out[at+4:], uint32(len(globals)+n))
		at += 4 + int(binary.LittleEndian.Uint16(out[at+2:]))
		n += len(s)
	}
	for _, s := range sheets {
		out = append(out, s...)
	}
	return out
}

// cellHead is where a cell stands and its style.
func cellHead(row, col, style uint16) []byte { return packed(row, col, style) }

// sample is a workbook with all that sheets usually hold: a shown and a hidden
// sheet.
func sample() []byte {
	globals, leavers, old := samples()
	return joined(globals, leavers, old)
}

func samples() (globals, leavers, old biff) {
	var g biff
	g.begin(0x0600, subGlobals).rec(recCodePage, uint16(1200)).rec(recWriter, low("P Clerk      "))
	g.rec(recFormat, uint16(164), low(`dd\ mmm\ yyyy`))
	g.rec(recStyle, uint16(0), uint16(0)).rec(recStyle, uint16(0), uint16(14)).rec(recStyle, uint16(0), uint16(164))
	g.rec(recSheet, uint32(0), byte(0), byte(0), byte(7), byte(0), "Leavers")
	g.rec(recSheet, uint32(0), byte(1), byte(0), byte(3), byte(1), wide("Old"))
	g.rec(recName, uint16(0), byte(0), byte(5), uint16(0), uint16(0), uint16(0), uint32(0), byte(0), "Clerk", byte(0x17), byte(6), byte(0), "A Name")
	// The third string goes on in the next record, first in lower bytes, then
	// in UTF-16; it has two formatting runs.
	g.rec(recStrings, uint32(4), uint32(4), low("Name"), high("Zoë Sample"), uint16(9), byte(8), uint16(2), "John")
	g.rec(recContinue, byte(1), wide(" Dœ! "), uint32(1), uint32(2), low("never shown"))
	g.end()

	leavers.begin(0x0600, subSheet).rec(recHeader, low(`&L&"Arial,Bold"&12Staff in confidence&RPage &P`))
	leavers.rec(recRow, uint16(3), uint16(0), uint16(3), uint16(0), uint16(0), uint16(0), uint16(0x20), uint16(0))
	leavers.rec(recSharedLabel, cellHead(1, 0, 0), uint32(0)).rec(recLabel, cellHead(1, 1, 0), low("Born"))
	leavers.rec(recSharedLabel, cellHead(2, 0, 0), uint32(1)).rec(recNumber, cellHead(2, 1, 1), float64(25000))
	leavers.rec(recManyRK, uint16(2), uint16(2), uint16(0), uint32(1234<<2|3), uint16(2), uint32(36955<<2|2), uint16(3))
	leavers.rec(recSharedLabel, cellHead(3, 0, 0), uint32(2)).rec(recTruth, cellHead(3, 1, 0), byte(1), byte(0)).rec(recTruth, cellHead(3, 2, 0), byte(7), byte(1))
	leavers.rec(recFormula, cellHead(4, 0, 0), byte(0), "\x00\x00\x00\x00\x00", uint16(0xFFFF), uint16(0), uint32(0), uint16(0))
	leavers.rec(recString, low("by a formula"))
	leavers.rec(recFormula, cellHead(4, 1, 1), float64(36955), uint16(0), uint32(0), uint16(0))
	leavers.rec(recObject, uint16(0x15), uint16(18), uint16(0x19), uint16(5), make([]byte, 14))
	leavers.rec(recText, make([]byte, 10), uint16(9), uint16(0), uint32(0)).rec(recContinue, byte(0), "Ask Payro").rec(recContinue, make([]byte, 8))
	leavers.rec(recObject, uint16(0x15), uint16(18), uint16(0x06), uint16(6), make([]byte, 14))
	leavers.rec(recText, make([]byte, 10), uint16(3), uint16(0), uint32(0)).rec(recContinue, byte(0), "Box").rec(recContinue, make([]byte, 8))
	leavers.rec(recNote, uint16(2), uint16(1), uint16(0), uint16(5), low("P Clerk"))
	link := "mailto:zoe@example.org"
	leavers.rec(recLink, make([]byte, 24), uint32(2), uint32(1), "\xE0\xC9\xEA\x79", make([]byte, 12), uint32(2*len(link)+2), wide(link), uint16(0))
	leavers.end()

	old.begin(0x0600, subSheet).rec(recLabel, cellHead(0, 0, 0), low("gone")).end()
	return g, leavers, old
}
