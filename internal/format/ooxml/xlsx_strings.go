package ooxml

import (
	"bytes"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// Limits of the strings that the cells of a workbook share, which are held
// while its sheets are read. Beyond them cells stay empty and the workbook is
// reported as over the limit.
const (
	maxStringBytes = 384 << 20
	maxStrings     = 12_000_000
	stringChunk    = 1 << 20
)

// stringTable keeps many strings in few allocations: each is a slice of a
// chunk.
type stringTable struct {
	list  []string
	used  []uint64 // a bit for each string that a cell showed
	chunk []byte
	ends  []int // ends of the strings in chunk
	bytes int64
	over  bool
}

// add keeps a string; false means that the table is full.
func (t *stringTable) add(b []byte) bool {
	if t.bytes += int64(len(b)) + 16; t.bytes > maxStringBytes || len(t.list)+len(t.ends) >= maxStrings {
		t.over = true
		return false
	}
	t.chunk = append(t.chunk, b...)
	t.ends = append(t.ends, len(t.chunk))
	if len(t.chunk) >= stringChunk {
		t.seal()
	}
	return true
}

// seal turns the chunk being filled into strings.
func (t *stringTable) seal() {
	text, from := string(t.chunk), 0
	for _, end := range t.ends {
		t.list = append(t.list, text[from:end])
		from = end
	}
	t.chunk, t.ends = t.chunk[:0], t.ends[:0]
}

// get gives the string of a number as written in a cell, and notes its use.
func (t *stringTable) get(number []byte) (string, bool) {
	n := 0
	for _, c := range number {
		if c < '0' || c > '9' || n > maxStrings {
			return "", false
		}
		n = n*10 + int(c-'0')
	}
	if len(number) == 0 || n >= len(t.list) {
		return "", false
	}
	if n>>6 >= len(t.used) {
		t.used = append(t.used, make([]uint64, len(t.list)>>6+1-len(t.used))...)
	}
	t.used[n>>6] |= 1 << (n & 63)
	return t.list[n], true
}

func (t *stringTable) isUsed(n int) bool {
	return n>>6 < len(t.used) && t.used[n>>6]&(1<<(n&63)) != 0
}

// readStrings reads the shared strings (18.4); phonetic hints are left out.
func (b *workbook) readStrings(name string) {
	t := &b.strings
	var item []byte
	b.scan(name, func(s *xmlscan.Scanner) {
		inText := false
		for kind := s.Next(); kind != xmlscan.None && !t.over; kind = s.Next() {
			switch kind {
			case xmlscan.Text:
				if inText && len(item) < reeve.MaxBlockText {
					item = append(item, s.Text()...)
				}
			case xmlscan.Start:
				switch string(s.Local()) {
				case "si":
					item = item[:0]
				case "t":
					inText = true
				case "rPh", "phoneticPr":
					s.Skip()
				}
			case xmlscan.End:
				switch string(s.Local()) {
				case "t":
					inText = false
				case "si":
					t.add(unescapeX(item))
				}
			}
		}
	})
	t.seal()
	t.chunk, t.ends = nil, nil
	if t.over {
		b.out.Lost(part.Over(reeve.ReasonTooLarge, "more shared strings than can be held"))
	}
}

// unusedStrings gives out the strings that no cell shows any more: what was in
// cells since emptied, or in a sheet that could not be read.
func (b *workbook) unusedStrings() {
	b.out.Begin("unused strings", reeve.LayerDeleted)
	for n, text := range b.strings.list {
		if text != "" && !b.strings.isUsed(n) && b.out.Err() == nil {
			b.out.Line(text)
		}
	}
}

// unescapeX decodes _xHHHH_, the form of characters that XML cannot hold
// (22.9.2.19), in place.
func unescapeX(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if r, ok := escapedX(b[i:]); ok {
			out = append(out, string(rune(r))...)
			i += 6
			continue
		}
		out = append(out, b[i])
	}
	return out
}

func escapedX(b []byte) (uint64, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	r, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return r, err == nil && (r < 0xD800 || r > 0xDFFF)
}
