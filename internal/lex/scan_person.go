package lex

// structure marks a name that no register knows as a pair: by a title or
// greeting before it, by a given name of the lists, by an initial.
func (s *scanner) structure(t *token) bool {
	if t.flags&(isTitle|isMonth|isWeekday|isGreeting) != 0 && t.flags&(isGiven|isSurname|isListGiven) == 0 || !s.has(2) {
		return false
	}
	p := s.back(2)
	switch {
	case p.flags&isTitle != 0 && p.capital() && t.gap&^(gapSpace|gapDot|gapWide) == 0 && t.flags&(isTitle|isPlace|isStreet) == 0:
		return s.person(t, t, FlagTitle)
	case p.flags&isGreeting != 0 && t.gap == gapSpace && p.capital() && t.flags&(isTitle|isCommon) == 0:
		return s.person(t, t, FlagDear)
	case s.withInitial(p, t):
		return true
	case t.gap&^nameGap == 0 && t.gap&(gapLine|gapTab|gapBracket|gapQuote) == 0 && s.looksNamed(p, t):
		return s.person(p, t, 0)
	case t.gap == gapComma|gapSpace && s.listed(p, t):
		return s.person(p, t, FlagReversed|FlagList)
	}
	s.twoWords(p, t, p.start)
	return false
}

// person marks a name by structure from token first to t.
func (s *scanner) person(first, t *token, flags uint16) bool {
	flags |= s.look(first, t)
	m := Mark{Start: first.start, End: t.end, Kind: MarkPerson, Flags: flags}
	surname := t
	if flags&FlagReversed != 0 {
		surname = first
	}
	if surname.flags&isSurname != 0 {
		m.ID = surname.id
		m.Flags |= FlagInRegister
	}
	if first.initial() {
		m.Flags |= FlagInitial
	}
	if first.flags&t.flags&isCommon != 0 {
		m.Flags |= FlagCommon
	}
	if !s.emitName(m) {
		return false
	}
	words := 1
	if first != t {
		words = 2
		s.twoWords(first, t, m.Start)
	} else if t.flags&isSurname != 0 {
		s.named(candidate{start: m.Start, end: m.End, surname: part{t.start, t.end, t.id}})
	}
	s.run = run{start: m.Start, end: m.End, words: words, flags: flags}
	return true
}

// looksNamed judges two capitalised words as given name and surname: both must
// be likely, and neither may be a word of the calendar, a street or a place.
func (s *scanner) looksNamed(p, t *token) bool {
	const never = isMonth | isWeekday | isStreet | isPlace | isTitle | isGreeting | isUnit
	if !p.capital() || p.flags&(isListGiven|isGiven) == 0 || t.flags&never != 0 || t.end-t.start < 2 || p.end-p.start < 2 {
		return false
	}
	if p.shouted() != t.shouted() {
		return false
	}
	given := 0
	switch {
	case p.flags&isListGiven != 0 && p.flags&(isCommon|isMonth) == 0:
		given = 2
	case p.flags&isCommon == 0:
		given = 1
	}
	surname := 1
	switch {
	case t.flags&isListSurname != 0 && t.flags&isCommon == 0:
		surname = 2
	case t.flags&isCommon != 0 && t.flags&(isListSurname|isSurname) == 0:
		return false
	case t.flags&isListGiven != 0 && t.flags&isSurname == 0 && t.flags&isListSurname == 0:
		surname = 0
	case t.flags&isSurname != 0 && t.flags&isCommon == 0:
		surname = 2
	}
	need := 3
	if p.shouted() || p.gap&(gapStop|gapPara) != 0 && p.flags&isCommon != 0 {
		need = 4
	}
	return given+surname >= need
}

// listed judges "Word, Given" at the start of a line as surname and given name.
func (s *scanner) listed(p, t *token) bool {
	return p.capital() && p.gap&(gapLine|gapPara|gapTab) != 0 && p.flags&(isCommon|isMonth|isWeekday|isPlace|isStreet|isListGiven|isGreeting|isTitle) == 0 &&
		t.flags&isListGiven != 0 && t.flags&isCommon == 0 && p.end-p.start > 1
}

// withInitial marks a surname of a register with its initials: J. Smith, J M
// Smith, Smith J, Smith, J.
func (s *scanner) withInitial(p, t *token) bool {
	if t.initial() {
		return s.initialAfter(p, t)
	}
	if t.flags&isSurname == 0 || !p.initial() || t.gap&^(gapSpace|gapDot) != 0 {
		return false
	}
	first := p
	for k := uint(3); k <= 4 && s.has(k) && s.back(k).initial() && first.gap&^(gapSpace|gapDot) == 0; k++ {
		first = s.back(k)
	}
	if first == p && p.end-p.start == 1 && (s.b[p.start] == 'I' || s.b[p.start] == 'A') && t.gap == gapSpace {
		return false
	}
	return s.initialled(first, t, first, t, 0)
}

func (s *scanner) initialAfter(p, t *token) bool {
	if p.flags&isSurname == 0 || !p.capital() || t.gap&^(gapSpace|gapComma) != 0 || t.gap == gapComma {
		return false
	}
	if p.flags&(isMonth|isWeekday|isGreeting) != 0 || t.gap&gapComma == 0 && (s.b[t.start] == 'I' || s.b[t.start] == 'A' || p.flags&isCommon != 0) {
		return false
	}
	if s.run.end == p.end && s.run.words >= 2 { // the surname already has its given name
		return false
	}
	return s.initialled(p, t, t, p, FlagReversed)
}

// initialled marks the span first to last; initial and surname are its parts.
func (s *scanner) initialled(first, last, initial, surname *token, flags uint16) bool {
	flags |= s.look(first, last)&^FlagAllCaps | FlagInRegister | FlagInitial
	if surname.shouted() {
		flags |= FlagAllCaps
	}
	if surname.flags&isCommon != 0 {
		flags |= FlagCommon
	}
	m := Mark{Start: first.start, End: last.end, ID: surname.id, Kind: MarkSurname, Flags: flags}
	if !s.emitName(m) {
		return false
	}
	s.named(candidate{start: m.Start, end: m.End, given: part{initial.start, initial.start + 1, 0}, surname: part{surname.start, surname.end, surname.id}})
	return true
}

// single marks a given name or surname that stands alone so far.
func (s *scanner) single(t *token) {
	if t.flags&(isGiven|isListGiven|isSurname) == 0 || t.end-t.start < 2 || t.flags&(isMonth|isWeekday|isTitle|isGreeting) != 0 {
		return
	}
	m := Mark{Start: t.start, End: t.end, ID: t.id, Kind: MarkSurname}
	if t.flags&isListGiven != 0 || t.flags&isSurname == 0 {
		m.Kind = MarkGiven
	}
	if t.flags&(isGiven|isSurname) != 0 {
		m.Flags |= FlagInRegister
	}
	if t.gap&(gapStop|gapPara) != 0 {
		m.Flags |= FlagFirst
	}
	if t.shouted() {
		m.Flags |= FlagAllCaps
	}
	if t.flags&isCommon != 0 {
		if t.gap&(gapStop|gapPara|gapLine) != 0 || t.shouted() {
			return
		}
		m.Flags |= FlagCommon
	}
	if s.has(2) && s.isWord(s.back(2), "st") && t.gap&^(gapSpace|gapDot) == 0 {
		m.Flags |= FlagInPlace
	}
	if t.flags&(isPlace|isStreet) != 0 {
		m.Flags |= FlagInPlace
	}
	if s.emitName(m) && t.flags&isSurname != 0 {
		s.named(candidate{start: m.Start, end: m.End, surname: part{t.start, t.end, t.id}})
	}
}

// inPlace marks the name that ends just before t as part of a place or firm.
func (s *scanner) inPlace(t *token) {
	if !s.has(2) {
		return
	}
	end := s.back(2).end
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start+nameReach >= end; i-- {
		if m := &s.marks[i]; m.isName() && m.End == end && m.Flags&FlagTitle == 0 {
			m.Flags |= FlagInPlace
		}
	}
}

// firm marks a lone surname before "&" as part of a firm: Marks & Spencer.
func (s *scanner) firm() {
	end := s.back(2).end
	for i := len(s.marks) - 1; i >= s.base && s.marks[i].Start+nameReach >= end; i-- {
		if m := &s.marks[i]; m.End == end && (m.Kind == MarkSurname || m.Kind == MarkGiven) && m.Flags&(FlagTitle|FlagInitial) == 0 {
			m.Flags |= FlagInPlace
		}
	}
}
