package xls

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Limits of the strings that the cells of a workbook share, which are held
// while its sheets are read.
const (
	maxStringBytes = 256 << 20
	maxStrings     = 8_000_000
	stringChunk    = 1 << 20
)

// stringTable keeps the shared strings: slices of few large pieces.
type stringTable struct {
	list []string
	used []uint64 // a bit for each string that a cell showed
	size int64
	over bool
}

// get gives a string and notes that a cell shows it.
func (t *stringTable) get(n uint32) string {
	if int64(n) >= int64(len(t.list)) {
		return ""
	}
	t.used[n>>6] |= 1 << (n & 63)
	return t.list[n]
}

// sharedStrings reads the table of shared strings (2.4.265) up to its end: the
// count that it declares is often wrong.
func (b *book) sharedStrings() {
	t := &b.strings
	c := cursor{b.rec, b.rec.body[min(8, len(b.rec.body)):]}
	var chunk []byte
	var ends []int
	seal := func() {
		text, from := string(chunk), 0
		for _, end := range ends {
			t.list = append(t.list, text[from:end])
			from = end
		}
		chunk, ends = chunk[:0], ends[:0]
	}
	for n := 0; b.out.Err() == nil; n++ {
		var whole bool
		from := len(chunk)
		if chunk, whole = c.rich(chunk); !whole && len(chunk) == from {
			break
		}
		ends = append(ends, len(chunk))
		t.size += int64(len(chunk)-from) + 16
		if t.over = t.size > maxStringBytes || n >= maxStrings; t.over {
			b.out.Lost(part.Over(reeve.ReasonTooLarge, "more shared strings than can be held"))
			break
		}
		if len(chunk) >= stringChunk {
			seal()
		}
	}
	seal()
	t.used = make([]uint64, len(t.list)/64+1)
}

// unusedStrings gives out the strings that no cell shows any more: what was in
// cells since emptied, or in a sheet that could not be read.
func (b *book) unusedStrings() {
	b.out.Begin("unused strings", reeve.LayerDeleted)
	for n, text := range b.strings.list {
		if text != "" && b.strings.used[n>>6]&(1<<(n&63)) == 0 && b.out.Err() == nil {
			b.out.Line(text)
		}
	}
}
