package lex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which words are compared: lower case; diacritics off and
// ligatures spelled out (Łódź → lodz, Æsop → aesop, ﬁ → fi, Straße → strasse, İ
// and ı → i); apostrophes of every kind out (O’Brien → obrien); hyphens and all
// other punctuation one space; no space at either end. Letters of other scripts
// stay, in lower case. Bytes that are not UTF-8 count as punctuation.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			b = appendFoldByte(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if n == 1 {
			b = appendSpace(b)
			continue
		}
		b = appendFoldRune(b, r)
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

// folded reports whether Fold would give s back.
func folded(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			space = false
		case c == ' ' && !space:
			space = true
		default:
			return false
		}
	}
	return !space || s == ""
}

func appendSpace(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] != ' ' {
		b = append(b, ' ')
	}
	return b
}

func appendFoldByte(b []byte, c byte) []byte {
	switch {
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		return append(b, c)
	case c >= 'A' && c <= 'Z':
		return append(b, c|0x20)
	case c == '\'' || c == '`':
		return b
	}
	return appendSpace(b)
}

// appendFoldRune appends the folded form of a rune beyond ASCII.
func appendFoldRune(b []byte, r rune) []byte {
	if s, ok := foldLetter(r); ok {
		return append(b, s...)
	}
	switch {
	case isApostrophe(r), isSilent(r), unicode.Is(unicode.Mn, r):
		return b
	case unicode.IsLetter(r), unicode.Is(unicode.Mc, r), unicode.IsDigit(r):
		return appendDecomposed(b, r)
	}
	return appendSpace(b)
}

func appendDecomposed(b []byte, r rune) []byte {
	var from, buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(from[:], r)
	for _, d := range string(norm.NFKD.Bytes(from[:n])) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		if s, ok := foldLetter(d); ok {
			b = append(b, s...)
			continue
		}
		d = unicode.ToLower(d)
		if d == 'i' || d < utf8.RuneSelf {
			b = appendFoldByte(b, byte(d))
			continue
		}
		b = append(b, buf[:utf8.EncodeRune(buf[:], d)]...)
	}
	return b
}

// foldLetter spells the Latin letters that Unicode does not decompose.
func foldLetter(r rune) (string, bool) {
	switch r {
	case 'ß', 'ẞ':
		return "ss", true
	case 'æ', 'Æ', 'ǽ', 'Ǽ':
		return "ae", true
	case 'œ', 'Œ':
		return "oe", true
	case 'ø', 'Ø', 'ǿ', 'Ǿ', 'ɔ', 'Ɔ', 'ọ', 'Ọ':
		return "o", true
	case 'ł', 'Ł':
		return "l", true
	case 'đ', 'Đ', 'ð', 'Ð', 'ɗ', 'Ɗ':
		return "d", true
	case 'þ', 'Þ':
		return "th", true
	case 'ı', 'İ', 'ɨ':
		return "i", true
	case 'ħ', 'Ħ':
		return "h", true
	case 'ŧ', 'Ŧ':
		return "t", true
	case 'ŋ', 'Ŋ':
		return "n", true
	case 'ə', 'Ə', 'ɛ', 'Ɛ':
		return "e", true
	case 'ɓ', 'Ɓ':
		return "b", true
	case 'ƙ', 'Ƙ', 'ĸ':
		return "k", true
	}
	return "", false
}

// isApostrophe covers the marks that stand for one inside a name, among them
// the ʻokina, the hamza signs and the prime that OCR makes of it.
func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', '‛', 'ʼ', 'ʻ', 'ʹ', 'ʾ', 'ʿ', '′', '´', '＇', '׳':
		return true
	}
	return false
}

// isSilent covers characters that leave no trace on paper: soft hyphen, zero
// width space and joiners, direction marks, byte order mark.
func isSilent(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF
}

// fields splits folded text at spaces without allocating beyond the slice.
func fields(folded string) []string { return strings.Fields(folded) }

// splitLines gives the lines of a table that are not blank.
func splitLines(table string) []string {
	return strings.Split(strings.TrimSpace(table), "\n")
}
