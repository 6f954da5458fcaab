package lex

const (
	maxNameWords = 6  // tokens looked back over for a given name
	maxMiddle    = 2  // words between given name and surname, particles apart
	maxRunWords  = 4  // words of a name by structure
	nameReach    = 96 // bytes that marks of one name can lie apart
	maxNameGap   = 24 // bytes between two words of a name, as columns have
)

// run is a name by structure that the next word may go on with.
type run struct {
	start, end uint32
	words      int
	flags      uint16
}

// nameGap holds what may stand between the words of a name in written order.
const nameGap = gapSpace | gapWide | gapTab | gapLine | gapHyphen | gapQuote | gapBracket

// nameWord looks whether the newest token completes a name, and marks it. Every
// rule looks back only: what a later word makes longer replaces the shorter.
func (s *scanner) nameWord(t *token) {
	t = s.joined(t)
	if t.id == 0 && t.first == classUpper && s.ix.common.has(t.hash) {
		t.flags |= isCommon
	}
	if t.flags&isTitle != 0 && (t.capital() || t.flags>>numberShift <= TitleMiss || t.flags>>numberShift == TitleDoctor) {
		s.emit(Mark{Start: t.start, End: t.end, ID: uint32(t.flags >> numberShift), Kind: MarkTitle})
	}
	if t.flags&(isPlace|isStreet) != 0 && t.gap&^(gapSpace|gapWide) == 0 && t.capital() {
		s.inPlace(t)
	}
	if t.flags&isSurname != 0 && s.forward(t) {
		return
	}
	if !t.capital() {
		return
	}
	if t.flags&(isGiven|isListGiven) != 0 && s.reversed(t) || s.goesOn(t) {
		return
	}
	if t.gap&gapAnd != 0 {
		s.firm()
	}
	if s.structure(t) {
		return
	}
	s.single(t)
}

// joined closes up the newest token with the one before it where a hyphen, a
// line end or a particle parts them and the whole is a name of a register:
// Smith-Jones, Smi-␤th, Al Hassan, Mc Donald.
func (s *scanner) joined(t *token) *token {
	if !s.has(2) {
		return t
	}
	p := s.back(2)
	wide := t.start - p.end
	hyphen := t.gap == gapHyphen && wide == 1 || t.gap == gapHyphen|gapLine && wide == 2 || t.gap == gapLine && wide == 1 && p.capital() && !t.capital()
	if !hyphen && !(p.flags&isJoin != 0 && t.gap == gapSpace && wide == 1) {
		return t
	}
	n := int(p.end-p.start) + int(t.end-t.start)
	if (p.shape|t.shape)&(classHigh|classDigit) != 0 || n > maxToken {
		return t
	}
	var buf [maxToken]byte
	copy(buf[copy(buf[:], s.b[p.start:p.end]):], s.b[t.start:t.end])
	h := hashToken(buf[:n], 0, n)
	id, flags := s.ix.find(h)
	if flags&(isGiven|isSurname) == 0 {
		return t
	}
	p.end, p.id, p.flags, p.hash = t.end, id, flags, h
	p.shape |= t.shape
	p.first |= t.first & classUpper
	if t.first == classUpper {
		p.first = classUpper
	}
	s.n--
	return p
}

// forward marks "given … surname" of a register that ends with t.
func (s *scanner) forward(t *token) bool {
	best, pair, flags := (*token)(nil), uint32(0), uint16(0)
	next, between := t, 0
	for k := uint(2); k <= maxNameWords && s.has(k) && between <= maxMiddle; k++ {
		p := s.back(k)
		if !s.sameName(p, next) || p.capital() != t.capital() && p.flags&isParticle == 0 {
			break
		}
		if p.flags&(isGiven|isListGiven) != 0 && p.capital() == t.capital() {
			if id, nick := s.pair(p, t, t.capital()); id != 0 && (best == nil || nick == 0) {
				best, pair, flags = p, id, nick
				if between > 0 {
					flags |= FlagMiddle
				}
			}
		}
		if !t.capital() && k == 2 {
			break
		}
		if p.flags&isParticle == 0 || p.capital() && p.flags&isGiven != 0 {
			between++
		}
		next = p
	}
	if best == nil || !t.capital() && !s.lowerName(best, t) {
		return false
	}
	return s.register(best, t, pair, flags)
}

// sameName reports whether what stands between p and the token after it may
// stand inside a name.
func (s *scanner) sameName(p, next *token) bool {
	if p.shape&classDigit != 0 || next.gap&gapPara != 0 || next.start > p.end+maxNameGap {
		return false
	}
	allowed := nameGap
	if p.initial() || p.flags&isTitle != 0 {
		allowed |= gapDot
	}
	return next.gap&^allowed == 0 || next.gap == gapComma
}

// pair finds the pair of two tokens in the registers, by another form of the
// given name where nicknames is set and there is none by itself.
func (s *scanner) pair(given, surname *token, nicknames bool) (uint32, uint16) {
	if id := s.ix.pairs.find(pairKey(given.id, surname.id)); id != 0 {
		return id, 0
	}
	if nicknames {
		for _, other := range s.ix.nickOf(given.id) {
			if id := s.ix.pairs.find(pairKey(other, surname.id)); id != 0 {
				return id, FlagNickname
			}
		}
	}
	return 0, 0
}

// lowerRare is the expected number of bearers above which a pair in small
// letters with one ordinary or unlisted word is taken for prose.
const lowerRare = 0.05

// lowerName judges a register pair in small letters. Two ordinary words never
// pass; a given name of the list passes with a surname that is no word; what is
// left must be rare.
func (s *scanner) lowerName(given, surname *token) bool {
	word := (given.flags|surname.flags)&isCommon != 0
	listed := given.flags&isListGiven != 0
	switch {
	case surname.gap != gapSpace, surname.end-given.start < 6, given.flags&surname.flags&isCommon != 0, word && !listed:
		return false
	case listed && !word:
		return true
	}
	ix := s.ix
	bearers, named := ix.given.count(ix.given.find(uint64(given.id))), ix.surname.count(ix.surname.find(uint64(surname.id)))
	return float64(bearers)*float64(named) < lowerRare*float64(ix.records)
}

// register marks the name from token first to t, in written order.
func (s *scanner) register(first, t *token, pair uint32, flags uint16) bool {
	flags |= s.look(first, t)
	if first.flags&t.flags&isCommon != 0 {
		flags |= FlagCommon
	}
	if t.flags&(isPlace|isStreet) != 0 && t.flags&isListSurname == 0 && flags&FlagTitle == 0 {
		flags |= FlagInPlace
	}
	m := Mark{Start: first.start, End: t.end, ID: pair, Kind: MarkName, Flags: flags | FlagInRegister}
	if !s.emitName(m) {
		return false
	}
	s.run = run{start: m.Start, end: m.End, words: maxRunWords}
	s.named(candidate{start: m.Start, end: m.End, pair: s.ix.pairs.keys[pair-1]})
	return true
}

// look gives the flags that tell how a name from first to last is written and
// what stands round it.
func (s *scanner) look(first, last *token) uint16 {
	var flags uint16
	switch {
	case first.shouted() && last.shouted():
		flags = FlagAllCaps
	case first.first == classLower && last.first == classLower:
		flags = FlagLowerCase
	}
	for i := first.start; i < last.end; i++ {
		if s.b[i] == '\n' {
			flags |= FlagOverLine
			break
		}
	}
	if first.gap&(gapStop|gapPara) != 0 {
		flags |= FlagFirst
	}
	if first.gap&(gapLine|gapPara) != 0 && s.lineEnds(last.end) {
		flags |= FlagList
	}
	return flags | s.before(first)
}

// before gives the flags for a title or greeting that stands before a token.
func (s *scanner) before(first *token) uint16 {
	var flags uint16
	at := first
	for k := uint(1); k <= ringSize && s.has(k); k++ {
		p := s.back(k)
		if p.start >= at.start {
			continue
		}
		if at.gap&^(gapSpace|gapWide|gapDot|gapLine|gapComma) != 0 || at.gap&gapPara != 0 {
			break
		}
		if p.flags&isTitle != 0 && at.gap&gapComma == 0 {
			flags |= FlagTitle
			at = p
			continue
		}
		if p.flags&isGreeting != 0 && at.gap&(gapComma|gapDot) == 0 {
			flags |= FlagDear
		}
		break
	}
	return flags
}

func (s *scanner) lineEnds(i uint32) bool {
	return int(i) == len(s.b) || s.b[i] == '\n' || s.b[i] == '\r'
}

// reversed marks "Surname, Given" and "SURNAME Given" of a register that ends
// with t.
func (s *scanner) reversed(t *token) bool {
	k := uint(2)
	if s.has(3) && s.back(2).flags&isTitle != 0 && s.back(2).gap&gapComma != 0 { // Smith, Mr John
		k = 3
	}
	if !s.has(k) {
		return false
	}
	p := s.back(k)
	comma := s.back(k - 1).gap
	if p.flags&isSurname == 0 || !p.capital() || t.gap&gapPara != 0 || t.start > p.end+maxNameGap {
		return false
	}
	switch {
	case comma&(gapComma|gapTab) != 0 && comma&^(gapComma|gapTab|gapSpace|gapWide|gapLine|gapQuote) == 0:
	case comma == gapSpace && p.shouted() && !t.shouted():
	case comma == gapSpace && p.flags&isListGiven == 0 && p.shouted() == t.shouted():
	default:
		return false
	}
	pair, nick := s.pair(t, p, comma != gapSpace)
	if pair == 0 {
		return false
	}
	if k == 3 {
		nick |= FlagTitle
	}
	first := p
	for j := k + 1; s.has(j) && first.gap == gapSpace && s.back(j).flags&isParticle != 0; j++ {
		first = s.back(j)
	}
	return s.register(first, t, pair, nick|FlagReversed)
}

// goesOn lets a name end later: the second given name of "SMITH, John Michael",
// the surname of "Mr John Smith".
func (s *scanner) goesOn(t *token) bool {
	if !s.has(2) || s.run.end == 0 || s.run.end != s.back(2).end {
		return false
	}
	p := s.back(2)
	if t.gap&^(gapSpace|gapDot|gapHyphen|gapQuote) != 0 || t.gap&gapDot != 0 && !p.initial() || t.flags&(isPlace|isStreet|isTitle|isWeekday) != 0 {
		return false
	}
	i := s.nameAt(s.run.start)
	if i < 0 {
		return false
	}
	m := &s.marks[i]
	switch {
	case m.Kind == MarkName:
		if m.Flags&FlagReversed == 0 || t.flags&(isGiven|isListGiven) == 0 && !t.initial() {
			return false
		}
	case s.run.words >= maxRunWords, t.flags&(isCommon|isSurname|isListSurname) == isCommon, t.shouted() != p.shouted() && !p.initial() && !t.initial():
		return false
	case t.flags&isSurname != 0:
		m.ID = t.id
		m.Flags |= FlagInRegister
	default:
		m.ID = 0
		m.Flags &^= FlagInRegister
	}
	m.End, s.run.end = t.end, t.end
	s.run.words++
	if m.Kind == MarkPerson {
		s.twoWords(p, t, m.Start)
	}
	return true
}

// nameAt finds the newest name mark that starts at an offset, -1 for none.
func (s *scanner) nameAt(start uint32) int {
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start+nameReach >= start; i-- {
		if s.marks[i].Start == start && s.marks[i].isName() {
			return i
		}
	}
	return -1
}

// isName reports the four kinds of name.
func (m *Mark) isName() bool {
	return m.Kind >= MarkName && m.Kind <= MarkSurname
}

// emitName marks a name. A weaker or shorter name that it overlaps goes; it
// gives way itself to a register name that it lies in, or is weaker than.
func (s *scanner) emitName(m Mark) bool {
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start+nameReach >= m.Start; i-- {
		old := &s.marks[i]
		if !old.isName() || old.End <= m.Start || old.Start >= m.End {
			continue
		}
		if old.Kind == MarkName && (m.Kind != MarkName || old.Start <= m.Start && old.End >= m.End) {
			return false
		}
		if old.Kind == MarkName && (old.Start < m.Start || old.End > m.End) {
			continue
		}
		s.marks = append(s.marks[:i], s.marks[i+1:]...)
	}
	s.emit(m)
	return true
}

// dropNames takes back the names from an offset on, where something else turned
// out to stand there.
func (s *scanner) dropNames(from uint32) {
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start+nameReach >= from; i-- {
		if s.marks[i].isName() && s.marks[i].Start >= from {
			s.marks = append(s.marks[:i], s.marks[i+1:]...)
		}
	}
}
