package access

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// survey is what one walk over all pages finds.
type survey struct {
	owned       map[uint32][]uint32 // data pages by the definition that they name, ascending
	definitions []uint32            // pages that begin a definition, ascending
}

// survey walks over all pages once.
func (f *file) survey() *survey {
	s := &survey{owned: map[uint32][]uint32{}}
	later := map[uint32]bool{}
	for n := uint32(1); n < f.pages; n++ {
		page := f.page(n)
		if page == nil || f.w.Step(1) != nil {
			continue
		}
		owner := binary.LittleEndian.Uint32(page[4:])
		switch page[0] {
		case dataPage:
			if owner > 0 && owner < f.pages {
				s.owned[owner] = append(s.owned[owner], n)
			}
		case definitionPage:
			s.definitions = append(s.definitions, n)
			later[owner] = true // there it names the page on which it goes on
		}
	}
	kept := s.definitions[:0]
	for _, n := range s.definitions {
		if !later[n] {
			kept = append(kept, n)
		}
	}
	s.definitions = kept
	return s
}

// inUse is the set of pages that a table's map holds; nil where there is no
// map to be had, or one that knows none of the pages of a table that has rows:
// then all its pages count.
func (f *file) inUse(t *table, pages []uint32) pageSet {
	b, _ := f.follow(t.owned)
	if len(b) < 5 {
		return nil
	}
	set, ok := f.bitmap(bytes.Clone(b))
	known := slices.ContainsFunc(pages, set.has)
	if !ok || t.rows > 0 && !known {
		f.broken = f.broken || len(pages) > 0
		return nil
	}
	return set
}

// bitmap reads a map: the bits of pages from a first one on, or pointers to
// pages full of bits.
func (f *file) bitmap(b []byte) (set pageSet, ok bool) {
	set = make(pageSet, f.pages/64+1)
	if b[0] == 0 {
		f.mark(set, uint64(binary.LittleEndian.Uint32(b[1:])), b[5:])
		return set, true
	}
	each := uint64(f.layout.page-4) * 8
	for i := 0; 5+4*i <= len(b); i++ {
		n := binary.LittleEndian.Uint32(b[1+4*i:])
		if n == 0 {
			continue
		}
		page := f.page(n)
		if page == nil || page[0] != bitmapPage {
			return nil, false
		}
		f.mark(set, uint64(i)*each, page[4:])
	}
	return set, b[0] == 1
}

// pageSet is a set of pages, a bit for each.
type pageSet []uint64

func (s pageSet) has(n uint32) bool { return s != nil && s[n/64]>>(n%64)&1 != 0 }

// mark adds the pages whose bits are set; one behind the end of the file was cut
// off.
func (f *file) mark(set pageSet, first uint64, bits []byte) {
	for i, b := range bits {
		for bit := 0; b != 0; bit, b = bit+1, b>>1 {
			n := first + uint64(8*i+bit)
			switch {
			case b&1 == 0:
			case n < uint64(f.pages):
				set[n/64] |= 1 << (n % 64)
			default:
				f.cut = true
			}
		}
	}
}
