package font

// cff reads the charset and encoding of a Compact Font Format program (Adobe
// Technical Note 5176).
type cff struct {
	data    []byte
	strings [][]byte
	glyphs  int
}

// readCFF learns glyph meanings from names, and codes from the encoding; of a
// CID-keyed font, which glyph each CID is.
func (p *program) readCFF(data []byte) {
	c := &cff{data: data}
	_, at := c.index(int(data[2]))
	tops, at := c.index(at)
	c.strings, _ = c.index(at)
	if len(tops) == 0 {
		return
	}
	top := dictOf(tops[0])
	chars, _ := c.index(top[17])
	c.glyphs = min(len(chars), maxGlyphs)
	sids := c.charset(top[15])
	if _, keyed := top[12<<8|30]; keyed {
		p.cids = map[int]int{}
		for g, cid := range sids {
			p.cids[cid] = g
		}
		return
	}
	for g, sid := range sids {
		p.learn(g, c.name(sid))
	}
	c.encoding(top[16], sids, p)
}

// index reads an INDEX and gives the offset behind it.
func (c *cff) index(at int) ([][]byte, int) {
	n := u16(c.data, at)
	if n == 0 || at <= 0 || at+3 > len(c.data) {
		return nil, at + 2
	}
	size := int(c.data[at+2])
	if size < 1 || size > 4 || at+3+(n+1)*size > len(c.data) {
		return nil, at + 2
	}
	base := at + 2 + (n+1)*size
	offset := func(i int) int {
		v := 0
		for _, b := range c.data[at+3+i*size : at+3+(i+1)*size] {
			v = v<<8 | int(b)
		}
		return min(base+v, len(c.data))
	}
	out := make([][]byte, n)
	for i := range n {
		if lo, hi := offset(i), offset(i+1); lo <= hi {
			out[i] = c.data[lo:hi]
		}
	}
	return out, offset(n)
}

// dictOf reads the last operand of each operator of a DICT; reals count as 0.
func dictOf(b []byte) map[int]int {
	d := map[int]int{}
	v := 0
	for i := 0; i < len(b); {
		c := int(b[i])
		i++
		switch {
		case c == 12 && i < len(b):
			d[12<<8|int(b[i])] = v
			i++
		case c <= 21:
			d[c] = v
		case c == 28:
			v = int(int16(u16(b, i)))
			i += 2
		case c == 29:
			v = int(int32(u32(b, i)))
			i += 4
		case c == 30:
			for v = 0; i < len(b) && b[i]&0x0F != 0x0F; i++ {
			}
			i++
		case c >= 32 && c <= 246:
			v = c - 139
		case c >= 247 && c <= 250 && i < len(b):
			v = (c-247)*256 + int(b[i]) + 108
			i++
		case c >= 251 && c <= 254 && i < len(b):
			v = -(c-251)*256 - int(b[i]) - 108
			i++
		}
	}
	return d
}

// charset gives the string number (or CID) of each glyph.
func (c *cff) charset(at int) []int {
	sids := make([]int, c.glyphs)
	if at <= 2 || at >= len(c.data) { // ISOAdobe and the expert sets
		for g := range sids {
			sids[g] = g
		}
		return sids
	}
	format := c.data[at]
	at++
	for g := 1; g < c.glyphs && at < len(c.data); {
		first, more := u16(c.data, at), 0
		at += 2
		switch {
		case format == 1 && at < len(c.data):
			more = int(c.data[at])
			at++
		case format == 2:
			more = u16(c.data, at)
			at += 2
		}
		for i := 0; i <= more && g < c.glyphs; i++ {
			sids[g] = first + i
			g++
		}
	}
	return sids
}

// name is what a glyph's string number means.
func (c *cff) name(sid int) string {
	switch names := cffRunes(); {
	case sid > 0 && sid < len(names):
		return string(names[sid])
	case sid >= 391 && sid-391 < len(c.strings):
		return GlyphText(string(c.strings[sid-391]))
	}
	return ""
}

// encoding reads which glyph each code shows.
func (c *cff) encoding(at int, sids []int, p *program) {
	if at <= 1 || at >= len(c.data) {
		for code, r := range standard() {
			if r != 0 {
				p.codes[code] = string(r)
			}
		}
		return
	}
	format, n := c.data[at], 0
	if at+1 < len(c.data) {
		n = int(c.data[at+1])
	}
	at += 2
	g := 1
	for i := 0; i < n && at < len(c.data); i++ {
		first, more := int(c.data[at]), 0
		at++
		if format&0x7F == 1 && at < len(c.data) {
			more = int(c.data[at])
			at++
		}
		for k := 0; k <= more; k++ {
			if _, have := p.codes[first+k]; !have && p.glyphs[g] != "" {
				p.codes[first+k] = p.glyphs[g] // of two glyphs for a code the first counts
			}
			g++
		}
	}
	if format&0x80 != 0 && at < len(c.data) {
		n = int(c.data[at])
		for i := range n {
			if t := c.name(u16(c.data, at+2+3*i)); t != "" && at+1+3*i < len(c.data) {
				p.codes[int(c.data[at+1+3*i])] = t
			}
		}
	}
}
