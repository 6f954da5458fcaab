package simulator

import (
	"bytes"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

// sheet is a letter that is right but for what change does.
type sheet struct {
	size, orientation string
	pages             int
	lines             []string
	x, y              float64
	more              func(f *fpdf.Fpdf)
}

func (s sheet) pdf(t testing.TB) []byte {
	t.Helper()
	f := fpdf.New(s.orientation, "mm", s.size, "")
	f.SetAutoPageBreak(false, 0)
	f.SetFont("Helvetica", "", 9)
	for range s.pages {
		f.AddPage()
		f.Text(20, 110, "We write to you about your data.")
	}
	f.SetPage(1)
	for i, l := range s.lines {
		f.Text(s.x, s.y+float64(i)*3.2, l)
	}
	if s.more != nil {
		s.more(f)
	}
	f.SetPage(s.pages) // the last one ends the file
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func goodSheet() sheet {
	return sheet{"A4", "P", 2, []string{"Ada Brook", "1 Example Street", "Example Town", "ZE1 0AA"}, 25, 44, nil}
}

// TestJudge: every fault has the name that Notify gives it, read from the print.
func TestJudge(t *testing.T) {
	lines := func(all ...string) func(*sheet) { return func(s *sheet) { s.lines = all } }
	for _, c := range []struct {
		want   string
		change func(*sheet)
	}{
		{"", func(*sheet) {}},
		{"", func(s *sheet) { s.pages = 10 }},
		{"letter-too-long", func(s *sheet) { s.pages = 11 }},
		{"letter-not-a4-portrait-oriented", func(s *sheet) { s.orientation = "L" }},
		{"letter-not-a4-portrait-oriented", func(s *sheet) { s.size = "Letter" }},
		{"content-outside-printable-area", func(s *sheet) { s.y -= 5.5 }},
		{"content-outside-printable-area", func(s *sheet) { s.more = func(f *fpdf.Fpdf) { f.Text(20, 80, "left of the contact block") } }},
		{"content-outside-printable-area", func(s *sheet) { s.more = func(f *fpdf.Fpdf) { f.SetPage(2); f.Text(5, 100, "in the margin") } }},
		{"content-outside-printable-area", func(s *sheet) {
			s.more = func(f *fpdf.Fpdf) {
				f.TransformBegin()
				f.TransformRotate(90, 20, 120)
				f.Text(20, 120, "on its side")
				f.TransformEnd()
			}
		}},
		{"notify-tag-found-in-content", func(s *sheet) { s.more = func(f *fpdf.Fpdf) { f.SetPage(2); f.Text(16, 5, "NOTIFY") } }},
		{"address-is-empty", lines()},
		{"not-enough-address-lines", lines("Ada Brook", "ZE1 0AA")},
		{"too-many-address-lines", lines("Ada Brook", "a", "b", "c", "d", "e", "ZE1 0AA", "ZE1 0AA")},
		{"invalid-char-in-address", lines("Ada Brook", "(rear) 1 Example Street", "ZE1 0AA")},
		{"invalid-address-line-1-or-2", lines("Ada Brook", "- -", "ZE1 0AA")},
		{"not-a-real-uk-postcode", lines("Ada Brook", "1 Example Street", "Example Town")},
		{"no-fixed-abode-address", lines("Ada Brook", "No fixed abode", "ZE1 0AA")},
		{"no-fixed-abode-address", lines("Ada Brook", "NFA", "ZE1 0AA")},
	} {
		s := goodSheet()
		c.change(&s)
		if got, last := judge(s.pdf(t)); got != c.want || c.want == "" && last != "ZE1 0AA" {
			t.Errorf("%q, not %q; last line %q", got, c.want, last)
		}
	}
	whole := goodSheet().pdf(t)
	for _, bad := range [][]byte{nil, []byte("%PDF-1.4"), whole[:len(whole)/2], append(whole[:len(whole):len(whole)], make([]byte, mostLetter)...)} {
		if got, _ := judge(bad); got != "unable-to-read-the-file" {
			t.Errorf("%d bytes: %q", len(bad), got)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	pdf := goodSheet().pdf(b)
	for b.Loop() {
		if fault, _ := judge(pdf); fault != "" {
			b.Fatal(fault)
		}
	}
}
