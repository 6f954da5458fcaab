package mapi

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Type is how a property is stored ([MS-OXCDATA] 2.11.1).
type Type uint16

const (
	Int16   Type = 0x02
	Int32   Type = 0x03
	Float32 Type = 0x04
	Float64 Type = 0x05
	Money   Type = 0x06
	AppTime Type = 0x07
	Code    Type = 0x0A
	Bool    Type = 0x0B
	Object  Type = 0x0D
	Int64   Type = 0x14
	String8 Type = 0x1E // text in the code page of the message
	Unicode Type = 0x1F // UTF-16, little-endian
	Time    Type = 0x40 // 100 ns since 1601, UTC
	GUID    Type = 0x48
	Binary  Type = 0x102
	Many    Type = 0x1000 // added to a type: a list of it
)

// Size is the bytes of a value of fixed size, 0 for the types without one.
func (t Type) Size() int {
	switch t {
	case Int16, Bool:
		return 2
	case Int32, Float32, Code:
		return 4
	case Float64, Money, AppTime, Int64, Time:
		return 8
	case GUID:
		return 16
	}
	return 0
}

// MaxKept bounds the bytes of all properties of one message, its recipients
// and attachments included: bodies and lists of people are the largest, and no
// honest ones come near.
const MaxKept = 128 << 20

// Set is the GUID of a family of named properties, as stored.
type Set [16]byte

// Key names a property: by its number alone, or by a set and in it by number or
// by name.
type Key struct {
	Set  Set
	ID   uint32
	Name string
}

// Tag is the key of a property that has a number of its own.
func Tag(id uint16) Key { return Key{ID: uint32(id)} }

// Value is one property: its bytes, or for a list those of each element.
type Value struct {
	Type Type
	Data []byte
	List [][]byte
}

// Bag is the properties of a message, recipient or attachment.
type Bag struct {
	values map[Key]Value
	outer  *Bag
	room   *room
}

// room is what the properties of one message may still come to.
type room struct {
	left int64
	over bool
}

// NewBag makes an empty bag. Outer, which may be nil, is the message that a
// recipient or attachment belongs to: its code page counts, and so does its
// room.
func NewBag(outer *Bag) *Bag {
	b := &Bag{values: map[Key]Value{}, outer: outer, room: &room{left: MaxKept}}
	if outer != nil {
		b.room = outer.room
	}
	return b
}

// Room is how many bytes of properties may still be kept. A reader need not
// read more of one than a byte beyond.
func (b *Bag) Room() int64 { return b.room.left }

// Over reports whether a property was dropped because there was no room.
func (b *Bag) Over() bool { return b.room.over }

// Set keeps a property; a second one of the same key is dropped.
func (b *Bag) Set(k Key, v Value) {
	if _, ok := b.values[k]; !ok {
		b.Replace(k, v)
	}
}

// Replace keeps a property whatever was kept of it before.
func (b *Bag) Replace(k Key, v Value) {
	size := v.size()
	if size > b.room.left {
		b.room.over = true
		return
	}
	b.room.left -= size
	b.values[k] = v
}

// size is what a value costs in memory.
func (v Value) size() int64 {
	const head = 64
	n := int64(head + len(v.Data))
	for _, d := range v.List {
		n += int64(head + len(d))
	}
	return n
}

// Has reports whether there is a property.
func (b *Bag) Has(k Key) bool { _, ok := b.values[k]; return ok }

// Bytes is a property as stored, nil without one.
func (b *Bag) Bytes(k Key) []byte { return b.values[k].Data }

// Value is a property as stored.
func (b *Bag) Value(k Key) Value { return b.values[k] }

// Int is a number or a truth value.
func (b *Bag) Int(k Key) (int64, bool) {
	v, ok := b.values[k]
	if !ok {
		return 0, false
	}
	return v.Type.number(v.Data)
}

func (t Type) number(d []byte) (int64, bool) {
	if n := t.Size(); n == 0 || len(d) < n {
		return 0, false
	}
	le := binary.LittleEndian
	switch t {
	case Int16:
		return int64(int16(le.Uint16(d))), true
	case Bool:
		return int64(d[0] & 1), true
	case Int32, Code:
		return int64(int32(le.Uint32(d))), true
	case Int64, Time:
		return int64(le.Uint64(d)), true
	}
	return 0, false
}

// Text is a property as people read it: text decoded, numbers in digits, times
// as 2001-03-05 10:00 in UTC, truth as yes or nothing, lists with semicolons
// between. Binary properties and unset times give "".
func (b *Bag) Text(k Key) string {
	v, ok := b.values[k]
	if !ok {
		return ""
	}
	if v.Type&Many == 0 {
		return b.show(v.Type, v.Data)
	}
	var list []string
	for _, d := range v.List {
		if s := strings.TrimSpace(b.show(v.Type&^Many, d)); s != "" {
			list = append(list, s)
		}
	}
	return strings.Join(list, "; ")
}

// First is the text of the first of some properties that has any.
func (b *Bag) First(keys ...Key) string {
	for _, k := range keys {
		if s := strings.TrimSpace(b.Text(k)); s != "" {
			return s
		}
	}
	return ""
}

func (b *Bag) show(t Type, d []byte) string {
	switch t {
	case Unicode:
		return wide(d)
	case String8:
		return b.narrow(d)
	case Time:
		if at, ok := fileTime(d); ok {
			return at.Format("2006-01-02 15:04")
		}
		return ""
	case Bool:
		if n, ok := t.number(d); ok && n != 0 {
			return "yes"
		}
		return ""
	}
	if n, ok := t.number(d); ok {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// Date is the day of a time that stands for a whole day: Outlook stores
// midnight where the writer was as UTC, so that a day in British Summer Time
// begins at 23:00 of the day before. The nearest midnight is meant.
func (b *Bag) Date(k Key) string {
	v := b.values[k]
	if at, ok := fileTime(v.Data); ok && v.Type == Time {
		return at.Add(12 * time.Hour).Format("2006-01-02")
	}
	return ""
}

// fileTime is a moment as Windows counts it. Times before 1850 and after 2200
// mean that none is set (Outlook writes 4501 for "none").
func fileTime(d []byte) (time.Time, bool) {
	if len(d) < 8 {
		return time.Time{}, false
	}
	const epoch = 11644473600 // seconds from 1601 to 1970
	at := time.Unix(int64(binary.LittleEndian.Uint64(d)/1e7)-epoch, 0).UTC()
	return at, at.Year() >= 1850 && at.Year() < 2200
}

// wide decodes UTF-16 without its final zeros.
func wide(d []byte) string {
	le := binary.LittleEndian
	for len(d) >= 2 && le.Uint16(d[len(d)&^1-2:]) == 0 {
		d = d[:len(d)&^1-2]
	}
	out := make([]byte, 0, len(d)/2+len(d)/16)
	for ; len(d) >= 2; d = d[2:] {
		r := rune(le.Uint16(d))
		if utf16.IsSurrogate(r) && len(d) >= 4 {
			if pair := utf16.DecodeRune(r, rune(le.Uint16(d[2:]))); pair != utf8.RuneError {
				r, d = pair, d[2:]
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// Normal is the key by which a named property is known here: one of PS_MAPI by
// its number alone, and names without regard to letter case, as Outlook
// compares those of its own.
func (k Key) Normal() Key {
	if k.Set == MAPISet && k.Name == "" {
		return Tag(uint16(k.ID))
	}
	k.Name = strings.ToLower(k.Name)
	return k
}
