package font

import "strings"

// sfnt reads the tables of a TrueType or OpenType file (ISO/IEC 14496-22).
type sfnt struct {
	data   []byte
	tables map[string][]byte
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(b[at])<<8 | int(b[at+1])
}

func u32(b []byte, at int) int { return u16(b, at)<<16 | u16(b, at+2) }

// readSFNT learns glyph meanings from post names and the Unicode cmap, and the
// font's own codes from its symbol and Macintosh cmaps.
func (p *program) readSFNT(data []byte) {
	s := &sfnt{data: data, tables: map[string][]byte{}}
	base := 0
	if string(data[:4]) == "ttcf" {
		base = u32(data, 12)
	}
	for i := range min(u16(data, base+4), 64) {
		at := base + 12 + 16*i
		if at+16 > len(data) {
			break
		}
		off, n := u32(data, at+8), u32(data, at+12)
		if off <= len(data) {
			s.tables[string(data[at:at+4])] = data[off:min(off+n, len(data))]
		}
	}
	if cff := s.tables["CFF "]; len(cff) > 4 {
		p.readCFF(cff)
	}
	s.names(p)
	s.maps(p)
}

// names reads the glyph names of a post table of format 2.
func (s *sfnt) names(p *program) {
	post := s.tables["post"]
	if u32(post, 0) != 0x20000 {
		return
	}
	n := min(u16(post, 32), maxGlyphs)
	var own []string
	for at := 34 + 2*n; at < len(post) && len(own) < maxGlyphs; {
		size := int(post[at])
		own = append(own, string(post[at+1:min(at+1+size, len(post))]))
		at += 1 + size
	}
	mac := strings.Fields(macGlyphs)
	for g := range n {
		i := u16(post, 34+2*g)
		switch {
		case i < len(mac):
			p.learn(g, GlyphText(mac[i]))
		case i >= 258 && i-258 < len(own):
			p.learn(g, GlyphText(own[i-258]))
		}
	}
}

func (p *program) learn(g int, text string) {
	if _, have := p.glyphs[g]; !have && text != "" {
		p.glyphs[g] = text
	}
}

// maps reads the cmap table: Unicode first, then the font's own codes.
func (s *sfnt) maps(p *program) {
	t := s.tables["cmap"]
	var own [][]byte
	for i := range min(u16(t, 2), 32) {
		at := 4 + 8*i
		platform, encoding, off := u16(t, at), u16(t, at+2), u32(t, at+4)
		if off <= 0 || off >= len(t) {
			continue
		}
		sub := t[off:]
		if platform == 0 || platform == 3 && (encoding == 1 || encoding == 10) {
			eachMapped(sub, func(code, g int) {
				if code >= ' ' && !(code >= 0xE000 && code < 0xF900) {
					p.learn(g, string(rune(code)))
				}
			})
			continue
		}
		if platform == 3 && encoding == 0 || platform == 1 {
			own = append(own, sub)
		}
	}
	for _, sub := range own {
		eachMapped(sub, func(code, g int) {
			if code >= 0xF000 && code < 0xF100 {
				code -= 0xF000
			}
			if code > 255 {
				return
			}
			if _, have := p.codes[code]; !have && p.glyphs[g] != "" {
				p.codes[code] = p.glyphs[g]
			}
		})
	}
}

// eachMapped visits the pairs of code and glyph of a subtable of cmap.
func eachMapped(b []byte, visit func(code, g int)) {
	switch u16(b, 0) {
	case 0:
		for c := range min(256, max(len(b)-6, 0)) {
			if g := int(b[6+c]); g != 0 {
				visit(c, g)
			}
		}
	case 4:
		eachSegment(b, visit)
	case 6:
		first := u16(b, 6)
		for i := range u16(b, 8) {
			if g := u16(b, 10+2*i); g != 0 {
				visit(first+i, g)
			}
		}
	case 12:
		left := maxGlyphs
		for i := range min(u32(b, 12), (len(b)-16)/12) {
			lo, hi, g := u32(b, 16+12*i), u32(b, 20+12*i), u32(b, 24+12*i)
			for c := lo; c <= hi && left > 0 && c < 0x110000; c++ {
				left--
				visit(c, g+c-lo)
			}
		}
	}
}

// eachSegment reads format 4.
func eachSegment(b []byte, visit func(code, g int)) {
	n := u16(b, 6) / 2
	left := 2 * maxGlyphs
	for i := range n {
		end, start := u16(b, 14+2*i), u16(b, 16+2*n+2*i)
		delta, at := u16(b, 16+4*n+2*i), 16+6*n+2*i
		off := u16(b, at)
		for c := start; c <= end && c < 0xFFFF && left > 0; c++ {
			left--
			g := c + delta
			if off != 0 {
				if g = u16(b, at+off+2*(c-start)); g != 0 {
					g += delta
				}
			}
			if g &= 0xFFFF; g != 0 {
				visit(c, g)
			}
		}
	}
}
