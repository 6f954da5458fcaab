package mapi

import (
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Bounds of the text that all messages of one container may come to: honest
// ones stay below twice the container. Only one that leads to the same bytes
// again and again comes near.
const (
	boundFactor = 32
	boundFloor  = 256 << 20
)

// Bounded reads a text for as long as a container of size bytes may honestly
// give; then it ends, and the text has the fault.
func Bounded(t *Text, size int64) io.Reader {
	left := Allowance(size)
	return &bounded{text: t, left: &left}
}

// Allowance is how many bytes of text a container of size bytes may give.
func Allowance(size int64) int64 { return size*boundFactor + boundFloor }

// Within is Bounded with an allowance that several texts share.
func Within(t *Text, left *int64) io.Reader { return &bounded{text: t, left: left} }

type bounded struct {
	text *Text
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		b.text.blame(part.Over(reeve.ReasonBomb, "its parts expand beyond any honest size"))
		return 0, io.EOF
	}
	n, err := b.text.Read(p[:min(int64(len(p)), *b.left)])
	*b.left -= int64(n)
	return n, err
}
