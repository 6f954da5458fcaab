package mail

import (
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// maxWords bounds the set of words of an alternative.
const maxWords = 200000

// wordSet gathers the words of the text that is written to it: letters and
// digits, in lower case.
type wordSet struct {
	seen map[uint64]bool
	word uint64
	n    int
}

// Write takes text; it never fails.
func (s *wordSet) Write(p []byte) (int, error) {
	for _, c := range p {
		if !wordByte(c) {
			s.end()
			continue
		}
		s.word = mix(s.word, lower(c))
		s.n++
	}
	return len(p), nil
}

func (s *wordSet) end() {
	if s.n > 0 && len(s.seen) < maxWords {
		s.seen[s.word] = true
	}
	s.word, s.n = 0, 0
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 32
	}
	return c
}

// mix is one step of FNV-1a, from zero.
func mix(h uint64, c byte) uint64 { return (h ^ uint64(c)) * 0x100000001b3 }

// counter is a sink that counts the words that are not in a set.
type counter struct {
	seen         map[uint64]bool
	words, fresh int
}

// Block counts the words of a block.
func (c *counter) Block(b reeve.Block) error {
	c.count(b.Text)
	for _, row := range b.Rows {
		c.count(strings.Join(row, " "))
	}
	return nil
}

// Embed does nothing: a page embeds no items.
func (c *counter) Embed(part.Embedded) error { return nil }

func (c *counter) count(s string) {
	set := wordSet{seen: map[uint64]bool{}}
	io.WriteString(&set, s+" ")
	for w := range set.seen {
		c.words++
		if !c.seen[w] {
			c.fresh++
		}
	}
}
