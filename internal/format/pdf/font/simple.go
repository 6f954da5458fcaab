package font

import (
	"strconv"
	"strings"
	"sync"

	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// simple is a font with codes of one byte.
type simple struct {
	text  [256]string
	width [256]float64
}

func (s *simple) decode(out []Glyph, b []byte) []Glyph {
	for _, c := range b {
		out = append(out, Glyph{Text: s.text[c], Width: s.width[c], Space: c == ' '})
	}
	return out
}

// simpleLoader gathers what is known of a simple font.
type simpleLoader struct {
	f          *object.File
	d          object.Dict
	descriptor object.Dict
	name       string
	kind       object.Name
	names      [256]string // glyph names by the font's Differences
	base       *table      // nil: the font's own encoding
	symbolic   bool
	program    func() *program // the embedded font, read when it is asked for
}

func loadSimple(f *object.File, d object.Dict, name string) *simple {
	l := &simpleLoader{f: f, d: d, descriptor: f.Dict(d["FontDescriptor"]), name: name, kind: f.Name(d["Subtype"])}
	l.symbolic = f.Int(l.descriptor["Flags"], 0)&4 != 0
	l.program = sync.OnceValue(func() *program { return loadProgram(f, l.descriptor) })
	l.readEncoding()
	s := &simple{}
	l.meanings(s)
	l.widths(s)
	return s
}

// readEncoding reads the base encoding and the differences from it.
func (l *simpleLoader) readEncoding() {
	switch v := l.f.Resolve(l.d["Encoding"]).(type) {
	case object.Name:
		l.base = namedTable(string(v))
	case object.Dict:
		l.base = namedTable(string(l.f.Name(v["BaseEncoding"])))
		l.differences(l.f.Array(v["Differences"]))
	}
}

func (l *simpleLoader) differences(a object.Array) {
	code := 0
	for _, v := range a {
		switch v := l.f.Resolve(v).(type) {
		case int:
			code = v
		case float64:
			code = int(v)
		case object.Name:
			if code >= 0 && code < 256 {
				l.names[code] = string(v)
			}
			code++
		}
	}
}

// meanings fills in what each code means.
func (l *simpleLoader) meanings(s *simple) {
	uni := toUnicode(l.f, l.d)
	first, last := l.f.Int(l.d["FirstChar"], 0), l.f.Int(l.d["LastChar"], 255)
	for c := range 256 {
		if uni != nil {
			if t, ok := uni.text(uint32(c)); ok && clean(t) != "" {
				s.text[c] = clean(t)
				continue
			}
		}
		s.text[c] = clean(l.meaning(c, c >= first && c <= last))
	}
}

// meaning is what a code means without a ToUnicode map. The embedded font is
// asked about codes that the font says it uses.
func (l *simpleLoader) meaning(c int, used bool) string {
	if name := l.names[c]; name != "" {
		if t := GlyphText(name); t != "" {
			return t
		}
		if t := l.oddName(name, c); t != "" || name == ".notdef" {
			return t
		}
	}
	if l.base != nil && l.base[c] != 0 && !l.symbolic {
		return string(l.base[c])
	}
	if used {
		if t := l.program().byCode(c); t != "" {
			return t
		}
	}
	if l.base != nil {
		return runeText(l.base[c])
	}
	if r := l.builtin()[c]; r != 0 || l.kind != "TrueType" {
		return runeText(r)
	}
	return runeText(winAnsi()[c])
}

// builtin is the encoding of a font that does not state any.
func (l *simpleLoader) builtin() *table {
	switch {
	case strings.Contains(l.name, "Symbol") && !strings.Contains(l.name, "Segoe"):
		return symbol()
	case strings.Contains(l.name, "Dingbats"):
		return &table{}
	case l.kind == "Type3":
		return winAnsi()
	}
	return standard()
}

func runeText(r rune) string {
	if r == 0 {
		return ""
	}
	return string(r)
}

// oddName reads names that writers make up of a letter and the code in decimal
// ("c65", "C65", "a65" for code 65). Of the others, g3 is the third glyph, by
// custom the space; what the rest mean only their writer knows.
func (l *simpleLoader) oddName(name string, c int) string {
	digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) == len(name) || n > 255 {
		return ""
	}
	letter := name[:len(name)-len(digits)]
	switch {
	case n == 3 && (letter == "g" || letter == "glyph"):
		return " "
	case n >= ' ' && (n == c || letter == "c" || letter == "C" || letter == "char"):
		return runeText(winAnsi()[n])
	}
	return ""
}

// widths reads the advance of each code.
func (l *simpleLoader) widths(s *simple) {
	scale := 0.001
	if l.kind == "Type3" {
		if m := l.f.Numbers(l.d["FontMatrix"]); len(m) == 6 && m[0] != 0 {
			scale = m[0]
		}
	}
	first := l.f.Int(l.d["FirstChar"], 0)
	list := l.f.Numbers(l.d["Widths"])
	missing, _ := l.f.Number(l.descriptor["MissingWidth"])
	for c := range 256 {
		switch i := c - first; {
		case i >= 0 && i < len(list):
			s.width[c] = list[i] * scale
		case len(list) > 0 && l.kind != "Type1":
			s.width[c] = missing * scale
		default:
			s.width[c] = standardWidth(l.name, s.text[c])
		}
	}
}

// standardWidth is the advance of a character in the standard font that a name
// resembles.
func standardWidth(name, text string) float64 {
	list := helvetica
	low := strings.ToLower(name)
	bold := strings.Contains(low, "bold")
	switch {
	case strings.Contains(low, "cour"), strings.Contains(low, "mono"):
		return 0.6
	case strings.Contains(low, "times"), strings.Contains(low, "serif") && !strings.Contains(low, "sans"), strings.Contains(low, "roman"):
		list = times
		if bold {
			list = timesBold
		}
	case bold:
		list = helveticaBold
	}
	if text == "" {
		return 0.5
	}
	c := plainLetter(text)
	if c < ' ' || c > '~' {
		return 0.556
	}
	return float64(list[c-' ']) / 1000
}

// plainLetter is the letter of ASCII that a character is built on.
func plainLetter(text string) byte {
	if text[0] < 0x80 {
		return text[0]
	}
	switch d := decomposed(text); {
	case d[0] < 0x80:
		return d[0]
	case strings.HasPrefix(text, "‘"), strings.HasPrefix(text, "’"):
		return '\''
	}
	return 0
}
