package font

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// cmap maps codes of one to four bytes to characters of a font (CIDs) or to
// text (ISO 32000-2, 9.7.5 and 9.10.3; Adobe Technical Note 5014).
type cmap struct {
	spaces   []space
	cids     []cidRange
	texts    map[uint32]string
	spans    []textSpan
	vertical bool
	identity bool // CID = code, two bytes
}

// space is a range of codes of n bytes.
type space struct {
	n      int
	lo, hi uint32
}

type cidRange struct {
	lo, hi uint32
	cid    int
}

// textSpan maps a range of codes to text whose last character counts up.
type textSpan struct {
	lo, hi uint32
	first  []rune
}

// Bounds of one map: entries, and ranges of codes.
const (
	maxMapped = 1 << 20
	maxSpaces = 256
)

// reader builds a cmap from its program.
type cmapReader struct {
	*cmap
	p     *object.Parser
	use   func(name string) *cmap
	count int
}

// parseCMap reads a CMap program; use gives the map that usecmap names.
func parseCMap(data []byte, use func(string) *cmap) *cmap {
	r := &cmapReader{cmap: &cmap{texts: map[uint32]string{}}, p: object.NewParser(data), use: use}
	var last string
	for r.count < maxMapped {
		t := r.p.Next()
		if t == object.End {
			break
		}
		if t != object.Word {
			if t == object.NameToken {
				last = string(r.p.Text)
			}
			if t == object.Number && last == "WMode" {
				r.vertical = r.p.Num == 1
			}
			continue
		}
		r.section(string(r.p.Text), last)
	}
	r.sort()
	return r.cmap
}

func (r *cmapReader) section(word, name string) {
	switch word {
	case "usecmap":
		if base := r.use(name); base != nil {
			r.inherit(base)
		}
	case "begincodespacerange":
		r.pairs(func(lo, hi string) {
			if len(r.spaces) < maxSpaces {
				r.spaces = append(r.spaces, space{len(lo), code(lo), code(hi)})
			}
		})
	case "begincidrange":
		r.pairs(func(lo, hi string) {
			n, _ := r.p.Object().(int)
			r.cids = append(r.cids, cidRange{code(lo), code(hi), n})
		})
	case "begincidchar":
		r.singles(func(c string) {
			n, _ := r.p.Object().(int)
			r.cids = append(r.cids, cidRange{code(c), code(c), n})
		})
	case "beginbfchar":
		r.singles(func(c string) { r.texts[code(c)] = r.target(r.p.Object()) })
	case "beginbfrange":
		r.pairs(r.textRange)
	}
}

func (r *cmapReader) inherit(base *cmap) {
	r.spaces = append(r.spaces, base.spaces...)
	r.cids = append(r.cids, base.cids...)
	r.identity = base.identity
}

// singles reads strings up to the end of a section.
func (r *cmapReader) singles(each func(string)) {
	for r.count < maxMapped {
		r.count++
		if r.p.Next() != object.String {
			return
		}
		each(string(r.p.Text))
	}
}

// pairs reads two strings at a time.
func (r *cmapReader) pairs(each func(lo, hi string)) {
	r.singles(func(lo string) {
		if r.p.Next() == object.String {
			each(lo, string(r.p.Text))
		}
	})
}

func (r *cmapReader) textRange(lo, hi string) {
	a, b := code(lo), code(hi)
	switch v := r.p.Object().(type) {
	case string:
		if s := []rune(r.target(v)); len(s) > 0 && b >= a && b-a < 1<<16 {
			r.spans = append(r.spans, textSpan{a, b, s})
		}
	case object.Array:
		for i, e := range v {
			if uint64(a)+uint64(i) > uint64(b) {
				break
			}
			r.texts[a+uint32(i)] = r.target(e)
		}
		r.count += len(v)
	}
}

// target is what a code maps to: UTF-16BE, or a glyph's name.
func (r *cmapReader) target(v any) string {
	switch v := v.(type) {
	case string:
		if len(v) == 1 {
			return string(rune(v[0]))
		}
		return utf16Text(v, 0)
	case object.Name:
		return GlyphText(string(v))
	}
	return ""
}

func code(s string) (n uint32) {
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

func (m *cmap) sort() {
	slices.SortStableFunc(m.cids, func(a, b cidRange) int { return cmp.Compare(a.lo, b.lo) })
	slices.SortStableFunc(m.spans, func(a, b textSpan) int { return cmp.Compare(a.lo, b.lo) })
}

// next cuts a code from the front of b: its value and number of bytes.
func (m *cmap) next(b []byte) (uint32, int) {
	if m.identity || len(m.spaces) == 0 {
		if len(b) < 2 {
			return uint32(b[0]), 1
		}
		return uint32(b[0])<<8 | uint32(b[1]), 2
	}
	var c uint32
	for n := 1; n <= 4 && n <= len(b); n++ {
		c = c<<8 | uint32(b[n-1])
		for _, s := range m.spaces {
			if s.n == n && within(c, s, n) {
				return c, n
			}
		}
	}
	n := m.spaces[0].n // no range fits: the shortest one's length is skipped
	for _, s := range m.spaces {
		n = min(n, s.n)
	}
	n = min(max(n, 1), len(b))
	return code(string(b[:n])), n
}

// within compares byte by byte: a codespace is a box, not an interval.
func within(c uint32, s space, n int) bool {
	for i := range n {
		shift := uint(8 * i)
		x := byte(c >> shift)
		if x < byte(s.lo>>shift) || x > byte(s.hi>>shift) {
			return false
		}
	}
	return true
}

// cid is the character that a code selects, and whether the map says so. Of
// ranges that overlap, one of the nearest few counts.
func (m *cmap) cid(c uint32) (int, bool) {
	i, ok := slices.BinarySearchFunc(m.cids, c, func(r cidRange, c uint32) int { return cmp.Compare(r.lo, c) })
	if !ok {
		i--
	}
	for n := 0; n < 8 && i >= 0; n++ {
		if r := m.cids[i]; c >= r.lo && c <= r.hi {
			return r.cid + int(c-r.lo), true
		}
		i--
	}
	return int(c), m.identity
}

// text is what a code means, and whether the map says so.
func (m *cmap) text(c uint32) (string, bool) {
	if s, ok := m.texts[c]; ok {
		return s, true
	}
	i, ok := slices.BinarySearchFunc(m.spans, c, func(s textSpan, c uint32) int { return cmp.Compare(s.lo, c) })
	if !ok {
		i--
	}
	if i < 0 || i >= len(m.spans) || c < m.spans[i].lo || c > m.spans[i].hi {
		return "", false
	}
	s := m.spans[i]
	last := len(s.first) - 1
	return string(s.first[:last]) + string(s.first[last]+rune(c-s.lo)), true
}

// named are the predefined maps whose codes are Unicode or themselves (ISO
// 32000-2, table 116); nil for others.
func named(name string) *cmap {
	m := &cmap{vertical: strings.HasSuffix(name, "-V")}
	switch {
	case strings.HasPrefix(name, "Identity"):
		m.identity = true
	case strings.Contains(name, "UCS2"), strings.Contains(name, "UTF16"):
		m.identity = true
		m.spans = []textSpan{{0, 0xFFFF, []rune{0}}}
	default:
		return nil
	}
	return m
}
