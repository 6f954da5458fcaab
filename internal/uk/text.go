package uk

// Text is what every check takes.
type Text interface{ ~string | ~[]byte }

// compact copies the letters and digits of s into out, in upper case, leaving
// separators out, and gives their number; -1 when s holds anything else or
// more than out can take.
func compact[T Text](s T, out []byte) int {
	n := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z':
		case 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		default:
			w := separator(s, i)
			if w == 0 {
				return -1
			}
			i += w
			continue
		}
		if n == len(out) {
			return -1
		}
		out[n] = c
		n++
		i++
	}
	return n
}

// separator gives the width in bytes of a separator at s[i], or 0: white space,
// full stop, slash, and hyphens and dashes of every length. Word processors
// turn a space into U+00A0 or U+202F and a hyphen into U+2010 to U+2015.
func separator[T Text](s T, i int) int {
	switch s[i] {
	case ' ', '\t', '\n', '\r', '-', '.', '/':
		return 1
	case 0xC2: // U+00A0 no-break space, U+00AD soft hyphen
		if i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0xAD) {
			return 2
		}
	case 0xE2:
		if i+2 >= len(s) {
			return 0
		}
		switch c, d := s[i+1], s[i+2]; {
		case c == 0x80 && (0x80 <= d && d <= 0x8B || 0x90 <= d && d <= 0x95 || d == 0xAF): // spaces, dashes
			return 3
		case c == 0x88 && d == 0x92: // U+2212 minus
			return 3
		}
	}
	return 0
}

// compactDigits is compact for values of digits alone.
func compactDigits[T Text](s T, out []byte) int {
	n := compact(s, out)
	if n > 0 && !allDigits(out[:n]) {
		return -1
	}
	return n
}

// trim leaves out white space around s.
func trim[T Text](s T) T {
	for len(s) > 0 && blank(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && blank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

func allLetters(b []byte) bool {
	for _, c := range b {
		if !isLetter(c) {
			return false
		}
	}
	return true
}

// number reads up to 18 decimal digits.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// sameDigit reports whether all bytes are equal: 0000000000 obeys many sums.
func sameDigit(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

// weighted is the sum of digit times weight, the weights going down by one from
// first.
func weighted(digits []byte, first int) int {
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (first - i)
	}
	return sum
}
