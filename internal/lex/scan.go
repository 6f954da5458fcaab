package lex

import (
	"unicode"
	"unicode/utf8"
)

// token is one word or number of the text with what stands before it.
type token struct {
	start, end uint32
	id         uint32 // in the dictionary, 0 for an unknown word
	flags      tokenFlags
	hash       uint64
	gap        uint16
	shape      uint8 // classes of its bytes
	first      uint8 // class of its first letter
}

// capital reports a word that is written as names are: John, JOHN, McDonald.
func (t *token) capital() bool { return t.first == classUpper && t.shape&classDigit == 0 }

// shouted reports a word of two letters or more in capitals alone.
func (t *token) shouted() bool { return t.shape&^classHigh == classUpper && t.end-t.start > 1 }

// initial reports one capital letter.
func (t *token) initial() bool { return t.shape == classUpper && t.end-t.start == 1 }

// scanner is the state of one Scan; it lives on the stack.
type scanner struct {
	ix    *Index
	b     []byte
	marks []Mark
	base  int // marks that were there before

	ring [ringSize]token // the last tokens; token k of the text is ring[k%ringSize]
	n    uint            // tokens so far

	fold  [maxToken]byte // folded form of a token that is not plain ASCII
	money int            // offset of a £ just before this place, -1 for none

	phrase  [maxOpen]openPhrase
	phrases int // open ones

	house house
	run   run

	anchors    [maxAnchors]anchor
	anchorAt   uint
	candidates [maxCandidates]candidate
	candidate  uint
	sort       account // the last sort code or account number
}

const (
	ringSize = 16
	maxToken = 64
)

// Scan gives the marks of a text, appended to marks, ordered by Start. It goes
// over the text once, and allocates only where marks has no room. Any bytes may
// stand in text; offsets are bytes. Text of more than 4 GiB is cut there.
func (ix *Index) Scan(text string, marks []Mark) []Mark {
	if uint64(len(text)) > 1<<32-1 {
		text = text[:1<<32-1]
	}
	s := scanner{ix: ix, b: bytesOf(text), marks: marks, base: len(marks), money: -1}
	s.all()
	s.flushPhrases()
	return s.marks
}

func (s *scanner) all() {
	b, i := s.b, 0
	gap := gapPara
	for {
		if i+1 < len(b) && b[i] == ' ' && classes[b[i+1]]&classToken != 0 {
			gap |= gapSpace
			i++
		} else if i = s.between(i, &gap); i >= len(b) {
			return
		}
		i = s.token(i, gap)
		gap = 0
	}
}

// between goes over what stands between tokens to the start of the next one,
// and collects it in gap.
func (s *scanner) between(i int, gap *uint16) int {
	b := s.b
	for i < len(b) {
		c := b[i]
		class := classes[c]
		if class&classToken != 0 {
			return i
		}
		if class == classHigh {
			n, bit := s.highGap(i)
			if n == 0 {
				return i
			}
			*gap |= bit
			i += n
			continue
		}
		if bit := gapBits[c]; bit&^gapSpace != 0 {
			i = s.mark(i, bit, gap)
			continue
		}
		if *gap&gapSpace != 0 {
			*gap |= gapWide
		}
		*gap |= gapSpace
		i++
	}
	return i
}

// mark takes a byte of punctuation, or more where it begins a line end or an
// e-mail address, and gives the place after.
func (s *scanner) mark(i int, bit uint16, gap *uint16) int {
	switch bit {
	case gapLine:
		return s.line(i, gap)
	case gapDot, gapStop:
		if s.ends(i) {
			bit |= gapStop
			s.emit(Mark{Start: uint32(i), End: uint32(i + 1), Kind: MarkStop})
		}
	case gapAt:
		if end := s.email(i); end > i {
			*gap |= gapOther
			return end
		}
	case gapMoney:
		s.money = i
	}
	*gap |= bit
	return i + 1
}

// highGap looks at a rune beyond ASCII: 0 bytes when a word starts there.
func (s *scanner) highGap(i int) (int, uint16) {
	r, n := utf8.DecodeRune(s.b[i:])
	switch {
	case r == utf8.RuneError && n <= 1:
		return 1, gapOther
	case unicode.IsLetter(r):
		return 0, 0
	case r == 0xA0 || r == 0x202F || r == 0x2009:
		return n, gapSpace
	case r >= 0x2010 && r <= 0x2015:
		return n, gapHyphen
	case r == '£' || r == '€':
		s.money = i
		return n, gapOther
	case isApostrophe(r) || r == '“' || r == '”':
		return n, gapQuote
	case isSilent(r), unicode.Is(unicode.Mn, r):
		return n, 0
	}
	return n, gapOther
}

// line marks a line end or a blank line, and goes over all white space there.
func (s *scanner) line(i int, gap *uint16) int {
	b, first, last, lines := s.b, i, i, 0
	for ; i < len(b); i++ {
		c := b[i]
		if c == '\n' {
			lines++
			last = i
			if lines == 1 {
				first = i
			}
		} else if c != ' ' && c != '\t' && c != '\r' {
			break
		}
	}
	switch {
	case lines == 0:
		*gap |= gapSpace
	case lines == 1:
		*gap |= gapLine
		s.emit(Mark{Start: uint32(first), End: uint32(first + 1), Kind: MarkLine})
	default:
		*gap |= gapLine | gapPara
		s.emit(Mark{Start: uint32(first), End: uint32(last + 1), Kind: MarkPara})
	}
	return i
}

// ends reports whether the . ! or ? at i ends a sentence: white space or the
// end follows, then no small letter, and before it is no abbreviation or initial.
func (s *scanner) ends(i int) bool {
	b, j := s.b, i+1
	for j < len(b) && (b[j] == '"' || b[j] == '\'' || b[j] == ')') {
		j++
	}
	if j < len(b) && b[j] != ' ' && b[j] != '\n' && b[j] != '\t' && b[j] != '\r' {
		return false
	}
	if b[i] != '.' {
		return true
	}
	if s.n > 0 {
		if t := s.back(1); int(t.end) == i && (t.flags&isStopAbbr != 0 || t.initial()) {
			return false
		}
	}
	for j < len(b) && gapBits[b[j]]&(gapSpace|gapTab|gapLine) != 0 {
		j++
	}
	return j >= len(b) || !isLower(b[j])
}

// back is the k-th token from the end, 1 for the last.
func (s *scanner) back(k uint) *token { return &s.ring[(s.n-k)%ringSize] }

// has reports whether k tokens are still in the ring.
func (s *scanner) has(k uint) bool { return k <= s.n && k <= ringSize }

// push makes room for the newest token; the caller fills all of it.
func (s *scanner) push() *token {
	p := &s.ring[s.n%ringSize]
	s.n++
	return p
}

// token reads the token at i and gives the place after it.
func (s *scanner) token(i int, gap uint16) int {
	b, start := s.b, i
	var shape uint8
	for i < len(b) {
		class := classes[b[i]]
		if class&classToken == 0 {
			break
		}
		shape |= class
		i++
	}
	if i < len(b) && classes[b[i]]&(classHigh|classApostrophe) != 0 {
		return s.mixedToken(start, i, gap)
	}
	if shape&classDigit != 0 {
		return s.numeric(start, i, shape, gap)
	}
	t := s.push()
	t.start, t.end, t.gap, t.shape, t.first = uint32(start), uint32(i), gap, shape, classes[b[start]]
	t.hash = hashToken(b, start, i)
	t.id, t.flags = s.ix.find(t.hash)
	s.word(t)
	return i
}

// mixedToken reads a token that holds apostrophes or runes beyond ASCII, or
// ends before one, from start; i is the first such byte. The token is compared
// by its folded form. A possessive 's is passed over.
func (s *scanner) mixedToken(start, i int, gap uint16) int {
	t := token{start: uint32(start), gap: gap}
	buf := append(s.fold[:0], s.b[start:min(i, start+maxToken)]...)
	for _, c := range s.b[start:i] {
		t.shape |= classes[c]
	}
	if i > start {
		t.first = classes[s.b[start]]
	}
	t.end = uint32(i)
	buf, i = s.mixedRest(&t, buf, i)
	if i == start { // nothing readable: pass one byte over
		return start + 1
	}
	if t.shape&classDigit != 0 && t.shape&classHigh == 0 {
		return max(s.numeric(start, int(t.end), t.shape, gap), i)
	}
	lower(buf)
	t.hash = hashToken(buf, 0, len(buf))
	t.id, t.flags = s.ix.find(t.hash)
	p := s.push()
	*p = t
	s.word(p)
	return i
}

// mixedRest adds what belongs to the token from i on, and gives the place after.
func (s *scanner) mixedRest(t *token, buf []byte, i int) ([]byte, int) {
	b := s.b
	for i < len(b) {
		if class := classes[b[i]]; class&classToken != 0 {
			buf, t.shape = appendRoom(buf, b[i]), t.shape|class
			i++
			t.end = uint32(i)
			continue
		}
		if n := s.apostrophe(i); n > 0 {
			if skip := possessive(b, i+n); skip > 0 {
				return buf, i + n + skip
			}
			i += n
			continue
		}
		if classes[b[i]] != classHigh {
			return buf, i
		}
		r, n := utf8.DecodeRune(b[i:])
		if n <= 1 || !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !isSilent(r) {
			return buf, i
		}
		class := runeClass(r)
		if t.first == 0 {
			t.first = class
		}
		t.shape |= class | classHigh
		if len(buf)+16 < maxToken {
			buf = appendFoldRune(buf, r)
		}
		i += n
		t.end = uint32(i)
	}
	return buf, i
}

func appendRoom(buf []byte, c byte) []byte {
	if len(buf) < maxToken {
		buf = append(buf, c)
	}
	return buf
}

func lower(b []byte) {
	for i, c := range b {
		if isUpper(c) {
			b[i] = c | 0x20
		}
	}
}

func runeClass(r rune) uint8 {
	if unicode.IsUpper(r) {
		return classUpper
	}
	return classLower
}

// apostrophe gives the length of an apostrophe at i that a letter follows, 0
// for anything else.
func (s *scanner) apostrophe(i int) int {
	b, n := s.b, 1
	switch classes[b[i]] {
	case classApostrophe:
	case classHigh:
		r, size := utf8.DecodeRune(b[i:])
		if !isApostrophe(r) {
			return 0
		}
		n = size
	default:
		return 0
	}
	if i+n >= len(b) {
		return 0
	}
	next := classes[b[i+n]]
	if next == classHigh {
		if r, _ := utf8.DecodeRune(b[i+n:]); !unicode.IsLetter(r) {
			return 0
		}
	} else if next&(classLower|classUpper) == 0 {
		return 0
	}
	return n
}

// possessive reports (as its length) a lone s at i that ends a word.
func possessive(b []byte, i int) int {
	if i < len(b) && b[i]|0x20 == 's' && (i+1 == len(b) || classes[b[i+1]]&(classToken|classHigh|classApostrophe) == 0) {
		return 1
	}
	return 0
}

// word is called with each token of letters alone, newest in the ring.
func (s *scanner) word(t *token) {
	if t.flags&isPhrase != 0 || s.phrases > 0 || t.end-t.start >= prefixLetters && s.ix.phrases.starts(s.b, t) {
		s.stepPhrases(t)
	}
	if s.house.words > 0 {
		s.stepHouse(t)
	}
	if t.first == classUpper || s.mayName(t) {
		s.nameWord(t)
	}
	s.money = -1
}

// mayName sorts out the small words that no name rule can use, most of prose: a
// title, a surname after a given name, and the end of a hyphenated name go on.
func (s *scanner) mayName(t *token) bool {
	switch {
	case t.flags&isTitle != 0, t.gap&gapHyphen != 0:
		return true
	case !s.has(2):
		return false
	}
	p := s.back(2)
	return t.flags&isSurname != 0 && p.flags&(isGiven|isListGiven) != 0 || p.flags&isJoin != 0 || t.gap == gapLine && p.first == classUpper
}

// emit adds a mark in its place by Start. Marks come nearly in order, so it
// looks at the last few only.
func (s *scanner) emit(m Mark) {
	at := len(s.marks)
	s.marks = append(s.marks, m)
	for at > 0 && s.marks[at-1].Start > m.Start && at > s.base {
		s.marks[at] = s.marks[at-1]
		at--
	}
	s.marks[at] = m
}
