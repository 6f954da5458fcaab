package xls

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/compound"
)

// cursor reads strings from a record and the CONTINUE records behind it.
type cursor struct {
	r *records
	b []byte // what is left of the record at hand
}

// take gives the next n bytes (few), which may stand in two records.
func (c *cursor) take(n int) ([]byte, bool) {
	for len(c.b) < n {
		rest := append([]byte(nil), c.b...)
		if !c.r.more() {
			return nil, false
		}
		c.b = append(rest, c.r.body...)
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b, true
}

// skip passes over n bytes.
func (c *cursor) skip(n int64) bool {
	for n > int64(len(c.b)) {
		n -= int64(len(c.b))
		if !c.r.more() {
			c.b = nil
			return false
		}
		c.b = c.r.body
	}
	c.b = c.b[n:]
	return true
}

// chars adds n characters to dst. Where they go on in another record that
// begins with a byte which says anew whether they are wide (2.5.293).
func (c *cursor) chars(dst []byte, n int, wide bool) ([]byte, bool) {
	for n > 0 {
		if len(c.b) == 0 {
			if !c.r.more() || len(c.r.body) == 0 {
				return dst, false
			}
			wide, c.b = c.r.body[0]&1 != 0, c.r.body[1:]
			continue
		}
		if !wide {
			k := min(n, len(c.b))
			dst = compound.AppendLow(dst, c.b[:k])
			n, c.b = n-k, c.b[k:]
			continue
		}
		k := min(n, len(c.b)/2)
		if k == 0 { // half a character: the record is damaged
			c.b = nil
			continue
		}
		dst = compound.AppendWide(dst, c.b[:2*k])
		n, c.b = n-k, c.b[2*k:]
	}
	return dst, true
}

// rich adds a string with its flags, formatting runs and phonetic hints, of
// which only the text is taken (2.5.293).
func (c *cursor) rich(dst []byte) ([]byte, bool) {
	head, ok := c.take(3)
	if !ok {
		return dst, false
	}
	n, flags := int(binary.LittleEndian.Uint16(head)), head[2]
	var tail int64
	if flags&8 != 0 {
		b, ok := c.take(2)
		if !ok {
			return dst, false
		}
		tail = 4 * int64(binary.LittleEndian.Uint16(b))
	}
	if flags&4 != 0 {
		b, ok := c.take(4)
		if !ok {
			return dst, false
		}
		tail += int64(binary.LittleEndian.Uint32(b))
	}
	if dst, ok = c.chars(dst, n, flags&1 != 0); !ok {
		return dst, false
	}
	return dst, tail == 0 || c.skip(tail)
}

// long reads a string behind a count of two bytes at a place of the record at
// hand: wide or not by its flags in BIFF8, in the code page before.
func (b *book) long(at int) string {
	r := b.rec
	if at > len(r.body) {
		return ""
	}
	c := cursor{r, r.body[at:]}
	if b.wide {
		text, _ := c.rich(b.scratch[:0])
		b.scratch = text[:0]
		return string(text)
	}
	head, ok := c.take(2)
	if !ok {
		return ""
	}
	return b.narrow.String(c.narrow(int(binary.LittleEndian.Uint16(head))))
}

// narrow gives n bytes, or as many as there are.
func (c *cursor) narrow(n int) []byte {
	if n <= len(c.b) {
		return c.b[:n]
	}
	text := append([]byte(nil), c.b...)
	for len(text) < n && c.r.more() {
		text = append(text, c.r.body...)
	}
	return text[:min(n, len(text))]
}

// short reads a string behind a count of one byte at a place.
func (b *book) short(at int) string { return b.counted(at+1, int(b.rec.byteAt(at))) }

// counted reads a string of n characters at a place: behind a byte of flags in
// BIFF8, in the code page before.
func (b *book) counted(at, n int) string {
	body := b.rec.body
	if at >= len(body) {
		return ""
	}
	if !b.wide {
		return b.narrow.String(body[at:min(at+n, len(body))])
	}
	c := cursor{b.rec, body[at+1:]}
	text, _ := c.chars(nil, n, body[at]&1 != 0)
	return string(text)
}
