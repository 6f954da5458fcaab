package linkage

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// likeness of two interned name parts.
type likeness uint8

const (
	alikeSame likeness = iota
	alikeNick
	alikeNear // Jaro-Winkler of 0.92 or more, or one edit in four letters or more
	alikePart
	alikeFair // Jaro-Winkler of fairLikeness or more
	alikeInitial
	alikeNot
)

// fairLikeness is the Jaro-Winkler measure from which two words may be one,
// badly written.
const fairLikeness = 0.85

// likenessCache remembers the likeness of pairs of words: names repeat, and
// measuring strings costs more than everything else in a comparison. It is
// direct-mapped, of fixed size, and owned by one goroutine.
type likenessCache struct {
	words *words
	kin   bool // brothers and sisters are about: two names that people bear are never a slip
	keys  []uint64
	vals  []likeness
}

const cacheBits = 16

func newLikenessCache(w *words) *likenessCache {
	return &likenessCache{words: w, keys: make([]uint64, 1<<cacheBits), vals: make([]likeness, 1<<cacheBits)}
}

// given compares two given names, surname two surnames (which have no nicknames).
func (c *likenessCache) given(a, b uint32) likeness   { return c.of(a, b, 1) }
func (c *likenessCache) surname(a, b uint32) likeness { return c.of(a, b, 0) }

func (c *likenessCache) of(a, b uint32, given uint64) likeness {
	if a == b {
		return alikeSame
	}
	if a > b {
		a, b = b, a
	}
	key := uint64(a)<<33 | uint64(b)<<1 | given
	slot := mix(key) >> (64 - cacheBits)
	if c.keys[slot] == key {
		return c.vals[slot]
	}
	l := c.words.measure(a, b, given == 1, c.kin)
	c.keys[slot], c.vals[slot] = key, l
	return l
}

func (w *words) measure(a, b uint32, given, kin bool) likeness {
	x, y := w.text[a], w.text[b]
	if len(x) <= 2 || len(y) <= 2 {
		return measureShort(x, y)
	}
	if given {
		if l := lex.SameGiven(x, y); l == lex.LikeNickname || l == lex.LikeSame {
			return alikeNick
		}
	}
	if sharePart(x, y) {
		return alikePart
	}
	if given && kin && twoGivenNames(x, y) {
		return alikeNot
	}
	jw := lex.JaroWinkler(x, y)
	short := min(len(x), len(y))
	if jw >= 0.92 || (short >= 4 || short == 3 && x[0] == y[0]) && lex.Distance(x, y, 1) <= 1 {
		return alikeNear
	}
	if jw >= fairLikeness {
		return alikeFair
	}
	return alikeNot
}

// measureShort compares where a side has at most two letters: "J", "J P", "Jo".
func measureShort(x, y string) likeness {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 1 && x[0] == y[0] {
		return alikeInitial
	}
	if len(x) == 2 && strings.HasPrefix(y, x) {
		return alikeFair
	}
	return alikeNot
}

// sharePart reports whether two names of which one is compound share a token
// of three letters or more, or differ by their spaces alone.
func sharePart(x, y string) bool {
	if !strings.Contains(x, " ") && !strings.Contains(y, " ") {
		return false
	}
	if strings.ReplaceAll(x, " ", "") == strings.ReplaceAll(y, " ", "") {
		return true
	}
	for p := range strings.FieldsSeq(x) {
		for q := range strings.FieldsSeq(y) {
			if len(p) >= 3 && p == q {
				return true
			}
		}
	}
	return false
}

// mix spreads the bits of a key (the finaliser of MurmurHash3, public domain).
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	x ^= x >> 33
	return x
}

// oneEdit reports that two texts differ by one change, insertion, deletion or
// exchange of neighbours at most: lex.Distance(a, b, 1) <= 1 without its table,
// for the values that are nearly always quite different.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
