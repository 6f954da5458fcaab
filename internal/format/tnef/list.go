package tnef

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// cursor reads numbers and values one after the other; its first error sticks.
type cursor struct {
	b   []byte
	err error
}

// take gives the next n bytes; what is beyond the end is an error.
func (c *cursor) take(n int) []byte {
	if c.err == nil && (n < 0 || n > len(c.b)) {
		c.err = part.CutShort("it ends within a list of properties")
	}
	if c.err != nil {
		return make([]byte, min(max(n, 0), 16))
	}
	got := c.b[:n]
	c.b = c.b[n:]
	return got
}

func (c *cursor) number() uint32 { return binary.LittleEndian.Uint32(c.take(4)) }

// count reads how many follow.
func (c *cursor) count() int {
	n := int64(c.number())
	switch {
	case c.err != nil:
		return 0
	case n*4 > int64(len(c.b)):
		n = int64(len(c.b))/4 + 1 // more than there can be: what there is, then an error
	case n > maxEntries:
		c.err = part.Over(reeve.ReasonTooMany, "a list longer than the limit")
	}
	return int(min(n, maxEntries))
}

// counted reads counted bytes, which are filled up to a multiple of four.
func (c *cursor) counted() []byte {
	n := int(c.number())
	b := c.take(n)
	if pad := -n & 3; pad > 0 && c.err == nil {
		c.b = c.b[min(pad, len(c.b)):]
	}
	if c.err != nil {
		return nil
	}
	return b
}

// readList reads a list of properties ([MS-OXTNEF] 2.1.3.4) into a bag.
func readList(b []byte, into *mapi.Bag) error {
	c := &cursor{b: b}
	c.list(into)
	return c.err
}

func (c *cursor) list(into *mapi.Bag) {
	for n := c.count(); n > 0 && c.err == nil; n-- {
		head := c.take(4)
		typ, id := mapi.Type(binary.LittleEndian.Uint16(head)), binary.LittleEndian.Uint16(head[2:])
		key := mapi.Tag(id)
		if id >= 0x8000 {
			key = c.named()
		}
		if v, ok := c.value(typ); ok && c.err == nil {
			into.Set(key, v)
		}
	}
}

// named reads the name of a property from 0x8000.
func (c *cursor) named() (key mapi.Key) {
	copy(key.Set[:], c.take(16))
	if c.number() == 0 {
		key.ID = c.number()
		return key.Normal()
	}
	raw := c.counted()
	units := make([]uint16, len(raw)/2)
	for i := range units {
		if units[i] = binary.LittleEndian.Uint16(raw[2*i:]); units[i] == 0 {
			units = units[:i]
			break
		}
	}
	key.Name = string(utf16.Decode(units))
	return key.Normal()
}

// value reads a value: of fixed size, filled up to four bytes; else counted,
// behind how many there are.
func (c *cursor) value(typ mapi.Type) (mapi.Value, bool) {
	v := mapi.Value{Type: typ}
	base := typ &^ mapi.Many
	size := base.Size()
	switch {
	case size > 0 && typ == base:
		v.Data = c.take(size)
		c.take(-size & 3)
		return v, true
	case size > 0:
		for n := c.count(); n > 0 && c.err == nil; n-- {
			v.List = append(v.List, c.take(size))
			c.take(-size & 3)
		}
		return v, true
	case base != mapi.String8 && base != mapi.Unicode && base != mapi.Binary && base != mapi.Object:
		c.err = part.Broken("a property of no known type")
		return v, false
	}
	for n := c.count(); n > 0 && c.err == nil; n-- {
		v.List = append(v.List, c.counted())
	}
	if typ == base && len(v.List) > 0 {
		v.Data, v.List = v.List[0], nil
	}
	return v, true
}
