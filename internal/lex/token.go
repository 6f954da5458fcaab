package lex

import (
	"encoding/binary"
	"unsafe"
)

// Byte classes. A token is a run of bytes of the first four.
const (
	classLower uint8 = 1 << iota
	classUpper
	classDigit
	classHigh // a byte of a rune beyond ASCII: looked at one by one
	classApostrophe
)

const classToken = classLower | classUpper | classDigit

var classes = func() (c [256]uint8) {
	for i := range 256 {
		switch {
		case isLower(byte(i)):
			c[i] = classLower
		case isUpper(byte(i)):
			c[i] = classUpper
		case isDigit(byte(i)):
			c[i] = classDigit
		case i >= 0x80:
			c[i] = classHigh
		case i == '\'' || i == '`':
			c[i] = classApostrophe
		}
	}
	return c
}()

// What stands between a token and the one before it.
const (
	gapSpace uint16 = 1 << iota
	gapTab
	gapLine // a line end
	gapPara // a blank line, or the start of the text
	gapComma
	gapDot
	gapStop // ! or ?
	gapHyphen
	gapSlash
	gapColon // : or ;
	gapAnd   // &
	gapBracket
	gapQuote
	gapOther
	gapWide // two spaces or more

	gapAt    = gapOther | 1<<15         // @, handled by between
	gapMoney = gapOther | 1<<14 | 1<<15 // $
)

var gapBits = func() (g [256]uint16) {
	for i := range g {
		g[i] = gapOther
	}
	g['@'], g['$'] = gapAt, gapMoney
	for bytes, bit := range map[string]uint16{" \u00A0": gapSpace, "\t\v\f": gapTab, "\n\r": gapLine, ",": gapComma, ".": gapDot, "!?": gapStop,
		"-_": gapHyphen, "/\\": gapSlash, ":;": gapColon, "&": gapAnd, "()[]{}<>": gapBracket, "\"": gapQuote, "|": gapTab} {
		for i := range len(bytes) {
			if bytes[i] < 0x80 {
				g[bytes[i]] = bit
			}
		}
	}
	return g
}()

const (
	mix1 = 0x9E3779B97F4A7C15
	mix2 = 0xD6E8FEB86659FD93
)

// hashToken hashes b[from:to], ASCII letters and digits alone, without regard
// to case: eight bytes at a time, bit 5 set in each (which leaves digits as they
// are). Slices that end within eight bytes of the end of b take the slow loads.
func hashToken(b []byte, from, to int) uint64 {
	h := uint64(to-from) * mix1
	for from+8 <= to {
		h = (h ^ (binary.LittleEndian.Uint64(b[from:]) | 0x2020202020202020)) * mix2
		h ^= h >> 32
		from += 8
	}
	if n := to - from; n > 0 {
		h = (h ^ lastBytes(b, from, n)) * mix2
		h ^= h >> 32
	}
	h *= mix1
	return h ^ h>>29
}

// lastBytes loads n (1 to 7) bytes, lower-cased, the rest zero.
func lastBytes(b []byte, from, n int) uint64 {
	mask := uint64(1)<<(8*uint(n)) - 1
	if from+8 <= len(b) {
		return (binary.LittleEndian.Uint64(b[from:]) | 0x2020202020202020) & mask
	}
	var v uint64
	for k := n - 1; k >= 0; k-- {
		v = v<<8 | uint64(b[from+k]|0x20)
	}
	return v
}

// hashWord is hashToken of a word already folded.
func hashWord(folded string) uint64 { return hashToken(bytesOf(folded), 0, len(folded)) }

// chain adds a hash to the hash of what stands before it.
func chain(h, next uint64) uint64 {
	h = (h ^ next) * mix2
	return h ^ h>>31
}

// bytesOf views a string as bytes without a copy; they must not be written.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// bitFilter answers "surely not" for most hashes, in one cache line.
type bitFilter struct {
	bits []uint64
	mask uint64
}

// newBitFilter has at least 16 bits for each of n hashes.
func newBitFilter(n, least int) bitFilter {
	size := least
	for size < 16*n {
		size *= 2
	}
	return bitFilter{make([]uint64, size/64), uint64(size - 1)}
}

func (f *bitFilter) add(h uint64) { f.bits[(h&f.mask)>>6] |= 1 << (h & 63) }

func (f *bitFilter) has(h uint64) bool { return f.bits[(h&f.mask)>>6]>>(h&63)&1 != 0 }

// hashSet is a small set of token hashes.
type hashSet []uint64

func newHashSet(words []string) hashSet {
	size := 1024
	for size < 4*len(words) {
		size *= 2
	}
	set := make(hashSet, size)
	for _, w := range words {
		at := set.at(hashWord(w))
		set[at] = hashWord(w)
	}
	return set
}

// at is the place of a hash, or the empty one where it would stand.
func (s hashSet) at(h uint64) uint64 {
	mask := uint64(len(s) - 1)
	at := h >> 20 & mask
	for s[at] != 0 && s[at] != h {
		at = (at + 1) & mask
	}
	return at
}

func (s hashSet) has(h uint64) bool { return len(s) > 0 && s[s.at(h)] == h }
