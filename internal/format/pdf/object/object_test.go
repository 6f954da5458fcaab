package object

import (
	"bytes"
	tight "compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve/internal/format/part"
)

// free is a meter that never refuses.
type free struct{ expanded int64 }

func (*free) Step(int) error { return nil }

func (f *free) Expand(n int64) error { f.expanded += n; return nil }

func open(b string) *File {
	return Open(part.Source{Reader: strings.NewReader(b), Size: int64(len(b))}, nil, &free{})
}

func TestObject(t *testing.T) {
	tests := []struct {
		in   string
		want any
	}{
		{"12", 12}, {"-.5", -0.5}, {"+7", 7}, {"4.", 4.0}, {"--3", -3}, {"1.2.3", 1.2}, {"12 0 R", Ref{12, 0}}, {"true", true}, {"null", nil},
		{"/A#42c", Name("ABc")}, {"/", Name("")}, {"(a(b)c)", "a(b)c"}, {`(\101\n\)\
x\7)`, "A\n)x\a"}, {"(a\r\nb)", "a\nb"}, {"<48 656C6c6F2>", "Hello "}, {"(open", "open"},
		{"[1 0 R 2 (x) [/Y]]", Array{Ref{1, 0}, 2, "x", Array{Name("Y")}}}, {"[1 2", Array{1, 2}},
		{"<< /A 1 /B << /C [1] >> >>", Dict{"A": 1, "B": Dict{"C": Array{1}}}}, {"<< /A /B /C", Dict{"A": Name("B")}}, {"<</A 1 endobj", Dict{"A": 1}},
		{"% no\n5", 5}, {"", nil}, {")", nil}, {strings.Repeat("[", 500), nil},
	}
	for _, test := range tests {
		got := NewParser([]byte(test.in)).Object()
		if len(test.in) >= 500 {
			continue // it came back
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("%q (- want, + got)\n%s", test.in, d)
		}
	}
}

func TestFilters(t *testing.T) {
	text := strings.Repeat("Ann Sample lives at 1 Long Road. ", 300)
	var flate, lz, base85 bytes.Buffer
	w := zlib.NewWriter(&flate)
	io.WriteString(w, text)
	w.Close()
	l := tight.NewWriter(&lz, tight.MSB, 8) // grows its codes late: EarlyChange 0
	io.WriteString(l, text)
	l.Close()
	a := ascii85.NewEncoder(&base85)
	io.WriteString(a, text)
	a.Close()
	short := "abcabcd"
	tests := []struct {
		name, dict, data, want string
	}{
		{"plain", "", text, text},
		{"Flate", "/Filter /FlateDecode", flate.String(), text},
		{"Flate cut short", "/Filter /Fl", flate.String()[:flate.Len()-6], text},
		{"Flate after a line end", "/Filter /FlateDecode", "\r\n" + flate.String(), text},
		{"LZW", "/Filter /LZWDecode /DecodeParms << /EarlyChange 0 >>", lz.String(), text},
		{"LZW early", "/Filter /LZWDecode", "\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", "-----A---B"}, // ISO 32000-2, 7.4.4.2, example 2
		{"base 85", "/Filter /ASCII85Decode", base85.String() + "~>", text},
		{"hexadecimal", "/Filter /ASCIIHexDecode", hex.EncodeToString([]byte(text)) + ">", text},
		{"run lengths", "/Filter /RunLengthDecode", "\x02abc\xFEx\x80", "abcxxx"},
		{"two filters", "/Filter [/AHx /Fl]", hex.EncodeToString(flate.Bytes()) + ">", text},
		{"PNG up", "/Filter /AHx /DecodeParms << /Predictor 12 >>", hex.EncodeToString([]byte(short)) + ">", short},
	}
	for _, test := range tests {
		f := open(fmt.Sprintf("%%PDF-1.4\n1 0 obj << %s /Length %d >> stream\n%s\nendstream endobj\n", test.dict, len(test.data), test.data))
		s := f.Stream(Ref{Num: 1})
		if s == nil {
			t.Errorf("%s: no stream", test.name)
			continue
		}
		if got, _ := f.Data(s); string(got) != test.want {
			t.Errorf("%s: got %d bytes %.40q", test.name, len(got), got)
		}
	}
}

func TestPredictors(t *testing.T) {
	tests := []struct {
		name string
		dict Dict
		in   string
		want string
	}{
		{"PNG sub", Dict{"Predictor": 15, "Columns": 3}, "\x01\x01\x01\x01", "\x01\x02\x03"},
		{"PNG up", Dict{"Predictor": 12, "Columns": 2}, "\x02\x05\x06\x02\x01\x01", "\x05\x06\x06\x07"},
		{"PNG average", Dict{"Predictor": 13, "Columns": 2}, "\x00\x04\x08\x03\x01\x01", "\x04\x08\x03\x06"},
		{"PNG Paeth", Dict{"Predictor": 14, "Columns": 2}, "\x00\x04\x08\x04\x01\x01", "\x04\x08\x05\x09"},
		{"TIFF", Dict{"Predictor": 2, "Columns": 3}, "\x01\x01\x01", "\x01\x02\x03"},
		{"none", Dict{}, "abc", "abc"},
	}
	for _, test := range tests {
		got, _ := io.ReadAll(predict(strings.NewReader(test.in), open(""), test.dict))
		if string(got) != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestSections: a newer section wins, older ones fill in, and a stream of
// objects is read.
func TestSections(t *testing.T) {
	var b strings.Builder
	add := func(s string) int { at := b.Len(); b.WriteString(s); return at }
	add("%PDF-1.5\n")
	catalog := add("1 0 obj << /Type /Catalog >> endobj\n")
	old := add("2 0 obj (old) endobj\n")
	first := add(fmt.Sprintf("xref\n0 3\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \ntrailer << /Root 1 0 R >>\n", catalog, old))
	pack := add("3 0 obj << /Type /ObjStm /N 2 /First 8 /Length 20 >> stream\n2 0 4 6 (new) (more)\nendstream endobj\n")
	table := fmt.Sprintf("01%04x00 02000300 01%04x00 02000301", pack, pack)
	index := "[3 1 2 1 3 1 4 1]"
	at := add(fmt.Sprintf("5 0 obj << /Type /XRef /W [1 2 1] /Index %s /Prev %d /Filter /AHx /Length %d >> stream\n%s>\nendstream endobj\n", index, first, len(table)+1, table))
	add(fmt.Sprintf("startxref\n%d\n%%%%EOF", at))
	f := open(b.String())
	if f.Rebuilt || f.String(Ref{Num: 2}) != "new" || f.String(Ref{Num: 4}) != "more" || f.Name(f.Dict(Ref{Num: 1})["Type"]) != "Catalog" {
		t.Errorf("rebuilt %v, 2 is %q, 4 is %q", f.Rebuilt, f.String(Ref{Num: 2}), f.String(Ref{Num: 4}))
	}
	g := open(strings.ReplaceAll(b.String(), "startxref", "startlost"))
	if !g.Rebuilt || g.String(Ref{Num: 4}) != "more" || g.Dict(g.Trailer["Root"]) == nil {
		t.Errorf("after a scan: %v, 4 is %q", g.Rebuilt, g.String(Ref{Num: 4}))
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n1 0 obj << /Length 2 0 R /Filter /LZW >> stream\nabc\nendstream endobj 2 0 obj 2 0 R endobj trailer << /Root 1 0 R >>"))
	f.Add([]byte("1 0 obj << /Type /ObjStm /N 1 /First 4 /Length 9 >> stream\n1 0 1 0 R\nendstream endobj xref\n0 1\ntrailer<<>>startxref 60"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := &free{}
		file := Open(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, []string{"x"}, m)
		numbers := file.AllNumbers()
		for _, n := range numbers[:min(len(numbers), 50)] {
			if s := file.Stream(Ref{Num: n}); s != nil {
				file.Data(s)
			}
		}
		if m.expanded > 1<<20+int64(len(b))*1100*maxFilters {
			t.Errorf("%d bytes expanded to %d", len(b), m.expanded)
		}
	})
}
