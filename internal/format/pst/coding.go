package pst

// coding is how the blocks of a store are made unreadable to the eye ([MS-PST]
// 5.1 and 5.2). It needs no key.
type coding byte

const (
	plain coding = iota
	permuted
	cyclic
)

// undo decodes a block in place. The cyclic coding begins with the block's
// number and is its own inverse.
func (c coding) undo(b []byte, number uint32) {
	switch c {
	case permuted:
		for i, v := range b {
			b[i] = third[v]
		}
	case cyclic:
		w := uint16(number) ^ uint16(number>>16)
		for i, v := range b {
			low, high := byte(w), byte(w>>8)
			v = second[first[v+low]+high]
			b[i] = third[v-high] - low
			w++
		}
	}
}

// third undoes what first does.
var third = func() (t [256]byte) {
	for i, v := range first {
		t[v] = byte(i)
	}
	return t
}()
