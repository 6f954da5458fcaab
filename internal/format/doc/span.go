package doc

import (
	"cmp"
	"encoding/binary"
	"io"
	"slices"
	"sort"
)

const (
	pageSize = 512
	maxSpans = 4_000_000
)

// span is a range of the document stream whose text has traits.
type span struct {
	from, to int64
	traits
}

// spans are ranges in order; those without traits are left out.
type spans []span

// at gives the traits at a place, and how far they hold.
func (s spans) at(place int64) (traits, int64) {
	i := sort.Search(len(s), func(i int) bool { return s[i].to > place })
	switch {
	case i == len(s):
		return traits{}, 1 << 62
	case s[i].from > place:
		return traits{}, s[i].from
	}
	return s[i].traits, s[i].to
}

// readSpans reads the pages that a table of pages lists (2.8.5, 2.8.6): places
// in the document stream, then four bytes of page number each. Paragraphs are
// told from runs by the size of what a page keeps for each.
func readSpans(table []byte, document io.ReaderAt, size int64, paragraphs bool) (list spans) {
	all := (len(table) - 4) / 8
	n := min(all, int(size/pageSize)) // no page is listed twice
	var page [pageSize]byte
	for i := 0; i < n && len(list) < maxSpans; i++ {
		number := int64(binary.LittleEndian.Uint32(table[4*(all+1)+4*i:]) & 0x3FFFFF)
		if got, _ := document.ReadAt(page[:], number*pageSize); got == pageSize {
			list = appendPage(list, &page, paragraphs)
		}
	}
	slices.SortStableFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return list
}

// appendPage reads one page (2.9.33, 2.9.174): n+1 places, then for each range
// where in the page its changes stand; n is the last byte.
func appendPage(list spans, page *[pageSize]byte, paragraphs bool) spans {
	n := int(page[pageSize-1])
	size := 1
	if paragraphs {
		size = 13
	}
	if 4*(n+1)+size*n >= pageSize {
		return list
	}
	for i := range n {
		s := span{from: int64(binary.LittleEndian.Uint32(page[4*i:])), to: int64(binary.LittleEndian.Uint32(page[4*i+4:]))}
		where := 2 * int(page[4*(n+1)+size*i])
		if where == 0 || s.to <= s.from {
			continue
		}
		s.traits = readTraits(changes(page[:pageSize-1], where, paragraphs), false)
		if s.set != 0 {
			list = append(list, s)
		}
	}
	return list
}

// changes finds the list of changes at a place of a page. That of a paragraph
// counts in words, and begins with the number of its style.
func changes(page []byte, where int, paragraph bool) []byte {
	if where >= len(page) {
		return nil
	}
	n := int(page[where])
	where++
	if paragraph {
		if n > 0 {
			n = 2*n - 1
		} else if where < len(page) {
			n = 2 * int(page[where])
			where++
		}
		where, n = where+2, n-2
	}
	if n <= 0 || where >= len(page) {
		return nil
	}
	return page[where:min(where+n, len(page))]
}
