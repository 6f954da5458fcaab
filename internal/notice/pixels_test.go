package notice

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// testEye is the program that draws, which must be there where the gate runs.
func testEye(t testing.TB) Eye {
	t.Helper()
	eye, err := FindEye(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if eye == nil && os.Getenv("CI") != "" {
		t.Fatal("pdftoppm is needed (poppler-utils)")
	}
	if eye == nil {
		t.Skip("pdftoppm is not here (poppler-utils)")
	}
	return eye
}

// TestPixels looks at the print itself: one letter of every template, drawn by
// another program, shows every line and nothing else, and the window gives back
// the address as text.
func TestPixels(t *testing.T) {
	eye := testEye(t)
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range all {
		l, err := renderLetter(x, pixelRecipient(x, i), testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatalf("%s: %v", x.Name, err)
		}
		pages, err := eye.Draw(t.Context(), l.pdf)
		if err != nil {
			t.Fatal(err)
		}
		if f := l.look(pages); f != "" {
			t.Errorf("%s: %s", x.Name, f)
		}
		if got, want := windowByOthers(t, l), spaced(strings.Join(l.lines, " ")); got != want {
			t.Errorf("%s: the window shows %q", x.Name, got)
		}
	}
}

// pixelRecipient is somebody to whom a letter of a template may go.
func pixelRecipient(x *Template, i int) *Recipient {
	r := testRecipient(i)
	if !x.Kind.named() {
		r = &Recipient{Reference: r.Reference, Lines: private([]string{"The occupier", "1 Example Street", "Example Town", "ZE1 0AA"})}
	}
	return r
}

func windowByOthers(t *testing.T, l *laid) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(file, l.pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-f", "1", "-l", "1", "-x", "69", "-y", "111", "-W", "271", "-H", "77", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return spaced(string(text))
}

// TestPixelsThatAreWrong changes what is on a drawn page in every way that the
// look is for.
func TestPixelsThatAreWrong(t *testing.T) {
	eye := testEye(t)
	l, err := renderLetter(testTemplate(t, "personal"), testRecipient(1), testWording(), testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := eye.Draw(t.Context(), l.pdf)
	if err != nil {
		t.Fatal(err)
	}
	line := l.placed[slices.IndexFunc(l.placed, func(p paper.Placed) bool { return len(p.Text) > 40 })]
	paint := func(x paper.Placed, shade byte) func(p []Picture) []Picture {
		return func(p []Picture) []Picture {
			p[0].each(x, 0, func(i int) { p[0].Gray[i] = shade })
			return p
		}
	}
	part := line
	part.W /= 2
	for name, c := range map[string]struct {
		change func(p []Picture) []Picture
		want   Fault
	}{
		"as it is":                {func(p []Picture) []Picture { return p }, ""},
		"a line that is white":    {paint(line, 255), PixelsDiffer},
		"half a line is missing":  {paint(part, 255), PixelsDiffer},
		"a blot in the window":    {paint(paper.Placed{X: 90, Y: 62, W: 3, H: 1}, 0), PixelsDiffer},
		"a blot in the margin":    {paint(paper.Placed{X: 5, Y: 150, W: 3, H: 3}, 0), OutsideArea},
		"a side less":             {func(p []Picture) []Picture { return p[1:] }, PixelsDiffer},
		"landscape":               {func(p []Picture) []Picture { p[0].Width, p[0].Height = p[0].Height, p[0].Width; return p }, NotPortrait},
		"a grey veil over a side": {paint(paper.Placed{X: 0, Y: 0, W: 210, H: 297}, 200), OutsideArea},
	} {
		copied := slices.Clone(pages)
		for i := range copied {
			copied[i].Gray = slices.Clone(pages[i].Gray)
		}
		if got := l.look(c.change(copied)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if _, err := eye.Draw(t.Context(), l.pdf[:100]); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a file cut short: %v", err)
	}
	for _, bad := range []string{"P5\n9 9\n255\nx", "P5\n-1 9\n255\n", "P4\n9 9\n255\n", "P5\n99999999 99999999\n255\n", "P5"} {
		if _, err := readPictures([]byte(bad)); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// blindEye says of every letter that it is one white side.
type blindEye struct{ drawn [][]byte }

func (e *blindEye) Name() string { return "blind/1" }

func (e *blindEye) Draw(_ context.Context, pdf []byte) ([]Picture, error) {
	e.drawn = append(e.drawn, pdf)
	return []Picture{{Width: 210 * dotsPerMM, Height: 297 * dotsPerMM, Gray: slices.Repeat([]byte{255}, 210*297*dotsPerMM*dotsPerMM)}}, nil
}

// TestRunIsLookedAt checks runs with eyes of three sorts. What the eye that sees
// nothing was shown is on record, and nobody can sign.
func TestRunIsLookedAt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 40)
		blind := &blindEye{}
		_, channel := practice(t, simulator.Options{})
		for _, c := range []struct {
			eye  Eye
			want looked
			says string
			sign bool
		}{{nil, looked{}, "no letter was drawn to pixels", true}, {blind, looked{Letters: 1, Faulty: 1, Eye: "blind/1"}, "Nobody can sign this run", false},
			{testEye(t), looked{Letters: 1}, "every line is there, and nothing else", true}} {
			m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Eye: c.eye})
			r := checkedTestRun(t, m, run{})
			h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...)
			page := webtest.Get(t, h, runPath(r.ID), http.StatusOK)
			if !strings.Contains(page, c.says) || strings.Contains(page, "/sign\"") != c.sign {
				t.Errorf("%T: the page does not say %q, or offers to sign what nobody may", c.eye, c.says)
			}
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				got, err := readLooked(tx, r.ID)
				if err != nil {
					return err
				}
				if got.Letters != c.want.Letters || got.Faulty != c.want.Faulty || c.want.Eye != "" && got.Eye != c.want.Eye {
					t.Errorf("%T: %+v", c.eye, got)
				}
				return sign(tx, &r, signature{"u1", "u1", r.Digest, 3})
			})
			if signed := err == nil; signed != c.sign || !c.sign && !errors.Is(err, reeve.Conflict) {
				t.Errorf("%T: %v", c.eye, err)
			}
		}
		if len(blind.drawn) != 1 {
			t.Errorf("%d letters were drawn", len(blind.drawn))
		}
	})
}

// TestDigestChoosesWhatIsDrawn draws lots among 2,100 letters in four forms: three
// at random and one of each form, the same for the same digest alone.
func TestDigestChoosesWhatIsDrawn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 2100)
		_, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := startUnchecked(t, m)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			for n, f := range map[int64]form{7: {"cy", Standard}, 8: {"pl", Standard}, 9: {"", EasyRead}, 10: {"en-GB", LargePrint}} {
				if _, err := tx.Exec("UPDATE notice_message SET language = ?, format = ? WHERE run = ? AND n = ?", f.Language, string(f.Format), r.ID, n); err != nil {
					return err
				}
			}
			_, err := tx.Exec("UPDATE notice_message SET state = 'faulty' WHERE run = ? AND n = 8", r.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		draw := func(seed string) (numbers []int64) {
			err := d.Read(t.Context(), func(tx *db.Tx) error {
				all, err := toDraw(tx, &r, seed)
				for _, x := range all {
					numbers = append(numbers, x.N)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return numbers
		}
		first, same, other := draw("a"), draw("a"), draw("b")
		if !slices.Equal(first, same) || slices.Equal(first, other) {
			t.Errorf("drawn %v, again %v, by another digest %v", first, same, other)
		}
		for _, drawn := range [][]int64{first, other} {
			if len(drawn) != 6 || !slices.Contains(drawn, 7) || slices.Contains(drawn, 8) || !slices.Contains(drawn, 9) || !slices.Contains(drawn, 10) {
				t.Errorf("drawn %v: not three letters and the ready ones of other forms", drawn)
			}
		}
	})
}
