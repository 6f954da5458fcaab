package access

import "encoding/binary"

// record is one row: a count of columns, the columns of fixed length, those of
// variable length, where these begin, and a mask of what is not null.
type record struct {
	b     []byte
	count int   // of columns; those made later are not in it
	base  int   // where the fixed columns begin
	ends  []int // where each variable column begins, and where the last ends
	limit int   // end of the fixed columns
	mask  []byte
}

// crack finds the parts of a row; false when they contradict each other.
func (f *file) crack(t *table, b []byte, r *record) bool {
	size := f.layout.countSize
	if len(b) < size+1 {
		return false
	}
	r.b, r.base, r.ends = b, size, r.ends[:0]
	r.count = int(b[0])
	if size == 2 {
		r.count = int(binary.LittleEndian.Uint16(b))
	}
	tail := len(b) - (r.count+7)/8
	if r.count == 0 || tail < size {
		return false
	}
	r.mask, r.limit = b[tail:], tail
	if !t.variable {
		return true
	}
	if tail -= size; tail < size {
		return false
	}
	if size == 2 {
		return r.places(tail)
	}
	return r.jumps(tail)
}

// places reads where the variable columns begin: their count stands at tail,
// the places before it in reverse order.
func (r *record) places(tail int) bool {
	n := int(binary.LittleEndian.Uint16(r.b[tail:]))
	end := tail - 2*(n+1)
	if end < r.base {
		return false
	}
	for i := range n + 1 {
		r.ends = append(r.ends, int(binary.LittleEndian.Uint16(r.b[tail-2*(i+1):])))
	}
	return r.sound(end)
}

// jumps is places for Jet 3, whose places are single bytes. For every 256 bytes
// of the row a further byte says from which column on they count; the last may
// be idle, when the places themselves push it over the edge.
func (r *record) jumps(tail int) bool {
	n := int(r.b[tail])
	jumps := (len(r.b) - 1) / 256
	last := tail - jumps - 1
	if last-n < r.base {
		return false
	}
	if (last-n)/256 < jumps {
		jumps--
	}
	used := 0
	for i := range n + 1 {
		for used < jumps && int(r.b[tail-1-used]) == i {
			used++
		}
		r.ends = append(r.ends, int(r.b[last-i])+256*used)
	}
	return r.sound(last - n)
}

// sound checks that the places ascend and stay before the end of the data.
func (r *record) sound(end int) bool {
	from := r.base
	for _, at := range r.ends {
		if at < from || at > end {
			return false
		}
		from = at
	}
	r.limit = r.ends[0]
	return true
}

// set reports the bit of a column: it is not null, or of a yes/no column, yes.
func (r *record) set(c *column) bool {
	return c.number < r.count && c.number/8 < len(r.mask) && r.mask[c.number/8]>>(c.number%8)&1 != 0
}

// bytes are those of a column; nil where it is null or not in the row.
func (r *record) bytes(c *column) []byte {
	if !r.set(c) {
		return nil
	}
	if !c.fixed {
		if c.order+1 >= len(r.ends) {
			return nil
		}
		return r.b[r.ends[c.order]:r.ends[c.order+1]]
	}
	at, size := r.base+c.offset, c.width()
	if at+size > r.limit {
		return nil
	}
	return r.b[at : at+size]
}
