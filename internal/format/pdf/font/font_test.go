package font

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

func TestCFFStrings(t *testing.T) {
	if got := cffRunes(); len(got) != 229 || got[34] != 'A' || got[149] != 'ß' || got[228] != 'ž' {
		t.Errorf("%d strings, 34 %q, 149 %q", len(got), got[34], got[149])
	}
	if n := len(strings.Fields(macGlyphs)); n != 258 {
		t.Errorf("%d glyphs of the Macintosh", n)
	}
}

func TestGlyphText(t *testing.T) {
	for name, want := range map[string]string{
		"A": "A", "space": " ", "quotedblleft": "“", "Eacute": "É", "scommaaccent": "ș", "zdotaccent": "ż", "ohungarumlaut": "ő", "Lslash": "Ł",
		"uni0041": "A", "uni00410301": "Á", "u1F600": "😀", "afii10017": "А", "afii10097": "я", "fi": "fi", "f_i": "fi", "f_f_i": "ffi",
		"a.sc": "a", "one.oldstyle": "1", "Asmall": "a", "alpha": "α", "Euro": "€", "g17": "", ".notdef": "", "nosuchglyph": "", "uniZZZZ": "",
	} {
		if got := clean(GlyphText(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestDocText(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "\xFE\xFF\x00Z\x00o\x00\xEB": "Zoë", "\xFF\xFEZ\x00": "Z", "\xEF\xBB\xBFZoë": "Zoë", "Zo\xEB \x80 \xA0": "Zoë • €",
		"\xFE\xFF\x00\x1B\x00e\x00n\x00\x1B\x00A": "A",
	} {
		if got := DocText(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

type free struct{}

func (free) Step(int) error     { return nil }
func (free) Expand(int64) error { return nil }

func empty() *object.File {
	return object.Open(part.Source{Reader: strings.NewReader("%PDF-1.4"), Size: 8}, nil, free{})
}

// decode gives what a font made of a dictionary says of a string.
func decode(d object.Dict, s string) (text string, width float64) {
	for _, g := range Load(empty(), d).Decode(nil, []byte(s)) {
		text += g.Text
		width += g.Width
	}
	return text, width
}

func inline(s string) *object.Stream { return object.Inline(object.Dict{}, []byte(s)) }

func TestFonts(t *testing.T) {
	hebrew := inline("1 begincodespacerange <00> <7F> endcodespacerange 1 beginbfrange <41> <43> <05D0> endbfrange 1 beginbfchar <44> <00660069> endbfchar")
	tests := []struct {
		name  string
		dict  object.Dict
		in    string
		want  string
		width float64
	}{
		{"a standard font", object.Dict{"Subtype": object.Name("Type1"), "BaseFont": object.Name("Helvetica")}, "A'\xE1", "A’Æ", 1.414},
		{"WinAnsi", object.Dict{"Encoding": object.Name("WinAnsiEncoding"), "FirstChar": 65, "Widths": object.Array{500, 700.0}}, "AB\x80", "AB€", 1.2},
		{"differences", object.Dict{"Encoding": object.Dict{"BaseEncoding": object.Name("MacRomanEncoding"), "Differences": object.Array{1, object.Name("Zcaron"), object.Name("fi"), 65, object.Name("c66")}}}, "\x01\x02A\x8E", "ŽfiBé", -1},
		{"ToUnicode", object.Dict{"ToUnicode": hebrew}, "ABCD", "אבגfi", -1},
		{"Identity and ToUnicode", object.Dict{"Subtype": object.Name("Type0"), "Encoding": object.Name("Identity-H"),
			"ToUnicode":       inline("2 beginbfrange <0003> <0004> [<0041> <D83DDE00>] <0010> <0011> <0061> endbfrange"),
			"DescendantFonts": object.Array{object.Dict{"DW": 1000, "W": object.Array{3, object.Array{250}, 16, 17, 600}}}}, "\x00\x03\x00\x04\x00\x11", "A😀b", 1.85},
		{"codes that are Unicode", object.Dict{"Subtype": object.Name("Type0"), "Encoding": object.Name("UniJIS-UCS2-H")}, "\x30\x42", "あ", 1},
		{"codes of Shift-JIS", object.Dict{"Subtype": object.Name("Type0"), "Encoding": object.Name("90ms-RKSJ-H")}, "A\x82\xA0", "Aあ", 2},
		{"a CMap of its own", object.Dict{"Subtype": object.Name("Type0"), "ToUnicode": inline("1 beginbfchar <8140> <0042> endbfchar"),
			"Encoding": inline("2 begincodespacerange <20> <7E> <8140> <9FFC> endcodespacerange 1 begincidrange <20> <7E> 1 endcidrange")}, "\x81\x40", "B", 1},
		{"an encoding in a Type 1 program", object.Dict{"Subtype": object.Name("Type1"), "FontDescriptor": object.Dict{"Flags": 4,
			"FontFile": inline("%!PS-AdobeFont /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for dup 5 /Eacute put dup 66 /B put readonly def eexec")}}, "\x05B", "ÉB", -1},
		{"a symbol font", object.Dict{"Subtype": object.Name("Type1"), "BaseFont": object.Name("Symbol")}, "ab", "αβ", -1},
	}
	for _, test := range tests {
		text, width := decode(test.dict, test.in)
		if text != test.want {
			t.Errorf("%s: %q, want %q", test.name, text, test.want)
		}
		if test.width >= 0 && (width < test.width-0.001 || width > test.width+0.001) {
			t.Errorf("%s: width %v, want %v", test.name, width, test.width)
		}
	}
}

// u16s writes numbers in two bytes each.
func u16s(n ...int) (b string) {
	for _, v := range n {
		b += string([]byte{byte(v >> 8), byte(v)})
	}
	return b
}

// TestTrueType reads a font of two tables: glyph 7 is A by cmap, glyph 1 é by
// post, and glyph 2 shows for code 9 of the font's own.
func TestTrueType(t *testing.T) {
	unicode := u16s(4, 32, 0, 4, 0, 0, 0, 'A', 0xFFFF, 0, 'A', 0xFFFF, (7-'A')&0xFFFF, 1, 0, 0)
	own := u16s(6, 12, 0, 9, 1, 2)
	cmap := u16s(0, 2, 3, 1, 0, 20, 1, 0, 0, 20+len(unicode)) + unicode + own
	post := u16s(2, 0) + strings.Repeat("\x00", 28) + u16s(3, 0, 258, 259) + "\x06eacute\x01B"
	head := "\x00\x01\x00\x00" + u16s(2, 0, 0, 0)
	table := func(tag string, at, n int) string { return tag + u16s(0, 0, 0, at, 0, n) }
	at := len(head) + 32
	p := readProgram([]byte(head + table("cmap", at, len(cmap)) + table("post", at+len(cmap), len(post)) + cmap + post))
	if d := cmp.Diff(map[int]string{1: "é", 2: "B", 7: "A"}, p.glyphs); d != "" {
		t.Errorf("glyphs (- want, + got)\n%s", d)
	}
	if p.codes[9] != "B" {
		t.Errorf("codes %v", p.codes)
	}
}

// FuzzProgram: no font program and no CMap makes the readers panic or go on
// without end.
func FuzzProgram(f *testing.F) {
	f.Add([]byte("\x01\x00\x04\x01\x00\x01\x01\x01\x02A\x00\x01\x01\x01\x06\x8B\x0F\x8C\x10\x90\x11\x00\x00\x00\x00\x00\x01\x01\x01\x02\x0E"))
	f.Add([]byte("\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\x00\x00\x00\x1C\x00\x00\x00\x40\x00\x00\x00\x01\x00\x03\x00\x01\x00\x00\x00\x0C\x00\x04"))
	f.Add([]byte("%!PS /Encoding 256 array dup 5 /A put def"))
	f.Add([]byte("begincodespacerange <00> <FF> endcodespacerange beginbfrange <00> <FFFFFFFF> <0041> endbfrange begincidrange <00> <FF> 5 endcidrange"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p := readProgram(b); len(p.glyphs) > 4*maxGlyphs || len(p.codes) > 4*maxGlyphs {
			t.Errorf("%d glyphs, %d codes", len(p.glyphs), len(p.codes))
		}
		m := parseCMap(b, named)
		for in := b; len(in) > 0; {
			c, n := m.next(in)
			if n < 1 || n > len(in) {
				t.Fatalf("a code of %d bytes", n)
			}
			m.text(c)
			m.cid(c)
			in = in[n:]
		}
	})
}
