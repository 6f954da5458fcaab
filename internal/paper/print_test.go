package paper

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// TestReadGivesWhatWasSet reads letters back: every line stands where the writer
// said, with the text it said, and every module of the code is a mark.
func TestReadGivesWhatWasSet(t *testing.T) {
	l := notice(t)
	l.Body = append(l.Body, Paragraph{Text: "Beside a bar", Style: Warning}, Paragraph{Text: "sha256 2c26", Style: Exact})
	var out bytes.Buffer
	placed, err := l.WritePDF(&out)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(placed, func(a, b Placed) int { return a.Page - b.Page })
	got, err := Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got.Pages != 2 || len(got.Lines) != len(placed) || len(got.Marks) < 100 {
		t.Fatalf("%d pages, %d lines of %d, %d marks", got.Pages, len(got.Lines), len(placed), len(got.Marks))
	}
	for i, p := range got.Lines {
		w := placed[i]
		near := func(a, b float64) bool { return math.Abs(a-b) < 0.05 }
		if p.Page != w.Page || p.Text != w.Text || !near(p.X, w.X) || !near(p.Y, w.Y) || !near(p.W, w.W) || !near(p.H, w.H) {
			t.Errorf("read %+v, set %+v", p, w)
		}
	}
	for _, m := range got.Marks {
		inCode := m.X >= 160 && m.X+m.W <= 188.1 && m.Y >= 62 && m.Y+m.H <= 90.1
		inBar, rule := m.X == 15 && m.W > 1, m.W > 180 && m.H < 0.2
		if !inCode && !inBar && !rule {
			t.Errorf("a mark at %+v", m)
		}
	}
}

// TestReadRefuses changes one thing after the other in a letter that was written:
// what the reader cannot account for is refused, never passed over.
func TestReadRefuses(t *testing.T) {
	l := notice(t)
	var plain bytes.Buffer
	s := &sheets{facts: fileFacts{date: made}}
	f, err := fontSets[0].face(regular)
	if err != nil {
		t.Fatal(err)
	}
	s.add()
	s.text(f, 10, 20, 20, black, "a\u0100")
	if err := s.write(&plain); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(plain.Bytes()); !errors.Is(err, reeve.Invalid) || !strings.Contains(err.Error(), "the font does not have") {
		t.Errorf("a letter without a glyph: %v", err)
	}
	for name, mark := range map[string]string{
		"picture": "q 1 0 0 1 0 0 cm /I0 Do Q\n", "clip": "0 0 10 10 re W n\n", "hidden": "BT /F0 10.00 Tf 3 Tr 10 10 Td <0061> Tj ET\n",
		"font that is not there": "BT /F7 10.00 Tf 10 10 Td <0061> Tj ET\n", "white text": "BT /F0 10.00 Tf 1.000 g 10 10 Td <0061> Tj ET\n",
		"half a letter": "BT /F0 10.00 Tf 10 10 Td <00> Tj ET\n",
		"no font":       "BT 10 10 Td <0061> Tj ET\n", "paint": "f\n", "numbers": "1 2 3 re f\n",
	} {
		s := &sheets{facts: fileFacts{date: made}}
		s.add()
		s.text(f, 10, 20, 20, black, "a")
		s.draw(func(b []byte) []byte { return append(b, mark...) })
		var out bytes.Buffer
		if err := s.write(&out); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(out.Bytes()); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var out bytes.Buffer
	if _, err := l.WritePDF(&out); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"not A4": {"/MediaBox [0 0 595.28", "/MediaBox [0 0 612.00"}, "no pages": {"/Kids", "/Kidz"}, "other codes": {"<0000> <FFFF> <0000>", "<0000> <FFFF> <0001>"},
		"no widths": {"/W [", "/V ["}, "no table": {"\nxref\n", "\nxraf\n"}, "no root": {"/Root", "/Boot"}, "no stream": {"/FlateDecode /Length", "/FlateDecade /Length"},
	} {
		file := bytes.Replace(out.Bytes(), []byte(change[0]), []byte(change[1]), -1)
		if got, err := Read(file); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// FuzzRead gives the reader files of all kinds: it refuses, and never falls.
func FuzzRead(f *testing.F) {
	var out bytes.Buffer
	if _, err := notice(f).WritePDF(&out); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes()[:4000])
	f.Add(out.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := Read(file); err != nil && !errors.Is(err, reeve.Invalid) {
			t.Error(err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var out bytes.Buffer
	if _, err := notice(b).WritePDF(&out); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Read(out.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
