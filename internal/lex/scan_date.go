package lex

// date marks the date that begins with the digits start to end, and gives the
// place after it, 0 when there is none or when its digits should be read on as
// a number too.
func (s *scanner) date(start, end int) int {
	if s.has(2) {
		if t := s.back(2); t.flags&isMonth != 0 {
			if to := s.monthFirst(t, start, end); to > 0 {
				return to
			}
		}
	}
	b, n := s.b, end-start
	if end >= len(b) || n > 4 || n == 3 || start > 0 && (b[start-1] == '.' || b[start-1] == '/') && start > 1 && isDigit(b[start-2]) {
		return 0
	}
	if n <= 2 {
		if to := s.dayMonth(start, start, end, end); to > 0 {
			return to
		}
	}
	return s.numericDate(start, end)
}

// numericDate reads 05/03/2001, 5.3.01, 2001-03-05.
func (s *scanner) numericDate(start, end int) int {
	b, sep := s.b, s.b[end]
	if sep != '-' && sep != '/' && sep != '.' && sep != ' ' {
		return 0
	}
	mid := span{end + 1, end + 1 + digitsAt(b, end+1)}
	if mid.len() == 0 || mid.len() > 2 || mid.to >= len(b) || b[mid.to] != sep {
		return 0
	}
	last := span{mid.to + 1, mid.to + 1 + digitsAt(b, mid.to+1)}
	if !s.dateEnds(last.to, sep) {
		return 0
	}
	first := span{start, end}
	var flags uint16
	var d dateParts
	for _, g := range [...]span{first, mid, last} {
		d.add(datePart{s.value(g), g.len()})
	}
	switch {
	case first.len() == 4 && last.len() <= 2 && last.len() > 0 && sep != ' ':
		flags = DateISO
	case first.len() > 2 || last.len() != 2 && last.len() != 4 || sep == ' ' && (first.len() != 2 || mid.len() != 2 || last.len() != 4):
		return 0
	}
	if last.len() == 2 && flags == 0 {
		flags |= DateShortYear
	}
	date, ok := d.date()
	if !ok || date.Year < 1850 || date.Year > 2150 {
		return 0
	}
	if flags&DateISO == 0 && d.part[0].value <= 12 && d.part[1].value <= 12 && d.part[0].value != d.part[1].value {
		flags |= DateEither
	}
	s.emitDate(start, last.to, uint32(date.Number()), flags)
	if flags&DateShortYear != 0 && first.len() == 2 && mid.len() == 2 || sep == ' ' { // may be a sort code or a number
		return 0
	}
	return s.pastTime(last.to)
}

// dateEnds reports that what follows a date at i does not go on with it.
func (s *scanner) dateEnds(i int, sep byte) bool {
	b := s.b
	if i >= len(b) {
		return true
	}
	if b[i] == 'T' && i+1 < len(b) && isDigit(b[i+1]) {
		return true
	}
	if classes[b[i]]&classToken != 0 {
		return false
	}
	return !(b[i] == sep && sep != ' ' && i+1 < len(b) && isDigit(b[i+1]))
}

// pastTime passes over the T10:22:05Z of a time stamp.
func (s *scanner) pastTime(i int) int {
	b := s.b
	if i >= len(b) || b[i] != 'T' {
		return i
	}
	for i++; i < len(b) && (isDigit(b[i]) || b[i] == ':' || b[i] == '.' || b[i] == 'Z'); i++ {
	}
	return i
}

// dayMonth reads 5 March 2001 and 05-MAR-2001, where the day is from..to and
// what follows it begins at i.
func (s *scanner) dayMonth(start, from, to, i int) int {
	b := s.b
	i = s.dateGap(i)
	if i+3 < len(b) && s.wordAt(i-1, "of") {
		i += 3
	}
	month := s.monthAt(i)
	if month == 0 || i == to && classes[b[to]]&classToken != 0 && to-from == 0 {
		return 0
	}
	for i < len(b) && classes[b[i]]&(classLower|classUpper) != 0 {
		i++
	}
	i = s.dateGap(i)
	year := span{i, i + digitsAt(b, i)}
	if !s.dateEnds(year.to, '-') {
		return 0
	}
	flags := DateWords
	value := s.value(year)
	switch year.len() {
	case 4:
	case 2:
		if c := b[i-1]; c == ' ' && year.to+1 < len(b) && (b[year.to] == ':' || b[year.to] == '%' || b[year.to] == ' ' && isLower(b[year.to+1])) {
			return 0
		}
		flags |= DateShortYear
		value = fullYear(value)
	default:
		return 0
	}
	return s.validDate(start, year.to, value, month, s.value(span{from, to}), flags)
}

func (s *scanner) validDate(start, end, year, month, day int, flags uint16) int {
	d, ok := makeDate(year, month, day)
	if !ok || year < 1850 || year > 2150 {
		return 0
	}
	s.emitDate(start, end, uint32(d.Number()), flags)
	return end
}

// dateGap passes over what stands between the parts of a written date: up to
// three of space, comma, full stop, hyphen, slash, apostrophe, one line end.
func (s *scanner) dateGap(i int) int {
	b := s.b
	for k := 0; k < 3 && i < len(b); k++ {
		switch b[i] {
		case ' ', ',', '.', '-', '/', '\'', '\n':
			i++
		default:
			return i
		}
	}
	return i
}

// ordinalDate reads the 5th of March 2001, where the token is "5th".
func (s *scanner) ordinalDate(start, end int) int {
	n := digitsAt(s.b, start)
	if n < 1 || n > 2 || end-start-n < 2 {
		return 0
	}
	if end-start-n == 2 && isOrdinal(s.b[end-2:end]) {
		return s.dayMonth(start, start, start+n, end)
	}
	if s.monthAt(start+n) != 0 { // 05MAR2001
		return s.dayMonth(start, start, start+n, start+n)
	}
	return 0
}

func isOrdinal(b []byte) bool {
	switch string([]byte{b[0] | 0x20, b[1] | 0x20}) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// monthFirst reads March 5, 2001 and March 2001, where the month is the token
// before start.
func (s *scanner) monthFirst(month *token, start, end int) int {
	b, number := s.b, int(month.flags>>numberShift)
	if int(month.end)+3 < start {
		return 0
	}
	if end-start == 4 {
		if v := s.value(span{start, end}); v >= 1850 && v < 2150 && s.dateEnds(end, '-') {
			s.emitDate(int(month.start), end, uint32(v*10000+number*100), DateWords|DateNoDay)
			return end
		}
		return 0
	}
	if end-start > 2 {
		return 0
	}
	i := s.dateGap(end)
	year := span{i, i + digitsAt(b, i)}
	if i == end || year.len() != 4 || !s.dateEnds(year.to, '-') {
		return 0
	}
	return s.validDate(int(month.start), year.to, s.value(year), number, s.value(span{start, end}), DateWords)
}

// monthAt is the number of the month whose name stands at i, 0 for none.
func (s *scanner) monthAt(i int) int {
	b, end := s.b, i
	for end < len(b) && end-i < 10 && classes[b[end]]&(classLower|classUpper) != 0 {
		end++
	}
	if end-i < 3 || end < len(b) && classes[b[end]]&(classLower|classUpper) != 0 {
		return 0
	}
	if _, flags := s.ix.find(hashToken(b, i, end)); flags&isMonth != 0 {
		return int(flags >> numberShift)
	}
	return 0
}

// emitDate marks a date, takes back names that its month gave, and lets a birth
// date of a register confirm the names near it.
func (s *scanner) emitDate(start, end int, id uint32, flags uint16) {
	s.dropNames(uint32(start))
	birth := s.ix.births.find(uint64(id))
	if birth != 0 {
		flags |= FlagInRegister
	}
	s.emit(Mark{Start: uint32(start), End: uint32(end), ID: id, Kind: MarkDate, Flags: flags})
	if birth != 0 {
		s.anchor(uint32(start), uint32(end), s.ix.births.records(birth))
	}
}
