package sqlite

import (
	"encoding/binary"
	"math"
	"strconv"
	"unicode/utf8"
)

// value is one stored value: text, or the bytes of a blob.
type value struct {
	text string
	blob []byte
	null bool
}

// maxColumns is SQLite's own upper bound (limits, 2).
const maxColumns = 32767

// record takes a record apart (2.1). Values beyond the end of what is there are
// left out.
func (f *file) record(b []byte) []value {
	head, n := varint(b)
	if n == 0 || head > uint64(len(b)) {
		f.broken = true
		return nil
	}
	types, body := b[n:max(n, int(head))], b[head:]
	var values []value
	for len(types) > 0 && len(values) < maxColumns {
		t, n := varint(types)
		if n == 0 {
			break
		}
		types = types[n:]
		size := sizeOf(t)
		if size > uint64(len(body)) {
			f.broken = true
			if size = uint64(len(body)); t < 12 {
				break
			}
		}
		values = append(values, f.value(t, body[:size]))
		body = body[size:]
	}
	return values
}

// sizeOf is the number of bytes of a serial type.
func sizeOf(t uint64) uint64 {
	switch {
	case t <= 4:
		return t
	case t == 5:
		return 6
	case t == 6, t == 7:
		return 8
	case t < 12:
		return 0
	}
	return (t - 12) / 2
}

func (f *file) value(t uint64, b []byte) value {
	switch {
	case t == 0:
		return value{null: true}
	case t <= 6:
		return value{text: strconv.FormatInt(integer(b), 10)}
	case t == 7:
		return value{text: strconv.FormatFloat(math.Float64frombits(binary.BigEndian.Uint64(b)), 'f', -1, 64)}
	case t < 12:
		return value{text: strconv.FormatUint(t-8, 10)}
	case t%2 == 1:
		return value{text: f.text(b)}
	}
	return value{blob: b}
}

// integer reads a two's complement number of any length.
func integer(b []byte) int64 {
	var v int64
	for i, c := range b {
		if i == 0 {
			v = int64(int8(c))
			continue
		}
		v = v<<8 | int64(c)
	}
	return v
}

// readable reports whether a blob is text after all.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
