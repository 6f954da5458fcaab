package notice

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		lines string
		want  Fault
	}{
		{"A Brook|1 Example Street|Example Town|ZE1 0AA", ""},
		{"A Brook|1 Example Street|ze10aa", ""},
		{"", AddressEmpty},
		{" | | ", AddressEmpty},
		{"A Brook|ZE1 0AA", FewLines},
		{"A|B|C|D|E|F|G|ZE1 0AA", ManyLines},
		{"A Brook|NFA|ZE1 0AA", NoFixedAbode},
		{"A Brook|nfa.|Example Town|ZE1 0AA", NoFixedAbode},
		{"A Brook|No fixed abode|Example Town|ZE1 0AA", NoFixedAbode},
		{"A Brook|of no fixed address, Example Town|ZE1 0AA", NoFixedAbode},
		{"A Brook|(flat 2) Example Street|ZE1 0AA", BadCharacter},
		{"A Brook|@home|ZE1 0AA", BadCharacter},
		{"A Brook|1 Example\x00Street|ZE1 0AA", BadCharacter},
		{"A Brook|--|Example Town|ZE1 0AA", BadFirstLines},
		{"A Brook|1 Example Street|Example Town|ZZ99 9ZZZ", NoPostcode},
		{"A Brook|1 Example Street|Example Town|Example", NoPostcode},
		{"A Brook|1 Rue Exemple|Paris|France", Abroad},
	} {
		if got := checkAddress(strings.Split(c.lines, "|")); got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestAddressLines(t *testing.T) {
	for _, c := range []struct{ address, postcode, want string }{
		{"1 Example Street, Example Town", "ze10aa", "A Brook|1 Example Street|Example Town|ZE1 0AA"},
		{"1 Example Street, Example Town, ZE1 0AA", "ZE1 0AA", "A Brook|1 Example Street|Example Town|ZE1 0AA"},
		{"Flat 1, Block B, The Yard, 1 Example Street, Little Example, Example Town, Exampleshire", "ZE1 0AA",
			"A Brook|Flat 1, Block B, The Yard|1 Example Street|Little Example|Example Town|Exampleshire|ZE1 0AA"},
		{"", "", "A Brook"},
	} {
		if got := strings.Join(addressLines("A Brook", c.address, c.postcode), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.address, got, c.want)
		}
	}
}

// TestRefusedBeforeAnythingIsSent: what cannot arrive is refused with its name,
// and the error holds nothing of the person.
func TestRefusedBeforeAnythingIsSent(t *testing.T) {
	for want, lines := range map[Fault][]string{
		NoFixedAbode: {"Łucja Brook", "No fixed abode", "Example Town", "ZE1 0AA"},
		NoPostcode:   {"Łucja Brook", "1 Example Street", "ZE1"},
		FewLines:     {"Łucja Brook", "ZE1 0AA"},
	} {
		r := testRecipient(1)
		r.Lines = private(lines)
		_, err := render(Post, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if !errors.Is(err, want) || strings.Contains(err.Error(), "Brook") || strings.Contains(err.Error(), "Street") {
			t.Errorf("%s: %v", want, err)
		}
	}
	r := testRecipient(1)
	r.Email, r.Phone = reeve.Private(reeve.KindEmail, "nobody"), reeve.Private(reeve.KindPhone, "12")
	if _, err := render(Email, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn); !errors.Is(err, NoEmail) {
		t.Error(err)
	}
	if _, err := render(Text, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn); !errors.Is(err, NoPhone) {
		t.Error(err)
	}
}

func TestGeometry(t *testing.T) {
	l, err := renderLetter(testTemplate(t, "personal"), testRecipient(1), testWording(), testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	ok := func(change func(p []paper.Placed) []paper.Placed) Fault {
		return checkGeometry(change(slices.Clone(l.placed)), len(l.pdf), l.lines)
	}
	address := slices.IndexFunc(l.placed, func(p paper.Placed) bool { return p.Box == 0 })
	for name, c := range map[string]struct {
		change func(p []paper.Placed) []paper.Placed
		want   Fault
	}{
		"as it is":              {func(p []paper.Placed) []paper.Placed { return p }, ""},
		"address 4 mm too high": {func(p []paper.Placed) []paper.Placed { p[address].Y -= 4; return p }, OutsideArea},
		"print beyond margin": {func(p []paper.Placed) []paper.Placed {
			return append(p, paper.Placed{Page: 1, X: 190, Y: 150, W: 10, H: 4, Text: "x"})
		}, OutsideArea},
		"print above the body": {func(p []paper.Placed) []paper.Placed {
			return append(p, paper.Placed{Page: 1, X: 20, Y: 75, W: 10, H: 4, Text: "x"})
		}, OutsideArea},
		"print in the window": {func(p []paper.Placed) []paper.Placed {
			return append(p, paper.Placed{Page: 1, X: 30, Y: 60, W: 10, H: 4, Text: "health"})
		}, NoPostcode},
		"eleven sides": {func(p []paper.Placed) []paper.Placed {
			return append(p, paper.Placed{Page: 11, X: 20, Y: 20, W: 9, H: 4, Text: "x"})
		}, TooLong},
		"the tag": {func(p []paper.Placed) []paper.Placed {
			return append(p, paper.Placed{Page: 2, X: 16, Y: 5, W: 9, H: 2, Text: "NOTIFY"})
		}, NotifyTag},
		"no address": {func(p []paper.Placed) []paper.Placed {
			return slices.DeleteFunc(p, func(x paper.Placed) bool { return x.Box == 0 })
		}, AddressEmpty},
		"another address": {func(p []paper.Placed) []paper.Placed { p[address+1].Text = "9 Example Street"; return p }, AddressNotAsFrozen},
	} {
		if got := ok(c.change); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if f := checkGeometry(l.placed, mostPDF+1, l.lines); f != UnreadableFile {
		t.Error(f)
	}
}

// TestPixels looks at the print itself: one letter of every template, drawn by
// another program, has nothing outside the boxes, and the window gives back the
// address as text.
func TestPixels(t *testing.T) {
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftoppm is needed (poppler-utils)")
		}
		t.Skip("pdftoppm is not here (poppler-utils)")
	}
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range all {
		r := testRecipient(i)
		l, err := renderLetter(x, r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		if err := pixelsOutside(t, l); err != nil {
			t.Errorf("%s: %v", x.Name, err)
		}
	}
	l, err := renderLetter(all[0], testRecipient(0), testWording(), testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	l.letter.Boxes[0].Y -= 8
	if err := l.write(); err != nil {
		t.Fatal(err)
	}
	if pixelsOutside(t, l) == nil {
		t.Error("an address 8 mm too high passes")
	}
}

func pixelsOutside(t *testing.T, l *laid) error {
	t.Helper()
	file := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(file, l.pdf, 0o600); err != nil {
		return err
	}
	const perMM = 3
	gray, err := exec.Command("pdftoppm", "-gray", "-r", fmt.Sprint(25.4*perMM), "-f", "1", "-l", "1", file).Output()
	if err != nil {
		return err
	}
	var width, height, most int
	if _, err := fmt.Sscanf(string(gray[:min(len(gray), 40)]), "P5\n%d %d\n%d\n", &width, &height, &most); err != nil {
		return err
	}
	pixels := gray[len(gray)-width*height:]
	for i, c := range pixels {
		dot := paper.Placed{Page: 1, X: float64(i%width) / perMM, Y: float64(i/width) / perMM, Text: "x"}
		if c < 250 && !printable(dot) {
			return fmt.Errorf("print at %.1f, %.1f mm", dot.X, dot.Y)
		}
	}
	window := []string{"-f", "1", "-l", "1", "-x", "69", "-y", "111", "-W", "271", "-H", "77", "-layout", file, "-"}
	text, err := exec.Command("pdftotext", window...).Output()
	if err != nil {
		return err
	}
	if got, want := spaced(string(text)), spaced(strings.Join(l.lines, " ")); got != want {
		return fmt.Errorf("the window shows %q", got)
	}
	return nil
}

// BenchmarkLetters renders and checks different letters, one after the other.
func BenchmarkLetters(b *testing.B) {
	x, w := testTemplate(b, "personal"), testWording()
	size := 0
	for i := range b.N {
		l, err := renderLetter(x, testRecipient(i), w, testCoverage, testOn)
		if err != nil {
			b.Fatal(err)
		}
		size = len(l.pdf)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(size), "bytes")
}

// BenchmarkLettersOnAllCores is BenchmarkLetters on every core.
func BenchmarkLettersOnAllCores(b *testing.B) {
	x, w := testTemplate(b, "personal"), testWording()
	var n atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := renderLetter(x, testRecipient(int(n.Add(1))), w, testCoverage, testOn); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}
