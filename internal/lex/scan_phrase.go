package lex

const maxOpen = 8

// openPhrase is a phrase that has begun: where, and the hash of its words so far.
type openPhrase struct {
	start, end uint32 // of the longest found so far
	hash       uint64
	words      int
	listed     bool               // a comma stands between its words
	ids        [maxLists][]uint32 // of the longest, by how it was found
	lists      int
}

const maxLists = 4

// listedWords is how many words a phrase must have to be known across a comma:
// "Education, Health and Care Plan" is one thing, "care, home" two.
const listedWords = 4

// found keeps the ids of a phrase of n words that ends at end, and forgets
// shorter ones.
func (o *openPhrase) found(ids []uint32, end uint32, n int) {
	if o.listed && n < listedWords {
		return
	}
	if end != o.end {
		o.end, o.lists = end, 0
	}
	if o.lists < maxLists {
		o.ids[o.lists] = ids
		o.lists++
	}
}

// starts reports whether a prefix of the vocabulary may begin the token.
func (p *phrases) starts(b []byte, t *token) bool {
	key := prefixKey(lastBytes(b, int(t.start), prefixLetters))
	return p.start[key>>6]>>(key&63)&1 != 0
}

// phraseGap holds what may stand between the words of a phrase.
const phraseGap = gapSpace | gapWide | gapTab | gapLine | gapHyphen | gapSlash | gapQuote

// stepPhrases carries the open phrases on by a token, and opens one at it.
func (s *scanner) stepPhrases(t *token) {
	broken := t.gap&^(phraseGap|gapComma) != 0 || t.gap&gapPara != 0
	listed := t.gap&gapComma != 0
	kept := 0
	for k := range s.phrases {
		open := s.phrase[k]
		open.listed = open.listed || listed
		if broken || !s.stepPhrase(&open, t) {
			s.closePhrase(&open)
			continue
		}
		s.phrase[kept] = open
		kept++
	}
	s.phrases = kept
	if kept < maxOpen {
		open := openPhrase{start: t.start, hash: phraseSeed}
		if s.stepPhrase(&open, t) {
			s.phrase[s.phrases] = open
			s.phrases++
		} else {
			s.closePhrase(&open)
		}
	}
}

// stepPhrase adds a token to a phrase and reports whether it may go on.
func (s *scanner) stepPhrase(open *openPhrase, t *token) bool {
	p := &s.ix.phrases
	if list := p.prefixes[open.hash]; list != nil {
		for i := range list {
			if s.hasPrefix(t, list[i].text) {
				open.found(list[i].ids, t.end, open.words+1)
			}
		}
	}
	open.hash = chain(open.hash, t.hash)
	open.words++
	state, ok := p.next[open.hash]
	if !ok {
		return false
	}
	if len(state.ids) > 0 {
		open.found(state.ids, t.end, open.words)
	}
	return state.more && open.words < maxPhraseWords
}

// closePhrase marks the longest phrase found.
func (s *scanner) closePhrase(open *openPhrase) {
	for _, ids := range open.ids[:open.lists] {
		for _, id := range ids {
			s.emit(Mark{Start: open.start, End: open.end, ID: id, Kind: MarkWord})
		}
	}
}

// flushPhrases ends what is open at the end of the text.
func (s *scanner) flushPhrases() {
	for k := range s.phrases {
		s.closePhrase(&s.phrase[k])
	}
	s.phrases = 0
}

// hasPrefix compares ASCII letters without regard to case.
func (s *scanner) hasPrefix(t *token, prefix string) bool {
	word := s.b[t.start:t.end]
	if len(word) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if word[i]|0x20 != prefix[i]|0x20 {
			return false
		}
	}
	return true
}
