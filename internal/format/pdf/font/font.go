package font

import (
	"strings"

	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// Glyph is one character of a shown string.
type Glyph struct {
	Text  string  // what it means; empty when that is not known
	Width float64 // advance, in text space for size 1
	Space bool    // the single-byte code 32, which word spacing widens
}

// Font decodes shown strings.
type Font struct {
	Vertical bool
	Bold     bool
	simple   *simple
	wide     *composite
}

// Load reads a font dictionary. It never fails: what is not understood leaves
// codes without meaning.
func Load(f *object.File, d object.Dict) *Font {
	font := &Font{}
	name := string(f.Name(d["BaseFont"]))
	font.Bold = strings.Contains(name, "Bold") || strings.Contains(name, "bold") || strings.Contains(name, "Black")
	if f.Name(d["Subtype"]) == "Type0" || d["DescendantFonts"] != nil {
		font.wide = loadComposite(f, d)
		font.Vertical = font.wide.codes.vertical
		return font
	}
	font.simple = loadSimple(f, d, name)
	return font
}

// Decode appends the glyphs of a shown string.
func (font *Font) Decode(out []Glyph, s []byte) []Glyph {
	if font.wide != nil {
		return font.wide.decode(out, s)
	}
	return font.simple.decode(out, s)
}

// toUnicode reads a font's ToUnicode map; nil for none.
func toUnicode(f *object.File, d object.Dict) *cmap {
	switch v := f.Resolve(d["ToUnicode"]).(type) {
	case *object.Stream:
		data, _ := f.Data(v)
		if m := parseCMap(data, named); len(m.texts)+len(m.spans) > 0 {
			return m
		}
	case object.Name:
		if m := named(string(v)); m != nil && m.identity {
			m.spans = []textSpan{{0, 0xFFFF, []rune{0}}}
			return m
		}
	}
	return nil
}

// clean makes text of a glyph fit to be read: compatibility ligatures are
// spelled out, controls and private characters go.
func clean(s string) string {
	if s == "" || len(s) == 1 && s[0] >= ' ' && s[0] != 0x7F {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 0xFB00 && r <= 0xFB06:
			b.WriteString([]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xFB00])
		case r == '\t', r == '\n', r == '\r', r == 0xA0:
			b.WriteByte(' ')
		case r == 0xAD:
			b.WriteByte('-')
		case r < ' ', r >= 0x7F && r < 0xA0, r == 0xFFFD, r >= 0xE000 && r < 0xF8FF, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		case r >= 0x2000 && r <= 0x200A:
			b.WriteByte(' ')
		case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
