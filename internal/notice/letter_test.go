package notice

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

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
	inWindow := func(p paper.Placed) bool { return p.Page == 1 && inside(p, addressBox, nearBy) }
	address := slices.IndexFunc(l.placed, inWindow)
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
			return slices.DeleteFunc(p, inWindow)
		}, AddressEmpty},
		"a line in two": {func(p []paper.Placed) []paper.Placed {
			first, second := p[address], p[address]
			first.Text, second.Text, second.X = "Łucja", "Brook1", first.X+15
			p[address] = second
			return append(p, first)
		}, ""},
		"lines the other way round": {func(p []paper.Placed) []paper.Placed {
			p[address].Y, p[address+1].Y = p[address+1].Y, p[address].Y
			return p
		}, AddressNotAsFrozen},
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

// TestNamesThatCannotBePrinted refuses a letter rather than greet somebody with
// boxes, or with letters that do not join.
func TestNamesThatCannotBePrinted(t *testing.T) {
	for name, want := range map[string]error{"Nguyễn Brook": nil, "Наталья Brook": nil, "عائشة Brook": Unprintable, "王 Brook": Unprintable, "Ada\U0001F642 Brook": Unprintable} {
		r := testRecipient(1)
		r.Name = reeve.Private(reeve.KindName, name)
		_, err := renderLetter(testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if !errors.Is(err, want) || err != nil && strings.Contains(err.Error(), "Brook") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestWhatIsCheckedIsTheFile changes a letter between setting and printing: the
// check reads the finished file, and says that it is another letter.
func TestWhatIsCheckedIsTheFile(t *testing.T) {
	l, err := renderLetter(testTemplate(t, "personal"), testRecipient(1), testWording(), testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	set := slices.Clone(l.placed)
	if err := l.read(set); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(p []paper.Placed) []paper.Placed{
		"another word":  func(p []paper.Placed) []paper.Placed { p[9].Text += "."; return p },
		"another place": func(p []paper.Placed) []paper.Placed { p[9].X += 0.2; return p },
		"another side":  func(p []paper.Placed) []paper.Placed { p[9].Page++; return p },
		"a line less":   func(p []paper.Placed) []paper.Placed { return p[1:] },
		"a line more":   func(p []paper.Placed) []paper.Placed { return append(p, p[0]) },
	} {
		if err := l.read(change(slices.Clone(set))); !errors.Is(err, PrintDiffers) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l.pdf = l.pdf[:len(l.pdf)-100]
	if err := l.read(set); !errors.Is(err, UnreadableFile) {
		t.Errorf("a file cut short: %v", err)
	}
	l.letter.Boxes = append(l.letter.Boxes, paper.Box{Page: 1, Frame: paper.Frame{X: 20, Y: 70, W: 60, H: 8}, Text: "health", Size: 9})
	if err := l.write(); err != nil {
		t.Fatal(err)
	}
	if f := checkGeometry(l.placed, len(l.pdf), l.lines); f != OutsideArea {
		t.Errorf("a box under the window: %q", f)
	}
	l.letter.Body = append([]paper.Block{paper.Paragraph{Text: "x", Style: paper.Warning}}, l.letter.Body...)
	l.letter.First.X = 5
	if err := l.write(); !errors.Is(err, OutsideArea) {
		t.Errorf("a bar in the margin: %v", err)
	}
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
	if _, err := renderLetter(x, testRecipient(0), w, testCoverage, testOn); err != nil { // fonts are embedded once
		b.Fatal(err)
	}
	b.ResetTimer()
	spent := processorTime()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := renderLetter(x, testRecipient(int(n.Add(1))), w, testCoverage, testOn); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64((processorTime()-spent).Microseconds())/1000/float64(b.N), "cpu-ms/letter")
}

// processorTime is what this process and the programs that it has waited for have
// used of all cores so far: figures by the clock tell nothing on a machine that
// does something else too.
func processorTime() (sum time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			panic(err)
		}
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return sum
}
