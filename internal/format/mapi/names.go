package mapi

import (
	"encoding/binary"
	"unicode/utf16"
)

// maxNames is how many numbers there are for named properties.
const maxNames = 0x7FFF

// Names reads which named property each number from 0x8000 stands for, as a
// message file and a store keep it ([MS-OXMSG] 2.2.3, [MS-PST] 2.4.7): entries
// of eight bytes that lead into a list of sets and a stream of counted names.
func Names(sets, entries, strings []byte) map[uint16]Key {
	names := map[uint16]Key{}
	for ; len(entries) >= 8 && len(names) < maxNames; entries = entries[8:] {
		id, kind := binary.LittleEndian.Uint32(entries), binary.LittleEndian.Uint16(entries[4:])
		key := Key{ID: id, Set: setOf(sets, int(kind>>1))}
		if kind&1 != 0 {
			key.ID, key.Name = 0, nameAt(strings, id)
		}
		names[0x8000+binary.LittleEndian.Uint16(entries[6:])] = key.Normal()
	}
	return names
}

// setOf is the set of an index: 1 and 2 are fixed, the others are listed.
func setOf(sets []byte, index int) (set Set) {
	switch {
	case index == 1:
		return MAPISet
	case index == 2:
		return PublicStrings
	case index >= 3 && (index-2)*16 <= len(sets):
		copy(set[:], sets[(index-3)*16:])
	}
	return set
}

// nameAt is the counted name at a place of the stream of names.
func nameAt(b []byte, at uint32) string {
	if uint64(at)+4 > uint64(len(b)) {
		return ""
	}
	n := binary.LittleEndian.Uint32(b[at:])
	b = b[at+4:]
	units := make([]uint16, min(uint64(n), uint64(len(b)))/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
