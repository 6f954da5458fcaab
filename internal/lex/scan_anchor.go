package lex

const (
	maxAnchors    = 8
	maxCandidates = 16
	maxAnchorRecs = 256 // records of one anchor that are looked at
)

// anchor is a place that points to few records: a postcode, birth date, address
// or identifier of a register.
type anchor struct {
	start, end uint32
	recs       []uint32
	givens     uint64 // a bit for each token id of its names, modulo 64; set when
	surnames   uint64 // the first candidate asks
}

// gather fills the bits, which spare most candidates the walk over records.
func (a *anchor) gather(ix *Index) {
	for _, rec := range a.recs {
		for _, key := range ix.pairsOf(rec) {
			a.givens |= 1 << (key >> 32 & 63)
			a.surnames |= 1 << (key & 63)
		}
	}
}

// mayHold reports whether a candidate can fit any of the anchor's names.
func (a *anchor) mayHold(ix *Index, c *candidate) bool {
	if a.surnames == 0 {
		a.gather(ix)
	}
	if c.pair != 0 {
		return a.givens>>(c.pair>>32&63)&1 != 0 && a.surnames>>(c.pair&63)&1 != 0
	}
	if c.surname.id != 0 && a.surnames>>(c.surname.id&63)&1 != 0 {
		return true
	}
	return c.given.id != 0 && (a.givens>>(c.given.id&63)&1 != 0 || len(ix.nickOf(c.given.id)) > 0)
}

// part is a word of a candidate; id 0 for a word that the dictionary lacks.
type part struct {
	start, end uint32
	id         uint32
}

func (p part) empty() bool { return p.end == p.start }

// candidate is what may be a name of a record that an anchor near it points to:
// a pair known already, or two words (of which one may be misspelt), an initial
// and a surname, or a surname alone.
type candidate struct {
	start, end uint32
	pair       uint64 // key of the pair it is known to be
	given      part
	surname    part
}

// anchor confirms the names shortly before it, and waits for those after it.
func (s *scanner) anchor(start, end uint32, recs []uint32) {
	a := &s.anchors[s.anchorAt%maxAnchors]
	*a = anchor{start: start, end: end, recs: recs[:min(len(recs), maxAnchorRecs)]}
	s.anchorAt++
	for k := uint(1); k <= maxCandidates && k <= s.candidate; k++ {
		c := &s.candidates[(s.candidate-k)%maxCandidates]
		if c.end+AnchorReach < start {
			break
		}
		s.confirm(c, a)
	}
}

// named keeps a candidate for the anchors after it, and asks those before it.
func (s *scanner) named(c candidate) {
	s.candidates[s.candidate%maxCandidates] = c
	s.candidate++
	for k := uint(1); k <= maxAnchors && k <= s.anchorAt; k++ {
		a := &s.anchors[(s.anchorAt-k)%maxAnchors]
		if a.end+AnchorReach < c.start {
			break
		}
		if s.confirm(&s.candidates[(s.candidate-1)%maxCandidates], a) {
			break
		}
	}
}

// twoWords makes a candidate of two words that no pair was found for. One of
// them must be known, or the first an initial.
func (s *scanner) twoWords(p, t *token, start uint32) {
	if !p.capital() || t.end-t.start < 2 || t.gap&^(nameGap|gapComma|gapDot) != 0 || t.gap&(gapPara|gapBracket) != 0 || p.flags&isTitle != 0 {
		return
	}
	given, surname := p, t
	if t.gap&gapComma != 0 {
		given, surname = t, p
	}
	if given.flags&(isGiven|isListGiven) == 0 && surname.flags&isSurname == 0 {
		return
	}
	s.named(candidate{start: start, end: t.end, given: part{given.start, given.end, given.id}, surname: part{surname.start, surname.end, surname.id}})
}

// How well a candidate fits a pair; the best wins.
const (
	fitNone = iota
	fitInitial
	fitFuzzy
	fitNickname
	fitExact
)

// confirm looks for the candidate among the names of the anchor's records and
// marks it as what it was found to be.
func (s *scanner) confirm(c *candidate, a *anchor) bool {
	if !a.mayHold(s.ix, c) {
		return false
	}
	best, pair := fitNone, uint64(0)
	for _, rec := range a.recs {
		for _, key := range s.ix.pairsOf(rec) {
			if c.pair != 0 {
				if c.pair == key {
					s.anchored(c)
					return true
				}
				continue
			}
			if fit := s.fit(c, key); fit > best {
				best, pair = fit, key
			}
		}
	}
	switch {
	case best == fitNone:
		return false
	case c.given.empty():
		s.anchored(c)
		return true
	}
	s.confirmed(c, best, s.ix.pairs.look(pair))
	return true
}

// fit compares a candidate with a pair. A surname that is not exact asks for a
// given name that is, so that most pairs are done with by comparing ids.
func (s *scanner) fit(c *candidate, key uint64) int {
	given, surname := uint32(key>>32), uint32(key)
	exact := c.surname.id == surname
	switch {
	case c.given.empty() && exact:
		return fitExact
	case c.given.empty():
		return fitNone
	case exact:
		return s.fitGiven(c.given, given)
	case (c.given.id == given || s.nickname(c.given, given)) && s.nearly(c.surname, surname):
		return fitFuzzy
	}
	return fitNone
}

func (s *scanner) fitGiven(p part, given uint32) int {
	if p.id == given {
		return fitExact
	}
	if p.end-p.start == 1 {
		if s.b[p.start]|0x20 == s.ix.text[given-1][0] {
			return fitInitial
		}
		return fitNone
	}
	if s.nickname(p, given) {
		return fitNickname
	}
	if s.nearly(p, given) {
		return fitFuzzy
	}
	return fitNone
}

// nickname reports that a word is another form of a given name.
func (s *scanner) nickname(p part, given uint32) bool {
	for _, other := range s.ix.nickOf(p.id) {
		if other == given {
			return true
		}
	}
	return false
}

// nearly reports one edit, or look-alike letters alone, between a word of the
// text and a name of four letters or more.
func (s *scanner) nearly(p part, id uint32) bool {
	var buf [maxToken]byte
	name := s.ix.text[id-1]
	if len(name) < 4 || p.end-p.start > maxToken || p.end-p.start+2 < uint32(len(name)) || uint32(len(name))+2 < p.end-p.start {
		return false
	}
	n := 0
	for _, c := range s.b[p.start:p.end] {
		if c != '\'' && c != '-' && c != '\n' {
			buf[n] = c
			if isUpper(c) {
				buf[n] |= 0x20
			}
			n++
		}
	}
	return within(buf[:n], name) || alike(buf[:n], name)
}

// within reports at most one edit (insert, delete, change, swap of neighbours).
func within(a []byte, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	j := 0
	for j < len(a)-i && j < len(b)-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	la, lb := len(a)-i-j, len(b)-i-j
	return la <= 1 && lb <= 1 || la == 2 && lb == 2 && a[i] == b[i+1] && a[i+1] == b[i]
}

// alike compares by what scanners confuse, without allocating; LookAlike says
// which letters those are.
func alike(a []byte, b string) bool {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		x, n := alikeAt(a, i)
		y, m := alikeAt(b, j)
		if x != y {
			return false
		}
		i, j = i+n, j+m
	}
	return i == len(a) && j == len(b)
}

func alikeAt[T string | []byte](s T, i int) (byte, int) {
	if i+1 < len(s) {
		switch {
		case s[i] == 'r' && s[i+1] == 'n':
			return 'm', 2
		case s[i] == 'c' && s[i+1] == 'l':
			return 'd', 2
		case s[i] == 'v' && s[i+1] == 'v':
			return 'w', 2
		}
	}
	switch s[i] {
	case '0':
		return 'o', 1
	case '1', 'i', 'j':
		return 'l', 1
	case '5':
		return 's', 1
	case '8', '6':
		return 'b', 1
	case '2':
		return 'z', 1
	case '9', 'q':
		return 'g', 1
	case 'c':
		return 'e', 1
	}
	return s[i], 1
}

// anchored adds FlagAnchored to the mark of a candidate.
func (s *scanner) anchored(c *candidate) {
	if i := s.nameOver(c); i >= 0 {
		s.marks[i].Flags |= FlagAnchored
	}
}

// confirmed makes the candidate's mark, or a new one, the register's name.
func (s *scanner) confirmed(c *candidate, fit int, pair uint32) {
	flags := FlagInRegister | FlagAnchored
	switch fit {
	case fitInitial:
		flags |= FlagInitial
	case fitFuzzy:
		flags |= FlagFuzzy
	case fitNickname:
		flags |= FlagNickname
	}
	if c.given.start > c.surname.start {
		flags |= FlagReversed
	}
	const kept = FlagTitle | FlagAllCaps | FlagFirst | FlagOverLine | FlagDear | FlagList | FlagMiddle
	if i := s.nameOver(c); i >= 0 {
		flags |= s.marks[i].Flags & kept
	}
	s.emitName(Mark{Start: c.start, End: c.end, ID: pair, Kind: MarkName, Flags: flags})
}

// nameOver finds the mark of a candidate among the last ones.
func (s *scanner) nameOver(c *candidate) int {
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start >= c.start; i-- {
		if m := &s.marks[i]; m.Start == c.start && m.isName() {
			return i
		}
	}
	return -1
}

// nickOf gives the other forms of a given name that a register has.
func (ix *Index) nickOf(id uint32) []uint32 {
	if id == 0 || int(id) > len(ix.nick) {
		return nil
	}
	return ix.nick[id-1]
}
