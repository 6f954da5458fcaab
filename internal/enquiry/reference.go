package enquiry

import (
	"crypto/rand"
	"strings"
)

// A reference is eleven random characters and one that checks them: 54 bits, so
// that whoever guesses at a limited rate finds none, and a slip of the tongue or
// finger is told from a reference that is not there. Its alphabet is base32 but
// for 7, which leaves a prime number of letters; there is no 0, 1 and 8 in it:
// they are read as O, I and B.
const (
	referenceLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456"
	referenceRandom  = 11
)

// newReference makes a reference, in the form in which it is kept.
func newReference() string {
	s := ""
	for len(s) < referenceRandom {
		s += strings.ReplaceAll(rand.Text(), "7", "") // base32 (RFC 4648)
	}
	s = s[:referenceRandom]
	return s + checkLetter(s)
}

// checkLetter weighs each character by its place. The sum is taken by the number
// of letters, which is prime and larger than any weight, so one wrong character
// and two that changed places are always found.
func checkLetter(s string) string {
	sum := 0
	for i := range len(s) {
		sum += (i + 2) * strings.IndexByte(referenceLetters, s[i])
	}
	return referenceLetters[sum%len(referenceLetters):][:1]
}

// normReference reads a reference as people write or say it; false for what is
// none.
func normReference(text string) (string, bool) {
	s := strings.NewReplacer(" ", "", "-", "", "\u2010", "", "\u2011", "", "\u2013", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(strings.TrimSpace(text)))
	if len(s) != referenceRandom+1 || strings.Trim(s, referenceLetters) != "" {
		return "", false
	}
	return s, checkLetter(s[:referenceRandom]) == s[referenceRandom:]
}

// spacedReference is a reference as it is printed: ABCD-EFGH-JKLM.
func spacedReference(s string) string {
	if len(s) != referenceRandom+1 {
		return s
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:]
}
