package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// pagesOf sets blocks below so many lines of filling, and gives the lines of each
// page.
func pagesOf(t *testing.T, filling int, blocks ...Block) (pages [][]string) {
	t.Helper()
	fill := Paragraph{Text: strings.TrimRight(strings.Repeat("x\n", filling), "\n")}
	l := &Letter{Title: "t", Date: made, Size: 10, First: Frame{15, 20, 60, 100}, Next: Frame{15, 20, 60, 100}, Body: append([]Block{fill}, blocks...)}
	var out bytes.Buffer
	placed, err := l.WritePDF(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range placed {
		for len(pages) < p.Page {
			pages = append(pages, nil)
		}
		pages[p.Page-1] = append(pages[p.Page-1], p.Text)
	}
	return pages
}

// TestWhatBelongsTogetherStaysTogether slides blocks down over the end of a page,
// line by line: nothing stands alone at its foot or at the head of the next.
func TestWhatBelongsTogetherStaysTogether(t *testing.T) {
	long := strings.TrimSuffix(strings.Repeat("line\n", 6), "\n")
	broken := 0
	for filling := range 30 {
		pages := pagesOf(t, filling+1, Heading{2, "Heading"}, Paragraph{Text: "lead", Keep: true}, List{Items: []string{"one", "two", "three\nof three"}},
			Paragraph{Text: long}, Paragraph{Text: "said", Keep: true}, Paragraph{Text: "signed\nrole"})
		for i, page := range pages {
			foot, head := page[len(page)-1], page[0]
			at := fmt.Sprintf("%d lines of filling, page %d of %q", filling+1, i+1, pages)
			if i < len(pages)-1 && slices.Contains([]string{"Heading", "lead", "said", "signed", "•", "three"}, foot) {
				t.Errorf("%q at the foot: %s", foot, at)
			}
			if i > 0 && slices.Contains([]string{"signed", "role", "of three"}, head) {
				t.Errorf("%q at the head: %s", head, at)
			}
			if n := count(page, "line"); n == 1 || n == 5 {
				t.Errorf("%d lines of a paragraph: %s", n, at)
			}
			if i > 0 && len(page) > 1 && page[0] == "•" && page[1] == "three" {
				t.Errorf("the last item alone: %s", at)
			}
		}
		if len(pages) > 1 {
			broken++
		}
	}
	if broken < 15 {
		t.Errorf("only %d of the letters had two pages", broken)
	}
}

func count(all []string, s string) (n int) {
	for _, x := range all {
		if x == s {
			n++
		}
	}
	return n
}

// TestKeptMoreThanAPage: what is kept and cannot stand on one page is set all the
// same.
func TestKeptMoreThanAPage(t *testing.T) {
	var blocks []Block
	for range 60 {
		blocks = append(blocks, Paragraph{Text: "kept", Keep: true})
	}
	n := 0
	for _, p := range pagesOf(t, 3, blocks...) {
		n += count(p, "kept")
	}
	if n != 60 {
		t.Errorf("%d of 60", n)
	}
}

// TestBoxFits as it is set.
func TestBoxFits(t *testing.T) {
	b := Box{Frame: Frame{W: 70, H: 20}, Text: "One\nTwo\nThree", Size: 9}
	if !b.Fits() {
		t.Error("three lines of 9 points do not fit into 20 mm")
	}
	if b.Size = 16; b.Fits() {
		t.Error("three lines of 16 points fit into 20 mm")
	}
}
