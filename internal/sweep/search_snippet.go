package sweep

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// Bounds of a snippet, in bytes.
const (
	snippetBefore = 80
	snippetMost   = 320
	marksMost     = 20
)

// snippet shows where the words stand in a passage, with what was found of
// people out of scope blacked out.
func (s *searcher) snippet(h *SearchHit, first, last int64) error {
	b, err := blockAt(s.tx, h.Document, h.Block)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.scope.Councils != nil {
		found, err := db.All(s.tx, s.scope.scanFound, foundSelect+" AND f.block = ?", h.Document, h.Block)
		if err != nil {
			return err
		}
		blackOut(b, found)
	}
	h.Part = b.Part
	if len(b.Rows) > 0 {
		s.rowSnippet(h, b, min(first, int64(len(b.Rows))), min(last, int64(len(b.Rows))))
		return nil
	}
	size := int64(len(b.Text))
	first, last = min(first, size), min(last, size)
	text := b.Text[first:last]
	at := s.wordsIn(text)
	from := 0
	if len(at) > 0 {
		from = int(cutBack(text, int64(max(at[0][0]-snippetBefore, 0))))
	}
	to := int(cutBack(text, int64(min(from+snippetMost, len(text)))))
	h.Offset, h.From = first+int64(from), blockFrom(h.Block, lineStart(b.Text, first+int64(from)))
	h.show(text[from:to], at, from)
	return nil
}

// rowSnippet shows the first row of a passage that holds one of the words.
func (s *searcher) rowSnippet(h *SearchHit, b *reeve.Block, first, last int64) {
	best, most := first, -1
	for n := first; n < last; n++ {
		if k := len(s.wordsIn(strings.Join(b.Rows[n], " | "))); k > most {
			best, most = n, k
		}
	}
	if best >= last {
		return
	}
	text := strings.Join(b.Rows[best], " | ")
	at := s.wordsIn(text)
	from := 0
	if len(at) > 0 {
		from = int(cutBack(text, int64(max(at[0][0]-snippetBefore, 0))))
	}
	h.Row, h.From = best, blockFrom(h.Block, best)
	h.show(text[from:cutBack(text, int64(min(from+snippetMost, len(text))))], at, from)
}

func (h *SearchHit) show(text string, at [][2]int, from int) {
	h.Snippet = reeve.Private(KindText, text)
	h.Marks = [][2]int{}
	for _, m := range at {
		if m[0] >= from && m[1] <= from+len(text) && len(h.Marks) < marksMost {
			h.Marks = append(h.Marks, [2]int{m[0] - from, m[1] - from})
		}
	}
}

// wordsIn finds the words looked for in a text as it is written.
func (s *searcher) wordsIn(text string) [][2]int {
	var out [][2]int
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			i += n
			continue
		}
		start := i
		for i < len(text) {
			r, n := utf8.DecodeRuneInString(text[i:])
			if !wordRune(r) && r != '\'' && r != '’' {
				break
			}
			i += n
		}
		if s.wants(lex.Fold(text[start:i])) {
			out = append(out, [2]int{start, i})
		}
	}
	return out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func (s *searcher) wants(word string) bool {
	for _, t := range s.terms {
		if t.Not {
			continue
		}
		for i, w := range t.Words {
			if w == word || t.Prefix && i == len(t.Words)-1 && strings.HasPrefix(word, w) {
				return true
			}
		}
	}
	return false
}
