package lex

const (
	maxPieces  = 8
	maxRefWide = 40 // letters and digits of one value
)

// codeRun marks the run of letters and digits at start, joined by hyphens,
// slashes, full stops and underscores, with letters joined before it, and gives
// the place after it.
func (s *scanner) codeRun(start, end int) int {
	b := s.b
	if s.joinedBefore(start) {
		start = int(s.back(2).start)
	}
	i := start
	for i < len(b) && i-start < maxCodeLetters {
		if classes[b[i]]&classToken != 0 {
			i++
			continue
		}
		if codeJoint(b[i]) == 0 || i+1 >= len(b) || classes[b[i+1]]&(classUpper|classDigit) == 0 {
			break
		}
		i++
	}
	for i < len(b) && classes[b[i]]&classToken != 0 { // a run too long is passed over whole
		i++
	}
	if i < end {
		i = end
	}
	s.emitCode(start, i)
	return i
}

// joinedBefore reports capitals that a hyphen or slash joins to what stands at
// start: the HB of HB/123456.
func (s *scanner) joinedBefore(start int) bool {
	if !s.has(2) {
		return false
	}
	t := s.back(2)
	return int(t.end)+1 == start && t.shape == classUpper && t.end-t.start <= 5 && codeJoint(s.b[t.end]) != 0
}

// codeJoint gives the flag of a byte that joins the parts of a code.
func codeJoint(c byte) uint16 {
	switch c {
	case '-':
		return CodeHyphen
	case '/':
		return CodeSlash
	case '.', '_':
		return CodeDot
	}
	return 0
}

// code is what emitCode learns of a run: its shape, flags, and the pieces by
// which its values are looked up.
type code struct {
	pieces          [maxPieces]span
	n               int
	letters, digits int
	shape           uint32
	runs, run       int
	last            uint8
	flags           uint16
}

// take adds the byte at i; apart: no letter or digit stands just before it.
func (c *code) take(ch byte, i int, apart bool) {
	class := classes[ch]
	if class == classLower {
		c.flags |= CodeLower
		class = classUpper
	}
	if class == classDigit {
		c.digits++
	} else {
		c.letters++
	}
	if class != c.last {
		c.endRun()
		if c.last == 0 && class == classDigit {
			c.flags |= CodeDigitFirst
		}
		c.last = class
		apart = true
	}
	if apart && c.n < maxPieces {
		c.pieces[c.n] = span{i, i}
		c.n++
	}
	c.pieces[c.n-1].to = i + 1
	c.run++
}

// endRun adds the run that ends here to the shape.
func (c *code) endRun() {
	if c.last == 0 {
		return
	}
	c.shape = c.shape<<4 | uint32(min(c.run, 15))
	c.runs++
	c.run = 0
}

// emitCode marks start to end when it is long enough, and looks its values up.
func (s *scanner) emitCode(start, end int) {
	if end-start > 2*maxCodeLetters {
		return
	}
	var c code
	apart := true
	for i := start; i < end; i++ {
		if classes[s.b[i]]&classToken == 0 {
			apart = true
			c.flags |= codeJoint(s.b[i])
			if s.b[i] == ' ' {
				c.flags |= CodeSpace
			}
			continue
		}
		c.take(s.b[i], i, apart)
		apart = false
	}
	c.endRun()
	if c.runs > 8 {
		c.shape = 0
	}
	size := c.letters + c.digits
	if c.letters > 0 && c.digits >= 2 && size >= minRef {
		s.emit(Mark{Start: uint32(start), End: uint32(end), ID: c.shape, Kind: MarkCode, Flags: c.flags | uint16(min(size, 63))})
		s.refs(c.pieces[:c.n])
	}
}

// refs marks each run of neighbouring pieces whose value a register holds.
func (s *scanner) refs(pieces []span) {
	var buf [maxRefWide]byte
	for from := range pieces {
		n, digits := 0, 0
		for to := from; to < len(pieces) && n+pieces[to].len() <= maxRefWide; to++ {
			for i := pieces[to].from; i < pieces[to].to; i++ {
				if classes[s.b[i]]&classToken != 0 {
					buf[n] = s.b[i] | 0x20
					n++
					if isDigit(s.b[i]) {
						digits++
					}
				}
			}
			if n >= minRef && digits > 0 {
				s.ref(buf[:n], pieces[from].from, pieces[to].to)
			}
		}
	}
}

// ref marks start to end when a register holds the value.
func (s *scanner) ref(value []byte, start, end int) bool {
	id := s.ix.values.find(hashToken(value, 0, len(value)))
	if id == 0 {
		return false
	}
	s.emit(Mark{Start: uint32(start), End: uint32(end), ID: id, Kind: MarkRef, Flags: FlagInRegister})
	s.anchor(uint32(start), uint32(end), s.ix.values.records(id))
	for _, other := range s.ix.alike[id] {
		s.emit(Mark{Start: uint32(start), End: uint32(end), ID: other, Kind: MarkRef, Flags: FlagInRegister})
		s.anchor(uint32(start), uint32(end), s.ix.values.records(other))
	}
	return true
}

// numberRefs looks a run of digits up: as it stands, as a telephone number in
// national form, without leading zeros, with the letters before it, and as half
// of a bank account.
func (s *scanner) numberRefs(groups []span, flags uint16, start, end int) {
	var pieces [maxPieces + 1]span
	n := 0
	if s.has(2) {
		if t := s.back(2); t.shape == classUpper && t.end-t.start <= 4 && int(t.end)+1 == start && (s.b[t.end] == ' ' || codeJoint(s.b[t.end]) != 0) {
			pieces[0] = span{int(t.start), int(t.end)}
			n = 1
		}
	}
	n += copy(pieces[n:], groups)
	s.refs(pieces[:n])

	var digits [maxRefWide]byte
	d := digits[:0]
	for _, g := range groups {
		d = append(d, s.b[g.from:min(g.to, g.from+maxRefWide-len(d))]...)
	}
	if p, changed := nationalPhone(d, flags&NumberPlus != 0); changed {
		s.ref(p, start, end)
	}
	if d[0] == '0' {
		k := 0
		for k < len(d) && d[k] == '0' {
			k++
		}
		if len(d)-k >= minRef {
			s.ref(d[k:], start, end)
		}
	}
	s.bankAccount(d, start, end)
}

// nationalPhone is NormPhone on bytes, in place; changed is false where the
// digits stand as they are.
func nationalPhone(d []byte, plus bool) ([]byte, bool) {
	skip := 0
	switch {
	case len(d) > 12 && string(d[:4]) == "0044":
		skip = 4
	case (plus || len(d) >= 12) && len(d) >= 11 && string(d[:2]) == "44":
		skip = 2
	case len(d) == 10 && (d[0] == '7' || d[0] == '1' || d[0] == '2'):
		copy(d[1:11], d[:10])
		d = d[:11]
		d[0] = '0'
		return d, true
	default:
		return d, false
	}
	if d[skip] != '0' {
		skip--
		d[skip] = '0'
	}
	return d[skip:], true
}

// account is half of a sort code and account number, waiting for the other.
type account struct {
	end    int
	digits [8]byte
	n      int
}

const accountReach = 80

// bankAccount joins a sort code and an account number that stand close
// together, and marks the account whose last four digits a register holds.
func (s *scanner) bankAccount(d []byte, start, end int) {
	if len(d) != 6 && len(d) != 8 {
		return
	}
	other := s.sort
	s.sort = account{end: end, n: len(d)}
	copy(s.sort.digits[:], d)
	if other.n == 0 || other.n == len(d) || start-other.end > accountReach {
		return
	}
	sort, number := other.digits[:6], d
	if len(d) == 6 {
		sort, number = d, other.digits[:8]
	}
	var key [11]byte
	copy(key[:], sort)
	key[6] = '/'
	copy(key[7:], number[4:8])
	s.ref(key[:], start, end)
}

// spacedCode marks the codes that are written in parts with spaces between: a
// National Insurance number, a vehicle registration, a driving licence, an IBAN.
// It gives the place after, 0 for none.
func (s *scanner) spacedCode(start, end int) int {
	b := s.b
	from := start
	if s.has(2) {
		if t := s.back(2); int(t.end)+1 == start && t.shape&^(classUpper|classLower) == 0 && (b[t.end] == ' ' || b[t.end] == '-') {
			switch n := t.end - t.start; {
			case n == 2, n == 5 && t.shape == classUpper, n == 3 && t.shape == classUpper:
				from = int(t.start)
			}
		}
	}
	for _, at := range [2]int{from, start} {
		if isDigit(b[at]) {
			continue
		}
		if to := s.nino(at); to > end {
			return s.spaced(at, to)
		}
		if to := s.iban(at); to > end {
			return s.spaced(at, to)
		}
		if to := s.licence(at); to > end {
			return s.spaced(at, to)
		}
		if to := s.plate(at); to >= end {
			return s.spaced(at, to)
		}
		if from == start {
			break
		}
	}
	return 0
}

// spaced marks such a code; what it holds is no name.
func (s *scanner) spaced(from, to int) int {
	s.dropNames(uint32(from))
	s.emitCode(from, to)
	return to
}

// shape matches bytes at i against a pattern: A capital letter, a any letter,
// 9 digit, X letter or digit, space an optional space, hyphen or full stop. It
// gives the place after, 0 for no match or where letters or digits go on.
func (s *scanner) shape(i int, pattern string) int {
	b := s.b
	for k := range len(pattern) {
		if pattern[k] == ' ' {
			if i < len(b) && (b[i] == ' ' || b[i] == '-' || b[i] == '.') {
				i++
			}
			continue
		}
		if i >= len(b) {
			return 0
		}
		class := classes[b[i]]
		ok := false
		switch pattern[k] {
		case 'A':
			ok = class == classUpper
		case 'a':
			ok = class&(classUpper|classLower) != 0
		case '9':
			ok = class == classDigit
		case 'X':
			ok = class&(classUpper|classDigit) != 0
		}
		if !ok {
			return 0
		}
		i++
	}
	if i < len(b) && classes[b[i]]&classToken != 0 {
		return 0
	}
	return i
}

// nino matches two letters and six digits in any grouping by twos, with or
// without the suffix. Small letters need the suffix.
func (s *scanner) nino(i int) int {
	b := s.b
	if to := s.shape(i, "aa 99 99 99 a"); to > 0 && b[to-1]|0x20 <= 'd' {
		return to
	}
	if i+1 < len(b) && classes[b[i]] == classUpper && classes[b[i+1]] == classUpper {
		return s.shape(i, "AA 99 99 99")
	}
	return 0
}

func (s *scanner) licence(i int) int {
	return s.shape(i, "XXXXX 999999 XX 9AA")
}

func (s *scanner) plate(i int) int {
	for _, p := range [...]string{"AA99 AAA", "A999 AAA", "A99 AAA", "AAA 999A", "AAA 99A"} {
		if to := s.shape(i, p); to > 0 {
			return to
		}
	}
	return 0
}

// iban matches two letters, two digits and groups of four with a space between.
func (s *scanner) iban(i int) int {
	b := s.b
	if i+9 > len(b) || classes[b[i]] != classUpper || classes[b[i+1]] != classUpper || !isDigit(b[i+2]) || !isDigit(b[i+3]) {
		return 0
	}
	at, groups, digits := i+4, 0, 0
	for groups < 8 && at+1 < len(b) && b[at] == ' ' {
		n := 0
		for n < 4 && at+1+n < len(b) && classes[b[at+1+n]]&(classUpper|classDigit) != 0 {
			if isDigit(b[at+1+n]) {
				digits++
			}
			n++
		}
		if n == 0 || at+1+n < len(b) && classes[b[at+1+n]]&classToken != 0 {
			break
		}
		at += 1 + n
		groups++
		if n < 4 {
			break
		}
	}
	if groups < 3 || digits < 6 {
		return 0
	}
	return at
}
