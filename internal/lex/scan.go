package lex

// token is one word or number of the text with what stands before it.
type token struct {
	start, end uint32
	id         uint32
	flags      tokenFlags
	hash       uint64
	gap        uint16
	shape      uint8 // classes of its bytes
	first      uint8 // class of its first byte
}

// scanner is the state of one Scan; it lives on the stack.
type scanner struct {
	ix    *Index
	b     []byte
	marks []Mark
	ring  [ringSize]token // the last tokens, newest at n-1
	n     int
}

const ringSize = 16

// Scan gives the marks of a text, appended to marks, ordered by Start. It goes
// over the text once, and allocates only where marks has no room. Any bytes may
// stand in text; offsets are bytes. Text of more than 4 GiB is cut there.
func (ix *Index) Scan(text string, marks []Mark) []Mark {
	if uint64(len(text)) > 1<<32-1 {
		text = text[:1<<32-1]
	}
	s := scanner{ix: ix, b: bytesOf(text), marks: marks}
	s.run()
	return s.marks
}

func (s *scanner) run() {
	b := s.b
	for i := 0; i < len(b); {
		gap := gapPara
		if s.n > 0 {
			gap = 0
		}
		for i < len(b) && classes[b[i]]&(classToken|classHigh) == 0 {
			gap |= gapBits[b[i]]
			if b[i] == '\n' {
				s.emit(Mark{Start: uint32(i), End: uint32(i + 1), Kind: MarkLine})
			}
			i++
		}
		if i == len(b) {
			return
		}
		t := token{start: uint32(i), gap: gap, first: classes[b[i]]}
		for i < len(b) && classes[b[i]]&(classToken|classHigh) != 0 {
			t.shape |= classes[b[i]]
			i++
		}
		t.end = uint32(i)
		t.hash = hashToken(b, int(t.start), i)
		t.id, t.flags = s.ix.find(t.hash)
		s.ring[s.n%ringSize] = t
		s.n++
		s.word(&t)
	}
}

func (s *scanner) emit(m Mark) { s.marks = append(s.marks, m) }

func (s *scanner) word(t *token) {
	if t.shape == classDigit {
		s.emit(Mark{Start: t.start, End: t.end, Kind: MarkNumber, ID: Signature(int(t.end - t.start)), Flags: uint16(min(t.end-t.start, 63))})
	}
	if t.flags&isTitle != 0 {
		s.emit(Mark{Start: t.start, End: t.end, Kind: MarkTitle, ID: uint32(t.flags >> numberShift)})
	}
	if t.flags&isSurname != 0 && s.n > 1 {
		if p := s.ring[(s.n-2)%ringSize]; p.flags&isGiven != 0 && t.gap == gapSpace {
			if id := s.ix.pairs.find(pairKey(p.id, t.id)); id != 0 {
				s.emit(Mark{Start: p.start, End: t.end, Kind: MarkName, ID: id, Flags: FlagInRegister})
			}
		}
	}
}
