package reeve

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"
)

// Sensitive holds one personal value. It prints as its kind («nino») wherever
// it is formatted, logged or put into an error; Reveal gives the value and is
// the one thing to search for in a privacy audit. It has no JSON, SQL, text or
// gob form on purpose: only the store files that the house names may reveal it
// to keep it.
type Sensitive struct {
	kind Kind
	text string
}

// Private wraps a personal value of a kind.
func Private(kind Kind, text string) Sensitive { return Sensitive{kind, text} }

// Kind tells what the value is.
func (s Sensitive) Kind() Kind { return s.kind }

// Empty reports whether there is no value.
func (s Sensitive) Empty() bool { return s.text == "" }

// Len is the length of the value in bytes.
func (s Sensitive) Len() int { return len(s.text) }

// Slice is what stands from byte i up to byte j, of the same kind: a piece of a
// personal value is one too. Offsets beyond the value are its ends, and one
// inside a character is where that begins.
func (s Sensitive) Slice(i, j int) Sensitive {
	j = s.edge(j)
	return Sensitive{s.kind, s.text[min(s.edge(i), j):j]}
}

func (s Sensitive) edge(i int) int {
	i = min(max(i, 0), len(s.text))
	for back := i; back > max(0, i-utf8.UTFMax) && i < len(s.text); back-- {
		if utf8.RuneStart(s.text[back]) {
			return back
		}
	}
	return i
}

// LineEnd is the offset behind the first line break at or after byte i, or the
// length where no break follows.
func (s Sensitive) LineEnd(i int) int {
	i = min(max(i, 0), len(s.text))
	if n := strings.IndexByte(s.text[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(s.text)
}

// Reveal gives the value itself. Every call is a place to look at when asking
// where personal data can go.
func (s Sensitive) Reveal() string { return s.text }

// String prints the kind, never the value.
func (s Sensitive) String() string {
	if s.text == "" {
		return "«»"
	}
	return "«" + string(s.kind) + "»"
}

// GoString is what %#v prints: the kind, never the value.
func (s Sensitive) GoString() string { return s.String() }

// Format answers every formatting verb with the kind, so that no %d, %x or %q
// walks into the struct.
func (s Sensitive) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// LogValue is what a structured log gets.
func (s Sensitive) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText refuses: a personal value never leaves by reflection.
func (s Sensitive) MarshalText() ([]byte, error) {
	return []byte(s.String()), nil
}
