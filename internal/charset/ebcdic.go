package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// ebcdic500 is IBM code page 500 (international EBCDIC): code page 37 with
// seven characters in other places.
type ebcdic500 struct{}

func (ebcdic500) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: transform.Chain(swap500{}, charmap.CodePage037.NewDecoder(), newLines{})}
}

func (ebcdic500) NewEncoder() *encoding.Encoder { return charmap.CodePage037.NewEncoder() }

// swap500 moves the bytes that differ to where code page 37 has them.
type swap500 struct{ transform.NopResetter }

func (swap500) Transform(dst, src []byte, _ bool) (int, int, error) {
	n := min(len(dst), len(src))
	for i, b := range src[:n] {
		switch b {
		case 0x4A: // [
			b = 0xBA
		case 0x4F: // !
			b = 0x5A
		case 0x5A: // ]
			b = 0xBB
		case 0x5F: // ^
			b = 0xB0
		case 0xB0: // ¢
			b = 0x4A
		case 0xBA: // ¬
			b = 0x5F
		case 0xBB: // |
			b = 0x4F
		}
		dst[i] = b
	}
	if n < len(src) {
		return n, n, transform.ErrShortDst
	}
	return n, n, nil
}

// newLines turns the C1 control NEL, which ends EBCDIC lines, into a line feed.
// It is called with whole UTF-8 from the decoder before it.
type newLines struct{ transform.NopResetter }

func (newLines) Transform(dst, src []byte, atEOF bool) (d, s int, err error) {
	for s < len(src) {
		if d >= len(dst) {
			return d, s, transform.ErrShortDst
		}
		if src[s] == 0xC2 {
			if s+1 == len(src) && !atEOF {
				return d, s, transform.ErrShortSrc
			}
			if s+1 < len(src) && src[s+1] == 0x85 {
				dst[d] = '\n'
				d, s = d+1, s+2
				continue
			}
		}
		dst[d] = src[s]
		d, s = d+1, s+1
	}
	return d, s, nil
}

// isEBCDIC reports whether the sample reads as Western EBCDIC: in it the space
// is 0x40 and letters lie above 0x80, so that text has almost no byte that
// ASCII would print.
func isEBCDIC(b []byte) bool {
	if len(b) < 16 {
		return false
	}
	var spaces, letters, ascii int
	for _, c := range b {
		switch {
		case c == 0x40:
			spaces++
		case c >= 0x81 && c <= 0x89, c >= 0x91 && c <= 0x99, c >= 0xA2 && c <= 0xA9,
			c >= 0xC1 && c <= 0xC9, c >= 0xD1 && c <= 0xD9, c >= 0xE2 && c <= 0xE9, c >= 0xF0 && c <= 0xF9:
			letters++
		case c == ' ', c >= 'a' && c <= 'z':
			ascii++
		}
	}
	return spaces*25 >= len(b) && letters*5 >= len(b) && (letters+spaces)*10 >= len(b)*7 && ascii*20 <= len(b)
}
