package plant

import (
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf16"
)

// Attributes of a winmail.dat ([MS-OXTNEF] 2.1.3.2), and where they belong.
const (
	tnefMessage    = 1
	tnefAttachment = 2

	tnefVersion     = 0x00089006
	tnefCodePage    = 0x00069007
	tnefClass       = 0x00078008
	tnefProperties  = 0x00069003
	tnefAttachBegin = 0x00069002
	tnefAttachTitle = 0x00018010
	tnefAttachData  = 0x0006800F
	tnefAttachProps = 0x00069005
)

// writeTNEF writes a winmail.dat: what Outlook sent to those who had no
// Outlook. Sender, recipients, subject and body are properties in Unicode.
func writeTNEF(p *paper) []byte {
	b := []byte{0x78, 0x9F, 0x3E, 0x22, 1, 0}
	b = tnefAttribute(b, tnefMessage, tnefVersion, []byte{0, 0, 1, 0})
	b = tnefAttribute(b, tnefMessage, tnefCodePage, []byte{0xE4, 4, 0, 0, 0, 0, 0, 0})
	b = tnefAttribute(b, tnefMessage, tnefClass, []byte("IPM.Microsoft Mail.Note\x00"))
	sender, address := mailbox(p.head.from)
	b = tnefAttribute(b, tnefMessage, tnefProperties, tnefTexts(map[uint16]string{
		0x0037: p.head.subject, 0x0C1A: sender, 0x0C1F: address, 0x0E04: p.head.to, 0x0E03: p.head.cc, 0x1000: string(writeText(p))}))
	for _, a := range p.attach {
		b = tnefAttribute(b, tnefAttachment, tnefAttachBegin, make([]byte, 14))
		b = tnefAttribute(b, tnefAttachment, tnefAttachTitle, append(windows1252(a.name), 0))
		b = tnefAttribute(b, tnefAttachment, tnefAttachData, a.bytes)
		b = tnefAttribute(b, tnefAttachment, tnefAttachProps, tnefTexts(map[uint16]string{0x3707: a.name}))
	}
	return b
}

// tnefAttribute adds an attribute: where it belongs, what it is, its length,
// its bytes and their sum.
func tnefAttribute(b []byte, level byte, id uint32, data []byte) []byte {
	b = append(b, level)
	b = binary.LittleEndian.AppendUint32(b, id)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(append(b, data...), sum)
}

// tnefTexts is a list of properties that are text, in the order of their
// numbers; empty ones are left out (2.1.3.4).
func tnefTexts(texts map[uint16]string) []byte {
	var out []byte
	count := uint32(0)
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		if texts[id] == "" {
			continue
		}
		count++
		var wide []byte
		for _, u := range utf16.Encode([]rune(texts[id] + "\x00")) {
			wide = binary.LittleEndian.AppendUint16(wide, u)
		}
		for _, v := range []uint32{uint32(id)<<16 | 0x001F, 1, uint32(len(wide))} {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
		out = append(out, wide...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return append(binary.LittleEndian.AppendUint32(nil, count), out...)
}
