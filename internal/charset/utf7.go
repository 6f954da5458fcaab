package charset

import (
	"encoding/base64"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// utf7 is the mail-safe form of Unicode (RFC 2152): ASCII, with runs of UTF-16
// in base64 between + and -.
type utf7 struct{}

func (utf7) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: utf7Decoder{}} }
func (utf7) NewEncoder() *encoding.Encoder { return encoding.Nop.NewEncoder() }

type utf7Decoder struct{ transform.NopResetter }

// Longest run that is decoded as one; a longer one is not text.
const utf7Run = 1024

func (utf7Decoder) Transform(dst, src []byte, atEOF bool) (d, s int, err error) {
	for s < len(src) {
		if src[s] != '+' {
			if d >= len(dst) {
				return d, s, transform.ErrShortDst
			}
			dst[d] = src[s]
			d, s = d+1, s+1
			continue
		}
		end := s + 1
		for end < len(src) && isBase64(src[end]) && end-s < utf7Run {
			end++
		}
		if end == len(src) && !atEOF {
			return d, s, transform.ErrShortSrc
		}
		text := utf7Text(src[s+1 : end])
		if end < len(src) && src[end] == '-' {
			if end == s+1 {
				text = []byte("+")
			}
			end++
		}
		if d+len(text) > len(dst) {
			return d, s, transform.ErrShortDst
		}
		d += copy(dst[d:], text)
		s = end
	}
	return d, s, nil
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// utf7Text decodes one run of base64 without padding.
func utf7Text(run []byte) []byte {
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(run))+2)
	n, _ := base64.RawStdEncoding.Decode(raw, run)
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < n; i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	var out []byte
	for _, r := range utf16.Decode(units) {
		out = utf8.AppendRune(out, r)
	}
	return out
}
