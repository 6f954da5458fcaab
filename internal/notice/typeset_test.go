package notice

import (
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/paper"
)

func TestNumbersStayOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"call 0808 2000 247, free": "call 0808~2000~247, free", "on 24 November 2025 we": "on 24~November~2025 we", "in March 2026": "in March 2026", "about 4 % of": "about 4~% of",
		"116 123": "116~123", "no number": "no number", "1 2 3": "1~2~3", "14 Mayfield Road": "14~Mayfield Road", "": "", "7 ": "7 ",
	} {
		if got := strings.ReplaceAll(tied(text), "\u00a0", "~"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestEveryLetterLooksRight sets every template in each of its forms for readers
// of little and of much: no heading ends a page, no number is broken, and the
// signature never stands alone on a side.
func TestEveryLetterLooksRight(t *testing.T) {
	for _, x := range builtinTemplates(t) {
		for _, f := range []Format{x.Format, LargePrint} {
			form := *x
			form.Format = f
			for _, r := range append(everybody(), fullReader(x)) {
				if full := fullReader(x); !x.Kind.named() {
					r = full
				} else {
					r.About = full.About
				}
				l, err := renderLetter(&form, r, fullWording(), testCoverage, testOn)
				if err != nil {
					t.Fatal(err)
				}
				for _, fault := range ugly(l) {
					t.Errorf("%s: %s", &form, fault)
				}
			}
		}
	}
}

// ugly tells what of a letter does not look right.
func ugly(l *laid) (faults []string) {
	var pages [5 * mostSides][]paper.Placed
	for _, p := range l.placed {
		if p.Page > 1 || p.Y > 95 {
			pages[p.Page] = append(pages[p.Page], p)
		}
	}
	for n := 1; n <= l.sides; n++ {
		lines := pages[n]
		slices.SortStableFunc(lines, func(a, b paper.Placed) int { return int((a.Y - b.Y) * 1000) })
		if n == l.sides && len(lines) < 4 {
			faults = append(faults, "the last side has nothing but a signature")
		}
		last := lines[len(lines)-1]
		if n < l.sides && isHeading(l, last.Text) {
			faults = append(faults, "a heading at the foot: "+last.Text)
		}
		for i := 1; i < len(lines); i++ {
			if endsInNumber(lines[i-1].Text) && isDigit(lines[i].Text[0]) && lines[i].X == lines[i-1].X && lines[i].Y-lines[i-1].Y < lines[i].H*1.2 {
				faults = append(faults, "a number is broken: "+lines[i-1].Text+" / "+lines[i].Text)
			}
		}
	}
	return faults
}

func isHeading(l *laid, text string) bool {
	return slices.ContainsFunc(l.letter.Body, func(b paper.Block) bool { h, is := b.(paper.Heading); return is && h.Text == text })
}

func endsInNumber(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

// TestLargeLettersAreLargeThroughout: for readers of large letters nothing but
// the address in the window, which machines read, is small.
func TestLargeLettersAreLargeThroughout(t *testing.T) {
	for _, x := range builtinTemplates(t) {
		for _, f := range []Format{EasyRead, LargePrint} {
			form := *x
			form.Format = f
			l, err := renderLetter(&form, fullReader(x), fullWording(), testCoverage, testOn)
			if err != nil && x.Format != EasyRead && f == EasyRead {
				continue // standard words are not easy ones
			}
			if err != nil {
				t.Fatal(err)
			}
			heights := make(map[string]float64)
			for _, p := range l.placed {
				heights[p.Text] = p.H
			}
			least := heights["Dear Łucja Brook1"]
			if !x.Kind.named() {
				least = heights["To the occupier"]
			}
			for _, text := range []string{"Phone: 020 7946 0100", "Reference: 7Q2M-4KXD-0001", "19 January 2026", "Monday to Friday, 9am to 5pm", "PO Box 1"} {
				if h := max(heights[tied(text)], heights[text]); least == 0 || h < least {
					t.Errorf("%s: %q is %.1f mm high, running text %.1f", &form, text, h, least)
				}
			}
		}
	}
}
