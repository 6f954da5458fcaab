package reeve_test

import (
	"testing"

	"github.com/reeve-council/reeve"
)

// TestPieces: pieces of a value cover all of it, whatever the offsets, and no
// piece breaks a character.
func TestPieces(t *testing.T) {
	const text = "Renée\nMüller"
	s := reeve.Private(reeve.KindName, text)
	for at := -2; at < len(text)+3; at++ {
		a, b := s.Slice(0, at), s.Slice(at, len(text)+9)
		if a.Reveal()+b.Reveal() != text || a.Kind() != reeve.KindName {
			t.Errorf("cut at %d: %q and %q", at, a.Reveal(), b.Reveal())
		}
	}
	if got := s.Slice(0, 4).Reveal(); got != "Ren" {
		t.Errorf("cut inside a character: %q", got)
	}
	if s.LineEnd(0) != 7 || s.LineEnd(7) != len(text) || s.LineEnd(-5) != 7 || s.LineEnd(99) != len(text) {
		t.Error("line ends are not where lines end")
	}
	if s.Slice(0, 3).String() != "«name»" {
		t.Error("a piece prints itself")
	}
}
