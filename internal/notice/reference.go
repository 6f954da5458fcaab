package notice

import (
	"crypto/rand"
	"strings"
)

// alphabet is Crockford's base 32: no letter that is taken for a digit when it
// is read aloud, and no U, so that chance writes no words.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newReference makes a reference of twelve signs, sixty random bits: it says
// nothing of anybody, and nobody guesses one (a million guesses at a million
// letters hit with a chance of one in a million).
func newReference() string {
	var b [12]byte
	rand.Read(b[:])
	var s strings.Builder
	for i, c := range b {
		if i > 0 && i%4 == 0 {
			s.WriteByte('-')
		}
		s.WriteByte(alphabet[c%32])
	}
	return s.String()
}

// NormReference is a reference as typed by a reader, in its one form; false for
// what cannot be one.
func NormReference(typed string) (string, bool) {
	var s strings.Builder
	n := 0
	for _, c := range strings.ToUpper(typed) {
		switch c {
		case ' ', '-', '\t', '–':
			continue
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		if c > 'Z' || !strings.ContainsRune(alphabet, c) || n == 12 {
			return "", false
		}
		if n > 0 && n%4 == 0 {
			s.WriteByte('-')
		}
		s.WriteRune(c)
		n++
	}
	return s.String(), n == 12
}
