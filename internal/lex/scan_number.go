package lex

import "strings"

const (
	maxGroups      = 8
	maxNumberRun   = 24 // digits that spaces may join
	maxLooseGroup  = 6
	maxCodeLetters = 64
)

// span is a piece of the text.
type span struct{ from, to int }

func (p span) len() int { return p.to - p.from }

// numeric reads the token from start to end, which holds a digit, with all that
// belongs to it, marks it, and gives the place after.
func (s *scanner) numeric(start, end int, shape uint8, gap uint16) int {
	t := s.push()
	*t = token{start: uint32(start), end: uint32(end), gap: gap, shape: shape, first: classes[s.b[start]], hash: hashToken(s.b, start, end)}
	if s.phrases > 0 || s.ix.phrases.numbers {
		s.stepPhrases(t)
	}
	money := s.money
	s.money = -1
	s.house.words = 0
	if shape == classDigit && s.joinedBefore(start) {
		return s.endNumber(s.codeRun(start, end))
	}
	if shape == classDigit || money >= 0 && s.thousands(start) == end {
		if to := s.date(start, end); to > 0 {
			return s.endNumber(to)
		}
		if to := s.spacedCode(start, end); to > 0 {
			return s.endNumber(to)
		}
		if to := s.numberRun(start, money, gap); to > 0 {
			return s.endNumber(to)
		}
	} else if to := s.postcode(start, end); to > 0 {
		return s.endNumber(to)
	} else if to := s.ordinalDate(start, end); to > 0 {
		return s.endNumber(to)
	} else if to := s.spacedCode(start, end); to > 0 {
		return s.endNumber(to)
	} else if s.misread(start, end) {
		t.shape &^= classDigit
		s.nameWord(t)
		return end
	}
	s.openHouse(start, end, gap)
	return s.endNumber(s.codeRun(start, end))
}

// thousands gives the end of digits with a k or m after them, 0 for others.
func (s *scanner) thousands(i int) int {
	b := s.b
	i += digitsAt(b, i)
	if i < len(b) && (b[i]|0x20 == 'k' || b[i]|0x20 == 'm') && (i+1 == len(b) || classes[b[i+1]]&classToken == 0) {
		return i + 1
	}
	return 0
}

// misread reports a word in which a scanner took a letter for a digit: a
// capital, mostly small letters, and 0, 1, 5 or the like between them.
func (s *scanner) misread(start, end int) bool {
	if classes[s.b[start]] != classUpper || end-start < 4 {
		return false
	}
	digits, small := 0, 0
	for _, c := range s.b[start+1 : end] {
		switch {
		case isLower(c):
			small++
		case strings.IndexByte("0125689", c) >= 0:
			digits++
		default:
			return false
		}
	}
	return digits <= 3 && small >= digits
}

// endNumber lets the newest token end where the run does.
func (s *scanner) endNumber(to int) int {
	s.back(1).end = uint32(to)
	return to
}

// numberRun marks the run of digit groups at i; 0 when it is part of a code.
func (s *scanner) numberRun(i, money int, gap uint16) int {
	var groups [maxGroups]span
	n, flags, end, code := s.groups(i, &groups, gap)
	if code {
		return 0
	}
	if n == 4 && flags&^NumberDigits == NumberDot && s.ip(&groups) {
		return end
	}
	digits, sig := 0, uint32(0)
	for _, g := range groups[:min(n, maxGroups)] {
		digits += g.len()
		sig = sig<<4 | uint32(min(g.len(), 15))
	}
	if n > maxGroups {
		sig = 0
	}
	start := i
	if i > 0 && s.b[i-1] == '+' {
		flags |= NumberPlus
		start--
	}
	if start > 0 && s.b[start-1] == '(' {
		flags |= NumberParen
	}
	if i > 0 && s.b[i-1] == '#' {
		flags |= NumberHash
	}
	if end < len(s.b) && s.b[end] == '%' {
		flags |= NumberPercent
	}
	if s.sum(money, i, &groups, min(n, maxGroups), end) {
		flags |= NumberPound
	}
	s.emit(Mark{Start: uint32(start), End: uint32(end), ID: sig, Kind: MarkNumber, Flags: flags | uint16(min(digits, 63))})
	if digits >= minRef {
		s.numberRefs(groups[:min(n, maxGroups)], flags, start, end)
	}
	if n == 1 && digits <= 4 || n == 2 && flags&NumberHyphen != 0 && digits <= 8 {
		s.openHouse(groups[0].from, groups[0].to, gap)
	}
	return end
}

// groups collects the digit groups of the run at i: n of them (counted beyond
// eight too), how they are joined, the end. code is true when a joined part
// holds letters.
func (s *scanner) groups(i int, groups *[maxGroups]span, gap uint16) (n int, flags uint16, end int, code bool) {
	b := s.b
	loose := !(s.has(2) && s.back(2).flags&isUnit != 0 && gap&^gapSpace == 0)
	plus := i > 0 && b[i-1] == '+'
	total := 0
	for {
		from := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if i < len(b) && classes[b[i]]&(classLower|classUpper) != 0 && s.thousands(from) == 0 {
			if n == 0 || flags&NumberSpace == 0 {
				return n, flags, end, true
			}
			return n, flags, end, false
		}
		if n < maxGroups {
			groups[n] = span{from, i}
		}
		n++
		total += i - from
		end = i
		if i >= len(b) {
			return n, flags, end, false
		}
		join, skip := s.joint(i, n, total, i-from, loose || plus)
		if join == 0 {
			return n, flags, end, s.joinsCode(i)
		}
		flags |= join
		i += skip
	}
}

// joint tells how the group that ends at i is joined to digits after it.
func (s *scanner) joint(i, n, total, last int, loose bool) (flag uint16, skip int) {
	b := s.b
	if i+1 >= len(b) {
		return 0, 0
	}
	if isDigit(b[i+1]) {
		switch b[i] {
		case '-':
			return NumberHyphen, 1
		case '.':
			return NumberDot, 1
		case '/':
			return NumberSlash, 1
		case ',':
			if last <= 3 && digitsAt(b, i+1) == 3 {
				return NumberComma, 1
			}
		case ' ':
			if loose && s.looseJoint(i+1, n, total, last) {
				return NumberSpace, 1
			}
		case ')':
			if loose && total <= 5 {
				return NumberParen, 1
			}
		}
		return 0, 0
	}
	if !loose || total > 5 {
		return 0, 0
	}
	if b[i] == ')' && i+2 < len(b) && b[i+1] == ' ' && digitsAt(b, i+2) >= 3 {
		return NumberParen | NumberSpace, 2
	}
	if b[i] == ' ' && i+4 < len(b) && b[i+1] == '(' && b[i+2] == '0' && b[i+3] == ')' && n == 1 { // +44 (0)20
		return NumberParen | NumberSpace, 2
	}
	return 0, 0
}

// looseJoint reports whether the digits at i, one space on, go on with the run.
func (s *scanner) looseJoint(i, n, total, last int) bool {
	b := s.b
	next := digitsAt(b, i)
	if next < 2 || next > maxLooseGroup || last > maxLooseGroup || last < 2 && n > 1 || total+next > maxNumberRun {
		return false
	}
	if last < 2 && !(i-3 >= 0 && b[i-3] == '+') {
		return false
	}
	if j := i + next; j < len(b) {
		c := b[j]
		if classes[c]&(classLower|classUpper) != 0 || c == ':' || (c == '/' || c == '.') && j+1 < len(b) && isDigit(b[j+1]) {
			return false
		}
		if c == ' ' && next == 2 && s.monthAt(j+1) != 0 {
			return false
		}
	}
	return true
}

func digitsAt(b []byte, i int) int {
	n := 0
	for i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

// joinsCode reports whether a hyphen or slash at i joins letters to the run.
func (s *scanner) joinsCode(i int) bool {
	b := s.b
	if b[i] != '-' && b[i] != '/' || i+1 >= len(b) || classes[b[i+1]] != classUpper {
		return false
	}
	for i++; i < len(b) && classes[b[i]]&classToken != 0; i++ {
		if isLower(b[i]) {
			return false
		}
	}
	return true
}

// ip marks four groups of 0 to 255 joined by full stops.
func (s *scanner) ip(groups *[maxGroups]span) bool {
	id := uint32(0)
	for _, g := range groups[:4] {
		n := s.value(g)
		if g.len() > 3 || n > 255 {
			return false
		}
		id = id<<8 | uint32(n)
	}
	s.emit(Mark{Start: uint32(groups[0].from), End: uint32(groups[3].to), ID: id, Kind: MarkIP})
	return true
}

// value is the number in a group, of its first nine digits.
func (s *scanner) value(g span) int {
	n := 0
	for _, c := range s.b[g.from:min(g.to, g.from+9)] {
		n = n*10 + int(c-'0')
	}
	return n
}

// sum marks money: a currency sign before the number, or a word after it.
func (s *scanner) sum(money, i int, groups *[maxGroups]span, n, end int) bool {
	b := s.b
	start := money
	if money < 0 || i-money > 4 {
		start = i
		if prev := s.has(2) && s.isWord(s.back(2), "gbp") && i-int(s.back(2).end) <= 1; prev {
			start = int(s.back(2).start)
		} else if !s.wordAt(end, "pounds") && !s.wordAt(end, "gbp") {
			return false
		}
	}
	flags, pounds := uint16(0), uint64(0)
	for k, g := range groups[:n] {
		if k > 0 && b[g.from-1] == '.' {
			flags |= MoneyPence
			break
		}
		if k > 0 && b[g.from-1] != ',' {
			break
		}
		for _, c := range b[g.from:g.to] {
			pounds = min(pounds*10+uint64(c-'0'), 1<<32-1)
		}
		end = g.to
	}
	factor, to := s.factor(end, flags)
	if factor > 1 {
		flags |= MoneyThousand
	}
	if money >= 0 && b[money] != 0xC2 {
		flags |= MoneyForeign
	}
	s.emit(Mark{Start: uint32(start), End: uint32(to), ID: uint32(min(pounds*factor, 1<<32-1)), Kind: MarkMoney, Flags: flags})
	return true
}

// factor reads k, m, thousand or million after a sum, and gives the end.
func (s *scanner) factor(end int, flags uint16) (uint64, int) {
	b := s.b
	if flags&MoneyPence != 0 {
		end++
		for end < len(b) && isDigit(b[end]) {
			end++
		}
	}
	if to := s.thousands(end); to == end+1 {
		if b[end]|0x20 == 'k' {
			return 1000, to
		}
		return 1000000, to
	}
	switch {
	case s.wordAt(end, "thousand"):
		return 1000, end + 9
	case s.wordAt(end, "million"):
		return 1000000, end + 8
	}
	return 1, end
}

// wordAt reports whether one space and a lower-case word stand at i.
func (s *scanner) wordAt(i int, word string) bool {
	b := s.b
	if i+1+len(word) > len(b) || b[i] != ' ' {
		return false
	}
	for k := range len(word) {
		if b[i+1+k]|0x20 != word[k] {
			return false
		}
	}
	end := i + 1 + len(word)
	return end == len(b) || classes[b[end]]&classToken == 0
}

// isWord compares a token with a lower-case ASCII word.
func (s *scanner) isWord(t *token, word string) bool {
	if int(t.end-t.start) != len(word) {
		return false
	}
	for k := range len(word) {
		if s.b[int(t.start)+k]|0x20 != word[k] {
			return false
		}
	}
	return true
}
