package xmlscan

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// trace writes the tokens of a document on one line: <name a=v>, text, </name>.
func trace(s *Scanner) string {
	var b strings.Builder
	for kind := s.Next(); kind != None; kind = s.Next() {
		switch kind {
		case Start:
			fmt.Fprintf(&b, "<%s", s.Local())
			s.Attrs(func(local, value []byte) { fmt.Fprintf(&b, " %s=%s", local, value) })
			b.WriteString(">")
		case End:
			fmt.Fprintf(&b, "</%s>", s.Local())
		case Text:
			b.Write(s.Text())
		}
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"plain", `<?xml version="1.0"?><a x="1" y='2'>hi<b/></a>`, `<a x=1 y=2>hi<b></b></a>`, nil},
		{"prefixes", `<w:a w:x="1"><w:t>t</w:t></w:a>`, `<a x=1><t>t</t></a>`, nil},
		{"references", `<a t="&lt;&amp;&#65;">&gt;&quot;&apos;&#x2603;&#10;&unknown;&;</a>`, "<a t=<&A>>\"'☃\n&unknown;&;</a>", nil},
		{"literal", `<a><![CDATA[<b>&amp;]]>x</a>`, `<a><b>&amp;x</a>`, nil},
		{"comment", `<a><!-- <b> -->x<!----></a>`, `<a>x</a>`, nil},
		{"doctype", `<!DOCTYPE a [<!ENTITY b "<c>">]><a>&b;</a>`, `<a>&b;</a>`, nil},
		{"bracket in value", `<a t="x>y"/>`, `<a t=x>y></a>`, nil},
		{"bare value", `<a t=1 u></a>`, `<a t=1></a>`, nil},
		{"mark", "\xEF\xBB\xBF<a>é</a>", `<a>é</a>`, nil},
		{"declared", "<?xml version='1.0' encoding='windows-1252'?><a>\xA31</a>", `<a>£1</a>`, nil},
		{"says wide, is not", `<?xml version="1.0" encoding="utf-16"?><a>é</a>`, `<a>é</a>`, nil},
		{"cut in text", `<a><b>hel`, `<a><b>hel`, ErrCutShort},
		{"cut in tag", `<a>x<b cl`, `<a>x`, ErrCutShort},
		{"cut in literal", `<a><![CDATA[x`, `<a>x`, ErrCutShort},
		{"empty", ``, ``, ErrCutShort},
		{"stray end", `</b><a>x</a></a>`, `<a>x</a>`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(test.in), iotest.OneByteReader(strings.NewReader(test.in))} {
				s := New(in)
				if got := trace(s); got != test.want || !errors.Is(s.Err(), test.err) {
					t.Errorf("got %q and %v, want %q and %v", got, s.Err(), test.want, test.err)
				}
			}
		})
	}
}

func TestWide(t *testing.T) {
	const in = `<?xml version="1.0" encoding="UTF-16"?><a>naïve 😀</a>`
	for _, big := range []bool{false, true} {
		for _, mark := range []bool{false, true} {
			var b []byte
			units := utf16.Encode([]rune(in))
			if mark {
				units = append([]uint16{0xFEFF}, units...)
			}
			for _, u := range units {
				if big {
					b = append(b, byte(u>>8), byte(u))
				} else {
					b = append(b, byte(u), byte(u>>8))
				}
			}
			s := New(iotest.HalfReader(strings.NewReader(string(b))))
			if got := trace(s); got != `<a>naïve 😀</a>` || s.Err() != nil {
				t.Errorf("big %v, mark %v: %q and %v", big, mark, got, s.Err())
			}
		}
	}
}

func TestNamespaces(t *testing.T) {
	s := New(strings.NewReader(`<a xmlns="urn:one" xmlns:r="urn:x/relationships" id="7" r:id="r7"><b xmlns="urn:two"/></a>`))
	s.Next()
	if s.Space() != "urn:one" || s.Get("id") != "7" || s.GetIn("/relationships", "id") != "r7" {
		t.Errorf("space %q, id %q, relation %q", s.Space(), s.Get("id"), s.GetIn("/relationships", "id"))
	}
	s.Next()
	if s.Space() != "urn:two" {
		t.Errorf("inner space %q", s.Space())
	}
	s.Next()
	s.Next()
	if s.Space() != "urn:one" {
		t.Errorf("space after the inner element %q", s.Space())
	}
}

func TestSkip(t *testing.T) {
	s := New(strings.NewReader(`<a><b><c>no</c></b>yes</a>`))
	s.Next()
	s.Next()
	s.Skip()
	if got := trace(s); got != "yes</a>" {
		t.Errorf("after the skip: %q", got)
	}
}

func TestLimits(t *testing.T) {
	deep := New(strings.NewReader(strings.Repeat("<a>", MaxDepth+1)))
	trace(deep)
	if !errors.Is(deep.Err(), ErrTooDeep) {
		t.Errorf("deep nesting gives %v", deep.Err())
	}
	wide := New(io.MultiReader(strings.NewReader(`<a x="`), strings.NewReader(strings.Repeat("y", 2*MaxTag))))
	trace(wide)
	if !errors.Is(wide.Err(), ErrTooLarge) {
		t.Errorf("a wide tag gives %v", wide.Err())
	}
	long := strings.Repeat("é&amp;", 1<<20)
	s := New(strings.NewReader("<a>" + long + "</a>"))
	if got := trace(s); got != "<a>"+strings.ReplaceAll(long, "&amp;", "&")+"</a>" {
		t.Error("long text is not what was written")
	}
	if cap(s.window) > 2*firstWindow {
		t.Errorf("long text made the window %d bytes", cap(s.window))
	}
}

// What the standard decoder accepts reads the same here.
func FuzzScan(f *testing.F) {
	f.Add(`<a x="1">t&amp;<b/><![CDATA[c]]></a>`)
	f.Add(`<a><!-- c --><?p i?>x</a>`)
	f.Add("\xFF\xFE<\x00a\x00/\x00>\x00")
	f.Fuzz(func(t *testing.T, in string) {
		whole := New(strings.NewReader(in))
		got := trace(whole)
		if slow := trace(New(iotest.OneByteReader(strings.NewReader(in)))); slow != got {
			t.Errorf("byte by byte %q, at once %q", slow, got)
		}
		if want, ok := standard(in); ok && want != got {
			t.Errorf("got %q, the standard decoder %q", got, want)
		}
	})
}

// standard is the trace of the standard library's decoder, false where it
// refuses or where the two differ on purpose.
func standard(in string) (string, bool) {
	if strings.Contains(in, "\r") || strings.Contains(in, "<!") || strings.HasPrefix(in, "\xEF\xBB\xBF") || !strings.HasPrefix(in, "<") {
		return "", false
	}
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(in))
	depth := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return b.String(), depth == 0
		}
		if err != nil {
			return "", false
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth++
			fmt.Fprintf(&b, "<%s", x.Name.Local)
			for _, a := range x.Attr {
				fmt.Fprintf(&b, " %s=%s", a.Name.Local, a.Value)
			}
			b.WriteString(">")
		case xml.EndElement:
			if depth--; depth < 0 {
				return "", false
			}
			fmt.Fprintf(&b, "</%s>", x.Name.Local)
		case xml.CharData:
			if depth > 0 {
				b.Write(x)
			}
		}
	}
}

func BenchmarkScan(b *testing.B) {
	cell := `<c r="A1" s="3" t="s"><v>12345</v></c>`
	in := "<worksheet><sheetData><row>" + strings.Repeat(cell, 100_000) + "</row></sheetData></worksheet>"
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		s := New(strings.NewReader(in))
		for s.Next() != None {
		}
		if s.Err() != nil {
			b.Fatal(s.Err())
		}
	}
}
