package doc

import "encoding/binary"

// traits are the properties of text that matter to a reader.
type traits struct {
	set     uint16
	picture uint32 // place in the data stream, where set has hasPicture
}

const (
	isHidden uint16 = 1 << iota
	isDeleted
	hasPicture
	inTable   // a paragraph
	endsRow   // a paragraph: its mark ends a row
	endsInner // a paragraph: its mark ends a cell of a table within a table
	endsInRow // a paragraph: its mark ends a row of a table within a table
)

// readTraits reads a list of property changes (2.2.5). Those of older versions
// have numbers of their own and are left.
func readTraits(b []byte, old bool) (t traits) {
	if old {
		return t
	}
	for len(b) >= 3 {
		change := binary.LittleEndian.Uint16(b)
		n := operandSize(change, b[2:])
		if b = b[2:]; n > len(b) {
			return t
		}
		t.apply(change, b[:n])
		b = b[n:]
	}
	return t
}

// operandSize is the length of a change's operand by the upper three bits of
// its number; two are longer than one byte can say.
func operandSize(change uint16, b []byte) int {
	switch change >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	switch {
	case change == 0xD608 && len(b) >= 2: // a table's definition counts in two bytes, one too many
		return int(binary.LittleEndian.Uint16(b)) + 1
	case change == 0xC615 && b[0] == 255 && len(b) > 1: // tab stops: deleted ones, then added ones
		n := 2 + 4*int(b[1])
		if n < len(b) {
			n += 1 + 3*int(b[n])
		}
		return n
	}
	return int(b[0]) + 1
}

// apply takes one change (2.6.1, 2.6.2).
func (t *traits) apply(change uint16, b []byte) {
	switch change {
	case 0x0800:
		t.put(isDeleted, b[0] == 1)
	case 0x083C:
		t.put(isHidden, b[0] == 1 || b[0] == 0x81)
	case 0x6A03:
		t.put(hasPicture, true)
		t.picture = binary.LittleEndian.Uint32(b)
	case 0x2416:
		t.put(inTable, b[0] != 0)
	case 0x2417:
		t.put(endsRow, b[0] != 0)
	case 0x244B:
		t.put(endsInner, b[0] != 0)
	case 0x244C:
		t.put(endsInRow, b[0] != 0)
	}
}

func (t *traits) put(trait uint16, on bool) {
	if on {
		t.set |= trait
	} else {
		t.set &^= trait
	}
}
