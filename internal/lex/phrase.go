package lex

import "strings"

const (
	phraseSeed     = mix2
	maxPhraseWords = 5
	prefixLetters  = 3
)

// phrases is the vocabulary: a phrase is known by the chained hash of its words.
type phrases struct {
	next     map[uint64]phrase   // by chained hash of words so far
	prefixes map[uint64][]prefix // by chained hash of the words before the prefix
	numbers  bool                // a phrase starts with a number
	start    [1 << 9]uint64      // first three letters of prefixes that start a phrase, hashed to 15 bits
}

// phrase is a state: the vocabulary ids that end here, and whether it goes on.
type phrase struct {
	ids  []uint32
	more bool
}

type prefix struct {
	text string
	ids  []uint32
}

// compile adds the words. A prefix shorter than three letters is taken as a
// whole word; words after the fifth are dropped.
func (p *phrases) compile(ix *Index, words []Word) {
	p.next, p.prefixes = map[uint64]phrase{}, map[uint64][]prefix{}
	for _, w := range words {
		parts := vocabularyWords(w.Text)
		if len(parts) == 0 {
			continue
		}
		p.add(ix, parts, strings.HasSuffix(strings.TrimSpace(w.Text), "*"), w.ID)
	}
}

func (p *phrases) add(ix *Index, parts []string, open bool, id uint32) {
	last := parts[len(parts)-1]
	open = open && len(last) >= prefixLetters
	h := uint64(phraseSeed)
	for i, w := range parts {
		if open && i == len(parts)-1 {
			p.addPrefix(h, w, id, i == 0)
			return
		}
		if i == 0 {
			ix.token(w, isPhrase)
			p.numbers = p.numbers || isDigit(w[0])
		}
		h = chain(h, hashWord(w))
		state := p.next[h]
		if i == len(parts)-1 {
			state.ids = append(state.ids, id)
		} else {
			state.more = true
		}
		p.next[h] = state
	}
}

func (p *phrases) addPrefix(h uint64, text string, id uint32, first bool) {
	if first {
		key := prefixKey(lastBytes(bytesOf(text), 0, prefixLetters))
		p.start[key>>6] |= 1 << (key & 63)
	}
	list := p.prefixes[h]
	for i := range list {
		if list[i].text == text {
			list[i].ids = append(list[i].ids, id)
			return
		}
	}
	p.prefixes[h] = append(list, prefix{text, []uint32{id}})
}

func prefixKey(letters uint64) uint64 { return letters * mix1 >> 49 }

// vocabularyWords cuts a phrase as the scan cuts text.
func vocabularyWords(s string) []string {
	s = strings.TrimSuffix(strings.TrimSpace(s), "*")
	var words []string
	for _, w := range strings.Fields(s) {
		low := strings.ToLower(w)
		for _, end := range []string{"'s", "’s"} {
			if strings.HasSuffix(low, end) {
				w = w[:len(w)-len(end)]
			}
		}
		words = append(words, fields(Fold(w))...)
	}
	return words[:min(len(words), maxPhraseWords)]
}
