package compound

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"github.com/reeve-council/reeve/internal/charset"
)

// Wide decodes UTF-16, lower byte first; an odd last byte is left.
func Wide(b []byte) string { return string(AppendWide(make([]byte, 0, len(b)), b)) }

// AppendWide adds UTF-16, lower byte first, to text in UTF-8.
func AppendWide(dst, b []byte) []byte {
	for ; len(b) >= 2; b = b[2:] {
		r := rune(binary.LittleEndian.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			if pair := utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(b[2:]))); pair != utf8.RuneError {
				r, b = pair, b[2:]
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// AppendLow adds the lower bytes of UTF-16 whose upper bytes are all zero
// ("compressed" text) to text in UTF-8.
func AppendLow(dst, b []byte) []byte {
	for _, c := range b {
		if c < utf8.RuneSelf {
			dst = append(dst, c)
		} else {
			dst = utf8.AppendRune(dst, rune(c))
		}
	}
	return dst
}

// Narrow decodes text of one or two bytes a character. The zero value reads
// Windows-1252.
type Narrow struct {
	page encoding.Encoding
	utf8 bool
}

// CodePage gives the decoder of a code page number; of an unknown one that of
// Windows-1252.
func CodePage(n int) Narrow {
	switch n {
	case 0x8000:
		n = 10000 // Mac Roman, as Excel writes it
	case 0x8001:
		n = 1252
	}
	page, known := charset.CodePage(n)
	return Narrow{page, known && page == nil}
}

// Named gives the decoder of a Windows or Macintosh encoding by its name; of any
// other, which the old formats never hold, that of Windows-1252.
func Named(name string) Narrow {
	if !strings.HasPrefix(name, "windows-") && name != "macintosh" && name != "shift_jis" {
		return Narrow{}
	}
	page, _ := charset.Lookup(name)
	return Narrow{page: page}
}

// String decodes b.
func (n Narrow) String(b []byte) string {
	if isASCII(b) || n.utf8 {
		return string(b)
	}
	page := n.page
	if page == nil {
		page, _ = charset.CodePage(1252)
	}
	text, err := page.NewDecoder().Bytes(b)
	if err != nil {
		return string(AppendLow(nil, b))
	}
	return string(text)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
