package font

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// glyphTable is glyphWords by name.
var glyphTable = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(glyphWords) {
		name, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if ok {
			m[name] = text
		}
	}
	return m
})

// GlyphText is what a glyph name means (Adobe Glyph List Specification, 2);
// empty when nothing is known of it.
func GlyphText(name string) string {
	if len(name) == 1 {
		return name
	}
	if s, ok := glyphTable()[name]; ok {
		return s
	}
	if s := composed(name); s != "" {
		return s
	}
	if s := numbered(name); s != "" {
		return s
	}
	if base, _, ok := strings.Cut(name, "."); ok && base != "" {
		return GlyphText(base) // "a.sc", "one.oldstyle"
	}
	if strings.Contains(name, "_") {
		return ligature(name)
	}
	if base, ok := strings.CutSuffix(name, "small"); ok && len(base) > 0 {
		return strings.ToLower(GlyphText(base)) // "Asmall": small capitals
	}
	return ""
}

// composed reads "Eacute".
func composed(name string) string {
	if len(name) < 5 || name[0] > 'z' {
		return ""
	}
	for _, a := range accents {
		if name[1:] == a.name {
			return norm.NFC.String(name[:1] + a.mark)
		}
	}
	return ""
}

// numbered reads uniXXXX, uXXXX and the Cyrillic afii names.
func numbered(name string) string {
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 {
		var units []uint16
		for ; len(hex) >= 4; hex = hex[4:] {
			n, err := strconv.ParseUint(hex[:4], 16, 16)
			if err != nil {
				break
			}
			units = append(units, uint16(n))
		}
		return norm.NFC.String(string(utf16.Decode(units)))
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if n, err := strconv.ParseUint(hex, 16, 21); err == nil {
			return string(rune(n))
		}
	}
	if digits, ok := strings.CutPrefix(name, "afii100"); ok && len(digits) == 2 {
		n, _ := strconv.Atoi(digits)
		letters := []rune(cyrillic)
		switch {
		case n >= 17 && n <= 49:
			return string(letters[n-17])
		case n >= 65 && n <= 97:
			return strings.ToLower(string(letters[n-65]))
		}
	}
	return ""
}

// ligature reads names joined by underscores.
func ligature(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		s := ""
		if part != "" && !strings.Contains(part, "_") {
			s = GlyphText(part)
		}
		b.WriteString(s)
	}
	return b.String()
}

// table is what each code of a simple font means; 0 for nothing.
type table [256]rune

// namedTable is one of the named encodings; nil for an unknown name.
func namedTable(name string) *table {
	switch name {
	case "WinAnsiEncoding":
		return winAnsi()
	case "MacRomanEncoding", "MacExpertEncoding":
		return macRoman()
	case "StandardEncoding":
		return standard()
	case "PDFDocEncoding":
		return pdfDoc()
	}
	return nil
}

var winAnsi = sync.OnceValue(func() *table {
	t := fromCharmap(charmap.Windows1252)
	for _, c := range []int{0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D} {
		t[c] = '•' // ISO 32000-2, annex D: unused codes above 0x20 are bullets
	}
	return t
})

var macRoman = sync.OnceValue(func() *table { return fromCharmap(charmap.Macintosh) })

var standard = sync.OnceValue(func() *table { return fromRunes(standardRunes) })

// cffRunes are the standard strings of CFF from 0 to 228.
var cffRunes = sync.OnceValue(func() []rune {
	out := []rune{0}
	for i, r := range []rune(standardRunes) {
		if r != ' ' || i == 0 {
			out = append(out, r)
		}
	}
	return append(out, []rune(cffLatin)...)
})

var symbol = sync.OnceValue(func() *table { return fromRunes(symbolRunes) })

var pdfDoc = sync.OnceValue(func() *table {
	t := fromCharmap(charmap.ISO8859_1)
	for i, r := range []rune(docLow) {
		t[0x18+i] = r
	}
	for i, r := range []rune(docHigh) {
		t[0x80+i] = r
	}
	t[0xA0] = '€'
	return t
})

func fromCharmap(c *charmap.Charmap) *table {
	t := &table{}
	for i := 9; i < 256; i++ {
		t[i] = c.DecodeByte(byte(i))
	}
	return t
}

func fromRunes(s string) *table {
	t := &table{}
	for i, r := range []rune(s) {
		if r != ' ' || i == 0 {
			t[0x20+i] = r
		}
	}
	return t
}

// DocText decodes a text string of a document: UTF-16 or UTF-8 with a mark, or
// PDFDocEncoding (ISO 32000-2, 7.9.2.2).
func DocText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		return utf16Text(s[2:], 0)
	case strings.HasPrefix(s, "\xFF\xFE"):
		return utf16Text(s[2:], 1)
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(s[3:], "\uFFFD")
	}
	t := pdfDoc()
	var b strings.Builder
	for i := range len(s) {
		if r := t[s[i]]; r != 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// utf16Text decodes UTF-16; low is where the low byte's partner stands: 0 for
// big-endian, 1 for little-endian. Language escapes (ESC … ESC) go.
func utf16Text(s string, low int) string {
	units := make([]uint16, 0, len(s)/2)
	inEscape := false
	for i := 0; i+1 < len(s); i += 2 {
		u := uint16(s[i+low])<<8 | uint16(s[i+1-low])
		if u == 0x1B {
			inEscape = !inEscape
			continue
		}
		if !inEscape {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}
