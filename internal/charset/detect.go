package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// Guess says which encoding bytes are in and how sure that is.
type Guess struct {
	Name       string
	Confidence int    // per cent
	How        string // "bom", "nul-pattern", "utf-8", "declared", "ebcdic", "default", "letters"

	enc    encoding.Encoding // nil: UTF-8, with stray bytes read as Windows-1252
	bom    int               // bytes to leave out at the start
	repair bool              // some bytes were not UTF-8
}

// sampleSize is how many bytes a decision looks at.
const sampleSize = 64 << 10

// Detect decides from a sample, which may end within a character. Declared is
// what a header or markup says of the bytes, or "".
func Detect(b []byte, declared string) Guess {
	b = b[:min(len(b), sampleSize)]
	if g, ok := byMark(b); ok {
		return g
	}
	if g, ok := byNULs(b); ok {
		return g
	}
	if g, ok := byEscapes(b, declared); ok {
		return g
	}
	if g, ok := byUTF8(b); ok {
		return g
	}
	if g, ok := byDeclaration(b, declared); ok {
		return g
	}
	if isEBCDIC(b) {
		return Guess{Name: "cp500", Confidence: 85, How: "ebcdic", enc: ebcdic500{}}
	}
	return byLetters(b)
}

// byMark reads a byte order mark.
func byMark(b []byte) (Guess, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return Guess{Name: UTF8, Confidence: 100, How: "bom", bom: 3}, true
	case bytes.HasPrefix(b, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(b, []byte("\x00\x00\xFE\xFF")):
		name := "utf-32le"
		if b[0] == 0 {
			name = "utf-32be"
		}
		return Guess{Name: name, Confidence: 100, How: "bom", bom: 4, enc: wide32(name)}, true
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return Guess{Name: "utf-16le", Confidence: 100, How: "bom", bom: 2, enc: utf16LE}, true
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return Guess{Name: "utf-16be", Confidence: 100, How: "bom", bom: 2, enc: utf16BE}, true
	}
	return Guess{}, false
}

// byNULs finds UTF-16 without a mark: one of each two bytes is zero where text
// is Latin, and in any script spaces and line ends are.
func byNULs(b []byte) (Guess, bool) {
	if len(b) < 4 {
		return Guess{}, false
	}
	var zero [2]int
	for i, c := range b {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(b) / 2
	switch {
	case zero[1]*10 >= half*4 && zero[0]*20 <= half, zero[0] == 0 && looksUTF16(b, 1):
		return Guess{Name: "utf-16le", Confidence: 95, How: "nul-pattern", enc: utf16LE}, true
	case zero[0]*10 >= half*4 && zero[1]*20 <= half, zero[1] == 0 && looksUTF16(b, 0):
		return Guess{Name: "utf-16be", Confidence: 95, How: "nul-pattern", enc: utf16BE}, true
	}
	return Guess{}, false
}

// looksUTF16 reports whether text that is mostly in another script is UTF-16:
// some units are ASCII spaces or line ends, and the high bytes (at parity high)
// of nearly all others are of two or three values, as a script's block gives.
func looksUTF16(b []byte, high int) bool {
	var blocks [256]int
	ascii, units := 0, len(b)/2
	for i := 0; i+1 < len(b); i += 2 {
		hi, lo := b[i+high], b[i+1-high]
		if hi == 0 && lo != ' ' && lo != '\n' && lo != '\r' && (lo < ' ' || lo > 0x7E) {
			return false
		}
		if hi == 0 {
			ascii++
		}
		blocks[hi]++
	}
	if ascii*50 < units {
		return false
	}
	top := 0
	for hi := 1; hi < 0x10; hi++ {
		top = max(top, blocks[hi])
	}
	return (top+ascii)*10 >= units*9
}

// byEscapes takes the declared encodings whose bytes are all ASCII, which look
// like UTF-8 to the next rung.
func byEscapes(b []byte, declared string) (Guess, bool) {
	name := strings.ToLower(strings.TrimSpace(declared))
	shifted := strings.HasPrefix(name, "iso-2022-") && bytes.IndexByte(b, 0x1B) >= 0 ||
		strings.HasPrefix(name, "hz-gb") && bytes.Contains(b, []byte("~{")) ||
		strings.Contains(name, "utf-7") && bytes.IndexByte(b, '+') >= 0
	if !shifted && bytes.Contains(b, []byte("\x1B$B")) && bytes.Contains(b, []byte("\x1B(")) {
		name, shifted = "iso-2022-jp", true
	}
	if e, ok := Lookup(name); shifted && ok && e != nil {
		return Guess{Name: name, Confidence: 95, How: "declared", enc: e}, true
	}
	return Guess{}, false
}

// byUTF8 takes bytes that are UTF-8, but for a few where valid sequences are
// many: files that were joined from several sources.
func byUTF8(b []byte) (Guess, bool) {
	valid, stray := countUTF8(b)
	switch {
	case stray == 0 && valid == 0:
		return Guess{Name: UTF8, Confidence: 90, How: "utf-8"}, true
	case stray == 0:
		return Guess{Name: UTF8, Confidence: 99, How: "utf-8"}, true
	case valid >= 3 && valid >= 4*stray:
		return Guess{Name: UTF8, Confidence: 70, How: "utf-8", repair: true}, true
	}
	return Guess{}, false
}

// countUTF8 counts sequences of more than one byte, and bytes that are none.
// A sequence that the end of the sample cuts is not counted.
func countUTF8(b []byte) (valid, stray int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			valid++
		case !utf8.FullRune(b[i:]) && len(b) >= sampleSize:
			return valid, stray
		default:
			stray++
		}
		i += n
	}
	return valid, stray
}

// byDeclaration takes the declared charset where nearly every byte has a
// meaning in it and it does not read badly.
func byDeclaration(b []byte, declared string) (Guess, bool) {
	e, ok := Lookup(declared)
	if !ok || e == nil || e == utf16LE || e == utf16BE {
		return Guess{}, false
	}
	if strings.HasPrefix(strings.ToLower(declared), "utf-16") {
		return Guess{}, false
	}
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return Guess{}, false
	}
	bad := bytes.Count(text, []byte("\uFFFD")) + countControls(text)
	if bad*50 > len(text) || bad*10 > countHigh(b) {
		return Guess{}, false
	}
	return Guess{Name: strings.ToLower(strings.TrimSpace(declared)), Confidence: 90, How: "declared", enc: e}, true
}

func countHigh(b []byte) (n int) {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// countControls counts C1 controls in UTF-8.
func countControls(text []byte) (n int) {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == 0xC2 && text[i+1] < 0xA0 {
			n++
		}
	}
	return n
}
