package paper

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
)

// Fonts are embedded in every PDF, cut down to a set of characters.
var (
	//go:embed font/DejaVuSansCondensed.ttf
	regularFont []byte
	//go:embed font/DejaVuSansCondensed-Bold.ttf
	boldFont []byte
	//go:embed font/DejaVuSansMono.ttf
	monoFont []byte
)

//go:embed font/LICENSE
var fontLicence string

// FontLicence is the licence of the fonts, which everyone who gets a copy of them
// must be able to read.
func FontLicence() string { return fontLicence }

// face is one of the fonts.
type face int

const (
	regular face = iota
	bold
	mono
	faces = iota
)

// file gives the whole font.
func (f face) file() []byte {
	return [faces][]byte{regular: regularFont, bold: boldFont, mono: monoFont}[f]
}

// fontSet is the fonts that a PDF is written with, each with the same characters.
type fontSet struct {
	characters string
	once       [faces]sync.Once
	made       [faces]*embedded
	errs       [faces]error
}

// face gives a font of the set, which is made when it is first asked for.
func (s *fontSet) face(f face) (*embedded, error) {
	s.once[f].Do(func() { s.made[f], s.errs[f] = embed(f.file(), s.characters) })
	return s.made[f], s.errs[f]
}

// runes gives every character of spans.
func runes(spans ...[2]rune) string {
	var b strings.Builder
	for _, span := range spans {
		for r := span[0]; r <= span[1]; r++ {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Sets of characters, the smallest first: English with the signs of offices and
// the accents of Western Europe; the languages of Central Europe, Welsh and
// Gaelic among them; Vietnamese, Greek and Cyrillic. What needs a larger set is
// a larger file: names decide.
var fontSets = func() []*fontSet {
	english := runes([2]rune{' ', '~'}, [2]rune{0xA0, 0xFF}, [2]rune{0x2010, 0x203A}, [2]rune{0x20AC, 0x20AC}, [2]rune{0x2122, 0x2122}, [2]rune{unicode.ReplacementChar, unicode.ReplacementChar})
	latin := english + runes([2]rune{0x100, 0x24F}, [2]rune{0x2190, 0x2193}, [2]rune{0x2212, 0x2212}, [2]rune{0x2264, 0x2265}, [2]rune{0x25A1, 0x25A1}, [2]rune{0x2713, 0x2717})
	wide := latin + runes([2]rune{0x370, 0x52F}, [2]rune{0x1E00, 0x1EFF})
	return []*fontSet{{characters: english}, {characters: latin}, {characters: wide}}
}()

// setOf tells for each character the first of fontSets that has it.
var setOf = sync.OnceValue(func() map[rune]int {
	m := make(map[rune]int)
	for i, set := range slices.Backward(fontSets) {
		for _, r := range set.characters {
			m[r] = i
		}
	}
	return m
})

// fontsFor gives the fonts that hold what is to be written: one of fontSets, or
// for rarer characters a set of their own.
func fontsFor(texts []string) *fontSet {
	known, need := setOf(), 0
	rare := make(map[rune]bool)
	for _, text := range texts {
		for i := 0; i < len(text); {
			if text[i] < utf8.RuneSelf { // controls are never printed
				i++
				continue
			}
			r, n := utf8.DecodeRuneInString(text[i:])
			if set, ok := known[r]; ok {
				need = max(need, set)
			} else if glyphsOf[regular]().has(r) || glyphsOf[bold]().has(r) || glyphsOf[mono]().has(r) {
				rare[r] = true
			}
			i += n
		}
	}
	if len(rare) == 0 {
		return fontSets[need]
	}
	return &fontSet{characters: fontSets[len(fontSets)-1].characters + string(slices.Sorted(maps.Keys(rare)))}
}

// scripts are those whose letters stand side by side and are in the fonts.
// Arabic, Hebrew and the scripts of South Asia need shaping, which the PDF
// writer does not do: what is written in them goes out as HTML or DOCX.
var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian}

// Printable reports whether the PDF writer can print a text so that readers of
// its language will accept it: every letter is of a script that needs no shaping
// and has a glyph.
func Printable(text string) bool {
	plain, strong := glyphsOf[regular](), glyphsOf[bold]()
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
		case r == unicode.ReplacementChar, !plain.has(r), !strong.has(r), unicode.Is(unicode.Mn, r):
			return false
		case unicode.IsLetter(r) && !unicode.In(r, scripts...) && !unicode.In(r, unicode.Common):
			return false
		}
	}
	return true
}

// printed gives text as a font takes it: what it has no glyph for is a
// replacement character, controls are spaces.
func printed(f face, text string) string {
	glyphs := glyphsOf[f]()
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r): // soft hyphens, joiners, changes of direction
			return -1
		case !glyphs.has(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// glyphs is what characters a font has, as spans in order.
type glyphs [][2]rune

func (g glyphs) has(r rune) bool {
	_, ok := slices.BinarySearchFunc(g, r, func(span [2]rune, r rune) int {
		switch {
		case r < span[0]:
			return 1
		case r > span[1]:
			return -1
		}
		return 0
	})
	return ok
}

// glyphsOf are the characters of each font.
var glyphsOf = [faces]func() glyphs{
	regular: sync.OnceValue(func() glyphs { return readGlyphs(regularFont) }),
	bold:    sync.OnceValue(func() glyphs { return readGlyphs(boldFont) }),
	mono:    sync.OnceValue(func() glyphs { return readGlyphs(monoFont) }),
}

// widthsOf are the advances of the characters of each font in the basic plane,
// in thousandths of its size.
var widthsOf = [faces]func() []uint16{
	regular: sync.OnceValue(func() []uint16 { return readWidths(regular) }),
	bold:    sync.OnceValue(func() []uint16 { return readWidths(bold) }),
	mono:    sync.OnceValue(func() []uint16 { return readWidths(mono) }),
}

func readWidths(f face) []uint16 {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("sans", "", f.file())
	p.SetFont("sans", "", 10)
	all := make([]uint16, 1<<16)
	for _, span := range glyphsOf[f]() {
		for r := span[0]; r <= span[1]; r++ {
			all[r] = uint16(p.GetStringSymbolWidth(string(r)))
		}
	}
	return all
}

// readGlyphs reads the character map of an embedded font: the subtable of format
// 4 in its table cmap (OpenType specification, cmap), which covers the basic
// plane. The PDF writer takes no others.
func readGlyphs(font []byte) glyphs {
	u16 := func(at int) int { return int(font[at])<<8 | int(font[at+1]) }
	u32 := func(at int) int { return u16(at)<<16 | u16(at+2) }
	var found glyphs
	for t := range u16(4) {
		entry := 12 + 16*t
		if string(font[entry:entry+4]) != "cmap" {
			continue
		}
		cmap := u32(entry + 8)
		for s := range u16(cmap + 2) {
			if sub := cmap + u32(cmap+4+8*s+4); u16(sub) == 4 {
				found = append(found, segments(u16, sub)...)
			}
		}
	}
	slices.SortFunc(found, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	return slices.Compact(found)
}

// segments reads the segments of a subtable of format 4. A segment may have
// holes: characters that its array of glyphs maps to none.
func segments(u16 func(int) int, sub int) glyphs {
	var all glyphs
	n := u16(sub+6) / 2
	for i := range n {
		end, start := u16(sub+14+2*i), u16(sub+16+2*n+2*i)
		delta, at := u16(sub+16+4*n+2*i), sub+16+6*n+2*i
		offset := u16(at)
		for c := start; c <= end && c < 0xFFFF; c++ {
			if offset == 0 && (c+delta)&0xFFFF == 0 || offset != 0 && u16(at+offset+2*(c-start)) == 0 {
				continue
			}
			if last := len(all) - 1; last >= 0 && all[last][1] == rune(c-1) {
				all[last][1] = rune(c)
			} else {
				all = append(all, [2]rune{rune(c), rune(c)})
			}
		}
	}
	return all
}
