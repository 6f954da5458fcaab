package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// notice is a letter of two pages that keeps to the boxes which GOV.UK Notify
// prints: address x 24.6–120, y 39.5–66.3; contact x 125–195, to y 95; body from
// y 95 (its specification of letters, version 2.4).
func notice(t testing.TB) *Letter {
	t.Helper()
	code, err := NewCode("https://council.example.org/letter/7Q2M-4KXD")
	if err != nil {
		t.Fatal(err)
	}
	var body []Block
	body = append(body, Heading{2, "Your data was in the files that were copied"})
	for i := range 11 {
		body = append(body, Paragraph{Text: fmt.Sprintf("%d. On 24 November 2025 somebody copied files of the council without leave. We have read the files that we could read, and found in them your name, your address and your housing benefit reference. We will write again if that changes.", i+1)})
	}
	body = append(body, List{Items: []string{"Watch your bank account.", "Tell nobody a password."}}, Facts{Rows: []Fact{{"Reference", "7Q2M-4KXD"}, {"Telephone", "020\u00a07946\u00a00123"}}})
	return &Letter{
		Title: "Letter 7Q2M-4KXD", Author: "Royal Borough of Example", Date: made,
		Boxes: []Box{
			{Page: 1, Frame: Frame{24.6, 39.5, 95.4, 26.8}, Text: "Łucja Brook\n1 Example Street\nExample Town\nZZ1 1ZZ", Size: 10},
			{Page: 1, Frame: Frame{125, 30, 70, 40}, Text: "Royal Borough of Example\ncouncil.example.org", Size: 9, Bold: true},
			{Frame: Frame{15, 284, 60, 6}, Text: "7Q2M-4KXD", Size: 8},
		},
		Codes: []CodeBox{{Page: 1, X: 160, Y: 62, W: 28, Code: code}},
		Body:  body,
		First: Frame{15, 96, 180, 186}, Next: Frame{15, 20, 180, 262},
	}
}

func TestLetterTellsWhereLinesStand(t *testing.T) {
	l := notice(t)
	var out bytes.Buffer
	placed, err := l.WritePDF(&out)
	if err != nil {
		t.Fatal(err)
	}
	var address []string
	pages := 0
	for _, p := range placed {
		pages = max(pages, p.Page)
		frame := l.First
		switch {
		case p.Box >= 0:
			frame = l.Boxes[p.Box].Frame
		case p.Page > 1:
			frame = l.Next
		}
		if p.X < frame.X-0.01 || p.Y < frame.Y-0.01 || p.X+p.W > frame.X+frame.W+0.01 || p.Y+p.H > frame.Y+frame.H+0.01 {
			t.Errorf("%+v lies outside %+v", p, frame)
		}
		if p.Box == 0 {
			address = append(address, p.Text)
		}
	}
	if strings.Join(address, "|") != "Łucja Brook|1 Example Street|Example Town|ZZ1 1ZZ" {
		t.Errorf("address %q", address)
	}
	if pages != 2 {
		t.Errorf("%d pages", pages)
	}
}

// TestLetterOnPaper reads the address back from its window with another program
// and looks that nothing is printed outside the boxes.
func TestLetterOnPaper(t *testing.T) {
	file := filepath.Join(t.TempDir(), "letter.pdf")
	write(t, file, func(w io.Writer) error { _, err := notice(t).WritePDF(w); return err })
	// The window in points from the top left, as pdftotext wants it at 72 dpi.
	window := run(t, "pdftotext", "-f", "1", "-l", "1", "-x", "69", "-y", "111", "-W", "271", "-H", "77", "-layout", file, "-")
	if got := strings.Join(strings.Fields(window), " "); got != "Łucja Brook 1 Example Street Example Town ZZ1 1ZZ" {
		t.Errorf("the window shows %q", got)
	}
	const perMM = 4
	gray := run(t, "pdftoppm", "-gray", "-r", fmt.Sprint(25.4*perMM), "-f", "1", "-l", "1", file)
	var width, height, most int
	if _, err := fmt.Sscanf(gray, "P5\n%d %d\n%d\n", &width, &height, &most); err != nil {
		t.Fatal(err)
	}
	pixels := gray[len(gray)-width*height:]
	boxes := []Frame{{24.6, 39.5, 95.4, 26.8}, {125, 5, 70, 90}, {15, 95, 180, 197}}
	for i := range len(pixels) {
		x, y := float64(i%width)/perMM, float64(i/width)/perMM
		if pixels[i] < 250 && !within(boxes, x, y) {
			t.Fatalf("something is printed at %.1f, %.1f mm", x, y)
		}
	}
}

func within(boxes []Frame, x, y float64) bool {
	for _, b := range boxes {
		if x >= b.X-0.3 && y >= b.Y-0.3 && x <= b.X+b.W+0.3 && y <= b.Y+b.H+0.3 {
			return true
		}
	}
	return false
}

func TestLettersRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Letter){
		"address too long for its box": func(l *Letter) { l.Boxes[0].Text = strings.Repeat("a line\n", 12) },
		"box off the page":             func(l *Letter) { l.Boxes[1].X = 180 },
		"box on a page that is not":    func(l *Letter) { l.Boxes[1].Page = 7 },
		"code on a page that is not":   func(l *Letter) { l.Codes[0].Page = 7 },
		"code that was not made":       func(l *Letter) { l.Codes[0].Code = Code{} },
		"no size":                      func(l *Letter) { l.Boxes[1].Size = 0 },
		"tiny body":                    func(l *Letter) { l.Size = 2 },
		"frame lower than a line":      func(l *Letter) { l.Next.H = 3 },
		"heading":                      func(l *Letter) { l.Body = []Block{Heading{9, "no"}} },
	} {
		l := notice(t)
		spoil(l)
		var out bytes.Buffer
		if _, err := l.WritePDF(&out); !errors.Is(err, reeve.Invalid) || out.Len() > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLargePrint(t *testing.T) {
	l := notice(t)
	l.Size = 18
	placed, err := l.WritePDF(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if last := placed[len(placed)-1].Page; last < 3 {
		t.Errorf("a letter in large print has %d pages", last)
	}
}

func run(t *testing.T, name string, arg ...string) string {
	t.Helper()
	out, err := exec.Command(name, arg...).Output()
	if errors.Is(err, exec.ErrNotFound) {
		skip(t, name)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// BenchmarkLetters writes different letters of two pages, as a run would.
func BenchmarkLetters(b *testing.B) {
	base := *notice(b)
	size := 0
	b.ResetTimer()
	for i := range b.N {
		l := base
		l.Boxes = append([]Box{{Page: 1, Frame: base.Boxes[0].Frame, Text: fmt.Sprintf("Person %d\n%d Example Street\nZZ1 1ZZ", i, i), Size: 10}}, base.Boxes[1:]...)
		var out bytes.Buffer
		if _, err := l.WritePDF(&out); err != nil {
			b.Fatal(err)
		}
		size = out.Len()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(size), "bytes")
}

func TestBundle(t *testing.T) {
	b := NewBundle("Run 7", "Royal Borough of Example", made, true)
	short := notice(t)
	short.Body = short.Body[:2]
	greek := notice(t)
	greek.Boxes[0].Text = "Ελένη Brook\n2 Example Street\nZZ1 1ZZ"
	var firsts []int
	for _, l := range []*Letter{notice(t), short, greek, notice(t)} {
		first, placed, err := b.Add(l)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := l.WritePDF(io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(placed, alone) {
			t.Errorf("letter on page %d is laid out otherwise than alone", first)
		}
		firsts = append(firsts, first)
	}
	if !slices.Equal(firsts, []int{1, 3, 5, 7}) {
		t.Errorf("letters begin on pages %v", firsts)
	}
	file := filepath.Join(t.TempDir(), "run.pdf")
	write(t, file, func(w io.Writer) error { _, err := b.WriteTo(w); return err })
	for i, first := range firsts {
		text := run(t, "pdftotext", "-f", fmt.Sprint(first), "-l", fmt.Sprint(first), file, "-")
		if want := []string{"Łucja Brook", "Łucja Brook", "Ελένη Brook", "Łucja Brook"}[i]; !strings.Contains(text, want) || !strings.Contains(text, "Your data was in the files") {
			t.Errorf("page %d lacks %q:\n%s", first, want, text)
		}
	}
	if blank := run(t, "pdftotext", "-f", "4", "-l", "4", file, "-"); strings.TrimSpace(blank) != "" {
		t.Errorf("the back of the short letter reads %q", blank)
	}
	if _, err := b.WriteTo(io.Discard); !errors.Is(err, reeve.Invalid) {
		t.Errorf("written twice: %v", err)
	}
}

func TestBundleWithALetterThatIsRefused(t *testing.T) {
	b := NewBundle("x", "x", made, false)
	if _, err := b.WriteTo(io.Discard); !errors.Is(err, reeve.Invalid) {
		t.Errorf("empty: %v", err)
	}
	b = NewBundle("x", "x", made, false)
	bad := notice(t)
	bad.Boxes[0].Text = strings.Repeat("Łucja\n", 20)
	_, _, err := b.Add(bad)
	_, werr := b.WriteTo(io.Discard)
	if !errors.Is(err, reeve.Invalid) || !errors.Is(werr, reeve.Invalid) || strings.Contains(err.Error(), "Łucja") {
		t.Errorf("%v, %v", err, werr)
	}
}

// BenchmarkBundle writes 200 letters of two pages into one file each time.
func BenchmarkBundle(b *testing.B) {
	l := notice(b)
	for range b.N {
		bundle := NewBundle("x", "x", made, true)
		for range 200 {
			if _, _, err := bundle.Add(l); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := bundle.WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(200*float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}
