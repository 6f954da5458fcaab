package msg

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/ole"
)

// maxNames is how many numbers there are for named properties.
const maxNames = 0x7FFF

// readNames reads which named property each number from 0x8000 stands for
// ([MS-OXMSG] 2.2.3).
func readNames(at *ole.Entry) map[uint16]mapi.Key {
	names := map[uint16]mapi.Key{}
	if at == nil {
		return names
	}
	var ignored error
	stream := func(tag string) []byte {
		if e := at.Find(valuePrefix + tag); e != nil {
			return take(e, &ignored)
		}
		return nil
	}
	sets, entries, strings := stream("00020102"), stream("00030102"), stream("00040102")
	for ; len(entries) >= 8 && len(names) < maxNames; entries = entries[8:] {
		id, kind := binary.LittleEndian.Uint32(entries), binary.LittleEndian.Uint16(entries[4:])
		key := mapi.Key{ID: id, Set: setOf(sets, int(kind>>1))}
		if kind&1 != 0 {
			key.ID, key.Name = 0, nameAt(strings, id)
		}
		names[0x8000+binary.LittleEndian.Uint16(entries[6:])] = key.Normal()
	}
	return names
}

// setOf is the set of an index: 1 and 2 are fixed, the others are listed.
func setOf(sets []byte, index int) (set mapi.Set) {
	switch {
	case index == 1:
		return mapi.MAPISet
	case index == 2:
		return mapi.PublicStrings
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
