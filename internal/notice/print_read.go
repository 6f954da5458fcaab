package notice

import (
	"math"
	"slices"

	"github.com/reeve-council/reeve/internal/paper"
)

// nearBy is how far in millimetres a line may stand from where it was set: files
// keep hundredths of a point.
const nearBy = 0.05

// read reads the finished letter out of its own bytes, as the printer will. From
// here on all checks look at what stands in the file, not at what was meant to
// stand there; the two must agree line by line.
func (l *laid) read(set []paper.Placed) error {
	print, err := paper.Read(l.pdf)
	if err != nil {
		return UnreadableFile.about("the letter cannot be read back")
	}
	if !sameLines(set, print.Lines) {
		return PrintDiffers.about("the letter reads otherwise than it was set")
	}
	if slices.ContainsFunc(print.Lines, func(p paper.Placed) bool { return !paper.Printable(p.Text) }) {
		return Unprintable.about("a name or an address in letters that the fonts do not have, or that would have to be joined")
	}
	for _, m := range print.Marks {
		if !printable(m) {
			return OutsideArea.about("a bar or a rule")
		}
	}
	l.placed, l.marks, l.sides = print.Lines, print.Marks, print.Pages
	return nil
}

// sameLines compares lines as they were set with lines as they were read, page by
// page in the order of drawing.
func sameLines(set, read []paper.Placed) bool {
	set = slices.Clone(set)
	slices.SortStableFunc(set, func(a, b paper.Placed) int { return a.Page - b.Page })
	near := func(a, b float64) bool { return math.Abs(a-b) <= nearBy }
	return slices.EqualFunc(set, read, func(a, b paper.Placed) bool {
		return a.Page == b.Page && a.Text == b.Text && near(a.X, b.X) && near(a.Y, b.Y) && near(a.W, b.W) && near(a.H, b.H)
	})
}
