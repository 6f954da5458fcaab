package format

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/reeve-council/reeve"
)

func printed(t testing.TB, orientation string, draw func(*fpdf.Fpdf)) Source {
	t.Helper()
	f := fpdf.New(orientation, "mm", "A4", "")
	f.SetFont("Helvetica", "", 10)
	f.AddPage()
	draw(f)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return Source{Reader: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}
}

// TestSheets: pages are as large as they are, and text stands where it was set.
func TestSheets(t *testing.T) {
	src := printed(t, "P", func(f *fpdf.Fpdf) {
		f.Text(25, 45, "1 Example Street")
		f.Text(130, 45, "Example Council")
		f.TransformBegin()
		f.TransformRotate(90, 20, 100)
		f.Text(20, 100, "on its side")
		f.TransformEnd()
		f.AddPage()
		f.Text(15, 20, "next")
	})
	all, err := Sheets(src, Options{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d pages, %v", len(all), err)
	}
	if s := all[0]; math.Abs(s.Width-210) > 0.1 || math.Abs(s.Height-297) > 0.1 || s.Rotated {
		t.Errorf("page %g by %g", s.Width, s.Height)
	}
	found := make(map[string]Line)
	for _, l := range append(all[0].Lines, all[1].Lines...) {
		found[l.Text] = l
	}
	for text, want := range map[string]Line{"1 Example Street": {X: 25, Y: 45}, "Example Council": {X: 130, Y: 45}, "next": {X: 15, Y: 20}} {
		if l := found[text]; math.Abs(l.X-want.X) > 0.5 || math.Abs(l.Y-want.Y) > 0.5 || l.W < 5 || l.Turn != 0 {
			t.Errorf("%s stands at %+v", text, l)
		}
	}
	if l := found["on its side"]; l.Turn == 0 {
		t.Errorf("turned text: %+v", l)
	}
}

// TestSheetsRefuse: what cannot be read whole is not judged.
func TestSheetsRefuse(t *testing.T) {
	whole := printed(t, "L", func(f *fpdf.Fpdf) { f.Text(25, 45, "x") })
	if all, err := Sheets(whole, Options{}); err != nil || all[0].Width < all[0].Height {
		t.Errorf("a page on its side: %+v, %v", all, err)
	}
	for name, src := range map[string]Source{
		"nothing":   {Reader: bytes.NewReader(nil)},
		"no PDF":    {Reader: bytes.NewReader([]byte("%PDF-1.4 not really")), Size: 19},
		"cut short": {Reader: whole.Reader, Size: whole.Size / 2},
	} {
		if _, err := Sheets(src, Options{}); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
