package lex

const maxStreetWords = 6

// house is a house number that a street may follow.
type house struct {
	start, from uint32 // from: where the flat before it begins
	hash        uint64
	words       int  // words so far + 1; 0 when there is none
	capital     bool // every word so far begins with a capital
}

// openHouse notes the number at from..to: 14, 14b, 14-16.
func (s *scanner) openHouse(from, to int, gap uint16) {
	n := digitsAt(s.b, from)
	if n == 0 || n > 4 || to-from > n+1 && s.b[from+n] != '-' || from > 0 && (s.b[from-1] == '.' || s.b[from-1] == '/') {
		return
	}
	start := uint32(from)
	s.house = house{start: start, from: s.unitBefore(start, gap), hash: addressSeed(s.value(span{from, from + n})), words: 1, capital: true}
}

// unitBefore gives where a flat or floor written just before a house number
// begins: "Flat 2, 14", "First Floor Flat, 14", "Flat A 14".
func (s *scanner) unitBefore(start uint32, gap uint16) uint32 {
	if gap&^(gapSpace|gapComma|gapLine) != 0 || gap&gapPara != 0 {
		return start
	}
	from := start
	for k := uint(2); k <= 5 && s.has(k); k++ {
		t := s.back(k)
		switch {
		case t.flags&(isUnit|isFloor) != 0:
			from = t.start
		case k > 2 || t.end-t.start > 3 || t.flags&isTitle != 0: // a designator stands nearest: the 2 of Flat 2
			return from
		}
		if t.gap&^(gapSpace|gapComma|gapLine) != 0 {
			break
		}
	}
	return from
}

// stepHouse carries the house number on by a word, and marks the address of a
// register or, at a street type, a street by form.
func (s *scanner) stepHouse(t *token) {
	h := &s.house
	allowed := gapSpace | gapWide | gapHyphen | gapQuote | gapDot
	if h.words == 1 {
		allowed |= gapComma | gapLine
	}
	if t.gap&^allowed != 0 || h.words > maxStreetWords {
		h.words = 0
		return
	}
	hash := t.hash
	if t.id != 0 && s.ix.street[t.id-1] != 0 {
		hash = s.ix.street[t.id-1]
	}
	h.hash = chain(h.hash, hash)
	h.words++
	h.capital = h.capital && t.first == classUpper
	id := s.ix.addresses.find(h.hash)
	switch {
	case id != 0:
		s.emitAddress(Mark{Start: h.from, End: t.end, ID: id, Kind: MarkAddress, Flags: FlagInRegister}, h.start)
		s.anchor(h.from, t.end, s.ix.addresses.records(id))
	case t.flags&isStreet != 0 && h.words > 2 && h.capital:
		s.emitAddress(Mark{Start: h.from, End: t.end, Kind: MarkStreet}, h.start)
	}
}

// emitAddress marks an address; a shorter one of the same house goes, and names
// inside it are marked as part of a place.
func (s *scanner) emitAddress(m Mark, number uint32) {
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].End > number; i-- {
		switch old := &s.marks[i]; {
		case old.Start < m.Start:
		case (old.Kind == MarkAddress || old.Kind == MarkStreet) && old.Start == m.Start:
			*old = m
			return
		case old.isName() && old.End <= m.End:
			old.Flags |= FlagInPlace
		}
	}
	s.emit(m)
}

// postcode marks the postcode that begins with the token start..end, and gives
// the place after, 0 for none.
func (s *scanner) postcode(start, end int) int {
	var pc [7]byte
	n := end - start
	if n > 7 || n < 2 {
		return 0
	}
	copy(pc[:], s.b[start:end])
	to := end
	if n <= 4 {
		in := s.inward(end)
		if in == 0 {
			return 0
		}
		copy(pc[n:], s.b[in:in+3])
		n, to = n+3, in+3
	}
	code := pc[:n]
	for i, c := range code {
		if isLower(c) {
			code[i] = c - 0x20
		}
	}
	if isPostcode(code) {
		id := s.ix.postcodes.find(hashToken(code, 0, n))
		if id == 0 && (n == 7 && to == end || s.lowerCase(start, to)) && !s.plausible(start, to, n) {
			return 0
		}
		return s.emitPostcode(start, to, id, 0)
	}
	if repairPostcode(code) {
		if id := s.ix.postcodes.find(hashToken(code, 0, n)); id != 0 {
			return s.emitPostcode(start, to, id, FlagRepaired)
		}
	}
	return 0
}

// plausible keeps codes that only look like a postcode out where no register
// knows it: small letters need the space between the halves.
func (s *scanner) plausible(start, to, n int) bool {
	return to-start > n || !s.lowerCase(start, to)
}

func (s *scanner) lowerCase(start, to int) bool {
	for _, c := range s.b[start:to] {
		if isUpper(c) {
			return false
		}
	}
	return true
}

func (s *scanner) emitPostcode(start, to int, id uint32, flags uint16) int {
	if id != 0 {
		flags |= FlagInRegister
	}
	s.emit(Mark{Start: uint32(start), End: uint32(to), ID: id, Kind: MarkPostcode, Flags: flags})
	if id != 0 {
		s.anchor(uint32(start), uint32(to), s.ix.postcodes.records(id))
	}
	return to
}

// inward gives where the second half of a postcode stands, after one or two
// spaces or a no-break space, 0 for nowhere.
func (s *scanner) inward(i int) int {
	b, from := s.b, i
	for i < len(b) && i < from+2 && (b[i] == ' ' || b[i] == 0xC2 || b[i] == 0xA0) {
		i++
	}
	if i == from || i+3 > len(b) || i+3 < len(b) && classes[b[i+3]]&classToken != 0 {
		return 0
	}
	for _, c := range b[i : i+3] {
		if classes[c]&classToken == 0 {
			return 0
		}
	}
	return i
}

// repairPostcode puts right digits read as letters and the reverse, where the
// form asks for the other: O/0, I/1, L/1, S/5, Z/2, B/8.
func repairPostcode(code []byte) bool {
	n := len(code)
	if n < 5 {
		return false
	}
	code[n-3] = asDigit(code[n-3])
	code[n-2], code[n-1] = asLetter(code[n-2]), asLetter(code[n-1])
	code[0] = asLetter(code[0])
	if isPostcode(code) {
		return true
	}
	for i := 1; i < n-3; i++ {
		was := code[i]
		for _, c := range [2]byte{asDigit(was), asLetter(was)} {
			if code[i] = c; isPostcode(code) {
				return true
			}
		}
		code[i] = was
	}
	return false
}

func asDigit(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	case 'S':
		return '5'
	case 'Z':
		return '2'
	case 'B':
		return '8'
	}
	return c
}

func asLetter(c byte) byte {
	switch c {
	case '0':
		return 'O'
	case '1':
		return 'I'
	case '5':
		return 'S'
	case '2':
		return 'Z'
	case '8':
		return 'B'
	}
	return c
}

const (
	maxLocal  = 64
	maxDomain = 253
)

// email marks the address whose @ stands at i, and gives the place after it, i
// when there is none.
func (s *scanner) email(i int) int {
	b, start := s.b, i
	for start > 0 && i-start < maxLocal && isLocal(b[start-1]) {
		start--
	}
	for start < i && !(classes[b[start]]&classToken != 0) {
		start++
	}
	end, dots := i+1, 0
	for end < len(b) && end-i < maxDomain {
		c := b[end]
		if c == '.' || c == '-' {
			if end+1 >= len(b) || classes[b[end+1]]&classToken == 0 {
				break
			}
			if c == '.' {
				dots++
			}
		} else if classes[c]&classToken == 0 {
			break
		}
		end++
	}
	if start == i || dots == 0 || !letters(b[end-2:end]) {
		return i
	}
	s.dropNames(uint32(start))
	m := Mark{Start: uint32(start), End: uint32(end), Kind: MarkEmail}
	if m.ID = s.ix.values.find(hashToken(b, start, end)); m.ID != 0 {
		m.Flags = FlagInRegister
	}
	s.emit(m)
	if m.ID != 0 {
		s.emit(Mark{Start: m.Start, End: m.End, ID: m.ID, Kind: MarkRef, Flags: FlagInRegister})
		s.anchor(m.Start, m.End, s.ix.values.records(m.ID))
	}
	return end
}

func isLocal(c byte) bool {
	switch c {
	case '.', '_', '-', '+', '%', '\'', '&':
		return true
	}
	return classes[c]&classToken != 0
}

func letters(b []byte) bool {
	for _, c := range b {
		if classes[c]&(classUpper|classLower) == 0 {
			return false
		}
	}
	return true
}
